"""What a level was before a change to it, by sums worked by hand."""

import pytest

from indicators.calculate import NotComparable, before_change
from tests.indicators.making import figure


@pytest.mark.parametrize(
    ("level", "change", "unit", "rose", "before"),
    [
        ("136", "4", "count", True, "132"),
        ("9", "3", "count", False, "12"),
        ("27", "25", "percent", False, "36"),
        ("110", "10", "percent", True, "100"),
    ],
)
def test_worked_back(level: str, change: str, unit: str, rose: bool, before: str) -> None:
    worked = before_change(figure(level), figure(change, unit), rose=rose)
    assert (f"{worked.result.normalize():f}", worked.unit) == (before, "count")


def test_a_fall_by_all_of_it_leaves_nothing() -> None:
    with pytest.raises(NotComparable):
        before_change(figure("5"), figure("100", "percent"), rose=False)


def test_units_must_agree() -> None:
    with pytest.raises(NotComparable):
        before_change(figure("5"), figure("100", "gbp"), rose=True)
