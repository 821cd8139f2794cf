"""Kinds of paper: told by structure, named by a question, chosen by a person."""

import pytest

from assistant.answer import Outcome, Scope
from assistant.assistant import Assistant
from assistant.question.kinds import kinds_named
from ingest.kinds import KindsOfPlaces, PaperKind
from ingest.model import PartKind

COUNT = "how many children were looked after in Averonshire in March 2024?"


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What do the minutes of 9 November 2023 say about bus passes?", [PaperKind.MINUTES]),
        ("In the health annual report, how many waited?", [PaperKind.ANNUAL_REPORT]),
        ("According to Penwick's performance dashboard, how many?", [PaperKind.PERFORMANCE]),
        ("What does the sufficiency strategy say about homes?", [PaperKind.PLAN]),
        ("What is on the agenda for July?", [PaperKind.AGENDA]),
        ("In the minutes or in the annual report?", [PaperKind.MINUTES, PaperKind.ANNUAL_REPORT]),
        ("How long was the wait in the last ten minutes?", []),
        ("Was the strategy approved?", []),
        ("What did the board agree on the annual report?", []),
        ("Who wrote the report?", []),
        ("Which topics are in the forward plan?", []),
    ],
)
def test_a_question_names_kinds_of_paper_as_the_place_to_look(
    question: str, named: list[PaperKind]
) -> None:
    assert list(kinds_named(question)) == named


def test_every_passage_of_the_demonstration_papers_is_of_a_kind(demonstration: Assistant) -> None:
    kinds = KindsOfPlaces(demonstration._store.passages_of)
    titled = {
        stored.passage.part_title: kinds.of(stored.passage.locator)
        for stored in demonstration._store.passages()
    }
    assert titled["Agenda"] == {PaperKind.AGENDA}
    assert titled["Minutes"] == {PaperKind.MINUTES}
    assert titled["Fostering Annual Report 2022/23"] == {PaperKind.REPORT, PaperKind.ANNUAL_REPORT}
    assert titled["Performance report to 31 May 2023"] == {PaperKind.REPORT, PaperKind.PERFORMANCE}
    assert PaperKind.PLAN in titled["Inspection Action Plan: progress to December 2024"]
    assert titled["Forward plan"] == {PaperKind.REPORT}


def test_search_keeps_to_the_kinds_chosen(demonstration: Assistant) -> None:
    found = demonstration.search("dental checks", Scope(kinds=(PaperKind.MINUTES,)))
    assert found
    assert {passage.part for result in found for passage in result.passages} == {PartKind.MINUTES}


def test_a_figure_is_looked_for_in_the_kinds_chosen_alone(demonstration: Assistant) -> None:
    inside = demonstration.ask(COUNT, scope=Scope(kinds=(PaperKind.PERFORMANCE,)))
    assert [figure.value for figure in inside.figures] == [783]
    outside = demonstration.ask(COUNT, scope=Scope(kinds=(PaperKind.PLAN,)))
    assert outside.outcome is Outcome.NOT_FOUND
    assert outside.text.startswith("Not found in the plans and strategies held.")
    assert outside.searched.papers == 0


def test_what_the_kind_named_does_not_hold_is_told_to_stand_elsewhere(
    demonstration: Assistant,
) -> None:
    answer = demonstration.ask(f"In the annual report, {COUNT}")
    assert [figure.value for figure in answer.figures] == [783]
    assert answer.text.endswith("That isn't in the annual reports held: it stands in other papers.")


def test_the_receipt_tells_the_kinds_for_the_chips_and_for_a_replay(
    demonstration: Assistant,
) -> None:
    named = demonstration.ask("What do the minutes of 9 November 2023 say about driving lessons?")
    assert named.outcome is Outcome.ANSWERED
    assert named.receipt and named.receipt.query["kinds"] == ["minutes"]
    assert all(cited.meeting_date == "2023-11-09" for cited in named.citations[:1])
    chosen = demonstration.ask(COUNT, scope=Scope(kinds=(PaperKind.REPORT,)))
    assert chosen.to_json()["receipt"]["asked"]["scope"]["kinds"] == ["report"]
