"""A decision and the figures before and after it: "did the pledge on dental checks help?".

Papers rarely say what a decision did. What they do hold is told side by side: the decision,
verbatim and dated, and the last figure before it with the newest one after; that the one led to the
other is never said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Outcome, Point
from assistant.drafts import Draft, Statement
from assistant.figures.cards import Card
from ingest.model import Period
from ingest.periods import find_periods

_DECIDED = (
    r"(?:agreed?|decided?|resolved|approved|promised|pledged|adopted|backed|introduced|asked)"
)
_BODY = (
    r"(?:the |our )?(?:\w+ ){0,3}?"
    r"(?:board|panel|committee|cabinet|council|members|councillors|we|they)"
)
_SINCE = re.compile(
    rf"^\W*(?:has|have|did|is|are)\s+(?P<measure>.{{3,80}}?)\s+(?:got |gone |get |go |been )?"
    rf"(?:improv\w+|better|worse|up|down|ris\w+|rose|fall\w*|fell|chang\w+|increas\w+|"
    rf"decreas\w+|drop\w*|reduc\w+)\b[^?]{{0,30}}?\b(?:since|after)\s+{_BODY}\s+{_DECIDED}\s*"
    rf"(?:to |on |that |for )?(?P<decision>[^?]*)",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:did|has|have)\s+(?:the |our |their |its )?(?:\w+['’]s )?"
    r"(?P<kind>decisions?|pledges?|promises?|resolutions?|commitments?|agreements?)\s+"
    r"(?:to |on |about |for |of |over )(?P<decision>.{3,90}?)\s+"
    r"(?:help|helped|work|worked|ma(?:k|d)e (?:a|any|much) (?:difference|impact)|"
    r"ha(?:d|ve) (?:a|any|an|much) (?:effect|impact|difference)|pa(?:y|id) off|change anything|"
    r"improve(?:d)? (?:things|anything|it))\b",
    re.IGNORECASE,
)


_PRONOUN = re.compile(r"\b(?:it|them|this|that|these|those)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a question on a decision's effect asks: the decision's subject and the measure's.

    `named` is whether the measure is named apart from the decision.
    """

    decision: str
    measure: str
    named: bool = False


def effect_asked(question: str) -> Effect | None:
    """The decision and the measure that a question joins; None where it joins none."""
    if helped := _HELPED.search(question):
        return Effect(helped["decision"], helped["decision"])
    if since := _SINCE.search(question):
        leans = _PRONOUN.search(since["decision"]) or not since["decision"].strip()
        own = _PRONOUN.sub(" ", since["decision"])
        decided = f"{own} {since['measure']}".strip() if leans else own
        return Effect(decided, since["measure"], named=True)
    return None


def around(cards: Iterable[Card], day: date) -> tuple[Period, Period] | None:
    """The last period printed before a day and the newest after it, of the one series with both."""
    found = []
    for card in cards:
        before = [p for p in card.chart.points if p.ends and p.ends <= day.isoformat()]
        after = [p for p in card.chart.points if p.ends and p.ends > day.isoformat()]
        if before and after:
            found.append((_period(before[-1]), _period(after[-1])))
    if len(found) != 1:
        return None
    first, last = found[0]
    return (first, last) if first and last else None


def joined(decided: Draft, figures: Draft | None) -> Draft:
    """The decision with the figures on both sides of it, or that none are held."""
    if figures is None:
        lacking = Statement("No figures from both before and after this are held.")
        said = (*decided.statements, lacking)
        return Draft(Outcome.NOT_FOUND, said, decided.confidence)
    lead = Statement("The figures before and after it:")
    caution = Statement(
        "The papers' figures alone don't show that the decision brought this about."
    )
    return Draft(
        Outcome.ANSWERED,
        (*decided.statements, lead, *figures.statements, caution),
        min(decided.confidence, figures.confidence),
        figures=figures.figures,
        chart=figures.chart,
        rules=(*decided.rules, *figures.rules),
    )


def undecided(figures: Draft) -> Draft:
    """The figures, where no decision was found that they could be set beside."""
    lead = Statement("No decision on this was found in the papers held. What the figures show:")
    return replace(figures, statements=(lead, *figures.statements)).by("figures without a decision")


def _period(point: Point) -> Period | None:
    return next((mention.period for mention in find_periods(point.period)), None)
