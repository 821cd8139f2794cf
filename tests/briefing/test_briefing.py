"""Briefings for the demonstration's meetings, read against their papers."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as WordDocument
from typer.testing import CliRunner

from assistant import Assistant, cli
from assistant.briefing.briefing import Briefing, Kind
from assistant.briefing.written import written
from ingest.errors import UnknownPaper
from tests.briefing.checks import faults, lines_of

JULY = "averonshire-cpb-2024-07-11"
FIRST = "averonshire-cpb-2023-07-06"


@pytest.fixture(scope="module")
def briefings(demonstration: Assistant) -> dict[str, Briefing]:
    return {record.id: demonstration.brief(record.id) for record in demonstration.papers()}


def texts(briefing: Briefing, number: str, kind: Kind) -> list[str]:
    (item,) = (i for i in briefing.items if i.item.number == number)
    return [line.text for line in item.of(kind)]


def test_every_figure_and_quote_stands_in_the_papers(
    briefings: dict[str, Briefing], demonstration: Assistant
) -> None:
    wrong = {name: faults(one, demonstration.paper_text) for name, one in briefings.items()}
    assert {name: found for name, found in wrong.items() if found} == {}
    assert all(len(list(lines_of(one))) > 20 for one in briefings.values())


def test_the_check_finds_a_figure_and_a_quote_that_are_not_there(
    briefings: dict[str, Briefing], demonstration: Assistant
) -> None:
    def forged(paper_id: str) -> str:
        return demonstration.paper_text(paper_id).replace("20%", "21%")

    assert any("isn't in" in fault for fault in faults(briefings[JULY], forged))


def test_an_item_tells_what_is_asked_and_what_bears_on_it(briefings: dict[str, Briefing]) -> None:
    july = briefings[JULY]
    asked = texts(july, "5", Kind.ASKS)
    assert asked[0].startswith("“To note the figures to 31 May 2024”")
    (dental,) = (t for t in texts(july, "5", Kind.INDICATOR) if t.startswith("Dental check"))
    for told in (
        "80% in May 2024",
        "target 85%",
        "better, up from 72% in June 2023",
        "England 79%",
    ):
        assert told in dental
    assert any("add up to 779" in text for text in texts(july, "5", Kind.AMISS))
    assert any("kinship" in text for text in texts(july, "4", Kind.ACTION))
    assert [item.number for item in july.silent if item.exempt] == ["10"]


def test_questions_are_three_at_most_and_each_has_its_evidence(
    briefings: dict[str, Briefing],
) -> None:
    for briefing in briefings.values():
        for item in briefing.items:
            asking = item.of(Kind.QUESTION)
            assert len(asking) <= 3
            assert all("?" in line.text and re.search(r"\[\d+\]$", line.text) for line in asking)


def test_nothing_comes_of_a_later_meeting(
    briefings: dict[str, Briefing], demonstration: Assistant
) -> None:
    held = {record.id: record.meeting for record in demonstration.papers()}
    for name, briefing in briefings.items():
        for cited in briefing.citations:
            assert held[cited.paper].held <= held[name].held  # type: ignore[operator]
            assert held[cited.paper].council == held[name].council
    assert {cited.paper for cited in briefings[FIRST].citations} == {FIRST}


@pytest.fixture(scope="module")
def documents(briefings: dict[str, Briefing]) -> Iterator[dict[str, bytes]]:
    yield {name: written(briefings[name], ".pdf") for name in (JULY, FIRST)}


def test_two_pages_stand_in_front(documents: dict[str, bytes]) -> None:
    for data in documents.values():
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
        (first,) = (n for n, text in enumerate(pages) if re.search(r"(?m)^In detail\s*$", text))
        assert first <= 2 and "In brief" in pages[0]


def test_word_and_markdown_hold_the_same_lines(briefings: dict[str, Briefing]) -> None:
    briefing = briefings[FIRST]
    word = WordDocument(io.BytesIO(written(briefing, ".docx")))
    paragraphs = "\n".join(paragraph.text for paragraph in word.paragraphs)
    markdown = re.sub(r"\\(?=\W)", "", written(briefing, ".md").decode())
    for line in lines_of(briefing):
        if line.kind is not Kind.INDICATOR:
            assert line.text in paragraphs and line.text in markdown
    assert word.inline_shapes, "its charts"


def test_a_paper_that_is_not_held_is_said_to_be_so(demonstration: Assistant) -> None:
    with pytest.raises(UnknownPaper, match="nobody"):
        demonstration.brief("nobody")


def test_another_ending_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    words = ["brief", JULY, "--out", str(tmp_path / "brief.odt"), "--store", str(tmp_path)]
    done = CliRunner().invoke(cli.app, words)
    assert done.exit_code == 1
    assert ".docx, .pdf or .md" in done.stderr and len(done.stderr.splitlines()) == 1
