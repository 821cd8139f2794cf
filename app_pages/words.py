"""Text from papers and people, made harmless: HTML goes by `shown`, labels of widgets by `label`.

Nothing in such text is ever markup.
"""

import html
import re
from collections.abc import Container, Iterable

import streamlit as st

from assistant.shown import flowing, plain

_MARKER = re.compile(r"\[(\d+)\]")
_CITED = re.compile(r"\[\d+\]\s*$")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def shown(text: str) -> str:
    """Text as HTML that shows it."""
    return html.escape(plain(text))


def label(text: str) -> str:
    """Text as the label of a widget, which would read Markdown."""
    return _PUNCTUATION.sub(r"\\\1", plain(text).replace("\n", " "))


def shortened(text: str, longest: int) -> str:
    """Text cut at a word, with a mark that it was."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def draw(style: str, text: str) -> None:
    """Draws text in a style of style.css."""
    st.html(f'<div class="{style}">{shown(text)}</div>')


def tags(words: Iterable[str]) -> None:
    """Draws words as small tags in a row."""
    st.html(
        '<div class="bp-tags">'
        + "".join(f'<span class="bp-tag">{shown(word)}</span>' for word in words)
        + "</div>"
    )


def with_chips(text: str, target: str, further: Container[int] = ()) -> str:
    """HTML of an answer's text, its [n] leading to the source cards `target`-n.

    Those that are `further`, one click away, are led to at the place of that click.
    """

    def chip(marker: re.Match[str]) -> str:
        number = int(marker[1])
        card = further_of(target) if number in further else f"{target}-{number}"
        return f'<a class="bp-chip" href="#{card}" aria-label="Source {number}">{number}</a>'

    return _MARKER.sub(chip, shown(text))


def further_of(target: str) -> str:
    """The place in the page of the source cards that are one click away."""
    return f"{target}-further"


def told(text: str, target: str, further: Container[int] = ()) -> str:
    """HTML of an answer's lines: points stand in, and what follows a source stands apart."""
    lines, apart = [], False
    for line in text.split("\n"):
        point = line.removeprefix("- ")
        kind = "bp-point" if point != line else "bp-line"
        words = with_chips(point, target, further)
        lines.append(f'<div class="{kind}{" bp-apart" if apart else ""}">{words}</div>')
        apart = _CITED.search(line) is not None
    return "".join(lines)


def cells(quote: str) -> str:
    """HTML of a quote: a table's row as its cells, else its words as they flow."""
    return "\n".join(_row(row) if row.count(" | ") > 1 else shown(row)
                     for row in flowing(quote).split("\n"))  # fmt: skip


def _row(row: str) -> str:
    held = (shown(cell.strip()) or "–" for cell in row.split("|"))
    return "".join(f'<span class="bp-cell">{cell}</span>' for cell in held)


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Draws a small table of text; a wide one can be moved sideways, by keyboard too."""
    head = "".join(f'<th scope="col">{shown(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{shown(cell)}</td>' for cell in row)}</tr>" for row in rows)
    st.html(
        '<div class="bp-scroll" tabindex="0" role="region" aria-label="Table">'
        f'<table class="bp-table"><tr>{head}</tr>{body}</table></div>'
    )
