"""Observations of a paper, from every place where its figures stand."""

from collections.abc import Iterator

from indicators.continued import continued
from indicators.dashboards import read_dashboards
from indicators.dated_lists import dated_lists
from indicators.lines import without_tables
from indicators.plain_tables import plain_tables
from indicators.sentences.reading import read_sentences
from indicators.stacked_columns import stacked_columns
from indicators.stacked_tables import stacked_tables
from indicators.tabular import read_table
from ingest.identity import area_of
from ingest.model import Observation, Paper


def observe(paper: Paper) -> tuple[Observation, ...]:
    """Every figure of a paper with its label, area, period and quote."""
    return tuple(_all(paper))


def _all(paper: Paper) -> Iterator[Observation]:
    area = area_of(paper.meeting.council)
    plain = (*plain_tables(paper), *stacked_tables(paper), *dated_lists(paper))
    plain += tuple(stacked_columns(paper, plain))
    for table in (*continued(paper), *plain):
        yield from read_table(table, area, paper)
    rest = without_tables(paper, plain)
    yield from read_dashboards(rest, area)
    yield from read_sentences(rest, area)
