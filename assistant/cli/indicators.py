"""`indicators`: the figures that are held."""

from __future__ import annotations

import sys
from dataclasses import asdict
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
)
from ingest.errors import BoardPapersError

indicators = typer.Typer(
    help="The figures that are held.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(indicators, name="indicators")


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

    with opened(store) as assistant:
        scope = scope_of(assistant, council, committee, since, until)
        kept, _ = assistant.figures_within(scope, sys.maxsize, measure=measure or "")
        columns = ("measure", "area", "basis", "period_end", "printed", "unit", "paper")
        show_listed(observations_listing(kept), columns, as_json=as_json, as_csv=as_csv)


@indicators.command("show")
def indicators_show(
    measure: Annotated[str, typer.Argument(help="What is measured, in your own words.")],
    council: Councils = None,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Show what is known of a measure: its meaning, its figures over time, what is amiss."""
    from assistant.terminal import json_text, show_card

    with opened(store) as assistant:
        cards = assistant.indicator(measure, scope_of(assistant, council, None, None, None))
        if not cards:
            raise BoardPapersError(
                f"No figures over time were found for {measure!r}: `boardpapers indicators list` "
                "shows what is held."
            )
        if as_json:
            typer.echo(json_text([asdict(card) for card in cards]))
        else:
            for card in cards:
                show_card(console(), card)


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
    from indicators.frame import to_frame, write

    with opened(store) as assistant:
        scope = scope_of(assistant, council, committee, since, until)
        frame = to_frame(assistant.figures(scope))
    write(frame, out)
    typer.echo(f"{len(frame)} figures written to {out}", err=True)
