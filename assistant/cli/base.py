"""The command line's frame: the application, its common options, and what commands share.

What takes long to load is loaded when used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from assistant.settings import DEMO_CORPUS, settings_from_environment
from ingest.errors import BoardPapersError, StoreError
from ingest.kinds import PaperKind

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.answer import Scope
    from assistant.assistant import Assistant
    from assistant.listings import Listing
    from assistant.settings import ModelSettings
    from ingest.pipeline import Report
    from ingest.remaking import HowFar, OnIndexing

_FILE_WIDTH = 120
_TRACEBACK = "BOARDPAPERS_TRACEBACK"


class _Commands(TyperGroup):
    """The edge at which errors become one line for the person."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except BoardPapersError as error:
            complain(str(error))
            raise typer.Exit(1) from error
        except (typer.Exit, typer.Abort, TyperException, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get(_TRACEBACK):
                raise
            complain(
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
PaperKinds = Annotated[
    list[PaperKind] | None,
    typer.Option("--kind", help="Only this kind of paper; repeatable."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Demo = Annotated[
    bool, typer.Option("--demo", help="Take in the demonstration papers if the store is empty.")
]


def write_text(path: Path, text: str) -> None:
    """Write a file; raises BoardPapersError, with the way out, where that can't be done."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, body: bytes) -> None:
    """Write a file; raises BoardPapersError, with the way out, where that can't be done."""
    try:
        path.write_bytes(body)
    except OSError as error:
        raise BoardPapersError(
            f"{path} can't be written ({error.strerror}): name a file in a folder that you may "
            "write to."
        ) from error


def folder_of(store: Path | None) -> Path:
    """The store's folder: the one named, else that of the settings."""
    return store or settings_from_environment().store


@contextmanager
def opened(
    store: Path | None, *, asking: bool = False, searching: bool = False
) -> Iterator[Assistant]:
    """The assistant over a store, as who runs this may see it.

    `asking` lets a language model take part, and says so. For asking and searching the embedding
    model is loaded beside the rest of the program.
    """
    from assistant.access.settings import viewer_of_process
    from assistant.loading import embedder_beside

    embedding = embedder_beside() if asking or searching else None
    from assistant.assistant import Assistant

    model = tell_of_model() if asking else None
    with indexing_shown() as on_indexing:
        assistant = Assistant.open(
            folder_of(store), model, embedding, viewer_of_process(), on_indexing
        )
    with assistant:
        yield assistant


@contextmanager
def indexing_shown() -> Iterator[OnIndexing]:
    """Shows how far indexes are, where they have to be made anew; loads nothing where not."""
    with ExitStack() as shown:
        bar: OnIndexing | None = None

        def tell(told: HowFar) -> None:
            nonlocal bar
            if bar is None:
                from assistant.terminal import IndexingProgress

                bar = shown.enter_context(IndexingProgress(console(errors=True)))
            bar(told)

        yield tell


def tell_of_model() -> ModelSettings | None:
    """The language model that is set, None where none is; what is sent to it is said."""
    model = settings_from_environment().model
    if model is not None:
        typer.echo(
            f"Language model: {model.name} at {model.place}. Questions, the turns before them and "
            "the passages found for them are sent there; BOARDPAPERS_MODEL=none turns it off.",
            err=True,
        )
    return model


def make_sure_of_papers(assistant: Assistant, *, demo: bool) -> None:
    """See to it that some papers are held; raises StoreError where none are and none are wanted."""
    if assistant.size:
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
    take_in(assistant, [DEMO_CORPUS], on_errors=True)


def take_in(assistant: Assistant, paths: list[Path], *, on_errors: bool = False) -> Report:
    """Ingests and reports; `on_errors` keeps the report out of what a program reads."""
    from assistant.terminal import IngestProgress, show_findings, show_report

    errors = console(errors=True)
    with IngestProgress(errors) as on_progress:
        report = assistant.ingest(paths, on_progress)
    shown = errors if on_errors else console()
    show_report(shown, errors, report)
    new = {f.path.stem for f in report.files if f.status in ("read", "replaced")}
    if new:
        show_findings(shown, assistant.findings(new))
    return report


def scope_of(
    assistant: Assistant,
    councils: list[str] | None,
    committees: list[str] | None,
    since: datetime | None,
    until: datetime | None,
    kinds: list[PaperKind] | None = None,
) -> Scope:
    """The scope that options give, names shortened as people do; raises for unknown ones."""
    from assistant.question.scoping import scope_for

    return scope_for(
        assistant, councils or (), committees or (), _day(since), _day(until), kinds or ()
    )


def _day(when: datetime | None) -> date | None:
    return when.date() if when else None


def show_listed(listing: Listing, columns: tuple[str, ...], *, as_json: bool, as_csv: bool) -> None:
    """Print a listing: a table of some columns, or everything as JSON or CSV."""
    from assistant.terminal import json_text, show_listing

    if as_json:
        typer.echo(json_text(listing.objects()))
    elif as_csv:
        typer.echo(listing.to_csv(), nl=False)
    else:
        show_listing(console(), listing, columns)


def console(*, errors: bool = False) -> Console:
    """The terminal, or its error stream."""
    from rich.console import Console

    console = Console(stderr=errors, highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, _FILE_WIDTH)
    return console


def complain(line: str) -> None:
    """Print a line on the error stream."""
    from assistant import terminal

    terminal.complain(console(errors=True), line)
