"""`feedback`: what people thought of answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.base import Store, app, folder_of, write_text

feedback = typer.Typer(
    help="What people thought of answers.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(feedback, name="feedback")


@feedback.callback()
def _group() -> None:
    """What people thought of answers."""


@feedback.command("export")
def feedback_export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The case file to write (.jsonl).")],
    store: Store = None,
) -> None:
    """Write answers that helped as cases for `eval`, and those that didn't as a CSV beside it.

    Answers to those who see more than you are left out.
    """
    from assistant.access.settings import viewer_of_process
    from assistant.access.viewer import sight_key
    from assistant.feedback import cases_jsonl, to_write_csv
    from assistant.threads import Threads, Verdict

    viewer = viewer_of_process()
    threads = Threads(folder_of(store))
    try:
        given = threads.feedback(None if viewer.sight.is_whole else sight_key(viewer))
    finally:
        threads.close()
    beside = file.with_suffix(".to-write.csv")
    write_text(file, cases_jsonl(given))
    write_text(beside, to_write_csv(given))
    helped = sum(f.verdict is Verdict.HELPFUL for f in given)
    typer.echo(f"{helped} helpful in {file}; {len(given) - helped} to look into in {beside}.")
