"""The same cases through pytest: `pytest -p evals.pytest_plugin --cases FILE --store DIR`.

Each case is a test named by its id; it fails where the case isn't right (or, with
`--every-scorer`, where any scorer fails), and its message is the scorers' reasons.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from evals import opening
from evals.cases import Case, load
from evals.opening import opened
from evals.runner import Assistant, Result, Verdict, run
from evals.wording import wanted


class CaseFailed(Exception):
    """A case that didn't end right."""


_ASSISTANT = pytest.StashKey[Assistant]()
_STACK = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, in a group of their own."""
    group = parser.getgroup("boardpapers", "Evaluation cases")
    group.addoption("--cases", action="append", default=[], type=Path, help="Case file.")
    group.addoption("--store", type=Path, default=None, help="Store to answer from.")
    group.addoption("--papers", type=Path, default=None, help="Folder to ingest first.")
    group.addoption("--assistant", default=opening.DEFAULT, help="module:callable of a store.")
    group.addoption("--every-scorer", action="store_true", help="Fail where any scorer fails.")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Makes the case files what is collected and opens the assistant once."""
    cases = config.getoption("--cases")
    if not cases:
        return
    config.args = [str(path) for path in cases]
    stack = config.stash[_STACK] = ExitStack()
    store, papers = config.getoption("--store"), config.getoption("--papers")
    named = config.getoption("--assistant")
    config.stash[_ASSISTANT], _ = stack.enter_context(opened(store, papers, named))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Lets the store go."""
    if _STACK in config.stash:
        config.stash[_STACK].close()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "CaseFile | None":
    """The case files that were named, and no others."""
    named = {path.resolve() for path in parent.config.getoption("--cases")}
    if file_path.resolve() not in named:
        return None
    return CaseFile.from_parent(parent, path=file_path)


class CaseFile(pytest.File):
    """A case file; loading it strictly is its collection."""

    def collect(self) -> Iterator["CaseItem"]:
        """A test for each case."""
        for case in load([self.path], self.config.stash[_ASSISTANT].paper_text):
            yield CaseItem.from_parent(self, name=case.id, case=case)


class CaseItem(pytest.Item):
    """One case as a test."""

    def __init__(self, case: Case, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.case = case

    def runtest(self) -> None:
        """Asks, scores, and fails with the reasons."""
        (result,) = run([self.case], self.config.stash[_ASSISTANT])
        every = self.config.getoption("--every-scorer")
        failed = any(score.passed is False for score in result.scores) if every else False
        if failed or result.verdict is not Verdict.RIGHT:
            raise CaseFailed(_message(result))

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> Any:
        """The reasons; a traceback only for what isn't the case's own failure."""
        if isinstance(excinfo.value, CaseFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the case stands and what it asks."""
        return self.path, None, f"{self.case.id}: {self.case.question}"


def _message(result: Result) -> str:
    reasons = [f"{s.name}: {s.reason}" for s in result.scores if s.passed is False]
    return "\n".join(
        [
            f"{result.case.id} is {result.verdict}: {result.case.question}",
            f"wanted: {wanted(result.case)}",
            f"got ({result.answer.outcome}): {result.answer.text}",
            *reasons,
        ]
    )
