"""Our own cases against the demonstration papers, by words alone: what must not get worse."""

import tomllib
from pathlib import Path

from evals import thresholds
from evals.cases import Case
from evals.record import RunRecord
from evals.report import Report, to_json
from evals.runner import Result, run
from evals.summary import summarise
from tests.conftest import CASE_FILES, open_demonstration

LIMITS = CASE_FILES[0].parent / "thresholds.toml"
NO_RECORD = RunRecord("", "", None, {}, "", "", {}, {})


def test_every_line_of_every_case_file_is_a_case(own_cases: tuple[Case, ...]) -> None:
    lines = [line for file in CASE_FILES for line in file.read_text("utf-8").splitlines()]
    assert len(own_cases) == len(lines) >= 130
    assert {file.stem for file in CASE_FILES} == {"averonshire", "castlebourne"}


def test_answers_are_as_good_as_the_thresholds_say(own_results: tuple[Result, ...]) -> None:
    limits = [thresholds.parse(text) for text in tomllib.loads(LIMITS.read_text("utf-8"))["keep"]]
    assert {"right", "wrong", "refused_though_held", "citation_verbatim"} <= {
        limit.name for limit in limits
    }
    assert thresholds.broken(limits, summarise(own_results).figures()) == []


def test_no_case_makes_the_assistant_fail(own_results: tuple[Result, ...]) -> None:
    assert [r.case.id for r in own_results if r.answer.outcome == "error"] == []


def test_another_store_of_the_same_papers_gives_the_same_digest(
    own_results: tuple[Result, ...], own_cases: tuple[Case, ...], tmp_path: Path
) -> None:
    with open_demonstration(tmp_path / "store") as assistant:
        again = run(own_cases[::2], assistant)
    assert _digest(again) == _digest(own_results[::2])
    assert _digest(again[1:]) != _digest(again)


def _digest(results: tuple[Result, ...]) -> str:
    report = Report(NO_RECORD, results, summarise(results))
    return str(to_json(report)["digest"])
