"""The calculations against sums worked by hand (`calculations.csv`)."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from indicators import calculate
from indicators.calculate import Calculation, NotComparable
from ingest.model import Observation
from tests.indicators.making import figure

_TWO = {
    "difference": calculate.difference,
    "percent_change": calculate.percent_change,
    "share": calculate.share,
    "ratio": calculate.ratio,
}
_MANY = {"total": calculate.total, "average": calculate.average}
_PICK = {"highest": calculate.highest, "lowest": calculate.lowest}


@dataclass(frozen=True)
class Case:
    operation: str
    inputs: tuple[Observation, ...]
    result: str
    unit: str

    def worked(self) -> tuple[tuple[Decimal | None, ...], str]:
        if self.operation in _PICK:
            picked = _PICK[self.operation](self.inputs)
            return tuple(o.value for o in picked), picked[0].unit
        done = self._calculation()
        return (done.result,), done.unit

    def _calculation(self) -> Calculation:
        if self.operation in _TWO:
            return _TWO[self.operation](*self.inputs)
        if self.operation in _MANY:
            return _MANY[self.operation](self.inputs)
        return calculate.complement(*self.inputs)


def _input(text: str, unit: str) -> Observation:
    if text == "blank":
        return figure(None, unit)
    if text.startswith("£"):
        return figure(text[1:], "gbp")
    return figure(text[:-1], "percent") if text.endswith("%") else figure(text, unit)


def _cases() -> list[Case]:
    with Path(__file__).with_name("calculations.csv").open(encoding="utf-8") as file:
        return [
            Case(
                line["operation"],
                tuple(_input(text, line["unit"]) for text in line["inputs"].split()),
                line["result"],
                line["result_unit"],
            )
            for line in csv.DictReader(file)
        ]


@pytest.mark.parametrize("case", _cases(), ids=lambda c: f"{c.operation}-{c.result}")
def test_worked_by_hand(case: Case) -> None:
    if case.result == "refused":
        with pytest.raises(NotComparable):
            case.worked()
        return
    expected = tuple(Decimal(value) for value in case.result.split())
    assert case.worked() == (expected, case.unit)


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 60


@pytest.mark.parametrize(
    ("work", "formula"),
    [
        (
            lambda: calculate.difference(figure("602"), figure("624")),
            "602 − 624 = -22",
        ),
        (
            lambda: calculate.difference(figure("61", "percent"), figure("60", "percent")),
            "61% − 60% = 1 percentage point",
        ),
        (
            lambda: calculate.percent_change(figure("150"), figure("100")),
            "(150 − 100) ÷ 100 × 100 = 50%",
        ),
        (lambda: calculate.share(figure("1"), figure("8")), "1 ÷ 8 × 100 = 12.5%"),
        (lambda: calculate.total([figure("1200"), figure("34")]), "1,200 + 34 = 1,234"),
        (lambda: calculate.average([figure("3"), figure("6")]), "(3 + 6) ÷ 2 = 4.5"),
        (lambda: calculate.complement(figure("85", "percent")), "100% − 85% = 15%"),
    ],
)
def test_formula_shows_the_working(work: Callable[[], Calculation], formula: str) -> None:
    assert work().formula == formula


def test_what_went_in_is_kept() -> None:
    later, earlier = figure("5"), figure("4")
    assert calculate.difference(later, earlier).inputs == (later, earlier)
