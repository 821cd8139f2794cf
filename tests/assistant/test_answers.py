"""Each kind of answer through the public door, on the small made-up papers."""

from datetime import date

import pytest

from assistant.answer import Answer, Outcome, Route, Turn
from assistant.assistant import Assistant
from tests.assistant.made_up import JULY, NOVEMBER

COUNTED = "Ferrowdale, Children looked after number"


@pytest.fixture
def ask(made_up: Assistant) -> "Asking":
    return Asking(made_up)


class Asking:
    """Asks with a fixed date, in a conversation where questions come before."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __call__(self, question: str, *before: str) -> Answer:
        history: list[Turn] = []
        for earlier in before:
            answer = self._assistant.ask(earlier, history, today=date(2025, 1, 10))
            history += [Turn("user", earlier), Turn("assistant", answer.text)]
        return self._assistant.ask(question, history, today=date(2025, 1, 10))


def figures(answer: Answer) -> list[tuple[float, str, str | None, str, str | None]]:
    return [(f.value, f.unit, f.period, f.basis, f.working) for f in answer.figures]


def cited(answer: Answer) -> list[tuple[str, int | None, str | None]]:
    return [(c.paper, c.page, c.meeting_date) for c in answer.citations]


# -- figures ---------------------------------------------------------------------------------


def test_a_value(ask: Asking) -> None:
    answer = ask("How many children were looked after by Ferrowdale in May 2024?")
    assert (answer.outcome, answer.route) == (Outcome.ANSWERED, Route.INDICATOR)
    assert answer.text == f"{COUNTED}, May 2024: 647. [1]"
    assert figures(answer) == [(647.0, "count", "May 2024", "actual", None)]
    assert cited(answer) == [(JULY, 5, "2024-07-18")]
    row = "1 Children looked after (number) | 640 | 644 | 652 | 649 | 647 | 631"
    assert answer.citations[0].quote.startswith(row)


def test_a_restated_value_is_told_with_the_earlier_one(ask: Asking) -> None:
    answer = ask("How many children were looked after by Ferrowdale in June 2024?")
    assert answer.text == (
        f"{COUNTED}, June 2024: 628. [1]\n"
        f"An earlier paper prints another figure for this date: {COUNTED}, June 2024: 631. [2]"
    )
    assert figures(answer)[0] == (628.0, "count", "June 2024", "actual", None)
    assert cited(answer) == [(NOVEMBER, 3, "2024-11-14"), (JULY, 5, "2024-07-18")]


@pytest.mark.parametrize(
    ("question", "result", "unit", "working", "verb"),
    [
        (
            "How many more children did Ferrowdale look after in May 2024 than in January 2024?",
            7.0,
            "count",
            "647 − 640 = 7",
            "rose by 7 between January 2024 and May 2024, from 640 to 647",
        ),
        (
            "By what percentage did the number of children looked after in Ferrowdale change "
            "between January 2024 and May 2024?",
            1.09,
            "percent",
            "(647 − 640) ÷ 640 × 100 = 1.09%",
            "rose by 1.1% between January 2024 and May 2024, from 640 to 647",
        ),
        (
            "By how many percentage points did dental checks rise in Ferrowdale between "
            "January 2024 and June 2024?",
            8.0,
            "pp",
            "78% − 70% = 8 percentage points",
            "rose by 8 percentage points between January 2024 and June 2024, from 70% to 78%",
        ),
        (
            "How did missing incidents in Ferrowdale change between March 2024 and June 2024?",
            -19.0,
            "count",
            "44 − 63 = -19",
            "fell by 19 between March 2024 and June 2024, from 63 to 44: better",
        ),
        (
            "Did Ferrowdale meet its target for dental checks in June 2024?",
            -7.0,
            "pp",
            "78% − 85% = -7 percentage points",
            "No, the target was not met: ",
        ),
        (
            "Did Ferrowdale meet its target for health assessments in September 2024?",
            1.0,
            "pp",
            "96% − 95% = 1 percentage point",
            "Yes, the target was met: ",
        ),
        (
            "Did Ferrowdale meet its target for 3 or more placements in June 2024?",
            1.0,
            "pp",
            "10% − 9% = 1 percentage point",
            "No, the target was not met: ",
        ),
        (
            "How does Ferrowdale compare with England on dental checks in June 2024?",
            2.0,
            "pp",
            "78% − 76% = 2 percentage points",
            "2 percentage points above England",
        ),
        (
            "How does Ferrowdale compare with its statistical neighbours on dental checks "
            "in June 2024?",
            4.0,
            "pp",
            "78% − 74% = 4 percentage points",
            "4 percentage points above statistical neighbours",
        ),
        (
            "How many missing incidents for each missing child were there in Ferrowdale in "
            "June 2024?",
            2.75,
            "ratio",
            "44 ÷ 16 = 2.75",
            "2.75 on average",
        ),
        (
            "Total missing incidents in Ferrowdale from January 2024 to March 2024",
            162.0,
            "count",
            "51 + 48 + 63 = 162",
            "total of January 2024 to March 2024: 162",
        ),
        (
            "Average over January 2024 to March 2024 of missing incidents in Ferrowdale",
            54.0,
            "count",
            "(51 + 48 + 63) ÷ 3 = 54",
            "average of January 2024 to March 2024: 54",
        ),
        (
            "Which had more children looked after in June 2024, Ferrowdale or Quillminster?",
            217.0,
            "count",
            "628 − 411 = 217",
            "Ferrowdale has the higher figure, by 217",
        ),
    ],
)
def test_a_calculation_is_told_in_words_with_its_working(
    ask: Asking, question: str, result: float, unit: str, working: str, verb: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert figures(answer)[0] == (result, unit, None, "calculated", working)
    assert verb in answer.text
    assert f"({working.split(' = ')[0]} = " in answer.text


def test_a_difference_names_both_figures_that_it_is_of(ask: Asking) -> None:
    answer = ask("How many more children did Ferrowdale look after in May 2024 than January 2024?")
    assert answer.text.split("\n")[1:] == [
        f"{COUNTED}, May 2024: 647. [1]",
        f"{COUNTED}, January 2024: 640. [1]",
    ]


def test_a_complement_is_worked_out(ask: Asking) -> None:
    answer = ask(
        "What percentage of children in Ferrowdale had fewer than 3 placements in June 2024?"
    )
    assert answer.text == (
        "Ferrowdale, Children with fewer than three placements in the year, June 2024: 90% "
        "(100% − 10% = 90%). [1]"
    )
    assert figures(answer) == [(90.0, "percent", "June 2024", "calculated", "100% − 10% = 90%")]


@pytest.mark.parametrize(
    ("which", "told"),
    [
        ("most", "The highest was 63, in March 2024 and May 2024"),
        ("fewest", "The lowest was 44, in June 2024"),
    ],
)
def test_the_highest_and_lowest_months_with_ties(ask: Asking, which: str, told: str) -> None:
    answer = ask(f"Which month had the {which} missing incidents in Ferrowdale?")
    assert (
        answer.text
        == f"{told} (Ferrowdale: Missing incidents number; of January 2024 to June 2024). [1]"
    )


def test_a_trend_leaves_out_what_is_not_reported(ask: Asking) -> None:
    answer = ask("Are dental checks getting better in Ferrowdale?")
    lines = answer.text.split("\n")
    assert "from 70% to 78%: better (78% − 70% = 8 percentage points). [1]" in lines[0]
    assert lines[1] == (
        "In full: January 2024: 70%; February 2024: 71%; March 2024: 73%; May 2024: 76%; "
        "June 2024: 78%. [1]"
    )


def test_a_change_of_a_percentage_in_per_cent_is_refused_with_the_reason(ask: Asking) -> None:
    answer = ask(
        "By what percentage did dental checks rise in Ferrowdale "
        "between January 2024 and June 2024?"
    )
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.text == (
        "A change of a percentage is told in percentage points; ask for the difference."
    )


def test_a_cell_that_is_not_reported(ask: Asking) -> None:
    answer = ask("What was the dental check figure in Ferrowdale in April 2024?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.text == (
        "Ferrowdale, “Dental check up to date”, April 2024: the papers list it but give no figure "
        "(printed: “n/r”). [1]"
    )
    assert cited(answer) == [(JULY, 5, "2024-07-18")]


def test_a_blank_cell(ask: Asking) -> None:
    answer = ask("What was the PEP figure in Ferrowdale in April 2024?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.text.startswith(
        "Ferrowdale, “Personal education plan up to date”, April 2024: "
        "the papers list it but give no figure"
    )


def test_a_suppressed_number(ask: Asking) -> None:
    answer = ask("How many care leavers were in custody in Ferrowdale in June 2024?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert "suppressed because it is small (printed: “fewer than 5”). [1]" in answer.text


def test_a_figure_of_a_council_whose_papers_aren_t_held(ask: Asking) -> None:
    answer = ask("How many children does Leeds look after?")
    assert (answer.outcome, answer.route) == (Outcome.NOT_FOUND, Route.NONE)
    assert answer.text.split("\n")[0] == (
        "The papers held are not those of Leeds, so they can't answer this."
    )


def test_a_future_date(ask: Asking) -> None:
    answer = ask("How many children will Ferrowdale look after in March 2027?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.text.split("\n")[0] == (
        "That date is after the newest paper held: the papers can't tell it, and no forecast "
        "is made."
    )


# -- minutes ---------------------------------------------------------------------------------


def test_a_resolution_verbatim_with_meeting_date_and_minute(ask: Asking) -> None:
    answer = ask("What was decided about kayak lessons in Ferrowdale?")
    assert (answer.outcome, answer.route) == (Outcome.ANSWERED, Route.MINUTES)
    assert answer.text == (
        "On 16 May 2024 the Corporate Parenting Board of Ferrowdale County Council resolved, "
        "under “7. Kayak lessons”: That kayak lessons be paid for every child in care aged nine "
        "or over from 1 September 2024. [1]"
    )
    assert cited(answer) == [(JULY, 2, "2024-05-16")]


def test_a_recommendation_is_told_as_one(ask: Asking) -> None:
    answer = ask("What is recommended about boat club places in Ferrowdale?")
    assert answer.text == (
        "In the papers of the Corporate Parenting Board of Ferrowdale County Council for "
        "18 July 2024, this is recommended (a recommendation, not a decision), under “Boat club "
        "places”: 1. Agree that 24 boat club places be bought for one year. [1]"
    )


def test_a_decision_is_that_of_the_minutes_and_not_what_was_recommended(ask: Asking) -> None:
    answer = ask("What was decided about boat club places in Ferrowdale?")
    assert answer.text == (
        "On 18 July 2024 the Corporate Parenting Board of Ferrowdale County Council resolved, "
        "under “12. Boat club places”: That 18 boat club places be bought for one year. [1]"
    )
    assert cited(answer) == [(NOVEMBER, 2, "2024-07-18")]


def test_an_action_with_its_owner(ask: Asking) -> None:
    answer = ask("Who is responsible for the kayak instructors in Ferrowdale?")
    assert answer.text == (
        "On 16 May 2024 the Corporate Parenting Board of Ferrowdale County Council set this "
        "action, under “7. Kayak lessons”: Osric Pym to book the kayak instructors by 30 June "
        "2024. [1]"
    )


def test_an_outstanding_matter_with_lead_and_position(ask: Asking) -> None:
    answer = ask("What is outstanding on laptops for care leavers in Ferrowdale?")
    assert answer.outcome is Outcome.ANSWERED
    assert (
        "Laptops for care leavers (lead: Wilmot Gale) "
        "(position: Ordered on 3 June 2024; delivery awaited.)"
    ) in answer.text
    assert cited(answer)[0] == (JULY, 4, "2024-07-18")


def test_who_was_there_and_who_was_not(ask: Asking) -> None:
    answer = ask("Who sent apologies to the Ferrowdale meeting of 16 May 2024?")
    assert answer.outcome is Outcome.ANSWERED
    assert "Apologies: Councillor Jasper Munt and Dr Edna Lisle." in answer.text
    assert cited(answer) == [(JULY, 2, "2024-05-16")]


def test_a_reason(ask: Asking) -> None:
    answer = ask("Why were the pianos out of tune in Ferrowdale?")
    assert answer.outcome is Outcome.ANSWERED
    assert "the tuner had retired and that nobody had replaced him" in answer.text


def test_a_definition(ask: Asking) -> None:
    answer = ask("What does PEP mean in Ferrowdale?")
    assert answer.outcome is Outcome.ANSWERED
    assert (
        "A personal education plan is the part of a care plan that says how a child will be "
        "helped to learn."
    ) in answer.text


def test_a_vote_that_is_not_recorded(ask: Asking) -> None:
    answer = ask("How did the board vote on kayak lessons in Ferrowdale?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.text.startswith("The papers record no vote on this. What they do record:\n")


def test_what_another_council_decided_is_not_this_one_s(ask: Asking) -> None:
    elsewhere = ask("What was decided about harp lessons?")
    assert elsewhere.outcome is Outcome.ANSWERED
    assert {c.council for c in elsewhere.citations} == {"Quillminster City Council"}
    assert ask("What was decided about harp lessons in Ferrowdale?").outcome is Outcome.NOT_FOUND


def test_both_halves_of_a_question(ask: Asking) -> None:
    answer = ask(
        "How many children were looked after by Ferrowdale in May 2024, "
        "and what was decided about kayak lessons?"
    )
    assert answer.route is Route.BOTH
    assert answer.text == (
        f"{COUNTED}, May 2024: 647. [1]\n"
        "On 16 May 2024 the Corporate Parenting Board of Ferrowdale County Council resolved, "
        "under “7. Kayak lessons”: That kayak lessons be paid for every child in care aged nine "
        "or over from 1 September 2024. [2]"
    )


# -- follow-ups ------------------------------------------------------------------------------

COUNT_IN_MAY = "How many children were looked after by Ferrowdale in May 2024?"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("And in Quillminster?", "Quillminster, Children looked after number, May 2024: 405. [1]"),
        ("What about April?", f"{COUNTED}, April 2024: 649. [1]"),
        ("and February 2024?", f"{COUNTED}, February 2024: 644. [1]"),
    ],
)
def test_a_follow_up_on_a_figure(ask: Asking, question: str, text: str) -> None:
    assert ask(question, COUNT_IN_MAY).text == text


def test_a_follow_up_asks_for_the_target(ask: Asking) -> None:
    answer = ask("And the target?", "What was Ferrowdale's dental check figure in June 2024?")
    assert "Ferrowdale, target for Dental check up to date: 85%. [1]" in answer.text


def test_a_reading_that_was_asked_for_is_the_answer(ask: Asking) -> None:
    question = "What was the health assessment figure in June 2024?"
    assert ask(question).outcome is Outcome.CLARIFY
    answer = ask("Quillminster", question)
    assert figures(answer) == [(87.0, "percent", "June 2024", "actual", None)]


# -- what the registers of the demonstration papers hold ---------------------------------------


def asked(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(question, today=date(2025, 4, 1))


def test_a_recommendation_is_not_told_as_a_decision(demonstration: Assistant) -> None:
    answer = asked(demonstration, "What did Castlebourne decide about tutoring in Year 10?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.text.startswith("The minutes held record no decision on this.")
    assert "up to £45,000 of pupil premium" in answer.text
    assert cited(answer)[0] == ("castlebourne-cpp-2024-03-14", 7, "2024-03-14")


def test_actions_without_a_subject_are_those_of_the_newest_papers(
    demonstration: Assistant,
) -> None:
    answer = asked(demonstration, "What actions are still outstanding in Castlebourne?")
    assert answer.outcome is Outcome.ANSWERED
    assert "16 January 2025, 12 actions are recorded." in answer.text  # the thirteenth is done
    assert {c.meeting_date for c in answer.citations} == {"2025-01-16"}


def test_a_target_asked_for_beside_a_comparator_is_a_figure_too(
    demonstration: Assistant,
) -> None:
    answer = asked(
        demonstration,
        "Did Averonshire's health assessments meet the target in May 2024, "
        "and how do we compare with England?",
    )
    assert [f.working for f in answer.figures if f.working] == [
        "92% − 90% = 2 percentage points",
        "92% − 95% = -3 percentage points",
    ]
