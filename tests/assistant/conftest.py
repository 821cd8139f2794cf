"""The made-up papers, read once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from ingest.store import Store
from tests.assistant.made_up import write_papers


def open_over(folder: Path) -> Assistant:
    """An assistant over the papers of a folder, with its store beside them."""
    assistant = Assistant(Store.open(folder / "store", None))
    papers = sorted(folder.glob("*.md"))
    report = assistant.ingest(papers)
    assert not report.refused, report
    return assistant


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_over(write_papers(tmp_path_factory.mktemp("made-up"))) as assistant:
        yield assistant
