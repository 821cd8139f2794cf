"""The scorers: each says of one answer whether one thing is right, and why.

`passed` is None where a case or answer has nothing to score: unscored isn't wrong.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.answer import Answer, Citation, Figure, Outcome, Route
from evals import claims, retrieval
from evals.cases import Case, Evidence, Kind, Unit
from evals.folding import folded, spaced, straight, without_markers, without_markup
from evals.mentions import MONTHS, Number, Sentence, numbers, sentences
from ingest.errors import UnknownPaper

_PAGE_MARK = re.compile(r"^\W{0,3}page\s+(\d{1,4})(?:\s+of\s+\d+)?\W{0,3}$", re.I | re.M)
_spaced = lru_cache(maxsize=64)(spaced)
_without_markup = lru_cache(maxsize=64)(without_markup)
_UNIT_NAMES = {"%": Unit.PERCENT, "£": Unit.POUNDS, "percentage points": Unit.POINTS}
_SIGNED_SKILLS = {
    "difference",
    "percent-change",
    "compare-target",
    "compare-national",
    "cross-council",
    "cross-year",
    "trend",
}
_DOWN = (
    r"(?:lower|fewer|less|fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|down(?!load)|decreas\w+"
    r"|reduc\w+|declin\w+|below|behind|under(?!stand|tak|go)|short(?:fall| of)?|minus|smaller"
    r"|cut|negative)"
)
_UP = (
    r"(?:higher|more|rose|ris(?:e|es|en|ing)|increas\w+|above|ahead|grew|grow(?:n|th)|greater"
    r"|gain(?:ed)?|climb\w*|up(?! to))"
)
_WORKING = re.compile(r"\d%?\)?\s*=\s*[-+]?£?\d")
_SAYS_DOWN = re.compile(rf"\b{_DOWN}\b")
_STOP_WORDS = (
    "what which when where were this that have with from they their there does many much been "
    "about into than then compared figure figures number reported report council board county "
    "city committee paper papers panel meeting against between year years month total says said "
    "tell give show please whats hows percent percentage point points cent days pounds difference "
    "different change changed increase increased decrease decreased rise rose fall fell lower "
    "higher fewer less more below above behind than equals same while also"
)
_STOP = frozenset(_STOP_WORDS.split()) | frozenset(MONTHS)


@dataclass(frozen=True, slots=True)
class Score:
    """What a scorer says: passed, failed or (None) nothing to score, with the reason."""

    name: str
    passed: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One case, the assistant's answer to it, and the texts of the papers held."""

    case: Case
    answer: Answer
    paper_text: Callable[[str], str]


Scorer = Callable[[Trial], Score]


def score_all(trial: Trial) -> tuple[Score, ...]:
    """Every scorer's word on one answer, in a fixed order."""
    return tuple(scorer(trial) for scorer in SCORERS)


def outcome_right(trial: Trial) -> Score:
    """Not held: not found, declined or asked back. Ambiguous: asked back or all readings named."""
    case, outcome = trial.case, trial.answer.outcome
    if case.kind is Kind.UNANSWERABLE:
        wanted = (Outcome.NOT_FOUND, Outcome.DECLINED, Outcome.CLARIFY)
        return _outcome(outcome in wanted, "not_found, declined or clarify", outcome)
    if case.kind is Kind.AMBIGUOUS:
        names_readings = outcome is Outcome.ANSWERED and not _missing(case, trial.answer)
        right = outcome is Outcome.CLARIFY or names_readings
        return _outcome(right, "clarify, or an answer that names the readings", outcome)
    return _outcome(outcome is Outcome.ANSWERED, "answered", outcome)


def _outcome(passed: bool, wanted: str, got: Outcome) -> Score:
    return Score("outcome_right", passed, f"wanted {wanted}; got {got}")


def figure_right(trial: Trial) -> Score:
    """The value is stated, in the text or as a figure, with its unit and its sign in words."""
    case, answer = trial.case, trial.answer
    if case.value is None:
        return Score("figure_right", None, "the case asks for no figure")
    sourced = _sourced(case, answer)
    told = [_figure_fault(case, figure, sourced) for figure in answer.figures]
    for sentence in sentences(answer.text):
        found = numbers(sentence.text)
        told += [_number_fault(case, sentence, number, sourced) for number in found]
    near = [fault for fault in told if fault is not None]
    if "" in near:
        return Score("figure_right", True, f"states {case.figure}")
    why = "; ".join(dict.fromkeys(near)) or "that value isn't stated"
    return Score("figure_right", False, f"wanted {case.figure}: {why}")


def _sourced(case: Case, answer: Answer) -> set[int]:
    """Markers of the citations that are of the case's evidence: what they mark is its subject."""
    return {
        citation.marker
        for citation in answer.citations
        if any(_is_cited(piece, [citation]) for piece in case.evidence)
    }


def _figure_fault(case: Case, figure: Figure, sourced: set[int]) -> str | None:
    """'' for the wanted figure, None for one of another value, else what is wrong with it."""
    assert case.value is not None
    value = Decimal(str(figure.value))
    if not _close(abs(value), case):
        return None
    if case.unit and _unit_named(figure.unit) is not case.unit:
        return f"figure {figure.value} has the unit {figure.unit!r}"
    if not (sourced & set(figure.citations) or _about(case, figure.label)):
        return f"figure {figure.value} is of something else: {figure.label!r}"
    words = f"{figure.label} {figure.working or ''}"
    if (value < 0) != (case.value < 0) and not (value >= 0 and _says_down(case, words)):
        return f"figure {figure.value} has the wrong sign"
    return ""


def _unit_named(name: str) -> Unit | None:
    known = _UNIT_NAMES.get(name)
    return known or next((unit for unit in Unit if unit.value == name), None)


def _number_fault(case: Case, sentence: Sentence, number: Number, sourced: set[int]) -> str | None:
    """As :func:`_figure_fault`, for a number of the text."""
    assert case.value is not None
    if not _close(abs(number.value), case):
        return None
    if not _unit_fits(case, sentence, number):
        unit = number.unit or "no unit"
        return f"{number.printed!r} stands there with {unit}"
    if not (
        sourced & set(sentence.markers)
        or _about(case, sentence.text)
        or _WORKING.search(straight(sentence.text))
    ):
        return f"{number.printed!r} stands in an unrelated sentence: {sentence.text[:80]!r}"
    if not _sign_told(case, sentence.text, number):
        return (
            f"{number.printed!r} stands there with the wrong sign or none: {sentence.text[:80]!r}"
        )
    return ""


def _close(magnitude: Decimal, case: Case) -> bool:
    assert case.value is not None
    return abs(magnitude - abs(case.value)) <= case.tolerance


def _unit_fits(case: Case, sentence: Sentence, number: Number) -> bool:
    if case.unit is None:
        return True
    if case.unit in (Unit.COUNT, Unit.RATIO):
        return number.unit is None
    if case.unit is Unit.RATE and number.unit is None:
        return bool(re.search(r"per (?:10,?000|ten thousand)", sentence.text, re.IGNORECASE))
    return number.unit is case.unit


def _about(case: Case, said: str) -> bool:
    """Whether `said` shares its subject with the case; words of no subject are no objection."""
    subject = " ".join(
        [case.question, *(turn.content for turn in case.history)]
        + [quote for evidence in case.evidence for quote in evidence.quotes]
    )
    places = {word for paper in case.papers for word in _stems(paper)}
    spoken = _stems(said) - places
    return not spoken or bool(spoken & (_stems(subject) - places))


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]{3,}", without_markup(folded(text)))
    return {word[:5] for word in words if len(word) > 3 and word not in _STOP}


def _sign_told(case: Case, sentence: str, number: Number) -> bool:
    assert case.value is not None
    if case.value < 0:
        told = number.sign == "-" or _says_down(case, sentence)
        return told and number.sign != "+" and not _tied(_UP, sentence, number)
    signed = case.unit is Unit.POINTS or case.skill in _SIGNED_SKILLS
    if not signed or _SAYS_DOWN.search(folded(case.question)):
        return True
    return number.sign != "-" and not _tied(_DOWN, sentence, number)


def _says_down(case: Case, sentence: str) -> bool:
    """Told in words, by the answer or by the question that it answers."""
    return any(_SAYS_DOWN.search(folded(said)) for said in (sentence, case.question))


def _tied(direction: str, sentence: str, number: Number) -> bool:
    """Whether a word of `direction` belongs to the number: "fell by 3 points", "3 lower"."""
    before, after = straight(sentence)[: number.start], straight(sentence)[number.end :]
    unit = r"(?:\s?(?:%|per ?cent|percentage|points?|pp|days?|[a-z]+))?"
    leads = rf"\b{direction}(?: of| by)?(?: about| around| just| some)? $"
    follows = rf"^{unit}{unit}[\s-]{direction}\b"
    return bool(re.search(leads, before, re.I) or re.search(follows, after, re.I))


def facts_included(trial: Trial) -> Score:
    """Of each list of alternatives at least one stands in the answer's text."""
    if not trial.case.must_include:
        return Score("facts_included", None, "the case names no facts")
    missing = _missing(trial.case, trial.answer)
    if missing:
        said = "; ".join(_alternatives(group) for group in missing)
        return Score("facts_included", False, f"missing: {said}")
    return Score("facts_included", True, f"all {len(trial.case.must_include)} facts stand there")


def _missing(case: Case, answer: Answer) -> list[tuple[str, ...]]:
    text = folded(without_markers(answer.text))
    return [group for group in case.must_include if not any(folded(fact) in text for fact in group)]


def _alternatives(group: Sequence[str]) -> str:
    shown = " | ".join(repr(fact) for fact in group[:4])
    return shown if len(group) <= 4 else f"{shown} | … ({len(group)} alternatives)"


def wrong_figures_absent(trial: Trial) -> Score:
    """Nothing of what would show a wrong answer stands in the text."""
    if not trial.case.must_not_include:
        return Score("wrong_figures_absent", None, "the case names no wrong figures")
    text = folded(without_markers(trial.answer.text))
    said = [wrong for wrong in trial.case.must_not_include if folded(wrong) in text]
    reason = f"says {', '.join(map(repr, said))}" if said else "none of them is said"
    return Score("wrong_figures_absent", not said, reason)


def citation_verbatim(trial: Trial) -> Score:
    """Every quote stands verbatim (white space folded) in the paper that it is cited from."""
    citations = trial.answer.citations
    if not citations:
        return Score("citation_verbatim", None, "nothing is cited")
    faults = [fault for citation in citations if (fault := _quote_fault(trial, citation))]
    reason = "; ".join(faults) or f"all {len(citations)} quotes stand there"
    return Score("citation_verbatim", not faults, reason)


def _quote_fault(trial: Trial, citation: Citation) -> str | None:
    text, quote = _text_of(trial, citation.paper), spaced(citation.quote)
    if text is None:
        return f"[{citation.marker}] cites {citation.paper!r}, which isn't held"
    if quote and quote in _spaced(text):
        return None
    if quote and without_markup(quote) in _without_markup(text):
        return f"[{citation.marker}] stands in {citation.paper} only with its markup taken out"
    return f"[{citation.marker}] doesn't stand in {citation.paper}: {quote[:80]!r}"


def _text_of(trial: Trial, paper: str) -> str | None:
    try:
        return trial.paper_text(paper)
    except UnknownPaper:
        return None


def citation_page(trial: Trial) -> Score:
    """Every page cited is the page that the quote stands on, where the paper has page marks."""
    checked = [
        (citation, right)
        for citation in trial.answer.citations
        if (right := _page_right(trial, citation)) is not None
    ]
    if not checked:
        return Score("citation_page", None, "no page is cited that could be checked")
    wrong = [citation for citation, right in checked if not right]
    said = "; ".join(f"[{c.marker}] isn't on page {c.page} of {c.paper}" for c in wrong)
    return Score("citation_page", not wrong, said or f"all {len(checked)} pages are right")


def _page_right(trial: Trial, citation: Citation) -> bool | None:
    text = _text_of(trial, citation.paper)
    if text is None or citation.page is None or not _PAGE_MARK.search(text):
        return None
    loose = r"\s+".join(map(re.escape, citation.quote.split()))
    places = list(re.finditer(loose, text)) if loose else []
    if not places:
        return None
    return any(_on_page(text, place.start(), citation.page) for place in places)


def _on_page(text: str, offset: int, page: int) -> bool:
    """Page marks stand at the foot. Where marks are missing, a page between them is not refuted."""
    before, after = 0, None
    for mark in _PAGE_MARK.finditer(text):
        if mark.start() >= offset:
            after = int(mark[1])
            break
        before = int(mark[1])
    if after is None:
        return page > before
    return page == after or before < page < after


def evidence_cited(trial: Trial) -> Score:
    """A citation overlaps a piece of the case's evidence substantially, in the same paper."""
    evidence = trial.case.evidence
    if not evidence or trial.answer.outcome is not Outcome.ANSWERED:
        return Score("evidence_cited", None, "no evidence in the case, or no answer")
    cited = [piece for piece in evidence if _is_cited(piece, trial.answer.citations)]
    reason = f"{len(cited)} of {len(evidence)} pieces of evidence cited"
    if not cited:
        reason += f"; the first is {evidence[0].quote[:80]!r} in {evidence[0].paper}"
    return Score("evidence_cited", bool(cited), reason)


def _is_cited(piece: Evidence, citations: Sequence[Citation]) -> bool:
    return any(
        citation.paper == piece.paper and retrieval.same_place(quote, citation.quote)
        for citation in citations
        for quote in piece.quotes
    )


def claims_supported(trial: Trial) -> Score:
    """Each sentence with a figure or a name has a citation that holds it, or shows its working."""
    faults, checked = claims.unsupported(trial.answer)
    if not checked:
        return Score("claims_supported", None, "no sentence states a figure or a name")
    reason = "; ".join(faults) or f"all {checked} sentences with a figure or a name are supported"
    return Score("claims_supported", not faults, reason)


def route_right(trial: Trial) -> Score:
    """The half of the papers that the case is about was used."""
    wanted = {
        Kind.INDICATOR: (Route.INDICATOR, Route.BOTH),
        Kind.MINUTES: (Route.MINUTES, Route.BOTH),
        Kind.BOTH: (Route.BOTH,),
    }.get(trial.case.kind)
    if wanted is None or trial.answer.outcome is not Outcome.ANSWERED:
        return Score("route_right", None, "no route is expected, or no answer")
    got = trial.answer.route
    return Score("route_right", got in wanted, f"wanted {' or '.join(wanted)}; got {got}")


def evidence_retrieved(trial: Trial) -> Score:
    """A piece of the case's evidence is among the first ten of `retrieved`."""
    ranks = retrieval.ranking(trial.case, trial.answer)
    if ranks is None:
        return Score("evidence_retrieved", None, "no evidence in the case")
    reason = (
        f"reciprocal rank {ranks.reciprocal_rank:.2f}; {ranks.recall_at_10:.0%} of the evidence"
    )
    return Score("evidence_retrieved", ranks.at_10, reason)


SCORERS: tuple[Scorer, ...] = (
    outcome_right,
    figure_right,
    facts_included,
    wrong_figures_absent,
    citation_verbatim,
    citation_page,
    evidence_cited,
    evidence_retrieved,
    claims_supported,
    route_right,
)
DECISIVE = ("outcome_right", "figure_right", "facts_included", "wrong_figures_absent")
