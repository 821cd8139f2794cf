"""The indexes in the register that answering goes by: whole, gone with a paper, made anew."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.figures.index import indexing
from ingest.doctor import Weight, examine, mend
from ingest.figures import FigureIndex
from ingest.model import Privacy, Restriction
from ingest.sight import PUBLIC
from ingest.store import Store
from tests.assistant.conftest import open_over
from tests.assistant.made_up import CITY, CITY_PACK, COUNTY, write_papers

_TABLES = (
    "indexed_paper", "passage_mark", "figure_part", "figure_line", "figure_word", "finding",
    "finding_place", "decision_index",
)  # fmt: skip
_QUESTIONS = (
    f"How many children in care were there in {COUNTY} in October 2024?",
    "What was resolved on lessons?",
    f"Do the figures of {COUNTY} add up?",
    "Who was at the meeting in May 2024?",
    "What actions are outstanding?",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_papers(tmp_path)


def _rows(store: Store) -> dict[str, int]:
    return {table: store.rows(f"SELECT count(*) FROM {table}")[0][0] for table in _TABLES}


def _told(assistant: Assistant) -> list[tuple[Outcome, str]]:
    return [(answer.outcome, answer.text) for answer in map(assistant.ask, _QUESTIONS)]


def test_a_store_filled_without_indexes_answers_as_one_filled_with_them(folder: Path) -> None:
    with open_over(folder) as kept:
        told = _told(kept)
        papers = [(r.id, kept._store.observations_of(r.id)) for r in kept.papers()]
        with Store.open(folder / "bare") as bare:
            for one in sorted(folder.glob("*.md")):
                _copy(one, bare)
            assert _rows(bare) == dict.fromkeys(_TABLES, 0)
    assert papers
    with Assistant(Store.open(folder / "bare")) as made:
        assert _told(made) == told
        with Store.open(folder / "store") as store:
            assert _rows(made._store) == _rows(store)


def _copy(file: Path, into: Store) -> None:
    from indicators.extract import observe
    from ingest.pipeline import take_in

    take_in([file], into, observe, workers=0)


def test_a_removed_paper_leaves_nothing_in_any_index(folder: Path) -> None:
    with open_over(folder) as assistant:
        for record in assistant.papers():
            assistant.remove(record.id)
        assert _rows(assistant._store) == dict.fromkeys(_TABLES, 0)


def test_a_council_s_lines_go_with_its_papers(folder: Path) -> None:
    with open_over(folder) as assistant:
        assistant.remove(CITY_PACK)
        councils = {part for part, *_ in assistant._views.printed._index.parts()}
        assert CITY not in councils and COUNTY in councils
        rows = assistant._store.rows("SELECT count(*) FROM figure_part WHERE council = ?", (CITY,))
        assert rows == [(0,)]


def test_an_index_is_made_anew_under_other_rules(folder: Path) -> None:
    with open_over(folder) as assistant:
        store = assistant._store
        before = _rows(store)
        store.use(replace(indexing(), version="other", lines=lambda *_: ()))
        assert _rows(store)["figure_line"] == 0
        store.use(indexing())
        assert _rows(store) == before


def test_figures_held_back_are_in_nobody_else_s_index(folder: Path) -> None:
    with open_over(folder) as officer:
        index = FigureIndex(officer._store, str, str)
        word = next(iter(officer._views.printed._index.read([1])[0].line.names))
        assert index.counts([word])[word] > 0
        told = _told(officer)
        for record in officer.papers():
            whole = Restriction(Privacy.CONFIDENTIAL, "All", "Ruled", 0, record.characters)
            officer._store.rule(record.id, whole, "an officer", "2024-12-01")
        assert _told(officer) == told
        with Store.open(folder / "store", None, PUBLIC) as public:
            seen = FigureIndex(public, str, str)
            assert seen.parts() == {} and seen.size() == 0 and seen.counts([word]) == {word: 0}
            for table in ("figure_line", "figure_word", "finding", "finding_place", "passage_mark"):
                assert public.rows(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("UPDATE paper SET title = 'Another'", "list of papers"),
        ("UPDATE observation SET start = start + 1", "places of figures"),
        ("DELETE FROM figure_line WHERE id = (SELECT min(id) FROM figure_line)", "of figures"),
        ("DELETE FROM figure_part", "of figures"),
        ("UPDATE figure_word SET number = number + 1", "of figures"),
        ("DELETE FROM figure_word", "of figures"),
        ("DELETE FROM passage_mark", "of marks"),
        ("DELETE FROM decision_index", "of decisions"),
        ("DELETE FROM decision_words", "of decisions"),
    ],
)
def test_the_doctor_finds_a_broken_index_and_has_it_made_anew(
    folder: Path, broken: str, told: str
) -> None:
    store = folder / "store"
    with open_over(folder) as assistant:
        before = _told(assistant)
    assert not _mendable(store)
    with closing(sqlite3.connect(store / "register.sqlite3")) as connection:
        connection.execute(broken)
        connection.commit()
    assert any(told in finding for finding in _mendable(store))

    mend(store, None)
    with Assistant.open(store) as assistant:
        assert _told(assistant) == before
    assert not _mendable(store)


def _mendable(store: Path) -> list[str]:
    return [found.told for found in examine(store) if found.weight is not Weight.NOTE]
