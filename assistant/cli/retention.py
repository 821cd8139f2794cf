"""`prune` and `forget`: what people asked, deleted by age or for one person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from assistant.cli.base import Store, app, folder_of


@app.command()
def prune(store: Store = None) -> None:
    """Delete conversations, verdicts and entries of the audit that are older than settings keep."""
    from assistant.access.settings import viewer_of_process
    from assistant.access.viewer import Deed
    from assistant.operations.retention import forget_old, retention

    viewer_of_process().must(Deed.AUDIT)
    gone = forget_old(folder_of(store), retention(), datetime.now(UTC))
    typer.echo(
        f"Deleted: {gone.conversations} conversations, {gone.verdicts} verdicts, "
        f"{gone.entries} entries of the audit."
    )


@app.command()
def forget(
    person: Annotated[str, typer.Argument(help="As the audit names them: an address.")],
    store: Store = None,
) -> None:
    """Delete a person's conversations, and take their name and questions out of the audit."""
    from assistant.access.settings import viewer_of_process
    from assistant.access.viewer import Deed
    from assistant.operations.retention import forget_person

    viewer = viewer_of_process()
    viewer.must(Deed.AUDIT)
    gone = forget_person(folder_of(store), person, viewer)
    typer.echo(
        f"Deleted: {gone.conversations} conversations. Taken out of the audit: "
        f"{gone.entries} entries. Backups made earlier still have them."
    )
