"""`decisions`: what was resolved, recommended and told to be done."""

from __future__ import annotations

from enum import StrEnum
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
    opened,
    scope_of,
    show_listed,
)


class Kind(StrEnum):
    """Kinds of decision, as `--kind` takes them."""

    RESOLUTION = "resolution"
    RECOMMENDATION = "recommendation"
    ACTION = "action"


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

    with opened(store) as assistant:
        scope = scope_of(assistant, council, committee, since, until)
        kept = [
            d
            for d in assistant.decisions()
            if covers(scope, d.meeting) and kind in (None, d.kind.value)
        ]
        columns = ("kind", "council", "meeting_date", "title", "text", "owner", "due")
        show_listed(decisions_listing(kept), columns, as_json=as_json, as_csv=as_csv)
