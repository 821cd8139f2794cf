"""Rows that are months or quarters under columns that are years, on made-up tables."""

import pytest

from indicators.parts_of_years import part_of_year
from ingest.periods import describe, find_periods
from tests.indicators.making import printed

_MONTHS = """Table 1: boats seen

| Month | 2021/22 | 2022/23 |
| --- | --- | --- |
| April | 12 | 14 |
| May | 15 | 11 |
| Total | 27 | 25 |
"""
_BARS = """Boats seen

Month | 2021/22 | 2022/23
--- | --- | ---
April | 12 | 14
January | 15 | 11
"""
_QUARTERS = """Table 2: moorings let on time, 2022/23

| Quarter | Let | On time | % on time |
| --- | --- | --- | --- |
| Q1 | 120 | 84 | 70.0 |
| Q4 | 125 | 105 | 84.0 |
| Year | 245 | 189 | 77.1 |
"""


def test_months_down_are_of_the_years_across() -> None:
    """What broke: April of each year was told as the whole year."""
    dated = {(value, last) for _, _, _, last, value, _ in printed(_MONTHS)}
    assert dated == {
        ("12", "2021-04-30"), ("14", "2022-04-30"), ("15", "2021-05-31"), ("11", "2022-05-31"),
        ("27", "2022-03-31"), ("25", "2023-03-31"),
    }  # fmt: skip


def test_rows_that_bars_set_apart_need_none_around_them() -> None:
    dated = {(value, last) for _, _, _, last, value, _ in printed(_BARS)}
    assert dated == {
        ("12", "2021-04-30"), ("14", "2022-04-30"), ("15", "2022-01-31"), ("11", "2023-01-31"),
    }  # fmt: skip


def test_quarters_down_are_of_the_year_of_the_caption() -> None:
    shares = {(value, last) for _, _, _, last, value, unit in printed(_QUARTERS) if unit != "count"}
    assert shares == {("70.0", "2022-06-30"), ("84.0", "2023-03-31"), ("77.1", "2023-03-31")}


@pytest.mark.parametrize(
    ("label", "year", "told"),
    [
        ("Q2", "2022/23", "quarter 2 of 2022/23"),
        ("Half 2", "2022/23", "second half of 2022/23"),
        ("February", "2022/23", "February 2023"),
        ("October", "the calendar year 2022", "October 2022"),
        ("Q1", "March 2023", "March 2023"),
    ],
)
def test_the_part_of_a_year(label: str, year: str, told: str) -> None:
    part = part_of_year(label)
    assert part is not None
    assert told in describe(part.within(find_periods(year)[0].period))


@pytest.mark.parametrize("label", ["Q5", "May day trips", "Quarterly", "Boats in April"])
def test_other_labels_are_no_part(label: str) -> None:
    assert part_of_year(label) is None
