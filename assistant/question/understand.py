"""A question read by rule: whose figure or decision, of when, which operation, what kind."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.answer import Route, Scope, Turn
from assistant.question import cues
from assistant.question.asking import asking
from assistant.question.choosing import chosen_council, chosen_measure
from assistant.question.claim import claim_of
from assistant.question.councils import Named, find_councils, names_area
from assistant.question.cues import Operation, Wanted
from assistant.question.dating import dated, dated_figure, moved
from assistant.question.kinds import beside_kinds, kinds_named
from assistant.question.nouns import things
from assistant.question.phrases import plainly
from assistant.question.spelling import Spelling
from indicators.catalogue import implied, terms, words
from indicators.places import find_areas
from ingest.areas import area_of
from ingest.kinds import PaperKind
from ingest.model import Meeting, Period, PeriodKind
from ingest.periods import bare_months, bare_parts, earlier_year, find_periods, month, quarter


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    `committees` are the scope's; `bodies` committees that the question seems to name. `councils`
    are formal names held; `strangers` councils named that aren't held;
    `meetings` dates said to be of papers or meetings ("the Feb 2024 report"); `areas` are
    comparators named ("England"); `words` what is left to match, as the catalogue's words;
    `soft` the other words said, months and sums among them, and those of the answer that a
    follow-up leans on; `names` those of `words` that are names or terms; `kinds` the kinds of
    paper that the scope, else the question, limits it to;
    `throughout` asks for all of a period rather than a day in it; `told` has the words of the
    deed that a follow-up asks after ("who is doing that?"), which the answer before told.
    """

    text: str
    route: Route
    operation: Operation
    wanted: Wanted
    councils: tuple[str, ...]
    strangers: tuple[str, ...]
    committees: tuple[str, ...]
    bodies: tuple[str, ...]
    periods: tuple[Period, ...]
    meetings: tuple[Period, ...]
    areas: tuple[str, ...]
    unit: str | None
    words: tuple[str, ...]
    soft: tuple[str, ...]
    names: tuple[str, ...]
    latest: bool
    throughout: bool
    since: date | None
    until: date | None
    ours: bool
    inherited: tuple[str, ...] = ()
    kinds: tuple[PaperKind, ...] = ()
    told: frozenset[str] = frozenset()

    def admits(self, meeting: Meeting, kinds: frozenset[PaperKind] | None = None) -> bool:
        """Whether a meeting's papers lie within the councils asked of and the person's scope.

        `kinds` are those of the paper in question; without them, its kind doesn't matter.
        """
        held = meeting.held
        return (
            (not self.councils or meeting.council in self.councils)
            and (not self.committees or meeting.committee in self.committees)
            and (self.since is None or (held is not None and held >= self.since))
            and (self.until is None or (held is not None and held <= self.until))
            and (kinds is None or not self.kinds or bool(kinds.intersection(self.kinds)))
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What the store holds, as far as questions can name it.

    `newest` are the dates of each council's newest papers; `last_minuted` gives those of the newest
    meetings of some councils and bodies whose minutes are held.
    """

    councils: tuple[str, ...]
    committees: tuple[str, ...]
    first: date | None
    last: date | None
    spelling: Spelling | None = None
    newest: tuple[tuple[str, date], ...] = ()
    last_minuted: Callable[[Sequence[str], Sequence[str]], tuple[date, ...]] = lambda *_: ()

    def last_of(self, councils: Sequence[str]) -> date | None:
        """The date of the newest paper of some councils, of all where none is named."""
        return max((day for council, day in self.newest if council in councils), default=self.last)


_ORDINALS = tuple(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
)
_ORDINAL = re.compile(
    r"\b(?P<number>[1-9])(?:st|nd|rd|th)\b(?!\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec))",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\b[A-Z]{3,6}\b")
_PROPER = re.compile(r"(?<=[\w,;:] )[\"“‘']?[A-Z][\w’'-]+")
_SEARCHED = re.compile(r"^Searched: .*$", re.MULTILINE)
"""How an answer ends that says what was searched: its dates are of no matter spoken of."""
_BOTH_ENDS = 2
_MOST_COUNCILS = 20
_BEING_THERE = frozenset(words("attend attendance present there"))
_ONE_EXCHANGE = 2
_OVER_A_SPAN = (Operation.HIGHEST, Operation.LOWEST, Operation.TOTAL, Operation.AVERAGE)
_FROM_TO = re.compile(r"\bfrom\b.*\bto\b|\bbetween\b.*\band\b", re.IGNORECASE)
_DASHED = re.compile(r"[A-Za-z]{3,9}\.?(?:\s\d{2,4})?\s?[-–—]\s?")
_ASKING = frozenset(
    words(
        "percentage percent number figure rate proportion share compare compared comparing differ "
        "difference different change changed point points council board panel committee meeting "
        "paper papers report reports minutes pack scrutiny year years month months quarter end "
        "date time period average mean decrease increase rise rose risen fall fell fallen "
        "drop dropped lower higher better worse lowest highest bigger biggest smaller smallest "
        "larger largest greater greatest fewer fewest most least peak gap trend target total ask "
        "asked question answer say said state give show tell list name mention put find pp way "
        "look get got go going gone come came anyone someone something between among far above "
        "below behind ahead since past latest last recent newest current data want wants told "
        "bring make made sent hit shown print printed correct wrong thing things stuff bit like "
        "ever likely moment present away seen see total altogether happen happened now "
        "whole entire ago v vs versus previous earlier today across sum slow slower fast faster "
        "together"
    )
)
_NAMES_OF_BODIES = frozenset(
    words(
        "cabinet executive council board panel committee scrutiny government leader mayor officers"
    )
)
_KINDS = frozenset(words("reason decision recommendation action date cost vote outcome amendment"))
_MOVING = frozenset(
    words(
        "improve improved improving improvement worsen worsened adrift jump jumped climb climbed "
        "slip slipped dip dipped surge soar plummet shrink shrunk widen narrow creep crept shift "
        "shifted"
    )
)
"""What a figure did: asked of by the operation, and in no label."""
_JUDGED = re.compile(r"\bgood\b", re.IGNORECASE)  # a grade; "better" and "best" only compare
_DOING = frozenset(
    words(
        "do done lead take deal handle write pick responsible run manage carry forward due finish "
        "happen look work sort chase bring prepare organise arrange complete start follow charge"
    )
)
"""What is asked of a deed that was told: "who's leading that?"."""
_ANSWERING = frozenset(
    words(
        "yes no agree agreed resolve resolved decide decided recommend recommended that would will "
        "be minute minutes under papers report committee panel board cabinet part parts full"
    )
)
_DEED = 10  # words
_PAPERS = frozenset(
    words(
        "council board panel committee meeting paper papers report reports minutes pack scrutiny "
        "year month date time figure number question answer point thing way end"
    )
)


def understand(
    question: str, history: Sequence[Turn], scope: Scope, held: Held, today: date
) -> Query:
    """Read a question in the light of the conversation, the scope and what is held."""
    if chosen := _chosen(question, history, scope, held, today):
        return chosen
    query = _read(question, scope, held, today)
    if history and _leans_on(query, question):
        return _inherit(query, question, history, scope, held, today)
    roll = query.wanted is Wanted.ATTENDANCE and bool(query.periods or query.meetings)
    if not query.words and query.route is Route.MINUTES and not roll:
        return _framed_only(query)
    return query


def _chosen(
    reply: str, history: Sequence[Turn], scope: Scope, held: Held, today: date
) -> Query | None:
    """The question before, asked of the council or measure that a bare reply chooses."""
    if len(history) < _ONE_EXCHANGE or history[-2].role != "user" or history[-1].role == "user":
        return None
    asked, told, before = history[-2].content, history[-1].content, history[:-2]
    council = chosen_council(reply, told, scope.councils or held.councils, names_area)
    if council:
        query = understand(asked, before, replace(scope, councils=(council,)), held, today)
    elif measure := chosen_measure(reply, told):
        query = understand(measure, (), scope, held, today)
    else:
        return None
    return replace(query, inherited=(*query.inherited, "question"))


def _framed_only(query: Query) -> Query:
    """A question of nothing but framing words, by what they name: "a correction to the minutes".

    Papers and meetings alone are no subject.
    """
    named = things(query.text)
    dated = {w for m in find_periods(query.text) for w in words(query.text[m.start : m.end])}
    held = tuple(w for w in query.soft if w in named and w not in dated and not w.isdigit())
    return replace(query, words=held) if set(held) - _PAPERS else query


def _read(question: str, scope: Scope, held: Held, today: date) -> Query:
    asked = cues.INJECTION.sub(" ", _ORDINAL.sub(_in_words, question))
    whole = asked if len(words(asked)) >= 2 else question
    asked = plainly(asking(whole))
    if held.spelling:
        asked = held.spelling.typed_right(asked)
    named = _councils(asked, held)
    if not named.typed:
        named = _councils(whole, held)
    councils, strangers = named.councils, named.strangers
    committees, framed = _committees(asked, held)
    newest = held.last_of(councils)
    periods, meetings = _periods(dated(asked, newest) if newest else asked, newest, today)
    if not periods and not meetings:
        periods, meetings = _periods(whole, newest, today)
    areas = tuple(dict.fromkeys(area for area, _, _ in find_areas(asked)))
    periods = _own_periods(asked, periods)
    operation = _operation(asked, areas, councils, periods)
    unit = _unit(asked)
    figure = (
        bool(cues.FIGURE.search(cues.AMOUNT.sub(" ", asked)))
        or operation is not Operation.VALUE
        or (unit or "").startswith("rate per")
    )
    if operation in _OVER_A_SPAN and len(periods) == _BOTH_ENDS and _FROM_TO.search(asked):
        periods = _joined(*periods)
    wanted = next((kind for kind, form in cues.WANTED if form.search(asked)), Wanted.ANYTHING)
    asks_number = cues.NUMBER_FIRST.match(asked)
    asks_who = re.match(
        r"^\W*(?:so |and |ok )*(?:who|when|why|where|whose)\b", asked, re.IGNORECASE
    )
    peaked = operation in (Operation.HIGHEST, Operation.LOWEST) and wanted is Wanted.DATE
    figure = figure and (peaked or not asks_who) and not cues.SAID_ABOUT.search(asked)
    defined = wanted is Wanted.DEFINITION and not cues.MEANING.search(asked)
    # "the attendance rate" is a measure, and "when did it peak" asks for the month of a figure
    if figure and (defined or peaked or wanted is Wanted.ATTENDANCE):
        wanted = Wanted.ANYTHING
    if wanted is Wanted.ATTENDANCE and cues.ABSENCE_MEASURED.search(asked):
        wanted, figure = Wanted.ANYTHING, True
    route = (
        Route.INDICATOR if figure and (asks_number or wanted not in cues.FIRM) else Route.MINUTES
    )
    if newest and route is Route.INDICATOR and not periods and not find_periods(asked):
        periods, meetings = _periods(dated_figure(asked, newest), newest, today)
    if route is Route.INDICATOR:
        theirs = _days_of_bodies(asked, held.committees)
        meetings = (*meetings, *(p for p in periods if p in theirs))
        periods = tuple(p for p in periods if p not in theirs)
    # A season is part of a name there, "the spring 2024 survey", unless it says when.
    told = route is Route.MINUTES and not cues.IN_SEASON.search(asked)
    periods = tuple(p for p in periods if not (told and p.kind is PeriodKind.SEASON))
    framed = beside_kinds(framed)
    last = cues.LAST_MEETING.search(asked) and wanted is not Wanted.OUTSTANDING
    if last and route is Route.MINUTES and not periods and not meetings:
        meetings = _last_meetings(councils, committees, scope, held)
        framed = cues.LAST_MEETING.sub(" ", framed)
    content = _spelt(_content(framed, named, seasons=told), asked, held)
    if route is Route.INDICATOR and operation not in (Operation.VALUE, Operation.TREND):
        content = tuple(w for w in content if w not in _MOVING) or content
    if wanted is Wanted.ATTENDANCE:  # lists of those present don't say so of each
        content = tuple(w for w in content if w not in _BEING_THERE)
    return Query(
        text=question if asked == whole else asked,
        route=route,
        operation=operation,
        wanted=wanted,
        councils=scope.councils or councils,
        strangers=strangers,
        committees=scope.committees,
        periods=periods,
        areas=areas,
        unit=unit,
        words=content,
        soft=_soft(asked, content, councils),
        names=tuple(w for w in _proper(framed) if w in content),
        meetings=meetings,
        bodies=committees,
        latest=bool(cues.LATEST.search(asked)),
        since=scope.since,
        until=scope.until,
        throughout=bool(cues.THROUGHOUT.search(asked)),
        ours=bool(cues.OURS.search(asked)),
        kinds=scope.kinds or kinds_named(asked),
    )


def _last_meetings(
    councils: Sequence[str], committees: Sequence[str], scope: Scope, held: Held
) -> tuple[Period, ...]:
    """The days of the newest meetings with minutes, of those asked about."""
    whose = scope.councils or councils or held.councils
    days = held.last_minuted(whose[:_MOST_COUNCILS], scope.committees or committees)
    return tuple(Period(day, day, PeriodKind.DAY) for day in days)


def _in_words(match: re.Match[str]) -> str:
    """A small ordinal as a word, as papers print it; dates are left alone."""
    return _ORDINALS[int(match["number"]) - 1]


def _councils(text: str, held: Held) -> Named:
    """The councils that a text names, held or not."""
    if held.spelling is None:
        return find_councils(text, held.councils)
    return find_councils(text, held.councils, held.spelling.holds, held.spelling.explains)


def _committees(text: str, held: Held) -> tuple[tuple[str, ...], str]:
    """(committees held that the text names, the text without their names)."""
    named, rest = [], text
    for committee in held.committees:
        parts = [p for p in re.findall(r"[^\W\d_]+", committee) if len(p) > 3]
        said = [p for p in parts if re.search(rf"\b{p}\b", text, re.IGNORECASE)]
        kind = parts[-1].lower()
        initials = "".join(p[0] for p in re.findall(r"[A-Z][a-z]+", committee))
        if len(initials) > 2 and re.search(
            rf"\b{initials}\b(?! {cues.MEASURED})", text, re.IGNORECASE
        ):
            named.append(committee)
            rest = re.sub(rf"\b{initials}\b", " ", rest, flags=re.IGNORECASE)
            continue
        body = kind in text.lower() or re.search(r"\bscrutiny\b|\bboard\b|\bpanel\b", text, re.I)
        if len(said) * 2 >= len(parts) and len(said) > 1 and body:
            named.append(committee)
            for part in said:
                rest = re.sub(rf"\b{part}\b", " ", rest, flags=re.IGNORECASE)
    return tuple(named), re.sub(r"\bscrutiny\b", " ", rest, flags=re.IGNORECASE) if named else rest


def _days_of_bodies(text: str, bodies: Sequence[str]) -> frozenset[Period]:
    """The days and months that stand right behind a body's name: they are of its meeting."""
    return frozenset(
        mention.period
        for mention in find_periods(text)
        if mention.period.kind in (PeriodKind.DAY, PeriodKind.MONTH)
        and _ends_with_a_body(text[: mention.start], bodies)
    )


def _ends_with_a_body(text: str, bodies: Sequence[str]) -> bool:
    match = cues.BEFORE_PAPERS.search(text)
    if match is None or match["initials"] is None:
        return match is not None
    firsts = ("".join(re.findall(r"\b[A-Z]", body)) for body in bodies)
    return any(letters.endswith(match["initials"]) for letters in firsts)


def _periods(
    text: str, newest: date | None, today: date
) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """(periods of what is asked, dates of the papers or meetings it is asked of).

    A month alone takes its year from the date after it, a quarter from the newest paper.
    """
    found: list[tuple[int, Period]] = []
    papers: list[Period] = []
    for mention in find_periods(text):
        printed = text[mention.start : mention.end]
        ends = re.match(r"\D", printed) and re.search(r"\b(?:and|to)\b", printed, re.IGNORECASE)
        if cues.OF_PAPERS.match(text[mention.end :]):
            papers.append(mention.period)
        elif mention.period.kind is PeriodKind.SPAN and ends and cues.CHANGE.search(text):
            first, last = mention.period.start, mention.period.end
            found.append((mention.start, month(first.year, first.month)))
            found.append((mention.end, month(last.year, last.month)))
        elif mention.period.kind is PeriodKind.ROLLING and cues.CHANGE.search(text):
            earlier, end = mention.period.start - timedelta(days=1), mention.period.end
            found.append((mention.start, month(earlier.year, earlier.month)))
            found.append((mention.end, month(end.year, end.month)))
        elif re.search(
            r"\bsince\s+(?:the\s+)?(?:end of\s+)?$", text[: mention.start], re.IGNORECASE
        ):
            until = max(newest or today, mention.period.end)
            found.append((mention.start, Period(until, mention.period.start, PeriodKind.SPAN)))
        else:
            found.append((mention.start, mention.period))
    for number, start, _ in bare_months(text):
        later = [p for at, p in found if at > start]
        if later:
            year = later[0].end.year
            before = number > later[0].end.month and later[0].kind is PeriodKind.MONTH
            found.append((start, month(year - before, number)))
    for named in cues.QUARTER.finditer(text):  # "between Q1 and Q2 2024/25"
        others = [(at, p) for at, p in found if p.kind is PeriodKind.QUARTER]
        following = [p for at, p in others if at > named.start()]
        inside = any(m.start <= named.start() < m.end for m in find_periods(text))
        if others and not inside:
            told = following[0] if following else others[-1][1]
            opening = told.start.year - (told.start.month < 4)
            one = quarter(opening, _number_of(named))
            past = not following and one > told  # "in Q1 2023/24 than in Q4"
            found.append((named.start(), earlier_year(one) if past else one))
    if not found and newest and (bare := bare_parts(text)):
        found.append((bare[0].start, bare[0].latest(newest)))
    ordered = sorted(found, key=lambda pair: pair[0])
    return tuple(_spans_joined(text, ordered)), tuple(papers)


def _joined(first: Period, last: Period) -> tuple[Period, ...]:
    """The stretch from one period to another, where they are in that order."""
    if first.start >= last.start or PeriodKind.SPAN in (first.kind, last.kind):
        return first, last
    return (Period(last.end, first.start, PeriodKind.SPAN),)


def _spans_joined(text: str, found: Sequence[tuple[int, Period]]) -> list[Period]:
    """Periods in order, two months with nothing but a dash between ("Oct-Dec 23") as one."""
    joined: list[Period] = []
    for i, (at, period) in enumerate(found):
        before, first = found[i - 1] if i else (at, period)
        months = first.kind is period.kind is PeriodKind.MONTH and first.end < period.start
        if i and months and _DASHED.fullmatch(text[before:at]):
            joined[-1] = Period(period.end, first.start, PeriodKind.SPAN)
        else:
            joined.append(period)
    return joined


def _year_end(day: date) -> date:
    """The last day of a day's financial year."""
    return date(day.year + (day.month > 3), 3, 31)


def _number_of(named: re.Match[str]) -> int:
    return int(named["n"]) if named["n"] else cues.ORDINALS.index(named["nth"].lower()) + 1


def _own_periods(text: str, periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """The periods without those that belong to a comparator: "the England 16/17 figure"."""
    areas = [(start, end) for _, start, end in find_areas(text)]
    theirs = {
        mention.period
        for mention in find_periods(text)
        for start, end in areas
        if 0 <= mention.start - end <= 3 or 0 <= start - mention.end <= 2
    }
    own = tuple(p for p in periods if p not in theirs)
    return own if own or cues.AGAINST.search(text) else periods


def _operation(
    text: str, areas: tuple[str, ...], councils: tuple[str, ...], periods: tuple[Period, ...]
) -> Operation:
    named = [op for op, form in cues.OPERATIONS if form.search(text)]
    if areas and cues.AGAINST.search(text) and Operation.HIGHEST not in named:
        return Operation.AGAINST_AREA
    if (
        len(periods) > 1
        and not named
        and re.search(r"\b(?:compared?|versus|vs?|than|against|difference)\b", text, re.I)
    ):
        return Operation.DIFFERENCE
    if (
        len(councils) > 1
        and not named
        and re.search(r"\b(?:or|than|compare\w*|vs|versus)\b", text, re.IGNORECASE)
    ):
        return Operation.DIFFERENCE
    if Operation.DIFFERENCE in named and Operation.AGAINST_TARGET in named:
        return Operation.AGAINST_TARGET
    if (
        named
        and named[0] is Operation.HIGHEST
        and Operation.DIFFERENCE in named
        and len(periods) > 1
    ):
        return Operation.DIFFERENCE
    if named[:1] == [Operation.TREND] and len(periods) == _BOTH_ENDS and _FROM_TO.search(text):
        return Operation.DIFFERENCE
    return named[0] if named else Operation.VALUE


def _unit(text: str) -> str | None:
    """The unit that an answer would have, where the question tells."""
    lower = text.lower()
    if re.search(r"%|\b(?:per ?cent|percentage|proportion|share)\b", lower):
        return "percent"
    if cues.MONEY.search(lower):
        return "gbp"
    if re.search(r"\bdays\b|\bhow long\b", cues.WITHIN_DAYS.sub(" ", lower)):
        return "days"
    if rate := re.search(r"\bper (100|10|1)(?:,?000|k)\b", lower):
        return f"rate per {rate[1]},000"
    if re.search(r"\brate\b|\bhow many (?:percentage )?points\b", lower):
        return None
    counted = r"\bhow many\b(?! (?:of the )?(?:months|quarters|years)\b)|\bnumber of\b"
    return "count" if re.search(counted, lower) else None


def _content(text: str, named: Named, *, seasons: bool) -> tuple[str, ...]:
    """The question's own words, without those that only frame it and the councils' names."""
    shown = cues.EXCLUDED.sub(" ", cues.FRAMING.sub(" ", text))
    for mention in reversed(find_periods(shown)):
        if seasons and mention.period.kind is PeriodKind.SEASON:
            continue
        shown = shown[: mention.start] + " " + shown[mention.end :]
    shown = cues.GIVEN.sub(" ", shown)  # after whole dates: "Q1" is a part of "Q1 24-25"
    for _, start, end in reversed(find_areas(shown)):
        shown = shown[:start] + " " + shown[end:]
    for name in named.typed if named.councils else ():
        shown = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", shown)
    formal = (c if c.lower() in text.lower() else area_of(c) for c in named.councils)
    places = {w for name in formal for w in words(name)}
    capitals = {w.lower() for w in _ACRONYM.findall(text)} if not text.isupper() else set()
    judged = set(words(" ".join(_JUDGED.findall(text))))
    kept = []
    for word in words(shown):
        framing = word in _ASKING and word not in capitals and word not in judged
        if not framing and word not in places and word not in kept:
            kept.append(word)
    months = {w for n, start, end in bare_months(text) for w in words(text[start:end])}
    kept = [word for word in kept if word not in months]
    if cues.MEETING_DATES.search(text) and cues.ASKS_A_DATE.search(text):
        kept += words("future meeting dates")
    amount_to = implied(words(shown))
    parts = {word for term in amount_to for loose in terms()[term].loose for word in loose}
    return tuple(dict.fromkeys((*amount_to, *(w for w in kept if w not in parts))))


def _spelt(content: Sequence[str], typed: str, held: Held) -> tuple[str, ...]:
    """The words as the papers spell them."""
    if held.spelling is None:
        return tuple(content)
    short = claim_of(typed).short
    full = held.spelling.in_full(short) if short else ()
    mended = [w for word in content for w in held.spelling.mended(word, typed)]
    return tuple(dict.fromkeys((*mended, *full)))


def _soft(text: str, content: Sequence[str], councils: Sequence[str]) -> tuple[str, ...]:
    """The words that only frame a question or date it: they tell less, yet something."""
    places = {w for c in councils for w in words(area_of(c))}
    said = dict.fromkeys(w for w in words(text) if w not in places and w not in content)
    return tuple(said)


def _proper(text: str) -> tuple[str, ...]:
    """The words of names in a question: capitalised within it, or a term of the catalogue."""
    capitals = {w for match in _PROPER.finditer(text) for w in words(match.group())}
    return tuple(w for w in dict.fromkeys(words(text)) if w in capitals or w in terms())


def _leans_on(query: Query, question: str) -> bool:
    """Whether a question needs the turns before it."""
    few = len(query.words) <= (1 if query.councils or query.strangers else 2)
    return bool(
        cues.OPENER.match(question)
        or few
        or (cues.PRONOUN.search(question) and len(query.words) <= 6)
    )


def _inherit(
    query: Query, question: str, history: Sequence[Turn], scope: Scope, held: Held, today: date
) -> Query:
    """What a follow-up leaves unsaid, from the questions before it, the latest first."""
    asked = [_read(turn.content, scope, held, today) for turn in history if turn.role == "user"]
    told = [_SEARCHED.sub("", turn.content) for turn in history if turn.role != "user"]
    if not asked:
        return query
    last = asked[-1]
    taken: list[str] = []
    changes: dict[str, Any] = {}
    councils = next((q.councils for q in reversed(asked) if q.councils), ())
    if not councils and told:
        councils = _councils(told[-1], held).councils
    if not query.councils and not query.strangers and councils:
        changes["councils"] = councils
        taken.append("council")
    earlier = next((q for q in reversed(asked) if q.words), last)
    figure_words = {"year", "percentag"}
    fresh = tuple(w for w in query.words if w not in figure_words)
    leaning = cues.PRONOUN.search(question) or cues.OPENER.match(question)
    if leaning or not set(fresh) - _KINDS:  # "what reason is given?" names no subject
        replaced = earlier.names if set(query.names) - _NAMES_OF_BODIES else ()
        deed = words(cues.framing(earlier.text, earlier.wanted))  # of a figure nothing is decided
        left = deed if query.route is Route.INDICATOR and earlier.wanted in cues.FIRM else ()
        extra = tuple(w for w in earlier.words if w not in (*fresh, *replaced, *left))
        changes["words"] = (*fresh, *extra) if len(fresh) <= 3 else fresh
        taken.append("subject")
        if not fresh:
            changes |= _unsaid(query, last)
        elif query.operation is Operation.VALUE and not query.unit:
            changes["unit"] = last.unit
    if told and (deed := _deed_told(query, question, told[-1], (*councils, *held.committees))):
        changes["told"] = frozenset(deed)
        changes["words"] = tuple(dict.fromkeys((*fresh, *deed)))
    if told and (cues.PRONOUN.search(question) or not fresh):
        heard = dict.fromkeys((*query.soft, *words(told[-1])))
        changes["soft"] = tuple(w for w in heard if w not in changes.get("words", query.words))
    if last.route is Route.MINUTES and (span := _beyond(question, last, told, held)):
        changes["since"], changes["until"] = span
        changes["periods"] = ()
    elif not query.periods and not leaning and fresh and _is_of_meetings(last, query):
        pass  # "how many adoptions were there?" isn't of the day whose minutes were told
    elif not query.periods or _steps_on(question, last):
        changes["periods"] = _moved(question, last, told)
        taken.append("period")
    elif (bare := bare_parts(question)) and not find_periods(question):
        newest, of = held.last_of(councils), [p.end for p in last.periods]
        if newest:
            same_year = _year_end(of[-1]) if of else newest
            changes["periods"] = (bare[0].latest(min(newest, same_year)),)
    return replace(query, **changes, inherited=tuple(taken))


def _deed_told(query: Query, question: str, told: str, bodies: Sequence[str]) -> tuple[str, ...]:
    """The telling words of what was told to be done, where a follow-up asks who does it or when."""
    asks = query.wanted in (Wanted.ACTION, Wanted.PERSON, Wanted.DATE, Wanted.OUTSTANDING)
    if not (asks and cues.PRONOUN.search(question)) or set(query.words) - _DOING:
        return ()
    said = cues.TOLD_OF.sub(" ", told)
    theirs = {word for body in bodies for word in words(body)}
    dated = {w for m in find_periods(said) for w in words(said[m.start : m.end])}
    months = {w for _, start, end in bare_months(said) for w in words(said[start:end])}
    passed = theirs | dated | months | _ASKING | _DOING | _ANSWERING
    kept = (w for w in words(said) if w not in passed and not w.isdigit())
    return tuple(dict.fromkeys(kept))[:_DEED]


def _is_of_meetings(last: Query, query: Query) -> bool:
    """Whether a figure is asked for after what a meeting did."""
    return last.route is Route.MINUTES and query.route is Route.INDICATOR


def _unsaid(query: Query, last: Query) -> dict[str, object]:
    """What a follow-up that names no subject takes over from the question before it."""
    asks_figure = query.route is Route.INDICATOR
    said = query.wanted in (Wanted.REASON, Wanted.PERSON)
    route = query.route if asks_figure or said else last.route
    changes: dict[str, object] = {"route": route, "unit": query.unit or last.unit}
    of_person = last.wanted in (Wanted.PERSON, Wanted.ATTENDANCE)
    if query.wanted in (Wanted.ANYTHING, Wanted.LIST, *(() if of_person else (Wanted.DATE,))):
        changes["wanted"] = last.wanted
    if query.operation is Operation.VALUE and not query.areas:
        changes |= {"operation": last.operation, "areas": last.areas}
    return changes


def _steps_on(question: str, last: Query) -> bool:
    """Whether the date is told by that of the question before: "in May", "the quarter before"."""
    if find_periods(question) or not last.periods:
        return False
    return bool(bare_months(question) or moved(question, last.periods[-1]))


def _moved(question: str, last: Query, told: Sequence[str]) -> tuple[Period, ...]:
    """The period of a follow-up: the one before, moved where the question says so."""
    said = [m.period for m in find_periods(told[-1])] if told else []
    base = last.periods or tuple(said[:1])
    if not base:
        return ()
    if number := bare_months(question):
        return (month(base[-1].end.year, number[0][0]),)
    return (stepped,) if (stepped := moved(question, base[-1])) else base


def _beyond(
    question: str, last: Query, told: Sequence[str], held: Held
) -> tuple[date | None, date | None] | None:
    """From and until when, for what came after or before the meeting just spoken of.

    None where no meeting held is of that time.
    """
    said = [m.period for m in find_periods(told[-1])] if told else []
    base = tuple(said[:1]) or (*last.periods, *last.meetings)
    if last.wanted is Wanted.DATE or not base or held.first is None or held.last is None:
        return None
    if cues.LATER.search(question) and base[-1].end < held.last:
        return base[-1].end + timedelta(days=1), last.until
    if cues.EARLIER.search(question) and base[0].start > held.first:
        return last.since, base[0].start - timedelta(days=1)
    return None
