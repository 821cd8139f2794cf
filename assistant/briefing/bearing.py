"""What bears on an agenda item: its recommendations, earlier decisions, open actions, findings."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.briefing.agenda import Matter
from assistant.briefing.measures import Printed
from assistant.drafts import Source, Statement
from assistant.figures.amiss import worked_again
from assistant.register.entries import Entry
from assistant.register.linking import Evidence, Weighing, telling
from assistant.register.outcomes import DecisionOutcome
from assistant.register.progress import Progress, stated
from assistant.register.tracking import Tracked, is_row
from assistant.shown import day
from indicators.findings import Finding, Rule
from ingest.model import DecisionKind, Locator

_ON_IT = 0.5
RECENT = timedelta(days=400)
"""How long before a meeting an action was given that may still be open at it."""
_UNSURE = ("says the same thing",)
_ARISING = re.compile(
    r"\bmatters arising\b|\b(?:previous|outstanding) (?:actions?|matters)\b|"
    r"\baction (?:points?|log|list|tracker|sheet)\b",
    re.IGNORECASE,
)
_ROUTINE = frozenset(
    (DecisionOutcome.CONFIRMED, DecisionOutcome.EXCLUDED, DecisionOutcome.APPOINTED)
)
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"\*|<[^<>]*>|(?<=\|)(?:\s*\|)+")
# What reports are called, whatever they are about.
_CALLED = re.compile(
    r"\b(?:annual|quarter(?:ly)?|monthly|updates?|review|reports?|information|data|monitoring|"
    r"presentation|briefing|strategy|plan|summary|council|county|city|board|service)\b|\W\d[\d/–-]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Action:
    """An action that isn't stated to be done, with what the papers up to the meeting say of it.

    `position` is what a schedule prints of it, or the last that was told; None where nothing is.
    """

    entry: Entry
    due: date | None
    overdue: bool
    position: Source | None

    @property
    def statement(self) -> Statement:
        """The action in its own words, who is to do it, by when, and the last told of it."""
        decision = self.entry.decision
        given = f"at {day(decision.meeting.held)}"
        text = flat(decision.text)
        by = f"; due {day(self.due)}{', overdue' if self.overdue else ''}" if self.due else ""
        said = f" Last told: “{flat(self.position.quote)}”" if self.position else ""
        sources = (*sources_of(self.entry), *((self.position,) if self.position else ()))
        return Statement(f"{owned(self.entry.owner, text)}“{text}” ({given}{by}).{said}", sources)


def sources_of(entry: Entry) -> tuple[Source, ...]:
    """Where a decision stands: in several places where the layout tore it apart."""
    decision = entry.decision
    places = (decision.locator, *decision.more)
    return tuple(Source(place, decision.text, decision.meeting) for place in places)


def stands_in(words: str, quoted: str) -> bool:
    """Whether words stand in others, whatever the marks of the layout between them."""
    return _plain(words) in _plain(quoted)


def _plain(text: str) -> str:
    words = " ".join(_WORD.findall(text.casefold()))
    return f" {words} "


def flat(text: str) -> str:
    """Words of a paper in one line, without the marks of its layout."""
    return " ".join(_MARKS.sub(" ", text).split()).strip(",;| ")


def owned(owner: str | None, text: str) -> str:
    """Whose an action is, to stand before its words, unless these begin with it."""
    return f"{owner}: " if owner and not text.startswith(owner) else ""


def asked(matter: Matter, entries: Iterable[Entry], paper: str) -> tuple[Entry, ...]:
    """The recommendations of an item's reports."""
    return tuple(
        entry
        for entry in entries
        if entry.decision.kind is DecisionKind.RECOMMENDATION
        and entry.decision.locator.paper == paper
        and matter.holds(entry.decision.locator.start)
    )


def rows(matter: Matter, entries: Iterable[Entry], paper: str) -> tuple[Entry, ...]:
    """The rows of a schedule of outstanding matters in an item's report."""
    return tuple(
        entry
        for entry in entries
        if is_row(entry)
        and entry.decision.locator.paper == paper
        and matter.holds(entry.decision.locator.start)
        and stated(entry.decision.status or "", entry.decision.rag) is not Progress.DONE
    )


def decided_before(
    matter: Matter, entries: Iterable[Entry], weighing: Weighing, most: int = 5
) -> tuple[Entry, ...]:
    """What earlier meetings resolved on an item's subject, the newest first."""
    found = [
        entry
        for entry in entries
        if entry.decision.kind is DecisionKind.RESOLUTION
        and not set(entry.outcomes) & _ROUTINE
        and _is_on(matter, entry, weighing)
    ]
    found.sort(key=lambda e: e.decision.meeting.held or date.min, reverse=True)
    return tuple(found[:most])


def open_actions(
    tracked: Iterable[Tracked],
    meeting: date,
    entries: Iterable[Entry],
    paper: str,
    text_of: Callable[[str], str],
) -> tuple[Action, ...]:
    """Actions of the year before that no paper up to this meeting states to be done.

    Those that a schedule of this pack takes up stand there.
    """
    scheduled = [e.decision.locator for e in entries if is_row(e)]
    scheduled = [place for place in scheduled if place.paper == paper]
    found = []
    for one in tracked:
        given = one.entry.decision.meeting.held
        if given is None or meeting - given > RECENT:
            continue
        sure = (e for e in one.evidence if e.how not in _UNSURE)
        known = [e for e in sure if e.meeting.held and e.meeting.held <= meeting]
        last = known[-1] if known else None
        later = any(e.meeting.held and e.meeting.held > meeting for e in one.evidence)
        if one.progress is Progress.DONE and not later:
            continue
        if last and (stated(last.quote) is Progress.DONE or _among(last.locator, scheduled)):
            continue
        overdue = one.due is not None and one.due < meeting
        told = Source(last.locator, _printed(last, text_of), last.meeting) if last else None
        found.append(Action(one.entry, one.due, overdue, told))
    return tuple(sorted(found, key=lambda a: (not a.overdue, a.due or date.max)))


def _printed(evidence: Evidence, text_of: Callable[[str], str]) -> str:
    """The words of evidence as its paper prints them: rows are told with their columns' names."""
    where = evidence.locator
    printed = text_of(where.paper)[where.start : where.end]
    return evidence.quote if stands_in(evidence.quote, printed) else printed


def _among(place: Locator, others: Iterable[Locator]) -> bool:
    return any(
        place.paper == other.paper and place.start < other.end and other.start < place.end
        for other in others
    )


def actions_on(
    matter: Matter, actions: Sequence[Action], weighing: Weighing, paper: str
) -> tuple[Action, ...]:
    """The open actions that are on an item's subject, or of which its report tells.

    An item on matters arising without a report takes up those of the last meeting.
    """
    if _ARISING.search(matter.item.title) and not matter.reports:
        last = max((_given(action) for action in actions), default=date.min)
        return tuple(action for action in actions if _given(action) == last)
    return tuple(
        action
        for action in actions
        if (
            action.position
            and action.position.locator.paper == paper
            and matter.holds(action.position.locator.start)
        )
        or _is_on(matter, action.entry, weighing)
    )


def _given(action: Action) -> date:
    return action.entry.decision.meeting.held or date.min


def amiss(
    matter: Matter, findings: Iterable[Finding], printed: dict[int, Printed], paper: str
) -> tuple[tuple[Finding, Statement], ...]:
    """What is amiss with the figures of an item's reports, each in a sentence."""
    found = []
    for finding in findings:
        inside = [
            o
            for o in finding.observations
            if o.locator.paper == paper and matter.holds(o.locator.start)
        ]
        if inside:
            found.append((finding, _told(finding, printed)))
    return tuple(found)


def _told(finding: Finding, printed: dict[int, Printed]) -> Statement:
    places = {o.locator: printed[id(o)].source for o in finding.observations}
    worked = worked_again(finding)
    labels = " ".join(f"{o.measure} {o.locator.paper}" for o in finding.observations)
    head, _, below = (finding.observations[0].locator.item or "").rpartition(" > ")
    table = f"{below}: " if head and finding.rule in (Rule.TOTAL, Rule.OVER_HUNDRED) else ""
    text = table + (f"{finding.sentence} ({worked.formula})" if worked else finding.sentence)
    return Statement(text, tuple(places.values()), worked.formula if worked else None, labels)


def subject(matter: Matter, body: str) -> str:
    """What an item is about, without what its report is called and whose meeting it is."""
    own = telling(body)
    words = _CALLED.sub(" ", matter.item.title).split()
    return " ".join(word for word in words if not telling(word) & own)


def _is_on(matter: Matter, decided: Entry, weighing: Weighing) -> bool:
    """Whether a decision is on an item's subject."""
    meeting = decided.decision.meeting
    about = subject(matter, f"{meeting.council} {meeting.committee}")
    if not telling(about):
        return False
    said = f"{decided.title} {decided.decision.text}"
    like = weighing.likeness(about, said)
    return like.share >= _ON_IT


def known_by(entries: Iterable[Entry], meeting: date) -> tuple[Entry, ...]:
    """The entries of meetings before a day."""
    return tuple(
        entry
        for entry in entries
        if entry.decision.meeting.held and entry.decision.meeting.held < meeting
    )
