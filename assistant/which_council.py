"""A figure asked for without saying whose, where several councils hold it: that of each."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Outcome, Route
from assistant.drafts import Draft, Statement
from assistant.passages.search import Hit
from assistant.question.cues import Operation
from assistant.question.understand import Query

Drafting = Callable[[Query], tuple[Route, Draft]]

_MOST = 5
_AS_SURE = 0.85
_SHORT = 400
_ASKED_OF_ALL = frozenset((Operation.RANK, Operation.CHECK, Operation.MOVERS))


def of_each(query: Query, found: Draft, hits: Sequence[Hit], drafted: Drafting) -> Draft | None:
    """What each council's papers say, where more than one answers as surely; else None.

    `found` is the answer out of all papers, `drafted` answers a query.
    """
    named = query.councils or query.bodies or query.committees or query.strangers
    if query.route is not Route.INDICATOR or named or query.inherited:
        return None
    if query.operation in _ASKED_OF_ALL:
        return None
    if found.outcome not in (Outcome.ANSWERED, Outcome.NOT_FOUND):
        return None
    councils = dict.fromkeys(h.passage.meeting.council for h in hits if h.passage.meeting.council)
    if len(councils) < 2:
        return None
    told = {c: drafted(replace(query, councils=(c,))) for c in list(councils)[:_MOST] if c}
    sure = {
        c: draft
        for c, (route, draft) in told.items()
        if route is not Route.NONE and draft.outcome is Outcome.ANSWERED and _short(draft)
    }
    best = max((draft.confidence for draft in sure.values()), default=0.0)
    close = {c: draft for c, draft in sure.items() if draft.confidence >= _AS_SURE * best}
    if len(close) < 2:
        return None
    lead = Statement("Which council do you mean? The papers of several councils have a figure:")
    readings = tuple(
        replace(draft.statements[0], text=f"{council}: {draft.statements[0].text}")
        for council, draft in close.items()
    )
    return Draft(
        Outcome.CLARIFY,
        (lead, *readings),
        best,
        options=tuple(close),
        rules=("each council's figure",),
    )


def _short(draft: Draft) -> bool:
    """Whether an answer may stand as one reading of several."""
    return len(draft.statements[0].text) <= _SHORT
