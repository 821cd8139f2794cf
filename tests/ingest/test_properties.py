"""What holds of any text whatever: tried with texts that nobody thought of."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading import read_bytes
from ingest.structure import understand

_LINES = st.sampled_from(
    [
        "",
        "# Corporate Parenting Board",
        "**12 Fostering**",
        "Resolved:",
        "RESOLVED: That the report be noted.",
        "1. That the fee be raised.",
        "(a) that officers report in June;",
        "ACTION: Una Hale to report by 3 May 2024.",
        "Present: Cllr Ann Ogden (Chair), Cllr Reed",
        "Apologies came from Cllr Reed.",
        "| Measure | Q1 | Q2 |",
        "|---|---|---|",
        "| Dental checks | 81% | n/r |",
        "| torn row",
        "a\tb\tc",
        "Page 1",
        "Page 7 of 9",
        "Minutes of the meeting held on 11 January 2024",
        "Report title: Harbour lights",
        "decreased from 624 to 602, and",
        "*_<br>&amp;[x](y)**",
    ]
)
_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
_TEXTS = st.lists(_LINES | _WORDS, min_size=1, max_size=40).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(_TEXTS.filter(lambda text: bool(text.strip(" \n\t\r\f\v"))))
def test_any_text_is_read_and_every_place_is_in_it(text: str) -> None:
    raw = ("Words.\n" + text).encode()
    paper = understand(read_bytes(Path("any-2024-01-01.md"), raw))
    assert [page.start for page in paper.pages[1:]] == [page.end for page in paper.pages[:-1]]
    assert (paper.pages[0].start, paper.pages[-1].end) == (0, len(paper.text))
    for value in (*paper.passages, *paper.decisions, *paper.tables, *paper.attendance):
        where = value.locator
        assert 0 <= where.start < where.end <= len(paper.text)
    for passage in paper.passages:
        for unit in passage.units:
            assert paper.text[unit.start : unit.end].strip()
