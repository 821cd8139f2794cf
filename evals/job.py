"""What the `eval` commands do, apart from their options."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from assistant.settings import settings_from_environment
from evals import opening, thresholds
from evals.cases import Case, load
from evals.compare import compare as compare_runs
from evals.compare import meaning, read_earlier
from evals.exchange import export_csv, import_csv
from evals.opening import Opened, opened
from evals.record import digest_of, record_run
from evals.report import Report, write
from evals.runner import Result, cold_seconds, run
from evals.statistics import Rate
from evals.summary import summarise
from evals.wording import LABELS, interval, number, percent


@dataclass(frozen=True, slots=True)
class Job:
    """What the command was asked to do."""

    files: tuple[Path, ...]
    limits: tuple[str, ...]
    store: Path | None
    papers: Path | None
    assistant: str | None
    earlier: Path | None
    out: Path | None
    date: str
    cold: bool
    failures: bool

    def settings(self) -> dict[str, str]:
        """The settings to put on the record."""
        kept = {name: str(value) for name, value in asdict(settings_from_environment()).items()}
        return kept | {
            "store": str(self.store or ("temporary" if self.papers else kept["store"])),
            "papers": str(self.papers or "as in the store"),
            "assistant": self.assistant or opening.DEFAULT,
        }


def check(job: Job, console: Console) -> list[str]:
    """Only loads the cases and counts them."""
    with opened(job.store, job.papers, job.assistant) as (subject, _):
        _print_counts(console, load(job.files, subject.paper_text))
    return []


def evaluate(job: Job, console: Console) -> list[str]:
    """Runs, reports and prints; the thresholds that weren't kept."""
    kept = [thresholds.parse(limit) for limit in job.limits]
    earlier = read_earlier(job.earlier) if job.earlier else None
    with opened(job.store, job.papers, job.assistant) as (subject, place):
        cases = load(job.files, subject.paper_text)
        results = _run(console, cases, subject)
        cold = cold_seconds(place, cases[0].question) if job.cold else None
        record = record_run(results, subject, job.date, job.settings(), digest_of(job.files), cold)
    comparison = compare_runs(earlier, results, record) if earlier else None
    report = Report(record, results, summarise(results), comparison)
    if job.out:
        write(report, job.out)
    _print(console, report)
    if job.failures:
        _print_failures(console, report)
    return thresholds.broken(kept, report.summary.figures())


@dataclass(frozen=True, slots=True)
class Papers:
    """Where the papers that cases are checked against come from."""

    store: Path | None
    papers: Path | None
    assistant: str | None


def to_csv(files: Sequence[Path], out: Path, source: Papers) -> int:
    """Writes the cases as CSV; how many."""
    with opened(source.store, source.papers, source.assistant) as (subject, _):
        cases = load(files, subject.paper_text)
    with out.open("w", encoding="utf-8", newline="") as stream:
        export_csv(cases, stream)
    return len(cases)


def from_csv(table: Path, out: Path, source: Papers) -> int:
    """Writes the table's rows as a checked case file; how many."""
    with (
        opened(source.store, source.papers, source.assistant) as (subject, _),
        table.open(encoding="utf-8-sig", newline="") as stream,
    ):
        return len(import_csv(stream, out, subject.paper_text))


def _run(console: Console, cases: Sequence[Case], subject: Opened) -> tuple[Result, ...]:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Asking", total=len(cases))
        return run(cases, subject, on_result=lambda _: progress.advance(task))


def _print_counts(console: Console, cases: Sequence[Case]) -> None:
    console.print(f"{len(cases)} cases, every quote found in its paper")
    for what, counted in (
        ("kind", Counter(case.kind.value for case in cases)),
        ("skill", Counter(case.skill for case in cases)),
    ):
        console.print(
            f"by {what}: " + ", ".join(f"{n} {name}" for name, n in sorted(counted.items()))
        )


def _print(console: Console, report: Report) -> None:
    record, summary = report.run, report.summary
    dirty = " with uncommitted changes" if record.dirty else ""
    console.print(f"{record.date}, commit {record.commit[:12]}{dirty}, model {record.model}")
    for title, rates in (
        ("Headline", summary.headline),
        ("Scorers", summary.scorers),
        ("Evidence among the passages retrieved", summary.retrieval),
    ):
        console.print(_rates(title, rates))
    console.print(
        f"MRR {number(summary.mrr)}; seconds an answer: p50 {number(summary.latency.p50)}, "
        f"p95 {number(summary.latency.p95)}; cold process {number(record.cold_seconds)}"
    )
    if report.comparison:
        console.print(f"Compared with {report.comparison.earlier}", markup=False)
        console.print(f"Right: {meaning(report.comparison.right)}", soft_wrap=True)
        console.print(f"Wrong: {meaning(report.comparison.wrong)}", soft_wrap=True)
        for flip in report.comparison.flips:
            console.print(f"{flip.case_id}: {flip.before} -> {flip.after}", markup=False)


def _print_failures(console: Console, report: Report) -> None:
    for result in report.failed:
        said = " ".join(result.answer.text.split())[:200]
        line = f"{result.case.id} {result.verdict}: {result.case.question}\n  {result.reason}"
        console.print(f"{line}\n  got: {said}", markup=False, highlight=False)


def _rates(title: str, rates: dict[str, Rate]) -> Table:
    table = Table("", title=title, title_justify="left")
    for heading in ("share", "cases", "95% interval"):
        table.add_column(heading, justify="right")
    for name, rate in rates.items():
        row = (percent(rate.share), f"{rate.count} of {rate.of}", interval(rate))
        table.add_row(LABELS[name], *row)
    return table
