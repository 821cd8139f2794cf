"""`held`, `release` and `hold`: what officers decide about exempt and confidential business."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.base import AsCsv, AsJson, Store, app, folder_of, opened, show_listed

Paper = Annotated[str, typer.Argument(help="The paper's id, as `papers` lists it.")]


class Privacy(StrEnum):
    """How private, as `--as` takes it."""

    EXEMPT = "exempt"
    CONFIDENTIAL = "confidential"


@app.command()
def held(as_json: AsJson = False, as_csv: AsCsv = False, store: Store = None) -> None:
    """List what is held back of papers, why, and what was released."""
    from assistant.listings import restrictions_listing

    with opened(store) as assistant:
        listing = restrictions_listing(assistant.held_back())
        show_listed(
            listing, ("paper", "title", "privacy", "reason"), as_json=as_json, as_csv=as_csv
        )


@app.command()
def release(
    paper_id: Paper,
    item: Annotated[
        str | None, typer.Argument(help="Only the report or minute with this in its title.")
    ] = None,
    store: Store = None,
) -> None:
    """Let everybody see what was held back of a paper."""
    with opened(store) as assistant:
        decided = assistant.release(paper_id, item)
        _on_record(store, f"release {paper_id}", [r.title for r in decided])
    for ruling in decided:
        typer.echo(f"Released: {ruling.title}.")


@app.command()
def hold(
    paper_id: Paper,
    item: Annotated[
        str | None, typer.Argument(help="Only the report or minute with this in its title.")
    ] = None,
    privacy: Annotated[Privacy, typer.Option("--as", help="How private it is.")] = Privacy.EXEMPT,
    store: Store = None,
) -> None:
    """Hold back a paper, or a report or minute in it, from those who may not see it."""
    from ingest import model

    with opened(store) as assistant:
        decided = assistant.hold(paper_id, item, model.Privacy[privacy.name])
        _on_record(store, f"hold {paper_id} as {privacy.value}", [r.title for r in decided])
    for ruling in decided:
        typer.echo(f"Held back as {privacy.value}: {ruling.title}.")


def _on_record(store: Store, did: str, shown: list[str]) -> None:
    from assistant.access.settings import viewer_of_process
    from assistant.audit.recording import audit_settings, deed_of, open_trail

    trail = open_trail(folder_of(store), audit_settings())
    if trail is None:
        return
    with trail:
        trail.append(deed_of(viewer_of_process(), did, "command line", tuple(shown)))
