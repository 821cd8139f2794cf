"""Whether what an answer states is held by what it cites.

A figure must stand in a quote cited in its sentence (in any quote of the answer, where the
sentence has no marker) or in a shown working. A name or date may also stand in what the citation
says about itself: council, committee, meeting, item.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from assistant.answer import Answer, Citation, Figure, Outcome
from evals.folding import folded, tokens
from evals.mentions import MONTHS, Number, Sentence, dates, numbers, sentences

_CAPITALISED = re.compile(r"(?<![\w'])[A-Z][a-z]+(?:[A-Z][a-z]+)?(?:[-'][A-Za-z]+)*(?!\w)")
_COMMON_WORDS = (
    "a an and annual answer april as at august authority board both but by calculated cabinet "
    "care chair children committee corporate council councillor councils counties county cllr "
    "december england evidence february figure figures for friday from he her his how i if in "
    "is it item its january july june local march may meeting member members minute minutes "
    "monday mr mrs ms neither no none not note november october of officer on one or page panel "
    "paper papers paragraph parenting people percentage report reported resolved saturday "
    "scrutiny section september she source sources sunday table target that the their there "
    "these they this those thursday to tuesday two we wednesday what when where which who why "
    "with working yes young you also only however since against compared newest jan feb mar apr "
    "jun jul aug sep sept oct nov dec"
)
_COMMON = frozenset(_COMMON_WORDS.split())


def unsupported(answer: Answer) -> tuple[list[str], int]:
    """What isn't supported, sentence by sentence, and how many sentences were checked."""
    faults: list[str] = []
    checked = 0
    for sentence in sentences(answer.text):
        stated = [number for number in numbers(sentence.text) if not number.spelled]
        names = _names(sentence.text)
        when = dates(sentence.text)
        if not (stated or names or when):
            continue
        checked += 1
        missing = _missing(answer, sentence, stated, names, when)
        if missing:
            faults.append(f"{', '.join(missing)} in {sentence.text[:80]!r} isn't supported")
    return faults, checked


def _missing(
    answer: Answer,
    sentence: Sentence,
    stated: Sequence[Number],
    names: Sequence[str],
    when: Sequence[str],
) -> list[str]:
    cited = _cited(answer, sentence)
    figures = _figures_of(answer, cited, sentence)
    quotes = " \n".join(citation.quote for citation in cited)
    around = set(tokens(" ".join([quotes, *_particulars(answer, cited, figures)])))
    held = _held_numbers(quotes, figures) | _values(_whereabouts(cited, figures))
    if answer.outcome is not Outcome.ANSWERED:
        around |= set(tokens(answer.question)) | _all_numbers(answer.question)
        held |= _search_counts(answer) | _values(answer.question)
    return [
        *(n.printed for n in stated if not _stands(n, held, quotes)),
        *(name for name in names if not _named(name, around)),
        *(said for said in when if not _dated(said, around)),
    ]


def _cited(answer: Answer, sentence: Sentence) -> list[Citation]:
    if not sentence.markers:
        return list(answer.citations)
    return [citation for citation in answer.citations if citation.marker in sentence.markers]


def _figures_of(answer: Answer, cited: Iterable[Citation], sentence: Sentence) -> list[Figure]:
    markers = {citation.marker for citation in cited}
    return [
        figure
        for figure in answer.figures
        if not sentence.markers or not figure.citations or markers & set(figure.citations)
    ]


def _held_numbers(quotes: str, figures: Iterable[Figure]) -> set[Decimal]:
    """Numbers of the quotes, and those of workings that are shown."""
    held = _values(quotes)
    for figure in figures:
        if figure.working:
            held |= _values(figure.working) | {abs(Decimal(str(figure.value)))}
    return held


def _values(text: str) -> set[Decimal]:
    bare = {Decimal(token) for token in re.findall(r"\d+(?:\.\d+)?", folded(text))}
    return {abs(number.value) for number in numbers(text)} | bare


def _stands(number: Number, held: set[Decimal], quotes: str) -> bool:
    value = abs(number.value)
    if value in held:
        return True
    rounded = ((other / number.step).quantize(Decimal(1)) * number.step for other in held)
    if value in rounded:
        return True
    # A paper's slip of "£70.000" for "£70,000" is read as what it means.
    return f"{value:,}".replace(",", ".") in quotes and value >= 1000


def _names(text: str) -> list[str]:
    """Capitalised words that name something; a sentence's first word counts only before another."""
    found = list(_CAPITALISED.finditer(text))
    kept = []
    for match in found:
        opens = not re.search(r"[A-Za-z]", text[: match.start()])
        joined = any(other.start() == match.end() + 1 for other in found)
        if match.group().lower().removesuffix("'s") not in _COMMON and (joined or not opens):
            kept.append(match.group())
    return kept


def _named(name: str, around: set[str]) -> bool:
    whole = folded(name)
    parts = [whole, whole.removesuffix("'s"), f"{whole}'s"]
    if any(part in around for part in parts):
        return True
    pieces = re.findall(r"[a-z]+", whole.removesuffix("'s"))
    return all(piece in around or f"{piece}s" in around for piece in pieces)


def _dated(said: str, around: set[str]) -> bool:
    """Each part of a date stands there: month by its first letters, year by its last two."""
    digits = {re.sub(r"\D", "", token) for token in around if token[0].isdigit()}
    digits |= {part for token in around for part in re.split(r"\D", token) if part.isdigit()}
    short = {part.lstrip("0") or "0" for part in digits} | {part[-2:] for part in digits}
    months = {token[:3] for token in around if token[:3] in {month[:3] for month in MONTHS}}
    numerals = re.findall(r"\d+", said)
    words = [word for word in re.findall(r"[a-z]{3,}", said.lower()) if word[:3] in _MONTH_HEADS]
    return all(
        part[-2:].lstrip("0") in {s.lstrip("0") for s in short} for part in numerals
    ) and all(word[:3] in months or _month_number(word) in short for word in words)


_MONTH_HEADS = frozenset(month[:3] for month in MONTHS)


def _month_number(word: str) -> str:
    heads = [month[:3] for month in MONTHS]
    return str(heads.index(word[:3]) + 1)


def _particulars(answer: Answer, cited: Iterable[Citation], figures: Iterable[Figure]) -> list[str]:
    """What citations, figures and the search say of themselves."""
    said: list[str | None] = []
    for citation in cited:
        said += [citation.title, citation.council, citation.committee, citation.item]
        said.append(_long_date(citation.meeting_date))
    for figure in figures:
        said += [figure.label, figure.council, figure.period, figure.basis]
    searched = answer.searched
    if answer.outcome is not Outcome.ANSWERED:
        said += [*searched.councils, *answer.options]
        said += [_long_date(str(day)) for day in (searched.first, searched.last) if day]
    return [text for text in said if text]


def _whereabouts(cited: Iterable[Citation], figures: Iterable[Figure]) -> str:
    """Printed numbers that say where or what, not how much: of items, paragraphs and labels."""
    places = [f"{citation.item} {citation.paragraph}" for citation in cited]
    return " ".join([*places, *(figure.label for figure in figures)])


def _long_date(iso: str | None) -> str | None:
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _search_counts(answer: Answer) -> set[Decimal]:
    searched = answer.searched
    counts = (searched.papers, searched.unreadable, len(searched.councils), len(answer.options))
    return {Decimal(count) for count in counts}


def _all_numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))
