"""Rules on what papers restate, move or contradict in prose."""

import pytest

from indicators.findings import Rule
from indicators.restated import corrections, jumps, overspends, targets_moved, undated
from ingest.model import Basis
from tests.indicators.making import figure


def _said(value: str, text: str, unit: str = "percent", when: str | None = None, row: int = 40):  # type: ignore[no-untyped-def]
    printed = {"gbp": f"£{int(value) / 1_000_000:g} million"}.get(unit, value)
    return figure(
        value, unit, measure=text, when=when, source="sentence", text=text, printed=printed, row=row
    )


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("The count of buses was 509 and not 512 as first printed.", "509", "512"),
        ("The share was reported in June as 92%; it became 93% with late returns.", "93", "92"),
        ("The rate has been corrected from 71% to 68%.", "68", "71"),
    ],
)
def test_a_declared_correction(text: str, right: str, wrong: str) -> None:
    found = list(corrections([_said(right, text), _said(wrong, text)]))
    assert [(f.rule, tuple(map(str, f.terms))) for f in found] == [(Rule.CORRECTED, (right, wrong))]


@pytest.mark.parametrize(
    "text", ["It fell from 71% to 68%.", "There were 509 buses, and 512 the year before."]
)
def test_a_change_is_no_correction(text: str) -> None:
    values = ("71", "68") if "%" in text else ("509", "512")
    assert list(corrections([_said(v, text) for v in values])) == []


@pytest.mark.parametrize(("total", "found"), [("6100000", 1), ("6400000", 0)])
def test_an_overspend_in_words_beside_its_table(total: str, found: int) -> None:
    text = "The budget is forecast to be overspent by £6.4 million."
    table = figure(total, "gbp", measure="Total Variance", when=None)
    assert len(list(overspends([table, _said("6400000", text, "gbp")]))) == found


@pytest.mark.parametrize(("value", "found"), [("21", 1), ("19", 0), ("22", 0)])
def test_a_share_without_a_date_that_no_table_prints(value: str, found: int) -> None:
    label = "Children placed more than 20 miles from home"
    held = [
        figure("19", "percent", measure=label, row=1),
        figure("22", "percent", measure=label, when="31 March 2023", row=2),
        _said(value, f"{value}% of children are placed more than 20 miles from home."),
    ]
    assert len(list(undated(held))) == found


def test_a_target_that_moves_between_papers() -> None:
    held = [
        figure(value, "percent", measure="Dental checks up to date", basis=Basis.TARGET, paper=p)
        for value, p in (("85", "a-2023"), ("90", "b-2024"), ("90", "c-2025"))
    ]
    found = list(targets_moved(held))
    assert [f.sentence for f in found] == [
        "Northmoor, Dental checks up to date: the target is 85% in a-2023 and 90% in b-2024."
    ]


def test_a_figure_far_off_its_neighbours() -> None:
    months = ("April", "May", "June", "July", "August", "September", "October")
    values = ("341", "344", "338", "833", "335", "331", "330")
    held = [figure(v, when=f"{m} 2024") for v, m in zip(values, months, strict=True)]
    assert [f.observations[0].value for f in jumps(held)] == [833]
    assert list(jumps([o for o in held if o.value != 833])) == []
