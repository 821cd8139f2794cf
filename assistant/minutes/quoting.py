"""What was said and decided, in the papers' own words, after a sentence that can be read out.

The sentence says when, which committee of which council, and whether it is minutes, a report, a
decision or only a recommendation; the words that follow are the paper's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafts import Source, Statement
from ingest.model import Decision, DecisionKind, Meeting, PartKind, Passage, Unit, UnitKind
from ingest.periods import day, describe

_RECOMMENDED = re.compile(r"^\W*RECOMMEND(?:ED|ATION)?\b")
_COUNTS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_NARRATED = "agreed in the narrative"


def quoted(passage: Passage, run: Sequence[Unit], *, lead: bool = True) -> Statement:
    """Units of a passage verbatim, after a line that says whose words and of when they are."""
    under = passage.headings[-1] if passage.headings else ""
    units = [u for u in run if u.text != under] or list(run)
    where = passage.locator
    item = f"{where.item} > {under}" if under and under != where.item else where.item
    locator = replace(where, start=units[0].start, end=units[-1].end, item=item)
    intro = _introduced(passage) if lead else ""
    lines = "\n".join(_line(unit) for unit in units)
    rows = " ".join(unit.text for unit in units if unit.kind is UnitKind.TABLE_ROW)
    source = Source(locator, "", passage.meeting)
    return Statement(f"{intro}\n{lines}".strip(), (source,), labels=f"{intro} {rows}")


def body_of(meeting: Meeting) -> str:
    """A meeting's committee and council as a sentence names them."""
    committee = f"the {meeting.committee}" if meeting.committee else "the committee"
    return f"{committee} of {meeting.council}" if meeting.council else committee


def when_of(meeting: Meeting) -> str:
    """A meeting's date in words."""
    return describe(day(meeting.held)) if meeting.held else "an unknown date"


def _line(unit: Unit) -> str:
    listed = unit.kind in (UnitKind.LIST_ITEM, UnitKind.TABLE_ROW)
    return f"- {unit.text.lstrip('-•● ')}" if listed else unit.text


def _introduced(passage: Passage) -> str:
    meeting = passage.meeting
    under = f", under “{passage.headings[-1]}”" if passage.headings else ""
    if passage.part is PartKind.MINUTES:
        return f"The minutes of {body_of(meeting)} for {when_of(meeting)} say{under}:"
    title = passage.part_title
    papers = f"papers of {body_of(meeting)} for {when_of(meeting)}"
    if title and passage.part is PartKind.REPORT and title.lower() != "report":
        under = under if passage.headings and passage.headings[-1] != title else ""
        return f"The report “{title}” in the {papers} says{under}:"
    return f"The {papers} say{under}:"


def told(group: Sequence[Decision]) -> list[Statement]:
    """The decisions of one minute or report, verbatim, with number, meeting and date."""
    opening = _opened(group[0], len(group))
    statements = [Statement(opening, labels=opening)] if len(group) > 1 else []
    for decision in group:
        number = f"{decision.number}. " if decision.number else ""
        prefix = "- " if len(group) > 1 else f"{opening} "
        sources = tuple(
            Source(where, "", decision.meeting) for where in (decision.locator, *decision.more)
        )
        said = decision.text.lstrip("-•● ")
        statements.append(Statement(f"{prefix}{number}{said}{_tail(decision)}", sources))
    return statements


def _opened(first: Decision, count: int) -> str:
    """The sentence before decisions: a recommendation is never told as decided."""
    meeting, under = first.meeting, f"under “{first.title}”"
    body, when = body_of(meeting), when_of(meeting)
    match first.kind:
        case DecisionKind.RECOMMENDATION:
            many = f"{in_words(count)} things are" if count > 1 else "this is"
            return (
                f"In the papers of {body} for {when}, {many} recommended (a recommendation, not a "
                f"decision), {under}:"
            )
        case DecisionKind.ACTION if first.status and first.status != _NARRATED:
            return f"{body[0].upper()}{body[1:]} has on its list of {when}, {under}:"
        case DecisionKind.ACTION:
            return f"On {when} {body} set {_counted(count, 'action')}, {under}:"
    if _RECOMMENDED.match(first.text):
        return f"On {when} {body} recommended, {under}:"
    many = f", in {in_words(count)} parts" if count > 1 else ""
    return f"On {when} {body} resolved{many}, {under}:"


def _counted(count: int, thing: str) -> str:
    return f"{in_words(count)} {thing}s" if count > 1 else f"this {thing}"


def in_words(count: int) -> str:
    """A small count as it is written out; "several" beyond twelve, where each is listed anyway."""
    return _COUNTS[count - 1] if 0 < count <= len(_COUNTS) else "several"


def _tail(decision: Decision) -> str:
    """Who is to do it, by when and how it stands, where the text itself doesn't say."""
    owner, due, status = decision.owner, decision.due, decision.status
    extra = [
        f"lead: {owner}" if owner and owner not in decision.text else "",
        f"due: {due}" if due and due not in decision.text else "",
        f"position: {status}" if status and status != _NARRATED else "",
    ]
    return "".join(f" ({part})" for part in extra if part)
