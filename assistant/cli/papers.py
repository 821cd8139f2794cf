"""`ingest`, `papers`, `show` and `remove`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
    opened,
    scope_of,
    show_listed,
    take_in,
    write_text,
)
from assistant.cli.watch import ask_again
from ingest.errors import BoardPapersError


@app.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders of papers.", metavar="PATH...")
    ],
    store: Store = None,
) -> None:
    """Take papers into the store; the same file twice changes nothing."""
    with opened(store) as assistant:
        report = take_in(assistant, paths)
        if any(file.status == "read" for file in report.files):
            ask_again(assistant, store)
    if report.refused:
        raise typer.Exit(1)


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

    with opened(store) as assistant:
        scope = scope_of(assistant, council, committee, since, until)
        kept, _ = assistant.papers_within(scope)
        columns = ("id", "council", "committee", "meeting_date", "minutes_of", "title")
        show_listed(papers_listing(kept), columns, as_json=as_json, as_csv=as_csv)


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
    from assistant.terminal import show_findings

    with opened(store) as assistant:
        view = assistant.paper_view(paper_id)
        found = assistant.findings({paper_id}) if page is None and html is None else ()
    if page is not None:
        view = view.only(page)
    if not view.pages:
        raise BoardPapersError(f"{paper_id} has no page {page}: leave --page out to see them all.")
    if html is None:
        show_paper(console(), view)
        show_findings(console(), found, len(found))
    else:
        write_text(html, paper_page(view))
        typer.echo(f"Written to {html}.")


@app.command()
def remove(
    paper_id: Annotated[str, typer.Argument(help="The paper's id, as `papers` lists it.")],
    store: Store = None,
) -> None:
    """Remove a paper; no trace of it stays in the store."""
    with opened(store) as assistant:
        assistant.remove(paper_id)
    typer.echo(f"Removed {paper_id}.")
