"""The harness against itself: each planted fault is caught by the scorer that names it."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from assistant.answer import Answer, Outcome, Retrieved, Route
from evals.cases import Case, Evidence, Kind, Unit
from evals.runner import Result, Verdict, run
from tests.evals.world import (
    ACTION,
    COUNT,
    DENTAL,
    NOT_FOUND,
    OTHER,
    PAPER,
    PERFECT,
    Scripted,
    answer,
    case,
    citation,
    figure,
)

RATE = case(
    question="What share of children in care in Fenwold had dental checks up to date?",
    value=Decimal(81),
    unit=Unit.PERCENT,
    must_include=(("81%", "81 per cent"),),
    evidence=(Evidence(PAPER, DENTAL),),
)
CHANGE = case(
    question="How did the number of children in care in Fenwold change over the year?",
    skill="difference",
    value=Decimal(-27),
    must_include=(("27",),),
)
GAP = case(
    question="How far is Fenwold from its target for dental checks?",
    skill="compare-target",
    value=Decimal(-9),
    unit=Unit.POINTS,
    must_include=(("9",),),
    evidence=(Evidence(PAPER, DENTAL),),
)
ABSENT = case(
    question="How many foster carers has Fenwold?",
    kind=Kind.UNANSWERABLE,
    papers=(),
    value=None,
    unit=None,
    must_include=(),
    must_not_include=("412",),
    evidence=(),
)
WHICH = case(
    question="How many children are in care?",
    kind=Kind.AMBIGUOUS,
    skill="ambiguous",
    value=None,
    unit=None,
    papers=(PAPER, OTHER),
    must_include=(("2023",), ("2024",)),
)
WHO = case(
    question="Who reports back on dental checks?",
    kind=Kind.MINUTES,
    skill="action",
    value=None,
    unit=None,
    must_include=(("Marta Quill",),),
    evidence=(Evidence(PAPER, ACTION),),
)


def ended(asked: Case, said: Answer | Exception) -> Result:
    """How the case ends when this is said."""
    (result,) = run([asked], Scripted({asked.question: said}), clock=lambda: 0.0)
    return result


def failing(asked: Case, said: Answer) -> set[str]:
    """The scorers that fail."""
    return {score.name for score in ended(asked, said).scores if score.passed is False}


def test_a_perfect_answer_scores_full_marks() -> None:
    result = ended(case(), PERFECT)
    assert result.verdict is Verdict.RIGHT
    assert {score.name: score.passed for score in result.scores} == {
        "outcome_right": True,
        "figure_right": True,
        "facts_included": True,
        "wrong_figures_absent": None,
        "citation_verbatim": True,
        "citation_page": True,
        "evidence_cited": True,
        "evidence_retrieved": True,
        "claims_supported": True,
        "route_right": True,
    }


def dental(text: str) -> Answer:
    """An answer that cites the dental checks."""
    return answer(text, citation(quote=DENTAL))


PLANTED: Sequence[tuple[str, Case, Answer, str]] = [
    ("wrong figure", case(), answer("There were 439 children in care. [1]"), "figure_right"),
    (
        "lucky number in an unrelated sentence",
        case(),
        answer("Postage came to 412 stamps. [2]", citation(2, DENTAL)),
        "figure_right",
    ),
    ("lucky minute number", case(), answer("See minute 412. [1]"), "figure_right"),
    ("lucky page", case(), answer("Children in care are on page 412. [1]"), "figure_right"),
    ("lucky part of a number", case(), answer("There were 1,412 children. [1]"), "figure_right"),
    ("wrong unit: percent", case(), answer("412% of children are in care. [1]"), "figure_right"),
    ("wrong unit: pounds", case(), answer("£412 for children in care. [1]"), "figure_right"),
    ("no unit", RATE, dental("The dental checks figure was 81. [1]"), "figure_right"),
    (
        "figure of the wrong unit",
        RATE,
        answer("See the figure. [1]", figures=(figure(81, label="Dental checks"),)),
        "figure_right",
    ),
    (
        "figure of something else",
        case(),
        answer("See the figure. [2]", citation(2, DENTAL), figures=(figure(412, label="Stamps"),)),
        "figure_right",
    ),
    ("per cent for points", GAP, dental("It is 9% below target. [1]"), "figure_right"),
    ("wrong sign", GAP, dental("It is 9 percentage points above target. [1]"), "figure_right"),
    ("wrong sign", CHANGE, answer("The number rose by 27. [1]"), "figure_right"),
    ("sign not told", CHANGE, answer("The number differs by 27. [1]"), "figure_right"),
    ("missing fact", WHO, answer("Somebody reports back. [1]"), "facts_included"),
    (
        "tempting wrong figure",
        case(must_not_include=("439 children in care at",)),
        answer("412 children in care; 439 children in care at 31 March 2023. [1]"),
        "wrong_figures_absent",
    ),
    (
        "wrong quote",
        case(),
        answer("412 children in care. [1]", citation(quote=COUNT.replace("439", "430"))),
        "citation_verbatim",
    ),
    (
        "quote of another paper",
        case(),
        answer("412 children in care. [1]", citation(paper=OTHER, page=None)),
        "citation_verbatim",
    ),
    (
        "paper that isn't held",
        case(),
        answer("412 children in care. [1]", citation(paper="lost")),
        "citation_verbatim",
    ),
    ("next page", case(), answer("412 children. [1]", citation(page=2)), "citation_page"),
    (
        "page before",
        RATE,
        answer("81% had dental checks. [1]", citation(quote=DENTAL, page=1)),
        "citation_page",
    ),
    ("evidence not cited", case(), dental("412 children in care. [1]"), "evidence_cited"),
    (
        "scrap of the evidence",
        case(),
        answer("412 children in care. [1]", citation(quote="412")),
        "evidence_cited",
    ),
    (
        "evidence not retrieved",
        case(),
        answer("412 children. [1]", retrieved=(Retrieved(PAPER, 2, DENTAL, 1.0),)),
        "evidence_retrieved",
    ),
    ("nothing retrieved", case(), answer("412 children. [1]", retrieved=()), "evidence_retrieved"),
    (
        "evidence in the wrong paper",
        case(),
        answer("412 children. [1]", retrieved=(Retrieved(OTHER, 1, COUNT, 1.0),)),
        "evidence_retrieved",
    ),
    (
        "unsupported figure",
        case(),
        answer("412 children were in care. [1] Of these, 96 were teenagers. [1]"),
        "claims_supported",
    ),
    (
        "unsupported name",
        case(),
        answer("412 children were in care, said Bernard Tolley. [1]"),
        "claims_supported",
    ),
    (
        "unsupported date",
        case(),
        answer("412 children were in care at 30 June 2019. [1]"),
        "claims_supported",
    ),
    (
        "figure marked with the wrong citation",
        case(),
        answer("412 children were in care. [2]", citation(), citation(2, DENTAL)),
        "claims_supported",
    ),
    (
        "sum without its working",
        CHANGE,
        answer("The number fell by 27. [1]", figures=(figure(-27),)),
        "claims_supported",
    ),
    ("wrong route", case(), answer("412 children. [1]", route=Route.MINUTES), "route_right"),
    ("refused though held", case(), NOT_FOUND, "outcome_right"),
    ("answered though not held", ABSENT, answer("It has 60 foster carers. [1]"), "outcome_right"),
    (
        "picked one of several readings",
        WHICH,
        answer("412 children in care in March 2023. [1]"),
        "outcome_right",
    ),
]


@pytest.mark.parametrize(("fault", "asked", "said", "scorer"), PLANTED)
def test_a_planted_fault_is_caught_by_the_scorer_that_names_it(
    fault: str, asked: Case, said: Answer, scorer: str
) -> None:
    assert scorer in failing(asked, said), fault


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (case(), "There were four hundred and more: 412 children in care. [1]"),
        (RATE, "Dental checks were up to date for 81 per cent of children in care. [1]"),
        (RATE, "It was **81%** of children in care. [1]"),
        (CHANGE, "The number fell from 439 to 412, 27 fewer. [1]"),
        (CHANGE, "It changed by \u221227 children. [1]"),
        (GAP, "At 81% it is nine percentage points (9) below the target of 90%. [1]"),
        (GAP, "It missed the target: 9 points lower. [1]"),
        (GAP, "81% \u2212 90% = \u22129 percentage points. [1]"),
    ],
)
def test_right_wordings_of_a_figure_pass(asked: Case, text: str) -> None:
    quote = asked.evidence[0].quote
    assert not failing(asked, answer(text, citation(quote=quote))) & {
        "figure_right",
        "facts_included",
    }


def test_money_is_read_in_thousands_and_millions() -> None:
    asked = case(value=Decimal(2_200_000), unit=Unit.POUNDS, must_include=())
    for text in ("£2.2m", "£2.2 million", "£2,200,000"):
        assert "figure_right" not in failing(asked, answer(f"Children in care cost {text}. [1]"))
    assert "figure_right" in failing(asked, answer("Children in care cost £2.2. [1]"))


def test_facts_fold_case_space_commas_quotes_and_dashes_and_nothing_else() -> None:
    asked = case(
        value=None, unit=None, must_include=(("3,594",), ("2016-17", "never"), ("o'brien said",))
    )
    said = answer("£3594 in 2016\u201317, O\u2019Brien \n said. [1]")
    assert "facts_included" not in failing(asked, said)
    assert "facts_included" in failing(asked, answer("£35,94 in 2016-17, O'Brien said."))


def test_a_shown_working_supports_its_figure() -> None:
    shown = figure(-27, label="Change in children in care", working="412 \u2212 439 = \u221227")
    said = answer("Children in care fell by 27, from 439 to 412. [1]", figures=(shown,))
    result = ended(CHANGE, said)
    assert result.verdict is Verdict.RIGHT
    assert "claims_supported" not in failing(CHANGE, said)


def test_what_a_citation_says_of_itself_supports_names_and_dates_but_no_figures() -> None:
    named = answer("Fenwold's board heard on 4 May 2023 of 412 children. [1]")
    lucky = answer("Fenwold has 412 children in care and 4 homes. [1]")
    assert "claims_supported" not in failing(case(), named)
    assert "claims_supported" in failing(case(), lucky)


def test_an_unanswerable_case_allows_every_way_of_not_answering() -> None:
    for outcome in (Outcome.NOT_FOUND, Outcome.DECLINED, Outcome.CLARIFY):
        said = answer("I can't say.", outcome=outcome, route=Route.NONE)
        assert ended(ABSENT, said).verdict is Verdict.RIGHT


def test_not_found_with_the_tempting_figure_is_wrong() -> None:
    said = answer("Not found; perhaps 412. [1]", outcome=Outcome.NOT_FOUND, route=Route.NONE)
    assert failing(ABSENT, said) == {"wrong_figures_absent"}
    assert ended(ABSENT, said).verdict is Verdict.WRONG


def test_an_ambiguous_case_allows_asking_back_or_naming_every_reading() -> None:
    asked_back = answer(
        "Do you mean March 2023 or March 2024?", outcome=Outcome.CLARIFY, route=Route.NONE
    )
    both = answer("412 in March 2023 and 398 in March 2024. [1]")
    assert ended(WHICH, asked_back).verdict is Verdict.RIGHT
    assert ended(WHICH, both).verdict is Verdict.RIGHT


def test_unscored_is_not_wrong() -> None:
    result = ended(ABSENT, NOT_FOUND)
    unscored = {score.name for score in result.scores if score.passed is None}
    assert {"figure_right", "facts_included", "evidence_cited", "route_right"} <= unscored
    assert result.verdict is Verdict.RIGHT


def test_a_quote_without_its_markup_is_told_from_a_made_up_one() -> None:
    said = answer("It resolved so. [1]", citation(quote=f"RESOLVED {ACTION}", page=None))
    (score,) = (s for s in ended(WHO, said).scores if s.name == "citation_verbatim")
    assert score.passed is False
    assert "only with its markup taken out" in score.reason


def test_a_crash_is_that_case_s_error_and_the_run_goes_on() -> None:
    results = run(
        [case(), ABSENT], Scripted({case().question: ZeroDivisionError("sum of nothing")})
    )
    assert [result.verdict for result in results] == [Verdict.ERROR, Verdict.RIGHT]
    assert results[0].answer.text == "ZeroDivisionError: sum of nothing"


def test_retrieval_is_ranked_by_the_first_passage_that_holds_the_evidence() -> None:
    others = tuple(Retrieved(PAPER, 2, f"{DENTAL} {rank}", 1.0) for rank in range(3))
    said = answer("412 children. [1]", retrieved=(*others, Retrieved(PAPER, 1, COUNT, 0.5)))
    ranking = ended(case(), said).ranking
    assert ranking is not None
    assert (ranking.at_1, ranking.at_5, ranking.at_10) == (False, True, True)
    assert (ranking.reciprocal_rank, ranking.recall_at_10) == (0.25, 1.0)
