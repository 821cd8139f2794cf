from datetime import date

import pytest

from ingest.attendance import read_attendance
from ingest.blocks import read_blocks
from ingest.model import Meeting, Presence

MEETING = Meeting("Saltby Borough Council", "Harbour Panel", date(2024, 1, 11))


def _people(text: str) -> dict[str, list[tuple[str, str | None]]]:
    found: dict[str, list[tuple[str, str | None]]] = {}
    for attendee in read_attendance(read_blocks(text), MEETING, "saltby", text):
        found.setdefault(attendee.presence.value, []).append((attendee.name, attendee.capacity))
        assert text[attendee.locator.start : attendee.locator.end]
    return found


def test_a_list_that_runs_on_keeps_single_names_under_one_title() -> None:
    text = "*Present:* Councillors Ogden (Chair), Reed, Amis and Lowe; Mrs Ida Penn (carer).\n"
    assert _people(text) == {
        "present": [
            ("Ogden", "Chair"),
            ("Reed", None),
            ("Amis", None),
            ("Lowe", None),
            ("Ida Penn", "carer"),
        ]
    }


def test_posts_with_commas_and_with_and_stay_with_their_person() -> None:
    text = (
        "Also attended: Una Hale, Head of Children and Young People in Care; Dr Per Dahl, Virtual "
        "School Head; Sergeant Bo Lind, Saltby Police\n"
    )
    assert _people(text) == {
        "in attendance": [
            ("Una Hale", "Head of Children and Young People in Care"),
            ("Per Dahl", "Virtual School Head"),
            ("Bo Lind", "Saltby Police"),
        ]
    }


@pytest.mark.parametrize(
    "text",
    [
        "Attendance\n\nCllr Ann Ogden\nCllr Tom Reed\n\nEmployees\n\nUna Hale Head of Service\n",
        "**Present**\n\n- Cllr Ann Ogden\n- Cllr Tom Reed\n\n**Officers**\n\n"
        "| Name | Post |\n|---|---|\n| Una Hale | Head of Service |\n",
        "PRESENT: Cllr Ann Ogden,\nCllr Tom Reed\n\nIN ATTENDANCE: Una Hale (Head of Service)\n",
    ],
)
def test_lists_in_lines_in_tables_and_on_the_label_s_line(text: str) -> None:
    assert _people(text) == {
        "present": [("Ann Ogden", None), ("Tom Reed", None)],
        "in attendance": [("Una Hale", "Head of Service")],
    }


@pytest.mark.parametrize(
    ("minute", "away"),
    [
        (
            "Apologies for absence were received from Councillors Reed, Amis and Lowe.",
            ["Reed", "Amis", "Lowe"],
        ),
        ("From Councillor Tom Reed and Mrs Ida Penn.", ["Tom Reed", "Ida Penn"]),
        ("Cllr Tom Reed was unwell and Cllr Ann Ogden sat in his place.", ["Tom Reed"]),
        ("Cllr Tom Reed; Ida Penn (examinations).", ["Tom Reed", "Ida Penn"]),
        ("There were none.", []),
    ],
)
def test_the_minute_on_apologies(minute: str, away: list[str]) -> None:
    """What broke: whoever sat in for a member was counted as away."""
    text = f"**7 Apologies**\n\n{minute}\n\n**8 Interests**\n\nCllr Ann Ogden was at a school.\n"
    assert [name for name, _ in _people(text).get(Presence.APOLOGIES.value, [])] == away


def test_nobody_is_listed_from_the_minutes_themselves() -> None:
    text = "Present: Cllr Ann Ogden\n\n**7 Boats**\n\nMembers: Cllr Tom Reed spoke.\n"
    assert _people(text) == {"present": [("Ann Ogden", None)]}


def test_the_first_minute_ends_the_list_though_it_names_a_date() -> None:
    """What broke: "Resolved" of the first minute was a person who sent apologies."""
    text = (
        "Present: Cllr Ann Ogden\n\nApologies: Cllr Tom Reed\n\n"
        "**1. Minutes of the meeting on 11 January 2024**\n\nResolved: That they be confirmed.\n"
    )
    assert _people(text) == {"present": [("Ann Ogden", None)], "apologies": [("Tom Reed", None)]}


def test_posts_on_lines_of_their_own_are_nobody() -> None:
    text = (
        "**Present**\n\nIda Penn\nTom Reed\n\nChief Executive\nHead of Lights and Oars\n"
        "Opposition member\nNorth Quay Academy\n\nCo-opted: Mrs Una Lowe\n\n"
        "Officers: Mr B Amis. Ms D Ogden sat in for Mr Vale.\nThree visitors\n"
    )
    assert [name for people in _people(text).values() for name, _ in people] == [
        "Ida Penn", "Tom Reed", "Una Lowe", "B Amis", "D Ogden",
    ]  # fmt: skip


def test_a_column_of_posts_below_its_column_of_names() -> None:
    text = (
        "In attendance:\n\nIda Penn\nTom Reed\nUna Lowe\n\nHarbour Manager\n"
        "Governance and Lights Officer\nAdviser, Department for Boats\n\n"
        "7. APOLOGIES\n\nApologies were received on behalf of Councillors Ogden and Vale and Mr. "
        "Amis.\n"
    )
    assert _people(text) == {
        "in attendance": [
            ("Ida Penn", "Harbour Manager"),
            ("Tom Reed", "Governance and Lights Officer"),
            ("Una Lowe", "Adviser, Department for Boats"),
        ],
        "apologies": [("Ogden", None), ("Vale", None), ("Amis", None)],
    }


def test_a_register_ticks_those_there_and_those_away() -> None:
    text = (
        "Present\n\n| Name | Role | Present | Apologies |\n|---|---|---|---|\n"
        "| Cllr Ann Ogden | Chair | ✓ | |\n| Una Hale | Director of Boats | | ✓ |\n"
        "| Ida Penn | Lifeboat crew | | |\n\n"
        "| Attendee | Organisation | Attendance |\n|---|---|---|\n"
        "| Tom Reed | Coastguard | by phone |\n| Bo Lind | Police | Apologies |\n"
    )
    assert _people(text) == {
        "present": [("Ann Ogden", "Chair"), ("Tom Reed", "Coastguard")],
        "apologies": [("Una Hale", "Director of Boats"), ("Bo Lind", "Police")],
    }


def test_names_printed_without_a_comma_between_them() -> None:
    text = (
        "PRESENT: Mr K Ogden (Leader) Mrs T Reed, Miss B Amis and Mr L Lowe\n\n"
        "Officers present: J A Hale (Harbour Master) P Lind (Clerk)\n\n"
        "Apology: D F Penn R Vale\n"
    )
    assert _people(text) == {
        "present": [("K Ogden", "Leader"), ("T Reed", None), ("B Amis", None), ("L Lowe", None)],
        "in attendance": [("J A Hale", "Harbour Master"), ("P Lind", "Clerk")],
        "apologies": [("D F Penn", None), ("R Vale", None)],
    }


def test_groups_of_a_list_and_who_comes_from_where() -> None:
    text = (
        "Present:\n\nSaltby Council:\n\nMr D Ogden (Chair), Ms R Amis (Substitute) (by phone)\n\n"
        "NHS Saltby: Dr P Dahl\n\nFaith representatives:\n\nRev. A Lowe\n\n"
        "Non-members also present:\n\nMr B Vale\n\nIn attendance:\n\n"
        "Ms U Hale, Chief Officer, Harbour Trust\nMiss I Penn, Clerk\n"
    )
    assert _people(text) == {
        "present": [
            ("D Ogden", "Chair"),
            ("R Amis", "Substitute, by phone"),
            ("P Dahl", None),
            ("A Lowe", None),
        ],
        "in attendance": [
            ("B Vale", None),
            ("U Hale", "Chief Officer, Harbour Trust"),
            ("I Penn", "Clerk"),
        ],
    }


def test_particles_initials_and_letters_after_names() -> None:
    text = (
        "Present: Councillors Eric de la Vale, R I N Ogden, Zoé Fitz-O’Hale, J Reed MBE & "
        "S.T. Amis (STA); Bo Lind (BL - Chair)\n"
    )
    assert _people(text) == {
        "present": [
            ("Eric de la Vale", None),
            ("R I N Ogden", None),
            ("Zoé Fitz-O’Hale", None),
            ("J Reed MBE", None),
            ("S.T. Amis", None),
            ("Bo Lind", "Chair"),
        ]
    }


@pytest.mark.parametrize(
    "text",
    [
        "Attendance Details\n\nCllr Ann Ogden, Cllr Tom "
        "Reed\nApologies for absence:\nwere submitted "
        "on behalf of Cllr Una Hale\nDeclarations of interest:\n\nThere were no declarations.\n",
        "1 Present\n\nCouncillors, Mrs Ann Ogden & Mr Tom Reed\n\n2 "
        "Apologies\n\nwere received from: "
        "Councillor Ms Una Hale\n\n3 Minutes\n\nThe last minutes were read.\n",
        "Present … Councillors: Ann Ogden and Tom Reed.\n\n1. Apologies for absence were received "
        "from Councillor Una Hale.\n\n2. The Clerk had no report.\n",
        "PRESENT: Cllrs Ann Ogden and Tom Reed. There were apologies "
        "from Cllr Una Hale. There were "
        "two members of the public.\n\n104 FLAGS\nThe flag was torn.\n",
        "In attendance\nCouncillors Ann Ogden and Tom Reed\n1) Apologies – Cllr Una Hale\n"
        "2) Minutes of the last meeting\nThey were signed.\n",
    ],
)
def test_forms_of_the_same_list(text: str) -> None:
    found = _people(text)
    assert [name for name, _ in found["present"]] == ["Ann Ogden", "Tom Reed"]
    assert [name for name, _ in found["apologies"]] == ["Una Hale"]
    assert set(found) == {"present", "apologies"}


def test_late_and_standing_in_is_not_away() -> None:
    """What broke: who came late, and who came for somebody, were listed under apologies."""
    text = (
        "**12 Welcome and apologies**\n\nMinutes:\n\nApologies were received from Mr D Ogden (Ms H "
        "Reed attended as substitute) and Ms B Amis, NHS Saltby. "
        "Councillor Lowe gave apologies for lateness. "
        "The Chair welcomed Ida Penn, representing the lifeboats.\n"
    )
    assert _people(text) == {
        "apologies": [("D Ogden", "Ms H Reed attended as substitute"), ("B Amis", "NHS Saltby")]
    }


def test_sentences_and_headings_name_nobody() -> None:
    """What broke: the first words of the minutes were taken for people."""
    text = (
        "Present: Councillor Ogden in the Chair\n\nOfficers in attendance: Una Hale\n\n"
        "An asterisk marks what goes to full Council. Due to the "
        "tide it was agreed to begin early.\n\n"
        "Commencement of the meeting\n\nAgenda Item\n\nThere were none.\n"
    )
    assert _people(text) == {
        "present": [("Ogden", "in the Chair")],
        "in attendance": [("Una Hale", None)],
    }


def test_those_there_in_the_room_and_by_video_and_those_who_could_not_come() -> None:
    """What broke: a meeting held in two ways, or in Scotland, had nobody at it."""
    text = (
        "Sederunt: Councillors Ogden and Reed.\n\nOn Teams: Councillor Amis; Mrs Ida Penn\n\n"
        "Councillor Ogden, Convener, presided.\n\nCouldn't come: Cllr Jo Lowe.\n"
    )
    people = _people(text)
    assert people["present"] == [
        ("Ogden", None), ("Reed", None), ("Amis", None), ("Ida Penn", None)
    ]  # fmt: skip
    assert people["apologies"] == [("Jo Lowe", None)]
