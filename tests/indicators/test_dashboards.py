"""Figures of made-up dashboards."""

from tests.indicators.making import OWN, dashboard

_DATED = "Data as at 31 May 2024\n\n"


def _lines(*lines: str) -> list[tuple[object, ...]]:
    return dashboard(_DATED + "\n\n".join(lines))


def test_a_value_with_comparators() -> None:
    shown = _lines("Dental checks", "78%", "2022/23 England = 76%", "Target = 85%")
    assert shown == [
        ("Dental checks", OWN, "actual", "2024-05-31", "78", "percent", ()),
        ("Dental checks", "England", "actual", "2023-03-31", "76", "percent", ()),
        ("Dental checks", OWN, "target", "2024-05-31", "85", "percent", ()),
    ]


def test_current_with_a_count_in_brackets() -> None:
    second = ("second figure in the cell",)
    assert _lines("Reviews on time", "Current = 91% (182 children)", "March 2024 = 90%") == [
        ("Reviews on time", OWN, "actual", "2024-05-31", "91", "percent", ()),
        ("Reviews on time", OWN, "actual", "2024-05-31", "182", "count", second),
        ("Reviews on time", OWN, "actual", "2024-03-31", "90", "percent", ()),
    ]


def test_comparators_on_one_line() -> None:
    shown = _lines("School absence", "6%", "England 7%, statistical neighbours 8%")
    assert [(o[1], o[4]) for o in shown] == [
        (OWN, "6"), ("England", "7"), ("statistical neighbours", "8"),
    ]  # fmt: skip


def test_a_value_before_its_label() -> None:
    assert [(o[0], o[4]) for o in _lines("78% Dental checks", "91% Reviews on time")] == [
        ("Dental checks", "78"), ("Reviews on time", "91"),
    ]  # fmt: skip


def test_two_values_under_one_label_are_left_out() -> None:
    assert _lines("Dental checks", "78%", "81%") == []


def test_a_small_number_is_held_back() -> None:
    assert _lines("Care leavers in custody", "c", "Reviews on time", "91%") == [
        ("Care leavers in custody", OWN, "actual", "2024-05-31", None, "count", ("suppressed",)),
        ("Reviews on time", OWN, "actual", "2024-05-31", "91", "percent", ()),
    ]


def test_a_value_in_a_chart_leaves_its_comparator() -> None:
    shown = _lines("Health checks", "(see chart)", "2022/23 Northmoor = 88%", "Absence", "9%")
    assert [(o[0], o[3], o[4]) for o in shown] == [
        ("Health checks", "2023-03-31", "88"), ("Absence", "2024-05-31", "9"),
    ]  # fmt: skip


def test_a_bare_number_over_a_hundred_is_no_percentage() -> None:
    """The axis of a chart, or a count, that stands where the share should."""
    assert _lines("% of children in good schools", "412") == []
    assert [o[4] for o in _lines("% of children in good schools", "41")] == ["41"]
