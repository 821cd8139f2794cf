"""Comparator areas and councils."""

import pytest

from indicators.places import council_names, find_area, find_areas, is_region


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("the national average", "England"),
        ("Stat Neighbours", "statistical neighbours"),
        ("stat. neighbours", "statistical neighbours"),
        ("West Mids", "West Midlands"),
        ("regionally", "the region"),
        ("a national insurance number", "England"),
        ("the county", None),
    ],
)
def test_areas(text: str, area: str | None) -> None:
    found = find_area(text)
    assert (found[0] if found else None) == area


def test_all_areas_in_order() -> None:
    assert [a for a, _, _ in find_areas("England 7%, South East 8%")] == ["England", "South East"]


def test_regions() -> None:
    assert is_region("South East")
    assert not is_region("England")
    assert not is_region("statistical neighbours")


def test_councils_are_known_by_name() -> None:
    assert "Leeds" in council_names()
    assert "Northmoor" not in council_names()
