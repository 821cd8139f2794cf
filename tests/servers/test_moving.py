"""A store from its folder to servers: all of it, once, or nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.batch import read_questions
from assistant.indexes import keep_indexes
from assistant.settings import DEMO_CORPUS
from indicators.extract import observe as observe_figures
from ingest import moving
from ingest.doctor import examine
from ingest.errors import StoreError
from ingest.formats.limits import Limits
from ingest.model import Privacy, Restriction
from ingest.moving import move
from ingest.pipeline import prepare
from ingest.postgres import PostgreSQL
from ingest.sight import EVERYTHING, PUBLIC, Sight
from ingest.store import Store
from ingest.structure import understand
from ingest.vectors import ChromaServer, Vectors
from tests.ingest.fakes import WordEmbedder, paper
from tests.servers import started
from tests.servers.started import Postgres

CASES = DEMO_CORPUS.parents[1] / "evals" / "cases"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the demonstration papers, with their files and an officer's ruling."""
    directory = tmp_path_factory.mktemp("moving") / "store"
    with Store.open(directory, WordEmbedder()) as store:
        keep_indexes(store)
        for path in sorted(DEMO_CORPUS.glob("*.md"))[::4]:
            ready = prepare(path, understand, observe_figures, Limits())
            store.put(ready.paper, ready.observations, path)
        store.put(paper("leaving", "This goes again.\n"), ())
        store.remove("leaving")  # so that ids have gaps
        ruling = Restriction(Privacy.EXEMPT, "Report", "Ruled", 2_000, 9_000)
        store.rule(store.papers()[0].id, ruling, "an officer", "2024-07-18")
        keep_indexes(store)
    return directory


@pytest.fixture
def place(postgres: Postgres) -> PostgreSQL:
    return PostgreSQL(postgres.database())


@pytest.fixture(scope="module")
def moved(
    folder: Path, postgres: Postgres, chroma: ChromaServer
) -> Iterator[tuple[Path, PostgreSQL]]:
    there = PostgreSQL(postgres.database())
    result = move(folder, there, chroma)
    assert result.papers > 1 and result.files == result.papers and not result.as_they_were
    yield folder, there


def opened(
    folder: Path, place: PostgreSQL, server: ChromaServer, sight: Sight = EVERYTHING
) -> Store:
    return Store.open(folder, WordEmbedder(), sight, server, place)


@pytest.mark.parametrize("sight", [EVERYTHING, PUBLIC], ids=["all", "public"])
def test_answers_are_the_same_before_and_after(
    moved: tuple[Path, PostgreSQL], chroma: ChromaServer, sight: Sight, tmp_path: Path
) -> None:
    folder, place = moved
    questions = [q for path in sorted(CASES.glob("*.jsonl")) for q in read_questions(path)]
    with (
        Assistant(Store.open(folder, WordEmbedder(), sight)) as before,
        Assistant(opened(tmp_path, place, chroma, sight)) as after,
    ):
        assert before.store_digest() == after.store_digest()
        for asked in questions[::15]:
            expected = untimed(before.ask(asked.question, asked.history))
            assert untimed(after.ask(asked.question, asked.history)) == expected, asked.question


def untimed(answer: Answer) -> Answer:
    assert answer.receipt
    return replace(answer, receipt=replace(answer.receipt, timings_ms={}))


def test_rulings_files_and_vectors_come_along_and_work_goes_on(
    moved: tuple[Path, PostgreSQL], chroma: ChromaServer, tmp_path: Path
) -> None:
    folder, place = moved
    embedder = WordEmbedder()
    with Store.open(folder) as before, opened(tmp_path, place, chroma) as after:
        assert after.all_restrictions() == before.all_restrictions()
        assert before.rows("SELECT ruled_by FROM main.ruling") == [("an officer",)]
        assert after.rows("SELECT ruled_by FROM main.ruling") == [("an officer",)]
        for record in before.papers():
            with after.originals.at_hand(record.sha256) as file:
                assert file and file.name
        passages = before.rows("SELECT id, key FROM passage ORDER BY id")
        assert after.rows("SELECT id, key FROM passage ORDER BY id") == passages
        keys = {key for _, key in passages}
        with closing(Vectors(tmp_path, chroma, name_of(after))) as vectors:
            assert vectors.keys() == keys, "of each text one, embedded by nobody anew"
        assert examine(tmp_path, chroma, place) == examine(folder)
        after.put(paper("later", "Adoption was discussed.\n"), ())
        number = after.rows("SELECT max(id) FROM passage")[0][0]
        assert number > passages[-1][0], "new rows are numbered after those that came"
        assert after.nearest(embedder.embed_query("Adoption was discussed."), 1)
        after.remove("later")


def name_of(store: Store) -> str:
    return str(store.rows("SELECT value FROM main.meta WHERE name = 'store'")[0][0])


def test_what_is_interrupted_leaves_an_empty_register_and_is_done_again(
    folder: Path, place: PostgreSQL, chroma: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise OSError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(moving, "_move_files", broken)
        with pytest.raises(OSError, match="power cut"):
            move(folder, place, chroma)
    with closing(place.connect()) as register:
        assert register.is_empty()
    assert move(folder, place, chroma).papers > 1
    with pytest.raises(StoreError, match="holds this store already"):
        move(folder, place, chroma)


def test_what_does_not_arrive_as_it_was_sent_is_refused(
    folder: Path, place: PostgreSQL, chroma: ChromaServer, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    kept = next((copy / "originals").iterdir())
    kept.write_bytes(b"something else")
    with pytest.raises(StoreError, match=r"isn't the file that its paper was read from"):
        move(copy, place, chroma)
    with closing(place.connect()) as register:
        assert register.is_empty()


def test_servers_that_hold_another_store_are_left_alone(
    folder: Path, place: PostgreSQL, chroma: ChromaServer, tmp_path: Path
) -> None:
    with opened(tmp_path / "other", place, chroma) as other:
        other.put(paper("first", "Another council's.\n"), ())
    with pytest.raises(StoreError, match="holds another store: name an empty database"):
        move(folder, place, chroma)
    with opened(tmp_path / "other", place, chroma) as other:
        assert [record.id for record in other.papers()] == ["first"]


def test_a_register_that_was_opened_and_holds_nothing_takes_a_store(
    folder: Path, place: PostgreSQL, chroma: ChromaServer, tmp_path: Path
) -> None:
    opened(tmp_path, place, chroma).close()
    assert move(folder, place, chroma).papers > 1
    with opened(tmp_path, place, chroma) as store, Store.open(folder) as before:
        assert store.digest() == before.digest() and name_of(store) == name_of(before)


def test_a_server_over_a_copy_of_the_folder_s_vectors_keeps_them_as_they_are(
    folder: Path, place: PostgreSQL, tmp_path: Path
) -> None:
    shutil.copytree(folder / "chroma", tmp_path / "vectors")
    with started.chroma(tmp_path / "vectors") as url:
        server = ChromaServer(url)
        assert move(folder, place, server).as_they_were
        with opened(tmp_path / "one", place, server) as store:
            assert store.nearest(WordEmbedder().embed_query("health assessments"), 3)
            assert examine(tmp_path / "one", server, place) == examine(folder)


def test_the_command_says_what_it_moved_and_where_it_cannot(
    folder: Path,
    postgres: Postgres,
    chroma: ChromaServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(store: Path) -> tuple[int, str]:
        command = [sys.executable, "-m", "assistant.cli", "move", "--store", str(store)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert started.PASSWORD not in done.stdout + done.stderr
        return done.returncode, done.stdout + done.stderr

    for name in ("BOARDPAPERS_REGISTER_URL", "BOARDPAPERS_CHROMA_URL"):
        monkeypatch.delenv(name, raising=False)
    status, told = run(folder)
    assert status == 1 and "set BOARDPAPERS_REGISTER_URL" in told
    monkeypatch.setenv("BOARDPAPERS_REGISTER_URL", postgres.database())
    status, told = run(folder)
    assert status == 1 and "set BOARDPAPERS_CHROMA_URL" in told
    monkeypatch.setenv("BOARDPAPERS_CHROMA_URL", chroma.url)
    status, told = run(tmp_path / "nothing")
    assert status == 1 and "There is no store in" in told
    status, told = run(folder)
    assert status == 0 and "moved to PostgreSQL at" in told
