"""The markup that readers write: escaping, paragraphs, headings and pipe tables.

What a reader puts in is shown again as it was by `ingest.markup.plain`: characters of the text that
would read as markup are written as entities, and everything else stays as it is.
"""

import re
from collections.abc import Iterable, Sequence

_ENTITY = re.compile(r"&(?=(?:amp|nbsp|lt|gt|quot|apos|pound|#\d{2,5});)", re.IGNORECASE)
_TAG = re.compile(r"<(?=/?[a-zA-Z])")
_LINK = re.compile(r"\[(?=[^\[\]\n]{1,200}\]\([^()\s]{1,400}\))")
_OPENING = re.compile(r"^[#|](?=[\s#|])|^\|")
_SPACE = re.compile(r"[\s\u00a0]+")
_BOLD_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_DEEPEST = 6
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

BREAK = "<br>"
"""A new line within a table cell."""


def escaped(text: str) -> str:
    """Text whose characters mean themselves, none of them markup."""
    text = _ENTITY.sub("&amp;", text)
    text = _TAG.sub("&lt;", text)
    text = _LINK.sub("&#91;", text)
    return text.replace("*", "&#42;")


def bold(text: str) -> str:
    """Escaped text in bold, white space at its ends kept outside; nothing for nothing."""
    match = _BOLD_EDGES.match(text)
    if match is None or not match[2]:
        return text
    return f"{match[1]}**{match[2]}**{match[3]}"


def raised(text: str) -> str:
    """Superscript digits, so that a note's number isn't read as part of the figure before it."""
    return text.translate(_SUPERSCRIPTS)


def one_line(text: str) -> str:
    """Text on one line, runs of white space as one blank."""
    return _SPACE.sub(" ", text).strip()


def paragraph(markup: str) -> str:
    """One block of markup on one line; one that opens like a heading or a row doesn't read so."""
    line = one_line(markup)
    return _OPENING.sub(lambda match: f"&#{ord(match[0])};", line)


def heading(level: int, markup: str) -> str:
    """A heading of level 1 to 6; deeper ones count as 6."""
    return f"{'#' * min(max(level, 1), _DEEPEST)} {one_line(markup)}"


def cell(lines: Iterable[str]) -> str:
    """A table cell from its lines of markup; a blank line parts paragraphs."""
    kept = re.sub(r"\n{2,}", "\n\n", "\n".join(map(one_line, lines))).strip("\n")
    return kept.replace("\n", BREAK).replace("|", "\\|")


def table(rows: Sequence[Sequence[str]], header_rows: int = 0) -> str:
    """A pipe table of cells as :func:`cell` makes them; all rows get the width of the widest.

    The rule stands below the header rows; there is none where none are known.
    """
    width = max(map(len, rows), default=0)
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    if header_rows:
        lines.insert(header_rows, "|" + "---|" * width)
    return "\n".join(lines)


def page(blocks: Iterable[str]) -> str:
    """The text of a page from its blocks, a blank line between."""
    return "\n\n".join(block for block in blocks if block.strip())
