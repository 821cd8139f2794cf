"""A document as Markdown; text that would read as markup is escaped."""

import re
from collections.abc import Iterable

from assistant.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Image,
    PageBreak,
    Paragraph,
    Quote,
)
from assistant.documents.text import clean

_INLINE = re.compile(r"([\\`*_\[\]<>|~])")
_OPENING = re.compile(r"^(\s*)([#+-]|\d+(?=[.)]\s)|={3,})", re.MULTILINE)


def to_markdown(document: Document) -> str:
    """The document as CommonMark with pipe tables; a picture is told by its words."""
    parts = [f"# {_line(document.title)}"]
    if document.subtitle:
        parts.append(f"*{_line(document.subtitle)}*")
    parts += [_written(block) for block in document.blocks]
    if document.foot:
        parts.append(f"---\n\n{_text(document.foot)}")
    return "\n\n".join(parts) + "\n"


def _written(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {_line(block.text)}"
    if isinstance(block, Paragraph):
        return _text(block.text)
    if isinstance(block, Bullets):
        marks = (f"{n}." if block.numbered else "-" for n, _ in enumerate(block.items, start=1))
        return "\n".join(
            f"{mark} {_line(item)}" for mark, item in zip(marks, block.items, strict=True)
        )
    if isinstance(block, Quote):
        lines = [f"> {line}".rstrip() for line in _text(block.text).split("\n")]
        return "\n".join([*lines, ">", f"> — {_line(block.place)}"])
    if isinstance(block, Image):
        return f"[Picture: {_line(block.alt)}]"
    if isinstance(block, PageBreak):
        return "---"
    rows = [block.columns, ("---",) * len(block.columns), *block.rows]
    caption = f"**{_line(block.caption)}**\n\n" if block.caption else ""
    return caption + "\n".join(_row(row, rule=i == 1) for i, row in enumerate(rows))


def _row(cells: Iterable[str], *, rule: bool) -> str:
    return f"| {' | '.join(cell if rule else _line(cell) for cell in cells)} |"


def _text(text: str) -> str:
    """Escaped text whose line breaks stay: two blanks before one."""
    escaped = _OPENING.sub(_escaped_opening, _INLINE.sub(r"\\\1", clean(text).strip()))
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", escaped)


def _escaped_opening(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark}\\" if mark.isdigit() else f"{match[1]}\\{mark}"


def _line(text: str) -> str:
    return _text(" ".join(clean(text).split()))
