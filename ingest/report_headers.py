"""The head of a report: title, author, accountable director, originating service."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.blocks import Block, BlockKind
from ingest.model import Locator, ReportHeader

_LABELS = {
    "title": r"report title|title(?: of report)?|subject",
    "author": (
        r"(?:report )?authors?|prepared by|(?:report|reporting|contact|lead|accountable) officers?|"
        r"accountable employees?|report(?: of| by| from)|presented by|contact(?: person| name)?"
    ),
    "director": (
        r"(?:accountable|responsible|strategic|executive|corporate|lead|sponsoring|service)?"
        r"\s?directors?"
    ),
    "service": (
        r"originating (?:service|department|section|directorate)|service(?: area)?|directorate|"
        r"department"
    ),
}
# Labels that an extraction may leave without a colon.
_DISTINCT = (
    r"report title|accountable (?:director|employee|officer)|originating service|report author"
)
_CONTACT = re.compile(
    r"[,;]?\s*(?:\b(?:tel(?:ephone)?|e-?mail)\b.*|\S+@\S+.*|\(?0\d{3,4}\)?[ \d]{5,}.*)$",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?:,|;|\b(?:and|of|for|the))$")
_FIELDS = tuple((name, re.compile(rf"(?:{form})\s*:?", re.I)) for name, form in _LABELS.items())
_RUN_ON = tuple(
    (
        name,
        re.compile(
            rf"^\W*(?:(?:{form})(?:\s*:\**\s*|\*\*\s*)|(?=(?:{_DISTINCT})\b)(?:{form})\s+)"
            r"(?P<value>\S.*)$",
            re.I,
        ),
    )
    for name, form in _LABELS.items()
)
_REACH = 14
_LONGEST = 200


def read_header(blocks: Sequence[Block], title: str, paper: str, text: str) -> ReportHeader | None:
    """The header of a report that its first blocks print; None where no author or service is."""
    found: dict[str, str] = {}
    ends = [0]
    for block in blocks[:_REACH]:
        for name, value in _fields(block, text):
            value = _CONTACT.sub("", value).strip(" *,;")
            if name not in found and 0 < len(value) <= _LONGEST:
                found[name] = value
                ends.append(block.end)
    if not found.keys() & {"author", "director", "service"}:
        return None
    where = Locator(paper, blocks[0].start, max(ends), item=title or None)
    return ReportHeader(
        found.get("title") or title,
        found.get("author"),
        found.get("director"),
        found.get("service"),
        where,
    )


def _fields(block: Block, text: str) -> Iterator[tuple[str, str]]:
    if block.kind is BlockKind.TABLE:
        for line in block.lines:
            cells = [c.strip(" *") for c in re.split(r"[|\t]", line.raw.strip("|- "))]
            cells = [cell for cell in cells if cell]
            if len(cells) > 1:
                yield from ((n, cells[1]) for n, form in _FIELDS if form.fullmatch(cells[0]))
        return
    printed = text[block.start : block.end].split("\n")
    for label, below in zip_longest(printed, printed[1:], fillvalue=""):
        for name, form in _RUN_ON:
            if match := form.match(label.strip()):
                value = match["value"].strip(" *")
                yield name, f"{value} {below.strip()}" if _OPEN.search(value) else value
