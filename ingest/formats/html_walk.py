"""From the elements of a web page to paragraphs, lists and tables.

Elements are walked one by one, never by recursion: a page may nest them as deeply as it likes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ingest.errors import UnreadableFile
from ingest.formats.flow import Block, Cell, Para, Run, Table
from ingest.formats.numerals import letters, roman
from ingest.formats.render import raised

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
     "source", "track", "wbr"}
)  # fmt: skip
_LEFT_OUT = frozenset(
    {"script", "style", "noscript", "template", "nav", "input", "select", "button", "textarea",
     "label", "datalist", "iframe", "object", "embed", "canvas", "svg", "audio", "video", "head",
     "dialog", "map", "math", "-comment", "!doctype"}
)  # fmt: skip
_OF_THE_SITE = frozenset({"header", "footer", "aside"})
_OF_THE_PAGE = frozenset({"main", "article", "section"})
_ROLES = frozenset({"navigation", "search", "menu", "menubar", "dialog", "alertdialog"})
_SITE_ROLES = frozenset({"banner", "contentinfo", "complementary"})
_FURNITURE = re.compile(
    r"breadcrumb|cookie|consent|skip-?(?:link|to)|(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|share|"
    r"social|pagination|toolbar)(?:$|[\s_-])|(?:^|[\s_-]|mg)links(?:$|\s)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|govuk-visually-hidden|"
    r"element-invisible|hidden)(?:$|\s)",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_FURNITURE = 3000
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
     "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html",
     "legend", "li", "main", "ol", "p", "pre", "section", "summary", "ul", "menu", "table",
     "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup"}
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STRONG = frozenset({"b", "strong", "u", "dt"})
_FILE_SIZE = re.compile(r"\s*\(?(?:PDF|DOCX?|XLSX?),?\s+\d[\d.,]*\s*[KMG]B\)?\s*$")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_WHOLE = re.compile(r"-?\d{1,6}")
_MOST_SPANNED = 65534
_DEEPEST_TABLE = 30


@dataclass(frozen=True, slots=True)
class Walked:
    """The blocks of a page, and what a person should know of how they were read."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _List:
    """A list that is open: what its next item is numbered."""

    kind: str | None
    number: int
    step: int

    def label(self, item: LexborNode) -> str:
        """The marker of the next item, as a browser prints it."""
        if self.kind is None:
            return "-"
        number = _whole(item.attributes.get("value"), self.number)
        self.number = number + self.step
        match item.attributes.get("type") or self.kind:
            case "a":
                return f"{letters(number)}."
            case "A":
                return f"{letters(number).upper()}."
            case "i":
                return f"{roman(number)}."
            case "I":
                return f"{roman(number).upper()}."
            case _:
                return f"{number}."


@dataclass(slots=True)
class _OpenTable:
    """A table that is open: its rows so far, and where its blocks go once it closes."""

    outside: list[Block]
    arranges: bool
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    heads: int = 0
    in_head: bool = False
    cell: LexborNode | None = None


def read_blocks(root: LexborNode, most_cells: int) -> Walked:
    """What an element shows, in order; raises UnreadableFile for more than `most_cells`."""
    walk = _Walk(most_cells)
    for node, entering in _events(root):
        if entering:
            walk.enter(node)
        else:
            walk.leave(node)
    return walk.finished()


def _events(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Each node that is shown as it opens and as it closes, in the order of the page."""
    node = root
    depth = 0
    within = 0  # how many elements that hold the page's own content are open
    while True:
        out = depth > 0 and _left_out(node, within_page=within > 0)
        if not out:
            yield node, True
            child = node.child
            if child is not None:
                within += node.tag in _OF_THE_PAGE
                node, depth = child, depth + 1
                continue
            yield node, False
        while True:
            if depth == 0:
                return
            following = node.next
            if following is not None:
                node = following
                break
            parent = node.parent
            if parent is None:
                return
            node, depth = parent, depth - 1
            within -= node.tag in _OF_THE_PAGE
            yield node, False


def _left_out(node: LexborNode, *, within_page: bool) -> bool:
    """Whether an element isn't shown, or belongs to the site rather than to the page."""
    tag = node.tag or ""
    if tag == "-text":
        return False
    if tag in _LEFT_OUT:
        return True
    if tag in _OF_THE_SITE and not within_page:
        return not _titles(node)
    held = node.attributes
    if not held:
        return False
    if "hidden" in held or held.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(held.get("style") or "") or _UNSEEN.search(held.get("class") or ""):
        return True
    role = held.get("role") or ""
    if role in _ROLES or (role in _SITE_ROLES and not within_page):
        return not _titles(node)
    names = f"{held.get('class') or ''} {held.get('id') or ''}"
    if _FURNITURE.search(names) and tag not in ("body", "html"):
        return not _titles(node) and len(node.text(deep=True)) <= _LONGEST_FURNITURE
    return False


def _titles(node: LexborNode) -> bool:
    """Whether an element holds the page's title or main part."""
    return node.css_first("h1, main, table") is not None


class _Walk:
    """The walk over a page: the words of the paragraph at hand, and the lists and tables open."""

    def __init__(self, most_cells: int) -> None:
        self._most_cells = most_cells
        self._cells = 0
        self._target: list[Block] = []
        self._tables: list[_OpenTable] = []
        self._lists: list[_List] = []
        self._lines: list[list[Run]] = [[]]
        self._label = ""
        self._level = 0
        self._strong = 0
        self._raised = 0
        self._kept_lines = 0
        self._term: Para | None = None
        self._pictures = 0
        self._passed = 0  # open tables within so many others that they count as text

    def finished(self) -> Walked:
        """What was read; a table that never closes counts as closed."""
        self._flush()
        while self._tables:
            self._close_table()
        notes = []
        if self._pictures:
            of = "a picture" if self._pictures == 1 else f"{self._pictures} pictures"
            notes.append(f"The page holds {of}: what is shown in them isn't in the text.")
        return Walked(tuple(self._target), tuple(notes))

    def enter(self, node: LexborNode) -> None:
        """A node opens."""
        tag = node.tag or ""
        if tag == "-text":
            self._say(node.text_content or "")
        elif tag == "br":
            self._lines.append([])
        elif tag == "img":
            self._pictures += _large(node)
        elif tag == "sup":
            self._raised += 1
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._flush()
            self._open(node, tag)
        self._strong += tag in _STRONG
        self._kept_lines += tag == "pre"

    def leave(self, node: LexborNode) -> None:
        """A node closes."""
        tag = node.tag or ""
        self._kept_lines -= tag == "pre"
        if tag == "sup":
            self._raised -= 1
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._flush(keep_term=tag == "dt")
            self._close(tag)
        self._strong -= tag in _STRONG

    def _say(self, text: str) -> None:
        if self._kept_lines:
            first, *rest = text.split("\n")
            self._add(first)
            for line in rest:
                self._lines.append([])
                self._add(line)
        else:
            self._add(_SPACES.sub(" ", text))

    def _add(self, text: str) -> None:
        if text:
            shown = raised(text) if self._raised else text
            self._lines[-1].append(Run(shown, self._strong > 0))

    def _open(self, node: LexborNode, tag: str) -> None:
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag in ("ol", "ul", "menu", "dl"):
            self._lists.append(_opened(node, tag))
        elif tag == "li":
            self._label = self._lists[-1].label(node) if self._lists else "-"
        elif tag == "table" and (self._passed or len(self._tables) >= _DEEPEST_TABLE):
            self._passed += 1
        elif tag == "table":
            role = node.attributes.get("role")
            arranges = role in ("presentation", "none")
            self._tables.append(_OpenTable(self._target, arranges))
            self._target = []
        elif self._tables and not self._passed:
            self._open_part(node, tag)

    def _open_part(self, node: LexborNode, tag: str) -> None:
        table = self._tables[-1]
        if tag == "thead":
            table.in_head = True
        elif tag == "tr":
            self._end_row(table)
        elif tag in ("td", "th"):
            self._cells += 1
            if self._cells > self._most_cells:
                raise UnreadableFile(
                    f"the web page has more than {self._most_cells:,} table cells; split it."
                )
            table.cell = node
            table.outside.extend(self._target)  # what a broken table says outside its cells
            self._target = []
        elif tag == "caption":
            self._strong += 1

    def _close(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._level = 0
        elif tag in ("ol", "ul", "menu", "dl"):
            if self._lists:
                self._lists.pop()
            self._settle_term()
        elif tag == "li":
            self._label = ""
        elif tag == "table" and self._passed:
            self._passed -= 1
        elif tag == "table" and self._tables:
            self._close_table()
        elif self._tables and not self._passed:
            self._close_part(tag)

    def _close_part(self, tag: str) -> None:
        table = self._tables[-1]
        if tag == "thead":
            self._end_row(table)
            table.in_head = False
        elif tag == "tr":
            self._end_row(table)
        elif tag in ("td", "th") and table.cell is not None:
            held = table.cell.attributes
            across = min(max(_whole(held.get("colspan"), 1), 1), 1000)
            down = _whole(held.get("rowspan"), 1)
            down = _MOST_SPANNED if down == 0 else max(down, 1)
            table.cells.append(Cell(tuple(self._target), across, down))
            table.labels.append(tag == "th")
            self._target = []
            table.cell = None
        elif tag == "caption":
            self._strong -= 1
            table.outside.extend(self._target)
            self._target = []

    def _end_row(self, table: _OpenTable) -> None:
        if table.cells:
            headed = table.in_head or (all(table.labels) and len(table.cells) > 1)
            if headed and table.heads == len(table.rows):
                table.heads += 1
            table.rows.append(tuple(table.cells))
            table.cells, table.labels = [], []

    def _close_table(self) -> None:
        table = self._tables.pop()
        self._end_row(table)
        rest = self._target
        self._target = table.outside
        if table.rows:
            heads = table.heads if table.heads < len(table.rows) else 0
            self._target.append(Table(tuple(table.rows), heads, table.arranges))
        self._target.extend(rest)

    def _flush(self, *, keep_term: bool = False) -> None:
        """The words so far become a paragraph."""
        lines = tuple(map(_without_size, self._lines))
        self._lines = [[]]
        if not any(run.text.strip() for line in lines for run in line):
            return
        para = Para(lines, self._level, self._label)
        self._label = ""
        if keep_term:
            self._settle_term()
            self._term = para
            return
        if self._term is not None:
            para = Para((self._term.lines[-1] + (Run(" "),) + para.lines[0], *para.lines[1:]))
            self._term = None
        self._target.append(para)

    def _settle_term(self) -> None:
        """A term without a description stands alone."""
        if self._term is not None:
            self._target.append(self._term)
            self._term = None


def _without_size(line: list[Run]) -> tuple[Run, ...]:
    """A line's runs without the size of the file that it leads to: "Minutes PDF 154 KB"."""
    match = _FILE_SIZE.search("".join(run.text for run in line))
    room = match.start() if match else None
    kept: list[Run] = []
    for run in line:
        text = run.text[:room]
        room = None if room is None else room - len(text)
        if text:
            kept.append(Run(text, run.strong))
    return tuple(kept)


def _opened(node: LexborNode, tag: str) -> _List:
    held = node.attributes
    if tag != "ol":
        return _List(None, 1, 1)
    back = "reversed" in held
    start = _whole(held.get("start"), 1)
    if back and "start" not in held:
        start = len(node.css("li"))
    return _List(held.get("type") or "1", start, -1 if back else 1)


def _large(image: LexborNode) -> bool:
    """Whether a picture may show more than a logo or a bullet."""
    width = _whole(image.attributes.get("width"), 0)
    height = _whole(image.attributes.get("height"), 0)
    return width >= 200 and height >= 100


def _whole(text: str | None, default: int) -> int:
    shown = (text or "").strip()
    return int(shown) if _WHOLE.fullmatch(shown) else default
