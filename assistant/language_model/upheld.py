"""Whether the words of a language model stand in the quotes that they name.

Stricter than the gate of the project's own words, which are made of quotes; those of a model pass
both. What it withholds costs only wording: the quotes stand below.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.drafts import Source, Statement
from assistant.grounding import numbers_in
from assistant.question.cues import INJECTION
from assistant.question.synonyms import alike
from indicators.catalogue import indexed, words
from ingest.sentences import sentence_spans

_LEAST = 3  # telling words of the quote: fewer say nothing
_IN_ORDER = 0.8  # of them: the same words put together otherwise say something else
_MARKUP = re.compile(
    r"[<>`*_#|{}\\~^]|://|www\.|\]\(|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e]"
)
_NAME = re.compile(r"(?<=[\w,;:’'] )[A-Z][\w’'-]+|^[A-Z][\w’'-]+")
_MEASURED = re.compile(r"£\s?\d[\d,.]*\d|£\d|\d[\d,.]*\s?(?:%|per ?cent\b)", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+)?\b"
    r"(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\b"
    r"(?:\s+(?P<late>\d{1,2})(?:st|nd|rd|th)?\b(?!\d))?(?:,?\s+(?P<year>(?:19|20)\d\d))?"
)
_DENIED = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|unable|cannot|fail(?:s|ed)?|"
    r"refused?|reject(?:s|ed)?|declined?|\w+n[’']t)\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"\b(?:agreed|approved|resolved|decided|endorsed|adopted|accepted|ratified)\b", re.IGNORECASE
)
_RECOMMENDED = re.compile(r"\brecommend|\bproposed?\b|\basked to\b", re.IGNORECASE)
_IN_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million billion dozen third quarter"
)
# What somebody said isn't told as a fact: who said it must be told too.
_SAID = re.compile(
    r"\b(?:sa(?:y|ys|id)|tells?|told|writes?|wrote|written|claim\w*|stat(?:es?|ed)|answer\w*|argued?|"
    r"felt|feels?|thought|thinks?|believe[sd]?|suggest\w*|ask(?:s|ed)?|reply|replied|complain\w*|"
    r"alleg\w*)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"^[\W\d]*(?:note to )?(?:system|assistants?|users?|human|ai|ai assistants?|bot|model|tool|"
    r"developer)\s*:",
    re.IGNORECASE,
)
_CODE = re.compile(r"[<>{}`\\]|://|\[/?\w+\]|\]\(")
# Words that change what a sentence says though they are few; each must be quoted.
_TELLING = (
    re.compile(r"\b(?:all|every|each|everyone|always)\b", re.IGNORECASE),
    re.compile(r"\b(?:most|majority)\b", re.IGNORECASE),
    re.compile(r"\bunanimous\w*", re.IGNORECASE),
    re.compile(r"\b(?:half|halved)\b", re.IGNORECASE),
    re.compile(r"\b(?:doubled?|twice)\b", re.IGNORECASE),
    re.compile(r"\bonly\b", re.IGNORECASE),
    re.compile(r"\b(?:rose|risen|rise|increas\w+|higher|more|up|grew|grown)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:fell|fallen|fall|decreas\w+|lower|fewer|less|down|dropped|reduc\w+)\b", re.IGNORECASE
    ),
    *(re.compile(rf"\b{number}\b", re.IGNORECASE) for number in _IN_WORDS.split()),
)


def upheld(statement: Statement) -> bool:
    """Whether every number, date, name and telling word stands in a quote, in its order.

    One quote must uphold the whole: parts of several, put together, say what none of them does.
    """
    text = statement.text
    if _MARKUP.search(text):
        return False
    return any(_stands(text, f"{s.quote} {_place(s)}", s.quote) for s in statement.sources)


def _stands(text: str, told: str, quote: str) -> bool:
    held = indexed(told)
    near = _nearest(text, quote)
    names = {w for name in _NAME.findall(text) for w in words(name)}
    return (
        numbers_in(text) <= numbers_in(told)
        and set(_measured(text)) <= set(_measured(told))
        and _dates_stand(text, told)
        and names <= held
        and all(form.search(told) for form in _TELLING if form.search(text))
        and _decided_as(text, quote)
        and bool(_DENIED.search(text)) == bool(_DENIED.search(near))
        and (bool(_SAID.search(text)) or not _SAID.search(near))
        and not _orders(near)
        and _worded_as(text, quote, held)
    )


def _place(source: Source) -> str:
    """Whose and of when a quote is."""
    meeting, item = source.meeting, source.locator.item or ""
    held = f"{meeting.held:%-d %B %Y}" if meeting.held else ""
    return f"{meeting.council} {meeting.committee} {'' if _orders(item) else item} {held}"


def _orders(text: str) -> bool:
    """Whether a text of a paper is code, or is put to a machine rather than to its readers."""
    return any(form.search(text) for form in (_CODE, _ADDRESSED, INJECTION))


def _worded_as(text: str, quote: str, held: frozenset[str]) -> bool:
    """Whether every telling word is told or says the same, and those quoted come in their order."""
    said, quoted = words(_DECIDED.sub(" ", text)), words(quote)
    own = [word for word in said if word in quoted]
    return (
        all(word in held or alike(word) & held for word in said)
        and len(own) >= _LEAST
        and _common(own, quoted) >= _IN_ORDER * len(own)
    )


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest sequence that both hold in order."""
    row = [0] * (len(other) + 1)
    for word in one:
        diagonal = 0
        for at, found in enumerate(other, 1):
            diagonal, row[at] = (
                row[at],
                (diagonal + 1 if word == found else max(row[at], row[at - 1])),
            )
    return row[-1]


def _measured(text: str) -> Iterator[str]:
    """Percentages and sums of money, in one form each."""
    for found in _MEASURED.findall(text):
        yield re.sub(r"per ?cent", "%", found.lower()).replace(",", "").replace(" ", "")


def _dates_stand(text: str, told: str) -> bool:
    """Whether each date said is one that is told, in all the parts that are said of it."""
    held = list(_dates(told))
    return all(
        any(
            month == other
            and day in (None, other_day)
            and (not other_year or year in (None, other_year))
            for other_day, other, other_year in held
        )
        for day, month, year in _dates(text)
    )


def _dates(text: str) -> Iterator[tuple[str | None, int, str | None]]:
    """(day, month, year) of each date; day and year are None where they aren't said."""
    for found in _DATE.finditer(text):
        month = _MONTHS.index(found["month"][:3].lower())
        yield found["day"] or found["late"], month, found["year"]


def _decided_as(text: str, quote: str) -> bool:
    """Whether what is said to be decided is quoted as decided, and not as recommended."""
    if not _DECIDED.search(text):
        return True
    recommended = _RECOMMENDED.search(quote) and not _RECOMMENDED.search(text)
    return bool(_DECIDED.search(quote)) and not recommended


def _nearest(text: str, quote: str) -> str:
    """The sentence or row of a quote that shares most words with a text."""
    said = indexed(text)
    parts = [line[a:b] for line in quote.splitlines() for a, b in sentence_spans(line)]
    return max(parts, key=lambda part: len(said & indexed(part)), default=quote)
