"""Registers over the demonstration papers, over further made-up ones, and over real ones."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.register.register import Register
from assistant.settings import DEMO_CORPUS
from ingest.store import Store

PACKS = Path(__file__).parent / "packs"


@pytest.fixture(scope="session")
def register(demonstration: Assistant) -> Register:
    return demonstration.register


@pytest.fixture(scope="session")
def further(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The demonstration papers with packs that bind in the minutes of their meetings."""
    with Assistant(Store.open(tmp_path_factory.mktemp("further"), None)) as assistant:
        report = assistant.ingest([DEMO_CORPUS, PACKS])
        assert not report.refused, report
        yield assistant


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Real packs, where a folder of them lies beside the checkout."""
    beside = Path(__file__).parents[4] / "shared" / "papers"
    folder = Path(os.environ.get("BOARDPAPERS_REAL_PAPERS", beside))
    if not folder.is_dir():
        pytest.skip(f"no real packs in {folder}: name their folder in BOARDPAPERS_REAL_PAPERS")
    with Assistant(Store.open(tmp_path_factory.mktemp("real"), None)) as assistant:
        assistant.ingest([folder])
        yield assistant
