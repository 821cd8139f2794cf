import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import StoreError, UnreadableFile
from ingest.model import Observation, Paper
from ingest.pipeline import FileReport, Report, Stage, take_in
from ingest.reading import Source
from ingest.store import PaperCounts, Store
from tests.ingest.fakes import WordEmbedder, observe, understand

LINE = "Health assessments were late.\n"
COUNTS = PaperCounts(meetings=2, items=1, passages=1, decisions=0, tables=1, observations=1)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    folder.mkdir()
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", WordEmbedder()) as store:
        yield store


def ingest(store: Store, *paths: Path) -> Report:
    return take_in(paths, store, observe, understand=understand)


def outcomes(report: Report) -> list[tuple[str, str]]:
    return [(file.path.name, file.status) for file in report.files]


def held(store: Store) -> list[str]:
    return [record.id for record in store.papers()]


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_a_folder_is_read_in_order_and_what_is_no_paper_left_out(packs: Path, store: Store) -> None:
    write(
        packs,
        {
            "b.md": LINE,
            "2024/a.txt": LINE,
            "2024/A.PDF": "x",
            "README.md": LINE,
            "truth/b.md": LINE,
            ".hidden.md": LINE,
            ".git/c.md": LINE,
        },
    )
    report = ingest(store, packs)
    assert outcomes(report) == [
        ("A.PDF", "skipped"),
        ("a.txt", "read"),
        ("README.md", "skipped"),
        ("b.md", "read"),
    ]
    assert report.files[1] == FileReport(packs / "2024/a.txt", "read", counts=COUNTS)
    assert "save it as text or Markdown" in str(report.files[0].reason)
    assert not report.refused
    assert held(store) == ["a", "b"]


def test_the_same_files_again_are_unchanged_without_work(packs: Path, store: Store) -> None:
    write(packs, {"a.md": LINE, "b.md": LINE})
    ingest(store, packs)
    before = (store.digest(), store.passages())

    def no_work(_: Source) -> Paper:
        raise AssertionError("an unchanged file was worked on")

    report = take_in([packs], store, observe, understand=no_work)
    assert outcomes(report) == [("a.md", "unchanged"), ("b.md", "unchanged")]
    assert report.files[0].counts == COUNTS
    assert (store.digest(), store.passages()) == before


def test_a_changed_file_replaces_its_earlier_self(packs: Path, store: Store) -> None:
    write(packs, {"a.md": LINE})
    ingest(store, packs)
    write(packs, {"a.md": "Dentists were found.\n"})
    assert outcomes(ingest(store, packs)) == [("a.md", "replaced")]
    assert store.finder.lexical(["late"], 5) == []
    assert len(store.finder.lexical(["dentists"], 5)) == 1


def test_one_bad_file_among_good_ones_is_refused_alone(packs: Path, store: Store) -> None:
    write(packs, {"a.md": LINE, "b.md": "  \n", "c.md": LINE})
    report = ingest(store, packs, packs / "missing.md")
    assert outcomes(report) == [
        ("a.md", "read"),
        ("b.md", "refused"),
        ("c.md", "read"),
        ("missing.md", "refused"),
    ]
    assert report.refused
    assert "holds no text" in str(report.files[1].reason)
    assert "doesn't exist" in str(report.files[3].reason)
    assert held(store) == ["a", "c"]


def test_a_file_that_turns_bad_leaves_its_earlier_self(packs: Path, store: Store) -> None:
    write(packs, {"a.md": LINE})
    ingest(store, packs)
    (packs / "a.md").write_bytes(b"%PDF-1.7")
    assert outcomes(ingest(store, packs)) == [("a.md", "refused")]
    assert len(store.finder.lexical(["late"], 5)) == 1


@pytest.mark.parametrize("files", [{}, {"notes.pdf": "x", "README.md": LINE}])
def test_a_folder_with_nothing_to_read_is_refused(
    packs: Path, store: Store, files: dict[str, str]
) -> None:
    write(packs, files)
    report = ingest(store, packs)
    assert report.refused
    assert report.files[0].path == packs
    assert "holds no .md or .txt files" in str(report.files[0].reason)


def test_a_read_me_that_is_named_is_read(packs: Path, store: Store) -> None:
    write(packs, {"README.md": LINE})
    assert outcomes(ingest(store, packs / "README.md")) == [("README.md", "read")]


def test_two_files_of_one_name_do_not_take_turns(packs: Path, store: Store) -> None:
    write(packs, {"x/a.md": LINE, "y/a.md": "Dentists were found.\n", "z/a.md": LINE})
    for first in ("read", "unchanged"):
        report = ingest(store, packs)
        assert outcomes(report) == [("a.md", first), ("a.md", "refused"), ("a.md", "unchanged")]
        assert str(report.files[1].reason) == (
            f"{packs / 'y/a.md'} has the same name as {packs / 'x/a.md'} but other content: "
            "rename one of them."
        )


def test_a_file_with_the_name_of_a_paper_held_is_refused(packs: Path, store: Store) -> None:
    write(packs, {"a.md": LINE, "a.txt": "Dentists were found.\n"})
    ingest(store, packs / "a.md")
    report = ingest(store, packs / "a.txt")
    assert "same name as a.md, which is held already" in str(report.files[0].reason)
    assert len(store.finder.lexical(["late"], 5)) == 1


def test_a_refusal_in_understanding_is_reported_and_a_bug_is_not_hidden(
    packs: Path, store: Store
) -> None:
    write(packs, {"a.md": LINE})

    def refuses(_: Source) -> Paper:
        raise UnreadableFile("a.md has no pages: check it.")

    def breaks(_: Source) -> Paper:
        raise KeyError("bug")

    report = take_in([packs], store, observe, understand=refuses)
    assert report.files == (FileReport(packs / "a.md", "refused", "a.md has no pages: check it."),)
    with pytest.raises(KeyError, match="bug"):
        take_in([packs], store, observe, understand=breaks)
    assert held(store) == []


def test_a_store_that_fails_stops_the_run(
    packs: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(packs, {"a.md": LINE, "b.md": LINE})

    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(store, "put", full)
    with pytest.raises(StoreError, match="disk is full"):
        ingest(store, packs)


def test_progress_names_the_file_and_the_stage(packs: Path, store: Store) -> None:
    write(packs, {"a.md": LINE, "b.md": " ", "README.md": LINE})
    told: list[tuple[int, int, str, Stage]] = []
    take_in(
        [packs],
        store,
        observe,
        lambda number, total, name, stage: told.append((number, total, name, stage)),
        understand=understand,
    )
    assert told == [
        (1, 2, "a.md", "reading"),
        (1, 2, "a.md", "understanding"),
        (1, 2, "a.md", "storing"),
        (2, 2, "b.md", "reading"),
    ]


def test_papers_held_without_vectors_get_them_once_a_model_is_there(
    packs: Path, tmp_path: Path
) -> None:
    write(packs, {"a.md": LINE})
    with Store.open(tmp_path / "store") as words_only:
        ingest(words_only, packs)
    with Store.open(tmp_path / "store", WordEmbedder()) as store:
        assert outcomes(ingest(store, packs)) == [("a.md", "unchanged")]
        assert len(store.finder.nearest("late", 5)) == 1


def test_a_process_that_dies_before_the_commit_leaves_nothing_half_in(
    packs: Path, tmp_path: Path
) -> None:
    write(packs, {"a.md": LINE, "b.md": "Dentists were found.\n"})
    script = (
        "import os, sys; from pathlib import Path\n"
        "from ingest.pipeline import take_in; from ingest.store import Store\n"
        "from tests.ingest.fakes import WordEmbedder, observe, understand\n"
        "store = Store.open(Path(sys.argv[1]), WordEmbedder())\n"
        "take_in([Path(sys.argv[2]) / 'a.md'], store, observe, understand=understand)\n"
        "Store._commit = lambda self: os._exit(9)\n"
        "take_in([Path(sys.argv[2])], store, observe, understand=understand)\n"
    )
    place = tmp_path / "store"
    died = subprocess.run([sys.executable, "-c", script, str(place), str(packs)], check=False)
    assert died.returncode == 9
    with Store.open(place, WordEmbedder()) as store:
        assert held(store) == ["a"]
        assert len(store.finder.nearest("Dentists were found.", 9)) == 1
        assert outcomes(ingest(store, packs)) == [("a.md", "unchanged"), ("b.md", "read")]
        assert len(store.finder.nearest("Dentists were found.", 9)) == 2


def test_the_real_reader_is_used_when_none_is_handed_in(packs: Path, store: Store) -> None:
    write(packs, {"a.md": "# Corporate Parenting Board\n\nHealth assessments were late.\n"})
    assert take_in([packs], store, nothing_observed).files[0].status == "read"
    assert "late" in store.passages()[0].passage.text


def nothing_observed(_: Paper) -> tuple[Observation, ...]:
    return ()


def test_a_paper_read_by_older_rules_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "board.md"
    path.write_text("# Board\n\nOne sentence that is long enough to be kept.\n")
    with Store.open(tmp_path / "store", None) as store:
        take_in([path], store, observe, understand=understand)
        again = take_in([path], store, observe, understand=understand)
        monkeypatch.setattr("ingest.pipeline.READING_VERSION", 99)
        newer = take_in([path], store, observe, understand=understand)
    assert [file.status for report in (again, newer) for file in report.files] == [
        "unchanged",
        "replaced",
    ]
