"""What of an answer goes into the audit, and for how long, by setting."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast, get_args

from assistant.access.viewer import Viewer
from assistant.answer import Answer
from assistant.audit.trail import Entry, Trail
from assistant.settings import BadSetting

Questions = Literal["text", "hash", "none"]
_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """Whether there is an audit, what it keeps of a question, and for how many days."""

    on: bool = True
    questions: Questions = "text"
    days: float = _DAYS
    key: str | None = field(default=None, repr=False)


def audit_settings(variables: Mapping[str, str] = os.environ) -> AuditSettings:
    """The audit by `BOARDPAPERS_AUDIT` (on, off), `_QUESTIONS`, `_DAYS` and `_KEY`."""
    switch = variables.get("BOARDPAPERS_AUDIT", "").lower() or "on"
    kept = variables.get("BOARDPAPERS_AUDIT_QUESTIONS", "").lower() or "text"
    printed = variables.get("BOARDPAPERS_AUDIT_DAYS") or str(_DAYS)
    if switch not in ("on", "off"):
        raise BadSetting(f"BOARDPAPERS_AUDIT is {switch!r}: set it to on or off.")
    if kept not in get_args(Questions):
        raise BadSetting(f"BOARDPAPERS_AUDIT_QUESTIONS is {kept!r}: set it to text, hash or none.")
    try:
        days = float(printed)
    except ValueError:
        days = 0.0
    if not 0 < days < 36525:
        raise BadSetting(f"BOARDPAPERS_AUDIT_DAYS is {printed!r}: set it to a number of days.")
    key = variables.get("BOARDPAPERS_AUDIT_KEY") or None
    return AuditSettings(switch == "on", cast(Questions, kept), days, key)


def open_trail(store: Path, settings: AuditSettings) -> Trail | None:
    """The audit of a store, without what is older than the setting keeps; None where it's off."""
    if not settings.on:
        return None
    trail = Trail(store, settings.key)
    trail.prune(settings.days)
    return trail


def note_of_process(store: Path, viewer: Viewer, question: str, answer: Answer) -> None:
    """Puts an answer on the command line on record, where the environment asks for an audit.

    Who runs a program on a store of their own has none by default.
    """
    if not {"BOARDPAPERS_AUDIT", "BOARDPAPERS_ROLE"} & os.environ.keys():
        return
    settings = audit_settings()
    trail = open_trail(store, settings)
    if trail is not None:
        with trail:
            trail.append(entry_of(viewer, question, answer, "command line", settings))


def entry_of(
    viewer: Viewer, question: str, answer: Answer, door: str, settings: AuditSettings
) -> Entry:
    """What is put on record of a question and its answer."""
    places = [(c.paper, c.page) for c in answer.citations]
    places += [(hit.paper, hit.page) for hit in answer.retrieved]
    shown = dict.fromkeys(f"{paper} p.{page}" if page else paper for paper, page in places)
    return Entry(
        datetime.now(UTC).isoformat(timespec="seconds"),
        viewer.name,
        viewer.role.value,
        door,
        "ask",
        _kept(question, settings.questions),
        answer.outcome.value,
        tuple(shown),
    )


def deed_of(viewer: Viewer, did: str, door: str, shown: tuple[str, ...]) -> Entry:
    """What is put on record of something else that was done or shown."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Entry(now, viewer.name, viewer.role.value, door, did, "", "", shown)


def _kept(question: str, kept: Questions) -> str:
    if kept == "text":
        return question
    return hashlib.sha256(question.encode()).hexdigest() if kept == "hash" else ""
