"""Honest refusals: what isn't held, isn't public, is yet to come or isn't ours to answer."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.answer import Outcome, Searched
from assistant.drafts import Draft, Source, Statement
from assistant.examples import examples_for
from assistant.minutes.declining import Declined
from assistant.passages.search import Hit
from assistant.question.understand import Held, Query
from assistant.shown import searched_line
from indicators.catalogue import indexed, spoken
from ingest.areas import area_of
from ingest.finding import Within
from ingest.holdings import Holdings
from ingest.kinds import PaperKind, plural
from ingest.model import Locator, PartKind, Unit

_FORETELL = re.compile(
    r"^\W*will\b[^?]*\b(?:numbers?|rates?|share|percentage|proportion|figures?)\b[^?]*\b(?:fall|rise|"
    r"drop|grow|increase|decrease|improve|go (?:up|down)|get (?:better|worse))\b",
    re.IGNORECASE,
)
_EXEMPT = re.compile(
    r"\b(?:exempt|confidential)\b|\bclosed session\b|\bpart (?:2|two) (?:report|minutes?|item)\b"
    r"|\bprivate (?:minutes?|session|reports?|business|items?|part)\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\bnot (?:for|open to) (?:the )?(?:publication|public|press)\b|\bSchedule 12A\b", re.IGNORECASE
)


class Refusals:
    """Says "no" with what was searched, and tells when only a "no" is true."""

    def __init__(self, held: Held, holdings: Holdings) -> None:
        self._held = held
        self._holdings = holdings

    def is_future(self, query: Query) -> bool:
        """Whether only a forecast could answer; next year's budget may well be in the papers."""
        if _FORETELL.search(query.text):
            return True
        last, asked = self._held.last, query.periods
        if last is None or not asked or min(p.start for p in asked) <= last:
            return False
        far = min(p.start for p in asked) > last + timedelta(days=400)
        return far or bool(
            re.search(r"\b(?:will|going to|predict\w*|expect\w*)\b", query.text, re.I)
        )

    def declined(self, refusal: Declined, query: Query) -> Draft:
        """Why a question is declined by its wording, with what may be asked instead."""
        outcome = Outcome.CLARIFY if refusal.ask_again else Outcome.DECLINED
        options = examples_for(self._held.councils) if refusal.ask_again else ()
        return Draft(outcome, (Statement(refusal.text),), 0.0, options=options)

    def other_bodies(self, bodies: Sequence[str], query: Query) -> Draft:
        """That no paper of the bodies named is held."""
        held = "; ".join(self._held.committees)
        names = " and ".join(bodies)
        return self._refusal(f"No paper held is of the {names}. Held are those of: {held}.", query)

    def stranger(self, query: Query) -> Draft:
        """That no paper of the councils named is held."""
        names = " and ".join(query.strangers)
        text = f"The papers held are not those of {names}, so they can't answer this."
        return self._refusal(text, query)

    def future(self, query: Query) -> Draft:
        """That the date asked for is yet to come."""
        return self._refusal(
            "That date is after the newest paper held: the papers can't tell it, and no forecast "
            "is made.",
            query,
        )

    def is_exempt(self, query: Query, hits: Sequence[Hit]) -> bool:
        """Whether a question asks for business that was taken in private."""
        return bool(_EXEMPT.search(query.text)) or self._asks_exempt_item(query, hits)

    def _asks_exempt_item(self, query: Query, hits: Sequence[Hit]) -> bool:
        """Whether the question is about an agenda item that was taken in private.

        Named by its number, or by its title where only the agenda tells of it.
        """
        asked = {w for w in query.words if w != "item" and not w.isdigit()}
        agenda = bool(hits) and hits[0].passage.part is PartKind.FRONT
        text = query.text.lower()
        theirs = Within(query.councils, query.committees, query.since, query.until)
        private = self._holdings.exempt_items(theirs) if agenda or "item " in text else ()
        for item in private:
            named = f"item {item.number}" in text
            title = asked & indexed(item.title)
            if (named or agenda) and len(title) * 2 > len(asked):
                return True
        lines = (unit.text for hit in hits[:3] for unit in hit.passage.units)
        return any(
            _WITHHELD.search(line) and len(asked & indexed(line)) * 2 > len(asked) for line in lines
        )

    def exempt(self, hits: Sequence[Hit]) -> Draft:
        """Exempt business leaves one public line: that line, and that the rest isn't held."""
        lines = [
            Statement(
                f"The public line: {unit.text}",
                (Source(_at(hit, unit), "", hit.passage.meeting),),
            )
            for hit in hits[:3]
            for unit in hit.passage.units
            if _EXEMPT.search(unit.text) and len(unit.text) < 400
        ]
        lead = Statement(
            "Business taken in private isn't in the papers held: no question can bring it out."
        )
        return Draft(Outcome.DECLINED, (lead, *lines[:2]), 0.5)

    def absent(self, query: Query, absent: Sequence[str]) -> Draft:
        """That the papers of the councils asked about don't mention something."""
        names = " and ".join(area_of(council) for council in query.councils)
        what = ", ".join(f"“{spoken(word)[0]}”" for word in absent)
        return self._refusal(f"The papers of {names} that are held don't mention {what}.", query)

    def not_found(self, query: Query) -> Draft:
        """That nothing held answers."""
        where = f"{papers_of(query.kinds)} held" if query.kinds else "the papers"
        return self._refusal(f"Not found in {where}.", query)

    def _refusal(self, text: str, query: Query) -> Draft:
        """An honest "no", with what was searched."""
        searched = searched_line(self.searched(query))
        said = (Statement(text, labels=text), Statement(searched, labels=searched))
        return Draft(Outcome.NOT_FOUND, said, 0.0)

    def searched(self, query: Query) -> Searched:
        """What a question was looked for in."""
        within = Within(query.councils, query.committees, query.since, query.until, query.kinds)
        held = self._holdings.within(within)
        return Searched(
            papers=held.papers,
            councils=held.councils,
            first=held.first,
            last=held.last,
            unreadable=held.unreadable,
        )


def papers_of(kinds: Sequence[PaperKind]) -> str:
    """Kinds of paper as one speaks of them: "the minutes or annual reports"."""
    return f"the {' or '.join(map(plural, kinds))}"


def _at(hit: Hit, unit: Unit) -> Locator:
    return replace(hit.passage.locator, start=unit.start, end=unit.end)
