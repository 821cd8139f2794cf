"""Automatic numbers of a Word file, counted as Word prints them."""

import re
from dataclasses import dataclass, replace

from ingest.formats.containers import Element
from ingest.formats.docx_styles import Styles, child, switched, value, whole
from ingest.formats.numerals import letters, roman

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
BULLET = "-"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


def shown(number: int, form: str) -> str:
    """A number in one of Word's formats; those not known in digits."""
    match form:
        case "none":
            return ""
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            ending = "th" if number % 100 in (11, 12, 13) else _ORDINALS.get(number % 10, "th")
            return f"{number}{ending}"
        case _:
            return str(number)


class Numbering:
    """The lists of a file; each call of :meth:`label` counts one paragraph on."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """`root` is that of `numbering.xml`; None where the file has none."""
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, Element] = {}
        self._of: dict[str, str] = {}
        self._styles = styles
        for element in () if root is None else root.iterfind("{*}abstractNum"):
            known = value(element, "abstractNumId") or ""
            self._abstract[known] = dict(map(_level, element.iterfind("{*}lvl")))
            link = value(child(element, "numStyleLink"))
            if link:
                self._linked[known] = link
        for element in () if root is None else root.iterfind("{*}num"):
            known = value(element, "numId") or ""
            self._lists[known] = element
            self._of[known] = value(child(element, "abstractNumId")) or ""
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        self._known: dict[str, tuple[str, dict[int, _Level]]] = {}

    def level_of(self, list_id: str, style_id: str | None) -> int:
        """The level that a list gives to paragraphs of a style, 0 where it names none."""
        for depth, level in self._levels(list_id)[1].items():
            if style_id and level.style == style_id:
                return depth
        return 0

    def label(self, list_id: str, depth: int) -> str:
        """The number printed before the next paragraph of a list: "3.1", "(a)", "-" for a bullet.

        Empty where the list prints nothing or isn't known.
        """
        shared, levels = self._levels(list_id)
        depth = min(max(depth, 0), _LEVELS - 1)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(shared, [None] * _LEVELS)
        if (list_id, depth) not in self._restarted:
            self._restarted.add((list_id, depth))
            override = self._override(list_id, depth)
            if override is not None:
                counts[depth] = override - 1
        held = counts[depth]
        counts[depth] = level.start if held is None else held + 1
        for deeper in range(depth + 1, _LEVELS):
            restart = levels.get(deeper, _Level()).restart
            if restart is None or depth < restart:
                counts[deeper] = None
        return BULLET if level.form == "bullet" else _text(level, levels, counts)

    def _levels(self, list_id: str) -> tuple[str, dict[int, _Level]]:
        """The definition that a list counts by, and its levels with the list's own changes."""
        if list_id not in self._known:
            self._known[list_id] = self._read(list_id)
        return self._known[list_id]

    def _read(self, list_id: str) -> tuple[str, dict[int, _Level]]:
        shared = self._of.get(list_id, "")
        seen: set[str] = set()
        while shared in self._linked and shared not in seen:
            seen.add(shared)
            linked = self._styles.list_of(self._linked[shared])
            shared = self._of.get(linked or "", shared)
        levels = dict(self._abstract.get(shared, {}))
        element = self._lists.get(list_id)
        for change in () if element is None else element.iterfind("{*}lvlOverride"):
            own = child(change, "lvl")
            if own is not None:
                depth, level = _level(own)
                levels[depth] = level
        return shared, levels

    def _override(self, list_id: str, depth: int) -> int | None:
        element = self._lists.get(list_id)
        for change in () if element is None else element.iterfind("{*}lvlOverride"):
            if whole(value(change, "ilvl")) == depth:
                return whole(value(child(change, "startOverride")))
        return None


def _level(element: Element) -> tuple[int, _Level]:
    level = _Level(
        form=value(child(element, "numFmt")) or "decimal",
        text=value(child(element, "lvlText")) or "",
        restart=whole(value(child(element, "lvlRestart"))),
        legal=bool(switched(element, "isLgl")),
        style=value(child(element, "pStyle")),
    )
    start = whole(value(child(element, "start")))
    return whole(value(element, "ilvl")) or 0, replace(level, start=1 if start is None else start)


def _text(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        of = levels.get(depth, _Level())
        count = counts[depth]
        form = "decimal" if level.legal and of.form != "none" else of.form
        return shown(of.start if count is None else count, form)

    return _PLACE.sub(number, level.text).strip()
