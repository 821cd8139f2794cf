"""The `boardpapers` command: its words and options. What takes long to load is loaded when used."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from assistant.settings import DEMO_CORPUS, settings_from_environment
from ingest.errors import BoardPapersError, StoreError

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.answer import Scope
    from assistant.assistant import Assistant
    from assistant.listings import Listing
    from ingest.pipeline import Report

_FILE_WIDTH = 120
_TRACEBACK = "BOARDPAPERS_TRACEBACK"


class _Commands(TyperGroup):
    """The edge at which errors become one line for the person."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except BoardPapersError as error:
            _complain(str(error))
            raise typer.Exit(1) from error
        except (typer.Exit, typer.Abort, TyperException, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get(_TRACEBACK):
                raise
            _complain(
                f"This is a fault in the program ({type(error).__name__}: {error}). Please report "
                f"it; {_TRACEBACK}=1 in the environment shows where it happened."
            )
            raise typer.Exit(1) from error


app = typer.Typer(
    name="boardpapers",
    cls=_Commands,
    help="Answers questions about council board papers, with the quote that each answer rests on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
indicators = typer.Typer(
    help="The figures that are held.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(indicators, name="indicators")


class Kind(StrEnum):
    """Kinds of decision, as `--kind` takes them."""

    RESOLUTION = "resolution"
    RECOMMENDATION = "recommendation"
    ACTION = "action"


Store = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the store. Default: BOARDPAPERS_STORE, else .boardpapers here.",
        show_default=False,
    ),
]
Councils = Annotated[
    list[str] | None,
    typer.Option(
        "--council",
        metavar="NAME",
        help="Only this council (part of its name will do); repeatable.",
    ),
]
Committees = Annotated[
    list[str] | None,
    typer.Option("--committee", metavar="NAME", help="Only this committee; repeatable."),
]
Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Only meetings on or after this day."
    ),
]
Until = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Only meetings on or before this day."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Demo = Annotated[
    bool, typer.Option("--demo", help="Take in the demonstration papers if the store is empty.")
]


@app.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders of papers.", metavar="PATH...")
    ],
    store: Store = None,
) -> None:
    """Take papers into the store; the same file twice changes nothing."""
    with _opened(store) as assistant:
        report = _take_in(assistant, paths)
    if report.refused:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question, in quotation marks.", show_default=False)
    ] = None,
    as_json: AsJson = False,
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    history: Annotated[
        Path | None,
        typer.Option(help='Earlier turns: a JSON list of {"role", "content"}.'),
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(help='Questions to answer: JSON Lines of {"id", "question", "history"?}.'),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where --batch writes its answers (JSON Lines).")
    ] = None,
    demo: Demo = False,
    store: Store = None,
) -> None:
    """Answer a question from the papers held, or say that they don't answer it."""
    if (question is None) == (batch is None):
        raise BoardPapersError('Give either a question ("..." in quotation marks) or --batch.')
    if (batch is None) != (out is None):
        raise BoardPapersError("--batch and --out go together: name the file that is missing.")
    if question is not None and not question.strip():
        raise BoardPapersError("The question is empty: write one in quotation marks.")
    with _opened(store, asking=True) as assistant:
        _make_sure_of_papers(assistant, demo=demo)
        scope = _scope(assistant, council, committee, since, until)
        if batch and out:
            _ask_batch(assistant, batch, out, scope)
        elif question:
            _ask_one(assistant, question, history, scope, as_json=as_json)


@app.command()
def search(
    question: Annotated[
        str, typer.Argument(help="A question or words, in quotation marks.", show_default=False)
    ],
    limit: Annotated[int, typer.Option(min=1, max=100, help="Passages at most.")] = 10,
    as_json: AsJson = False,
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    store: Store = None,
) -> None:
    """Find passages, the best first, with why each one ranks."""
    if not question.strip():
        raise BoardPapersError("The question is empty: write one in quotation marks.")
    with _opened(store) as assistant:
        _make_sure_of_papers(assistant, demo=False)
        scope = _scope(assistant, council, committee, since, until)
        _search(assistant, question, limit, scope, as_json=as_json)


@app.command()
def chat(
    demo: Demo = False,
    port: Annotated[int, typer.Option(help="Port of the page on this machine.")] = 8501,
    browser: Annotated[
        bool, typer.Option(help="Open the page in the browser once it is ready.")
    ] = True,
    store: Store = None,
) -> None:
    """Open the page for asking; with an empty store it offers the demonstration papers."""
    from assistant.serving import serve

    folder = _folder(store)
    if demo:
        with _opened(store) as assistant:
            _make_sure_of_papers(assistant, demo=True)
    raise typer.Exit(serve(folder, port, open_browser=browser))


@app.command()
def papers(
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: Store = None,
) -> None:
    """List the papers held."""
    from assistant.listings import papers_listing
    from assistant.question.scoping import covers

    with _opened(store) as assistant:
        scope = _scope(assistant, council, committee, since, until)
        kept = [r for r in assistant.papers() if covers(scope, r.meeting)]
        columns = ("id", "council", "committee", "meeting_date", "minutes_of", "title")
        _show(papers_listing(kept), columns, as_json=as_json, as_csv=as_csv)


@app.command()
def decisions(
    kind: Annotated[Kind | None, typer.Option(help="Only this kind.")] = None,
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: Store = None,
) -> None:
    """List resolutions, recommendations and actions, verbatim."""
    from assistant.listings import decisions_listing
    from assistant.question.scoping import covers

    with _opened(store) as assistant:
        scope = _scope(assistant, council, committee, since, until)
        kept = [
            d
            for d in assistant.decisions()
            if covers(scope, d.meeting) and kind in (None, d.kind.value)
        ]
        columns = ("kind", "council", "meeting_date", "title", "text", "owner", "due")
        _show(decisions_listing(kept), columns, as_json=as_json, as_csv=as_csv)


@indicators.command("list")
def indicators_list(
    measure: Annotated[
        str | None, typer.Option(help="Only measures with these words in their name.")
    ] = None,
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: Store = None,
) -> None:
    """List every figure held, with whose it is and of when."""
    from assistant.listings import observations_listing
    from assistant.question.scoping import covers

    with _opened(store) as assistant:
        wanted = (measure or "").casefold()
        scope = _scope(assistant, council, committee, since, until)
        kept = [
            o
            for o, meeting in assistant.figures()
            if covers(scope, meeting) and wanted in o.measure.casefold()
        ]
        columns = ("measure", "area", "basis", "period_end", "printed", "unit", "paper")
        _show(observations_listing(kept), columns, as_json=as_json, as_csv=as_csv)


@indicators.command("show")
def indicators_show(
    measure: Annotated[str, typer.Argument(help="What is measured, in your own words.")],
    council: Councils = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Show what is known of a measure: its meaning, its figures over time, what is amiss."""
    from assistant.terminal import json_text, show_card

    with _opened(store) as assistant:
        cards = assistant.indicator(measure, _scope(assistant, council, None, None, None))
        if not cards:
            raise BoardPapersError(
                f"No figures over time were found for {measure!r}: `boardpapers indicators list` "
                "shows what is held."
            )
        if as_json:
            typer.echo(json_text([asdict(card) for card in cards]))
        else:
            for card in cards:
                show_card(_console(), card)


@indicators.command("export")
def indicators_export(
    out: Annotated[Path, typer.Argument(help="A file that ends in .csv or .parquet.")],
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    store: Store = None,
) -> None:
    """Write the figures as a tidy table, one row a figure, with where each is printed."""
    from assistant.question.scoping import covers
    from indicators.frame import to_frame, write

    with _opened(store) as assistant:
        scope = _scope(assistant, council, committee, since, until)
        frame = to_frame((o, m) for o, m in assistant.figures() if covers(scope, m))
    write(frame, out)
    typer.echo(f"{len(frame)} figures written to {out}", err=True)


@app.command()
def show(
    paper_id: Annotated[str, typer.Argument(help="The paper's id, as `papers` lists it.")],
    page: Annotated[
        int | None, typer.Option(help="Only the page with this number.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(help="Write an HTML page to this file instead.", show_default=False),
    ] = None,
    store: Store = None,
) -> None:
    """Show what was understood of a paper, page by page, so that it can be checked."""
    from assistant.papers.page import paper_page
    from assistant.papers.terminal import show_paper

    with _opened(store) as assistant:
        view = assistant.paper_view(paper_id)
    if page is not None:
        view = view.only(page)
    if not view.pages:
        raise BoardPapersError(f"{paper_id} has no page {page}: leave --page out to see them all.")
    if html is None:
        show_paper(_console(), view)
    else:
        _write(html, paper_page(view))
        typer.echo(f"Written to {html}.")


@app.command()
def remove(
    paper_id: Annotated[str, typer.Argument(help="The paper's id, as `papers` lists it.")],
    store: Store = None,
) -> None:
    """Remove a paper; no trace of it stays in the store."""
    with _opened(store) as assistant:
        assistant.remove(paper_id)
    typer.echo(f"Removed {paper_id}.")


def main() -> None:
    """The command line."""
    app()


def _add_further_commands() -> None:
    """Commands of rooms that this one may not import, such as `eval`."""
    for entry in entry_points(group="boardpapers.commands"):
        entry.load()(app)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BoardPapersError(
            f"{path} can't be written ({error.strerror}): name a file in a folder that you may "
            "write to."
        ) from error


def _folder(store: Path | None) -> Path:
    return store or settings_from_environment().store


@contextmanager
def _opened(store: Path | None, *, asking: bool = False) -> Iterator[Assistant]:
    from assistant.assistant import Assistant

    model = settings_from_environment().model if asking else None
    if model is not None:
        typer.echo(
            f"Language model: {model.name} at {model.place}. Questions and the passages found for "
            "them are sent there; BOARDPAPERS_MODEL=none turns it off.",
            err=True,
        )
    with Assistant.open(_folder(store), model) as assistant:
        yield assistant


def _make_sure_of_papers(assistant: Assistant, *, demo: bool) -> None:
    if assistant.papers():
        return
    offered = demo or (
        sys.stdin.isatty()
        and typer.confirm("No papers are held yet. Take in the demonstration papers?", err=True)
    )
    if not offered:
        raise StoreError(
            "No papers are held yet: take some in with `boardpapers ingest PATH`, or add --demo "
            "for the demonstration papers."
        )
    if not DEMO_CORPUS.is_dir():
        raise StoreError(f"The demonstration papers aren't in {DEMO_CORPUS}: run it from a clone.")
    _take_in(assistant, [DEMO_CORPUS], on_errors=True)


def _take_in(assistant: Assistant, paths: list[Path], *, on_errors: bool = False) -> Report:
    """Ingests and reports; `on_errors` keeps the report out of what a program reads."""
    from assistant.terminal import IngestProgress, show_report

    errors = _console(errors=True)
    with IngestProgress(errors) as on_progress:
        report = assistant.ingest(paths, on_progress)
    show_report(errors if on_errors else _console(), errors, report)
    return report


def _scope(
    assistant: Assistant,
    councils: list[str] | None,
    committees: list[str] | None,
    since: datetime | None,
    until: datetime | None,
) -> Scope:
    from assistant.question.scoping import scope_for

    return scope_for(assistant.papers(), councils or (), committees or (), _day(since), _day(until))


def _day(when: datetime | None) -> date | None:
    return when.date() if when else None


def _ask_one(
    assistant: Assistant, question: str, history: Path | None, scope: Scope, *, as_json: bool
) -> None:
    from assistant.batch import read_history
    from assistant.terminal import json_text, show_answer

    answer = assistant.ask(question, read_history(history) if history else (), scope)
    if as_json:
        typer.echo(json_text(answer.to_json()))
    else:
        show_answer(_console(), answer)


def _search(
    assistant: Assistant, question: str, limit: int, scope: Scope, *, as_json: bool
) -> None:
    from assistant.terminal import json_text, show_results

    found = assistant.search(question, scope, limit)
    if as_json:
        objects = [result.to_json(rank) for rank, result in enumerate(found, 1)]
        typer.echo(json_text({"question": question, "results": objects}))
    else:
        show_results(_console(), found)
    if not assistant.by_meaning:
        _complain("Searched by words alone: there are no vectors of these papers.")


def _ask_batch(assistant: Assistant, batch: Path, out: Path, scope: Scope) -> None:
    from assistant.batch import answer_all, read_questions
    from assistant.terminal import AskProgress

    questions = read_questions(batch)
    errors = _console(errors=True)
    with AskProgress(errors, len(questions)) as on_answered:
        failures = answer_all(assistant, questions, out, scope, on_answered)
    typer.echo(f"{len(questions)} answers written to {out}", err=True)
    for failure in failures:
        _complain(f"{failure.id} ended in an error ({type(failure.error).__name__}).")
    if failures:
        raise typer.Exit(1)


def _show(listing: Listing, columns: tuple[str, ...], *, as_json: bool, as_csv: bool) -> None:
    from assistant.terminal import json_text, show_listing

    if as_json:
        typer.echo(json_text(listing.objects()))
    elif as_csv:
        typer.echo(listing.to_csv(), nl=False)
    else:
        show_listing(_console(), listing, columns)


def _console(*, errors: bool = False) -> Console:
    from rich.console import Console

    console = Console(stderr=errors, highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, _FILE_WIDTH)
    return console


def _complain(line: str) -> None:
    from assistant.terminal import complain

    complain(_console(errors=True), line)


_add_further_commands()

if __name__ == "__main__":
    main()
