"""Disks that are full or can't be written, files that are damaged, stores of an older format."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import cli
from assistant.answer import Outcome
from ingest import doctor
from ingest.backup import BadBackup, back_up, restore
from ingest.doctor import Weight, examine
from ingest.errors import StoreError
from ingest.finding import Within
from ingest.kinds import PaperKind
from ingest.model import Privacy
from ingest.pipeline import take_in
from ingest.register import VERSION
from ingest.store import Store
from tests.ingest.fakes import WordEmbedder, observe, paper, understand
from tests.small_pack import PAPER_ID, write_small_pack

FIRST = "Health assessments were late.\nRESOLVED: that the plan be agreed.\n"
SECOND = "Placements cost more.\nSufficiency of homes was discussed.\n"
OLDER = Path(__file__).parent / "older"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store", WordEmbedder()) as store:
        for name, text in (("first", FIRST), ("second", SECOND)):
            path = tmp_path / f"{name}.md"
            path.write_text(text, "utf-8")
            take_in([path], store, observe, understand=understand, workers=0)
    return tmp_path / "store"


def weights(directory: Path) -> set[Weight]:
    return {finding.weight for finding in examine(directory)}


def held(directory: Path) -> list[str]:
    with Store.open(directory) as store:
        return [record.id for record in store.papers()]


def test_a_sound_store_has_nothing_amiss(directory: Path) -> None:
    assert examine(directory) == ()


# -- disks ---------------------------------------------------------------------------------------


_FILLED = """
import resource, signal, sys
from pathlib import Path
from ingest.errors import StoreError
from ingest.store import Store
from tests.small_pack import PAPER_ID, write_small_pack
from tests.ingest.fakes import WordEmbedder, observe, paper
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store.open(Path(sys.argv[1]), WordEmbedder()) as store:
    size = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    large = paper("large", "".join(f"Line {n} on homes.\\n" for n in range(3000)))
    try:
        store.put(large, observe(large))
    except StoreError as error:
        print(error)
"""


@pytest.mark.parametrize("size", [200_000, 400_000, 900_000])
def test_a_full_disk_is_named_and_leaves_the_earlier_state(directory: Path, size: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _FILLED, str(directory), str(size)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "can't be used" in ran.stdout or "disk" in ran.stdout, ran.stdout
    assert held(directory) == ["first", "second"]
    assert weights(directory) <= {Weight.NOTE}


def told_to_nobody(work: Callable[[], str]) -> str:
    """What work tells when it is done without a superuser's rights, who may write anywhere."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            told = work()
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        os.write(writing, told.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read()


def test_a_folder_that_may_not_be_written_is_told_of_and_stays_as_it_was(directory: Path) -> None:
    def put() -> str:
        with Store.open(directory) as store:
            store.put(paper("third", "Dentists."), ())
        return "written"

    for folder in directory.parents[:4]:
        if folder.stat().st_uid == os.getuid() and folder != Path("/tmp"):
            folder.chmod(0o755)
    for path in directory.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o444)
    directory.chmod(0o555)
    try:
        told = told_to_nobody(put)
    finally:
        directory.chmod(0o755)
    assert told.startswith("StoreError: ") and "check the disk and the folder's rights" in told
    assert held(directory) == ["first", "second"]


# -- damage --------------------------------------------------------------------------------------


def overwritten(path: Path, share: float, length: int = 4096) -> None:
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * share))
        file.write(os.urandom(length))


def test_a_damaged_register_is_found_and_a_backup_brings_it_back(
    directory: Path, tmp_path: Path
) -> None:
    back_up(directory, tmp_path / "store.tar.gz")
    register = directory / "register.sqlite3"
    with closing(sqlite3.connect(register)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for share in (0.2, 0.4, 0.6, 0.8):
        overwritten(register, share)
    (finding, *_) = examine(directory)
    assert finding.weight is Weight.BROKEN
    assert "restore FILE" in finding.remedy
    with pytest.raises(StoreError):
        doctor.mend(directory, WordEmbedder())

    _, aside = restore(tmp_path / "store.tar.gz", directory, replace=True)
    assert aside is not None and aside.is_dir()
    assert examine(directory)[0].weight is Weight.MENDABLE, "Chroma is filled when first asked"
    doctor.mend(directory, WordEmbedder())
    assert examine(directory) == ()


@pytest.mark.parametrize("how", ["gone", "cut", "noise", "empty"])
def test_damaged_vectors_are_found_and_made_anew(directory: Path, how: str) -> None:
    chroma = directory / "chroma"
    if how == "gone":
        shutil.rmtree(chroma)
    elif how == "empty":
        shutil.rmtree(chroma)
        chroma.mkdir()
    elif how == "cut":
        os.truncate(chroma / "chroma.sqlite3", 3000)
    else:
        (chroma / "chroma.sqlite3").write_bytes(os.urandom(50_000))
    assert weights(directory) == {Weight.MENDABLE}
    embedder = WordEmbedder()
    doctor.mend(directory, embedder)
    assert examine(directory) == ()
    assert embedder.embedded == [], "the register keeps every vector"
    with Store.open(directory, embedder) as store:
        assert len(store.finder.nearest("late", 9)) == 4


def test_damaged_words_are_found_and_made_anew(directory: Path) -> None:
    with closing(sqlite3.connect(directory / "register.sqlite3")) as connection:
        connection.execute("DELETE FROM passage_words_data WHERE id > 10")
        connection.commit()
    assert Weight.MENDABLE in weights(directory)
    doctor.mend(directory, WordEmbedder())
    assert weights(directory) <= {Weight.NOTE}
    with Store.open(directory) as store:
        assert store.finder.lexical(["late"], 5)


def test_rows_that_are_gone_are_found(directory: Path) -> None:
    with closing(sqlite3.connect(directory / "register.sqlite3")) as connection:
        connection.execute("DELETE FROM decision WHERE paper = 'first'")
        connection.commit()
    (finding,) = examine(directory)
    assert finding.told == "first has 0 decisions, and its record says 1."
    assert "boardpapers remove first" in finding.remedy


def test_a_kept_file_that_was_changed_is_found(directory: Path) -> None:
    kept = next((directory / "originals").iterdir())
    kept.write_bytes(b"another")
    assert weights(directory) == {Weight.BROKEN}
    kept.unlink()
    assert weights(directory) == {Weight.NOTE}


def test_there_is_no_store_to_look_at(tmp_path: Path) -> None:
    assert weights(tmp_path / "nothing") == {Weight.BROKEN}
    assert not (tmp_path / "nothing").exists()


# -- backups -------------------------------------------------------------------------------------


def test_a_backup_is_the_store(directory: Path, tmp_path: Path) -> None:
    with Store.open(directory) as store:
        before = store.digest(), store.passages(), store.decisions(), store.observations()
    manifest = back_up(directory, tmp_path / "store.tar.gz")
    assert manifest.papers == 2
    assert (tmp_path / "store.tar.gz").stat().st_mode & 0o077 == 0, "for nobody else to read"
    restore(tmp_path / "store.tar.gz", tmp_path / "again")
    with Store.open(tmp_path / "again", WordEmbedder()) as store:
        after = store.digest(), store.passages(), store.decisions(), store.observations()
        assert len(store.finder.nearest("late", 9)) == 4
    assert after == before
    assert {p.name for p in (tmp_path / "again" / "originals").iterdir()} == {
        p.name for p in (directory / "originals").iterdir()
    }


def test_nothing_is_overwritten_unasked(directory: Path, tmp_path: Path) -> None:
    file = tmp_path / "store.tar.gz"
    back_up(directory, file)
    with pytest.raises(BadBackup, match="is there already"):
        back_up(directory, file)
    with pytest.raises(StoreError, match="add --replace"):
        restore(file, directory)
    with pytest.raises(StoreError, match="There is no store"):
        back_up(tmp_path / "nothing", tmp_path / "other.tar.gz")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_damaged_backup_changes_nothing(directory: Path, tmp_path: Path, share: float) -> None:
    file = tmp_path / "store.tar.gz"
    back_up(directory, file)
    overwritten(file, share, 64)
    with pytest.raises(BadBackup):
        restore(file, directory, replace=True)
    assert held(directory) == ["first", "second"]
    os.truncate(file, file.stat().st_size // 2)
    with pytest.raises(BadBackup):
        restore(file, tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "originals/../../x", "evil.py"])
def test_a_backup_writes_no_other_name(directory: Path, tmp_path: Path, name: str) -> None:
    import io
    import tarfile

    file = tmp_path / "store.tar.gz"
    back_up(directory, file)
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(file) as source, tarfile.open(forged, "w:gz") as target:
        for member in source:
            target.addfile(member, source.extractfile(member))
        stray = tarfile.TarInfo(name)
        stray.size = 4
        target.addfile(stray, io.BytesIO(b"evil"))
    with pytest.raises(BadBackup, match="its manifest doesn't"):
        restore(forged, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_link_in_a_backup_is_refused(directory: Path, tmp_path: Path) -> None:
    import tarfile

    back_up(directory, tmp_path / "store.tar.gz")
    forged = tmp_path / "forged.tar.gz"
    with (
        tarfile.open(tmp_path / "store.tar.gz") as source,
        tarfile.open(forged, "w:gz") as target,
    ):
        for member in source:
            if member.name == "register.sqlite3":
                member.type, member.linkname, member.size = tarfile.SYMTYPE, "/etc/passwd", 0
                target.addfile(member)
            else:
                target.addfile(member, source.extractfile(member))
    with pytest.raises(BadBackup):
        restore(forged, tmp_path / "again")


def test_the_command_line(directory: Path, tmp_path: Path) -> None:
    def run(*words: str | Path, store: Path = directory) -> str:
        result = CliRunner().invoke(cli.app, [*map(str, words), "--store", str(store)])
        return f"{result.exit_code} {result.output}"

    assert run("doctor") == "0 Nothing is amiss.\n"
    assert run("backup", tmp_path / "b.tar.gz").startswith("0 2 papers in 3 files written to")
    assert run("restore", tmp_path / "b.tar.gz").startswith("1 ")
    assert "2 papers as of" in run("restore", tmp_path / "b.tar.gz", store=tmp_path / "new")
    overwritten(directory / "register.sqlite3", 0.0)
    assert run("doctor").startswith("1 broken: ")


# -- older formats -------------------------------------------------------------------------------


def test_a_store_of_format_2_is_brought_up_and_looked_through_for_marks(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    with closing(sqlite3.connect(store / "register.sqlite3")) as connection:
        connection.executescript((OLDER / "format-2.sql").read_text("utf-8"))
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 2
    with Store.open(store) as opened:
        assert [record.id for record in opened.papers()] == ["open-2024", "private-2024"]
        assert {paper: r.privacy for paper, r in opened.all_restrictions()} == {
            "private-2024": Privacy.CONFIDENTIAL
        }
        assert opened.finder.lexical(["dentist"], 5) or opened.finder.lexical(["dentists"], 5)
        reports = Within(kinds=(PaperKind.REPORT,))
        assert opened.finder.lexical(["dentist", "dentists"], 5, reports)
    from ingest.sight import PUBLIC

    with Store.open(store, None, PUBLIC) as opened:
        assert [record.id for record in opened.papers()] == ["open-2024"]
    with closing(sqlite3.connect(store / "register.sqlite3")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
    assert weights(store) <= {Weight.NOTE}


def test_a_store_of_format_4_answers_as_one_of_today_s(tmp_path: Path) -> None:
    from assistant.assistant import Assistant
    from assistant.register.register import RegisterQuery

    store = tmp_path / "store"
    store.mkdir()
    with closing(sqlite3.connect(store / "register.sqlite3")) as connection:
        connection.executescript((OLDER / "format-4.sql").read_text("utf-8"))
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 4
    write_small_pack(tmp_path)
    with (
        Assistant(Store.open(store)) as older,
        Assistant(Store.open(tmp_path / "new")) as newer,
    ):
        newer.ingest([tmp_path / f"{PAPER_ID}.md"])
        for question in (
            "How many children looked after were there in January 2024?",
            "What was resolved on bicycle repair grants?",
            "Was the dental target met in January 2024?",
        ):
            told = older.ask(question)
            assert (told.outcome, told.text) == (Outcome.ANSWERED, newer.ask(question).text)
        bicycles = RegisterQuery("bicycle")
        assert older.register.search(bicycles).total == newer.register.search(bicycles).total == 2
        assert older.store_digest() == newer.store_digest()
    with closing(sqlite3.connect(store / "register.sqlite3")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == VERSION


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import migrations

    store = tmp_path / "store"
    store.mkdir()
    with closing(sqlite3.connect(store / "register.sqlite3")) as connection:
        connection.executescript((OLDER / "format-2.sql").read_text("utf-8"))
        before = list(connection.iterdump())

    def power_cut(text: str) -> tuple[()]:
        raise OSError("power cut")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="power cut"):
        broken.setattr(migrations, "screen", power_cut)
        Store.open(store)
    with closing(sqlite3.connect(store / "register.sqlite3")) as connection:
        assert list(connection.iterdump()) == before
    assert held(store) == ["open-2024", "private-2024"]


# -- two at once ---------------------------------------------------------------------------------


def test_two_ingests_exclude_each_other_with_a_clear_line(directory: Path, tmp_path: Path) -> None:
    with Store.open(directory) as one, Store.open(directory) as two:
        with (
            one.taking_in(),
            pytest.raises(StoreError, match="Another ingest into the store"),
        ):
            take_in([tmp_path / "first.md"], two, observe, understand=understand, workers=0)
        take_in([tmp_path / "first.md"], two, observe, understand=understand, workers=0)


def test_an_answer_is_of_one_moment(directory: Path) -> None:
    with Store.open(directory) as reader, Store.open(directory) as writer:
        with reader.snapshot():
            before = reader.papers(), len(reader.passages())
            writer.put(paper("third", "Dentists were found.\n"), ())
            writer.remove("first")
            assert (reader.papers(), len(reader.passages())) == before
            assert reader.finder.lexical(["late"], 5)
            assert not reader.finder.lexical(["dentists"], 5)
        assert [record.id for record in reader.papers()] == ["second", "third"]
        assert not reader.finder.lexical(["late"], 5)
