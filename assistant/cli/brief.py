"""`brief`: what the papers hold on each item of a coming meeting's agenda."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.base import Store, app, opened
from ingest.errors import BoardPapersError


@app.command()
def brief(
    paper_id: Annotated[
        str, typer.Argument(help="The id of the meeting's agenda pack, as `papers` lists it.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            help="A file that ends in .docx, .pdf or .md; left out, it is printed.",
            show_default=False,
        ),
    ] = None,
    store: Store = None,
) -> None:
    """Write a briefing for a coming meeting: two pages in front, the evidence behind."""
    from assistant.briefing.written import FORMS, written

    form = out.suffix.lower() if out else ".md"
    if form not in FORMS:
        raise BoardPapersError(
            f"{out} doesn't end in .docx, .pdf or .md: name a file that ends in one of these."
        )
    with opened(store) as assistant:
        data = written(assistant.brief(paper_id), form)
    if out is None:
        typer.echo(data.decode())
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise BoardPapersError(
            f"{out} can't be written ({error.strerror}): name a file in a folder that you may "
            "write to."
        ) from error
    typer.echo(f"Written to {out}.", err=True)
