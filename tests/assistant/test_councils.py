"""Whose council a question names, in whatever way people call it."""

from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.question.councils import find_councils
from ingest.areas import area_of
from tests.assistant.conftest import open_over

HELD = (
    "Averonshire County Council",
    "Cheshire East Council",
    "Havering Council",
    "Royal Borough of Kensington and Chelsea",
    "Torfaen County Borough Council",
    "City of Wolverhampton Council",
    "Central Bedfordshire Council",
    "Reading Borough Council",
)


def named(text: str) -> tuple[set[str], set[str]]:
    found = find_councils(text, HELD, known=lambda word: word in {"survey", "havering"})
    return set(map(area_of, found.councils)), set(found.strangers)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("What did RBKC say on the deficit?", "Kensington and Chelsea"),
        ("schools in deficit in K&C", "Kensington and Chelsea"),
        ("kensington & chelsea's plan", "Kensington and Chelsea"),
        ("Cheshire E adoption numbers", "Cheshire East"),
        ("How many did Central Beds have?", "Central Bedfordshire"),
        ("Torfean children on the register", "Torfaen"),
        ("what did the wolves board decide in March", "Wolverhampton"),
        ("Averonshires dental checks", "Averonshire"),
        ("what does havering’s plan say, and haverings", "Havering"),
        ("Has Reading got enough carers?", "Reading"),
        ("Not Havering, Torfaen: how many?", "Torfaen"),
    ],
)
def test_a_council_held_is_known_by_what_people_call_it(text: str, area: str) -> None:
    assert named(text) == ({area}, set())


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Did Thurrock have more in Q3?", "Thurrock"),
        ("Did any children leave B&NES care?", "Bath and North East Somerset"),
        ("BANES looked after children", "Bath and North East Somerset"),
        ("LBBD care leavers", "Barking and Dagenham"),
        ("how many does RBWM have", "Windsor and Maidenhead"),
        ("RCT register numbers", "Rhondda Cynon Taf"),
        ("Cheshire West: how many adopters?", "Cheshire West and Chester"),
        ("South Gloucestershire plans in time", "South Gloucestershire"),
        ("how is swansea doing?", "Swansea"),
        ("kinship care in edinburgh", "Edinburgh"),
        ("N Yorks home educated", "North Yorkshire"),
        ("Hull at March 2018", "Kingston upon Hull"),
        ("Newcastle numbers", "Newcastle upon Tyne"),
        ("Does Belfast publish it?", "Belfast"),
        ("Redditch recycling", "Redditch"),
    ],
)
def test_a_council_not_held_is_known_for_one(text: str, area: str) -> None:
    assert named(text) == (set(), {area})


@pytest.mark.parametrize(
    "text",
    [
        "Do they have a plan?",
        "How many children can have reading support?",
        "What did Cllr Preston ask?",
        "What did Jane Derby present?",
        "Was the home in Newcastle Road closed?",
        "Is the University of Derby a partner?",
        "What share of care leavers are in EET?",
        "Who read the survey of carers in the north west?",
        "Will the central team have more staff?",
    ],
)
def test_what_only_looks_like_a_council_is_none(text: str) -> None:
    assert named(text) == (set(), set())


def test_a_council_not_held_is_refused_by_name(made_up: Assistant) -> None:
    for question in ("How many looked after children does Swansea have?", "BANES care leavers?"):
        answer = made_up.ask(question)
        assert answer.outcome is Outcome.NOT_FOUND
        assert "The papers held are not those of " in answer.text


def test_a_paper_of_no_known_council_may_be_of_the_one_named(tmp_path: Path) -> None:
    text = """# Care Scrutiny Committee

## Minutes of the meeting on 7 March 2024

### 4. Waiting list

Powys has a waiting list of 61 people for assessments under the safeguards.

RESOLVED: That a plan to shorten the waiting list be brought by June 2024.
"""
    (tmp_path / "care-scrutiny.md").write_text(text, encoding="utf-8")
    with open_over(tmp_path) as assistant:
        assert {record.meeting.council for record in assistant.papers()} == {None}
        asked = "What did Powys care scrutiny resolve on the waiting list?"
        assert "brought by June 2024" in assistant.ask(asked).text
        assert "not those of Fife" in assistant.ask(asked.replace("Powys", "Fife")).text


SEVERAL = (
    "Tunbridge Wells Borough Council",
    "Highland Council",
    "Manchester City Council",
    "Hampshire and Isle of Wight Fire and Rescue Authority",
)


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Who missed the T Wells planning committee?", {"Tunbridge Wells"}),
        ("What did Cllr T Wells say?", set()),
        ("Hampshire & Isle of Wight fire budget", {"Hampshire and Isle of Wight"}),
        ("Manchester high needs overspend?", {"Manchester"}),
    ],
)
def test_a_place_by_its_initial_with_a_sign_or_beside_a_word_like_it(
    text: str, areas: set[str]
) -> None:
    found = find_councils(text, SEVERAL, known=lambda word: word == "high")
    assert set(map(area_of, found.councils)) == areas
    assert not found.strangers
