"""The words of a Word paragraph as people see them: insertions in, deletions and codes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from ingest.formats.containers import Element
from ingest.formats.docx_styles import Look, Styles, child, look_of, value
from ingest.formats.flow import Run
from ingest.formats.render import raised

_ENTERED = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo", "sdt",
     "fldSimple", "oMath", "oMathPara", "ruby", "rubyBase"}
)  # fmt: skip
_SYMBOLS = {
    "F0A8": "☐", "F06F": "☐", "F0FE": "☒", "F078": "☒", "F0FC": "✓", "F0FB": "✗", "F0B7": "•",
    "F0A7": "▪", "F0D8": "➢", "F0E0": "→", "F0B0": "°", "F0B1": "±", "F0B3": "≥", "F0A3": "≤",
}  # fmt: skip
_NOT_WORDS = frozenset({"drawing", "pict", "object"})


class Break(Enum):
    """Where a line or page ends within a paragraph; RENDERED is where Word last broke the page."""

    LINE = "line"
    PAGE = "page"
    RENDERED = "rendered"


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference to a footnote or endnote."""

    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn: a picture, chart or object, or a text box with paragraphs of its own."""

    kind: str
    box: Element | None = None


Token: TypeAlias = Run | Break | NoteMark | Drawn


class Fields:
    """Which of a field's runs are codes and which are what it shows; fields may nest."""

    def __init__(self) -> None:
        self._shown: list[bool] = []

    def mark(self, kind: str | None) -> None:
        """Take note of a field's beginning, separator or end."""
        if kind == "begin":
            self._shown.append(False)
        elif kind == "separate" and self._shown:
            self._shown[-1] = True
        elif kind == "end" and self._shown:
            self._shown.pop()

    @property
    def visible(self) -> bool:
        """Whether a run that stands here is shown."""
        return all(self._shown)


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def tokens(paragraph: Element, look: Look, styles: Styles, fields: Fields) -> Iterator[Token]:
    """What a paragraph holds, in order; `look` is that of its style."""
    for element in paragraph:
        name = local(element)
        if name == "r":
            yield from _run(element, look, styles, fields)
        elif name == "AlternateContent":
            yield from _chosen(element, look, styles, fields)
        elif name in _ENTERED:
            if name == "sdt" and _is_placeholder(element):
                continue
            yield from tokens(element, look, styles, fields)


def _is_placeholder(control: Element) -> bool:
    return child(child(control, "sdtPr"), "showingPlcHdr") is not None


def _chosen(element: Element, look: Look, styles: Styles, fields: Fields) -> Iterator[Token]:
    """The first of several forms of the same thing: the others would say it twice."""
    for form in element:
        if local(form) in ("Choice", "Fallback"):
            yield from tokens(form, look, styles, fields)
            return


def _run(run: Element, base: Look, styles: Styles, fields: Fields) -> Iterator[Token]:
    properties = child(run, "rPr")
    named = styles.character(value(child(properties, "rStyle")))
    look = look_of(properties).over(named.over(base))
    height = value(child(properties, "vertAlign"))
    if look.hidden:
        return
    for element in run:
        name = local(element)
        if name == "fldChar":
            fields.mark(value(element, "fldCharType"))
        elif name == "lastRenderedPageBreak":
            yield Break.RENDERED
        elif fields.visible:
            yield from _shown(element, name, look, raise_digits=height == "superscript")


def _shown(element: Element, name: str, look: Look, *, raise_digits: bool) -> Iterator[Token]:
    text = _text(element, name)
    if text:
        text = raised(text) if raise_digits else text
        text = text.upper() if look.capitals else text
        yield Run(text, bool(look.bold or look.underlined))
    elif name == "br":
        yield Break.PAGE if value(element, "type") == "page" else Break.LINE
    elif name == "cr":
        yield Break.LINE
    elif name in ("footnoteReference", "endnoteReference"):
        yield NoteMark(name.removesuffix("Reference"), value(element, "id") or "")
    elif name in _NOT_WORDS or name == "AlternateContent":
        yield _drawn(element, name)


def _text(element: Element, name: str) -> str:
    match name:
        case "t":
            return element.text or ""
        case "tab" | "ptab":
            return "\t"
        case "noBreakHyphen":
            return "-"
        case "sym":
            code = (value(element, "char") or "").upper()
            return _SYMBOLS.get(code, "•")
        case _:
            return ""


def _drawn(element: Element, name: str) -> Drawn:
    """What an anchored element shows; a text box is told with the element that holds its words."""
    box = next(element.iter("{*}txbxContent"), None)
    if box is not None:
        return Drawn("text box", box)
    uris = {str(data.get("uri", "")) for data in element.iter("{*}graphicData")}
    if any("chart" in uri for uri in uris):
        return Drawn("chart")
    if any("diagram" in uri for uri in uris):
        return Drawn("diagram")
    return Drawn("embedded object" if name == "object" else "picture")
