from collections.abc import Callable

import pytest

from tests.ingest.formats.making import Draw, all_of, lines, reading

TOPICS = ("carers", "nurses", "schools", "homes", "passes", "lessons", "reviews")


def body(topic: str) -> Draw:
    return lines(
        f"Members heard about {topic} from the director, and asked that more be said of it in",
        f"the autumn, since {topic} had been left out of the last report to the panel.",
        y=150,
    )


def numbered(form: Callable[[int], str], *, first: int = 1, y: float = 800) -> list[Draw]:
    return [
        all_of(body(topic), lines(form(n), x=280, y=y, size=9))
        for n, topic in enumerate(TOPICS, first)
    ]


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(lambda n: f"Page {n}", id="Page 5"),
        pytest.param(str, id="5"),
        pytest.param(lambda n: f"- {n} -", id="- 5 -"),
        pytest.param(lambda n: f"{n} of 40", id="5 of 40"),
        pytest.param(lambda n: f"Page {n} of 40", id="Page 5 of 40"),
    ],
)
@pytest.mark.parametrize("y", [30, 800])
def test_the_printed_number_is_read_and_taken_off(form: Callable[[int], str], y: float) -> None:
    read = reading(*numbered(form, first=13, y=y))
    assert [page.printed for page in read.pages] == list(range(13, 20))
    assert [page.text.count("\n") for page in read.pages] == [0] * 7


def test_numbers_that_don_t_count_up_with_the_sheets_are_not_believed() -> None:
    odd = [4, 19, 3, 7, 2, 33, 8]
    pages = [
        all_of(body(topic), lines(str(n), x=280, y=800, size=9))
        for topic, n in zip(TOPICS, odd, strict=True)
    ]
    read = reading(*pages)
    assert [page.printed for page in read.pages] == [None] * 7
    assert [page.text.rsplit("\n", 1)[-1] for page in read.pages] == [str(n) for n in odd]


def test_a_gap_between_agreeing_neighbours_is_filled_and_an_end_is_not() -> None:
    pages = numbered(lambda n: f"Page {n}")
    pages[0], pages[3] = body("passes"), body("chairs")
    read = reading(*pages)
    assert [page.printed for page in read.pages] == [None, 2, 3, 4, 5, 6, 7]


def test_the_pack_s_own_number_outranks_that_of_a_report_in_it() -> None:
    pages = [
        all_of(
            body(topic),
            lines(str(n % 3 + 1), x=280, y=780, size=9),
            lines(f"Page {n + 40}", x=480, y=810, size=9),
        )
        for n, topic in enumerate(TOPICS)
    ]
    assert [page.printed for page in reading(*pages).pages] == list(range(40, 47))


def test_running_heads_are_kept_once_and_headings_always() -> None:
    pages = [
        all_of(lines("Corporate Parenting Panel", x=380, y=30, size=9), body(topic))
        for topic in TOPICS
    ]
    texts = [page.text for page in reading(*pages).pages]
    assert [text.count("Corporate Parenting Panel") for text in texts] == [1, 0, 0, 0, 0, 0, 0]


def test_counted_headings_at_the_top_are_no_running_heads() -> None:
    pages = [
        all_of(lines(f"Appendix {n}", y=60, size=14), body(topic))
        for n, topic in enumerate(TOPICS, 1)
    ]
    read = reading(*pages)
    assert [f"Appendix {n}" in page.text for n, page in enumerate(read.pages, 1)] == [True] * 7
