import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ingest import register, remaking, sqlite
from ingest.doctor import Weight, examine
from ingest.errors import StoreError, UnknownPaper
from ingest.finding import Within
from ingest.model import DecisionKind, Paper
from ingest.register import READING_VERSION, VERSION
from ingest.store import PaperCounts, PaperRecord, Store
from ingest.vectors import ChromaServer, Vectors
from ingest.words import PLAIN, Wording
from tests.ingest.fakes import MEETING, OtherEmbedder, WordEmbedder, observe, paper

FIRST = "Health assessments were late.\nRESOLVED: that the plan be agreed.\n"
SECOND = "Placements cost more.\nSufficiency of homes was discussed.\n"


SINGULAR = Wording("singular", lambda text: [w.rstrip("s") for w in PLAIN.words(text)])


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def store(directory: Path, embedder: WordEmbedder) -> Iterator[Store]:
    with Store.open(directory, embedder) as store:
        put(store, paper("first", FIRST))
        put(store, paper("second", SECOND))
        yield store


def put(store: Store, paper: Paper) -> None:
    store.put(paper, observe(paper))


def texts(store: Store, hits: list[tuple[int, float]]) -> list[str]:
    held = {stored.id: stored.passage.text for stored in store.passages()}
    return [held[number] for number, _ in hits]


def vector_keys(directory: Path) -> set[str]:
    vectors = Vectors(directory / "chroma")
    try:
        return vectors.keys()
    finally:
        vectors.close()


def row_counts(directory: Path) -> dict[str, int]:
    names = ("paper", "passage", "passage_words", "decision", "table_", "observation")
    connection = sqlite3.connect(directory / "register.sqlite3")
    try:
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names
        }
    finally:
        connection.close()


_SAID = (b"health", b"assess", b"resolved")


def assert_unwritten(directory: Path, said: tuple[bytes, ...] = (*_SAID, b"first.md")) -> None:
    """The bytes of no file hold what only the first paper said.

    But for Chroma's numbers: it writes them with room for more, in which stands whatever this
    process had in that memory before, such as other tests' papers (docs/security.md).
    """
    for file in directory.rglob("*"):
        if file.name == "data_level0.bin":
            continue
        raw = file.read_bytes().lower() if file.is_file() else b""
        # The index holds stems, and writes a stem without what it shares with the one before.
        for word in said:
            assert word not in raw, f"{word!r} is still in {file}"


def test_what_goes_in_comes_out_equal(store: Store, directory: Path) -> None:
    first, second = paper("first", FIRST), paper("second", SECOND)
    store.close()
    with Store.open(directory) as again:
        assert [stored.passage for stored in again.passages()] == [
            *first.passages,
            *second.passages,
        ]
        assert again.decisions() == first.decisions
        held = [table for p in (first, second) for table in again.tables_of(p.id)]
        assert held == [*first.tables, *second.tables]
        assert again.observations() == observe(first) + observe(second)
        assert str(again.observations()[0].value) == "412.50"
        assert again.text("first") == FIRST
        assert again.papers()[0] == PaperRecord(
            id="first",
            file_name="first.md",
            sha256=first.sha256,
            title="Board, first",
            meeting=MEETING,
            minutes_of=first.minutes_of,
            items=first.items,
            characters=len(FIRST),
            pages=0,
            unreadable_pages=0,
            notes=(),
            counts=PaperCounts(
                meetings=2, items=1, passages=2, decisions=1, tables=1, observations=1
            ),
            reading=READING_VERSION,
        )


def test_words_are_found_as_they_were_read_best_first(store: Store) -> None:
    hits = store.finder.lexical(["placements", "cost"], 5)
    assert texts(store, hits) == ["Placements cost more."]
    assert store.finder.lexical(["placement"], 5) == []
    scores = [score for _, score in store.finder.lexical(["heading", "placements"], 9)]
    assert len(scores) == 1, "what every passage has tells nothing"
    assert len(store.finder.lexical(["heading"], 9)) == 4, "unless nothing else is asked"


def test_other_words_are_worked_out_for_papers_held(store: Store) -> None:
    store.finder.use(SINGULAR)
    assert texts(store, store.finder.lexical(["placement"], 5)) == ["Placements cost more."]
    put(store, paper("third", "Dentists were late.\n"))
    assert store.finder.counts(["dentist", "late", "unheard"]) == {
        "dentist": 1,
        "late": 2,
        "unheard": 0,
    }
    store.finder.use(PLAIN)
    assert store.finder.lexical(["placement"], 5) == []


def test_a_store_filled_without_an_index_of_words_makes_it_when_asked(
    store: Store, directory: Path
) -> None:
    store.finder.use(SINGULAR)
    with Store.open(directory) as plain:
        put(plain, paper("third", "Dentists were late.\n"))
    assert texts(store, store.finder.lexical(["dentist"], 5)) == ["Dentists were late."]


def test_a_search_within_limits_finds_nothing_else(store: Store) -> None:
    here = Within(councils=("Testshire County Council",), since=date(2023, 12, 7))
    assert len(store.finder.lexical(["late", "cost"], 9, here)) == 2
    assert len(store.finder.nearest("late", 9, here)) == 4
    for nowhere in (
        Within(councils=("Elsewhere Council",)),
        Within(committees=("Another Board",)),
        Within(since=date(2023, 12, 8)),
        Within(until=date(2023, 12, 6)),
    ):
        assert store.finder.lexical(["late", "cost"], 9, nowhere) == []
        assert store.finder.nearest("late", 9, nowhere) == []
        assert not store.finder.holds("late", nowhere)
    assert store.finder.holds("late", here)


def test_a_passage_is_read_with_its_words_dates_and_decisions(store: Store) -> None:
    put(store, paper("third", "Costs fell in March 2024.\nRESOLVED: that it be noted.\n"))
    ids = [number for number, _ in store.finder.lexical(["fell", "noted"], 2)]
    fell, noted = sorted(store.finder.read([*ids, 999]).values(), key=lambda held: held.id)
    assert fell.words.units == (frozenset({"costs", "fell", "in", "march", "2024"}),)
    assert fell.words.place == frozenset({"report", "heading"})
    assert fell.words.labels == fell.words.units, "a short line of its own is a label"
    assert fell.words.dates == ((date(2024, 3, 1), date(2024, 3, 31)),)
    assert (fell.decides, noted.decides) == (frozenset(), frozenset({DecisionKind.RESOLUTION}))
    assert store.finder.following(fell.passage) == noted.passage
    assert store.finder.following(noted.passage) is None
    assert texts(store, store.finder.lexical(["202403"], 5)) == ["Costs fell in March 2024."]


def test_the_similarity_of_any_passage_can_be_asked(store: Store) -> None:
    every = dict(store.finder.nearest("homes cost", 9))
    assert len(every) == 4
    asked = store.finder.similarities("homes cost", list(every)[1:])
    assert asked == pytest.approx({i: every[i] for i in list(every)[1:]}, abs=1e-5)


@pytest.mark.parametrize("words", [[], ["?"], ['"'], ["NEAR("], ["unheard"], ["a*", "-b", ":"]])
def test_odd_words_find_nothing_and_break_nothing(store: Store, words: list[str]) -> None:
    assert store.finder.lexical(words, 5) == []


def test_the_nearest_passage_comes_first_with_its_similarity(store: Store) -> None:
    hits = store.finder.nearest("Board\nSufficiency of homes was discussed.", 3)
    assert len(hits) == 3
    assert texts(store, hits)[0] == "Sufficiency of homes was discussed."
    assert hits[0][1] == pytest.approx(1.0, abs=1e-5)


def test_without_an_embedder_search_is_by_words_only(directory: Path) -> None:
    with Store.open(directory) as store:
        put(store, paper("first", FIRST))
        assert not store.has_vectors
        assert store.finder.nearest("late", 3) == []
        assert texts(store, store.finder.lexical(["late"], 3)) == ["Health assessments were late."]
    assert not (directory / "chroma").exists()


def test_papers_taken_in_without_an_embedder_are_embedded_later(
    directory: Path, embedder: WordEmbedder
) -> None:
    with Store.open(directory) as store:
        put(store, paper("first", FIRST))
    with Store.open(directory, embedder) as store:
        assert not store.has_vectors
        assert store.embed_missing() == 1
        assert store.embed_missing() == 0
        assert store.has_vectors
        assert len(store.finder.nearest("late", 9)) == 2


def test_putting_the_same_paper_again_changes_and_embeds_nothing(
    store: Store, directory: Path, embedder: WordEmbedder
) -> None:
    before = (store.digest(), row_counts(directory), vector_keys(directory), store.papers())
    embedder.embedded.clear()
    put(store, paper("first", FIRST))
    assert (store.digest(), row_counts(directory), vector_keys(directory), store.papers()) == before
    assert embedder.embedded == []


def test_a_changed_paper_replaces_itself_everywhere(
    store: Store, directory: Path, embedder: WordEmbedder
) -> None:
    digest = store.digest()
    embedder.embedded.clear()
    put(store, paper("first", "Health assessments were late.\nA new line on dentists.\n"))
    assert embedder.embedded == ["Board\nA new line on dentists."]
    assert store.digest() != digest
    assert store.finder.lexical(["agreed"], 5) == []
    assert store.decisions() == ()
    assert "RESOLVED: that the plan be agreed." not in texts(
        store, store.finder.nearest("plan", 99)
    )
    assert texts(store, store.finder.lexical(["dentists"], 5)) == ["A new line on dentists."]
    assert len(vector_keys(directory)) == 4


def test_a_removed_paper_leaves_no_trace(store: Store, directory: Path) -> None:
    store.remove("first")
    assert [record.id for record in store.papers()] == ["second"]
    assert {stored.passage.locator.paper for stored in store.passages()} == {"second"}
    assert len(store.finder.nearest("Health assessments were late.", 99)) == 2
    with pytest.raises(UnknownPaper, match=r"No paper 'first' is held. Held: second\."):
        store.text("first")
    assert_unwritten(directory)
    store.close()
    assert row_counts(directory) == {
        "paper": 1,
        "passage": 2,
        "passage_words": 2,
        "decision": 0,
        "table_": 1,
        "observation": 1,
    }
    assert len(vector_keys(directory)) == 2
    assert_unwritten(directory)


def test_what_an_ingest_replaces_leaves_no_trace_once_it_has_ended(
    store: Store, directory: Path
) -> None:
    with store.taking_in():
        put(store, paper("first", "Dentists were found.\n"))
        put(store, paper("second", "Dentists were lost.\n"))
        assert store.finder.lexical(["late"], 5) == [], "found no more as soon as it is replaced"
    assert len(vector_keys(directory)) == 2
    store.close()
    assert_unwritten(directory, _SAID)


def test_what_is_left_when_an_ingest_breaks_off_goes_with_the_next(
    store: Store, directory: Path
) -> None:
    with pytest.raises(KeyboardInterrupt), store.taking_in():
        put(store, paper("first", "Dentists were found.\n"))
        raise KeyboardInterrupt
    told = " ".join(finding.told for finding in examine(directory))
    assert "removed or replaced are still in the register" in told
    assert {finding.weight for finding in examine(directory)} == {Weight.NOTE}
    with store.taking_in():
        pass
    assert not any("replaced" in finding.told for finding in examine(directory))
    store.close()
    assert_unwritten(directory, _SAID)


def test_words_go_in_steps_between_which_others_may_write(
    store: Store, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        put(
            store, paper(f"more-{number:02}", f"Report {number}.\nDentists saw {number} of them.\n")
        )
    monkeypatch.setattr(remaking, "STEP", 0)
    monkeypatch.setattr(sqlite, "_PAGES", 1)
    others: list[bool] = []

    def looks(_: float) -> None:
        with closing(sqlite3.connect(directory / "register.sqlite3", timeout=0)) as other:
            others.append(other.execute("BEGIN IMMEDIATE").rowcount == -1)

    monkeypatch.setattr(time, "sleep", looks)
    store.remove("first")
    assert others
    assert not [f for f in examine(directory) if "files of" not in f.told]
    assert len(store.finder.lexical(["dentists"], 99)) == 60
    store.close()
    assert_unwritten(directory)


def test_what_is_deleted_while_another_sweeps_up_stays_noted(store: Store, directory: Path) -> None:
    connection = store._connection
    with register.transaction(connection):
        register.leave_unswept(connection)
    noted = register.unswept(connection)
    assert noted
    with register.transaction(connection):
        register.leave_unswept(connection)
        register.swept(connection, noted)
    assert register.unswept(connection)
    store.sweep_up()
    assert register.unswept(connection) is None


def test_a_vector_that_two_papers_share_stays_with_the_other(store: Store, directory: Path) -> None:
    put(store, paper("third", FIRST))
    assert len(vector_keys(directory)) == 4
    store.remove("first")
    assert len(vector_keys(directory)) == 4
    assert texts(store, store.finder.nearest("Board\nHealth assessments were late.", 1)) == [
        "Health assessments were late."
    ]


def test_an_unknown_paper_cannot_be_removed(store: Store) -> None:
    with pytest.raises(UnknownPaper, match="'nobody'"):
        store.remove("nobody")


def test_a_broken_embedder_leaves_the_earlier_state_searchable(
    store: Store, directory: Path, embedder: WordEmbedder
) -> None:
    before = (store.digest(), row_counts(directory), store.passages())
    embedder.fails_on = "dentists"
    with pytest.raises(RuntimeError, match="broke"):
        put(store, paper("first", "A new line.\nA new line on dentists.\n"))
    assert (store.digest(), row_counts(directory), store.passages()) == before
    assert texts(store, store.finder.lexical(["agreed"], 5)) == [
        "RESOLVED: that the plan be agreed."
    ]


def test_a_failure_between_vectors_and_register_leaves_the_earlier_state_searchable(
    store: Store, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (store.digest(), row_counts(directory), store.passages())

    def power_cut(self: Store) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "_commit", power_cut)
        with pytest.raises(OSError, match="power cut"):
            put(store, paper("first", "A new line on dentists.\n"))
    assert len(vector_keys(directory)) == 5
    assert (store.digest(), row_counts(directory), store.passages()) == before
    found = texts(store, store.finder.nearest("Board\nA new line on dentists.", 4))
    assert sorted(found) == sorted(stored.passage.text for stored in store.passages())
    assert texts(store, store.finder.lexical(["agreed"], 5)) == [
        "RESOLVED: that the plan be agreed."
    ]

    store.remove("second")
    assert len(vector_keys(directory)) == 2, "the orphan goes with the next change"


def test_another_process_changes_the_store_under_an_open_one(store: Store, directory: Path) -> None:
    assert len(store.passages()) == 4
    assert len(store.finder.nearest("late", 99)) == 4
    script = (
        "import sys; from pathlib import Path; from ingest.store import Store\n"
        "from tests.ingest.fakes import WordEmbedder, observe, paper\n"
        "with Store.open(Path(sys.argv[1]), WordEmbedder()) as store:\n"
        "    new = paper('third', 'Kinship carers met.')\n"
        "    store.put(new, observe(new)); store.remove('first')\n"
    )
    subprocess.run([sys.executable, "-c", script, str(directory)], check=True)
    assert [record.id for record in store.papers()] == ["second", "third"]
    assert (
        texts(store, store.finder.nearest("Board\nKinship carers met.", 99))[0]
        == "Kinship carers met."
    )
    assert len(store.finder.nearest("late", 99)) == 3


def test_a_second_writer_is_told_to_wait(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with Store.open(directory) as store, Store.open(directory) as reader:
        put(store, paper("first", FIRST))
        other = sqlite3.connect(directory / "register.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another process is writing to the store"):
            put(store, paper("second", SECOND))
        assert [record.id for record in reader.papers()] == ["first"]
        other.execute("ROLLBACK")
        other.close()
        put(store, paper("second", SECOND))
        assert [record.id for record in reader.papers()] == ["first", "second"]


def test_vectors_of_another_model_are_refused_with_the_way_out(
    store: Store, directory: Path
) -> None:
    store.close()
    with pytest.raises(StoreError, match="made with words-16, not with words-of-another-kind"):
        Store.open(directory, OtherEmbedder())
    with Store.open(directory) as words_only:
        assert texts(words_only, words_only.finder.lexical(["late"], 3)) != []


def test_two_models_never_mix_their_vectors(directory: Path) -> None:
    with (
        Store.open(directory, WordEmbedder()) as one,
        Store.open(directory, OtherEmbedder()) as two,
    ):
        put(one, paper("first", FIRST))
        with pytest.raises(StoreError, match="made with words-16"):
            put(two, paper("second", SECOND))
        assert [record.id for record in two.papers()] == ["first"]


def test_a_model_is_settled_before_its_first_vector(
    directory: Path, embedder: WordEmbedder
) -> None:
    embedder.fails_on = "RESOLVED"
    with Store.open(directory, embedder) as store, pytest.raises(RuntimeError):
        put(store, paper("first", FIRST))
    with pytest.raises(StoreError, match="made with words-16"):
        Store.open(directory, OtherEmbedder())


@pytest.mark.parametrize("version", [0, 99])
def test_a_register_of_another_format_is_refused(directory: Path, version: int) -> None:
    directory.mkdir()
    connection = sqlite3.connect(directory / "register.sqlite3")
    connection.executescript(f"CREATE TABLE other (x); PRAGMA user_version = {version};")
    connection.close()
    with pytest.raises(
        StoreError, match=f"has format {version}; this version reads format {VERSION}"
    ):
        Store.open(directory)


def test_a_file_that_is_no_register_is_refused(directory: Path) -> None:
    directory.mkdir()
    (directory / "register.sqlite3").write_text("not a database, but a longish text" * 50)
    with pytest.raises(StoreError, match="isn't a store's register"):
        Store.open(directory)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    with pytest.raises(StoreError, match="can't be made"):
        Store.open(tmp_path / "store")


def test_a_lost_search_index_is_made_again_from_the_register(
    store: Store, directory: Path, embedder: WordEmbedder, tmp_path: Path
) -> None:
    query = embedder.embed_query("Board\nHealth assessments were late.")
    before = store.nearest(query, 9)
    store.close()
    (directory / "chroma").rename(tmp_path / "elsewhere")
    with Store.open(directory, embedder) as again:
        found = again.nearest(query, 9)
    assert [key for key, _ in found] == [key for key, _ in before]
    assert [near for _, near in found] == pytest.approx([near for _, near in before], abs=1e-3)


def test_an_earlier_store_gets_its_vectors_from_the_search_index(
    store: Store, directory: Path, embedder: WordEmbedder
) -> None:
    before = store.finder.nearest("late", 9)
    store.close()
    forget_kept_vectors(directory)
    with Store.open(directory, embedder) as again:
        assert again.finder.nearest("late", 9) == before


def test_vectors_lost_from_both_are_named(
    store: Store, directory: Path, embedder: WordEmbedder, tmp_path: Path
) -> None:
    store.close()
    forget_kept_vectors(directory)
    (directory / "chroma").rename(tmp_path / "elsewhere")
    with (
        Store.open(directory, embedder) as again,
        pytest.raises(StoreError, match=r"is gone: delete the folder"),
    ):
        again.finder.nearest("late", 3)


def forget_kept_vectors(directory: Path) -> None:
    """Makes a store one of before the register kept vectors."""
    with closing(sqlite3.connect(directory / "register.sqlite3")) as connection:
        connection.execute("DROP TABLE passage_vector")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma-server")
    chroma = str(Path(sys.executable).parent / "chroma")
    command = [chroma, "run", "--path", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while not answers(f"{url}/api/v2/heartbeat"):
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.1)
        yield ChromaServer(url)
        process.terminate()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False


def test_a_chroma_server_holds_the_vectors_instead(
    server: ChromaServer, directory: Path, embedder: WordEmbedder, tmp_path: Path
) -> None:
    with (
        Store.open(directory, embedder, server=server) as one,
        Store.open(tmp_path / "other", embedder, server=server) as other,
    ):
        put(one, paper("first", FIRST))
        put(other, paper("second", SECOND))
        found = one.nearest(embedder.embed_query("Board\nHealth assessments were late."), 9)
        assert len(found) == 2 and found[0][1] == pytest.approx(1.0, abs=1e-3)
        one.remove("first")
        put(one, paper("third", SECOND))
        assert len(one.nearest(embedder.embed_query("late"), 9)) == 2
    assert not (directory / "chroma").exists()


def test_a_chroma_server_that_is_not_there_is_named(
    directory: Path, embedder: WordEmbedder
) -> None:
    with Store.open(directory, embedder, server=ChromaServer("http://127.0.0.1:9")) as store:
        with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9 can't be used"):
            put(store, paper("first", FIRST))
        assert store.papers() == ()


@pytest.mark.parametrize("url", ["vectors:8000", "ftp://vectors", "http://vectors:port"])
def test_what_is_no_address_of_a_chroma_server_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="isn't the address of a Chroma server"):
        ChromaServer(url)


def test_reading_needs_no_vectors(store: Store, directory: Path) -> None:
    store.close()
    script = (
        "import sys; from pathlib import Path; from ingest.store import Store\n"
        "store = Store.open(Path(sys.argv[1])); store.papers(); store.finder.lexical(['late'], 3)\n"
        "assert not {'chromadb', 'langchain_core', 'onnxruntime'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(directory)], check=True)
