"""The command: reports, comparison, thresholds, converters, and the pytest plugin."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from evals.cases import OPTIONAL_KEYS, REQUIRED_KEYS, Kind, Unit
from evals.cli import register
from evals.compare import BadEarlierRun, read_earlier
from evals.scorers import SCORERS
from evals.thresholds import BadThreshold, broken, parse
from evals.wording import LABELS
from tests.evals.world import record, write_cases

ROOT = Path(__file__).resolve().parents[2]
PERFECT = "tests.evals.world:open_perfect"
WRONG = "tests.evals.world:open_wrong"
ABSENT: dict[str, Any] = {
    "id": "t-002",
    "question": "How many <b>dogs</b> | cats?",
    "kind": "unanswerable",
    "skill": "out-of-scope",
    "papers": [],
    "value": None,
    "unit": None,
    "must_include": [],
    "evidence": [],
}
APP = typer.Typer()
register(APP)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A file of one question that is held and one that isn't."""
    return write_cases(tmp_path / "cases.jsonl", record(), record(**ABSENT))


def evaluated(*arguments: object) -> tuple[int, str]:
    """Exit code and output of `eval`."""
    said = CliRunner().invoke(APP, ["eval", *map(str, arguments)])
    return said.exit_code, said.output


def test_a_run_leaves_three_reports(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, output = evaluated(
        "--cases", cases, "--assistant", WRONG, "--out", out, "--date", "2025-03-01", "--failures"
    )
    assert code == 0, output
    assert "t-001 wrong: How many children were in care" in output
    result = json.loads((out / "result.json").read_text())
    assert result["run"]["date"] == "2025-03-01"
    assert {name: rate["share"] for name, rate in result["headline"].items()} == {
        "right": 0.5,
        "wrong": 0.5,
        "refused_though_held": 0.0,
        "answered_though_not_held": 0.0,
        "error": 0.0,
    }
    assert {group["by"] for group in result["groups"]} == {"kind", "skill", "paper", "council"}
    for name in ("report.md", "report.html"):
        text = (out / name).read_text()
        for said in ("412", "439 children", "figure_right", "By council", "Fenwold"):
            assert said in text, (name, said)


def test_the_html_stands_alone_and_escapes(cases: Path, tmp_path: Path) -> None:
    nasty = record(**{**ABSENT, "must_include": [["<script>"]]})
    file = write_cases(tmp_path / "nasty.jsonl", nasty)
    evaluated("--cases", file, "--assistant", PERFECT, "--out", tmp_path / "out")
    html = (tmp_path / "out" / "report.html").read_text()
    assert "How many &lt;b&gt;dogs&lt;/b&gt; | cats?" in html
    assert not [tag for tag in ("<script", "<link", "src=", "href=", "@import") if tag in html]


def test_two_runs_give_the_same_result(cases: Path, tmp_path: Path) -> None:
    results = []
    for name in ("first", "second"):
        evaluated(
            *("--cases", cases, "--assistant", WRONG, "--out", tmp_path / name, "--date", "x")
        )
        results.append(json.loads((tmp_path / name / "result.json").read_text()))
    for result in results:
        del result["timings"]
    assert results[0] == results[1]


def test_a_comparison_names_the_flips(cases: Path, tmp_path: Path) -> None:
    evaluated("--cases", cases, "--assistant", WRONG, "--out", tmp_path / "before")
    out = tmp_path / "after"
    code, output = evaluated(
        *("--cases", cases, "--assistant", PERFECT, "--out", out, "--compare", tmp_path / "before")
    )
    assert code == 0, output
    assert "t-001: wrong -> right" in output
    assert "chance could explain it" in output
    comparison = json.loads((out / "result.json").read_text())["comparison"]
    assert comparison["right"]["gained"] == 1
    assert comparison["cautions"] == []
    assert "| t-001 | wrong | right | right |" in (out / "report.md").read_text()
    assert "Compared with" in (out / "report.html").read_text()


def test_runs_of_other_cases_are_compared_over_what_both_have(cases: Path, tmp_path: Path) -> None:
    evaluated("--cases", cases, "--assistant", WRONG, "--out", tmp_path / "before")
    fewer = write_cases(tmp_path / "fewer.jsonl", record(), record(**ABSENT | {"id": "new"}))
    out = tmp_path / "after"
    evaluated(
        "--cases", fewer, "--assistant", WRONG, "--out", out, "--compare", tmp_path / "before"
    )
    comparison = json.loads((out / "result.json").read_text())["comparison"]
    assert (comparison["cases"], comparison["only_before"], comparison["only_now"]) == (
        1,
        ["t-002"],
        ["new"],
    )
    assert comparison["cautions"] == ["The case files aren't the same in both runs."]


def test_what_isn_t_a_result_can_t_be_compared_with(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text('{"cases": 1}')
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(BadEarlierRun):
            read_earlier(path)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (["--fail-under", "right=0.5"], 0),
        (["--fail-under", "right=0.6"], 1),
        (["--fail-under", "right=0.5", "wrong<=0.1"], 1),
        (["--fail-under", "right>=0.5,wrong=0.5"], 0),
        (["--fail-under", "citation_verbatim=1"], 0),
        (["--fail-under", "charm=1"], 2),
        (["--fail-under", "right is good"], 2),
    ],
)
def test_thresholds_decide_the_exit_code(cases: Path, limits: list[str], code: int) -> None:
    assert evaluated("--cases", cases, "--assistant", WRONG, *limits)[0] == code


def test_a_plain_equals_means_the_good_side() -> None:
    figures = {"right": 0.6, "wrong": 0.2}
    assert broken([parse("right=0.5"), parse("wrong=0.2")], figures) == []
    assert broken([parse("wrong=0.1")], figures) == ["wrong<=0.1 isn't kept: wrong is 0.2"]
    with pytest.raises(BadThreshold, match="known are right, wrong"):
        broken([parse("charm=1")], figures)


def test_further_files_may_follow_the_option(cases: Path, tmp_path: Path) -> None:
    more = write_cases(tmp_path / "more.jsonl", record(id="t-003"))
    code, output = evaluated("--cases", cases, more, "--assistant", PERFECT, "--check")
    assert (code, output.splitlines()[0]) == (0, "3 cases, every quote found in its paper")


def test_refused_cases_exit_with_2(tmp_path: Path) -> None:
    bad = write_cases(tmp_path / "bad.jsonl", record(kind="riddle"))
    code, output = evaluated("--cases", bad, "--assistant", PERFECT)
    assert code == 2
    assert "bad.jsonl:1: kind 'riddle'" in output


def test_refused_papers_stop_the_run(cases: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    assert evaluated("--cases", cases, "--assistant", PERFECT, "--papers", papers)[0] == 0
    (papers / "bad.txt").touch()
    code, output = evaluated("--cases", cases, "--assistant", PERFECT, "--papers", papers)
    assert code == 2
    assert "it is bad" in output


def test_an_assistant_that_can_t_be_found_is_named(cases: Path) -> None:
    code, output = evaluated("--cases", cases, "--assistant", "nowhere:open")
    assert code == 2
    assert "nowhere:open" in output


def test_csv_goes_out_and_comes_back(cases: Path, tmp_path: Path) -> None:
    table, back = tmp_path / "cases.csv", tmp_path / "back.jsonl"
    shared = ["--assistant", PERFECT]
    for arguments in (
        ["eval-export", str(cases), "--out", str(table), *shared],
        ["eval-import", str(table), "--out", str(back), *shared],
    ):
        said = CliRunner().invoke(APP, arguments)
        assert said.exit_code == 0, said.output
    lines = [file.read_text().splitlines() for file in (cases, back)]
    assert [json.loads(line) for line in lines[0]] == [json.loads(line) for line in lines[1]]


def test_the_cases_run_through_pytest(cases: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "evals.pytest_plugin",
        "-p",
        "no:cacheprovider",
    ]
    said = subprocess.run(
        [*command, "--cases", str(cases), "--assistant", WRONG, "-rA", "-q"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "1 failed, 1 passed" in said.stdout, said.stdout + said.stderr
    assert "figure_right: wanted 412 count" in said.stdout
    assert "Traceback" not in said.stdout


DOCUMENT = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")


def test_the_document_states_the_case_format_as_it_is() -> None:
    table = DOCUMENT.split("<!-- case format -->")[1]
    keys = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert sorted(keys) == sorted((*REQUIRED_KEYS, *OPTIONAL_KEYS))
    for value in (*Kind, *Unit):
        assert f'"{value}"' in table, value


def test_the_document_and_the_reports_name_every_scorer() -> None:
    described = DOCUMENT.split("<!-- scorers -->")[1]
    for scorer in SCORERS:
        assert f"| `{scorer.__name__}` |" in described
        assert scorer.__name__ in LABELS


def test_the_document_names_every_option() -> None:
    command = typer.main.get_command(APP)
    for name in ("eval", "eval-export", "eval-import"):
        parameters = command.commands[name].params  # type: ignore[attr-defined]
        for option in (flag for parameter in parameters for flag in parameter.opts):
            assert not option.startswith("--") or f"`{option}" in DOCUMENT, (name, option)
