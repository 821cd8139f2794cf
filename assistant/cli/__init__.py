"""The `boardpapers` command: a module for each group of commands, on one frame (`base`)."""

from importlib.metadata import entry_points

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
    serving,
    upkeep,
    watch,
)

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
    "serving",
    "upkeep",
    "watch",
]

app = base.app


def main() -> None:
    """The command line."""
    app()


def _add_further_commands() -> None:
    """Commands of rooms that this one may not import, such as `eval`."""
    for entry in entry_points(group="boardpapers.commands"):
        entry.load()(app)


_add_further_commands()
