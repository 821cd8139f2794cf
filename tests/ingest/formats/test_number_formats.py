"""Numbers as a spreadsheet prints them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.number_formats import BUILT_IN, decimal_of, number_format


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("0.5", "0%", "50%"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("-0.001", "0.0", "0.0"),
        ("99.95", "0.0", "100.0"),
        ("1500000", '£#,##0.0,,"m"', "£1.5m"),
        ("12", "00000", "00012"),
        ("0.256", "0.0#%", "25.6%"),
        ("3", '0" days"', "3 days"),
        ("7", "[$£-809]#,##0", "£7"),
        ("1234.5", BUILT_IN[44], "£1,234.50"),
        ("-1234.5", "#,##0.0;[Red](#,##0.0)", "(1,234.5)"),
        ("12", '[<10]0;[>=10]"over "0', "over 12"),
        ("123456", "0.00E+00", "1.23E+05"),
        ("0.5", "# ?/?", "0.5"),
        ("45382", "yyyy", "2024"),
        ("45382", "[$-809]d mmmm yyyy", "31 March 2024"),
        ("45382", "dddd", "31 March 2024"),
        ("59", "d/m/yy", "28 February 1900"),
        ("0.5", "h:mm", "12:00"),
        ("1.25", "[h]:mm", "30:00"),
        ("-3", "dd/mm/yyyy", "-3"),
        ("1234", '"Q"0', "Q1234"),
        ("5", "@", "5"),
    ],
)
def test_formats_print_as_excel_does(value: str, code: str, shown: str) -> None:
    assert number_format(code).show(Decimal(value)) == shown


def test_dates_counted_from_1904() -> None:
    assert number_format("d mmm yyyy").show(Decimal(0), since_1904=True) == "1 January 1904"


@given(st.text(max_size=30), st.decimals(allow_nan=False, allow_infinity=False))
def test_no_format_and_no_number_fail(code: str, value: Decimal) -> None:
    number = decimal_of(str(value))
    if number is not None:
        assert isinstance(number_format(code).show(number), str)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_digits_are_those_of_the_number(whole: int, places: int) -> None:
    value = Decimal(whole).scaleb(-places)
    shown = number_format("#,##0." + "0" * places if places else "#,##0").show(value)
    assert Decimal(shown.replace(",", "")) == value
