"""Questions worth asking on an agenda item, each with what gives rise to it.

None is made up: a question comes of an action of which nothing is heard, of figures that don't
agree, miss their target, worsen or are missing, or of a sentence in which the report itself tells
of a gap.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, zip_longest

from assistant.briefing.bearing import Action, flat, sources_of
from assistant.briefing.measures import Indicator
from assistant.drafts import Source, Statement
from assistant.figures.telling import when
from assistant.shown import day
from indicators.findings import Finding

_MOST = 3
_LONGEST = 320
_WHICH = "Which is right?"
_ON_FINDINGS = {
    "PERCENTAGE": _WHICH,
    "SHARES": _WHICH,
    "OVER_HUNDRED": "How are these shares counted?",
    "TOTAL": _WHICH,
    "TWO_VALUES": _WHICH,
    "NARRATIVE": _WHICH,
    "TARGET_MOVED": "Why was the target changed?",
    "DEFINITION": "Can the earlier figures be given on the new footing?",
    "JUMP": "What explains it?",
}
_GAPS = (
    (
        r"\b(?:shortfall|overspen\w+|deficit|funding gap)\b",
        "What is expected this year, and how is it to be paid for?",
    ),
    (
        r"\bunfunded\b|\bno (?:budget|funding|money)\b|\bnot (?:yet )?(?:been )?funded\b",
        "How is it to be paid for?",
    ),
    (
        r"(?:£[\d.,]+\w*|\b(?:grant|funding|money))\b[^.;]{0,40}\bat risk\b",
        "What is being done to keep it?",
    ),
    (
        r"\bvacan(?:t|cy|cies)\b",
        "When are the posts to be filled?",
    ),
    (
        r"\b(?:waiting list|backlog|average wait|waits? (?:of|for)|waiting (?:times?|for))\b",
        "What would shorten the wait, and by when?",
    ),
    (
        r"\bcan(?:not|’t|'t) (?:yet )?be \w+|\b(?:has|have|had) (?:been unable|not been able)\b",
        "What can be done about it meanwhile?",
    ),
    (
        r"\b(?:has|have|is|are) not (?:yet )?(?:been )?(?:agreed|started|completed|"
        r"recruited)\b|\bno date (?:has|is)\b|\b(?:is|are|was|were|been) delayed\b",
        "When is it expected now?",
    ),
)
_MENDED = re.compile(
    r"\b(?:come down|came down|fallen|fell|reduced|shorter|improv\w+|cleared|no longer|filled)\b",
    re.IGNORECASE,
)
_GAP = tuple((re.compile(pattern, re.IGNORECASE), question) for pattern, question in _GAPS)


def questions(
    indicators: Sequence[Indicator],
    actions: Sequence[Action],
    amiss: Sequence[tuple[Finding, Statement]],
    sentences: Iterable[Source],
) -> tuple[Statement, ...]:
    """Three questions at most, of different kinds as far as there are such."""
    kinds = (
        _on_actions([a for a in actions if a.overdue]),
        _on_amiss(amiss),
        _on_targets(indicators),
        _on_gaps(sentences),
        _on_silence([a for a in actions if not a.overdue and a.position is None]),
        _on_changes(indicators),
        _on_blanks(indicators),
    )
    in_turn = chain.from_iterable(zip_longest(*kinds))
    return tuple(question for question in in_turn if question is not None)[:_MOST]


def _on_actions(actions: Iterable[Action]) -> Iterator[Statement]:
    for action in actions:
        decision = action.entry.decision
        due = f" It was due {day(action.due)}." if action.due else ""
        told = (
            f" The last that the papers tell of it: “{flat(action.position.quote)}”"
            if action.position
            else " The papers held say no more of it."
        )
        text = (
            f"What has come of what was asked for on {day(decision.meeting.held)}: "
            f"“{flat(decision.text)}”?{due}{told}"
        )
        sources = (*sources_of(action.entry), *((action.position,) if action.position else ()))
        yield Statement(text, sources)


def _on_silence(actions: Sequence[Action]) -> Iterator[Statement]:
    """One question on all actions of a meeting that nothing is heard of."""
    by_meeting: dict[date | None, list[Action]] = {}
    for action in actions:
        by_meeting.setdefault(action.entry.decision.meeting.held, []).append(action)
    for held, group in by_meeting.items():
        if len(group) == 1:
            yield from _on_actions(group)
        else:
            text = (
                f"What has come of what was asked for on {day(held)} (see the open actions)? "
                "The papers held say no more of it."
            )
            yield Statement(text, tuple(s for action in group for s in sources_of(action.entry)))


def _on_amiss(amiss: Iterable[tuple[Finding, Statement]]) -> Iterator[Statement]:
    for finding, told in amiss:
        if asking := _ON_FINDINGS.get(finding.rule.name):
            yield Statement(f"{told.text} {asking}", told.sources, told.working, told.labels)


def _on_targets(indicators: Iterable[Indicator]) -> Iterator[Statement]:
    """Targets missed: at every date held, by more than before, or where nothing was held before."""
    for one in indicators:
        if not (one.misses_target and one.target):
            continue
        now = f"{one.label}: {one.latest.told} in {when(one.latest.figure.period)}"
        if one.never_met:
            since = when(one.readings[0].figure.period)
            text = (
                f"{now}. The target of {one.target.told} has been met at no date shown since "
                f"{since}. What would it take to meet it, and by when?"
            )
            places = {s.locator: s for s in (*one.sources, *(r.source for r in one.readings))}
            yield Statement(text, tuple(places.values()), labels=one.label)
        elif one.got_worse and one.before:
            text = (
                f"{now}, against a target of {one.target.told}; it was {one.before.told} in "
                f"{when(one.before.figure.period)}. What has changed?"
            )
            yield Statement(text, one.sources, labels=one.label)
        elif one.before is None:
            text = f"{now}, against a target of {one.target.told}. What keeps it from being met?"
            yield Statement(text, one.sources, labels=one.label)


def _on_gaps(sentences: Iterable[Source]) -> Iterator[Statement]:
    for source in sentences:
        said = flat(source.quote)
        if len(said) > _LONGEST or _MENDED.search(said):
            continue
        for pattern, asking in _GAP:
            if pattern.search(said):
                yield Statement(f"The report says: “{said}” {asking}", (source,))
                break


def _on_changes(indicators: Iterable[Indicator]) -> Iterator[Statement]:
    for one in indicators:
        if one.got_worse and one.before and not one.misses_target:
            text = (
                f"{one.label}: {one.latest.told} in {when(one.latest.figure.period)}, "
                f"{one.before.told} in {when(one.before.figure.period)}. What has changed?"
            )
            yield Statement(text, one.sources, labels=one.label)


def _on_blanks(indicators: Iterable[Indicator]) -> Iterator[Statement]:
    for one in indicators:
        if one.unreported:
            text = (
                f"{one.label}: {one.latest.told} in {when(one.latest.figure.period)}, and nothing "
                f"reported for {when(one.unreported.figure.period)}. Why is that?"
            )
            yield Statement(text, (one.latest.source,), labels=one.label)
