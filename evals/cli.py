"""The `eval` commands: their options.

The work is imported when a command runs, so that `ask` and the others start without it.
"""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals import thresholds
from ingest.errors import BoardPapersError

OWN_CASES = Path(__file__).resolve().parent / "cases"
THRESHOLD_BROKEN = 1
REFUSED = 2


def register(app: typer.Typer) -> None:
    """Adds `eval` and its two converters to the main command line."""
    app.command("eval")(evaluate)
    app.command("eval-export")(export_cases)
    app.command("eval-import")(import_cases)


def evaluate(
    more: Annotated[
        list[str] | None,
        typer.Argument(
            help="Further case files or thresholds, after --cases or --fail-under.",
            metavar="[FILE|THRESHOLD]...",
        ),
    ] = None,
    cases: Annotated[
        list[Path] | None,
        typer.Option(help="Case file (JSON Lines). Default: the project's own cases."),
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Store to answer from. Default: as for `ask`.")
    ] = None,
    papers: Annotated[
        Path | None,
        typer.Option(help="Folder to ingest first; without --store, into a temporary store."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for result.json, report.md and report.html."),
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(help="Earlier result.json, or its folder, to compare with.")
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(help="Threshold such as right=0.5 or wrong<=0.1; exit 1 if it isn't kept."),
    ] = None,
    cold: Annotated[
        bool, typer.Option("--cold", help="Also time the first answer of a cold process.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only check the case files against the papers.")
    ] = False,
    failures: Annotated[
        bool, typer.Option("--failures", help="Also print each case that isn't right, and why.")
    ] = False,
    date: Annotated[
        str | None, typer.Option(help="Date to put on the record. Default: today.")
    ] = None,
    assistant: Annotated[
        str | None,
        typer.Option(help="What to evaluate, as module:callable of a store folder. Default: ours."),
    ] = None,
) -> None:
    """Run evaluation cases, score the answers, report, and hold them to thresholds."""
    from evals.job import Job
    from evals.job import check as check_only
    from evals.job import evaluate as evaluate_cases

    files, limits = _sorted_out(cases or [], fail_under or [], more or [])
    job = Job(
        files=tuple(files),
        limits=tuple(limits),
        store=store,
        papers=papers,
        assistant=assistant,
        earlier=compare,
        out=out,
        date=date or datetime.date.today().isoformat(),
        cold=cold,
        failures=failures,
    )
    with _refusals():
        unkept = (check_only if check else evaluate_cases)(job, Console())
    for line in unkept:
        _complain(line)
    if unkept:
        raise typer.Exit(THRESHOLD_BROKEN)


def export_cases(
    cases: Annotated[list[Path], typer.Argument(help="Case files (JSON Lines).")],
    out: Annotated[Path, typer.Option(help="CSV file to write.")],
    store: Annotated[Path | None, typer.Option(help="Store that holds the papers.")] = None,
    papers: Annotated[Path | None, typer.Option(help="Folder to ingest first.")] = None,
    assistant: Annotated[str | None, typer.Option(help="As for `eval`.")] = None,
) -> None:
    """Write cases as a CSV of question, expected answer and source."""
    from evals.job import Papers, to_csv

    with _refusals():
        count = to_csv(cases, out, Papers(store, papers, assistant))
    typer.echo(f"{count} cases written to {out}")


def import_cases(
    table: Annotated[Path, typer.Argument(help="CSV of question, expected_answer and source.")],
    out: Annotated[Path, typer.Option(help="Case file (JSON Lines) to write.")],
    store: Annotated[Path | None, typer.Option(help="Store that holds the papers.")] = None,
    papers: Annotated[Path | None, typer.Option(help="Folder to ingest first.")] = None,
    assistant: Annotated[str | None, typer.Option(help="As for `eval`.")] = None,
) -> None:
    """Turn a CSV of question, expected answer and source into a checked case file."""
    from evals.job import Papers, from_csv

    with _refusals():
        count = from_csv(table, out, Papers(store, papers, assistant))
    typer.echo(f"{count} cases written to {out}")


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except BoardPapersError as error:
        _complain(str(error))
        raise typer.Exit(REFUSED) from error


def _complain(line: str) -> None:
    Console(stderr=True).print(line, markup=False, highlight=False, style="red", soft_wrap=True)


def _sorted_out(
    cases: Sequence[Path], limits: Sequence[str], more: Sequence[str]
) -> tuple[list[Path], list[str]]:
    """Files and thresholds: options take one value, the rest of a list comes as arguments."""
    found = [part for limit in limits for part in limit.replace(",", " ").split()]
    found += [word for word in more if thresholds.is_threshold(word)]
    files = [*cases, *(Path(word) for word in more if not thresholds.is_threshold(word))]
    return files or sorted(OWN_CASES.glob("*.jsonl")), found


if __name__ == "__main__":
    typer.run(evaluate)
