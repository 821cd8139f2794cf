"""Minutes of the demonstration papers' own meetings, and packs in other councils' styles."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Scope
from assistant.assistant import Assistant
from assistant.register.attendance import stands_in
from assistant.register.changes import ChangeKind
from assistant.register.decided import Answer
from assistant.register.minutes import Standing
from assistant.register.register import Register
from ingest.model import DecisionKind, Presence
from tests.assistant.register.test_truth import Score, _line_of

TRUTH: Any = json.loads((Path(__file__).parent / "truth.json").read_text("utf-8"))
_TODAY = date(2025, 4, 1)
MERROWDALE = Scope(councils=("Merrowdale Borough Council",))
THORNBECK = Scope(councils=("Thornbeck District Council",))


@pytest.fixture(scope="module")
def register(further: Assistant) -> Register:
    return further.register


def test_recommendations_are_joined_with_what_the_minutes_of_their_meeting_decided(
    register: Register,
) -> None:
    answers, links = Score(), Score()
    for one in register.decided():
        line = _line_of(one.recommendation, TRUTH["decided"])
        if one.answer is Answer.NO_MINUTES:
            assert line is None, one.recommendation.decision.text
            continue
        assert line is not None, one.recommendation.decision.text
        right = one.answer.value == line["answer"]
        answers.add(expected=True, found=True, right=right, what=(line["opens"], one.answer))
        for text in (entry.decision.text for entry in one.decisions):
            known = any(words in text for words in line["by"])
            links.add(expected=False, found=True, right=known, what=(line["opens"], text))
        links.expected += len(line["by"])
    assert answers.found == len(TRUTH["decided"])
    answers.check()
    links.check()


def test_a_recommendation_is_no_decision_until_minutes_are_held(register: Register) -> None:
    unminuted = [d for d in register.decided() if d.answer is Answer.NO_MINUTES]
    assert unminuted
    assert all(not d.decisions and d.minutes is None for d in unminuted)
    assert all(d.recommendation.outcome is None for d in register.decided())


def test_outcomes_in_other_councils_wordings(register: Register) -> None:
    for scope in (MERROWDALE, THORNBECK):
        resolved = [
            e for e in register.entries(scope) if e.decision.kind is DecisionKind.RESOLUTION
        ]
        lines = [_line_of(entry, TRUTH["outcomes"]) for entry in resolved]
        assert None not in lines, [e.decision.text for e in resolved]
        told = {e.decision.text[:40]: [o.value for o in e.outcomes] for e in resolved}
        wanted = {
            e.decision.text[:40]: line["outcomes"]
            for e, line in zip(resolved, lines, strict=True)
            if line
        }
        assert told == wanted


def test_every_resolution_of_the_other_styles_is_read(register: Register) -> None:
    entries = [*register.entries(MERROWDALE), *register.entries(THORNBECK)]
    for line in TRUTH["outcomes"]:
        assert [e for e in entries if _line_of(e, [line])], line


def test_a_rescinded_decision_is_marked_both_ways(register: Register) -> None:
    change = next(c for c in register.changes() if c.kind is ChangeKind.RESCINDED)
    assert change.earlier.decision.text.startswith("That car parking charges be raised")
    assert change.later.decision.text.startswith("That the decision of 12 March 2024")
    assert register.view(change.earlier, None).changed_by == (change,)
    assert register.view(change.later, None).changes == (change,)


def test_an_action_log_is_tied_by_its_dates_and_read_with_its_rating(register: Register) -> None:
    rows = {row.row.decision.text: row for row in register.outstanding(MERROWDALE)}
    assert len(rows) == 4
    prices = rows["Three prices for the pool roof"]
    assert [e.minute for e in prices.begun_by] == ["17"]
    assert prices.progress.value == "done"
    refund = rows["Refund of parking charges"]
    assert "28" in {e.minute for e in refund.begun_by}
    assert refund.progress.value == "open"
    benches = rows["Benches for the arcade"]
    assert benches.begun_by == ()
    assert benches.untied == "the minutes of 16 January 2024 aren't held"


def test_corrections_are_told_with_the_meeting_that_made_them(register: Register) -> None:
    records = {(r.meeting.council, str(r.meeting.held)): r for r in register.minutes()}
    july = records["Averonshire County Council", "2023-07-06"]
    assert july.paper == "averonshire-cpb-2023-11-09"
    assert july.standing is Standing.CORRECTED
    march = records["Merrowdale Borough Council", "2024-03-12"]
    assert march.standing is Standing.CORRECTED
    assert "freehold" in " ".join(e.quote for e in march.evidence)
    assert records["Thornbeck District Council", "2024-07-04"].standing is Standing.CORRECTED


def test_owners_before_a_colon_and_dates_in_brackets(register: Register) -> None:
    tracked = {t.entry.owner: t.due for t in register.tracked(_TODAY, THORNBECK)}
    assert tracked["Jonah Reeve"] == date(2024, 12, 5)
    assert tracked["Martha Gill"] == date(2024, 10, 31)


def test_the_next_meeting_is_the_first_later_one_that_papers_are_held_of(
    register: Register,
) -> None:
    prices = next(t for t in register.tracked(_TODAY, MERROWDALE) if t.entry.minute == "17")
    assert prices.due == date(2024, 6, 18)
    assert not prices.overdue


def test_who_was_there_and_what_they_declared(register: Register) -> None:
    june = next(m for m in register.attendance(MERROWDALE) if m.meeting.held == date(2024, 6, 18))
    away = [a.name for a in june.attendees if a.presence is Presence.APOLOGIES]
    assert away == ["Winifred Oakes"]
    assert [d.member for d in june.declarations] == ["Basil Trewin"]
    assert "owner of a shop" in june.declarations[0].text


def test_attendance_of_one_member(register: Register) -> None:
    meetings = register.attendance(member="Umeh")
    assert [str(m.meeting.held) for m in meetings] == [
        "2025-01-16", "2024-05-09", "2024-02-08", "2023-11-09", "2023-07-06", "2023-05-11",
    ]  # fmt: skip
    assert all(len(m.attendees) == 1 for m in meetings)
    assert stands_in(meetings[0].attendees[0])
