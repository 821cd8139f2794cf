"""Decisions that a later one amends, supersedes or rescinds, where its words say so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.register.entries import Entry
from assistant.register.linking import Weighing, minutes_named
from assistant.register.tracking import is_row
from ingest.model import DecisionKind
from ingest.periods import find_periods

_LIKE = 0.35
_LIKE_UNNAMED = 0.5


class ChangeKind(StrEnum):
    """What a later decision does to an earlier one."""

    AMENDED = "amended"
    SUPERSEDED = "superseded"
    RESCINDED = "rescinded"


_EARLIER = (
    r"(?:decision|resolution|minute|agreement|recommendation|policy|arrangement|protocol|target)"
)
_CUES = (
    (
        ChangeKind.RESCINDED,
        rf"\b(?:rescind|revoke|overturn|set aside|withdraw|cancel)\w*\b[^.;]{{0,60}}\b{_EARLIER}|"
        rf"\b{_EARLIER}\b[^.;]{{0,80}}\b(?:be )?(?:rescinded|revoked|overturned|set aside|"
        r"withdrawn|cancelled)\b",
    ),
    (
        ChangeKind.SUPERSEDED,
        rf"\b(?:supersed|replac)\w*\b|\bin place of\b[^.;]{{0,40}}\b{_EARLIER}|"
        rf"\binstead of\b[^.;]{{0,30}}\b{_EARLIER}",
    ),
    (
        ChangeKind.AMENDED,
        rf"\b(?:amend|var(?:y|ied)|revis|extend)\w*\b[^.;]{{0,60}}\b{_EARLIER}|"
        rf"\b{_EARLIER}\b[^.;]{{0,80}}\bbe (?:amended|varied|revised|extended|changed)\b",
    ),
)


@dataclass(frozen=True, slots=True)
class Change:
    """A decision, the later one that changes it, and how."""

    earlier: Entry
    later: Entry
    kind: ChangeKind


def changes_in(entries: Sequence[Entry], weighing: Weighing) -> tuple[Change, ...]:
    """Every change whose later decision says that it changes an earlier one that is held."""
    resolved = [e for e in entries if e.decision.kind is not DecisionKind.RECOMMENDATION]
    resolved = [e for e in resolved if not is_row(e) and e.decision.meeting.held]
    of: dict[tuple[str | None, str | None], list[Entry]] = {}
    for entry in resolved:
        meeting = entry.decision.meeting
        of.setdefault((meeting.council, meeting.committee), []).append(entry)
    found = []
    for later in resolved:
        kind = _kind(later.decision.text)
        if kind is not None:
            meeting = later.decision.meeting
            earlier = _meant(later, of[(meeting.council, meeting.committee)], weighing)
            found += [Change(one, later, kind) for one in earlier]
    return tuple(found)


def _kind(text: str) -> ChangeKind | None:
    return next((kind for kind, form in _CUES if re.search(form, text, re.IGNORECASE)), None)


def _meant(later: Entry, entries: Iterable[Entry], weighing: Weighing) -> list[Entry]:
    """The earlier decisions that a change names by minute or date, else the one most like it."""
    text, held = later.decision.text, later.decision.meeting.held
    before = [
        entry
        for entry in entries
        if held and entry.decision.meeting.held and entry.decision.meeting.held < held
    ]
    minutes = set(minutes_named(text))
    days = {(m.period.start, m.period.end) for m in find_periods(text)}
    scored = []
    for entry in before:
        when = entry.decision.meeting.held
        dated = any(when and start <= when <= end for start, end in days)
        named = entry.minute in minutes
        like = weighing.mutual(entry.decision.text, f"{later.title} {text}")
        if minutes and not named:
            continue
        least = _LIKE if dated or named else _LIKE_UNNAMED
        if like.share >= least and like.shared >= (1 if dated or named else 2):
            scored.append((like.share, entry))
    best = max((score for score, _ in scored), default=0.0)
    return [entry for score, entry in scored if score >= 0.9 * best]
