"""How long what people asked is kept, by setting; and all of one person's, on request.

A receipt is part of its answer and goes with the conversation. The audit has a setting of its own
(`assistant/audit/recording.py`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.access.viewer import Viewer
from assistant.audit.recording import audit_settings, deed_of
from assistant.audit.trail import FILE, Trail
from assistant.settings import BadSetting
from assistant.threads import Threads

_DAYS = 365.0
_CENTURY = 36_525


@dataclass(frozen=True, slots=True)
class Retention:
    """Days that conversations are kept after they were last added to, and verdicts on answers."""

    conversations: float = _DAYS
    feedback: float = _DAYS


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many of each were deleted; of the audit, entries that a name was taken out of."""

    conversations: int = 0
    verdicts: int = 0
    entries: int = 0


def retention(variables: Mapping[str, str] = os.environ) -> Retention:
    """Days by `BOARDPAPERS_KEEP_CONVERSATIONS` and `BOARDPAPERS_KEEP_FEEDBACK`."""
    return Retention(
        _days(variables, "BOARDPAPERS_KEEP_CONVERSATIONS"),
        _days(variables, "BOARDPAPERS_KEEP_FEEDBACK"),
    )


def forget_old(store: Path, keep: Retention, now: datetime) -> Forgotten:
    """Deletes what is older than it is kept: conversations, verdicts, entries of the audit."""
    conversations = verdicts = entries = 0
    if Threads.kept_in(store):
        with closing(Threads(store)) as threads:
            conversations = threads.forget_older(now - timedelta(days=keep.conversations))
            verdicts = threads.forget_verdicts(now - timedelta(days=keep.feedback))
    if (store / FILE).is_file():
        settings = audit_settings()
        with Trail(store, settings.key) as trail:
            entries = trail.prune(settings.days)
    return Forgotten(conversations, verdicts, entries)


def forget_person(store: Path, who: str, by: Viewer) -> Forgotten:
    """Deletes all conversations of a person, and takes their name and questions out of the audit.

    That it was done is put on record, without the name.
    """
    conversations = entries = 0
    if Threads.kept_in(store):
        with closing(Threads(store)) as threads:
            conversations = threads.forget_of(who)
    if (store / FILE).is_file():
        with Trail(store, audit_settings().key) as trail:
            note = deed_of(by, "forget a person", "command line", ())
            entries = trail.forget(who, note)
    return Forgotten(conversations, 0, entries)


def in_force(store: Path) -> Forgotten:
    """Deletes what is too old by today's settings: at each start of a service."""
    return forget_old(store, retention(), datetime.now(UTC))


def _days(variables: Mapping[str, str], name: str) -> float:
    printed = variables.get(name) or str(_DAYS)
    try:
        days = float(printed)
    except ValueError:
        days = 0.0
    if not 0 < days < _CENTURY:
        raise BadSetting(f"{name} is {printed!r}: set it to a number of days.")
    return days
