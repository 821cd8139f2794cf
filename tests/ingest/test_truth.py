"""The readers against the demonstration packs, whose truth was written beside them.

How a read decision is matched with one of the truth: kind and meeting date are the same, and
so is the text, once white space, emphasis, list markers and quotation marks are folded and a
lead-in ("Resolved:", "It was agreed that", "The Board is asked to:") is taken off. The truth of
one council writes the numbered limbs of a resolution or recommendation as one entry, that of the
other as one entry each; a read limb is therefore right when it is a part of an entry, and an
entry is found when the read texts within it make up nine tenths of it. Where the truth gives
only the clause of a sentence, as it does for what was agreed in the narrative, the read
sentence is right when it holds that clause.

The truth gives "Whether item 12 should be heard in private" for an agenda row that begins "To
decide whether": these two words are folded away on both sides. It gives dates and full names
that only another part of the pack tells ("in the September report"); a reader doesn't guess
them, so that owners and dates of actions are held to a lower mark.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from itertools import pairwise
from operator import add
from pathlib import Path
from typing import Any

import pytest

from corpus.publishing.docx import word
from corpus.publishing.html import plain_html
from corpus.publishing.pack import load
from corpus.publishing.pdf import pdf
from ingest.model import Decision, DecisionKind, Paper, Presence, UnitKind
from ingest.reading import read_bytes
from ingest.structure import understand

_CORPUS = Path(__file__).parents[2] / "corpus"
_IDS = sorted(path.stem for path in (_CORPUS / "papers").glob("*.md"))
_LEAD_IN = re.compile(
    r"^(?:resolved(?: unanimously)?|actions?|recommended(?: to cabinet)?)\s*[:–-]\s*"
    r"|^it was agreed (?:that )?|^recommended (?=that|to)"
    r"|^(?:the |that the )?(?:board|panel|committee|members)(?: (?:is|are))? "
    r"(?:asked|recommended|invited)(?: to)?\s*:?\s*"
)
_MARKER = re.compile(r"(?:(?<=\s)|^)(?:\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.|[a-z]\))(?=\s)")
_WHOLE = 0.9
_AGENDA = 2
"""Titles of items that make a table the agenda: items hold what it says."""


def _fold(text: str) -> str:
    """Lower case, one space, no emphasis, straight quotation marks."""
    flat = re.sub(r"[*_]", "", text.lower()).translate(str.maketrans("’‘“”", "''\"\""))
    return re.sub(r"\s+", " ", flat).strip()


def _titled(title: str) -> str:
    return _fold(title).removeprefix("to decide ")


def _said(text: str) -> str:
    """What a decision says: without lead-in, list markers and the stop at the end."""
    bare = re.sub(r"\s+", " ", _MARKER.sub("", _fold(text))).strip()
    return _LEAD_IN.sub("", _LEAD_IN.sub("", bare)).strip(" .;:")


@dataclass(frozen=True)
class Score:
    """What was expected and what was found, and how much of each is right."""

    expected: int
    recalled: int
    found: int
    right: int

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.expected + other.expected,
            self.recalled + other.recalled,
            self.found + other.found,
            self.right + other.right,
        )

    @property
    def recall(self) -> float:
        return self.recalled / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


def _sets(expected: Iterable[object], found: Iterable[object]) -> Score:
    wanted, got = set(expected), set(found)
    return Score(len(wanted), len(wanted & got), len(got), len(wanted & got))


FORMS: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "Markdown": lambda name: (".md", (_CORPUS / "papers" / f"{name}.md").read_bytes()),
    "PDF": lambda name: (".pdf", pdf(load(name))),
    "Word": lambda name: (".docx", word(load(name))),
    "web page": lambda name: (".html", plain_html(load(name)).encode()),
}
"""Every pack in every format, made by the publisher from one Markdown file."""


@dataclass(frozen=True)
class Pack:
    """A pack in one of its formats."""

    name: str
    form: str = "Markdown"


@cache
def _paper(pack: Pack) -> Paper:
    suffix, raw = FORMS[pack.form](pack.name)
    return understand(read_bytes(Path(f"{pack.name}{suffix}"), raw))


@cache
def _truth(name: str) -> Any:
    return json.loads((_CORPUS / "truth" / f"{name}.json").read_text("utf-8"))


@dataclass(frozen=True)
class Match:
    """A read decision and the entry of the truth that it is, or is a limb of."""

    read: Decision
    entry: dict[str, Any]


def _decided(paper: Paper) -> list[Decision]:
    """Resolutions and actions of the minutes, and recommendations of the reports."""
    return [
        decision
        for decision in paper.decisions
        if decision.kind is not DecisionKind.ACTION or decision.meeting.held == paper.minutes_of
    ]


def _same(decision: Decision, entry: dict[str, Any]) -> bool:
    held = decision.meeting.held
    if decision.kind != entry["kind"] or held is None:
        return False
    said, wanted = _said(decision.text), _said(entry["text"])
    return held.isoformat() == entry["meeting_date"] and (said in wanted or wanted in said)


def _matches(pack: Pack) -> Iterator[Match]:
    for decision in _decided(_paper(pack)):
        for entry in _truth(pack.name)["decisions"]:
            if _same(decision, entry):
                yield Match(decision, entry)
                break


def _score_decisions(pack: Pack, kind: DecisionKind) -> Score:
    matches = [match for match in _matches(pack) if match.read.kind is kind]
    entries = [entry for entry in _truth(pack.name)["decisions"] if entry["kind"] == kind]
    recalled = 0
    for entry in entries:
        wanted = _said(entry["text"])
        read = {_said(match.read.text) for match in matches if _same(match.read, entry)}
        covered = sum(min(len(said), len(wanted)) for said in read)
        recalled += covered >= _WHOLE * len(wanted)
    found = sum(decision.kind is kind for decision in _decided(_paper(pack)))
    return Score(len(entries), recalled, found, len(matches))


@cache
def _printed(name: str) -> tuple[tuple[int, str], ...]:
    """The Markdown's printed pages, each with its words."""
    text = (_CORPUS / "papers" / f"{name}.md").read_text("utf-8")
    ends = list(re.finditer(r"(?m)^Page (\d+)$", text))
    starts = [0, *(end.end() for end in ends)]
    return tuple(
        (int(end[1]), _words(text[start : end.start()]))
        for start, end in zip(starts, ends, strict=False)
    )


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _stands_on(name: str, number: int | None, text: str) -> bool:
    """Whether the first words of a text stand on a printed page; its end may be on the next."""
    opening = " ".join(_words(text).split()[:6])
    return any(page == number and opening in words for page, words in _printed(name))


def _score_pages(pack: Pack) -> Score:
    """Decisions, passages and table rows: the printed page that each is said to be on."""
    paper = _paper(pack)
    placed = [(decision.text, decision.locator.page) for decision in paper.decisions]
    placed += [(passage.units[0].text, passage.locator.page) for passage in paper.passages]
    on_cover = [page for page in paper.pages if page.number is None]
    inside = [
        (text, page)
        for text, page in placed
        if not (page is None and any(text in paper.text[p.start : p.end] for p in on_cover))
    ]
    right = sum(_stands_on(pack.name, page, text) for text, page in inside)
    return Score(len(inside), right, len(inside), right)


def _score_titles(pack: Pack) -> Score:
    """The minute's or report's title, its number left off."""
    matches = list(_matches(pack))
    right = sum(
        _fold(match.entry["title"]).split(":")[0] in _fold(match.read.title) for match in matches
    )
    return Score(len(matches), right, len(matches), right)


def _score_owners(pack: Pack) -> Score:
    matches = [match for match in _matches(pack) if match.read.kind is DecisionKind.ACTION]
    wanted = [match for match in matches if match.entry["owner"]]
    right = sum(_fold(m.read.owner or "-") in _fold(m.entry["owner"]) for m in wanted)
    return Score(len(wanted), right, len(wanted), right)


def _score_dues(pack: Pack) -> Score:
    matches = [match for match in _matches(pack) if match.read.kind is DecisionKind.ACTION]
    wanted = [match for match in matches if match.entry["due"]]
    right = sum(match.read.due == match.entry["due"] for match in wanted)
    return Score(len(wanted), right, len(wanted), right)


def _score_outstanding(pack: Pack) -> Score:
    """Rows of the schedule: subject, lead, position. Other action plans aren't in the truth."""
    paper = _paper(pack)
    wanted = {
        (_fold(row["subject"]), _fold(row["lead"] or ""), _fold(row["position"]))
        for row in _truth(pack.name)["outstanding"]
    }
    subjects = {subject for subject, _, _ in wanted}
    rows = [
        decision
        for decision in paper.decisions
        if decision.kind is DecisionKind.ACTION and decision.meeting.held != paper.minutes_of
    ]
    schedules = {row.title for row in rows if _fold(row.text) in subjects}
    return _sets(
        wanted,
        {
            (_fold(row.text), _fold(row.owner or ""), _fold(row.status or ""))
            for row in rows
            if row.title in schedules
        },
    )


def _score_items(pack: Pack) -> Score:
    return _sets(
        ((item["number"], _titled(item["title"])) for item in _truth(pack.name)["items"]),
        ((item.number, _titled(item.title)) for item in _paper(pack).items),
    )


def _score_item_pages(pack: Pack) -> Score:
    return _sets(
        (
            (item["number"], *item["pages"])
            for item in _truth(pack.name)["items"]
            if item["pages"] is not None
        ),
        (
            (item.number, item.first_page, item.last_page)
            for item in _paper(pack).items
            if item.first_page is not None
        ),
    )


def _score_exempt(pack: Pack) -> Score:
    return _sets(
        (item["number"] for item in _truth(pack.name)["items"] if item["exempt"]),
        (item.number for item in _paper(pack).items if item.exempt),
    )


def _score_cells(pack: Pack) -> Score:
    """Table cells, each exact and in its row; an agenda's are kept as items, not as a table."""
    agenda = {_fold(item["title"]) for item in _truth(pack.name)["items"]}
    printed = Counter(
        row
        for table in _truth(pack.name)["tables"]
        for rows in [[*_rows(table["header"]), *_rows(table["cells"])]]
        if len(agenda & {cell for row in rows for cell in row}) < _AGENDA
        for row in rows
    )
    found = Counter(
        tuple(_fold(cell.text) for cell in row)
        for table in _paper(pack).tables
        for row in (*table.header, *table.rows)
    )
    both = printed & found
    return Score(_cells(printed), _cells(both), _cells(found), _cells(both))


def _rows(rows: Iterable[Iterable[str]]) -> Iterator[tuple[str, ...]]:
    return (tuple(map(_fold, row)) for row in rows)


def _cells(rows: Counter[tuple[str, ...]]) -> int:
    return sum(len(row) * times for row, times in rows.items())


def _score_attendance(pack: Pack) -> Score:
    told = _truth(pack.name)["attendance"]
    return _sets(
        (
            (presence.value, person["name"])
            for presence in Presence
            for person in told[presence.name.lower()]
        ),
        ((attendee.presence.value, attendee.name) for attendee in _paper(pack).attendance),
    )


def _score_headers(pack: Pack) -> Score:
    return _sets(
        (
            (_fold(report["title"]), report["author"], report["service"], report["page"])
            for report in _truth(pack.name)["reports"]
        ),
        (
            (_fold(header.title), header.author, header.service, header.locator.page)
            for header in _paper(pack).reports
        ),
    )


def _score_identity(pack: Pack) -> Score:
    paper, truth = _paper(pack), _truth(pack.name)
    return _sets(
        {
            ("council", truth["council"]),
            ("committee", truth["committee"]),
            ("held", truth["meeting_date"]),
            ("minutes", truth["minutes_of"]),
        },
        {
            ("council", paper.meeting.council),
            ("committee", paper.meeting.committee),
            ("held", str(paper.meeting.held)),
            ("minutes", str(paper.minutes_of)),
        },
    )


@dataclass(frozen=True)
class Measure:
    """How a field is scored, and the least precision and recall over all packs."""

    score: Callable[[Pack], Score]
    least: float


MEASURES = {
    "council, committee, dates": Measure(_score_identity, 1.0),
    "agenda items": Measure(_score_items, 0.98),
    "agenda pages": Measure(_score_item_pages, 0.98),
    "exempt items": Measure(_score_exempt, 1.0),
    "resolutions": Measure(lambda pack: _score_decisions(pack, DecisionKind.RESOLUTION), 0.97),
    "actions": Measure(lambda pack: _score_decisions(pack, DecisionKind.ACTION), 0.98),
    "recommendations": Measure(
        lambda pack: _score_decisions(pack, DecisionKind.RECOMMENDATION), 0.98
    ),
    "decisions' titles": Measure(_score_titles, 0.98),
    "printed pages": Measure(_score_pages, 0.99),
    "actions' owners": Measure(_score_owners, 0.94),
    "actions' dates": Measure(_score_dues, 0.94),
    "outstanding matters": Measure(_score_outstanding, 0.97),
    "table cells": Measure(_score_cells, 0.99),
    "attendance and apologies": Measure(_score_attendance, 0.95),
    "report headers": Measure(_score_headers, 0.92),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("field", MEASURES)
def test_the_packs_hold_what_their_truth_says(field: str, form: str) -> None:
    if form == "web page" and "pages" in field:
        pytest.skip("a web page has no pages")
    scores = {name: MEASURES[field].score(Pack(name, form)) for name in _IDS}
    total = reduce(add, scores.values())
    short = {name: s for name, s in scores.items() if min(s.recall, s.precision) < 1}
    assert min(total.precision, total.recall) >= MEASURES[field].least, short


def test_there_are_eight_packs() -> None:
    assert len(_IDS) == 8


@pytest.mark.parametrize("name", _IDS)
def test_every_locator_is_a_slice_of_the_paper(name: str) -> None:
    paper = _paper(Pack(name))
    for decision in paper.decisions:
        quoted = " ".join(
            paper.text[where.start : where.end] for where in (decision.locator, *decision.more)
        )
        words = re.findall(r"\w+", decision.text)
        assert [word for word in words if word not in quoted] == [], decision


@pytest.mark.parametrize("name", _IDS)
def test_no_passage_is_a_heading_alone(name: str) -> None:
    """What broke: a heading above another heading was a search result that said nothing."""
    alone = [
        passage.text
        for passage in _paper(Pack(name)).passages
        if all(unit.kind is UnitKind.HEADING for unit in passage.units)
    ]
    assert alone == []


@pytest.mark.parametrize("name", _IDS)
def test_no_passage_ends_with_what_it_only_announces(name: str) -> None:
    """What broke: "The Board is asked to:" ended a passage and its list began the next."""
    passages = _paper(Pack(name)).passages
    cut = [
        before.units[-1].text
        for before, after in pairwise(passages)
        if before.headings == after.headings and before.part is after.part
        if before.units[-1].text.endswith(":")
    ]
    assert cut == []


@pytest.mark.parametrize("name", _IDS)
def test_the_agenda_is_no_table_of_figures(name: str) -> None:
    """What broke: page numbers of an agenda table were read as figures of its titles."""
    titles = {_fold(item["title"]) for item in _truth(name)["items"]}
    for table in _paper(Pack(name)).tables:
        cells = {_fold(cell.text) for row in (*table.header, *table.rows) for cell in row}
        assert len(titles & cells) < 3, table.caption
