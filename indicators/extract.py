"""Observations of a paper, from every place where its figures stand."""

from collections.abc import Iterator

from indicators.dashboards import read_dashboards
from indicators.narrative import read_sentences
from indicators.tabular import read_table
from ingest.identity import area_of
from ingest.model import Observation, Paper


def observe(paper: Paper) -> tuple[Observation, ...]:
    """Every figure of a paper with its label, area, period and quote."""
    return tuple(_all(paper))


def _all(paper: Paper) -> Iterator[Observation]:
    area = area_of(paper.meeting.council)
    for table in paper.tables:
        yield from read_table(table, area, paper)
    yield from read_dashboards(paper, area)
    yield from read_sentences(paper, area)
