"""The `boardpapers` command: a module for each group of commands, on one frame (`base`)."""

import signal
import sys
from importlib.metadata import entry_points
from typing import NoReturn

from assistant.cli import (
    access,
    asking,
    base,
    brief,
    decisions,
    feedback,
    indicators,
    papers,
    replaying,
    retention,
    serving,
    upkeep,
    watch,
)
from assistant.operations.logs import set_up_logs

__all__ = [
    "access",
    "app",
    "asking",
    "base",
    "brief",
    "decisions",
    "feedback",
    "indicators",
    "main",
    "papers",
    "replaying",
    "retention",
    "serving",
    "upkeep",
    "watch",
]

app = base.app


def main() -> None:
    """The command line. Told to end, it lets go of what it has open: what is done is kept."""
    set_up_logs()
    signal.signal(signal.SIGTERM, _end)
    app()


def _end(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def _add_further_commands() -> None:
    """Commands of rooms that this one may not import, such as `eval`."""
    for entry in entry_points(group="boardpapers.commands"):
        entry.load()(app)


_add_further_commands()
