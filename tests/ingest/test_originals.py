"""The files that papers were read from are kept with them, and go with them."""

import hashlib
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.originals import FolderOriginals
from ingest.pipeline import take_in
from ingest.store import Store
from tests.ingest.fakes import observe, paper
from tests.small_pack import PAPER_ID, write_small_pack


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def kept(store: Path) -> set[str]:
    folder = store / "originals"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_a_paper_s_file_is_kept_byte_for_byte_and_goes_with_it(tmp_path: Path) -> None:
    pack = write_small_pack(tmp_path)
    with Store.open(tmp_path / "store") as store:
        take_in([pack], store, observe, workers=0)
        held = FolderOriginals(tmp_path / "store").path(digest(pack.read_bytes()))
        assert held is not None and held.read_bytes() == pack.read_bytes()

        store.remove(PAPER_ID)
        assert kept(tmp_path / "store") == set()


def test_a_changed_file_takes_the_place_of_its_earlier_self(tmp_path: Path) -> None:
    pack = write_small_pack(tmp_path)
    with Store.open(tmp_path / "store") as store:
        take_in([pack], store, observe, workers=0)
        pack.write_text(pack.read_text() + "\nOne more line.\n")
        take_in([pack], store, observe, workers=0)

    assert kept(tmp_path / "store") == {digest(pack.read_bytes())}


def test_a_paper_taken_in_without_its_file_gets_it_when_it_comes_again(tmp_path: Path) -> None:
    pack = write_small_pack(tmp_path)
    with Store.open(tmp_path / "store") as store:
        take_in([pack], store, observe, workers=0)
        store.originals.sweep(())
        report = take_in([pack], store, observe, workers=0)

    assert [file.status for file in report.files] == ["unchanged"]
    assert kept(tmp_path / "store") == {digest(pack.read_bytes())}


def test_a_file_that_changed_while_it_was_read_brings_nothing_in(tmp_path: Path) -> None:
    other = tmp_path / "first.md"
    other.write_text("not what was read")
    with Store.open(tmp_path / "store") as store:
        with pytest.raises(UnreadableFile, match="changed while it was read"):
            store.put(paper("first", "Health assessments were late.\n"), (), other)

        assert store.papers() == ()
    assert kept(tmp_path / "store") == set()


def test_no_part_of_a_file_is_left_under_its_name(tmp_path: Path) -> None:
    originals = FolderOriginals(tmp_path)
    file = tmp_path / "pack.pdf"
    file.write_bytes(b"%PDF-")
    with pytest.raises(UnreadableFile):
        originals.keep(file, digest(b"other"))

    assert originals.path(digest(b"other")) is None
