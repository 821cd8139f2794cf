"""Documents: one form, three formats, and text that is never markup in any of them."""

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as WordDocument
from PIL import Image as Picture

from assistant.assistant import Assistant
from assistant.documents.answers import answers_document
from assistant.documents.docx import to_docx
from assistant.documents.markdown import to_markdown
from assistant.documents.model import (
    Bullets,
    Document,
    Heading,
    Image,
    Paragraph,
    Quote,
    Table,
)
from assistant.documents.pdf import to_pdf

HOSTILE = "<b>bold</b> *stars* [link](http://a.example) | # \x1b[31m \ufffe"


def picture() -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (300, 100), "red").save(out, "PNG")
    return out.getvalue()


def sample(words: str = "Words") -> Document:
    return Document(
        words,
        (
            Heading(words, level=2),
            Paragraph(f"{words}\n624 − 602 = 22"),
            Bullets(("one", words), numbered=True),
            Quote(words, "Council · page 3"),
            Table(("When", words), (("May", words), ("June", "x " * 4000)), caption=words),
            Image(picture(), words),
            Paragraph(words, small=True),
        ),
        foot=words,
    )


def pdf_text(raw: bytes) -> str:
    document = pypdfium2.PdfDocument(raw)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def word_text(raw: bytes) -> str:
    document = WordDocument(io.BytesIO(raw))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_every_block_is_in_every_format() -> None:
    document = sample()
    wanted = ("Words", "624 − 602 = 22", "one", "Council · page 3", "When", "June")

    for text in (to_markdown(document), word_text(to_docx(document)), pdf_text(to_pdf(document))):
        assert [word for word in wanted if word not in text] == []


def test_text_is_never_markup() -> None:
    document = sample(HOSTILE)

    markdown = to_markdown(document)
    assert "<b>" not in markdown.replace("\\<b", "") and "\\[link\\]" in markdown
    assert "\x1b" not in markdown and "| May | \\<b\\>bold" in markdown
    assert "<b>bold</b> *stars*" in pdf_text(to_pdf(document))
    assert "<b>bold</b> *stars* [link](http://a.example)" in word_text(to_docx(document))


def test_a_line_that_opens_like_a_heading_or_a_list_isn_t_one() -> None:
    told = to_markdown(Document("t", (Paragraph("# no\n1. no\n- no\n=== no"),)))

    assert "\\# no" in told and "1\\. no" in told and "\\- no" in told and "\\=== no" in told


@pytest.mark.parametrize("write", [to_docx, to_pdf, to_markdown])
def test_the_same_document_gives_the_same_bytes(write: object) -> None:
    assert write(sample()) == write(sample())  # type: ignore[operator]


def test_a_word_file_doesn_t_say_when_it_was_written() -> None:
    """What broke: two of the same document differed where a second passed between them."""
    with zipfile.ZipFile(io.BytesIO(to_docx(sample()))) as made:
        assert {item.date_time for item in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_letters_that_the_font_lacks_become_plainer_ones() -> None:
    text = pdf_text(to_pdf(Document("Cyngor Sir Gâr: ŵy, Ŷ → 3 ✗ ḱ", ())))

    assert "Cyngor Sir Gâr: ŵy, Ŷ → 3 no k" in text


def test_an_answer_as_a_document_has_its_working_and_all_its_sources(
    demonstration: Assistant,
) -> None:
    question = "How did dental checks in Averonshire change between June 2023 and May 2024?"
    answer = demonstration.ask(question)
    told = word_text(to_docx(answers_document([answer], demonstration.papers())))

    assert question in told and "80% − 72% = 8 percentage points" in told
    for cited in answer.citations:
        assert cited.quote.split(" | ")[0] in told and f"[{cited.marker}] Averonshire" in told


def test_a_word_file_names_its_headings_tables_and_pictures() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(sample()))) as parts:
        body = parts.read("word/document.xml").decode()

    assert 'w:val="Heading2"' in body and "<w:tblHeader/>" in body and 'descr="Words"' in body


def test_an_empty_document_can_be_written(tmp_path: Path) -> None:
    for write in (to_docx, to_pdf, to_markdown):
        assert write(Document("Nothing", ()))
