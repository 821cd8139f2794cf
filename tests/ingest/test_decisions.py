from datetime import date

import pytest

from ingest.blocks import read_blocks
from ingest.decisions import Section, read_decisions
from ingest.model import Decision, DecisionKind, Meeting, PartKind

_HELD = Meeting("Saltby Borough Council", "Harbour Panel", date(2024, 1, 11))


def _read(text: str, part: PartKind = PartKind.MINUTES) -> list[Decision]:
    section = Section("7 Boats", part, _HELD, read_blocks(text))
    decisions = list(read_decisions(section, "saltby", text))
    assert all(d.meeting == _HELD and d.title == "7 Boats" for d in decisions)
    return decisions


def _told(text: str, part: PartKind = PartKind.MINUTES) -> list[tuple[str, str | None, str]]:
    return [(d.kind.value, d.number, d.text) for d in _read(text, part)]


@pytest.mark.parametrize(
    "printed",
    [
        "Resolved: That the boats be painted.",
        "RESOLVED - That the boats be painted.",
        "RESOLVED – That the boats be painted.",
        "**Resolved:** That the boats be painted.",
        "Resolved:\n\nThat the boats be painted.",
        "AGREED: That the boats be painted.",
        "Resolved (5 votes for, 2 against): That the boats be painted.",
        "RESOLVEDThat the boats be painted.",
        "UNANIMOUSLY RESOLVED: That the boats be painted.",
        "RESOLVED UNANIMOUSLY: That the boats be painted.",
        "It was agreed that: -\n\n·  That the boats be painted.",
        "RESOLVED (unanimously) That the boats be painted.",
        "The Panel AGREED\n\nThat the boats be painted.",
    ],
)
def test_one_resolution_however_it_is_led_in(printed: str) -> None:
    assert _told(f"They leaked.\n\n{printed}\n\nThe Chair thanked the yard.\n") == [
        ("resolution", None, "That the boats be painted.")
    ]


def test_numbered_limbs_with_nested_ones_are_verbatim() -> None:
    """What broke: "(i)" and "(ii)" were dropped from the words of a resolution."""
    (first, second) = _read(
        "RESOLVED:\n(1) that the boats be painted;\n(2) that a report show\n"
        "(i) what the paint costs, and\n(ii) how long it lasts.\n"
    )
    assert (first.number, first.text, first.more) == ("1", "that the boats be painted;", ())
    assert (second.number, second.text, len(second.more)) == (
        "2",
        "that a report show (i) what the paint costs, and (ii) how long it lasts.",
        2,
    )


def test_a_resolution_ends_where_the_discussion_goes_on() -> None:
    """What broke: the sentence after "RESOLVED: ..." was a second resolution."""
    assert _told(
        "RESOLVED: that the boats be painted.\n\nThe meeting then heard about the oars.\n"
    ) == [("resolution", None, "that the boats be painted.")]


def test_the_close_of_the_meeting_is_no_action() -> None:
    """What broke: "The meeting ended at 8.20 pm." was an action."""
    text = "ACTION: Dilys Marsh to buy paint.\n\nThe meeting ended at 8.20 pm.\n"
    assert _told(text) == [("action", None, "Dilys Marsh to buy paint.")]


@pytest.mark.parametrize(
    ("words", "owner", "due"),
    [
        ("Dilys Marsh to buy paint by 1 March 2024.", "Dilys Marsh", "1 March 2024"),
        ("Dilys Marsh to buy paint. Due 1 March 2024.", "Dilys Marsh", "1 March 2024"),
        ("Dilys Marsh to list the July leaks. By 1 March 2024.", "Dilys Marsh", "1 March 2024"),
        ("Cllr Reed to report before the meeting on 2 May 2024.", "Cllr Reed", "2 May 2024"),
        ("The Harbour Master to buy paint for the next meeting.", "Harbour Master", "next meeting"),
        ("Jo Orme and Dilys Marsh to buy paint.", "Jo Orme and Dilys Marsh", None),
        ("somebody should buy paint.", None, None),
    ],
)
def test_who_is_to_do_an_action_and_by_when(words: str, owner: str | None, due: str | None) -> None:
    """What broke: "to list the July leaks" was due in July."""
    (action,) = _read(f"ACTION: {words}\n")
    assert (action.kind, action.text, action.owner, action.due) == (
        DecisionKind.ACTION,
        words,
        owner,
        due,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "It was agreed that the boats be painted.",
        "The Panel agreed that the boats be painted.",
        "Members agreed after some talk, without a vote, that the boats be painted.",
        "The Board was content for the boats to be painted, and nobody dissented.",
        "The Committee thanked her and asked that the boats be painted.",
    ],
)
def test_what_is_agreed_in_the_narrative(sentence: str) -> None:
    text = f"Paint was discussed. {sentence} Cllr Reed left.\n"
    (decision,) = _read(text)
    assert (decision.kind, decision.text, decision.status) == (
        DecisionKind.RESOLUTION,
        sentence,
        "agreed in the narrative",
    )
    assert text[decision.locator.start : decision.locator.end] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The Harbour Board had agreed to pay for the paint.",
        "Cllr Reed asked that the boats be painted.",
        "Members of the public asked that the boats be painted.",
        "The price was not agreed yet.",
    ],
)
def test_what_others_asked_or_agreed_is_no_decision(sentence: str) -> None:
    assert _read(f"Paint was discussed. {sentence}\n") == []


_LIMBS = [("1", "Note the paint."), ("2", "Buy oars.")]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (
            "Recommendation for noting: that the paint be noted.",
            [(None, "that the paint be noted.")],
        ),
        (
            "**Recommendation**\n\nThe Panel is recommended:\n\n1. Note the paint.\n2. Buy oars.",
            _LIMBS,
        ),
        ("**Recommendation:** The Panel is invited to:\n1. Note the paint.\n2. Buy oars.", _LIMBS),
        (
            "Recommendations for action:\n\nThe group asks the Panel to recommend to Cabinet:\n\n"
            "(a) paint, and\n(b) oars.",
            [("a", "paint, and"), ("b", "oars.")],
        ),
        (
            "The Panel is asked to note the paint.",
            [(None, "The Panel is asked to note the paint.")],
        ),
        (
            "2.0 Recommendations\n\n2.1 That paint be bought.\n\n2.2 That oars be bought.\n\n"
            "3.0 Why\n\n3.1 That is why.",
            [("2.1", "That paint be bought."), ("2.2", "That oars be bought.")],
        ),
    ],
)
def test_the_recommendations_of_a_report(printed: str, told: list[tuple[str | None, str]]) -> None:
    assert _told(f"{printed}\n\n4.1 The paint is blue.\n", PartKind.REPORT) == [
        ("recommendation", number, text) for number, text in told
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "Members are asked to keep 24 April free for a visit.",
        "4.0 Recommendations\n\n4.1 An action plan has been drawn up.",
        "The inspectors made a recommendation about paint.",
    ],
)
def test_what_is_no_recommendation(printed: str) -> None:
    """What broke: an invitation to a visit was a recommendation to decide."""
    assert _told(f"{printed}\n", PartKind.REPORT) == []


def test_minutes_hold_no_recommendations_and_reports_no_resolutions() -> None:
    text = "The Panel is asked to note the paint.\n"
    assert _told(text, PartKind.MINUTES) == []
    assert _told("Resolved: That the boats be painted.\n", PartKind.REPORT) == []


def _rows(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(d.text, d.owner, d.due, d.status) for d in _read(text, PartKind.REPORT)]


def test_an_action_plan_goes_on_in_a_table_without_a_header() -> None:
    """What broke: the rows after a page break were no actions."""
    text = (
        "Task\tWho\tTimeframe\tUpdate\nPaint the boats\tDM\tMay 2024\tStarted\n\n"
        "Buy the oars\tJO\tJune 2024\tPrices asked for\n\nTo be looked at again in May.\n"
    )
    assert _rows(text) == [
        ("Paint the boats", "DM", "May 2024", "Started"),
        ("Buy the oars", "JO", "June 2024", "Prices asked for"),
    ]


def test_a_schedule_of_outstanding_matters() -> None:
    text = (
        "| Date | Recommendation or request | Lead | Current position |\n|---|---|---|---|\n"
        "| 5 October 2023 | Price of paint | Dilys Marsh | Told on 9 October |\n"
    )
    assert _rows(text) == [("Price of paint", "Dilys Marsh", None, "Told on 9 October")]


def test_a_work_programme_is_no_list_of_actions() -> None:
    """What broke: reports planned for later meetings were actions of their officers."""
    text = "| Meeting | Subject | Lead |\n|---|---|---|\n| 2 May 2024 | Paint | Dilys Marsh |\n"
    assert _rows(text) == []


def test_numbered_actions_and_their_owners() -> None:
    told = _read(
        "**Action 14:** Ida Penn to buy paint by 2 May 2024.\n\n"
        "**ACTION: Chairman / Tom Reed - letter to the yard**\n\n"
        "Action HP/3: Tom Reed to count the oars.\n"
    )
    assert [(d.kind.value, d.number, d.owner) for d in told] == [
        ("action", "14", "Ida Penn"),
        ("action", None, "Chairman / Tom Reed"),
        ("action", "HP/3", "Tom Reed"),
    ]


def test_a_list_of_requests_ends_at_the_next_chapter_in_capitals() -> None:
    text = "2. RECOMMENDATIONS\n\n(a) note the boats; and\n(b) paint them.\n\n3. THE BOATS TODAY\n"
    assert [d.number for d in _read(text, PartKind.REPORT)] == ["a", "b"]


def test_a_running_head_below_an_action_table_is_no_row_of_it() -> None:
    text = (
        "No.\tRaised\tAction\tOwner\tDue\tStatus\n1\t4 May\tPaint boats\tIda Penn\tJune\tOpen\n\n"
        "SALTBY\tHarbour Panel\nAuthor\tTom Reed\tHarbour Manager\n"
    )
    assert [d.text for d in _read(text, PartKind.REPORT)] == ["Paint boats"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The minutes of 4 May were submitted and approved as a correct record.",
        "The Minute of the last meeting was approved as a true record.",
        "Mrs Ida Penn was duly elected as Vice-Chair of the Panel.",
        "Proposed by Cllr Reed and unanimously approved.",
        "Members considered and RESOLVED to adopt the chart.",
    ],
)
def test_other_words_for_what_was_agreed(sentence: str) -> None:
    assert _told(f"The boats leaked. {sentence} The tide was high.\n") == [
        ("resolution", None, sentence)
    ]


def test_a_numbered_paragraph_that_resolves() -> None:
    assert _told("2.1    RESOLVED - That the boats be painted.\n") == [
        ("resolution", "2.1", "That the boats be painted.")
    ]


def test_a_lead_in_that_only_names_who_decides() -> None:
    """What broke: "That the Panel:-" was a decision of its own."""
    text = "RESOLVED: That the Panel:-\n\n(a) notes the chart; and\n\n(b) asks for a buoy.\n"
    assert _told(text) == [
        ("resolution", "a", "notes the chart; and"),
        ("resolution", "b", "asks for a buoy."),
    ]


def test_a_decision_printed_as_a_line_without_a_full_stop() -> None:
    text = "Decision\n\nCabinet noted the report on moorings\n\nReasons for the decision\n\nNone.\n"
    assert _told(text) == [("resolution", None, "Cabinet noted the report on moorings")]


def test_initials_below_a_paragraph_say_whose_action_it_is() -> None:
    text = (
        "The chart is old. A new one is to be bought.\n\nAction TR\n\n"
        "Buoys are to be counted.\n\nACTION: TR / IP, by 1 May 2024\n"
    )
    assert [(d.text, d.owner, d.due) for d in _read(text)] == [
        ("The chart is old. A new one is to be bought.", "TR", None),
        ("Buoys are to be counted.", "TR / IP", "by 1 May 2024"),
    ]


def test_resolutions_line_by_line() -> None:
    """What broke: three lines that each began with RESOLVED were read as one resolution."""
    text = (
        "RESOLVED that the log of the harbour for the spring be signed.\n"
        "RESOLVED that the lights on the north quay be mended before autumn.\n"
    )
    assert [told for _, _, told in _told(text)] == [
        "that the log of the harbour for the spring be signed.",
        "that the lights on the north quay be mended before autumn.",
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "Recommendation: That the boats be painted.",
        "Recommendations: The Panel is asked to:\n\n(i) note the boats;\n\n(ii) paint them.",
    ],
)
def test_what_is_recommended_ends_where_the_report_begins_to_count(asked: str) -> None:
    """What broke: "1. The fleet" below a recommendation was taken for another."""
    report = f"{asked}\n\n1. The fleet has 12 boats.\n\n2. Nine of them leak.\n"
    told = [text for _, _, text in _told(report, PartKind.REPORT)]
    assert told and not any("fleet" in text or "leak" in text for text in told)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Decision 24/7: The boats be painted.", "24/7"),
        ("> **DECISION 2024/7** – The boats be painted.", "2024/7"),
        ("Decision: The boats be painted.", None),
        ("PENDERFYNWYD / RESOLVED: The boats be painted.", None),
        ("Decision\n\nThe Panel:-\n\n(1) The boats be painted.", "1"),
    ],
)
def test_a_decision_under_a_label_of_its_own(printed: str, number: str | None) -> None:
    """What broke: what stood behind "Decision 24/7:" was told as talk."""
    assert _told(f"They leaked.\n\n{printed}\n\nThe Chair thanked the yard.\n") == [
        ("resolution", number, "The boats be painted.")
    ]


def test_what_a_body_is_to_do_under_its_name_alone() -> None:
    """What broke: the list below "That the Panel:-" was left out."""
    report = "Recommendations\n\nThat the Panel:-\n\n(a) note the boats;\n\n(b) paint them.\n"
    assert [told for _, _, told in _told(report, PartKind.REPORT)] == [
        "note the boats;",
        "paint them.",
    ]
