"""Lists read page by page: the same rows and counts as if all were read and then narrowed."""

from datetime import date

import pytest

from assistant.answer import Scope
from assistant.assistant import Assistant
from assistant.interfaces.held import Filters, Window, indicators, papers
from assistant.question.scoping import covers
from assistant.register.register import Register
from ingest.model import Meeting, Observation
from tests.assistant.made_up import CITY, COUNTY, JULY, NOVEMBER

SCOPES = (
    Scope(),
    Scope(councils=(COUNTY,)),
    Scope(councils=(CITY, COUNTY), until=date(2024, 8, 1)),
    Scope(councils=(CITY,)),
    Scope(since=date(2024, 7, 19)),
    Scope(since=date(2030, 1, 1)),
)


def everything(assistant: Assistant) -> list[tuple[Observation, Meeting]]:
    store = assistant._store
    return [
        (o, store.meeting_at(o.locator.paper, o.locator.start)) for o in store.observations()
    ]  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("measure", ["", "care", "no such measure"])
def test_pages_of_figures_are_the_whole_list_cut_up(
    made_up: Assistant, scope: Scope, measure: str
) -> None:
    wanted = [
        o for o, m in everything(made_up) if covers(scope, m) and measure in o.measure.casefold()
    ]
    paged: list[Observation] = []
    for offset in range(0, len(wanted) + 7, 7):
        page, total = made_up.figures_within(scope, 7, offset, measure)
        assert total == len(wanted)
        paged += page
    assert paged == wanted
    assert measure or [o for o, _ in made_up.figures(scope)] == wanted


def test_each_figure_comes_with_the_meeting_that_its_place_is_of(made_up: Assistant) -> None:
    told = list(made_up.figures())
    assert told == everything(made_up) and told
    assert {meeting.council for _, meeting in told} == {COUNTY, CITY}


def test_entries_of_several_councils_are_told_in_their_order(made_up: Assistant) -> None:
    register, today = Register(made_up._store), date(2025, 1, 1)
    held = sorted(register.entries(), key=lambda entry: entry.decision.text)
    councils = [entry.decision.meeting.council for entry in held]
    assert councils != sorted(councils, key=str), "they stand in no order of councils"
    views = register.views(held, today)
    assert [view.entry for view in views] == held
    assert views == tuple(register.view(entry, today) for entry in held)
    assert [v.tracked for v in views if v.tracked] == sorted(
        register.tracked(today), key=lambda one: one.entry.decision.text
    )
    told = {entry: changes for entry, changes in register.changed_by(held).items() if changes}
    assert told == {v.entry.id: v.changed_by for v in views if v.changed_by}
    assert sum(map(len, told.values())) == len(register.changes())


def test_the_entries_of_a_paper_are_its_share_of_all(made_up: Assistant) -> None:
    register = Register(made_up._store)
    for paper in (JULY, NOVEMBER, "no such paper"):
        of_all = [e for e in register.entries() if e.decision.locator.paper == paper]
        assert list(register.of_paper(paper)) == of_all


def test_the_interface_hands_out_one_page_with_the_whole_count(made_up: Assistant) -> None:
    of_county = Filters(councils=("Ferrow",))
    second = papers(made_up, of_county, Window(1, 1))
    assert (second.total, [row.id for row in second.rows]) == (2, [NOVEMBER])
    since = Filters(councils=("Ferrow",), until=date(2024, 8, 1))
    assert [row.id for row in papers(made_up, since, Window()).rows] == [JULY]

    every = indicators(made_up, of_county, Window(0, 1000))
    some = indicators(made_up, of_county, Window(5, 3))
    assert some.total == every.total == len(every.rows)
    assert some.rows == every.rows[5:8]


@pytest.mark.parametrize("scope", SCOPES)
def test_a_council_s_register_is_its_share_of_the_whole_one(
    made_up: Assistant, scope: Scope
) -> None:
    register = Register(made_up._store)
    today = date(2025, 1, 1)
    for of_all, own in (
        ([e for e in register.entries() if covers(scope, e.decision.meeting)],
         register.entries(scope)),
        ([o for o in register.outstanding() if covers(scope, o.row.decision.meeting)],
         register.outstanding(scope)),
        ([d for d in register.decided() if covers(scope, d.recommendation.decision.meeting)],
         register.decided(scope)),
        ([t for t in register.tracked(today) if covers(scope, t.entry.decision.meeting)],
         register.tracked(today, scope)),
        ([r for r in register.minutes() if covers(scope, r.meeting)], register.minutes(scope)),
        ([a for a in register.attendance() if covers(scope, a.meeting)],
         register.attendance(scope)),
    ):  # fmt: skip
        assert list(own) == of_all
