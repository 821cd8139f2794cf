import pytest

from ingest.blocks import read_blocks
from ingest.layout import agenda_items, is_agenda, read_parts
from ingest.model import Item, PartKind
from ingest.tables import read_grids

_MINUTES = """
# Minutes of the Harbour Panel

Present: Cllr Ogden (Chair). Apologies came from Cllr Reed.

### 7 Boats

Resolved: That the boats be painted.

The meeting closed at 6.00 pm.
"""


def _items(text: str) -> tuple[Item, ...]:
    return agenda_items(read_blocks(text), text)


def _parts(text: str) -> list[tuple[PartKind, str]]:
    blocks = read_blocks(text)
    parts = read_parts(blocks, agenda_items(blocks, text), text)
    return [(part.kind, part.title) for part in parts]


def test_an_agenda_table() -> None:
    """What broke: "No. | Business | Page" was no front sheet, and its pages were figures."""
    text = (
        "# Saltby Borough Council\n\n"
        "| No. | Business | Page |\n|---|---|---|\n"
        "| 1 | Apologies | |\n| 2 | Minutes: 4 May 2023 | 2 - 4 |\n| 3 | Harbour lights | 5 |\n"
        "| | **Part 2: not open to the press and public** | |\n"
        "| 4 | A lease (exempt, paragraph 3) | |\n\nPage 1\n" + _MINUTES
    )
    assert _items(text) == (
        Item("1", "Apologies", None, None, exempt=False),
        Item("2", "Minutes: 4 May 2023", 2, 4, exempt=False),
        Item("3", "Harbour lights", 5, 5, exempt=False),
        Item("4", "A lease", None, None, exempt=True),
    )
    assert is_agenda(read_grids(read_blocks(text)[1], text)[0])


def test_an_agenda_of_lines_with_notes_in_brackets() -> None:
    """What broke: "[To approve ...]" was in the title, and so was half of "[HRA] budget"."""
    text = (
        "Agenda\n\n1 Apologies for absence\n[To be told who is away]\n\n"
        "2 Minutes of the meeting held on 4 May 2023 (Pages 3 - 10)\n"
        "[To approve the minutes as a true record]\n\n"
        "3 Housing Revenue Account [HRA] budget (Page 11)\n\n"
        "4 Exclusion of the public\n[To shut the doors for item 5, which is exempt business]\n\n"
        "PART 2 - NOT OPEN TO THE PRESS AND PUBLIC\n\n5 Visits to homes\n" + _MINUTES
    )
    assert _items(text) == (
        Item("1", "Apologies for absence", None, None, exempt=False),
        Item("2", "Minutes of the meeting held on 4 May 2023", 3, 10, exempt=False),
        Item("3", "Housing Revenue Account [HRA] budget", 11, 11, exempt=False),
        Item("4", "Exclusion of the public", None, None, exempt=False),
        Item("5", "Visits to homes", None, None, exempt=True),
    )


@pytest.mark.parametrize(
    ("cell", "title", "exempt"),
    [
        ("Sale of a boat (exempt: it names the buyer)", "Sale of a boat", True),
        ("Private session. Sale of a boat. Not open to the public.", "Sale of a boat", True),
        ("Sale of a boat. To say yes or no.", "Sale of a boat", False),
        ("Future dates<br><br>4 May 2025<br>9 June 2025", "Future dates", False),
        (
            "Sending the public away for the last item on this sheet, so that it can be heard "
            "in private: it names a buyer",
            "Sending the public away for the last item on this sheet",
            False,
        ),
    ],
)
def test_a_title_without_what_is_said_about_it(cell: str, title: str, exempt: bool) -> None:
    text = f"| Item | Title |\n|---|---|\n| 1 | Apologies |\n| 2 | {cell} |\n{_MINUTES}"
    assert _items(text)[1] == Item("2", title, None, None, exempt)


def test_numbered_measures_are_no_agenda() -> None:
    text = "| No. | Measure | Apr-24 |\n|---|---|---|\n| 1 | Boats | 12 |\n| 2 | Oars | 31 |\n"
    assert not is_agenda(read_grids(read_blocks(text)[0], text)[0])


def test_a_report_on_its_own_has_no_agenda() -> None:
    text = "# Boats in 2023/24\n\n1. Boats were painted.\n\n2. Oars were bought.\n"
    assert _items(text) == ()
    assert _parts(text) == [(PartKind.REPORT, "Boats in 2023/24")]


def test_the_parts_of_a_pack() -> None:
    """What broke: a report kept the title of the one before it, or "Agenda item 3"."""
    text = (
        "# Saltby Borough Council\n\n# Harbour Panel\n\n"
        "| Item | Title |\n|---|---|\n| 1 | Minutes |\n| 2 | Harbour lights |\n"
        "| 3 | Work programme |\n| 4 | Oars and rowlocks |\n"
        + _MINUTES
        + "\nSaltby Borough Council\n\n| Report title | Harbour lights |\n|---|---|\n"
        "| Wards | All |\n\n1.1 The lights are on.\n\n"
        "Agenda item 3\n\nThe Panel meets again in May and will look at the boats then.\n\n"
        "Report title: Oars and rowlocks\nCabinet member: Cllr Reed\n\n4.1 There are 31 oars.\n"
    )
    assert _parts(text) == [
        (PartKind.FRONT, "Agenda"),
        (PartKind.MINUTES, "Minutes"),
        (PartKind.REPORT, "Harbour lights"),
        (PartKind.REPORT, "Work programme"),
        (PartKind.REPORT, "Oars and rowlocks"),
    ]


def test_minutes_without_a_closing_line_end_at_the_next_agenda_title() -> None:
    """What broke: without "The meeting closed" the whole pack was minutes."""
    text = (
        "# Harbour Panel\n\n## Agenda\n\n| Item | Title |\n|---|---|\n| 1 | Minutes |\n"
        "| 2 | Harbour lights in winter |\n\n# Minutes of the Harbour Panel\n\n"
        "**Held on Monday 3 April 2023**\n\n### 7 Boats\n\nResolved: That they be painted.\n\n"
        "# Harbour lights in winter: report\n\nThe lights are on.\n"
    )
    assert _parts(text) == [
        (PartKind.FRONT, "Agenda"),
        (PartKind.MINUTES, "Minutes"),
        (PartKind.REPORT, "Harbour lights in winter: report"),
    ]


def _minutes_lines(body: str) -> list[str]:
    text = f"# Panel\n\nWelcome.\n\nThe bar is open.\n{_MINUTES.split('###')[0]}{body}"
    blocks = read_blocks(text)
    (minutes,) = [p for p in read_parts(blocks, (), text) if p.kind is PartKind.MINUTES]
    return [block.text for block in minutes.blocks[2:]]


def test_list_items_pushed_below_the_next_heading_go_back_above_it() -> None:
    """What broke: the second half of an action belonged to the minute after it."""
    assert _minutes_lines(
        "**7 Boats**\n\nACTIONS:\n\na) Cllr Reed to paint the boats before the\n\n"
        "**8 Oars**\n\nsummer holidays begin,\n\nb) Cllr Ogden to buy oars.\n\nOars are short.\n"
    ) == [
        "7 Boats",
        "ACTIONS:",
        "a) Cllr Reed to paint the boats before the",
        "summer holidays begin,",
        "b) Cllr Ogden to buy oars.",
        "8 Oars",
        "Oars are short.",
    ]


def test_the_text_of_an_action_below_the_next_heading_goes_back_to_its_lead_in() -> None:
    """What broke: "ACTION" was empty, and what it asked for was the next minute's first line."""
    assert _minutes_lines(
        "**7 Boats**\n\nThey leak.\n\n**ACTION**\n\n**8 Oars**\n\n"
        "The Chair would write to the boat yard about the leaks before the summer.\n"
    ) == [
        "7 Boats",
        "They leak.",
        "ACTION",
        "The Chair would write to the boat yard about the leaks before the summer.",
        "8 Oars",
    ]


_PLAIN = """\
Saltby Borough Council
Harbour Scrutiny Committee
Agenda for the meeting on Thursday, 2 March 2023

Item 1 Apologies and substitutions
Item 2 Minutes of 12 January 2023
Item 3 Harbour performance report to the end of January 2023
Item 4 Moorings recovery plan
Item 5 Lights in winter

---

Item 2

Minutes of the Harbour Scrutiny Committee held on Thursday 12 January 2023

Attendance
Cllr R Ogden (Chair)
Apologies: Cllr A Reed

48. Moorings
48.1 Five of the twelve moorings were closed.

Resolved:
i. That the closures be noted;
ii. That a recovery plan be brought to the next meeting;
iii. That the Harbour Master write to the county.

The meeting ended at 12.25pm.

ACTION LOG

Ref\tMeeting\tAction\tOwner
A1\t12 January 2023\tWrite to the county\tHarbour Master
A2\t12 January 2023\tBuy rope\tA Hale

---

Item 3

Harbour performance report to the end of January 2023
Report by the Harbour Master

1. Boats
1.1 There were 40 boats.

---

Moorings recovery plan
Report of: Una Hale, Head of Moorings

1. Background
1.1 The plan opens four moorings.

---

Lights in winter

1. The lamps burn oil.
"""


def test_a_plain_text_pack_has_its_agenda_and_its_reports() -> None:
    """What broke: "Item 3" was no agenda, and a report held all that came after it."""
    assert [item.title for item in _items(_PLAIN)] == [
        "Apologies and substitutions",
        "Minutes of 12 January 2023",
        "Harbour performance report to the end of January 2023",
        "Moorings recovery plan",
        "Lights in winter",
    ]
    assert _parts(_PLAIN) == [
        (PartKind.FRONT, "Agenda"),
        (PartKind.MINUTES, "Minutes"),
        (PartKind.REPORT, ""),
        (PartKind.REPORT, "Harbour performance report to the end of January 2023"),
        (PartKind.REPORT, "Moorings recovery plan"),
        (PartKind.REPORT, "Lights in winter"),
    ]


def test_roman_numerals_are_list_markers() -> None:
    """What broke: "ii." and "iii." were the end of the sentence before."""
    assert [b.marker for b in read_blocks(_PLAIN) if (b.marker or "").startswith("i")] == [
        "i.",
        "ii.",
        "iii.",
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "MINUTES of a meeting of the HARBOUR AND FISHERIES SCRUTINY COMMITTEE held on Tuesday "
        "9 July 2024 in the Council Chamber at the Town Hall, Saltby",
        "HARBOUR COMMITTEE - 9TH JULY 2024",
        "### Harbour Committee: notes of the meeting on 9 July 2024",
    ],
)
def test_minutes_are_known_by_any_usual_heading(heading: str) -> None:
    """What broke: minutes headed so were read as the front sheet, and decided nothing."""
    text = (
        "Saltby Borough Council\n\nHarbour Committee\n\n8 October 2024\n\n"
        "1. Apologies\n2. Minutes (p.2)\n3. Lights in winter (p.4)\n\nPage 1\n\n"
        f"{heading}\n\nPRESENT: Councillor Ogden in the Chair; Councillor Hale.\n\n"
        "22. APOLOGIES\nCouncillor Reed sent apologies.\n\n23. BOATS\n"
        "RESOLVED that boats be mended.\n\nThe meeting closed at 8.50pm.\n\nPage 3\n\n"
        "REPORT: LIGHTS IN WINTER\n"
        "Report of A Hale, Harbour Master.\n\nThe lamps burn oil.\n"
    )
    assert [title for _, title in _parts(text)] == ["Agenda", "Minutes", "LIGHTS IN WINTER"]
    assert [item.title for item in _items(text)] == ["Apologies", "Minutes", "Lights in winter"]


def test_an_agenda_whose_items_say_whose_report_they_are() -> None:
    """What broke: "Report of the Harbour Master" ended the agenda, and all below it was exempt."""
    text = (
        "AGENDA\n\n1. Apologies\n\n2. HARBOUR LIGHTS 4 - 9\nReport of the Harbour Master\n\n"
        "3. OARS 10 - 12\nReport of the Boatswain\n\n4. A LEASE (exempt)\n\nPage 3\n"
        "Harbour Panel Item 2\n\nReport by Ida Penn\n\n1.1 The lights are new.\n\nPage 4\n"
        "Harbour Panel Item 2\n\n1.2 They shine.\n"
    )
    assert [item.number for item in _items(text)] == ["1", "2", "3", "4"]
    assert _parts(text) == [(PartKind.FRONT, "Agenda"), (PartKind.REPORT, "HARBOUR LIGHTS")]


def test_a_running_head_in_cells_opens_the_report_of_its_item() -> None:
    text = (
        "AGENDA\n\n1. Apologies\n\n2. Harbour lights\n\n3. Oars\n\n"
        "SALTBY\tHarbour Panel\tItem 2\n\nThe lights on the quay are new and shine far.\n\n"
        "SALTBY\tHarbour Panel\tItem 3\n\nThe oars in the shed are old and creak a lot.\n"
    )
    assert _parts(text)[1:] == [(PartKind.REPORT, "Harbour lights"), (PartKind.REPORT, "Oars")]


def test_short_agenda_lines_count_on_below_long_ones() -> None:
    text = (
        "AGENDA\n1 Apologies for absence and notice of named substitutes\n2 Minutes - 4 May 2023\n"
        "3 The response of the Harbour Commissioners\n4 Oars\n\n"
        "Report by Ida Penn\n\n1.1 The lights on the quay are new.\n"
    )
    assert [item.title for item in _items(text)][1:] == [
        "Minutes - 4 May 2023", "The response of the Harbour Commissioners", "Oars",
    ]  # fmt: skip


def test_papers_with_letters_and_notes_held_on_a_day() -> None:
    text = (
        "AGENDA\n\n1. Apologies\n\n2. Harbour lights\n\nPAPER A\n\n"
        "Notes of the Harbour Board held on Wed 4 May 2023\n\nIn the chair: Ida Penn\n\n"
        "Apologies: Tom Reed\n\n1 Lights\n\nAction: Tom Reed to mend the lights. By 9 June.\n\n"
        "PAPER B – HARBOUR LIGHTS\n\nThe lights on the quay are new, and they shine far.\n"
    )
    assert _parts(text) == [
        (PartKind.FRONT, "Agenda"),
        (PartKind.MINUTES, "Minutes"),
        (PartKind.REPORT, "HARBOUR LIGHTS"),
    ]


_ITEM = "Minutes:\n\nThe chart was old.\n\nRESOLVED: That a chart be bought.\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"Agenda item\n\nHarbour chart\n\nReport of the Director of Boats\n\n{_ITEM}",
            "Harbour chart",
        ),
        (f"Issue - meetings\n\nHarbour chart\n\n8 Chart\n\n{_ITEM}", "Harbour chart"),
        (
            f"Agenda and "
            f"minutes\n\n1.\n\nChart\n\n{_ITEM}\n2.\n\nBuoys\n\nReport of the Clerk\n\n{_ITEM}",
            "Minutes",
        ),
        (f"Apologies were received from Cllr Reed.\n\n{_ITEM}", "Minutes"),
        ("It was moved by Cllr Reed and\n\nRESOLVED THAT:\n\nThe chart be bought.\n", "Minutes"),
    ],
)
def test_a_web_page_of_minutes_is_minutes(text: str, title: str) -> None:
    assert _parts(text) == [(PartKind.MINUTES, title)]


def test_people_listed_as_present_open_minutes() -> None:
    """What broke: minutes that name no apologies were a report, and nobody was there."""
    text = (
        "SALTBY COUNTY COUNCIL\n\nCABINET\n\nPRESENT\nCouncillor OGDEN in the Chair\n\n"
        "Councillors Reed, Amis and U Hale.\n\nA1 Minutes\n\nThe "
        "minutes of 4 May were confirmed as a "
        "correct record.\n"
    )
    assert PartKind.MINUTES in [kind for kind, _ in _parts(text)]


def test_an_agenda_that_words_a_resolution_is_no_minutes() -> None:
    text = (
        "Agenda\n\nHarbour Board - Monday, 10th June, "
        "2024\n\n2.\n\nExempt matters\n\nTo consider whether "
        "to resolve:\n\nRESOLVED – That the public be "
        "excluded.\n\n3.\n\nLate items\n\nTo identify items.\n"
    )
    assert PartKind.MINUTES not in [kind for kind, _ in _parts(text)]


def test_the_agenda_item_below_a_minutes_heading_opens_no_report() -> None:
    text = (
        "MINUTES of the meeting of the Panel held on 4 May 2023\n\nPresent:\n\nCllr Ann Ogden\n\n"
        "Cllr Tom Reed\n\nCllr Una Hale\n\n110/08 MINUTES\n\n(Agenda "
        "Item 1)\n\nRESOLVED: that they be "
        "signed.\n"
    )
    assert [kind for kind, _ in _parts(text)] == [PartKind.MINUTES]


@pytest.mark.parametrize(
    "head",
    [
        "MINUTE of MEETING of the HARBOUR COMMITTEE held in the Moot Hall on TUESDAY, "
        "4 MAY 2024 at 10.00 AM\n\nSederunt: Councillors Ogden, Reed and Amis.\n\n"
        "Apologies: Councillor Lowe.\n\n"
        "In attendance: U Hale, Clerk.",
        "## Harbour Panel – notes and decisions\n\n### 4 May 2024, 5.30 pm\n\n"
        "**Here:** Cllr Ann Ogden (Chair), Cllr Tom Reed, Cllr Jo Amis",
    ],
)
def test_minutes_under_another_name(head: str) -> None:
    """What broke: a Scottish minute, or notes of a meeting, were read as part of the agenda."""
    text = (
        "Harbour Committee\n\n9 June 2024\n\nAGENDA\n\n1. Apologies\n\n2. Boats\n\n"
        f"{head}\n\n#### 1. Boats\n\nThe Director said that they leaked.\n"
    )
    assert PartKind.MINUTES in [kind for kind, _ in _parts(text)]
