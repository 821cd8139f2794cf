import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import StoreError, UnreadableFile
from ingest.formats.limits import Limits
from ingest.model import Observation, Paper
from ingest.pipeline import FileReport, Progress, Report, Understand, take_in
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
    return take_in(paths, store, observe, understand=understand, workers=0)


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
            "2024/A.DOC": "x",
            "README.md": LINE,
            ".hidden.md": LINE,
            ".git/c.md": LINE,
        },
    )
    report = ingest(store, packs)
    assert outcomes(report) == [
        ("A.DOC", "skipped"),
        ("a.txt", "read"),
        ("README.md", "skipped"),
        ("b.md", "read"),
    ]
    assert report.files[1] == FileReport(packs / "2024/a.txt", "read", counts=COUNTS)
    assert "aren't looked for" in str(report.files[0].reason)
    assert not report.refused
    assert held(store) == ["a", "b"]


def test_the_same_files_again_are_unchanged_without_work(packs: Path, store: Store) -> None:
    write(packs, {"a.md": LINE, "b.md": LINE})
    ingest(store, packs)
    before = (store.digest(), store.passages())

    def no_work(_: Source) -> Paper:
        raise AssertionError("an unchanged file was worked on")

    report = take_in([packs], store, observe, understand=no_work, workers=0)
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
    (packs / "a.md").write_bytes(b"\x89PNG")
    assert outcomes(ingest(store, packs)) == [("a.md", "refused")]
    assert len(store.finder.lexical(["late"], 5)) == 1


@pytest.mark.parametrize("files", [{}, {"notes.doc": "x", "README.md": LINE}])
def test_a_folder_with_nothing_to_read_is_refused(
    packs: Path, store: Store, files: dict[str, str]
) -> None:
    write(packs, files)
    report = ingest(store, packs)
    assert report.refused
    assert report.files[0].path == packs
    assert "holds no .pdf, .docx" in str(report.files[0].reason)


def test_of_one_paper_in_two_formats_the_one_with_pages_is_read(packs: Path, store: Store) -> None:
    write(packs, {"a.md": LINE, "a.txt": LINE, "b/a.txt": "Dentists were found.\n"})
    report = ingest(store, packs)
    assert outcomes(report) == [("a.md", "read"), ("a.txt", "skipped"), ("a.txt", "refused")]
    assert "a.md of the same name is read in its place" in str(report.files[1].reason)


def test_the_same_paper_in_another_format_elsewhere_is_skipped(packs: Path, store: Store) -> None:
    same = LINE.replace(" ", "  ")
    write(packs, {"a.md": LINE, "texts/a.txt": same, "texts/b.txt": LINE, "README.txt": "Hi.\n"})
    for first in ("read", "unchanged"):
        report = ingest(store, packs)
        assert outcomes(report) == [
            ("README.txt", "skipped"), ("a.md", first), ("a.txt", "skipped"), ("b.txt", first)
        ]  # fmt: skip
        assert str(report.files[2].reason) == "a.md of the same name is held and says the same."
        assert not report.refused


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

    report = take_in([packs], store, observe, understand=refuses, workers=0)
    assert report.files == (FileReport(packs / "a.md", "refused", "a.md has no pages: check it."),)
    with pytest.raises(KeyError, match="bug"):
        take_in([packs], store, observe, understand=breaks, workers=0)
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
    told: list[Progress] = []
    take_in(
        [packs],
        store,
        observe,
        told.append,
        understand=understand,
        workers=0,
    )
    assert told == [
        Progress(1, 2, "a.md", "reading", 0),
        Progress(1, 2, "a.md", "storing", 0),
        Progress(2, 2, "b.md", "reading", 1),
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
        "take_in([Path(sys.argv[2]) / 'a.md'], store, observe, understand=understand, workers=0)\n"
        "Store._commit = lambda self: os._exit(9)\n"
        "take_in([Path(sys.argv[2])], store, observe, understand=understand, workers=0)\n"
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
        take_in([path], store, observe, understand=understand, workers=0)
        again = take_in([path], store, observe, understand=understand, workers=0)
        monkeypatch.setattr("ingest.pipeline.READING_VERSION", 99)
        newer = take_in([path], store, observe, understand=understand, workers=0)
    assert [file.status for report in (again, newer) for file in report.files] == [
        "unchanged",
        "replaced",
    ]


def test_files_are_read_side_by_side_and_stored_in_the_order_met(packs: Path, store: Store) -> None:
    write(packs, {f"{name}.md": f"# Board\n\nSentence {name} is here.\n" for name in "abcde"})
    told: list[Progress] = []
    report = take_in([packs], store, nothing_observed, told.append, workers=3)
    assert outcomes(report) == [(f"{name}.md", "read") for name in "abcde"]
    assert [step.name for step in told if step.stage == "storing"] == [
        f"{name}.md" for name in "abcde"
    ]
    assert told[-1].pages == 4


def hangs_on_b(source: Source) -> Paper:
    if source.file_name == "b.md":
        time.sleep(3600)
    return understand(source)


def faults_on_b(source: Source) -> Paper:
    if source.file_name == "b.md":
        raise IndexError("list index out of range")
    return understand(source)


@pytest.mark.parametrize(
    ("work", "reason"),
    [(hangs_on_b, "took longer than 4 seconds"), (faults_on_b, "IndexError: list index")],
)
def test_a_file_that_hangs_or_brings_out_a_fault_costs_no_other(
    packs: Path, store: Store, work: Understand, reason: str
) -> None:
    write(packs, {"a.md": LINE, "b.md": LINE, "c.md": LINE})
    report = take_in([packs], store, observe, understand=work, limits=Limits(seconds=4.0))
    assert [status for _, status in outcomes(report)] == ["read", "refused", "read"]
    assert reason in str(report.files[1].reason)
    assert held(store) == ["a", "c"]


def test_a_run_that_is_killed_is_gone_on_with(packs: Path, tmp_path: Path) -> None:
    write(packs, {f"{n}.md": f"# Board\n\nSentence {n} is here.\n" for n in range(40)})
    place = tmp_path / "store"
    script = (
        "import sys; from pathlib import Path\n"
        "from ingest.pipeline import take_in; from ingest.store import Store\n"
        "from tests.ingest.fakes import observe, understand\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    take_in([Path(sys.argv[2])], store, observe, lambda step: print(step.number,"
        " flush=True), understand=understand)\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", script, str(place), str(packs)], stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    while running.stdout.readline().strip() != b"8":
        pass
    running.kill()
    running.wait()
    running.stdout.close()
    with Store.open(place) as store:
        before = len(held(store))
        assert 7 <= before < 40
        statuses = [status for _, status in outcomes(ingest(store, packs))]
        assert statuses.count("unchanged") == before
        assert statuses.count("read") == 40 - before
