"""The page that a quote stands on: its picture with the quote boxed, its text with it marked."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from assistant.answer import Citation
from assistant.assistant import Assistant
from assistant.papers.page_image import page_image
from assistant.settings import DEMO_CORPUS
from ingest.errors import UnreadableFile
from ingest.store import Store
from tests.ingest.formats.making import lines, pdf

PUBLISHED = DEMO_CORPUS.parent / "published"
PACK = PUBLISHED / "castlebourne-cpp-2024-03-14.pdf"
QUESTION = "How many CYPiC did Castlebourne have at the end of January 2024?"
HOSTILE = '5 <6 & "so on"'


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("printed")
    with Assistant(Store.open(folder / "store")) as assistant:
        page = folder / "averonshire-note.md"
        page.write_text(f"# Averonshire County Council\n\nThe clerk wrote {HOSTILE} in full.\n")
        assert not assistant.ingest([PACK, page]).refused
        yield assistant


def boxed_part(png: bytes) -> int:
    """How many pixels are tinted as a box is."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return sum(
        count
        for count, (red, green, blue) in image.getcolors(1 << 24) or ()
        if red > 200 and green > 190 and blue < 215 and red - blue > 25
    )


def test_a_quote_of_an_answer_is_boxed_on_the_picture_of_its_page(assistant: Assistant) -> None:
    cited = assistant.ask(QUESTION).citations[0]
    span = assistant.printed.span_of(cited)
    assert span is not None and span.page.number == cited.page

    picture = assistant.printed.image(cited.paper, span)
    assert picture is not None and picture.boxed and boxed_part(picture.png) > 200


def test_the_page_as_read_marks_the_quote_and_no_more(assistant: Assistant) -> None:
    cited = assistant.ask(QUESTION).citations[0]
    span = assistant.printed.span_of(cited)
    assert span is not None
    page = assistant.printed.read(cited.paper, span)

    marked = re.findall(r"<mark>(.*?)</mark>", page.body)
    assert marked[:2] == ["CYPiC", "503"] and len(marked) < 8


def test_text_of_a_paper_is_no_markup_on_its_page(assistant: Assistant) -> None:
    quote = f"The clerk wrote {HOSTILE} in full."
    cited = Citation(1, "averonshire-note", "", None, None, None, None, None, None, quote)
    span = assistant.printed.span_of(cited)
    assert span is not None

    page = assistant.printed.read(cited.paper, span)
    assert "5 &lt;6 &amp; &quot;so on&quot;" in page.body
    assert assistant.printed.image(cited.paper, span) is None  # it is no PDF


def test_a_quote_that_is_gone_has_no_page(assistant: Assistant) -> None:
    cited = Citation(1, "averonshire-note", "", None, None, None, None, None, None, "Never said.")

    assert assistant.printed.span_of(cited) is None


def test_words_are_found_over_line_ends_and_hyphens(tmp_path: Path) -> None:
    file = tmp_path / "note.pdf"
    file.write_bytes(pdf(lines("Grants of £60 for every care", "leaver, from 1 April.")))

    assert page_image(file, 1, "grants of £60 for every care-leaver from 1 April").boxed
    assert not page_image(file, 1, "something quite different that isn't there").boxed
    assert not page_image(file, 1, "").boxed


def test_a_huge_page_gives_a_picture_of_bounded_size(tmp_path: Path) -> None:
    file = tmp_path / "poster.pdf"
    file.write_bytes(pdf(lines("Large"), size=(14000, 14000)))

    assert max(Image.open(io.BytesIO(page_image(file, 1, "").png)).size) <= 1500


def test_what_is_no_pdf_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(b"%PDF-1.4 and nothing more")

    with pytest.raises(UnreadableFile):
        page_image(file, 1, "")
