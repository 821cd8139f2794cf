"""Indexes made anew in PostgreSQL: a kill loses one step there too."""

from contextlib import closing
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from ingest.doctor import Weight, examine
from ingest.postgres import PostgreSQL
from ingest.remaking import HowFar
from ingest.store import Store
from tests.assistant.made_up import write_papers
from tests.durability.remaking import killed_after, made_by_other_rules
from tests.durability.test_remaking import told
from tests.servers.started import Postgres


def test_a_killed_process_loses_one_step_and_the_next_goes_on_from_there(
    tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = PostgreSQL(postgres.database())
    with Assistant(Store.open(tmp_path / "one", place=place)) as assistant:
        assistant.ingest(sorted(write_papers(tmp_path).glob("*.md")))
        before = told(assistant)
    with closing(place.connect()) as connection:
        made_by_other_rules(connection)

    killed_after(tmp_path / "one", papers=2, BOARDPAPERS_REGISTER_URL=place.url)
    found = examine(tmp_path / "one", place=place)
    assert {finding.weight for finding in found} == {Weight.NOTE}
    heard: list[HowFar] = []
    with Assistant(Store.open(tmp_path / "two", place=place), on_indexing=heard.append) as other:
        assert heard == [HowFar(2, 3)]
        assert told(other) == before
