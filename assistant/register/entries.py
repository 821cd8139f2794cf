"""An entry of the register: a decision with what it came to, whose it is and by when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.register.commitments import commitment_of
from assistant.register.outcomes import DecisionOutcome, outcomes_of
from ingest.model import Decision, DecisionKind

_NUMBERED = re.compile(
    r"^(?:minute\s+)?(?P<minute>(?:[A-Z]{1,6}[/.-])*\d[\d/]*[a-z]?)\s*[.:)–-]?\s+(?P<title>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A resolution, recommendation or action in the register.

    `minute` is the number printed before the minute's title, `title` the title without it.
    `outcomes` are those that a resolution is worded with, the first the main one; of a
    recommendation they say what is asked for, and nothing is decided by it.
    """

    decision: Decision
    outcomes: tuple[DecisionOutcome, ...]
    minute: str | None
    title: str
    owner: str | None
    due: date | None

    @property
    def id(self) -> str:
        """Names the entry as long as its paper is held unchanged: paper and place."""
        return f"{self.decision.locator.paper}:{self.decision.locator.start}"

    @property
    def outcome(self) -> DecisionOutcome | None:
        """The main outcome of a resolution or action; None where nothing is decided."""
        asked = self.decision.kind is DecisionKind.RECOMMENDATION
        return None if asked or not self.outcomes else self.outcomes[0]

    @property
    def asks_for(self) -> DecisionOutcome | None:
        """What a recommendation asks for."""
        asked = self.decision.kind is DecisionKind.RECOMMENDATION
        return self.outcomes[0] if asked else None


def entry_of(decision: Decision) -> Entry:
    """The decision as an entry of the register."""
    minute, title = numbered(decision)
    committed = commitment_of(decision)
    return Entry(
        decision,
        outcomes_of(decision),
        minute,
        title,
        committed.owner if committed else None,
        committed.due if committed else None,
    )


def entries_of(decisions: Iterable[Decision]) -> tuple[Entry, ...]:
    """The decisions as entries, in their order."""
    return tuple(map(entry_of, decisions))


def numbered(decision: Decision) -> tuple[str | None, str]:
    """The number of the minute that a decision stands in, and its title without it."""
    match = _NUMBERED.match(decision.title)
    if match is None or decision.kind is DecisionKind.RECOMMENDATION:
        return None, decision.title
    return match["minute"], match["title"]
