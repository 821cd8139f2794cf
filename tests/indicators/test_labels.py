"""Labels taken apart: (last day, area, basis, rest, percent)."""

import pytest

from indicators.labels import read_label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016/17 England", ("2017-03-31", "England", "actual", "", False)),
        ("Target 2018/19", ("2019-03-31", None, "target", "", False)),
        ("Baseline 31 March 2018", ("2018-03-31", None, "baseline", "", False)),
        ("Northmoor CLA 2023", ("2023-12-31", "Northmoor", "actual", "CLA", False)),
        ("Stat. neighbours", (None, "statistical neighbours", "actual", "", False)),
        ("3.2 Dental checks (%)", (None, None, "actual", "Dental checks", True)),
        ("Percentage seen", (None, None, "actual", "Percentage seen", True)),
    ],
)
def test_labels(text: str, expected: tuple[object, ...]) -> None:
    label = read_label(text, "Northmoor")
    last = str(label.period.end) if label.period else None
    assert (last, label.area, label.basis.value, label.rest, label.percent) == expected


@pytest.mark.parametrize(
    ("label", "rest"),
    [
        ("Three or more placements in the year", "Three or more placements in the year"),
        ("Average caseload", "Average caseload"),
        ("Latest outturn", ""),
        ("England average", ""),
        ("Actual 2022/23", ""),
    ],
)
def test_a_measure_keeps_its_words(label: str, rest: str) -> None:
    """What broke: "in the year" lost its year, and the answer ended in "in the"."""
    assert read_label(label).rest == rest
