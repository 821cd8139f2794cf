"""How a vote went, and by whom: names are told only where the papers record them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.minutes.quoting import quoted
from assistant.passages.search import Hit
from ingest.model import Locator, PartKind, Passage, Unit

VOTE = re.compile(r"\bvot(?:e|es|ed|ing)\b|\babst(?:ain\w*|ention\w*)\b", re.IGNORECASE)
_WHO_VOTED = re.compile(
    r"\b(?:who|which (?:\w+ ){0,2}?(?:councillors?|members?|cllrs?|governors?)|"
    r"(?:name|list)\b[^?]{0,40}\b(?:councillors?|members?|cllrs?)(?: (?:who|that))?|"
    r"(?:councillors?|members?|cllrs?) (?:who|that))\s+(?:\w+ ){0,2}?(?:vote[ds]?|abstain\w*)\b",
    re.IGNORECASE,
)
_PERSON = (
    r"(?:(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Rev(?:d)?|Canon)\.? (?:[A-Z][\w’'-]* ?){1,3}|"
    r"\b[A-Z][a-z’'-]+ [A-Z][A-Za-z’'-]+)"
)
_CAST = re.compile(
    rf"{_PERSON}[^.;:]{{0,40}}?\b(?:voted|voting|abstained|dissent\w+|vote against|vote for|"
    r"(?:his|her|their) (?:vote|dissent|abstention|opposition)|(?:against|for) the motion)\b|"
    rf"\b(?:[Ff]or|[Aa]gainst|[Ii]n favour|[Aa]bstain\w*|[Aa]bstentions?|[Vv]oting)\b"
    rf"\s?(?:\(\d+\))?\s?[:–-]\s?{_PERSON}|"
    rf"\b(?:voted|voting) (?:for|against|in favour)[^.;]{{0,30}}\bwere\b[^.;]{{0,10}}{_PERSON}"
)


def asks_who_voted(question: str) -> bool:
    """Whether a question asks for the names of those who voted some way."""
    return bool(_WHO_VOTED.search(question))


def with_vote(draft: Draft, hits: Sequence[Hit]) -> Draft:
    """What was decided, after the vote on it that the same minute records.

    Votes are often not recorded: then the decision is told, and that no vote is.
    """
    minute = next((_place(s.locator) for told in draft.statements for s in told.sources), None)
    own = [s for s in draft.statements if all(_place(x.locator) == minute for x in s.sources)]
    if any(VOTE.search(statement.text) for statement in own):
        return replace(draft, statements=tuple(own))
    for passage in (hit.passage for hit in hits):
        taken = _votes_of(passage)
        if taken and _place(passage.locator) == minute:
            return replace(
                draft, outcome=Outcome.ANSWERED, statements=(quoted(passage, taken), *own)
            )
    lead = Statement("The papers record no vote on this. What they do record:")
    return Draft(Outcome.NOT_FOUND, (lead, *own), draft.confidence)


def with_voters(draft: Draft, hits: Sequence[Hit], about: Callable[[Passage], float]) -> Draft:
    """Who voted which way, where the minute most about it names anybody.

    Else that it names nobody, and how the vote went.
    """
    found = [hit.passage for hit in hits]
    minutes = [p for p in found if p.part is PartKind.MINUTES or _votes_of(p)]
    if not minutes:
        return with_vote(draft, hits)
    where = _place(max(minutes, key=about).locator)
    minute = [passage for passage in minutes if _place(passage.locator) == where]
    own = [s for s in draft.statements if any(_place(x.locator) == where for x in s.sources)]
    for passage in minute:
        cast = [unit for unit in passage.units if _CAST.search(unit.text)]
        if cast:
            told = (quoted(passage, cast), *own)
            return replace(draft, outcome=Outcome.ANSWERED, statements=told)
    taken = [quoted(p, units) for p in minute if (units := _votes_of(p))]
    more = " What they do record:" if taken or own else ""
    lead = Statement(f"The papers don't record who voted which way on this.{more}")
    return Draft(Outcome.NOT_FOUND, (lead, *dict.fromkeys((*taken, *own))), draft.confidence)


def _votes_of(passage: Passage) -> list[Unit]:
    return [unit for unit in passage.units if VOTE.search(unit.text)]


def _place(where: Locator) -> tuple[str, str | None]:
    """The paper, and the minute or report in it, that a place is in."""
    return where.paper, (where.item or "").partition(" > ")[0] or None
