"""Figures of made-up sentences."""

from tests.indicators.making import printed, sentences


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


def test_a_number_behind_a_stretch_of_time_counts() -> None:
    """What broke: "the year 25" was taken for a label, as "year 9" is."""
    assert _values("During the year 25 children were adopted by new families.")[0][0] == "25"
    assert _values("Over six months 125 young people left the scheme for good.")[0][0] == "125"
    assert _values("In the same year 71 were opened by the team in the north.")[0][0] == "71"
    assert _values("The year 9 pupils did well in the summer that followed.") == []
    assert _values("In month 6 children were asked what they thought of it.") == []


def test_a_rounded_count_is_a_figure() -> None:
    assert _values("The hub feeds more than 90 families in most weeks.")[0][0] == "90"
    assert _values("Families with more than 30 children were never seen here.") == []


def test_a_clause_with_its_own_figure_has_its_own_area() -> None:
    told = _values("The delay was 426 days; the England average was 486.")
    assert [(value, area) for value, _, area, _ in told] == [
        ("426", "Northmoor"),
        ("486", "England"),
    ]


def test_a_later_clause_is_not_of_the_date_before() -> None:
    told = _values("The gap stood at 70.6 in February 2021; it had closed to 42.9 since.")
    assert [(value, last) for value, *_, last in told] == [("70.6", "2021-02-28"), ("42.9", None)]


def test_a_comparison_does_not_date_the_sentence_behind_it() -> None:
    told = _values(
        "There were 136 complaints, four more than in 2016/17. Of these 34 were settled early."
    )
    assert ("34", "count", "Northmoor", None) in told


def test_a_name_with_a_number_and_an_age_are_no_figures() -> None:
    assert _values("Examples are our project and our MASH 12, which made a difference.") == []
    told = _values("Sixteen young people turned eighteen in the first half of 2022/23.")
    assert [value for value, *_ in told] == ["16"]


def test_bullets_that_open_with_a_share_are_items() -> None:
    """What broke: "- 94.8%" was taken for a paragraph's number, and ran into the item above."""
    told = printed(
        "Points:\n- 1,600 reviews were held by the team.\n- 94.8% of children had a plan.\n"
        "- 8 Stage 1 complaints were received in all.\n",
        "sentence",
    )
    assert [value for *_, value, _ in told] == ["1600", "94.8", "8"]
