"""What is said of figures that are set side by side."""

import pytest

from indicators.comparing import age_band, warnings
from tests.indicators.making import figure


@pytest.mark.parametrize(
    ("label", "band"),
    [
        ("Care leavers aged 19 to 21 in EET", (19, 21)),
        ("EET, aged 17 and 18", (17, 18)),
        ("Care leavers 17-21 in suitable accommodation", (17, 21)),
        ("Children in care", None),
        ("Fewer than 3 placements", None),
    ],
)
def test_ages_in_a_label(label: str, band: tuple[int, int] | None) -> None:
    assert age_band(figure("5", measure=label)) == band


def test_other_ages_are_said() -> None:
    one = figure("61", "percent", measure="EET, aged 17 and 18")
    two = figure("57", "percent", measure="EET, aged 19 to 21")
    assert warnings([one, two]) == (
        "the figures are of different age groups (17 to 18; 19 to 21), so compare with care.",
    )


def test_other_dates_of_two_areas_are_said() -> None:
    one = figure("61", "percent", when="31 March 2024")
    two = figure("57", "percent", when="2021/22", area="England")
    assert warnings([one, two]) == (
        "the figures are of different dates (Northmoor 31 March 2024, England 2021/22).",
    )
    assert warnings([one, figure("60", "percent", when="March 2024", area="England")]) == ()
