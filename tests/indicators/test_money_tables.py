"""Tables of budgets and scorecards whose heads say their money, year or rank beside the columns."""

from tests.indicators.making import Told, printed


def _told(text: str) -> list[Told]:
    return printed(text, "table", "dashboard")


_SET_OUT = """Report: revenue forecast, period 9 (to 31 December 2023)

Table A                                                      £000
                                  Revised    Full-year   Variance
                                   budget     forecast    over/
                                                          (under)
Moorings                           14,210       14,655        445
Dredging                           21,860       24,315      2,455
Lights and buoys                    4,905        4,770       (135)
Ropes                               6,340        6,118       (222)
Total                              47,315       49,858      2,543
"""


def test_thousands_said_at_the_right_are_of_all_columns() -> None:
    """What broke: the first columns were counts, and "£000" a part of the last one's head."""
    told = {(label, value, unit) for label, *_, value, unit in _told(_SET_OUT)}
    assert ("Dredging Revised budget", "21860000", "gbp") in told
    assert ("Dredging Variance over/ under", "2455000", "gbp") in told
    assert ("Ropes Variance over/ under", "-222000", "gbp") in told


_UNDER_CAPTION = """Report: harbour outturn 2021-22

Table 6\t£'000
Heading\tBudget\tActual\tVariance
Moorings\t6,412\t6,790\t378
Dredging\t9,880\t10,935\t1,055
Ropes\t4,215\t4,004\t(211)
"""


def test_a_caption_with_its_money_is_no_head() -> None:
    """What broke: only the first column was read, under "£'000"."""
    told = {(label, value, unit) for label, *_, value, unit in _told(_UNDER_CAPTION)}
    assert ("Dredging Variance", "1055000", "gbp") in told
    assert ("Ropes Variance", "-211000", "gbp") in told
    assert ("Dredging Budget", "9880000", "gbp") in told


_OVER_UNDER = """| £m | 2024/25 actual | 2025/26 budget | 2025/26 forecast | Over / (under) |
|---|---|---|---|---|
| Moorings | 14.62 | 13.10 | 15.45 | 2.35 |
| Ropes | 4.11 | 4.60 | 4.52 | (0.08) |
"""


def test_a_variance_is_of_the_year_to_its_left() -> None:
    """What broke: it had no date beside columns of two years."""
    told = _told(_OVER_UNDER)
    assert ("Moorings Over / under", "", "actual", "2026-03-31", "2350000", "gbp") in told


_RANKED = """Table 3. Seamanship

Measure 2016/17 2017/18 2018/19 England 2018/19 Rank of 33 ports
Knots tied well at age 5 70.1% 71.3% 72.4% 71.8% 14
Sailing Attainment 8 46.2 46.7 47.0 46.6 15
Rowing, expected standard 59.3% 62.8% 64.1% 64.9% 19
"""


def test_a_rank_among_so_many_is_a_column() -> None:
    """What broke: rows that end in a number of their name were read one column to the left."""
    told = _told(_RANKED)
    assert ("Knots tied well at age 5", "", "actual", "2019-03-31", "72.4", "percent") in told
    assert ("Sailing Attainment 8", "", "actual", "2019-03-31", "47.0", "score") in told
    assert ("Sailing Attainment 8", "England", "actual", "2019-03-31", "46.6", "score") in told
    assert not [t for t in told if t[4] in ("5", "8")]


_MONTHS = """Table 1: front desk

                                    2023/24                       Q3                England
                             Oct     Nov     Dec       Q3      2022/23   Target   2022/23
                            2023    2023    2023
Boats hailed              1,412   1,387   1,064    3,863       3,702       n/a       n/a
Ropes lent                  268     291     207      766         731       n/a       n/a
Knots untied (%)           17.2    18.9    21.3     18.9        16.4      18.0      22.4
"""


def test_a_year_over_months_that_have_their_own_is_no_part_of_their_label() -> None:
    """What broke: "Knots untied 24" for December alone."""
    told = _told(_MONTHS)
    assert ("Knots untied", "", "actual", "2023-12-31", "21.3", "percent") in told
