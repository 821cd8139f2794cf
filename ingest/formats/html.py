"""Web pages: what is published on one, without what leads to other pages.

Pages of committee systems (an agenda with the minutes of each item, one item, a decision) have no
reader of their own: their rows of number, title and text are told by that shape.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.errors import UnreadableFile
from ingest.formats import render
from ingest.formats.flow import written
from ingest.formats.html_walk import VOID, read_blocks
from ingest.formats.limits import Limits
from ingest.formats.page import PageText, Reading

_DEEPEST = 400
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_REACH = 4096
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSETS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-15": "iso-8859-15",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "iso-8859-14": "iso-8859-14",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+'){0,500}+)>")
_IMPLIED = frozenset(
    {"p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup"}
)
_OWNER = re.compile(r"\b(?:Council|Authority|Partnership|Corporation of London)\b")
_OWNER_LINE = 80
_PAGE_LINE = re.compile(r"\W*page\s+(\d{1,4})(?:\s+of\s+\d{1,4})?\W*", re.IGNORECASE)
_TOO_LITTLE = 40
_APART = "\n\n"  # pages without a count of their own follow one another as they are


def read_html(raw: bytes, limits: Limits) -> Reading:
    """A web page as one page of text, or as those that its "Page 3" lines end.

    Raises UnreadableFile.
    """
    source, decoded = _decoded(raw)
    tree = LexborHTMLParser(_shallow(source))
    if tree.body is None:
        raise UnreadableFile("the web page is empty; save it again from the browser.")
    walked = read_blocks(_content(tree), limits.cells)
    lines = written(walked.blocks, limits.cells)
    scripted = tree.css_first("script") is not None
    size = sum(map(len, lines))
    if not size or (scripted and size < _TOO_LITTLE):
        raise UnreadableFile(
            "the web page holds no text of its own, a script fills it in; open it in a browser and "
            "save it from there as PDF."
            if scripted
            else "the web page holds no text; check that the right page was saved."
        )
    lines = [*_masthead(tree, lines), *lines]
    return Reading(_paged(lines), (*decoded, *walked.notes))


def _decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """The page's characters by its byte order mark, by what it says, else UTF-8 or Windows."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace"), ()
    stated = _META.search(raw[:_META_REACH])
    name = stated[1].decode("ascii", "replace").lower() if stated else "utf-8"
    for encoding in (_CHARSETS.get(name, "utf-8"), "cp1252"):
        try:
            return raw.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", errors="replace"), (
        "Some characters couldn't be read and are shown as \N{REPLACEMENT CHARACTER}.",
    )


def _shallow(source: str) -> str:
    """The source without the tags of elements nested beyond all sense, their text kept.

    A parser's time grows with the square of the depth.
    """
    depth = deepest = 0
    for match in _TAG.finditer(source):
        depth = max(0, depth + _deeper(match))
        deepest = max(deepest, depth)
    if deepest <= _DEEPEST:
        return source
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        change = _deeper(match)
        depth = max(0, depth + change)
        return match[0] if depth + (change < 0) <= _DEEPEST else " "

    return _TAG.sub(kept, source)


def _deeper(tag: re.Match[str]) -> int:
    """1 for a tag that opens a level, -1 for one that closes it, 0 for others."""
    name = tag[2].lower()
    if name in VOID or name in _IMPLIED or tag[3].endswith("/"):
        return 0
    return -1 if tag[1] else 1


def _content(tree: LexborHTMLParser) -> LexborNode:
    """The element that holds what the page is about: its main part where it has one."""
    body = tree.body
    if body is None:
        raise UnreadableFile("the web page is empty; save it again from the browser.")
    for selector in ("main", "[role=main]", "#modgov", "article"):
        found = tree.css(selector)
        if len(found) == 1 and len(found[0].text(deep=True).strip()) > _TOO_LITTLE:
            return found[0]
    return body


def _masthead(tree: LexborHTMLParser, lines: list[str]) -> Iterator[str]:
    """Whose page it is, where its own text doesn't say so; its title where it has no heading."""
    said = " ".join(lines)
    owner = next(_owners(tree), None)
    if owner and owner not in said:
        yield render.paragraph(render.escaped(owner))
    title = tree.css_first("title")
    words = render.one_line(title.text()) if title is not None else ""
    headed = any(line.startswith(("# ", "## ")) for line in lines)
    if words and not headed and words not in said and words not in (owner or ""):
        yield render.paragraph(render.escaped(words))


def _owners(tree: LexborHTMLParser) -> Iterator[str]:
    """Lines of the page's head, title and foot that name a council."""
    site = tree.css_first('meta[property="og:site_name"]')
    lines = [site.attributes.get("content") or ""] if site is not None else []
    title = tree.css_first("title")
    lines += re.split(r"\s+[-–|:»]\s+", title.text()) if title is not None else []
    for head in tree.css("header, [role=banner], #header, footer, #footer"):
        lines += [image.attributes.get("alt") or "" for image in head.css("img")]
        lines += head.text(deep=True, separator="\n").split("\n")
    for line in lines:
        shown = render.one_line(line)
        if len(shown) <= _OWNER_LINE and _OWNER.search(shown) and "©" not in shown:
            yield shown


def _paged(lines: list[str]) -> tuple[PageText, ...]:
    """The page cut at lines that end a printed page, where those count up."""
    marks = {
        i: int(found[1]) for i, line in enumerate(lines) if (found := _PAGE_LINE.fullmatch(line))
    }
    counted = all(after > before for before, after in pairwise(marks.values()))
    if not marks or not counted:
        return (PageText(render.page(lines)),)
    pages: list[PageText] = []
    begin, before = 0, 0
    for at, number in marks.items():
        printed = number if number == before + 1 or before == 0 else None
        pages.append(PageText(render.page(lines[begin:at]) + _APART, printed=printed))
        begin, before = at + 1, number
    rest = render.page(lines[begin:])
    return (*pages, PageText(rest)) if rest else tuple(pages)
