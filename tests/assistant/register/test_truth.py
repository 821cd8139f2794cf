"""The register against a truth that was written by hand from reading the papers.

`corpus/truth/register.json` names a decision by its paper and the words that it opens with.
Evidence is right when its quote holds one of the wordings given for its paper; what is not
`needed` may be found and needn't be.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.register.entries import Entry
from assistant.register.minutes import MinutesRecord, Standing
from assistant.register.register import Register
from assistant.register.tracking import Tracked, is_row
from ingest.model import DecisionKind

_TRUTH = Path(__file__).parents[3] / "corpus" / "truth" / "register.json"
_TODAY = date(2025, 4, 1)
LEAST = 0.97


@dataclass
class Score:
    """Right, found and expected, with what is amiss."""

    right: int = 0
    found: int = 0
    expected: int = 0
    amiss: list[object] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.amiss = []

    def add(self, *, expected: bool, found: bool, right: bool, what: object) -> None:
        self.expected += expected
        self.found += found
        self.right += right
        if not right and (expected or found):
            self.amiss.append(what)

    def check(self) -> None:
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.expected if self.expected else 1.0
        print(f"{self.right} right of {self.found} found, {self.expected} expected")
        assert min(precision, recall) >= LEAST, (precision, recall, self.amiss)


@cache
def truth() -> Any:
    return json.loads(_TRUTH.read_text("utf-8"))


def _opens(entry: Entry, line: dict[str, Any]) -> bool:
    said = line.get("opens") or line["row"]
    return entry.decision.locator.paper == line["paper"] and said in entry.decision.text


def _line_of(entry: Entry, lines: list[dict[str, Any]]) -> dict[str, Any] | None:
    return next((line for line in lines if _opens(entry, line)), None)


def test_outcomes(register: Register) -> None:
    score = Score()
    entries = [e for e in register.entries() if e.decision.kind is not DecisionKind.ACTION]
    for entry in entries:
        line = _line_of(entry, truth()["outcomes"])
        wanted = set(line["outcomes"]) if line else set()
        got = {outcome.value for outcome in entry.outcomes}
        for outcome in sorted(wanted | got):
            score.add(
                expected=outcome in wanted,
                found=outcome in got,
                right=outcome in wanted & got,
                what=(entry.decision.text[:60], wanted, got),
            )
    missing = [li for li in truth()["outcomes"] if not any(_opens(e, li) for e in entries)]
    assert missing == []
    score.check()


def test_what_is_tracked_and_whose_it_is(register: Register) -> None:
    listed, owners, dues = Score(), Score(), Score()
    tracked = register.tracked(_TODAY)
    for one in tracked:
        line = _line_of(one.entry, truth()["followed"])
        listed.add(expected=False, found=True, right=line is not None, what=one.entry.decision.text)
        if line is None:
            continue
        owner = one.entry.owner
        owners.add(
            expected=line["owner"] is not None,
            found=owner is not None,
            right=owner is not None and owner == line["owner"],
            what=(line["opens"], owner, line["owner"]),
        )
        due = one.due.isoformat() if one.due else None
        if line["due"]:
            dues.add(
                expected=True, found=due is not None, right=due == line["due"], what=(line, due)
            )
    listed.expected = len(truth()["followed"])
    listed.check()
    owners.check()
    dues.check()


def test_actions_are_tied_to_what_later_papers_say(register: Register) -> None:
    score = Score()
    for one in register.tracked(_TODAY):
        line = _line_of(one.entry, truth()["followed"])
        if line is None:
            continue
        for place in line["evidence"]:
            quotes = [e.quote for e in one.evidence if e.locator.paper == place["paper"]]
            right = any(words in quote for quote in quotes for words in place["holds"])
            if place["needed"] or right:
                score.add(
                    expected=True, found=bool(quotes), right=right, what=(line["opens"], place)
                )
        known = {place["paper"] for place in line["evidence"]}
        for evidence in one.evidence:
            if evidence.locator.paper not in known:
                score.add(expected=False, found=True, right=False, what=(line["opens"], evidence))
    score.check()


def test_the_progress_that_papers_state(register: Register) -> None:
    score = Score()
    for one in register.tracked(_TODAY):
        line = _line_of(one.entry, truth()["followed"])
        if line and line["progress"]:
            right = one.progress.value == line["progress"]
            score.add(expected=True, found=True, right=right, what=(line["opens"], one.progress))
    score.check()


def test_rows_of_schedules_are_tied_to_what_began_them(register: Register) -> None:
    ties, dates = Score(), Score()
    rows = register.outstanding()
    for row in rows:
        line = _line_of(row.row, truth()["outstanding"])
        assert line is not None, row.row.decision.text
        assert (row.untied is None) == bool(row.begun_by or row.told)
        raised = row.raised.isoformat() if row.raised else None
        dates.add(expected=True, found=True, right=raised == line["raised"], what=line)
        got = [entry.decision.text for entry in row.begun_by]
        ties.add(
            expected=bool(line["begun_by"]),
            found=bool(got),
            right=bool(got) and all(any(b in text for b in line["begun_by"]) for text in got),
            what=(line, got),
        )
    assert len(rows) == len(truth()["outstanding"])
    ties.check()
    dates.check()


def test_minutes_are_drafts_until_a_later_meeting_confirms_them(register: Register) -> None:
    records = register.minutes()
    assert len(records) == len(truth()["minutes"])
    for line in truth()["minutes"]:
        record = next(r for r in records if _is_of(r, line))
        standing = {
            "draft": Standing.DRAFT,
            "confirmed": Standing.CONFIRMED,
            "corrected": Standing.CORRECTED,
        }[line["standing"]]
        assert record.standing is standing, line
        confirmed = record.confirmed_at
        assert (str(confirmed.held) if confirmed else None) == line["confirmed_at"]
        told = " ".join(evidence.quote for evidence in record.evidence)
        assert (line["correction"] or "") in told


def _is_of(record: MinutesRecord, line: dict[str, Any]) -> bool:
    meeting = record.meeting
    council = (meeting.council or "").startswith(line["council"])
    return council and (meeting.committee, str(meeting.held)) == (line["committee"], line["held"])


def test_declarations_are_told_with_the_member_who_made_them(register: Register) -> None:
    declared = [d for meeting in register.attendance() for d in meeting.declarations]
    assert len(declared) == len(truth()["declarations"])
    for line in truth()["declarations"]:
        assert [
            d
            for d in declared
            if (str(d.meeting.held), d.member) == (line["held"], line["member"])
            and line["holds"] in d.text
        ], line


def test_every_quote_of_evidence_is_verbatim(demonstration: Assistant) -> None:
    register = demonstration.register
    evidence = [e for t in register.tracked(_TODAY) for e in t.evidence]
    evidence += [e for record in register.minutes() for e in record.evidence]
    evidence += [e for row in register.outstanding() for e in row.told]
    assert len(evidence) > 40
    for one in evidence:
        where = one.locator
        slice_ = demonstration.paper_text(where.paper)[where.start : where.end]
        words = _plain(one.quote)
        assert [w for w in words if w not in _plain(slice_)] == [], (one.quote, slice_)


def _plain(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()


def test_overdue_is_reckoned_by_the_day_given(register: Register) -> None:
    def overdue(today: date) -> set[str]:
        return {t.entry.id for t in register.tracked(today) if t.overdue}

    assert overdue(date(2023, 1, 1)) == set()
    assert overdue(date(2023, 12, 1)) < overdue(_TODAY)
    late = [t for t in register.tracked(_TODAY) if t.overdue]
    assert all(t.due and t.due < _TODAY and t.progress.value != "done" for t in late)


def test_a_schedule_s_row_is_no_action_of_its_own(register: Register) -> None:
    tracked: tuple[Tracked, ...] = register.tracked(_TODAY)
    assert not any(is_row(one.entry) for one in tracked)
