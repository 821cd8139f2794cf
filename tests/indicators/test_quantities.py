"""Figures as printed."""

from decimal import Decimal

import pytest

from indicators.quantities import find_quantities, spoken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£70.000", [("70000", "gbp", ("read as thousands",))]),
        ("£1,234.50", [("1234.50", "gbp", ())]),
        ("£2.316m", [("2316000.000", "gbp", ())]),
        ("£1.4mn", [("1400000.0", "gbp", ())]),
        ("£4.1 million", [("4100000.0", "gbp", ())]),
        ("97 (14%)", [("97", "count", ()), ("14", "percent", ())]),
        ("[715]", [("715", "count", ("bracketed",))]),
        ("-12", [("-12", "count", ())]),
        ("−0.3", [("-0.3", "count", ())]),
        ("12 days", [("12", "days", ())]),
        ("20 per cent", [("20", "percent", ())]),
        ("1,378", [("1378", "count", ())]),
        ("2017/18", []),
        ("31st", []),
        ("ring 01632 960000", []),
        ("no figure", []),
    ],
)
def test_printed_figures(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = [(f"{q.value:f}", q.unit, q.flags) for q in find_quantities(text)]
    assert found == expected


def test_worded_numbers() -> None:
    found = [(q.value, q.unit) for q in find_quantities("Ten of twelve", worded=True)]
    assert found == [(Decimal(10), "count"), (Decimal(12), "count")]


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        ("61", "percent", "61%"),
        ("1", "pp", "1 percentage point"),
        ("-1.5", "pp", "-1.5 percentage points"),
        ("3594", "gbp", "£3,594"),
        ("-230000", "gbp", "-£230,000"),
        ("4250000", "gbp", "£4.25 million"),
        ("241", "days", "241 days"),
        ("65.20", "rate per 10,000", "65.2 per 10,000"),
        ("1378", "count", "1,378"),
    ],
)
def test_spoken(value: str, unit: str, told: str) -> None:
    assert spoken(Decimal(value), unit) == told
