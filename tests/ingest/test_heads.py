from datetime import date
from pathlib import Path

import pytest

from ingest.blocks import read_blocks
from ingest.identity import identify
from ingest.model import Meeting, Paper, PartKind
from ingest.reading import read_bytes
from ingest.structure import understand

_COUNCIL = "Saltby Borough Council"
_SAID = (
    "\n\nThe Committee noted that the harbour wall had been mended and asked for a photograph.\n"
)


def _meeting(head: str, below: str = _SAID) -> Meeting:
    text = head + below
    return identify(read_blocks(text), text)


def _paper(text: str, name: str = "saltby.txt") -> Paper:
    return understand(read_bytes(Path(name), text.encode()))


def _of(paper: Paper) -> list[tuple[str | None, date | None]]:
    """The meetings of a paper's passages as they change, in printed order."""
    of = [(p.meeting.committee, p.meeting.held) for p in paper.passages]
    return [m for i, m in enumerate(of) if i == 0 or m != of[i - 1]]


@pytest.mark.parametrize(
    ("head", "committee"),
    [
        ("SALTBY BOROUGH COUNCIL\nHARBOUR SCRUTINY COMMITTEE - Thursday 19 April 2018", None),
        ("SALTBY BOROUGH COUNCIL\nHARBOUR SCRUTINY COMMITTEE - 19 APRIL 2018", None),
        ("Saltby Borough Council\nHarbour Scrutiny Committee, Thursday 19th April, 2018 "
         "6.00 pm", None),
        ("# Saltby Borough Council\n## HARBOUR SCRUTINY COMMITTEE - Thursday, 19th "
         "April, 2018", None),
        ("SALTBY BOROUGH COUNCIL\nHARBOUR SCRUTINY COMMITTEE          19 April 2018", None),
        ("Saltby Borough Council\n\nHarbour Scrutiny Committee\nheld in the Long Room, Quay House, "
         "Saltby, on Thursday 19 April 2018 at 6.30 pm (meeting closed 8.10 pm)", None),
        ("Saltby Borough Council\nMinutes of Meeting of Harbour Scrutiny Committee of "
         "Saltby Borough "
         "Council held on Thursday 19 April 2018 in the Long Room", None),
        ("SALTBY BOROUGH COUNCIL\n\nMINUTES OF A MEETING OF THE CABINET COMMITTEE HARBOUR MATTERS\n"
         "HELD IN COMMITTEE ROOM 2/3, QUAY HOUSE, SALTBY ON THURSDAY, 19 APRIL 2018 AT 10.00AM",
         "Cabinet Committee Harbour Matters"),
        ("Saltby Borough Council\nMeeting:       Harbour Scrutiny Committee\nDate:       "
         "19 April 2018",
         None),
        ("Saltby Borough Council\nHarbour Scrutiny Committee\nMinutes of Meeting held in the Long "
         "Room, Quay House, Saltby on Thursday 19 April 2018 at 12.05 pm.", None),
        ("Saltby Borough Council\nReport to: Harbour Scrutiny Committee\nDate: 19 April 2018     "
         "Subject: The wall", None),
        ("SALTBY BOROUGH COUNCIL\nFULL COUNCIL - 19 APRIL 2018\nREPORT OF THE HARBOUR PANEL",
         "Full Council"),
        ("SALTBY BOROUGH COUNCIL\nCABINET                              19 April 2018", "Cabinet"),
        ("SALTBY BOROUGH COUNCIL\nSCRUTINY (BOATS AND HARBOUR) COMMITTEE - 19 APRIL 2018",
         "Scrutiny (Boats and Harbour) Committee"),
        ("CYNGOR BWRDEISTREF SALTBY A'R CYLCH / SALTBY BOROUGH COUNCIL\nHARBOUR SCRUTINY "
         "COMMITTEE\n\n"
         "Thursday, 19 April 2018", None),
        ("SALTBY BOROUGH COUNCIL\nHARBOUR SCRUTINY COMMITTEE - MINUTES (two meetings "
         "bound together)"
         "\n\nTHURSDAY, 19 APRIL 2018", None),
        ("Saltby Borough Council\nHarbour Scrutiny Committee - Thursday 19 April 2018, "
         "2.00 pm, Quay "
         "House. Contact: Ada Lowe\n\nMinutes of 15 January 2018\n- The seats would be "
         "filled.", None),
    ],
)  # fmt: skip
def test_the_body_and_the_day_that_the_first_lines_print(head: str, committee: str | None) -> None:
    committee = committee or "Harbour Scrutiny Committee"
    assert _meeting(head) == Meeting(_COUNCIL, committee, date(2018, 4, 19))


@pytest.mark.parametrize(
    "head",
    [
        "CHILDREN, EDUCATION AND FAMILIES BUDGET AND PERFORMANCE MONITORING SUB-COMMITTEE",
        "CHILDREN, EDUCATION AND FAMILIES BUDGET AND PERFORMANCE MONITORING "
        "SUB-COMMITTEE - March 2023",
    ],
)
def test_a_long_name_and_a_month_are_a_body_but_no_day(head: str) -> None:
    meeting = _meeting(f"SALTBY BOROUGH COUNCIL\n{head}\n\nPERFORMANCE 2018/19")
    assert meeting.held is None
    assert (
        meeting.committee
        == "Children, Education and Families Budget and Performance Monitoring Sub-Committee"
    )


@pytest.mark.parametrize(
    "below",
    [
        "\n\nQuarter 2 2018/19 (July to September 2018)\n\nThe wall was mended on 4 May 2018.\n",
        "\n\nIndicator                     30 Sept 2017          30 Sept 2018\nBoats  4   5\n",
        "\n\nRESOLVED: That the minutes of the meeting held on 4 May 2018 be confirmed.\n",
        "\n\n3.  Minutes of the meeting held on 4 May 2018\n\nThey were agreed.\n",
        "\n\nFrom the Leader's report to Quay Panel, 4 May 2018 (Councillor Reed):\n\nIt "
        "was good.\n",
        "\n\n- 2018/19. The report went to the Quay Panel 4 May 2018, Cabinet 6 May 2018.\n",
        "\n\nPublished: 4 May 2018\n\nThe wall is being mended.\n",
        "\n\nDates of future meetings\n\n4 May 2018\n\n6 July 2018\n\n7 September 2018\n",
    ],
)
def test_no_day_is_made_up(below: str) -> None:
    """A period, columns, other minutes, another body's day, one of issue: none is the meeting's."""
    assert _meeting("SALTBY BOROUGH COUNCIL\nHARBOUR SCRUTINY COMMITTEE", below) == Meeting(
        _COUNCIL, "Harbour Scrutiny Committee", None
    )


def test_a_letter_s_own_day_is_not_the_one_that_it_invites_to() -> None:
    meeting = _meeting(
        "SALTBY BOROUGH COUNCIL\n\nTo: All Members of the Harbour Panel\n\n10 March 2021\n\n",
        "Dear Councillor\n\nYou are invited to a meeting of the Harbour Panel on Thursday 18 March "
        "2021 at 5.00 pm.\n",
    )
    assert meeting.held == date(2021, 3, 18)


_FIRST = date(2018, 7, 12)
_LATER = date(2018, 8, 23)


@pytest.mark.parametrize(
    ("head", "committee"),
    [
        ("Harbour Panel - Thursday, 23rd August 2018 6.00 pm (extract)", "Harbour Panel"),
        ("---- Bound in: extract from the minutes of Thursday 23 August 2018 ----",
         "Harbour Panel"),
        ("-- Extract from the minutes of 23 August 2018, repeated for members' information --",
         "Harbour Panel"),
        ("B.  Minutes of a meeting held on 23rd August, 2018", "Harbour Panel"),
        ("(B) Minutes, Thursday 23rd August, 2018, 9.30 am - Long Room, Quay House",
         "Harbour Panel"),
        ("MEETING 2: Long Room, Quay House, Saltby, 23 August 2018", "Harbour Panel"),
        ("2. THURSDAY, 23RD AUGUST, 2018, 10.00 am, Quay House, Saltby", "Harbour Panel"),
        ("(2) Quarter 1 2018/19 - meeting of 23 August 2018", "Harbour Panel"),
        ("THURSDAY, 23 AUGUST 2018                                   6.00 pm", "Harbour Panel"),
        ("23 AUGUST 2018 - The Long Room, Quay House", "Harbour Panel"),
        ("MINUTES of the meeting held on Thursday 23 August 2018 commencing at 10.00 am, "
         "Quay House",
         "Harbour Panel"),
        ("PLANNING SUB-COMMITTEE (3) - 23 AUGUST 2018 (extract)", "Planning Sub-Committee (3)"),
        ("COUNCIL - Thursday, 23rd August, 2018 at 6.00 pm", "Council"),
        ("Full Council\nheld in the Long Room, Quay House, on Thursday, 23 August 2018 at 6:30 pm",
         "Full Council"),
        ("QUAY SELECT COMMITTEE - 23 AUGUST 2018, minute 49 (extract)", "Quay Select Committee"),
        ("## QUAY PANEL - 23 AUGUST 2018", "Quay Panel"),
    ],
)  # fmt: skip
def test_what_stands_under_a_further_head_is_of_its_meeting(head: str, committee: str) -> None:
    """What broke: everything in a book of minutes was told as of its first meeting."""
    paper = _paper(
        "SALTBY BOROUGH COUNCIL\nHARBOUR PANEL - Thursday, 12th July 2018 6.00 pm\n\n"
        "Present: Councillors A Hale (Chair), B Ogden and C Reed\n\n"
        "12.  Boats\n\nThe report was presented.\n\nRESOLVED that the boats be painted.\n\n"
        f"{head}\n\n"
        "Present: Councillors D Lowe (Chair), E Marsh and F Tarn\n\n"
        "31.  Minutes. RESOLVED that the minutes of the meeting held on 12 July 2018 be "
        "confirmed.\n\n"
        "32.  Lights\n\nThe report was presented.\n\nRESOLVED that the lights be mended.\n"
    )
    assert _of(paper) == [("Harbour Panel", _FIRST), (committee, _LATER)]
    assert paper.meeting == Meeting(_COUNCIL, "Harbour Panel", _FIRST)
    painted, mended = (
        next(d for d in paper.decisions if word in d.text) for word in ("painted", "mended")
    )
    assert (painted.meeting.held, mended.meeting.held) == (_FIRST, _LATER)
    there = {a.name.split()[-1]: a.meeting.held for a in paper.attendance}
    assert (there["Hale"], there["Tarn"]) == (_FIRST, _LATER)
    assert {p.part for p in paper.passages if p.meeting.held == _LATER} == {PartKind.MINUTES}


@pytest.mark.parametrize(
    "line",
    [
        "13.  Confirmation of Minutes - 24 May 2018",
        "13.  Confirmation of Quay Sub-Committee Minutes - 18 June 2018",
        "63     Minutes of the meeting held on 24 May 2018",
        "**44. Minutes of 24 May 2018**",
        "Minutes of 24 May 2018",
        "Next meeting: Thursday 23 August 2018, 6.00 pm, Quay House",
        "The wall was last seen by the Quay Panel on 24 May 2018",
        "Report considered by: Quay Panel - 24 May 2018",
        "Quay Panel report, 24 May 2018",
        "Position at 30 June 2018",
        "Programme for the year\n\n23 August 2018\nFostering report\n\n4 October "
        "2018\nLights report",
        "Considered before by\n\nQuay Panel - 24 May 2018\n\nSafety Board - 4 June 2018\n\n"
        "Cabinet - 8 June 2018",
    ],
)
def test_what_only_names_another_meeting_begins_none(line: str) -> None:
    paper = _paper(
        "SALTBY BOROUGH COUNCIL\nHARBOUR PANEL - Thursday, 12th July 2018 6.00 pm\n\n"
        "12.  Boats\n\nRESOLVED that the boats be painted.\n\n"
        f"{line}\n\nRESOLVED that the minutes be confirmed.\n\n14.  Lights\n\nIt was dark.\n"
    )
    assert _of(paper)[0] == ("Harbour Panel", _FIRST)
    lights = next(p for p in paper.passages if "It was dark" in p.text)
    assert (lights.meeting.committee, lights.meeting.held) == ("Harbour Panel", _FIRST)


def test_sections_numbered_along_with_meetings_are_of_a_meeting_unknown() -> None:
    """What broke: a section that names no day was told as of the meeting before it."""
    paper = _paper(
        "SALTBY BOROUGH COUNCIL\nHARBOUR PANEL\n\n"
        "A. Overview report, Quarter 1, April to June 2015\n\nThe wall stands at 40 metres.\n\n"
        "B. Monday, 28th January, 2019, 6.30 p.m., Quay House\n\nThe Panel noted the wall.\n\n"
        "C. 2022, first meeting of the year\n\nThe Panel welcomed two members to their seats.\n"
    )
    assert _of(paper) == [
        ("Harbour Panel", None),
        ("Harbour Panel", date(2019, 1, 28)),
        ("Harbour Panel", None),
    ]
    assert paper.meeting.held is None


def test_months_among_days_are_meetings_whose_day_is_unknown() -> None:
    paper = _paper(
        "SALTBY BOROUGH COUNCIL\nHARBOUR PANEL - EXTRACTS FROM MINUTES, 2012 TO 2019\n\n"
        "AUTUMN 2012\n\nDeclarations of interest. Councillor Hale had been to sea and "
        "said so then.\n\n"
        "30 JUNE 2014 - The Long Room, Quay House\n\n"
        "Resolved: That the minutes of 7 May 2014 be approved and signed by the Chair.\n\n"
        "SEPTEMBER 2014 - The Long Room, Quay House\n\n"
        "Resolved: That the minutes of 30 June 2014 be approved and signed by the Chair.\n"
    )
    assert [held for _, held in _of(paper)] == [None, date(2014, 6, 30), None]


def test_a_pack_s_reports_stay_the_packs_own() -> None:
    """What broke: a report's list of who saw it before began that body's meeting."""
    paper = _paper(
        "# Saltby Borough Council\n\n## Harbour Panel\n\nThursday 7 March 2024\n\n"
        "| Item | Title | Page |\n|---|---|---|\n| 1 | Apologies | |\n"
        "| 2 | Harbour lights | 3 |\n| 3 | Boats | 5 |\n\nPage 1\n\n"
        "## Harbour lights\n\nReport of the Harbour Master\n\n"
        "QUAY BOARD - Thursday 4 January 2024\n\n"
        "1.1 The Board noted that two lights are out and asked that they be mended soon.\n",
        "saltby.md",
    )
    assert {p.meeting.held for p in paper.passages} == {date(2024, 3, 7)}
