from datetime import date

import pytest

from ingest.areas import area_of
from ingest.blocks import read_blocks
from ingest.identity import identify, minutes_date
from ingest.layout import agenda_items, read_parts
from ingest.model import Meeting


def _meeting(text: str) -> Meeting:
    return identify(read_blocks(text), text)


def _minuted(text: str) -> date | None:
    blocks = read_blocks(text)
    items = agenda_items(blocks, text)
    return minutes_date(read_parts(blocks, items, text), items, identify(blocks, text).held)


def test_a_front_sheet() -> None:
    text = (
        "# Saltby Borough Council\n\n## Corporate Parenting Panel\n\n"
        "**Thursday 7 March 2024 at 5.00 pm**\n\nIssued on 28 February 2024\n"
    )
    assert _meeting(text) == Meeting(
        "Saltby Borough Council", "Corporate Parenting Panel", date(2024, 3, 7)
    )


def test_the_council_is_the_one_whose_addresses_are_given() -> None:
    """What broke: a neighbour named more often was taken for the paper's council."""
    text = (
        "Orford County Council was asked. Orford County Council answered.\n\n"
        "Orford County Council will be asked again.\n\n"
        "Saltby Borough Council, clerk@saltby.gov.uk, www.saltby.gov.uk\n"
    )
    assert _meeting(text).council == "Saltby Borough Council"


@pytest.mark.parametrize(
    ("council", "area"),
    [
        ("Saltby Borough Council", "Saltby"),
        ("City of Saltby Council", "Saltby"),
        ("London Borough of Orford Council", "Orford"),
        (None, ""),
    ],
)
def test_the_place_in_a_councils_name(council: str | None, area: str) -> None:
    assert area_of(council) == area


def test_a_date_as_at_or_of_issue_is_not_the_meetings() -> None:
    text = (
        "Harbour Panel\n\nFigures to 31 January 2024\n\nDate of issue 28 February 2024\n\n"
        "7 March 2024\n"
    )
    assert _meeting(text).held == date(2024, 3, 7)


def test_a_paper_that_tells_nothing() -> None:
    assert _meeting("Boats were painted.\n") == Meeting(None, None, None)


@pytest.mark.parametrize(
    ("printed", "council"),
    [
        ("LONDON BOROUGH OF FENWICK", "London Borough of Fenwick"),
        ("CITY OF YORK COUNCIL", "City of York Council"),
        ("STOCKTON-ON-TEES BOROUGH COUNCIL", "Stockton-on-Tees Borough Council"),
        ("BATH AND NORTH EAST SOMERSET COUNCIL", "Bath and North East Somerset Council"),
        ("ST HELENS BOROUGH COUNCIL", "St Helens Borough Council"),
    ],
)
def test_a_councils_name_in_capitals(printed: str, council: str) -> None:
    """What broke: "LONDON BOROUGH OF FENWICK" named no council, so its figures were no one's."""
    assert _meeting(f"{printed}\n\nCORPORATE PARENTING PANEL\n\n14 March 2024\n").council == council


_PACK = (
    "# Saltby Borough Council\n\n## Harbour Panel\n\n7 March 2024\n\n"
    "| Item | Title |\n|---|---|\n| 1 | Apologies |\n| 2 | Minutes of {listed} |\n\n"
    "## Harbour Panel\n\n### Minutes{headed}\n\nPresent: Cllr Ogden. Apologies: Cllr Reed.\n\n"
    "3 Minutes of 5 October 2023\n\nResolved: That the minutes of 5 October 2023 be signed.\n\n"
    "The meeting closed at 6.00 pm.\n"
)


@pytest.mark.parametrize(
    ("listed", "headed", "minuted"),
    [
        ("the last meeting", " - 11 January 2024", date(2024, 1, 11)),
        ("11 January 2024", "", date(2024, 1, 11)),
        ("the last meeting", "", None),
        ("7 March 2024", "", None),
    ],
)
def test_the_minutes_own_date(listed: str, headed: str, minuted: date | None) -> None:
    """What broke: minutes had the pack's date, or that of the minutes which they confirm."""
    assert _minuted(_PACK.format(listed=listed, headed=headed)) == minuted


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("Kent County Council", "kent"),
        ("North Yorkshire Council", "northyorks"),
        ("Bath & North East Somerset Council", "bathnes"),
        ("Stoke-on-Trent City Council", "stoke"),
        ("Kingston upon Hull City Council", "hullcc"),
        ("London Borough of Tower Hamlets", "towerhamlets"),
        ("Royal Borough of Kensington and Chelsea", "rbkc"),
        ("Cheshire West and Chester Council", "cheshirewestandchester"),
        ("Blackburn with Darwen Borough Council", "blackburn"),
        ("St. Helens Council", "sthelens"),
        ("King's Lynn and West Norfolk Borough Council", "west-norfolk"),
        ("Isle of Wight Council", "iow"),
        ("East Riding of Yorkshire Council", "eastriding"),
        ("Bournemouth, Christchurch and Poole Council", "bcpcouncil"),
        ("Rhondda Cynon Taf County Borough Council", "rctcbc"),
        ("City of Bradford Metropolitan District Council", "bradford"),
    ],
)
def test_councils_of_every_form_of_name(name: str, domain: str) -> None:
    """What broke: only the last word of "North Yorkshire Council" was the council."""
    text = (
        f"# {name}\n\n## Corporate Parenting Panel\n\nThursday 14 March 2024, 2.00 pm\n\n"
        f"Contact: Una Hale, una.hale@{domain}.gov.uk\n\nThe Council is asked to note that "
        "members of the Children in Care Council, the Youth Council and Harbour Parish Council "
        f"met. Officers of {name} spoke, and so did Saltby City Council's.\n"
    )
    meeting = identify(read_blocks(text), text)
    assert (meeting.council, meeting.committee) == (name, "Corporate Parenting Panel")


def test_a_page_s_heading_is_not_part_of_the_committee_s_name() -> None:
    text = "# Meeting of Harbour Scrutiny Committee, Thursday 14 March 2024 2.00 pm\n\nItem 4\n"
    assert identify(read_blocks(text), text).committee == "Harbour Scrutiny Committee"


def test_a_letter_that_calls_members_to_the_meeting() -> None:
    """What broke: the letter's own date was the meeting's, and a response's title its body."""
    text = (
        "SALTBY COUNCIL\n\nTo: All Members of the Harbour Scrutiny Committee\n\n10 May 2021\n\n"
        "Dear Councillor\n\nYou are invited to a meeting of the Harbour Scrutiny Committee on "
        "Tuesday 18 May 2021 at 5.00 pm, held remotely.\n\n"
        "Response of the Cabinet\n\nResponse of the Cabinet\n"
    )
    assert _meeting(text) == Meeting(
        "Saltby Council", "Harbour Scrutiny Committee", date(2021, 5, 18)
    )


def test_a_pack_whose_council_stands_in_its_addresses_alone() -> None:
    """What broke: a children's group called "Speak Out Council" was whose paper it was."""
    text = (
        "Harbour Scrutiny Committee\n\nCHILDREN AND HARBOURS SCRUTINY COMMITTEE\n\n"
        "Scrutiny Committee\n\nScrutiny Committee\n\nWrite to ida.penn@saltby.gov.uk\n\n"
        "Speak Out Council\n\nSaltby has boats. Saltby has oars. The lights of Saltby shine.\n"
    )
    assert _meeting(text).council == "Saltby Council"
    assert _meeting(text).committee == "Harbour Scrutiny Committee"


def test_a_council_named_in_full_isn_t_outdone_by_another_s_address() -> None:
    text = (
        "Saltby Borough Council\n\nHarbour Board\n\nWrite to help@lifeboats.org.uk\n\n"
        "Lifeboats came. Lifeboats went. Lifeboats are few.\n"
    )
    assert _meeting(text).council == "Saltby Borough Council"


@pytest.mark.parametrize(
    ("line", "body"),
    [
        (
            "Children & Young People Scrutiny Committee",
            "Children & Young People Scrutiny Committee",
        ),
        ("Minutes of a meeting of the HARBOUR COMMITTEE held at Saltby", "Harbour Committee"),
        ("Cabinet - Tuesday, 2nd October, 2018 2.00 pm", "Cabinet"),
        ("AT A MEETING of the CABINET held on Thursday 8 January 2009", "Cabinet"),
        ("Decided at meeting: 24/09/2021 - Governance Committee", "Governance Committee"),
        ("Decision maker: Cabinet", "Cabinet"),
        (
            "Standing Advisory Council on Religious Education",
            "Standing Advisory Council on Religious Education",
        ),
        ("U Hale, Committee Services Officer", None),
        ("Members of the Committee are reminded", None),
        ("Saltby Committee Room 1", None),
    ],
)
def test_bodies_as_they_are_printed(line: str, body: str | None) -> None:
    assert _meeting(f"{line}\n\nThere were none.\n").committee == body


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("Contact: u.hale@saltby.gov.uk\n\nVenue: Saltby Civic Centre\n", "Saltby Council"),
        ("Contact: u.hale@saltby.gov.uk\n\nVenue: Civic Centre\n", None),
        ("Write to a.lowe@education.gov.uk on Education\n", None),
        ("Chief Executive Saltby District Council\n", "Saltby District Council"),
        ("Ms S Lowe, Saltby Parent Council Partnership\n", None),
        ("Minutes of a Meeting of Groyne Parish Council held today\n", "Groyne Parish Council"),
        ("The road was asked for by Groyne Parish Council in May.\n", None),
        ("Saltby, Orford and Vale District Council\n", "Saltby, Orford and Vale District Council"),
    ],
)
def test_councils_as_they_are_told(text: str, council: str | None) -> None:
    """What broke: a post, a parents' body and a parish that asked were taken for the council."""
    assert _meeting(text).council == council


@pytest.mark.parametrize(
    "line",
    [
        "To receive for approval the Minutes of 18/06/2019",
        "The minutes of the meeting held on 18 June 2019 were agreed as a correct record.",
        "Consideration was given to the minutes of the meeting held on 18 June 2019.",
        "18TH JUNE, 2019; pdf icon PDF 9 KB",
    ],
)
def test_the_date_of_minutes_to_be_approved_is_not_the_meetings(line: str) -> None:
    """What broke: minutes without a date took that of the minutes before them."""
    text = f"Agenda and minutes\n\nItems\n\n{line}\n\nMinutes:\n\nRESOLVED: That they be signed.\n"
    assert (_meeting(text).held, _minuted(text)) == (None, None)


def test_a_pages_running_head_counts_once() -> None:
    """What broke: the head on each page of the minutes outvoted the front sheet's date."""
    head = "Harbour Commission        12 March 2024\n\nSomething was said.\n\n"
    front = "HARBOUR COMMISSION\n\nMonday 6 May 2024 at 7.00 pm\n\nAGENDA\n\n1. Apologies\n\n"
    assert _meeting(front + 6 * head).held == date(2024, 5, 6)


@pytest.mark.parametrize(
    "line",
    [
        "Dyddiad / Date: Dydd Iau / Thursday, 4 Gorffennaf / July 2024",
        "Dydd Iau, 4 Gorffennaf 2024",
    ],
)
def test_a_date_in_welsh_or_in_both_languages(line: str) -> None:
    assert _meeting(f"Pwyllgor / Harbour Committee\n\n{line}\n\n").held == date(2024, 7, 4)


def test_minutes_whose_heading_prints_no_year() -> None:
    """What broke: the date of the next meeting, or of the minutes confirmed, was theirs."""
    text = (
        "Minutes of the Harbour Forum held Tuesday 7th March at the Library\n\n"
        "Present: Cllr U Hale (Chair), Mr B Rudd, Mrs S Lowe\n\n"
        "1. Minutes of the last meeting\n\n"
        "The minutes of 10 January 2023 were agreed as a correct record.\n\n"
        "2. Lamps\n\nIt was agreed to wait. The next meeting will be on 9 May 2023.\n"
    )
    assert (_meeting(text).held, _minuted(text)) == (None, date(2023, 3, 7))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Harbour Panel\n\nDRAFT MINUTES, 5 March 2024\n\nNext meeting on 7 May 2024\n", (3, 5)),
        ("Harbour Panel\n\nNotes of the meeting held on 5 March 2024\n\n"
         "Next time: Tuesday 7 May 2024\n", (3, 5)),
        ("Harbour Panel\n\nThe Panel next meets on 7 May 2024.\n\n5 March 2024\n", (3, 5)),
        ("Harbour Panel\n\nReport to the meeting of 5 March 2024\n\nBoats.\n", (3, 5)),
        ("Harbour Panel\n\nAgenda\n\nMinutes, 5 March 2024\n\n7 May 2024, 2.00 pm\n", (5, 7)),
    ],
)  # fmt: skip
def test_the_day_of_the_next_meeting_is_not_the_papers(text: str, held: tuple[int, int]) -> None:
    """What broke: minutes that say when the body meets again were dated by that day."""
    assert _meeting(text).held == date(2024, *held)


@pytest.mark.parametrize(
    ("line", "council", "body"),
    [
        ("SALTBY CITY COUNCIL - SCHOOLS FORUM", "Saltby City Council", "Schools Forum"),
        ("Saltby City Council Harbour Committee", "Saltby City Council", "Harbour Committee"),
        (
            "SALTBY CITY COUNCIL\n\nCABINET MEMBER FOR BOATS - DECISION NOTICE",
            "Saltby City Council",
            "Cabinet Member for Boats",
        ),
        ("Cyngor Penmawr\n\nThe Cabinet", "Cyngor Penmawr", "Cabinet"),
        ("Cyngor Sir Penmawr County Council\n\nCabinet", "Penmawr County Council", "Cabinet"),
    ],
)
def test_whose_paper_it_is(line: str, council: str, body: str) -> None:
    """What broke: the body behind its council's name, and councils named in Welsh, weren't read."""
    meeting = _meeting(f"{line}\n\n5 March 2024\n\nBoats were painted.\n")
    assert (meeting.council, meeting.committee) == (council, body)


def test_the_place_in_a_welsh_name() -> None:
    assert area_of("Cyngor Sir Penmawr") == area_of("Cyngor Penmawr") == "Penmawr"


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("# Wellshire Fire Authority", "Wellshire Fire Authority"),
        ("NORTH WELLSHIRE FIRE AND RESCUE AUTHORITY", "North Wellshire Fire and Rescue Authority"),
        ("MEETING OF WELLSHIRE POLICE AND CRIME PANEL", "Wellshire Police and Crime Panel"),
        ("City of Wells Corporation", "City of Wells Corporation"),
        ("Wells Valley Combined Authority", "Wells Valley Combined Authority"),
        ("Wellshire County Council\n\nWellshire Fire Authority", "Wellshire County Council"),
        ("The Fire Authority", None),
    ],
)
def test_an_authority_that_is_no_council_has_papers_of_its_own(
    head: str, named: str | None
) -> None:
    text = f"{head}\n\nThursday 6 March 2025\n\nThe officer introduced the report.\n"
    assert _meeting(text).council == named


def test_an_authority_is_of_its_place() -> None:
    assert area_of("North Wellshire Fire and Rescue Authority") == "North Wellshire"
    assert area_of("City of Wells Corporation") == "City of Wells"


def test_a_borough_that_leaves_out_its_council() -> None:
    text = "ELMFORD BOROUGH\nMINUTES OF SCHOOLS FORUM 21 January 2020\n\nPresent: Ada Quill\n"
    assert identify(read_blocks(text), text).council == "Elmford Borough Council"
