"""Which way is better: said of measures that no catalogue knows only where the words are sure."""

import pytest

from indicators.better import better
from tests.indicators.making import figure


@pytest.mark.parametrize(
    ("label", "unit", "way"),
    [
        ("Urgent repairs completed on time", "percent", "higher"),
        ("Planning applications determined within 8 weeks", "percent", "higher"),
        ("Tenants satisfied with their home", "percent", "higher"),
        ("Household waste recycled", "percent", "higher"),
        ("Complaints answered on time", "percent", "higher"),
        ("Missing children with a return interview completed in time", "percent", "higher"),
        ("Staff turnover", "percent", "lower"),
        ("Persistent absence", "percent", "lower"),
        ("Offenders who re-offended within 12 months", "percent", "lower"),
        ("Inspections not completed on time", "percent", "lower"),
        ("Inspections missed", "percent", "lower"),
        ("Average days to re-let a home", "days", "lower"),
        ("Days lost to sickness for each member of staff", "days", "lower"),
        # no view, also where a catalogued measure is turned round
        ("Reviews of children in care not held on time", "percent", "neither"),
        ("Plans that lasted two years or more", "percent", "neither"),
        ("Visits by phone", "percent", "neither"),
        ("Meetings held in the evening", "percent", "neither"),
        ("Complaints upheld and completed", "percent", "neither"),
        ("Tenancies that began this year", "percent", "neither"),
        ("Average days of a placement", "days", "neither"),
        ("Repairs reported", "count", "neither"),
    ],
)
def test_the_better_way(label: str, unit: str, way: str) -> None:
    assert better(figure("12", unit, measure=label, context="Services")) == way
