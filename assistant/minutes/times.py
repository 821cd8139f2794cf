"""Whether what is told is of a time that its papers can tell of, and who was in the chair then."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.minutes.people import Holder, chairs, took_the_chair
from assistant.minutes.quoting import quoted
from assistant.minutes.register_answers import within
from assistant.question.understand import Query
from ingest.model import PartKind, Passage, Period
from ingest.periods import bare_months, describe, find_periods

_WHO_CHAIRED = re.compile(
    r"\bwho (?:chaired|presided|took the chair|was in the chair|"
    r"led the meeting|was (?:the )?chair(?:man|woman|person)? (?:of|at|for|on)\b)",
    re.IGNORECASE,
)
_IN_THE_CHAIR = re.compile(
    r"\bin the chair\b|\bpresid(?:ed|ing)\b|\bchair(?:ed|ing) (?:the|this) meeting\b|"
    r"\((?:chair\w*|convener)\)",
    re.IGNORECASE,
)


_CHAIR = re.compile(r"\bchair(?:man|woman|person)?\b", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:apolog\w*|absen\w+|unwell|ill(?:ness)?|hospital|unable|could not|delayed|late|leave|"
    r"holiday|declar\w+|interest|stood (?:down|aside)|withdr\w+|vacan\w+|vacat\w+|resign\w*|"
    r"retired|elect\w*|appoint\w*|away|died|death|no longer|left)\b",
    re.IGNORECASE,
)
"""Why somebody isn't in the chair."""
_USUAL = re.compile(
    r"\b([A-Z][\w’'-]+) \((?:the )?[Cc]hair(?:man|woman|person)?\)|"
    r"\b[Cc]hair(?:man|woman|person)?[,:]? (?:(?:Cllr|Councillor|Mrs?|Ms|Dr)\.? )?"
    r"((?:[A-Z][\w’'-]+ ?){1,3})"
)
"""Whom a paper calls the chair, by surname."""
_WHY = re.compile(r"\bwhy\b|\breasons?\b", re.IGNORECASE)
_REASONS = 2


def nearest(number: int, month: int, held: date) -> date | None:
    """The day of a month that lies nearest to a meeting; None for a day that isn't one."""
    try:
        days = [date(held.year + shift, month, number) for shift in (-1, 0, 1)]
    except ValueError:
        return None
    return min(days, key=lambda one: abs((one - held).days))


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


def who_chaired(
    query: Query, passages: Iterable[Passage], passages_of: Callable[[str], Sequence[Passage]]
) -> Draft | None:
    """Who was in the chair of the meeting asked about, or that its papers don't say.

    Asked why, too, what keeps the usual chair away is told, whom another part of the paper may
    name. None where no meeting is named, or a sentence about the chair may tell.
    """
    asked = (*query.periods, *query.meetings)
    if not asked or not _WHO_CHAIRED.search(query.text):
        return None
    meant = [p for p in passages if within(p.meeting.held, asked)]
    minutes = [p for p in meant if p.part is PartKind.MINUTES]
    records = minutes or [p for p in meant if p.part is not PartKind.FRONT]
    if found := took_the_chair(meant) or chairs(records):
        told = ((one.name, quoted(one.passage, [one.unit])) for one in found)
        statements = [replace(said, text=f"{name}. {said.text}") for name, said in told]
        if _WHY.search(query.text):
            papers = dict.fromkeys(one.passage.locator.paper for one in found)
            whole = [p for paper in papers for p in passages_of(paper)]
            statements += _why_another(
                found, [p for p in whole if within(p.meeting.held, asked)], whole
            )
        return Draft(Outcome.ANSWERED, tuple(statements), 0.9)
    said = (unit.text for p in records for unit in p.units)
    if not meant or minutes or any(map(_IN_THE_CHAIR.search, said)):
        return None
    text = (
        f"The papers for {describe(asked[0])} are held, but not its minutes: who was in the chair "
        "isn't in them."
    )
    return Draft(Outcome.NOT_FOUND, (Statement(text),), 0.7)


def chair_unsaid(query: Query, draft: Draft) -> Draft | None:
    """That who was in the chair isn't told, where what was found for it names no chair."""
    if not _WHO_CHAIRED.search(query.text):
        return None
    asked = (*query.periods, *query.meetings)
    then = [s for s in draft.statements if not asked or not s.sources or _tells_of(s, asked)]
    if any(_CHAIR.search(s.text) or _IN_THE_CHAIR.search(s.text) for s in then):
        return None
    text = "The papers held don't say who was in the chair."
    return Draft(Outcome.NOT_FOUND, (Statement(text, labels=text),), 0.7)


def _tells_of(statement: Statement, asked: Sequence[Period]) -> bool:
    """Whether a statement is of a meeting of some time, or names that time."""
    if any(within(source.meeting.held, asked) for source in statement.sources):
        return True
    named = [mention.period for mention in find_periods(statement.text.partition(":\n")[2])]
    return any(p.start <= of.end and of.start <= p.end for p in asked for of in named)


def _why_another(
    found: Sequence[Holder], then: Iterable[Passage], paper: Iterable[Passage]
) -> list[Statement]:
    """What is said, then, of a chair who is away or no longer one; that nothing is, else."""
    told = {id(one.unit) for one in found}
    usual = {
        name.split()[-1]
        for passage in paper
        for unit in passage.units
        for match in _USUAL.finditer(unit.text)
        for name in match.groups()
        if name
    } - {one.name.split()[-1] for one in found}
    reasons = [
        quoted(passage, [unit])
        for passage in then
        for unit in passage.units
        if id(unit) not in told
        and _AWAY.search(unit.text)
        and (_CHAIR.search(unit.text) or any(name in unit.text for name in usual))
    ]
    unsaid = "The papers held don't say why."
    return list(dict.fromkeys(reasons))[:_REASONS] or [Statement(unsaid, labels=unsaid)]
