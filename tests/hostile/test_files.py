"""Hostile files: read as text or refused with the reason; none runs, fetches or writes."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.papers.page import paper_page
from assistant.uploads import kept, safe_name
from ingest.formats.limits import Limits
from ingest.pipeline import FileReport
from ingest.store import Store
from tests.hostile.files import File, files
from tests.hostile.inputs import NAMES, UPLOADED
from tests.hostile.looking import ACTIVE

_SECONDS = 60.0


@dataclass(frozen=True)
class Taken:
    """What became of all files in one go."""

    assistant: Assistant
    reports: dict[str, FileReport]
    elsewhere: set[Path]
    fetched: socket.socket


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    folder = tmp_path_factory.mktemp("files")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        far = f"http://127.0.0.1:{listener.getsockname()[1]}/fetched"
        (folder / "papers").mkdir()
        for file in files(far):
            (folder / "papers" / file.name).write_bytes(file.made())
        paths = [folder / "papers" / file.name for file in files(far)]
        limits = Limits(seconds=_SECONDS)
        with Assistant(Store.open(folder / "store"), limits=limits) as assistant:
            report = assistant.ingest(paths)
            yield Taken(
                assistant,
                {file.path.name: file for file in report.files},
                set(folder.iterdir()) - {folder / "papers", folder / "store"},
                listener,
            )


@pytest.mark.parametrize("file", files("http://127.0.0.1:1/x"), ids=lambda file: file.name)
def test_a_file_is_read_as_text_or_refused_with_the_reason(taken: Taken, file: File) -> None:
    report = taken.reports[file.name]
    if file.becomes != "read":
        assert report.status == "refused"
        assert file.becomes in (report.reason or "")
        return
    assert report.status == "read", report.reason
    paper_id = Path(file.name).stem
    text = taken.assistant.paper_text(paper_id)
    assert "root:" not in text and "<script" not in text
    body = paper_page(taken.assistant.paper_view(paper_id)).split("<body", 1)[1]
    assert not ACTIVE.search(body.replace("&lt;", ""))


def test_no_file_fetched_anything_or_wrote_outside_the_store(taken: Taken) -> None:
    assert taken.elsewhere == set()
    assert not Path("/tmp/escaped.xml").exists()
    with pytest.raises(BlockingIOError):
        taken.fetched.accept()


@pytest.mark.parametrize("name", (*UPLOADED, *NAMES), ids=range(len(UPLOADED) + len(NAMES)))
def test_an_uploaded_file_is_kept_inside_its_folder(name: str) -> None:
    with kept([(name, b"first"), (name, b"second")]) as (first, second):
        assert first.parent == second.parent and first != second
        assert {path.read_bytes() for path in first.parent.iterdir()} == {b"first", b"second"}
        assert first.resolve().parent == first.parent.resolve()
        assert all(character.isprintable() or character == "\u202e" for character in first.name)
    assert not first.parent.exists()


def test_an_ordinary_name_stays_as_it_is() -> None:
    name = "Corporate Parenting Board – 9 May 2024 (public).pdf"
    assert safe_name(name) == name
