"""Lines of an extraction put together again: headings, paragraphs, list items, tables.

Extractions break sentences over lines, over blank lines and over pages. A block is one
sentence-bearing stretch; `start` to `end` are the paper's own characters, page marks and all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.markup import FURNITURE, PAGE_MARK, Plain, plain

_FURNITURE = re.compile(rf"^\W*(?:{FURNITURE}|[-—|_=\s]+)\W*$", re.IGNORECASE)
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_RULE_ROW = re.compile(r"^(?:-\s)?[\s|:–-]*-[\s|:–-]*$")
_BULLET = re.compile(r"^(?P<marker>[•●▪■◦‣·\uf0b7\uf0a7*–-]|o)(?:\s+)(?=\S)")
_CORNER = re.compile(r"[\f \u00a0]*\t+(?=[^\t]+\t)")
"""The empty corner of a table's head, before two columns or more; else a tab is an indent."""
_BLANKS = re.compile(r"[\f \u00a0]*(\t{2,})(?=[^\t]+$)")
_BULLETS = frozenset("•●▪■◦‣·\uf0b7\uf0a7*–-o")
_MARKER = re.compile(
    r"^(?P<marker>\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)|\d{1,2}\.(?!\d)|(?:[a-z]|[ivx]{2,4})\.(?=\s))"
    r"\s*(?=\S)"
)
_PARAGRAPH_NUMBER = re.compile(r"^(?P<marker>\d{1,2}(?:\.\d{1,2}){1,2})\.?\s+(?=\S)")
_TABBED = re.compile(
    r"^(?P<marker>\d{1,2}(?:\.\d{1,2}){0,2}\.?|\(?(?:[a-z]|[ivx]{1,4})\)|[•●▪■◦‣·\uf0b7\uf0a7])"
    r"\t(?P<said>[^\t]+)$"
)
"""A number or letter, one tab, words: a paragraph or a title set out with a tab, or a short row."""
_SAID = 60
_DOUBLE = re.compile(
    r"^[-•]\s+(?=\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+[A-Z“\"‘(\[]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).]\s)"
)
"""A bullet before a paragraph's number; "- 94.8% of reviews" has none."""
_RUN_IN = re.compile(r"\*\*(?P<title>(?:[A-Z]{1,6}/)?\d{1,3}[./\d]*\s[^*\n]{3,110})\*\*\s+(?=\S)")
_SERIES = (
    r"(?:[A-Z]{1,6}[/.-]|[A-Z][a-z]{1,3}\.)\d{1,3}(?:/\d{1,4})?(?:[/-]\d{2})?|"
    r"\d{1,3}[A-Z]?/\d{1,3}(?:-\d{2})?"
)
"""A minute's number with the body's letters or the year: "CYP/15/24", "Co.33", "44/23"."""
_MINUTE_NUMBER = re.compile(
    rf"^(?:({_SERIES}|\d{{1,3}})\.?\s+(?=\S)|([12]?\d)(?=[A-Z][a-z]{{2,}}\s))"
)
_LONE_NUMBER = re.compile(rf"(?:{_SERIES}|\(?\d{{1,3}}\)|\d{{1,3}}\.)")
_ATTACHED = re.compile(r"\s*(?:\w+ icon )?\b(?:PDF|DOCX?|DOTX|XLSX?)\s+\d+\s+[KM]B$")
"""What a web page prints after a title: the kind and size of a file to fetch."""
_TITLE_WORDS = 15
_TWO_YEARS = re.compile(r"(\d{2})/(\d{2})")
_COUNTED = re.compile(r"^(\d{1,2})[.)]?\s+[A-Z“\"]")
_DAY = re.compile(
    r"^\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
    r"(?:\W+\d{4})?\W*$",
    re.IGNORECASE,
)
"""A date, which is no number with a title."""
_DATED = re.compile(
    r"^\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
    r"\W+\d{4}\b",
    re.IGNORECASE,
)
_SHORT = 110
_VALUE_LINE = re.compile(r"^£?\d[\d,.]*\s?(?:%|days)?$|^[^.=]{3,60}\s=\s£?\d", re.IGNORECASE)
_LOW_NUMBER = 30
_FULL_LINE = 45
_OPEN_END = re.compile(r"[\w,’'“(–&/%-]$|\b(?:the|of|and|to|for|in|a|an|with|by)$")
_OPEN_WORD = re.compile(r"[,’'“(–&/-]$|\b(?:the|of|and|to|for|in|a|an|with|by)$")
# "Report of: the Director", "Report by A Hale", "Item 4 Public questions": a line of its own.
_FIELD_LINE = re.compile(
    r"^[A-Z][\w’'/&-]*(?:\s[\w’'/&()-]+){0,3}:\s+\S|^(?:Agenda )?Item \d{1,2}\b|"
    r"^Report (?:by|of|from)\b"
)
_REQUESTS = re.compile(r"^(?:that|to|the|note|endorse|receive|approve)\b", re.IGNORECASE)
_DECIDES = re.compile(
    r"^(?:actions?|resolved|agreed|decisions?|recommendations?)\b[^:]{0,30}:\s*\S", re.IGNORECASE
)
_NAME_LINE = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Cllr|Councillor)\.?\s+){1,2}[A-Z]|"
    r"^(?:[A-Z]\.?\s){1,3}[A-Z][\w’'-]+\s*[,(–-]"
)
"""A line of a list of people: "Mrs A Lowe – Clerk", "T Reed, Head of Finance"."""
_LISTED_LABEL = 30
_VALUE = r"\s+(?:[-–+£(\[]*\d[\d,.]*%?[)\]]?|\.\.|[-–]|n/a)"
_VALUES = re.compile(rf"(?:{_VALUE}){{3,}}$|(?:{_VALUE}){{4,}}(?=\s)", re.IGNORECASE)
_MOST_OF_PAGES = 2
"""Numbers that stand behind a title on an agenda: the first page and the last."""
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """A source line: its characters, and its text without markup."""

    start: int
    end: int
    text: str
    raw: str
    after_blank: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of lines that belong together.

    `level` is 1 to 6 for a heading (6: a short line standing alone). `marker` is the printed
    list marker or paragraph number. `lines` are the rows of a table.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    level: int = 0
    marker: str | None = None
    lines: tuple[Line, ...] = ()

    def source(self, text: str) -> Plain:
        """The block's plain text with the way back to the paper's characters."""
        return plain(text, self.start, self.end)


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a paper's text, in printed order."""
    return _in_sequence(tuple(_numbered(_mended(_assembled(_lines(text), text), text))))


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    """Titles joined with the number that stands alone on the line above: a table's, flattened."""
    mended = tuple(blocks)
    lone = {block.text for block in mended if _LONE_NUMBER.fullmatch(block.text)}
    number: Block | None = None
    for block in mended:
        if number and _titled_by(number, block):
            marker = number.text.strip("(). ")
            title = _ATTACHED.sub("", block.text)
            shown = f"{marker}. {title}" if marker.isdigit() else f"{marker} {title}"
            yield Block(BlockKind.HEADING, shown, number.start, block.end, 4, marker)
            number = None
            continue
        if number:
            yield number
        number = block if block.text in lone and _counts_among(block.text, lone) else None
        if number is None:
            yield block
    if number:
        yield number


def _counts_among(number: str, others: set[str]) -> bool:
    """Whether the number after or before is among others: "CYP/15/24" and "CYP/16/24"."""
    for match in re.finditer(r"\d+", number):
        head, count, tail = number[: match.start()], int(match[0]), number[match.end() :]
        if {f"{head}{count + 1}{tail}", f"{head}{count - 1}{tail}"} & others:
            return True
    return False


def _titled_by(number: Block, block: Block) -> bool:
    """Whether a block is the title that belongs to a number: one short line, no sentence."""
    line = block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and block.marker is None
    title = block.text.rstrip(".")
    short = len(title) <= _SHORT and (title == block.text or len(title.split()) <= _TITLE_WORDS)
    asks = title.startswith("To ") and number.text.endswith(".")
    return line and short and (asks or _titular(f"{number.text} {title}", number.text))


def _in_sequence(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """High numbers head items only where they count up: "219 Children in assessment" is no item."""
    numbers = {number for block in blocks if (number := _plain_number(block)) is not None}

    def kept(block: Block) -> Block:
        number = _plain_number(block)
        if number is None or number <= _LOW_NUMBER or {number - 1, number + 1} & numbers:
            return block
        return replace(block, level=6, marker=None)

    return tuple(map(kept, blocks))


def _plain_number(block: Block) -> int | None:
    """The number of a heading that is numbered with digits alone."""
    marker = block.marker or ""
    return int(marker) if block.kind is BlockKind.HEADING and marker.isdigit() else None


def _lines(text: str) -> list[Line]:
    """Lines without page marks and furniture."""
    lines: list[Line] = []
    blank = True
    for match in re.finditer(r"[^\n]*\n?", text):
        raw = match.group().rstrip("\n")
        stripped = raw.strip("\f \t\r\u00a0")
        corner = _CORNER.match(raw) or _under_a_column(raw, lines)
        if corner:
            stripped = corner.group().lstrip("\f \u00a0") + stripped
        if not stripped or PAGE_MARK.match(stripped) or _is_furniture(stripped):
            blank = True
            continue
        start = match.start() + raw.index(stripped[0])
        shown = plain(text, start, start + len(stripped)).text
        if shown:
            lines.append(Line(start, start + len(stripped), shown, stripped, blank))
            blank = False
    return lines


def _under_a_column(raw: str, lines: list[Line]) -> re.Match[str] | None:
    """The blank cells before a cell that stands alone under a row of as many columns."""
    blanks = _BLANKS.match(raw)
    above = lines[-1].raw.count("\t") if blanks and lines else 0
    return blanks if blanks and blanks[1].count("\t") <= above else None


def _is_furniture(line: str) -> bool:
    ruled = _RULE_ROW.match(line) and ("|" in line or "\t" in line)
    return bool(_FURNITURE.match(line)) and not ruled


def _assembled(lines: list[Line], text: str) -> Iterator[Block]:
    """Blocks from lines: tables by their rows, the rest by markers, blanks and wrapping."""
    i = 0
    while i < len(lines):
        stop = _table_stop(lines, i)
        if stop > i:
            yield _table_block(lines[i:stop])
            i = stop
            continue
        stop = _text_stop(lines, i)
        alone = stop == i + 1 and _stands_alone(lines, i)
        yield from _run_in(_text_block(lines[i:stop], text, alone=alone), text)
        i = stop


def _run_in(block: Block, text: str) -> Iterator[Block]:
    """A paragraph that opens with its own numbered heading in bold, as two blocks."""
    match = _RUN_IN.match(text, block.start, block.end)
    if not match or block.kind is BlockKind.HEADING:
        yield block
        return
    title, rest = match.span("title"), match.end()
    shown = plain(text, *title).text.rstrip(".: ")
    number = _item_number(shown)
    yield Block(BlockKind.HEADING, shown, *title, 4 if number else 5, number)
    yield Block(BlockKind.PARAGRAPH, plain(text, rest, block.end).text, rest, block.end)


def _is_row(line: Line) -> bool:
    raw = line.raw
    tabbed = "\t" in raw and not _is_paragraph(raw)
    return raw.startswith(("|", "- |")) or tabbed or bool(_RULE_ROW.match(raw) and len(raw) > 1)


def _is_barred(lines: list[Line]) -> bool:
    """Whether two lines are rows whose cells are set apart by bars within, with none around."""
    bars = {line.raw.count(" | ") for line in lines}
    open_rows = all(not line.raw.startswith(("|", "- |")) for line in lines)
    return len(lines) > 1 and open_rows and len(bars) == 1 and bars.pop() > 1


def _is_paragraph(raw: str) -> bool:
    """Whether a line with one tab is a numbered paragraph: long, or a sentence to its end."""
    tabbed = _TABBED.match(raw)
    if tabbed is None or not re.search(r"[a-z]{3}", raw):
        return False
    said = tabbed["said"].strip()
    whole = bool(_SENTENCE_END.search(said)) and " " in said
    return whole or len(said) > _SAID or tabbed["marker"] in _BULLETS


def _titles(lines: list[Line], i: int) -> bool:
    """Whether "2<tab>Costs" is a title: over a paragraph "2.1", or a table of more columns."""
    following = lines[i + 1].raw if i + 1 < len(lines) else ""
    tabbed = _TABBED.match(lines[i].raw)
    if tabbed is None or not lines[i].raw[0].isdigit() or not tabbed["said"][:1].isupper():
        return False
    number = tabbed["marker"].rstrip(".").removesuffix(".0")
    return following.startswith(f"{number}.1") or following.count("\t") > 1


def _table_stop(lines: list[Line], i: int) -> int:
    """The index after the table that starts at `i`, or `i` when none does."""
    if _is_barred(lines[i : i + 2]):
        stop = i + 1
        while _is_barred([lines[i], *lines[stop : stop + 1]]):
            stop += 1
        return stop
    if not _is_row(lines[i]) or _RULE_ROW.match(lines[i].raw) or _titles(lines, i):
        return i
    piped = "|" in lines[i].raw[:3]
    stop = i
    while stop < len(lines):
        line = lines[stop]
        apart = (line.after_blank and _narrower(line, lines[i:stop])) or _titles(lines, stop)
        if _is_row(line) and not apart:
            stop += 1
        elif piped and stop > i and not lines[stop - 1].raw.endswith("|") and not line.after_blank:
            stop += 1  # a cell that runs over several lines
            while stop < len(lines) and not lines[stop - 1].raw.endswith("|"):
                if lines[stop].after_blank:
                    break
                stop += 1
        else:
            break
    return stop


def _narrower(line: Line, rows: list[Line]) -> bool:
    """Whether a row below a gap has so few cells that it is another table's: a running head's."""
    widest = max((row.raw.count("\t") for row in rows), default=0)
    return "|" not in line.raw and 2 * line.raw.count("\t") < widest


def _table_block(rows: list[Line]) -> Block:
    return Block(
        BlockKind.TABLE,
        "\n".join(row.text for row in rows),
        rows[0].start,
        rows[-1].end,
        lines=tuple(rows),
    )


def _marker(line: Line) -> str | None:
    """The list marker or paragraph number that a line begins with."""
    shown = _DOUBLE.sub("", line.text)
    for form in (_PARAGRAPH_NUMBER, _MARKER, _BULLET):
        if match := form.match(shown):
            return match["marker"]
    return None


def _opens_block(line: Line) -> bool:
    return bool(
        line.after_blank
        or _HEADING.match(line.raw)
        or _is_row(line)
        or _marker(line)
        or (_LONE_NUMBER.fullmatch(line.text) and line.text[0] != "(")
        or re.match(r"(?:[A-Z]{5,20} ?/ ?)?RESOLVED\b", line.text)
        or re.match(
            r"^\**\s*(?:resolved|actions?|recommendations?)\b[^.]{0,40}[:–-]?\**$", line.raw, re.I
        )
        or (line.raw.startswith("**") and line.raw.endswith("**"))
    )


def _text_stop(lines: list[Line], i: int) -> int:
    """The index after the lines that wrap on from line `i`."""
    stop = i + 1
    if _HEADING.match(lines[i].raw):
        return stop
    bold = lines[i].raw.startswith("**") and lines[i].raw.count("**") % 2 == 1
    while stop < len(lines) and not lines[stop].after_blank:
        if bold:  # emphasis that runs over lines is one block
            stop += 1
            if lines[stop - 1].raw.rstrip().endswith("**"):
                break
            continue
        if _opens_block(lines[stop]) or not _wraps(lines[stop - 1], lines[stop]):
            break
        if _LONE_NUMBER.fullmatch(lines[stop].text) and _shouts(lines[stop + 1 : stop + 2]):
            break
        if _counts_on(lines[i], lines[stop]):
            break
        stop += 1
    return stop


def _shouts(lines: list[Line]) -> bool:
    """Whether a line follows that is in capitals, as the title below a number "(26)" is."""
    return bool(lines) and lines[0].text.isupper()


def _wraps(line: Line, following: Line) -> bool:
    """Whether `following` goes on with the sentence of `line`: a full line, or open at its end."""
    if _VALUE_LINE.match(following.text):
        return False
    if _FIELD_LINE.match(following.text) and not _OPEN_WORD.search(line.text):
        return False
    if _NAME_LINE.match(line.text) and _NAME_LINE.match(following.text):
        return _OPEN_WORD.search(line.text) is not None
    heads = line.text.isupper() and not following.text.isupper()
    if heads and not re.search(r"[,&–-]$|\b(?:OF|AND|THE|TO|FOR|IN|ON|WITH|BY)$", line.text):
        return False
    if (
        line.text.endswith(":")
        and len(following.text) < _LISTED_LABEL
        and _is_label(following.text)
    ):
        return False
    ended = bool(_SENTENCE_END.search(line.text)) and line.text[-1:] != ":"
    if ended and len(following.text) < 60 and not _SENTENCE_END.search(following.text):
        return False  # the last line of a sentence is short but ends it: this one is a label
    listed = re.match(r"^\d{1,3}\.?\s+[A-Z][a-z]|^\[[A-Z]", following.text)
    if listed and not _OPEN_END.search(line.text.rstrip(",")) and line.text[-1:] in ")].":
        return False
    full = len(line.text) >= _FULL_LINE
    lower = following.text[:1].islower() or following.text[:1] in "(“‘&"
    return full or (lower and not _SENTENCE_END.search(line.text))


def _counts_on(line: Line, following: Line) -> bool:
    """Whether two lines are numbered one after the other, as those of an agenda are."""
    first, second = _COUNTED.match(line.text), _COUNTED.match(following.text)
    dated = _DAY.match(following.text)
    return bool(first and second and not dated and int(second[1]) == int(first[1]) + 1)


def _stands_alone(lines: list[Line], i: int) -> bool:
    return lines[i].after_blank or not _wraps(lines[i - 1], lines[i])


def _text_block(rows: list[Line], text: str, *, alone: bool) -> Block:
    start, end = rows[0].start, rows[-1].end
    shown = plain(text, start, end).text
    if match := _HEADING.match(shown):
        title = match[2].strip()
        return Block(BlockKind.HEADING, title, start, end, len(match[1]), _item_number(title))
    raw = text[start:end]
    emphasised = raw.startswith("**") and raw.endswith("**") and raw.count("**") == 2
    if (
        emphasised
        and not _DECIDES.match(shown)
        and len(shown) <= 160
        and not shown.rstrip().endswith((".", ",", ";"))
    ):
        number = _item_number(shown)
        return Block(BlockKind.HEADING, shown, start, end, 4 if number else 5, number)
    marker = _marker(replace(rows[0], text=shown))
    if (
        marker
        and re.fullmatch(r"\d{1,2}(\.\d+)*|\d{1,2}\.0|\d{1,2}\.", marker)
        and _titular(shown, marker)
    ):
        return Block(BlockKind.HEADING, shown, start, end, 5, marker)
    if marker:
        item = _DOUBLE.sub("", shown)
        return Block(BlockKind.LIST_ITEM, item, start, end, marker=marker)
    number = _minute_number(shown)
    if number and (alone or len(rows) == 2) and _titular(shown, number):
        return Block(BlockKind.HEADING, shown, start, end, 4, number)
    if alone and _is_label(shown):
        return Block(BlockKind.HEADING, shown, start, end, 6)
    return Block(BlockKind.PARAGRAPH, shown, start, end)


def _minute_number(shown: str) -> str | None:
    """The number that a minute's title begins with; a date or "2023/24" is none."""
    match = None if _DAY.match(shown) or _DATED.match(shown) else _MINUTE_NUMBER.match(shown)
    number = (match[1] or match[2]) if match else None
    years = _TWO_YEARS.fullmatch(number or "")
    return None if years and int(years[2]) == int(years[1]) + 1 else number


def _item_number(title: str) -> str | None:
    match = re.match(r"^((?:[A-Z]{1,6}[/.-])?\d{1,3}(?:/\d{1,3})*)[.:)\s]\s*(?=[A-Z\"“‘])", title)
    return match[1] if match else None


def _titular(shown: str, marker: str) -> bool:
    """Whether a numbered line reads as a title: short, capitalised, not a sentence."""
    title = shown.removeprefix("- ").removeprefix(marker).strip(" .")
    stops = (".", ",", ";") if marker.endswith(".0") else (".", ",", ";", ":")
    ended = shown.rstrip().endswith(stops) and marker.strip(".") != shown.strip(" .")
    digits = sum(char.isdigit() for char in title)
    return (
        0 < len(title) <= _SHORT
        and title[:1].isupper()
        and not ended
        and digits < len(title) / 4
        and not _is_of_values(title)
        and (title.isupper() or not _REQUESTS.match(title))
        and not re.search(r"\b(?:it was|and|that)$", title)
    )


def _is_of_values(shown: str) -> bool:
    """Whether a line is a row of a table, so no title: values behind words, not the pages."""
    values = _VALUES.search(shown)
    told = values.group().split() if values else []
    figures = sum(any(map(str.isdigit, word)) for word in told)
    return figures > _MOST_OF_PAGES or (figures > 0 and len(told) - figures > 1)


def _is_label(shown: str) -> bool:
    """Whether a short line standing alone labels what follows."""
    return (
        len(shown) <= 60
        and (shown[:1].isupper() or shown[:1] == "%")
        and not re.search(r"[.;,=]$|\s=\s|@|https?:", shown)
        and sum(char.isalpha() for char in shown) >= 3
        and not re.match(r"^\d", shown)
        and not _is_of_values(shown)
    )


def _mended(blocks: Iterator[Block], text: str) -> Iterator[Block]:
    """Sentences that a blank line, a page mark or a page break tore apart, joined again."""
    held: Block | None = None
    for block in blocks:
        if held is not None and _continues(held, block):
            held = replace(
                held,
                kind=BlockKind.PARAGRAPH if held.kind is BlockKind.HEADING else held.kind,
                text=plain(text, held.start, block.end).text
                if _adjoin(held, block, text)
                else f"{held.text} {block.text}",
                end=block.end,
                level=0,
            )
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _adjoin(held: Block, block: Block, text: str) -> bool:
    return not text[held.end : block.start].strip()


def _continues(held: Block, block: Block) -> bool:
    if held.kind is BlockKind.TABLE or block.kind is not BlockKind.PARAGRAPH:
        return False
    if held.kind is BlockKind.HEADING and held.level < 6:
        return False
    if held.kind is BlockKind.LIST_ITEM and held.marker not in _BULLETS:
        cut = len(held.text) >= _FULL_LINE and block.text.endswith(".")
        if cut and not _SENTENCE_END.search(held.text):
            return True
    lower = block.text[:1].islower()
    return lower and not _SENTENCE_END.search(held.text) and bool(_OPEN_END.search(held.text))
