"""From what a person calls a council or committee to the names that the papers bear."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from assistant.answer import Scope
from ingest.errors import BoardPapersError
from ingest.kinds import PaperKind
from ingest.model import Meeting


class UnknownName(BoardPapersError):
    """A council or committee that no paper held is of."""


class Names(Protocol):
    """Whose papers are held."""

    @property
    def councils(self) -> tuple[str, ...]:
        """The councils, by name."""

    @property
    def committees(self) -> tuple[str, ...]:
        """The committees, by name."""


def scope_for(
    held: Names,
    councils: Sequence[str] = (),
    committees: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    kinds: Sequence[PaperKind] = (),
) -> Scope:
    """The scope that parts of names ("Averon"), dates and kinds of paper ask for."""
    if since and until and until < since:
        raise BoardPapersError(f"--until {until} is before --since {since}: exchange them.")
    return Scope(
        councils=_named("council", councils, held.councils),
        committees=_named("committee", committees, held.committees),
        since=since,
        until=until,
        kinds=tuple(dict.fromkeys(kinds)),
    )


def covers(scope: Scope, meeting: Meeting) -> bool:
    """Whether a meeting lies within a scope; one without a date lies in no span of dates."""
    if scope.councils and meeting.council not in scope.councils:
        return False
    if scope.committees and meeting.committee not in scope.committees:
        return False
    if meeting.held is None:
        return not (scope.since or scope.until)
    return (scope.since or meeting.held) <= meeting.held <= (scope.until or meeting.held)


def _named(what: str, wanted: Sequence[str], held: Sequence[str]) -> tuple[str, ...]:
    found = [name for part in wanted for name in _matches(what, part, held)]
    return tuple(dict.fromkeys(found))


def _matches(what: str, part: str, held: Sequence[str]) -> list[str]:
    exact = [name for name in held if name.casefold() == part.strip().casefold()]
    partly = [name for name in held if part.strip().casefold() in name.casefold()]
    if not (exact or partly):
        names = "; ".join(held) or "none"
        raise UnknownName(f"No paper held is of the {what} {part!r}. Held: {names}.")
    return exact or partly
