from datetime import date

from ingest.checking import checks
from ingest.layout import Part
from ingest.model import Item, Meeting, Page, PartKind

MEETING = Meeting("Saltby Borough Council", "Harbour Panel", date(2024, 3, 7))
AGENDA = tuple(
    Item(number, "Boats", None, None, exempt=number == "4") for number in ("1", "2", "4")
)


def test_a_paper_that_is_clear_needs_no_check() -> None:
    minutes = Part(PartKind.MINUTES, "Minutes", ())
    assert list(checks(MEETING, date(2024, 1, 11), AGENDA[:2], [minutes], [Page(0, 9)])) == []


def test_what_is_missing_unread_scanned_exempt_or_skipped_is_said() -> None:
    pages = [
        Page(0, 9, 1, 1, confidence=93.0),
        Page(9, 18, 2, 2, confidence=51.0),
        Page(18, 18, 3, 3, unread="it holds no text"),
    ]
    said = list(
        checks(Meeting(None, "Panel", None), None, AGENDA, [Part(PartKind.MINUTES, "", ())], pages)
    )
    assert said == [
        "The council wasn't found.",
        "The date of the meeting wasn't found.",
        "The date of the minutes wasn't found: their decisions have no date.",
        "1 page couldn't be read: page 3.",
        "Recognised from scans: pages 1, 2. Figures there are to be checked.",
        "Hardly legible: page 2.",
        "Exempt on the agenda: item 4.",
        "The agenda's numbers skip before item 4.",
    ]
