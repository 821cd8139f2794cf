"""Figures of made-up sentences."""

from tests.indicators.making import sentences


def _values(text: str) -> list[tuple[object, ...]]:
    """(value, unit, area, last day) for each figure of a sentence."""
    return [(o[4], o[5], o[1], o[3]) for o in sentences(text)]


def test_from_one_figure_to_another() -> None:
    assert _values("Caseloads fell from 18.2 in May 2023 to 16.1 in May 2024.") == [
        ("18.2", "count", "Northmoor", "2023-05-31"),
        ("16.1", "count", "Northmoor", "2024-05-31"),
    ]


def test_a_comparator_in_a_sentence() -> None:
    assert _values("About 61% of them had a dental check, compared with 50% in England.") == [
        ("61", "percent", "Northmoor", None),
        ("50", "percent", "England", None),
    ]


def test_the_number_of_names_what_is_counted() -> None:
    told = sentences("The number of children in care on 31 March 2024 was 410 in all.")
    assert [str(o[0]).split(" | ")[0] for o in told] == ["children in care"]


def test_dates_and_telephones_are_no_figures() -> None:
    assert _values("The panel will meet on 30 April and on 4 and 11 May at the hall.") == []
    assert _values("Anybody may ring the team on 01632 960000 in the evening.") == []


def test_a_small_number_is_not_guessed() -> None:
    assert _values("Fewer than five children moved home in 2023/24.") == [
        (None, "count", "Northmoor", "2024-03-31")
    ]


def test_rates_and_money() -> None:
    told = _values("The rate was 63.4 per 10,000 at 31 March 2024 and care cost £4.25 million.")
    assert [(v, u) for v, u, _, _ in told] == [("63.4", "rate per 10,000"), ("4250000.00", "gbp")]


def test_an_age_is_no_count() -> None:
    """What broke: "another child aged seven" and "over the age of 5" were numbers of children."""
    assert _values("Another child aged seven had a plan of open adoption.") == []
    assert _values("Adopting children over the age of 5 goes well.") == []


def test_each_clause_has_its_own_date_and_the_unit_carries_on() -> None:
    """What broke: the year of "while in 2022/23 it was 441" dated the 398 days before it."""
    told = _values("The average wait was 398 days, while in 2022/23 it was 441.")
    assert told == [
        ("398", "days", "Northmoor", None),
        ("441", "days", "Northmoor", "2023-03-31"),
    ]


def test_whose_a_figure_is_the_subject_of_the_sentence_says() -> None:
    """What broke: the neighbours' 58, far behind their name, was taken for the council's own."""
    told = _values(
        "Our statistical neighbours look after rather more for their size: 58 per 10,000."
    )
    assert [(v, a) for v, _, a, _ in told] == [("58", "statistical neighbours")]
