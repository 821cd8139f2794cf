"""What was said and decided, in the papers' own words: passages and decisions as statements."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.drafts import Source, Statement
from ingest.model import Decision, DecisionKind, PartKind, Passage, Unit, UnitKind
from ingest.periods import day, describe


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


def _line(unit: Unit) -> str:
    listed = unit.kind in (UnitKind.LIST_ITEM, UnitKind.TABLE_ROW)
    return f"- {unit.text.lstrip('-•● ')}" if listed else unit.text


def _introduced(passage: Passage) -> str:
    meeting = passage.meeting
    when = f" of {describe(day(meeting.held))}" if meeting.held else ""
    of = "Minutes" if passage.part is PartKind.MINUTES else passage.part_title or "Report"
    under = f", “{passage.headings[-1]}”" if passage.headings else ""
    body = (
        f"{meeting.committee}{when}"
        if passage.part is PartKind.MINUTES
        else f"{meeting.committee}, papers{when}"
    )
    return f"{of} ({body}){under}:"


def told(group: Sequence[Decision]) -> list[Statement]:
    """The decisions of one minute or report, verbatim, with number, meeting and date."""
    first = group[0]
    when = describe(day(first.meeting.held)) if first.meeting.held else "undated"
    verb = {
        DecisionKind.RESOLUTION: "Resolved",
        DecisionKind.ACTION: "Action",
        DecisionKind.RECOMMENDATION: "Recommended (a recommendation, not a decision)",
    }[first.kind]
    opening = f"{verb} — {first.meeting.committee}, {when}, “{first.title}”:"
    statements = [Statement(opening, labels=opening)] if len(group) > 1 else []
    for decision in group:
        number = f"{decision.number}. " if decision.number else ""
        extra = [
            f"lead: {decision.owner}"
            if decision.owner and decision.owner not in decision.text
            else "",
            f"due: {decision.due}" if decision.due and decision.due not in decision.text else "",
            f"position: {decision.status}"
            if decision.status and decision.status != "agreed in the narrative"
            else "",
        ]
        tail = "".join(f" ({part})" for part in extra if part)
        prefix = "- " if len(group) > 1 else f"{opening} "
        sources = tuple(
            Source(where, "", decision.meeting) for where in (decision.locator, *decision.more)
        )
        said = decision.text.lstrip("-•● ")
        statements.append(Statement(f"{prefix}{number}{said}{tail}", sources))
    return statements
