"""What a run leaves behind: result.json for programs, report.md and report.html for people."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from evals.cases import Case
from evals.compare import RESULT_FILE, Comparison, meaning
from evals.page import page
from evals.record import RunRecord
from evals.runner import Result, Verdict
from evals.statistics import Rate
from evals.summary import Group, Summary
from evals.wording import LABELS, cited, interval, number, percent, ran_on, wanted

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Report:
    """A finished run: its record, results and numbers, and its comparison if there is one."""

    run: RunRecord
    results: tuple[Result, ...]
    summary: Summary
    comparison: Comparison | None = None

    @property
    def failed(self) -> tuple[Result, ...]:
        """The cases that aren't right, wrong answers first."""
        order = list(Verdict)
        bad = [result for result in self.results if result.verdict is not Verdict.RIGHT]
        return tuple(sorted(bad, key=lambda result: order.index(result.verdict)))


def write(report: Report, folder: Path) -> None:
    """Writes the three files; the folder is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    document = json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n"
    (folder / RESULT_FILE).write_text(document, encoding="utf-8")
    (folder / "report.md").write_text(to_markdown(report), encoding="utf-8")
    html = page(report.run, report.results, report.failed, report.summary, report.comparison)
    (folder / "report.html").write_text(html, encoding="utf-8")


def to_json(report: Report) -> dict[str, Any]:
    """The machine-readable result (docs/evaluation.md describes it).

    Everything that depends on the clock stands under `timings`; `digest` is of all that must
    be the same when the same commit answers the same cases from the same papers.
    """
    summary = report.summary
    outcome = {
        "headline": _rates(summary.headline),
        "scorers": _rates(summary.scorers),
        "retrieval": _rates(summary.retrieval)
        | {"mrr": summary.mrr, "evidence_at_10": summary.evidence_at_10},
        "groups": [
            {"by": group.by, "name": group.name, "headline": _rates(group.headline)}
            for group in summary.groups
        ],
        "cases": [_case(result) for result in report.results],
    }
    canonical = json.dumps(outcome, sort_keys=True, ensure_ascii=False)
    run = asdict(report.run)
    return {
        "format": FORMAT_VERSION,
        "run": run,
        "digest": sha256(canonical.encode()).hexdigest(),
        **outcome,
        "comparison": asdict(report.comparison) if report.comparison else None,
        "timings": asdict(summary.latency)
        | {
            "cold_process": run.pop("cold_seconds"),
            "cases": {result.case.id: result.seconds for result in report.results},
        },
    }


def _rates(rates: dict[str, Rate]) -> dict[str, Any]:
    return {name: asdict(rate) | {"share": rate.share} for name, rate in rates.items()}


def _case(result: Result) -> dict[str, Any]:
    answer = result.answer.to_json()
    return {
        "id": result.case.id,
        "question": result.case.question,
        "kind": result.case.kind.value,
        "skill": result.case.skill,
        "papers": list(result.case.papers),
        "councils": list(result.councils),
        "verdict": result.verdict.value,
        "reason": result.reason,
        "scores": [asdict(score) for score in result.scores],
        "ranking": asdict(result.ranking) if result.ranking else None,
        "wanted": _wanted(result.case),
        "got": {
            key: answer[key]
            for key in ("outcome", "route", "text", "figures", "citations", "options")
        },
    }


def _wanted(case: Case) -> dict[str, Any]:
    return {
        "value": None if case.value is None else float(case.value),
        "unit": case.unit,
        "tolerance": float(case.tolerance),
        "must_include": [list(group) for group in case.must_include],
        "must_not_include": list(case.must_not_include),
        "evidence": [asdict(piece) for piece in case.evidence],
        "note": case.note,
    }


def to_markdown(report: Report) -> str:
    """The report as Markdown."""
    summary = report.summary
    parts = [
        "# Evaluation report",
        ran_on(report.run),
        _table(summary.headline, "Headline"),
        _table(summary.scorers, "Scorers"),
        _table(summary.retrieval, "Evidence among the passages retrieved"),
        f"MRR {number(summary.mrr)}; share of all pieces of evidence in the first ten "
        f"{percent(summary.evidence_at_10)}. Seconds an answer: p50 {number(summary.latency.p50)}, "
        f"p95 {number(summary.latency.p95)}; first answer of a cold process "
        f"{number(report.run.cold_seconds)}.",
    ]
    if report.comparison:
        parts += _compared(report.comparison)
    for by in dict.fromkeys(group.by for group in summary.groups):
        parts.append(_groups(by, [group for group in summary.groups if group.by == by]))
    parts.append(f"## Cases that aren't right ({len(report.failed)})")
    parts += [_failed(result) for result in report.failed]
    return "\n\n".join(parts) + "\n"


def _table(rates: dict[str, Rate], title: str) -> str:
    rows = [f"## {title}", "", "| | share | cases | 95% interval |", "|---|---:|---:|---:|"]
    rows += [
        f"| {LABELS.get(name, name)} | {percent(rate.share)} | {rate.count} of {rate.of} "
        f"| {interval(rate)} |"
        for name, rate in rates.items()
    ]
    return "\n".join(rows)


def _groups(by: str, groups: Sequence[Group]) -> str:
    names = list(groups[0].headline)
    heads = " | ".join(LABELS[name] for name in names)
    rows = [f"## By {by}", "", f"| {by} | cases | {heads} |"]
    rows.append("|---|---:|" + "---:|" * len(names))
    for group in groups:
        cells = " | ".join(percent(group.headline[name].share) for name in names)
        rows.append(f"| {_cell(group.name)} | {group.headline['right'].of} | {cells} |")
    return "\n".join(rows)


def _compared(comparison: Comparison) -> list[str]:
    lines = [
        f"## Compared with {comparison.earlier}",
        *comparison.cautions,
        f"Of {comparison.cases} cases in both. Right: {meaning(comparison.right)}\n"
        f"Wrong: {meaning(comparison.wrong)}",
    ]
    if comparison.flips:
        rows = ["| case | before | now | reason |", "|---|---|---|---|"]
        rows += [
            f"| {flip.case_id} | {flip.before} | {flip.after} | {_cell(flip.reason)} |"
            for flip in comparison.flips
        ]
        lines.append("\n".join(rows))
    lines += _unmatched("Only in the earlier run", comparison.only_before)
    return lines + _unmatched("Only in this run", comparison.only_now)


def _unmatched(title: str, cases: Iterable[str]) -> list[str]:
    named = ", ".join(cases)
    return [f"{title}: {named}."] if named else []


def _failed(result: Result) -> str:
    case, answer = result.case, result.answer
    lines = [
        f"### {case.id}: {result.verdict}",
        "",
        f"{case.kind}, {case.skill}; {', '.join(case.papers) or 'not in the papers'}",
        "",
    ]
    lines += [f"> {turn.role}: {turn.content}" for turn in case.history]
    lines += [f"**{_line(case.question)}**", "", f"- wanted: {_line(wanted(case))}"]
    lines += [f"- got ({answer.outcome}): {_line(answer.text)}"]
    lines += [f"- cites {_line(text)}" for text in cited(answer)]
    lines += [f"- evidence, {piece.paper}: “{_line(piece.quote)}”" for piece in case.evidence]
    lines += [
        f"- {score.name} failed: {_line(score.reason)}"
        for score in result.scores
        if score.passed is False
    ]
    return "\n".join([*lines, f"- note: {_line(case.note)}"])


def _line(text: str) -> str:
    """Text of an answer or paper on one line, unable to pose as markup."""
    folded = " ".join(text.split())
    return folded.replace("\\", "\\\\").replace("<", "&lt;").replace("`", "\\`")


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")
