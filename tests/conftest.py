"""The demonstration papers and our own cases, read and answered once for every test that asks."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.settings import DEMO_CORPUS
from evals.cases import Case, load
from evals.runner import Result, run
from ingest.store import Store

CASE_FILES = tuple(sorted((Path(__file__).parents[1] / "evals" / "cases").glob("*.jsonl")))


def open_demonstration(folder: Path) -> Assistant:
    """An assistant over the demonstration papers, by words alone: without vectors."""
    assistant = Assistant(Store.open(folder, None))
    report = assistant.ingest([DEMO_CORPUS])
    assert not report.refused, report
    return assistant


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_demonstration(tmp_path_factory.mktemp("demonstration")) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def own_cases(demonstration: Assistant) -> tuple[Case, ...]:
    return load(CASE_FILES, demonstration.paper_text)


@pytest.fixture(scope="session")
def own_results(demonstration: Assistant, own_cases: tuple[Case, ...]) -> tuple[Result, ...]:
    return run(own_cases, demonstration)


@pytest.fixture(scope="session")
def real_papers() -> Path:
    """The folder of public packs: where BOARDPAPERS_REAL_PAPERS says, or beside the checkout."""
    beside = Path(__file__).parents[2] / "shared" / "papers"
    folder = Path(os.environ.get("BOARDPAPERS_REAL_PAPERS", beside))
    if not any(folder.glob("*.txt")):
        pytest.skip("no public packs: name their folder in BOARDPAPERS_REAL_PAPERS")
    return folder
