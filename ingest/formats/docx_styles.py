"""Styles of a Word file: what a paragraph or run looks like by its style, and its parents'."""

import re
from dataclasses import dataclass, replace

from ingest.formats.containers import Element

_HEADING = re.compile(r"heading (\d)")
_OFF = ("0", "false", "off", "none")
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Look:
    """What runs look like; None where nothing is said."""

    bold: bool | None = None
    underlined: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None

    def over(self, base: "Look") -> "Look":
        """This look where it says something, else that of `base`."""
        return Look(
            base.bold if self.bold is None else self.bold,
            base.underlined if self.underlined is None else self.underlined,
            base.hidden if self.hidden is None else self.hidden,
            base.capitals if self.capitals is None else self.capitals,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it takes from its parents.

    `level` is 1 to 6 for headings, else 0; `list_id` and `list_level` name its automatic number.
    """

    name: str = ""
    level: int = 0
    list_id: str | None = None
    list_level: int | None = None
    new_page: bool = False
    look: Look = Look()


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name, whatever the namespace."""
    return None if element is None else element.find(f"{{*}}{name}")


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute of Word's own namespace."""
    if element is None:
        return None
    for key, held in element.attrib.items():
        if str(key).rpartition("}")[2] == attribute:
            return str(held)
    return None


def switched(properties: Element | None, name: str) -> bool | None:
    """An on-or-off property; None where it isn't there."""
    found = child(properties, name)
    return None if found is None else value(found) not in _OFF


def whole(text: str | None) -> int | None:
    """A whole number of at most nine digits, as an attribute holds it."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else None


def look_of(properties: Element | None) -> Look:
    """The look that run properties ask for."""
    if properties is None:
        return Look()
    return Look(
        switched(properties, "b"),
        switched(properties, "u"),
        switched(properties, "vanish"),
        switched(properties, "caps"),
    )


def outline_level(properties: Element | None) -> int | None:
    """The heading level of paragraph properties, 0 for body text, None where nothing is said."""
    level = whole(value(child(properties, "outlineLvl")))
    if level is None:
        return None
    return 0 if not 0 <= level < _BODY_LEVEL else min(level + 1, 6)


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: Element | None) -> None:
        """`root` is that of `styles.xml`; None where the file has none."""
        self._elements: dict[str, Element] = {}
        self._default: str | None = None
        for style in () if root is None else root.iterfind("{*}style"):
            name = value(style, "styleId")
            if name is None:
                continue
            self._elements[name] = style
            if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true"):
                self._default = name
        defaults = child(child(root, "docDefaults"), "rPrDefault")
        self._base = look_of(child(defaults, "rPr"))
        self._paragraphs: dict[str | None, Style] = {}
        self._characters: dict[str, Look] = {}

    def paragraph(self, style_id: str | None) -> Style:
        """A paragraph style; the default one for None or an unknown id."""
        known = style_id if style_id in self._elements else self._default
        if known not in self._paragraphs:
            style = Style(look=self._base)
            for element in reversed(self._chain(known)):
                style = _derived(style, element)
            self._paragraphs[known] = style
        return self._paragraphs[known]

    def character(self, style_id: str | None) -> Look:
        """The look of a character style."""
        if style_id is None:
            return Look()
        if style_id not in self._characters:
            look = Look()
            for element in reversed(self._chain(style_id)):
                look = look_of(child(element, "rPr")).over(look)
            self._characters[style_id] = replace(look, underlined=None)
        return self._characters[style_id]

    def list_of(self, style_id: str) -> str | None:
        """The list that a numbering style stands for."""
        element = self._elements.get(style_id)
        return value(child(child(child(element, "pPr"), "numPr"), "numId"))

    def _chain(self, style_id: str | None) -> list[Element]:
        """A style and those that it is based on, itself first."""
        chain: list[Element] = []
        while style_id in self._elements and self._elements[style_id] not in chain:
            chain.append(self._elements[style_id])
            style_id = value(child(chain[-1], "basedOn"))
        return chain


def _derived(base: Style, element: Element) -> Style:
    """A style from the one that it is based on and what it says itself."""
    properties = child(element, "pPr")
    name = (value(child(element, "name")) or "").lower()
    numbering = child(properties, "numPr")
    list_id = value(child(numbering, "numId"))
    list_level = whole(value(child(numbering, "ilvl")))
    new_page = switched(properties, "pageBreakBefore")
    return Style(
        name,
        _level(name, outline_level(properties), base.level),
        base.list_id if list_id is None else list_id,
        base.list_level if list_level is None else list_level,
        base.new_page if new_page is None else new_page,
        look_of(child(element, "rPr")).over(base.look),
    )


def _level(name: str, outline: int | None, inherited: int) -> int:
    if match := _HEADING.fullmatch(name):
        return min(int(match[1]), 6)
    if name in ("title", "subtitle"):
        return 1 if name == "title" else 2
    return inherited if outline is None else outline
