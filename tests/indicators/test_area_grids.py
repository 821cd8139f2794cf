"""Tables with a group of columns for each area, broken over lines as narrow columns break them."""

import pytest

from indicators.extract import observe
from ingest.model import Observation
from ingest.reading import Source
from ingest.structure import understand

_GRID = """Regional Inspection Ratings
(as of 30/09/2023)

Day
Nurseries

 Northmoor Essex Kent REGION

No. of
Services

% of
Services

No. of
Service
s

% of
Services

No. of
Services

% of
Servic
es

No. of
Services

% of
Services

Outstanding 1 25.00 0 0.00 2 20.00 3 15.00

Good 2 50.00 6
100.0

0
5 50.00 13 65.00

Requires
Improvement
1 25.00 0 0.00 3 30.00 4 20.00

TOTAL 4 100.00 6 100.00 10 100.00 20 100.00
"""
_PACK = """# Northmoor County Council
## Children's Services Panel
Thursday 2 November 2023

## Item 4: Inspection outcomes

Report of the Director of Children's Services.

"""


def _read(grid: str) -> list[Observation]:
    source = Source("northmoor-csp-2023-11-02.md", "0", _PACK + grid)
    return [o for o in observe(understand(source)) if o.source == "table"]


def test_each_area_has_its_figures_under_its_headings() -> None:
    told = {(f"{o.value}", o.unit, o.area) for o in _read(_GRID)}
    assert ("2", "count", "Northmoor") in told
    assert ("50.00", "percent", "Northmoor") in told
    assert ("6", "count", "Essex") in told
    assert ("65.00", "percent", "the region") in told


def test_a_figure_broken_over_two_lines_is_whole_again() -> None:
    essex = [o for o in _read(_GRID) if (o.area, o.unit) == ("Essex", "percent")]
    good = [o for o in essex if o.measure.startswith("Good")]
    assert [(f"{o.value}", str(o.period and o.period.end)) for o in good] == [
        ("100.00", "2023-09-30")
    ]


def test_labels_say_what_is_counted() -> None:
    labels = {o.measure for o in _read(_GRID)}
    assert any("Requires Improvement" in label and "Nurseries" in label for label in labels)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("5 50.00 13 65.00", "5 50.00 13"),  # one figure too few
        ("% of\nServic\nes", "Share of\nServic\nes"),  # another heading under one area
    ],
)
def test_a_grid_that_does_not_keep_step_is_left_alone(was: str, now: str) -> None:
    read = _read(_GRID.replace(was, now))
    assert not [o for o in read if o.measure.startswith("Good") and o.area != "Northmoor"]
