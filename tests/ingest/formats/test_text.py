from ingest.formats.limits import Limits
from ingest.formats.text import read_text


def test_pages_are_known_only_between_marks_in_order() -> None:
    """What broke: a mark moved into the middle of the paper gave wrong pages."""
    text = "One.\n\nPage 1\n\nTwo.\n\nPage 5\n\nThree.\n\n**Page 6 of 9**\n\nFour.\n"
    pages = read_text(text.encode(), Limits()).pages
    assert [(page.text.split()[0], page.printed) for page in pages] == [
        ("One.", 1),
        ("Two.", None),
        ("Three.", 6),
        ("Four.", None),
    ]
    assert "".join(page.text for page in pages) == text


def test_a_text_without_marks_is_one_page_without_a_number() -> None:
    (page,) = read_text(b"One.\nSee Page 4 of the report.\n", Limits()).pages
    assert (page.printed, page.sheet) == (None, None)


def test_marks_at_the_heads_of_pages() -> None:
    text = "\nPage 3\nOne.\nPage 4\nTwo.\nPage 7\nSeven.\n"

    pages = read_text(text.encode(), Limits()).pages

    assert [(page.text.split("\n")[-2], page.printed) for page in pages] == [
        ("One.", 3), ("Two.", None), ("Seven.", 7),
    ]  # fmt: skip
    assert "".join(page.text for page in pages) == text


def test_marks_beside_the_name_of_the_meeting() -> None:
    text = "One.\nSaltby | 4 May 2023 | Page 1 of 9\nSee Lights - Page 2\nSaltby - Page 2 of 9\n"
    assert [page.printed for page in read_text(text.encode(), Limits()).pages] == [1, 2]
