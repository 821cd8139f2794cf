"""`watch`: saved questions, asked again when papers come in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.base import (
    AsCsv,
    AsJson,
    Committees,
    Councils,
    Since,
    Store,
    Until,
    app,
    console,
    folder_of,
    opened,
    scope_of,
    show_listed,
)
from ingest.errors import BoardPapersError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

watch = typer.Typer(
    help="Saved questions, asked again when papers come in.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(watch, name="watch")

Name = Annotated[str, typer.Argument(help="What the question is called.")]


@watch.command("add")
def watch_add(
    name: Name,
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    store: Store = None,
) -> None:
    """Save a question, with its answer of today to compare with."""
    from assistant.shown import plain
    from assistant.watch.watching import Watch

    if not (name.strip() and question.strip()):
        raise BoardPapersError("The name or the question is empty: write both.")
    with opened(store) as assistant:
        scope = scope_of(assistant, council, committee, since, until)
        saved = Watch(folder_of(store), assistant.viewer).add(assistant, name, question, scope)
    typer.echo(plain(f"Saved {name}. Its answer of today:\n{saved.seen.text}"))


@watch.command("list")
def watch_list(as_json: AsJson = False, as_csv: AsCsv = False, store: Store = None) -> None:
    """List the saved questions."""
    from assistant.access.settings import viewer_of_process
    from assistant.listings import Listing
    from assistant.watch.watching import Watch

    columns = ("name", "question", "councils", "committees", "since", "until", "outcome")
    rows = tuple(
        (
            saved.name,
            saved.question,
            "; ".join(saved.scope.councils) or None,
            "; ".join(saved.scope.committees) or None,
            saved.scope.since.isoformat() if saved.scope.since else None,
            saved.scope.until.isoformat() if saved.scope.until else None,
            saved.seen.outcome.value,
        )
        for saved in Watch(folder_of(store), viewer_of_process()).questions()
    )
    shown = ("name", "question", "councils", "outcome")
    show_listed(Listing(columns, rows), shown, as_json=as_json, as_csv=as_csv)


@watch.command("remove")
def watch_remove(name: Name, store: Store = None) -> None:
    """Forget a saved question."""
    from assistant.access.settings import viewer_of_process
    from assistant.watch.watching import Watch

    Watch(folder_of(store), viewer_of_process()).remove(name)
    typer.echo(f"Removed {name}.")


@watch.command("run")
def watch_run(as_json: AsJson = False, store: Store = None) -> None:
    """Ask the saved questions again: what changed since they were last asked."""
    from assistant.terminal import json_text
    from assistant.watch.terminal import show_digest
    from assistant.watch.watching import Watch

    with opened(store) as assistant:
        watching = Watch(folder_of(store), assistant.viewer)
        digest = watching.run(assistant, date.today())
    if as_json:
        typer.echo(json_text(asdict(digest)))
    else:
        show_digest(console(), digest, len(watching.questions()))


def ask_again(assistant: Assistant, store: Path | None) -> None:
    """Tell what papers that came in change in the answers to saved questions, where any are."""
    from assistant.watch.terminal import show_digest
    from assistant.watch.watching import Watch

    watching = Watch(folder_of(store), assistant.viewer)
    asked = len(watching.questions())
    if asked:
        show_digest(console(), watching.run(assistant, date.today()), asked)
