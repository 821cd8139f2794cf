from ingest.model import Locator, Page
from ingest.pages import on_page, page_at

PAGES = (Page(0, 10, None, 1), Page(10, 25, 1, 2), Page(25, 30, 2, 3))


def test_a_place_is_on_the_page_in_which_it_begins() -> None:
    assert [page_at(PAGES, at) for at in (0, 9, 10, 24, 25, 99)] == [
        PAGES[0], PAGES[0], PAGES[1], PAGES[1], PAGES[2], PAGES[2],
    ]  # fmt: skip
    where = on_page(Locator("a", 9, 28), PAGES)
    assert (where.page, where.sheet) == (None, 1)
    assert (on_page(Locator("a", 24, 28), PAGES).page, on_page(Locator("a", 26, 28), ()).page) == (
        1,
        None,
    )
