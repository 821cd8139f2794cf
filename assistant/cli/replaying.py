"""`replay`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.base import AsJson, Store, app, console, make_sure_of_papers, opened


@app.command()
def replay(
    receipt: Annotated[
        Path, typer.Argument(help="A file that `ask --receipt` wrote.", show_default=False)
    ],
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Ask a receipt's question again and say what has changed; status 1 if the answer has."""
    from assistant.receipts import read_receipt
    from assistant.receipts import replay as again
    from assistant.terminal import json_text, show_replay

    kept = read_receipt(receipt)
    with opened(store, asking=True) as assistant:
        make_sure_of_papers(assistant, demo=False)
        replayed = again(assistant, kept)
    if as_json:
        typer.echo(json_text(replayed.to_json()))
    else:
        show_replay(console(), kept.answer.receipt.asked.question, replayed)
    if not replayed.same:
        raise typer.Exit(1)
