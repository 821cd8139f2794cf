"""A question as it was understood, in plain words: a person can see and mend the reading."""

import re

from assistant.answer import Route
from assistant.question.cues import Operation, Wanted
from assistant.question.understand import Query
from indicators.catalogue import spoken, terms, words
from ingest.periods import describe

_FIGURES = {
    Operation.VALUE: "a figure",
    Operation.DIFFERENCE: "the difference between two figures",
    Operation.PERCENT_CHANGE: "the change in per cent",
    Operation.AGAINST_TARGET: "a figure against its target",
    Operation.AGAINST_AREA: "a figure beside that of another area",
    Operation.HIGHEST: "the highest figure",
    Operation.LOWEST: "the lowest figure",
    Operation.TREND: "figures over time",
    Operation.TOTAL: "a total",
    Operation.AVERAGE: "an average",
    Operation.SHARE: "a share",
    Operation.RATIO: "a ratio",
    Operation.CHECK: "whether printed figures agree",
    Operation.ON_TARGET: "when the target was met",
    Operation.TO_DATE: "the year to date",
    Operation.RANK: "the order of the councils",
    Operation.MOVERS: "which measures got worse or better",
}
_MINUTES = {
    Wanted.DECISION: "what was decided",
    Wanted.ACTION: "who is to do what",
    Wanted.RECOMMENDATION: "what is recommended",
    Wanted.OUTSTANDING: "what is still to be done",
    Wanted.ATTENDANCE: "who was there, and as what",
    Wanted.PERSON: "who",
    Wanted.DATE: "when",
    Wanted.REASON: "why",
    Wanted.LIST: "a list",
    Wanted.DEFINITION: "what is meant",
    Wanted.MONEY: "a sum of money",
    Wanted.ANYTHING: "what the papers say",
}
_FRAMING = re.compile(
    r"(?:agree|decid|decision|resol|approv|recommend|vote|action|outstanding|reason|mean|stand|ago)",
    re.IGNORECASE,
)
_TYPED = re.compile(r"[\w’'£%&.-]*[\w%]")


def in_plain_words(query: Query) -> str:
    """One line: what is asked for, about what, of whom, of when, and what the conversation gave."""
    figure = query.route is Route.INDICATOR
    asked = _FIGURES[query.operation] if figure else _MINUTES[query.wanted]
    bodies = "; ".join(query.committees or query.bodies)
    councils = "; ".join((*query.councils, *query.strangers)) or "any council held"
    parts = [
        f"{asked} about “{subject}”" if (subject := _subject(query)) else asked,
        f"of {councils}" + (f" ({bodies})" if bodies else ""),
        "; ".join(map(describe, query.periods)),
        "meeting of " + "; ".join(map(describe, query.meetings)) if query.meetings else "",
        f"beside {' and '.join(query.areas)}" if query.areas else "",
        f"in {' and '.join(query.kinds)} papers" if query.kinds else "",
        f"from {query.since:%-d %B %Y}" if query.since else "",
        f"until {query.until:%-d %B %Y}" if query.until else "",
        "the latest" if query.latest and not query.periods else "",
        f"{' and '.join(query.inherited)} from the conversation" if query.inherited else "",
    ]
    return "Understood as: " + ", ".join(part for part in parts if part) + "."


def _subject(query: Query) -> str:
    """The telling words as they were typed, and the terms taken over or implied, by name."""
    telling = set(query.words)
    typed = [
        t for t in _TYPED.findall(query.text) if telling & set(words(t)) and not _FRAMING.match(t)
    ]
    said = {w for token in typed for w in words(token)}
    taken = (spoken(w)[0] for w in query.words if w not in said and w in terms())
    return " ".join((*typed, *taken))
