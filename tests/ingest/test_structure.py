from datetime import date
from pathlib import Path

from ingest.model import Item, Meeting, Paper, PartKind
from ingest.reading import read_bytes
from ingest.structure import understand

_HEADER = (
    "# Saltby Borough Council\n\n## Harbour Panel\n\n7 March 2024\n\n"
    "| Item | Title | Page |\n|---|---|---|\n| 1 | Apologies | |\n"
    "| 2 | Minutes of 11 January 2024 | 2 |\n| 3 | Harbour lights | 3 |\n\nPage 1\n\n"
    "## Harbour Panel\n\n### Minutes of the meeting on 11 January 2024\n\n"
    "Present: Cllr Ogden. Apologies came from Cllr Reed.\n\n"
)


def _paper(text: str) -> Paper:
    return understand(read_bytes(Path("saltby-2024-03-07.md"), text.encode()))


def test_a_small_pack_as_a_whole() -> None:
    """What broke: a pack whose minutes name no apologies had no agenda and one meeting."""
    paper = _paper(
        _HEADER + "**7 Boats**\n\nResolved: That the boats be painted.\n\n"
        "The meeting closed at 6.00 pm.\n\nPage 2\n\n## Harbour lights\n\n"
        "Recommendation: That the lights be mended.\n\n1.1 Two lights are out.\n\nPage 3\n"
    )
    earlier = Meeting("Saltby Borough Council", "Harbour Panel", date(2024, 1, 11))
    now = Meeting("Saltby Borough Council", "Harbour Panel", date(2024, 3, 7))
    assert (paper.id, paper.title, paper.meeting, paper.minutes_of) == (
        "saltby-2024-03-07",
        "Harbour Panel, 7 March 2024",
        now,
        date(2024, 1, 11),
    )
    assert paper.items == (
        Item("1", "Apologies", None, None, exempt=False),
        Item("2", "Minutes of 11 January 2024", 2, 2, exempt=False),
        Item("3", "Harbour lights", 3, 3, exempt=False),
    )
    assert [
        (d.kind.value, d.title, d.text, d.meeting, d.locator.page) for d in paper.decisions
    ] == [
        ("resolution", "7 Boats", "That the boats be painted.", earlier, 2),
        ("recommendation", "Harbour lights", "That the lights be mended.", now, 3),
    ]
    assert paper.tables == ()
    assert {(p.part, p.meeting) for p in paper.passages} == {
        (PartKind.FRONT, now),
        (PartKind.MINUTES, earlier),
        (PartKind.REPORT, now),
    }


def test_a_heading_alone_goes_with_what_follows() -> None:
    """What broke: a chapter's heading above its first section was a passage of its own."""
    paper = _paper("# Lights\n\n## Costs\n\n### Paint\n\nBlue paint costs £40.\n")
    (passage,) = paper.passages
    assert passage.text == "Lights\nCosts\nPaint\nBlue paint costs £40."
    assert passage.headings == ("Lights", "Costs", "Paint")


def test_a_minute_is_found_under_its_own_number() -> None:
    """What broke: a minute's passages stood under the heading of the minutes as a whole."""
    paper = _paper(_HEADER + "**7 Boats**\n\nThey leak.\n\n**8 Oars**\n\nThey are short.\n")
    minutes = [p for p in paper.passages if p.part is PartKind.MINUTES]
    assert [(p.headings, p.locator.item) for p in minutes[-2:]] == [
        (("7 Boats",), "7 Boats"),
        (("8 Oars",), "8 Oars"),
    ]
    assert minutes[-1].context == (
        "Saltby Borough Council > Harbour Panel > 11 January 2024 > Minutes of the meeting > 8 Oars"
    )


_SENTENCE = "The harbour master told the Panel at length about the lamp on the outer wall. "
_LABEL = "Boats painted in the long harbour before Easter"


def test_a_long_section_is_cut_between_sentences_and_keeps_its_label() -> None:
    paper = _paper("## Lamps\n\nOuter wall\n\n" + (_SENTENCE * 20).strip() + "\n")
    sizes = [len(passage.text) for passage in paper.passages]
    assert len(sizes) == 2
    assert max(sizes) <= 910
    assert [passage.units[0].text for passage in paper.passages] == ["Lamps", "Outer wall"]
    assert all(
        unit.text == _SENTENCE.strip() for passage in paper.passages for unit in passage.units[2:]
    )


def test_a_label_is_not_cut_off_from_its_figures_nor_a_lead_in_from_its_list() -> None:
    """What broke: a label ended one passage, and its "84%" began the next."""
    label = _paper("## Lamps\n\n" + (_SENTENCE * 11).strip() + "\n\n" + _LABEL + "\n\n84%\n")
    assert [unit.text for unit in label.passages[-1].units] == [_LABEL, "84%"]
    listed = _paper(
        "## Lamps\n\n" + (_SENTENCE * 11).strip() + "\n\nThese lamps were out:\n\n"
        "- the one at the end of the long jetty\n- the one on the outer wall\n"
    )
    assert [unit.text for unit in listed.passages[-1].units] == [
        "These lamps were out:",
        "- the one at the end of the long jetty",
        "- the one on the outer wall",
    ]


def test_every_unit_is_a_slice_of_the_paper() -> None:
    """What broke: "Page 2" stood in the middle of a sentence that was quoted."""
    text = _HEADER + "**7 Boats**\n\nThey **leak** badly. Nobody\n\nPage 2\n\nknows why.\n"
    paper = _paper(text)
    for passage in paper.passages:
        assert passage.locator.start == min(unit.start for unit in passage.units)
        assert passage.locator.end == max(unit.end for unit in passage.units)
    last = paper.passages[-1].units[-1]
    assert (last.text, text[last.start : last.end]) == (
        "Nobody knows why.",
        "Nobody\n\nPage 2\n\nknows why.",
    )


def test_a_page_of_one_item_is_of_its_own_meeting() -> None:
    """What broke: what a web page of one item says was resolved was no resolution."""
    paper = _paper(
        "Saltby Borough Council\n\n# Agenda item\n\n## Meeting of Harbour Panel, Thursday 7 March "
        "2024 2.00 pm\n\n### 4. Harbour lights\n\n#### Minutes:\n\nThe lights were old.\n\n"
        "RESOLVED: That the lights be mended.\n"
    )
    assert [(d.kind.value, d.text, d.meeting) for d in paper.decisions] == [
        (
            "resolution",
            "That the lights be mended.",
            Meeting("Saltby Borough Council", "Harbour Panel", date(2024, 3, 7)),
        )
    ]


def test_a_paper_of_one_endless_sentence() -> None:
    """What broke: a first sentence longer than a passage stopped the reading of the paper."""
    text = "The lamps of the harbour and " * 200 + "its buoys are lit.\n"
    (passage,) = _paper(text).passages
    assert [unit.text for unit in passage.units] == [text.strip()]
