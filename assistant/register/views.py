"""An entry with all that hangs on it: what became of it, and how its minutes stand."""

from dataclasses import dataclass

from assistant.register.changes import Change
from assistant.register.decided import Decided
from assistant.register.entries import Entry
from assistant.register.minutes import MinutesRecord
from assistant.register.tracking import Outstanding, Tracked


@dataclass(frozen=True, slots=True)
class EntryView:
    """What is known of an entry; None or empty where it doesn't apply or wasn't asked for.

    `tracked` is of an action or requested report, `outstanding` of a schedule's row, `decided` of
    a recommendation; `changed_by` holds the later decisions that change it, `changes` the
    earlier ones that it changes.
    """

    entry: Entry
    tracked: Tracked | None
    outstanding: Outstanding | None
    decided: Decided | None
    minutes: MinutesRecord | None
    changed_by: tuple[Change, ...]
    changes: tuple[Change, ...]
