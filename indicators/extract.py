"""Observations of a paper, from every place where its figures stand."""

from collections.abc import Iterator

from indicators.area_grids import area_grids
from indicators.continued import continued
from indicators.dashboards import read_dashboards
from indicators.grids import grids
from indicators.lines import without_tables
from indicators.one_column import one_column
from indicators.plain_tables import plain_tables
from indicators.sentences.reading import read_sentences
from indicators.stacked_columns import stacked_columns
from indicators.stacked_tables import stacked_tables
from indicators.tabular import read_table
from ingest.areas import area_of
from ingest.model import Observation, Paper


def observe(paper: Paper) -> tuple[Observation, ...]:
    """Every figure of a paper with its label, area, period and quote."""
    return tuple(_all(paper))


def _all(paper: Paper) -> Iterator[Observation]:
    area = area_of(paper.meeting.council)
    areas, grid = tuple(area_grids(paper)), grids(paper)
    plain = (*areas, *grid, *plain_tables(paper, (*areas, *grid)), *stacked_tables(paper))
    plain += tuple(stacked_columns(paper, plain))
    plain += tuple(one_column(paper, plain))
    for table in (*continued(paper), *plain):
        yield from read_table(table, area, paper)
    rest = without_tables(paper, plain)
    yield from read_dashboards(rest, area)
    yield from read_sentences(rest, area)
