"""One register in PostgreSQL and one Chroma server under several stores, as on several machines."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.batch import read_questions
from assistant.passages.search import wording
from assistant.register.indexing import indexing
from assistant.settings import DEMO_CORPUS
from indicators.extract import observe as observe_figures
from ingest import migrations, register
from ingest import postgres as postgres_module
from ingest.database import Connection
from ingest.decided import DecisionIndex, Wanted
from ingest.doctor import Weight, examine, mend
from ingest.errors import StoreError
from ingest.finding import Within
from ingest.formats.limits import Limits
from ingest.model import Privacy, Restriction
from ingest.pipeline import prepare, take_in
from ingest.postgres import PostgreSQL
from ingest.register import Busy
from ingest.sight import EVERYTHING, PUBLIC, Committee, Sight
from ingest.store import Store
from ingest.structure import understand as understand_pack
from ingest.vectors import ChromaServer
from tests.ingest.fakes import WordEmbedder, observe, paper, understand
from tests.servers.started import PASSWORD, Postgres, postgres_binary

CASES = DEMO_CORPUS.parents[1] / "evals" / "cases"
FIRST = "Health assessments were late.\nRESOLVED: that the plan be agreed.\n"
SECOND = "Placements cost more.\nSufficiency of homes was discussed.\n"
EXEMPT = Sight(committees=frozenset({Committee("Testshire County Council", "Board")}))


@pytest.fixture
def place(postgres: Postgres) -> PostgreSQL:
    return PostgreSQL(postgres.database())


class Machines:
    """Stores over one place, each with a folder of its own."""

    def __init__(self, folder: Path, place: PostgreSQL, server: ChromaServer) -> None:
        self.folder, self.place, self.server = folder, place, server

    def open(self, name: str, sight: Sight = EVERYTHING) -> Store:
        return Store.open(self.folder / name, WordEmbedder(), sight, self.server, self.place)


@pytest.fixture
def machines(tmp_path: Path, place: PostgreSQL, chroma: ChromaServer) -> Machines:
    return Machines(tmp_path, place, chroma)


# -- the same in both ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, chroma: ChromaServer
) -> Iterator[tuple[Path, Machines]]:
    """Half of the demonstration papers, read once, in a folder's register and in PostgreSQL."""
    folder = tmp_path_factory.mktemp("both")
    shared = Machines(folder, PostgreSQL(postgres.database()), chroma)
    with Store.open(folder / "own", WordEmbedder()) as own, shared.open("one") as other:
        for path in sorted(DEMO_CORPUS.glob("*.md"))[::2]:
            ready = prepare(path, understand_pack, observe_figures, Limits())
            for store in (own, other):
                store.finder.use(wording())
                store.put(ready.paper, ready.observations, path)
        for store in (own, other):
            held_back = store.papers()[0]
            ruling = Restriction(Privacy.EXEMPT, "Report", "Ruled", 2_000, 9_000)
            store.rule(held_back.id, ruling, "an officer", "2024-07-18")
    yield folder / "own", shared


@pytest.mark.parametrize("sight", [EVERYTHING, PUBLIC], ids=["all", "public"])
def test_answers_are_the_same_in_both(both: tuple[Path, Machines], sight: Sight) -> None:
    folder, shared = both
    questions = [q for path in sorted(CASES.glob("*.jsonl")) for q in read_questions(path)]
    with (
        Assistant(Store.open(folder, WordEmbedder(), sight)) as own,
        Assistant(shared.open("one", sight)) as other,
    ):
        for asked in questions[::5]:
            expected = untimed(own.ask(asked.question, asked.history))
            assert untimed(other.ask(asked.question, asked.history)) == expected, asked.question


def untimed(answer: Answer) -> Answer:
    assert answer.receipt
    return replace(answer, receipt=replace(answer.receipt, timings_ms={}))


@pytest.mark.parametrize("sight", [EVERYTHING, PUBLIC, EXEMPT], ids=["all", "public", "member"])
def test_searches_find_the_same_with_the_same_scores(
    both: tuple[Path, Machines], sight: Sight
) -> None:
    folder, shared = both
    chance = random.Random(5)
    with Store.open(folder, None, sight) as own, shared.open("one", sight) as other:
        finders = own.finder, other.finder
        for finder in finders:
            finder.use(wording())
        words = sorted(finders[0].beginning("c"))
        assert words == sorted(finders[1].beginning("c"))
        assert finders[0].abbreviations() == finders[1].abbreviations()
        council = own.papers()[0].meeting.council or ""
        for within in (Within(), Within(councils=(council,))):
            for _ in range(40):
                asked = chance.sample(words, 6)
                assert finders[0].counts(asked) == finders[1].counts(asked)
                found = [finder.lexical(asked, 40, within) for finder in finders]
                assert scores(found[0]) == scores(found[1]), asked
                assert read(own, found[0]) == read(other, found[1])


def scores(found: list[tuple[int, float]]) -> list[float]:
    return [score for _, score in found]


def read(store: Store, found: list[tuple[int, float]]) -> list[object]:
    held = store.finder.read(number for number, _ in found)
    return [(held[number].passage, held[number].words) for number, _ in found]


@pytest.mark.parametrize("sight", [EVERYTHING, PUBLIC], ids=["all", "public"])
def test_decisions_are_found_in_the_same_order(both: tuple[Path, Machines], sight: Sight) -> None:
    folder, shared = both
    with Store.open(folder, None, sight) as own, shared.open("one", sight) as other:
        indexes = [DecisionIndex(store, indexing()) for store in (own, other)]
        for wanted in (
            Wanted(),
            Wanted(words=(("pass", "bus"),)),
            Wanted(words=(("report",), ("board", "director", "plan"))),
            Wanted(owner="director", councils=(own.papers()[0].meeting.council or "",)),
        ):
            assert indexes[0].count(wanted) == indexes[1].count(wanted)
            for newest_first in (False, True):
                found = [
                    index.read(index.find(wanted, 50, newest_first=newest_first))
                    for index in indexes
                ]
                assert found[0] == found[1]


# -- several machines ----------------------------------------------------------------------------


def test_what_one_machine_takes_in_another_finds_and_draws(
    machines: Machines, tmp_path: Path
) -> None:
    file = tmp_path / "first.md"
    file.write_text(FIRST, "utf-8")
    with machines.open("one") as one, machines.open("two") as two:
        take_in([file], one, observe, understand=understand, workers=0)
        digest = two.papers()[0].sha256
        with two.originals.at_hand(digest) as at_hand:
            assert at_hand and at_hand.read_bytes() == file.read_bytes()
            copy = at_hand
        assert not copy.exists(), "no copy stays on the machine that looked"
        [(number, _)] = two.finder.lexical(["late"], 5)
        assert [n for n, _ in two.finder.nearest("Health assessments were late", 1)] == [number]
        found = two.nearest(WordEmbedder().embed_query("Board\nHealth assessments"), 9)
        assert len(found) == 2, "of the vectors on the server"
        two.remove("first")
        assert one.papers() == () and not one.finder.lexical(["late"], 5)
        assert not one.originals.holds(digest)
        assert not two.nearest(WordEmbedder().embed_query("late"), 9)
        for table in ("passage_words_packed", "passage_vector", "decision_words", "original"):
            assert two.rows(f"SELECT count(*) FROM main.{table}") == [(0,)], table


def test_several_may_open_a_new_store_at_once(machines: Machines) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda n: machines.open(f"machine-{n}"), range(4)))
    for number, store in enumerate(stores):
        store.put(paper(f"paper-{number}", FIRST), ())
    assert all(len(store.papers()) == 4 for store in stores)
    for store in stores:
        store.close()


def test_an_answer_is_of_one_moment(machines: Machines) -> None:
    with machines.open("one") as reader, machines.open("two") as writer:
        writer.put(paper("first", FIRST), ())
        with reader.snapshot():
            before = reader.papers(), reader.version()
            writer.put(paper("third", "Dentists were found.\n"), ())
            writer.remove("first")
            assert (reader.papers(), reader.version()) == before
            assert reader.finder.lexical(["late"], 5)
            assert not reader.finder.lexical(["dentists"], 5)
        assert [record.id for record in reader.papers()] == ["third"]
        assert not reader.finder.lexical(["late"], 5)


def test_what_is_held_back_on_one_machine_is_seen_on_none(machines: Machines) -> None:
    with machines.open("one") as officer, machines.open("two", PUBLIC) as public:
        officer.put(paper("first", FIRST), observe(paper("first", FIRST)))
        assert public.says("health") and public.finder.lexical(["late"], 5)
        ruling = Restriction(Privacy.EXEMPT, "Report", "Ruled", 0, 29)
        officer.rule("first", ruling, "an officer", "2024-07-18")
        assert not public.says("health") and public.says("resolved")
        assert public.text("first")[:29].strip() == "" and len(public.text("first")) == len(FIRST)
        assert not public.finder.lexical(["late"], 5) and "late" not in public.finder.beginning("l")
        assert public.finder.nearest("Health assessments were late", 5)
        assert len(public.passages()) == 1 and public.observations() == ()
        for table in ("passage_words", "passage_words_posting", "passage_vector"):
            assert len(public.rows(f"SELECT * FROM {table}")) < len(
                officer.rows(f"SELECT * FROM {table}")
            ), table
        assert public.rows("SELECT * FROM ruling") == []
        officer.put(paper("first", FIRST), ())
        assert len(public.passages()) == 1, "a ruling outlives a new reading"


def test_two_ingests_exclude_each_other(machines: Machines, tmp_path: Path) -> None:
    with machines.open("one") as one:
        with one.taking_in():
            told = in_a_process(machines, "with store.taking_in(): print('it took its turn')")
            assert "Another ingest into the store PostgreSQL at 127.0.0.1" in told
        assert "it took its turn" in in_a_process(
            machines, "with store.taking_in(): print('it took its turn')"
        )


def test_a_second_writer_is_told_to_wait(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_module, "PATIENCE", 0.05)
    with machines.open("one") as store, closing(machines.place.connect()) as other:
        other.begin_writing()
        with pytest.raises(Busy, match="Another process is writing to the store PostgreSQL at"):
            store.put(paper("first", FIRST), ())
        other.rollback()
        store.put(paper("first", FIRST), ())


def in_a_process(machines: Machines, work: str) -> str:
    """What another process says that does something with the same store."""
    script = (
        "import sys; from pathlib import Path; from ingest.store import Store\n"
        "from ingest.postgres import PostgreSQL\n"
        "from ingest.errors import StoreError\n"
        "store = Store.open(Path(sys.argv[1]), place=PostgreSQL(sys.argv[2]))\n"
        f"try:\n    {work}\nexcept StoreError as error: print(error)\n"
    )
    command = [sys.executable, "-c", script, str(machines.folder / "process"), machines.place.url]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# -- faults --------------------------------------------------------------------------------------

_WORKER = """
import sys
from pathlib import Path
from ingest.postgres import PostgreSQL
from ingest.store import Store
from ingest.vectors import ChromaServer
from tests.ingest.fakes import WordEmbedder, observe, paper
place, server = PostgreSQL(sys.argv[2]), ChromaServer(sys.argv[3])
with Store.open(Path(sys.argv[1]), WordEmbedder(), server=server, place=place) as store:
    print("ready", flush=True)
    with store.taking_in():
        for number in range(1, 1_000_000):
            lines = "".join(f"Line {line} of version {number}.\\n" for line in range(20))
            store.put(paper(f"paper-{number % 3}", lines), ())
            if number % 5 == 0:
                store.remove(f"paper-{number % 3}")
"""


def test_a_kill_in_the_middle_of_an_ingest_leaves_it_whole(machines: Machines) -> None:
    chance = random.Random(7)
    command = [sys.executable, "-c", _WORKER, str(machines.folder / "worker")]
    with machines.open("one") as store:
        for number in range(5):
            process = subprocess.Popen(
                [*command, machines.place.url, machines.server.url], stdout=subprocess.PIPE
            )
            assert process.stdout and process.stdout.readline() == b"ready\n", number
            time.sleep(chance.uniform(0.02, 0.5))
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()
            free_again(store)
            found = examine(machines.folder / "one", machines.server, machines.place)
            assert not [f for f in found if f.weight is not Weight.NOTE], (number, found)
            for record in store.papers():
                versions = {line.split()[-1] for line in store.text(record.id).splitlines()}
                assert len(versions) == 1 and record.counts.passages == 20
                passages = store.all_passages(record.id)
                assert {p.text.split()[-1] for p in passages} == versions


def free_again(store: Store) -> None:
    """Waits until the server has noticed that the process is gone; its locks go with it."""
    deadline = time.monotonic() + 10
    while True:
        try:
            with store.taking_in():
                return
        except Busy:
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_a_server_that_comes_back_is_used_again(machines: Machines, postgres: Postgres) -> None:
    with machines.open("one") as store, machines.open("two", PUBLIC) as public:
        store.put(paper("first", FIRST), ())
        store.rule("first", Restriction(Privacy.EXEMPT, "", "", 0, 29), "officer", "2024-07-18")
        with public.snapshot():
            before = public.papers()
            postgres.stop()
            with pytest.raises(
                StoreError, match=r"in PostgreSQL at 127\.0\.0\.1:\d+/test_\d+ can't"
            ):
                public.text("first")
            postgres.start()
            with pytest.raises(StoreError, match="was lost: try again"):
                public.text("first")
        assert public.papers() == before
        assert len(public.passages()) == 1, "the views of who sees less are there again"
        store.put(paper("second", SECOND), ())
        assert len(public.papers()) == 2


def test_lost_vectors_and_words_are_found_and_mended(machines: Machines) -> None:
    folder = machines.folder / "one"
    with machines.open("one") as store:
        store.put(paper("first", FIRST), ())
        store.put(paper("second", SECOND), ())
        assert {f.weight for f in examine(folder, machines.server, machines.place)} == {Weight.NOTE}
        store.rows("DELETE FROM main.passage_words_packed WHERE paper = 'first'")
        vectors = store._open_vectors()
        vectors.drop(vectors.keys())
    told = " ".join(f.told for f in examine(folder, machines.server, machines.place))
    assert "4 of 4 vectors are lost" in told and "without their words" in told
    mend(folder, WordEmbedder(), machines.server, machines.place)
    with machines.open("two") as store:
        assert store.finder.lexical(["late"], 5)
        assert len(store.nearest(WordEmbedder().embed_query("late"), 9)) == 4
    assert {f.weight for f in examine(folder, machines.server, machines.place)} == {Weight.NOTE}


def test_words_that_are_counted_wrongly_are_found_and_mended(machines: Machines) -> None:
    with machines.open("one") as store:
        store.put(paper("first", FIRST), ())
        store.finder.use(wording())
        right = store.rows("SELECT word, texts FROM main.passage_words_counted ORDER BY word")
        store.rows("UPDATE main.passage_words_counted SET texts = 7 WHERE word = 'late'")
    folder = machines.folder / "one"
    told = " ".join(f.told for f in examine(folder, machines.server, machines.place))
    assert "1 words of it are counted wrongly" in told
    mend(folder, WordEmbedder(), machines.server, machines.place)
    with machines.open("two") as store:
        store.finder.use(wording())
        held = store.rows("SELECT word, texts FROM main.passage_words_counted ORDER BY word")
        assert held == right


def test_a_word_s_count_follows_the_papers(machines: Machines) -> None:
    with machines.open("one") as store:
        for name, text in (("first", FIRST), ("second", SECOND), ("third", FIRST)):
            store.put(paper(name, text), ())
        store.put(paper("first", SECOND), ())
        store.remove("third")
        store.remove("second")
        counted = "SELECT word, texts FROM main.{0}_counted WHERE texts > 0 ORDER BY word"
        summed = (
            "SELECT word, sum(cardinality(ids)) FROM main.{0}_packed GROUP BY word ORDER BY word"
        )
        for words in ("passage_words", "decision_words"):
            held = store.rows(counted.format(words))
            assert held == [(word, int(n)) for word, n in store.rows(summed.format(words))], words
        assert store.rows(counted.format("passage_words"))


def test_a_register_of_format_6_is_brought_up(machines: Machines) -> None:
    with machines.open("one") as store:
        store.put(paper("first", FIRST), ())
        store.finder.use(wording())
        before = store.finder.lexical(["late"], 5), store.finder.beginning("l")
        for statement in (
            "DROP TABLE main.passage_words_counted, main.decision_words_counted",
            "DROP INDEX main.passage_words_length, main.decision_words_length",
            "DROP INDEX main.passage_privacy, main.passage_meeting",
            "CREATE INDEX passage_meeting ON main.passage (council, committee, held)",
            "UPDATE main.meta SET value = '6' WHERE name = 'format'",
        ):
            store.rows(statement)
    with machines.open("two", PUBLIC) as store:
        store.finder.use(wording())
        assert (store.finder.lexical(["late"], 5), store.finder.beginning("l")) == before
        made = store.rows("SELECT indexdef FROM pg_indexes WHERE schemaname = 'main'")
        assert any("(council, committee, held, privacy, paper, id)" in one for (one,) in made)


def test_a_dump_by_postgres_own_tools_is_a_backup(machines: Machines, postgres: Postgres) -> None:
    with machines.open("one") as store:
        store.put(paper("first", FIRST), observe(paper("first", FIRST)))
        store.rule("first", Restriction(Privacy.EXEMPT, "", "", 0, 29), "officer", "2024-07-18")
    dump, anew = machines.folder / "dump", postgres.database()
    for program, *words in (
        ("pg_dump", "--format=custom", "--schema=main", f"--file={dump}", machines.place.url),
        ("pg_restore", f"--dbname={anew}", str(dump)),
    ):
        subprocess.run([postgres_binary(program) or program, *words], check=True)
    machines.place = PostgreSQL(anew)
    with machines.open("two", PUBLIC) as public, machines.open("three") as officer:
        assert not public.finder.lexical(["late"], 5) and officer.finder.lexical(["late"], 5)
        assert public.text("first")[:29].strip() == ""
        officer.put(paper("second", SECOND), ())
        assert len(public.papers()) == 2


def test_a_step_to_a_later_format_lands_whole_or_not_at_all(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def step(connection: Connection) -> None:
        connection.execute("ALTER TABLE ruling ADD COLUMN later INTEGER")
        if broken:
            raise OSError("power cut")

    machines.open("one").close()
    monkeypatch.setattr(migrations, "STEPS", {register.VERSION + 1: step})
    monkeypatch.setattr(register, "VERSION", register.VERSION + 1)
    broken = True
    with pytest.raises(OSError, match="power cut"):
        machines.open("one")
    with closing(machines.place.connect()) as connection:
        assert connection.format() == register.VERSION - 1
    broken = False
    with machines.open("one") as store:
        assert store.rows("SELECT later FROM main.ruling") == []
    monkeypatch.setattr(register, "VERSION", register.VERSION - 1)
    with pytest.raises(StoreError, match=r"PostgreSQL at .* has format \d+; this version reads"):
        machines.open("one")


# -- what is refused, in one line that names the setting and no password -------------------------


def refused(url: str, folder: Path, server: ChromaServer | None = None) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(folder, WordEmbedder(), server=server, place=PostgreSQL(url)).close()
    told = str(caught.value)
    assert "\n" not in told and PASSWORD not in told and "p%40ss" not in told
    assert "BOARDPAPERS_REGISTER_URL" in told or "BOARDPAPERS_CHROMA_URL" in told
    return told


@pytest.mark.parametrize(
    "url",
    ["mysql://somebody:p%40ss@host/papers", "host/papers", "postgresql://u:p%40ss@host:port/x"],
)
def test_what_is_no_address_is_refused(url: str, tmp_path: Path) -> None:
    assert "set it to" in refused(url, tmp_path)


def test_a_server_or_database_that_cannot_be_used_is_named(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = postgres.database()
    nobody = good.replace(f":{postgres.port}/", ":9/")
    assert "127.0.0.1:9/" in refused(nobody, tmp_path)
    wrong = postgres.url("postgres", password="wrong")
    assert "password authentication failed" in refused(wrong, tmp_path)
    assert "does not exist" in refused(postgres.url("nowhere"), tmp_path)
    latin = postgres.database("ENCODING 'LATIN1' TEMPLATE template0")
    assert "keeps texts in LATIN1" in refused(latin, tmp_path)
    assert "set BOARDPAPERS_CHROMA_URL" in refused(good, tmp_path)
    monkeypatch.setattr(postgres_module, "_OLDEST", 99)
    assert "of version 99 or later" in refused(good, tmp_path)


def test_a_user_without_rights_is_told_which(
    postgres: Postgres, chroma: ChromaServer, tmp_path: Path
) -> None:
    good = postgres.database()
    database = good.rpartition("/")[2]
    postgres.sql("CREATE ROLE reader LOGIN PASSWORD 'p@ss/word:of%the-tests'")
    poor = postgres.url(database, user="reader")
    assert "GRANT CREATE" in refused(poor, tmp_path, chroma)
    Store.open(tmp_path, place=PostgreSQL(good)).close()
    assert "GRANT CREATE" in refused(poor, tmp_path, chroma)
    postgres.sql("GRANT CREATE ON DATABASE postgres TO reader")


def test_a_password_may_stand_in_a_file(postgres: Postgres, tmp_path: Path) -> None:
    secret = tmp_path / "pgpass"
    secret.write_text(f"*:*:*:tester:{PASSWORD.replace(':', chr(92) + ':')}\n", "utf-8")
    secret.chmod(0o600)
    address, _, database = postgres.database().rpartition("@")[2].partition("/")
    url = f"postgresql://tester@{address}/{database}?passfile={secret}"
    with Store.open(tmp_path / "one", place=PostgreSQL(url)) as store:
        store.put(paper("first", FIRST), ())


def test_a_schema_of_somebody_else_is_left_alone(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.database()
    postgres.sql("CREATE SCHEMA main", url.rpartition("/")[2])
    postgres.sql("CREATE TABLE main.meta (other int)", url.rpartition("/")[2])
    assert "isn't a whole register" in refused(url, tmp_path)


def test_the_command_line_tells_one_line(postgres: Postgres, tmp_path: Path) -> None:
    def run(url: str, *words: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "assistant.cli", *words, "--store", str(tmp_path / "s")]
        variables = {**os.environ, "BOARDPAPERS_REGISTER_URL": url}
        done = subprocess.run(command, capture_output=True, text=True, env=variables)
        assert PASSWORD not in done.stdout + done.stderr and "p%40ss" not in done.stderr
        return done.returncode, done.stderr.strip()

    status, told = run(postgres.url("nowhere"), "papers")
    assert status == 1 and told.count("\n") == 0 and "BOARDPAPERS_REGISTER_URL" in told
    status, told = run(postgres.url("postgres"), "backup", str(tmp_path / "file"))
    assert status == 1 and told.count("\n") == 0 and "pg_dump" in told
