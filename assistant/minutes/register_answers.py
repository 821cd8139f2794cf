"""Answers from the register of decisions: resolutions, recommendations and actions, verbatim."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.minutes.decided_on import DecidedOn
from assistant.minutes.quoting import body_of, told, when_of
from assistant.question.cues import Wanted
from assistant.question.synonyms import alike
from assistant.question.understand import Query
from assistant.register.progress import Progress, stated
from indicators.catalogue import indexed, words
from ingest.kinds import KindsOfPlaces
from ingest.model import Decision, DecisionKind, Meeting, PartKind, Passage, Period

KINDS = {
    Wanted.DECISION: (DecisionKind.RESOLUTION,),
    Wanted.ACTION: (DecisionKind.ACTION, DecisionKind.RESOLUTION),
    Wanted.OUTSTANDING: (DecisionKind.ACTION,),
    Wanted.RECOMMENDATION: (DecisionKind.RECOMMENDATION,),
}
_ENOUGH = 0.55
_LEVEL = 0.08
_MOST = 3
_MOST_LISTED = 25
_IN_TITLE, _ANOTHER_WORD, _HEARD = 0.9, 0.7, 1.0
FRAMING = frozenset(
    words(
        "decision decide decided resolve resolved resolution agree agreed approve approved "
        "recommend recommended recommendation action actions outstanding schedule reason why list "
        "mean means definition attended attendance apologies date need needs matter matters "
        "deal dealing finish finished lead leading working responsible told position progress "
        "due deadline still remain remaining open everything settle settled "
        "vote voted abstain abstained abstention think thinking next back extra member members "
        "councillor councillors cc piece pieces manager managers"
    )
)
_CALLED = {
    DecisionKind.RESOLUTION: "decision",
    DecisionKind.ACTION: "action",
    DecisionKind.RECOMMENDATION: "recommendation",
}
_EVERYTHING = re.compile(
    r"\b(?:everything|all|each|every|list|any)\b[^?]{0,40}"
    r"\b(?:resol\w+|decid\w+|decisions?|agreed|approved|recommend\w*|actions?|said|outstanding)\b|"
    r"\bwhat (?:decisions|resolutions|recommendations|actions) (?:have|has|were|are)\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(r"\b(?:outstanding|open|owed|left|undone|unfinished|still)\b", re.IGNORECASE)
_ACTIONS = frozenset(words("action actions outstanding"))


class RegisterAnswers:
    """Answers questions on what was decided, recommended and told to be done."""

    def __init__(
        self,
        decided: DecidedOn,
        weight: Callable[[str], float],
        kinds: KindsOfPlaces,
    ) -> None:
        self._decided = decided
        self._weight = weight
        self._kinds = kinds

    def _in_scope(self, decision: Decision, query: Query) -> bool:
        kinds = self._kinds.of(decision.locator) if query.kinds else None
        if not query.admits(decision.meeting, kinds):
            return False
        asked = (*query.periods, *query.meetings)
        if not asked or "period" in query.inherited:
            return True
        return within(decision.meeting.held, asked)

    def answer(self, query: Query, kinds: Sequence[DecisionKind]) -> Draft | None:
        """The decisions of the minute, or of the meeting, that the question is about."""
        asked = tuple(w for w in query.words if w not in FRAMING)
        read = (
            self._decided.about((*asked, *_heard(query)), query, kinds)
            if asked
            else self._decided.of_the_day(query, kinds)
        )
        held = [d for d in read if d.kind in kinds and self._in_scope(d, query)]
        if query.wanted is Wanted.OUTSTANDING and _UNDONE.search(query.text):
            held = [d for d in held if not (d.status and stated(d.status) is Progress.DONE)]
        groups: dict[tuple[object, ...], list[Decision]] = {}
        for decision in held:
            groups.setdefault(_together(decision), []).append(decision)
        if not groups:
            return None
        if not asked:
            return _whole_meeting(query, held)
        ordered = list(groups.values())
        weights = {w: self._weight(w) for w in asked}
        scored = sorted(
            ((_fit(weights, group, query), i) for i, group in enumerate(ordered)),
            key=lambda pair: (-pair[0], pair[1]),
        )
        best = scored[0][0]
        if best < _ENOUGH:
            return None
        if _EVERYTHING.search(query.text):
            listed = [ordered[i] for i in sorted(i for fit, i in scored if fit >= _ENOUGH)]
            return Draft(Outcome.ANSWERED, _every(listed), min(1.0, best))
        level = [ordered[i] for fit, i in scored if fit >= best - _LEVEL]
        if len(level) > _MOST and len({_list_of(group[0]) for group in level}) == 1:
            return Draft(Outcome.ANSWERED, _every(level), min(1.0, best))  # they are one list
        chosen = level[:_MOST]
        statements = [s for group in chosen for s in told(group)]
        return Draft(
            Outcome.ANSWERED,
            (*of_several(group[0].meeting for group in chosen), *statements),
            min(1.0, best),
        )

    def decided(self, passage: Passage) -> list[Decision]:
        """What was resolved under the minute that a passage is of."""
        return [
            d
            for d in self._decided.of_paper(passage.locator.paper)
            if d.kind is DecisionKind.RESOLUTION
            and d.meeting == passage.meeting
            and passage.part is PartKind.MINUTES
            and d.title in passage.headings
        ]

    def resolved_on(self, periods: Sequence[Period]) -> bool:
        """Whether any resolution of a meeting in these periods is held."""
        return self._decided.resolved_on(periods)


def _fit(weights: Mapping[str, float], group: Sequence[Decision], query: Query) -> float:
    """The share of the question's telling words that the minute's title and texts hold.

    For a follow-up, the words of the answer that it leans on tell too.
    """
    title = indexed(group[0].title)
    texts = indexed(" ".join(f"{d.text} {d.owner or ''} {d.status or ''}" for d in group))
    whole = sum(weights.values()) or 1.0
    covered = sum(w * _held(word, texts, title) for word, w in weights.items()) / whole
    if soft := _heard(query):
        heard = sum(word in texts for word in soft) / len(soft)
        covered = (covered + _HEARD * heard) / (1 + _HEARD) if heard else covered
    return covered + (0.05 if query.periods else 0.0)


def _heard(query: Query) -> tuple[str, ...]:
    """The words of the answer that a follow-up leans on."""
    return query.soft if "subject" in query.inherited else ()


def _every(groups: Sequence[Sequence[Decision]]) -> tuple[Statement, ...]:
    """All decisions on a subject, oldest first, after how many there are of how many meetings."""
    ordered = sorted(groups, key=lambda group: group[0].meeting.held or date.min)
    kept = [d for group in ordered for d in group]
    meetings = len({(d.meeting.council, d.meeting.committee, d.meeting.held) for d in kept})
    number = "One entry" if len(kept) == 1 else f"{len(kept)} entries"
    of = "one meeting" if meetings == 1 else f"{meetings} meetings"
    said = f"{number} of {of} in the register of decisions fit."
    shown = ordered[:_MOST_LISTED]
    if len(shown) < len(ordered):
        said = f"{said} Those of the first {_MOST_LISTED} minutes and reports follow."
    return (Statement(said, labels=said), *(s for group in shown for s in told(group)))


def of_several(meetings: Iterable[Meeting]) -> tuple[Statement, ...]:
    """That the papers of several councils fit equally, where they do."""
    councils = sorted({meeting.council for meeting in meetings if meeting.council})
    if len(councils) < 2:
        return ()
    named = " and ".join(councils)
    return (Statement(f"The papers of {named} fit; name one of them to have only its own.", ()),)


def within(held: date | None, periods: Iterable[Period]) -> bool:
    """Whether a meeting's date lies in one of the periods."""
    return held is not None and any(p.start <= held <= p.end for p in periods)


def _together(decision: Decision) -> tuple[object, ...]:
    """What the decisions of one minute or report share; a matter with its position stands alone."""
    where = decision.locator
    alone = where.start if decision.status and decision.kind is DecisionKind.ACTION else None
    return (where.paper, decision.meeting.held, decision.title, decision.kind, alone)


def _list_of(decision: Decision) -> tuple[object, ...]:
    """The action log or schedule that a matter is listed on."""
    return decision.locator.paper, decision.meeting, decision.title, bool(decision.status)


def _held(word: str, texts: frozenset[str], title: frozenset[str]) -> float:
    if word in texts:
        return 1.0
    if word in title:
        return _IN_TITLE
    return _ANOTHER_WORD if alike(word) & (texts | title) else 0.0


def _whole_meeting(query: Query, held: Sequence[Decision]) -> Draft | None:
    """Everything of the meeting asked for, when the question names no subject.

    Of actions, what is left of a meeting's stands in the next papers; without a date, those
    in the newest papers are the ones to be done.
    """
    asked = (*query.periods, *query.meetings)
    dated = [d for d in held if within(d.meeting.held, asked)]
    if _ACTIONS & set(query.words):
        actions = [d for d in held if d.kind is DecisionKind.ACTION]
        dated = _actions_from(actions, asked) or dated
    if not dated:
        return None
    meeting = dated[0].meeting
    kinds = {d.kind for d in dated}
    kind = _CALLED[dated[0].kind] if len(kinds) == 1 else "entry"
    kinds_said = f"{kind}s" if len(kinds) == 1 else "decisions and actions"
    number = f"one {kind} is" if len(dated) == 1 else f"{len(dated)} {kinds_said} are"
    shown = f"; the first {_MOST_LISTED} follow" if len(dated) > _MOST_LISTED else ""
    said = f"For {body_of(meeting)}, {when_of(meeting)}, {number} recorded{shown}."
    minutes = groupby(dated[:_MOST_LISTED], key=lambda d: (d.title, d.kind))
    listed = [s for _, group in minutes for s in told(tuple(group))]
    return Draft(Outcome.ANSWERED, (Statement(said, labels=said), *listed), 0.9)


def _actions_from(actions: Sequence[Decision], asked: Sequence[Period]) -> list[Decision]:
    """The actions of the first meeting from the date asked for, or of the newest one."""
    days = sorted({d.meeting.held for d in actions if d.meeting.held})
    if asked:
        days = [held for held in days if held >= asked[0].start]
    meant = days[:1] if asked else days[-1:]
    return [d for d in actions if d.meeting.held in meant]
