"""Whether what is told is of a time that its papers can tell of, and who was in the chair then."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.minutes.people import chairs
from assistant.minutes.quoting import quoted
from assistant.minutes.register_answers import within
from assistant.question.understand import Query
from ingest.model import PartKind, Passage
from ingest.periods import bare_months, describe, find_periods

_WHO_CHAIRED = re.compile(
    r"\bwho (?:chaired|presided|took the chair|was in the chair|"
    r"was (?:the )?chair(?:man|woman|person)? (?:of|at|for|on)\b)",
    re.IGNORECASE,
)
_IN_THE_CHAIR = re.compile(
    r"\bin the chair\b|\bpresid(?:ed|ing)\b|\bchair(?:ed|ing) (?:the|this) meeting\b|"
    r"\((?:chair\w*|convener)\)",
    re.IGNORECASE,
)


def told_too_early(query: Query, draft: Draft) -> Draft | None:
    """What is told, as the nearest, where its papers are of before the time asked about.

    Papers that name that time themselves may tell of what is to come.
    """
    asked = (*query.periods, *query.meetings)
    sources = [source for s in draft.statements for source in s.sources]
    held = [source.meeting.held for source in sources]
    if not asked or "period" in query.inherited or not held or None in held:
        return None
    first = min(period.start for period in asked)
    if any(day and day >= first for day in held):
        return None
    text = " ".join(statement.text for statement in draft.statements)
    named = [m.period for m in find_periods(text)]
    if any(p.start <= of.end and of.start <= p.end for p in asked for of in named):
        return None
    months = {p.start.month for p in asked}
    if any(number in months for number, *_ in bare_months(text)):
        return None
    lead = Statement(
        f"The papers held on this are of before {describe(asked[0])}. The nearest that they say:"
    )
    return Draft(Outcome.NOT_FOUND, (lead, *draft.statements), draft.confidence)


def who_chaired(query: Query, passages: Iterable[Passage]) -> Draft | None:
    """Who was in the chair of the meeting asked about, or that its papers don't say.

    None where no meeting is named, or a sentence about the chair may tell.
    """
    asked = (*query.periods, *query.meetings)
    if not asked or not _WHO_CHAIRED.search(query.text):
        return None
    meant = [p for p in passages if within(p.meeting.held, asked)]
    minutes = [p for p in meant if p.part is PartKind.MINUTES]
    if found := chairs(minutes):
        told = ((one.name, quoted(one.passage, [one.unit])) for one in found)
        statements = [replace(said, text=f"{name}. {said.text}") for name, said in told]
        return Draft(Outcome.ANSWERED, tuple(statements), 0.9)
    records = (unit.text for p in meant if p.part is not PartKind.FRONT for unit in p.units)
    if not meant or minutes or any(map(_IN_THE_CHAIR.search, records)):
        return None
    text = (
        f"The papers for {describe(asked[0])} are held, but not its minutes: who was in the chair "
        "isn't in them."
    )
    return Draft(Outcome.NOT_FOUND, (Statement(text),), 0.7)
