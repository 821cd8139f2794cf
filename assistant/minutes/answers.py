"""Answers from minutes and reports: decisions from the register, else the sentences that answer."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from assistant.answer import Outcome
from assistant.drafts import Draft, Statement
from assistant.minutes.agendas import agenda_answer
from assistant.minutes.bodies import (
    acted,
    asked_of,
    asks_whether,
    did_not,
    named,
    names_a_body,
)
from assistant.minutes.decided_on import DecidedOn
from assistant.minutes.denial import Presumed
from assistant.minutes.evidence import Evidence, opens_list, stretch
from assistant.minutes.expected import FACTS, Expected, expected, holds
from assistant.minutes.meetings import next_meeting, which_last, which_meeting
from assistant.minutes.people import CHAIR, chairs, holders, is_chair
from assistant.minutes.premise import Stretch, by_two_words, office
from assistant.minutes.quoting import quoted, told
from assistant.minutes.register_answers import (
    FRAMING,
    KINDS,
    RegisterAnswers,
    of_several,
    within,
)
from assistant.minutes.sureness import SURE_ENOUGH, Found, Sureness, people_named
from assistant.minutes.times import chair_unsaid, nearest, told_too_early, who_chaired
from assistant.minutes.votes import VOTE, asks_who_voted, with_vote, with_voters
from assistant.minutes.windows import Window, choose
from assistant.passages.marking import OPENING, ROLL
from assistant.passages.ranking import Features
from assistant.passages.search import Hit, Search
from assistant.question.claim import chaired, claim_of
from assistant.question.cues import DELIBERATED, OF_MEETING, Operation, Wanted
from assistant.question.synonyms import alike
from assistant.question.understand import Query
from indicators.catalogue import indexed, words
from indicators.quantities import find_quantities
from ingest.abbreviations import find_abbreviations
from ingest.areas import area_of
from ingest.finding import Within
from ingest.holdings import Holdings
from ingest.kinds import KindsOfPlaces
from ingest.marked import Marks
from ingest.model import (
    Decision,
    DecisionKind,
    Meeting,
    PartKind,
    Passage,
    Period,
    PeriodKind,
    Unit,
    UnitKind,
)
from ingest.periods import bare_months, day, describe, find_periods

_SENTENCE_OPERATIONS = (Operation.VALUE, Operation.AGAINST_TARGET, Operation.DIFFERENCE)
_ASKED_FOR_ENOUGH = 0.72
_REGISTER_LEAD = 0.05
_MOST_ROLLS = 6
_MANY_ROLLS = 500
_MANY_PARTS = 300  # that open a unit alike: how many more makes no difference
_DENYING = 12
_ABOUT = 0.5
_HOLDERS = 6
_AS_GOOD = 1.0  # in worth, of stretches of several councils that answer equally
_SPOKEN_IN = 5
_LONG_TO_READ = 250
_A_SENTENCE = 50
_WAS_THERE = re.compile(
    r"\b(?:apolog\w*|attended|present|absent|absence|came|substitut\w+|deputised|declared|"
    r"was there|were there)\b",
    re.IGNORECASE,
)
_APOLOGIES = re.compile(r"\b(?:apolog\w+|absence)\b", re.IGNORECASE)
_DECIDED = re.compile(r"\b(?:AGREED|RESOLVED|Agreed|Resolved|(?:was|were) agreed|decided)\b")
_LEANS = re.compile(
    r"^(?:\W*(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their|Both|One|None|Most)\b)"
)
_TRACKER = re.compile(
    r"\b(?:action|matters?|decision)s? (?:log|tracker|list|sheet|table|outstanding|arising|"
    r"points?)\b|"
    r"\b(?:outstanding|open) (?:matters|actions|items)\b|\btracker\b|\btable of actions\b|"
    r"\b(?:progress|update) on (?:previous )?(?:actions|decisions|recommendations|resolutions)\b",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"(?:^|; |— )(?:(?:current |latest )?(?:status|position|update|progress)|how far|outcome)\s*:",
    re.IGNORECASE,
)
_POSITION_SURE = 0.7
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_NEARLY_ALL = 0.8
_FIGURES_IN_A_SENTENCE = 12
_MINUTE_NUMBER = re.compile(r"\W*(?:[A-Z]{2,5}\W?)?(?P<number>\d{1,4}(?:/\d{2,4})?)\b")
_CELLS_BEFORE, _CELLS_AFTER, _LINES_OF_A_ROW = 2, 7, 3
_CITED, _SOME = 3, 0.1  # units before a row that may cite its minute; how much it must then tell
_IN_PART = 0.2
_OWN_NUMBER = re.compile(r"\W*\d+(?:\.\d+)+\.?(?=\s)|\W*\d{1,2}[.)](?=\s)")
_BEGINS = re.compile(r"\W*(?:\d|[a-z]{1,3}[).])|\s*[-•●]")
"""How a further point of a list begins."""
_DAY_BEFORE = re.compile(r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?$")


class MinutesAnswers:
    """Answers questions on what was said, asked and decided."""

    def __init__(
        self,
        search: Search,
        passages_of: Callable[[str], Sequence[Passage]],
        passages_of_each: Callable[[Iterable[str]], Mapping[str, Sequence[Passage]]],
        marks: Marks,
        decided: DecidedOn,
        holdings: Holdings,
    ) -> None:
        """`passages_of` gives the passages of a paper, or of each, in the order of their places."""
        self._passages_of = passages_of
        self._holdings = holdings
        self._search = search
        self._marks = marks
        self._evidence = Evidence(passages_of_each, self._openings, search.weight, search.aliases)
        self._sureness = Sureness(search.weight, search.knows)
        self._register = RegisterAnswers(decided, search.weight, KindsOfPlaces(passages_of))

    def judge_by(self, sureness: Sureness) -> None:
        """Let something else say how sure it is: what measures it tells everything."""
        self._sureness = sureness

    def _openings(self, openings: Iterable[str]) -> dict[str, int]:
        return self._marks.counts(OPENING, openings, _MANY_PARTS)

    def answer(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A draft, or None when nothing held answers."""
        newest = self._holdings.newest_papers
        told = which_meeting(query, newest) or which_last(query, hits)
        told = told or self._unattended(query, hits) or self._all_present(query)
        told = told or next_meeting(query, newest, self._passages_of)
        if told := told or agenda_answer(query, newest, self._passages_of):
            return told
        if (short := claim_of(query.text).short) and (spelt := self._stands_for(short, query)):
            return spelt
        if expected(query.text) <= {Expected.PERSON, Expected.REASON}:
            records = self._records(query, hits)  # none is read where the chair isn't asked for
            if chaired_by := who_chaired(query, records, self._passages_of):
                return chaired_by
        asks_who = query.wanted is Wanted.PERSON or claim_of(query.text).office
        if asks_who and (holder := self._in_office(query)):
            found = self._extracted(query, hits) if _asks_more(query) else None
            return _completed(holder, found, query) if found else holder
        hits = self._without_speaker(query, hits)
        draft = self._found(query, hits)
        if draft is None or draft.outcome is not Outcome.ANSWERED:
            return draft
        if early := told_too_early(query, draft) or chair_unsaid(query, draft):
            return early
        return self._denial(query, hits) or self._by_another(query, hits, draft) or draft

    def _without_speaker(self, query: Query, hits: Sequence[Hit]) -> Sequence[Hit]:
        """The hits, and what is found of the subject alone: a report is named on its title page.

        Only of the parts of papers that the best hits are of. Where a person speaks it is told.
        """
        claim = claim_of(query.text)
        if people_named(query.text):
            return hits
        rest = tuple(w for w in query.words if w not in claim.actor)
        if not (claim.saying and claim.actor and rest) or len(rest) == len(query.words):
            return hits
        parts = {_part(hit.passage) for hit in hits[:_SPOKEN_IN]}
        known = {hit.passage.locator for hit in hits}
        further = [
            hit
            for hit in self._search.find(replace(query, words=rest))
            if _part(hit.passage) in parts and hit.passage.locator not in known
        ]
        return [*hits[:_SPOKEN_IN], *further, *hits[_SPOKEN_IN:]]

    def _stands_for(self, short: str, query: Query) -> Draft | None:
        """What a short name is short for, where a paper has it in brackets behind the long one."""
        for passage in self._search.holding(words(short), query):
            for unit in passage.units:
                for found in find_abbreviations(unit.text):
                    if found.short.casefold() == short.casefold():
                        said = quoted(passage, [unit])
                        told = replace(said, text=f"{found.long} ({found.short}). {said.text}")
                        return Draft(Outcome.ANSWERED, (told,), 0.9)
        return None

    def _unattended(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """That who was there isn't held, where the minutes aren't; None where they may be."""
        asked = (*query.periods, *query.meetings)
        if query.wanted is not Wanted.ATTENDANCE or not asked or not _WAS_THERE.search(query.text):
            return None
        meant = [p for p in self._opening(query) if within(p.meeting.held, asked)]
        if any(_excuses(h.passage) for h in hits if within(h.passage.meeting.held, asked)):
            return None  # a record that isn't set out as minutes
        if not meant and _APOLOGIES.search(query.text):  # they are sent to meetings alone
            whose = " and ".join(area_of(council) for council in query.councils)
            text = f"No minutes{whose and f' of {whose}'} for {describe(asked[0])} are held."
            return Draft(Outcome.NOT_FOUND, (Statement(text),), 0.7)
        minuted = any(p.part is PartKind.MINUTES for p in meant)
        sent = (u.text for p in meant for u in p.units if _APOLOGIES.search(u.text))
        if not meant or minuted or any(holds(Expected.PERSON, text) for text in sent):
            return None
        when = _day_of(Hit(meant[0], 0.0, Features()), asked[0])
        text = (
            f"The papers for the meeting of {when} are held, but not its minutes: who was there, "
            "and who sent apologies, isn't in them."
        )
        return Draft(Outcome.NOT_FOUND, (Statement(text),), 0.7)

    def _all_present(self, query: Query) -> Draft | None:
        """The whole lists of who was there, where nothing else is asked of the meeting."""
        if (
            query.wanted is not Wanted.ATTENDANCE
            or query.words
            or not (query.periods or query.meetings)
        ):
            return None
        rolls = [hit.passage for hit in self._with_rolls(query, ())]
        if not rolls:
            return None
        told = tuple(quoted(passage, passage.units) for passage in rolls[:_MOST_ROLLS])
        several = () if query.councils else of_several([p.meeting for p in rolls])
        return Draft(Outcome.ANSWERED, (*several, *told), 0.9)

    def _records(self, query: Query, hits: Sequence[Hit]) -> Iterator[Passage]:
        yield from self._opening(query)
        yield from (hit.passage for hit in hits)

    def _opening(self, query: Query) -> list[Passage]:
        """The passages that open the minutes and packs of the bodies asked about, of the time.

        Of very many, the newest.
        """
        theirs = Within(query.councils, query.committees or query.bodies, query.since, query.until)
        condition, values = theirs.condition()
        parts = [condition] if condition else []
        asked = (*query.periods, *query.meetings)
        if asked:
            parts.append(f"({' OR '.join(['held BETWEEN ? AND ?'] * len(asked))})")
            values += tuple(day.isoformat() for p in asked for day in (p.start, p.end))
        found = self._marks.newest(ROLL, _MANY_ROLLS, " AND ".join(parts), values)
        return [
            passage
            for passage in found
            if not query.bodies or passage.meeting.committee in query.bodies
        ]

    def _denial(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """The sentence that denies what the question takes for granted, told as such."""
        presumed = Presumed(query, self._search.weight)
        if presumed.empty:
            return None
        weighed = self._evidence.weigh(query, hits)[:_DENYING]
        places = {id(w.place.unit): w.place for w in weighed}
        at = {id(place): stretch(place) for place in places.values()}
        found = presumed.denied_in(at.values())
        if found is None:
            return None
        place = next(place for place in places.values() if at[id(place)] is found)
        lead = Statement("The papers say otherwise.")
        return Draft(Outcome.NOT_FOUND, (lead, quoted(place.passage, [place.unit])), 0.6)

    def _by_another(self, query: Query, hits: Sequence[Hit], draft: Draft) -> Draft | None:
        """What is told where a body is said to have decided, and only another's act is found."""
        where = draft.statements[-1].sources
        body = asked_of(query.text, where[0].meeting if where else None)
        if body is None or any(acted(body, s.text) for s in draft.statements):
            return None
        chosen = self._windows(query, hits, lambda unit: acted(body, unit.text))
        near = bool(chosen) and self._about(query, chosen[0].passage, chosen[0].text) >= _ABOUT
        if near and self._sureness.of(query, _found(chosen)) >= SURE_ENOUGH:
            return Draft(Outcome.ANSWERED, tuple(_answer_first(chosen[0], query)), draft.confidence)
        lead = Statement(
            f"The papers held don't say what the {body.title()} decided or said on this. The "
            "nearest that they do say:"
        )
        idle = self._windows(query, hits, lambda unit: did_not(body, unit.text))
        place = idle[0].best.place if idle else None
        if place and asks_whether(query.text):
            told_so = self._about(query, place.passage, place.unit.text) >= _ABOUT
            said = (
                Statement("Not by what the papers held say:"),
                quoted(place.passage, [place.unit]),
            )
            if told_so:
                return Draft(Outcome.ANSWERED, said, draft.confidence)
        nearest = [quoted(place.passage, [place.unit])] if place else draft.statements
        return Draft(Outcome.NOT_FOUND, (lead, *nearest), draft.confidence)

    def _found(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """What the register or the sentences tell, whatever the question takes for granted."""
        if _of_one_voter(query):
            return self._extracted(replace(query, wanted=Wanted.REASON), hits)
        kinds = KINDS.get(query.wanted)
        registered = self._registered(query, hits, kinds) if kinds else None
        extracted = self._extracted(query, hits)
        if query.wanted is Wanted.OUTSTANDING and (position := self._position(query, hits)):
            return (
                registered
                if _tells_row(registered, position)
                else _positioned(position, registered)
            )
        if query.wanted is Wanted.DECISION and (unminuted := self._unminuted(query, hits)):
            return unminuted
        decided = extracted and _DECIDED.search(extracted.statements[0].text)
        open_to_ask = query.wanted is Wanted.DECISION and not (registered or decided)
        if open_to_ask and (asked := self._asked_for(query)):
            return asked
        denied = not registered and extracted and extracted.outcome is Outcome.NOT_FOUND
        if VOTE.search(query.text) and not denied and (found := registered or extracted):
            if asks_who_voted(query.text):
                return with_voters(found, hits, lambda passage: self._about(query, passage))
            return with_vote(found, hits)
        if registered and (
            extracted is None or registered.confidence >= extracted.confidence - _REGISTER_LEAD
        ):
            return _completed(registered, extracted, query) if extracted else registered
        return extracted

    def _position(self, query: Query, hits: Sequence[Hit]) -> Window | None:
        """How far a matter is, as the newest list of actions or of outstanding matters puts it."""
        lists = [hit for hit in hits if _is_list(hit.passage)]
        positions = [hit for hit in hits if hit not in lists]
        chosen = [
            *self._windows(query, lists, lambda unit: self._told_share(query, unit.text) >= _SOME),
            *self._windows(query, positions, lambda unit: bool(_POSITION.search(unit.text))),
        ]
        fit = [w for w in chosen if self._is_position(query, w, _minute_of(hits))]
        return max(fit, key=lambda w: w.passage.meeting.held or date.min, default=None)

    def _is_position(self, query: Query, window: Window, minute: str | None) -> bool:
        """Whether a row of a list is about the matter: by its words, or the minute it cites."""
        place = window.best.place
        cited = " ".join(
            unit.text for _, unit in place.run[max(0, place.at - _CITED) : place.at + 1]
        )
        of_minute = minute and re.search(rf"(?<![\d/]){re.escape(minute)}(?![\d.])", cited)
        return self._told_share(query, place.unit.text) >= (_SOME if of_minute else _ABOUT)

    def _told_share(self, query: Query, text: str) -> float:
        """The share of the question's subject in a text, under whichever of its names."""
        asked = [w for w in query.words if w not in FRAMING]
        return self._evidence.share(replace(query, words=tuple(asked)), text)

    def figure_told(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """The passage that tells a figure of the unit asked for, where no measure is held of it.

        A dated figure is the indicators' business, unless it is one that somebody set or proposed,
        or the very sentence has the date.
        """
        if query.operation not in _SENTENCE_OPERATIONS or not query.words:
            return None
        if query.operation is Operation.DIFFERENCE and query.periods:
            return None
        deliberated = bool(DELIBERATED.search(query.text))
        money = query.unit == "gbp" or query.wanted is Wanted.MONEY
        dated = bool(query.periods) and not (money or deliberated)
        if query.meetings:
            hits = [hit for hit in hits if within(hit.passage.meeting.held, query.meetings)]
        chosen = self._windows(
            query,
            hits,
            lambda unit: (
                not _is_dump(unit)
                and _holds_figure(unit, query)
                and (not dated or _dated_as(unit, query))
            ),
        )
        if not chosen and dated:  # a sum that a meeting dealt with is of its date
            asked = (*query.periods, *query.meetings)
            then = [
                hit
                for hit in hits
                if hit.passage.part is PartKind.MINUTES and within(hit.passage.meeting.held, asked)
            ]
            chosen = self._windows(query, then, lambda unit: _tells_money(unit, query))
        if not chosen:
            return None
        sure = self._sureness.of(query, _found(chosen, self._share_told(query, chosen[0])))
        if sure < SURE_ENOUGH:
            return None
        return Draft(Outcome.ANSWERED, tuple(_shown(chosen[0])), sure)

    def named(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """What is said of a thing that is only named, where one stretch has nearly all of it."""
        chosen = self._windows(query, hits, lambda unit: not _is_dump(unit))
        said = " ".join(u.text for _, u in chosen[0].run if not _is_dump(u)) if chosen else ""
        if self._told_share(query, said) < _NEARLY_ALL:
            return None
        return self.answer(query, hits)

    def _registered(
        self, query: Query, hits: Sequence[Hit], kinds: Sequence[DecisionKind]
    ) -> Draft | None:
        """The decisions that are surely of what is asked."""
        draft = self._register.answer(query, kinds)
        if draft is None:
            return None
        text = " ".join(statement.text for statement in draft.statements)
        stretches = tuple(
            Stretch(s.text, text, "", named(source.meeting))
            for s in draft.statements
            for source in s.sources[:1]
        )
        sure = self._sureness.of(query, Found(text, text, stretches))
        return replace(draft, confidence=sure) if sure >= SURE_ENOUGH else None

    def _in_office(self, query: Query) -> Draft | None:
        """Who holds the office asked for, as the latest papers of each council put it."""
        role = office(query)
        asked = (*query.periods, *query.meetings)
        if not role or not set(role) & set(query.words):
            return None
        bodies = " ".join((*query.councils, *query.bodies))
        chairing = is_chair(role, chaired(query.text), bodies)
        if role == CHAIR and not chairing:
            return None
        looked_at = self._opening(query) if chairing else self._search.holding(role, query)
        meant = [
            passage
            for passage in looked_at
            if (not asked or within(passage.meeting.held, asked))
            and query.admits(passage.meeting)
            and (not query.bodies or passage.meeting.committee in query.bodies)
        ]
        found = chairs(meant) if chairing else holders(role, meant)
        if not 0 < len(found) <= _HOLDERS:
            return None
        statements = [
            replace(said, text=f"{one.name}. {said.text}")
            for one in found
            for said in [quoted(one.passage, [one.unit])]
        ]
        return Draft(Outcome.ANSWERED, tuple(statements), 0.9)

    # -- decisions -------------------------------------------------------------------------

    def _unminuted(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A pack doesn't hold its own meeting's minutes: what it recommends isn't decided.

        What the recommendation says of sums, dates and people is still told.
        """
        asked = (*query.periods, *query.meetings)
        days = all(p.kind is PeriodKind.DAY for p in asked)
        if not asked or not (days or OF_MEETING.search(query.text)):
            return None
        meant = [h for h in hits if within(h.passage.meeting.held, asked)]
        if not meant or any(h.passage.part is PartKind.MINUTES for h in meant):
            return None
        if self._register.resolved_on(asked):
            return None
        lead = Statement(
            f"The papers for the meeting of {_day_of(meant[0], asked[0])} are held, but not its "
            "minutes: "
            "what it decided isn't in them."
        )
        asking = self._register.answer(query, (DecisionKind.RECOMMENDATION,))
        listed = asking.statements if asking else ()
        facts = expected(query.text) & (FACTS - {Expected.VOTE, Expected.DATE})
        text = " ".join(statement.text for statement in listed)
        beyond = bool(facts) and all(holds(kind, text) for kind in facts)
        outcome = Outcome.ANSWERED if beyond else Outcome.NOT_FOUND
        return Draft(outcome, (lead, *listed), 0.7)

    def _asked_for(self, query: Query) -> Draft | None:
        """What a report asks to be decided, where no minute held says what became of it."""
        asking = self._register.answer(query, (DecisionKind.RECOMMENDATION,))
        if asking is None or asking.confidence < _ASKED_FOR_ENOUGH:
            return None
        lead = Statement("The minutes held record no decision on this. What the papers recommend:")
        return replace(asking, outcome=Outcome.NOT_FOUND, statements=(lead, *asking.statements))

    # -- the sentences ---------------------------------------------------------------------

    def _extracted(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        called = self._with_rolls(query, hits) if query.wanted is Wanted.ATTENDANCE else []
        hits = called or hits
        if not called and not query.words:
            return None
        if query.wanted is Wanted.DECISION:
            hits = [hit for hit in hits if _of_the_day(hit.passage, query)]
        chosen = self._of_meeting(query, hits) or self._windows(query, hits)
        if not chosen:
            return None
        found = _found(chosen)
        sure = self._sureness.of(query, found)
        if sure < SURE_ENOUGH and not called:
            return _denied(self._sureness.denied(query, found), chosen[0])
        statements = [
            *_answer_first(chosen[0], query),
            *(s for window in chosen[1:] for s in _shown(window)),
        ]
        if Expected.DATE in expected(query.text):
            statements += _years(chosen[0])
        group = self._register.decided(chosen[0].passage)
        if group and query.wanted is Wanted.DECISION:
            statements = [*told(group), *_beyond(group, chosen, query)]
        elif group and (unsaid := _unsaid(query, chosen[0])):
            decided = [s for s in told(group) if any(_tells(k, _beyond_lead(s)) for k in unsaid)]
            statements += decided if self._shares_subject(query, decided) else []
        elif not query.councils:
            statements = [*of_several(_level(chosen)), *statements]
        return Draft(Outcome.ANSWERED, tuple(statements), sure)

    def _of_meeting(self, query: Query, hits: Sequence[Hit]) -> list[Window]:
        """What the papers of the very meeting named say, where they surely answer."""
        if not query.meetings or "period" in query.inherited:
            return []
        then = [hit for hit in hits if within(hit.passage.meeting.held, query.meetings)]
        chosen = self._windows(query, then) if then else []
        sure = chosen and self._sureness.of(query, _found(chosen)) >= SURE_ENOUGH
        return chosen if sure else []

    def _shares_subject(self, query: Query, decided: Sequence[Statement]) -> bool:
        """Whether what was resolved in a minute is, in part, of the very thing asked about."""
        said = " ".join(statement.text.rpartition(":")[2] for statement in decided)
        return bool(decided) and self._told_share(query, said) >= _IN_PART

    def _windows(
        self,
        query: Query,
        hits: Sequence[Hit],
        admits: Callable[[Unit], bool] = lambda _: True,
    ) -> list[Window]:
        return choose(query, hits, self._evidence, self._search.weight, admits)

    def _with_rolls(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """The hits of the meetings asked about, after the lists of who was there.

        Nothing where no such list is held.
        """
        asked = (*query.periods, *query.meetings)
        best = hits[0].score if hits else 0.0
        rolls = [
            Hit(passage, best, Features())
            for passage in self._opening(query)
            if within(passage.meeting.held, asked)
        ]
        if not rolls:
            return []
        known = {id(roll.passage) for roll in rolls}
        return rolls + [
            hit
            for hit in hits
            if within(hit.passage.meeting.held, asked) and id(hit.passage) not in known
        ]

    def _about(self, query: Query, passage: Passage, text: str | None = None) -> float:
        """The share of the question's subject that a passage, or a text of it, is about."""
        above = " ".join((passage.part_title, *passage.headings))
        held = indexed(f"{passage.text if text is None else text} {above}")
        told = {w for w in query.words if w not in FRAMING and not names_a_body(w)}
        weights = {w: self._search.weight(w) for w in told}
        found = sum(x for w, x in weights.items() if w in held or alike(w) & held)
        return found / (sum(weights.values()) or 1.0)

    def _share_told(self, query: Query, window: Window) -> float:
        """The share of the question's words that the best unit holds, half for those above it."""
        text = window.best.place.unit.text
        own, where = indexed(text) | by_two_words(text), indexed(window.where)
        weights = {w: self._search.weight(w) for w in query.words}
        said = sum(
            w if x in own or alike(x) & own else 0.5 * w if x in where else 0.0
            for x, w in weights.items()
        )
        return said / (sum(weights.values()) or 1.0)


def _part(passage: Passage) -> tuple[str, str]:
    return passage.locator.paper, passage.part_title


def _asks_more(query: Query) -> bool:
    """Whether a question asks, besides for a person, for a date or a sum."""
    return bool(expected(query.text) & {Expected.DATE, Expected.MONEY, Expected.DURATION})


def _excuses(passage: Passage) -> bool:
    """Whether a passage names somebody who sent apologies."""
    texts = (u.text for u in passage.units if u.kind is not UnitKind.HEADING)
    sent = ((text, _APOLOGIES.search(text)) for text in texts)
    return any(said and holds(Expected.PERSON, text[said.end() :]) for text, said in sent)


def _is_dump(unit: Unit) -> bool:
    """Whether a unit is a table run into one line, which tells nobody which figure is which."""
    if unit.kind is UnitKind.TABLE_ROW:
        return False
    return sum(1 for _ in find_quantities(unit.text)) > _FIGURES_IN_A_SENTENCE


def _minute_of(hits: Sequence[Hit]) -> str | None:
    """The number of the minute that is most about a question, as lists of actions cite it."""
    minutes = (h.passage for h in hits if h.passage.part is PartKind.MINUTES)
    headings = (heading for passage in minutes for heading in passage.headings[-1:])
    found = _MINUTE_NUMBER.match(next(headings, ""))
    return found["number"] if found else None


def _tells_row(registered: Draft | None, position: Window) -> bool:
    """Whether the register tells the very row that says how a matter stands."""
    paper, unit = position.passage.locator.paper, position.best.place.unit
    places = (x.locator for s in (registered.statements if registered else ()) for x in s.sources)
    return any(p.paper == paper and p.start < unit.end and unit.start < p.end for p in places)


def _positioned(position: Window, registered: Draft | None) -> Draft:
    """What a list says of a matter, after it the action as a minute set it."""
    set_before = registered.statements if registered else ()
    return Draft(Outcome.ANSWERED, (*_row_first(position), *set_before), _POSITION_SURE)


def _unsaid(query: Query, window: Window) -> frozenset[Expected]:
    """The facts asked for, a date or a sum, that the sentence which answers best doesn't hold."""
    asked = expected(query.text) & {Expected.DATE, Expected.MONEY, Expected.DURATION}
    return frozenset(kind for kind in asked if not _tells(kind, window.best.place.unit.text))


def _tells(kind: Expected, text: str) -> bool:
    """Whether a text holds a fact: a date with its day or month, and not "the next meeting"."""
    if kind is not Expected.DATE:
        return holds(kind, text)
    return bool(next(iter(find_periods(text)), None) or next(iter(bare_months(text)), None))


def _beyond_lead(statement: Statement) -> str:
    """What is quoted, without the words that say where it stands."""
    lead, found, text = statement.text.partition("”:")
    return text if found else lead


def _completed(decided: Draft, found: Draft, query: Query) -> Draft:
    """A decision, after the sentence with the date or sum asked for that it leaves unsaid."""
    text = " ".join(s.text.rpartition(":")[2] for s in decided.statements)
    kinds = expected(query.text) & {Expected.DATE, Expected.MONEY, Expected.DURATION}
    missing = [kind for kind in kinds if not _tells(kind, text)]
    beyond = [
        s
        for s in found.statements
        if s not in decided.statements
        and any(_tells(kind, s.text.partition(":\n")[2]) for kind in missing)
    ]
    if found.outcome is not Outcome.ANSWERED or not beyond:
        return decided
    return replace(decided, statements=(*beyond[:1], *decided.statements))


def _is_list(passage: Passage) -> bool:
    """Whether a passage is of a list of actions, or of matters outstanding."""
    above = " ".join((passage.part_title, *passage.headings[:1]))
    return passage.part is not PartKind.MINUTES and bool(_TRACKER.search(above))


def _of_one_voter(query: Query) -> bool:
    """Whether a question asks why somebody voted, or didn't: no decision tells that."""
    claim = claim_of(query.text)
    alone = claim.verb == "vote" and bool(claim.actor) and not claim.body
    return alone and Expected.REASON in expected(query.text)


def _level(chosen: Sequence[Window]) -> list[Meeting]:
    """The meetings whose papers answer as well as the best."""
    best = chosen[0].best.worth
    return [w.passage.meeting for w in chosen if best - w.best.worth <= _AS_GOOD]


def _found(chosen: Sequence[Window], figure: float | None = None) -> Found:
    """What was found, for judging whether it answers."""
    text = " ".join(f"{w.passage.text} {w.text} {w.where}" for w in chosen[:2])
    said = " ".join(f"{w.text} {w.where}" for w in chosen)
    stretches = tuple(one for w in chosen for one in w.stretches)
    return Found(text, said, stretches, chosen[0].best.worth, figure)


def _dated_as(unit: Unit, query: Query) -> bool:
    """Whether a sentence itself says that it tells of the period asked for; rows are figures'."""
    if unit.kind is UnitKind.TABLE_ROW:
        return False
    told = {mention.period for mention in find_periods(unit.text)}
    return bool(query.periods) and all(period in told for period in query.periods)


def _holds_figure(unit: Unit, query: Query) -> bool:
    """Whether a unit tells a figure of the unit asked for, apart from dates and its own number."""
    number = _OWN_NUMBER.match(unit.text)
    others = [(m.start, m.end) for m in find_periods(unit.text)]
    others += [number.span()] if number else []
    return any(
        query.unit in (None, "count", q.unit) and not any(a <= q.start < b for a, b in others)
        for q in find_quantities(unit.text, worded=True)
    )


def _tells_money(unit: Unit, query: Query) -> bool:
    """Whether a sentence tells a sum, where a question asks how much."""
    asked = bool(_HOW_MUCH.search(query.text)) and not _is_dump(unit)
    return asked and any(q.unit == "gbp" for q in find_quantities(unit.text, worded=True))


def _beyond(group: Sequence[Decision], chosen: Sequence[Window], query: Query) -> list[Statement]:
    """The sentences that say what the decisions leave unsaid: a vote, a reason, who spoke."""
    decided = indexed(" ".join(f"{d.title} {d.text}" for d in group))
    text = " ".join(d.text for d in group)
    kinds = {kind for kind in expected(query.text) if not holds(kind, text)}
    for window in chosen:
        new = any(word in indexed(window.text) for word in query.words if word not in decided)
        if new or any(holds(kind, window.text) for kind in kinds):
            return _shown(window)
    return []


def _shown(window: Window) -> list[Statement]:
    """A window verbatim: a statement a passage, introduced once."""
    return [quoted(passage, units, lead=i == 0) for i, (passage, units) in enumerate(window.pieces)]


def _answer_first(window: Window, query: Query | None = None) -> list[Statement]:
    """A long window with the sentence that answers put before it; one that leans takes the last.

    A row or point of a list comes first where one fact is asked for, and it holds it.
    """
    place = window.best.place
    kinds = expected(query.text) if query else frozenset()
    fact = kinds & FACTS and Expected.SERIES not in kinds
    listed = fact and all(holds(kind, place.unit.text) for kind in kinds & FACTS)
    listing = Expected.SERIES in kinds
    alone = place.unit.kind is UnitKind.SENTENCE or (not listing and _is_sentence(place.unit))
    alone = alone or bool(listed and place.unit.kind is not UnitKind.HEADING)
    if not alone or len(window.text) < _LONG_TO_READ:
        return _shown(window)
    units = [unit for passage, unit in window.run if passage is place.passage]
    at = units.index(place.unit)
    leans = at > 0 and _LEANS.match(place.unit.text) and units[at - 1].kind is UnitKind.SENTENCE
    answer = units[at - 1 : at + 1] if leans else [place.unit, *_goes_on(units[at:])]
    if len(answer) == len(units):
        return _shown(window)
    first, *more = _shown(window)
    whole = replace(first, text="In full:\n" + first.text.partition(":\n")[2])
    return [quoted(place.passage, answer), whole, *more]


def _is_sentence(unit: Unit) -> bool:
    """Whether a point of a list is a sentence that stands by itself."""
    long = len(unit.text) >= _A_SENTENCE and unit.text.rstrip().endswith((".", "”", '"'))
    return unit.kind is UnitKind.LIST_ITEM and long and not opens_list(unit)


def _goes_on(units: Sequence[Unit]) -> list[Unit]:
    """The sentences that go on with the point of a list which the first one begins."""
    if units[0].kind is not UnitKind.LIST_ITEM:
        return []
    after = units[1:_LINES_OF_A_ROW]
    return list(
        takewhile(lambda u: u.kind is UnitKind.LIST_ITEM and not _BEGINS.match(u.text), after)
    )


def _row_first(window: Window) -> list[Statement]:
    """The row of a list that answers; where cells stand one below another, those about it."""
    place = window.best.place
    if place.unit.kind is UnitKind.TABLE_ROW:
        return [quoted(place.passage, [place.unit])]
    cell = place.unit.kind is UnitKind.HEADING
    first = max(0, place.at - _CELLS_BEFORE) if cell else place.at
    near = place.run[first : place.at + (_CELLS_AFTER if cell else _LINES_OF_A_ROW)]
    return [quoted(place.passage, [unit for passage, unit in near if passage is place.passage])]


def _years(window: Window) -> list[Statement]:
    """The dates of the best unit that are printed without a year, with the year they are of."""
    unit, meeting = window.best.place.unit, window.passage.meeting
    if meeting.held is None:
        return []
    found = []
    for number, start, end in bare_months(unit.text):
        before = _DAY_BEFORE.search(unit.text[:start])
        full = nearest(int(before["day"]), number, meeting.held) if before else None
        if before and full:
            printed = f"{before['day']} {unit.text[start:end]}"
            found.append(f"{printed} is {describe(day(full))}, going by the meeting's date.")
    text = " ".join(dict.fromkeys(found))
    return [replace(quoted(window.passage, [unit], lead=False), text=text)] if text else []


_DENIED = {
    "undone": "The papers held don't say that this was done.",
    "unsaid": "The papers held record nothing that was said on this by the person or body named.",
    "unnamed": "The papers held don't give that name.",
}


def _denied(gap: str | None, window: Window) -> Draft | None:
    """That the papers don't bear out what a question takes for granted, and what they do say."""
    if gap is None:
        return None
    lead = Statement(f"{_DENIED[gap]} The nearest that they do say:")
    return Draft(Outcome.NOT_FOUND, (lead, *_answer_first(window)[:1]), 0.0)


def _day_of(hit: Hit, asked: Period) -> str:
    """The day of a meeting in words; the period asked for where the day isn't known."""
    held = hit.passage.meeting.held
    return describe(day(held) if held else asked)


def _of_the_day(passage: Passage, query: Query) -> bool:
    """Whether a passage is of the very meeting asked about, where a question names its day."""
    asked = [p for p in (*query.periods, *query.meetings) if p.kind is PeriodKind.DAY]
    return not asked or within(passage.meeting.held, asked)
