"""The catalogue: what things are called, and what measures mean (`catalogue.toml`).

Text is reduced to *words* for matching: every name of a term becomes the term's id, the rest
is lower-cased and stemmed, and words that carry no meaning of their own are dropped.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import simplemma
import snowballstemmer

Better = Literal["higher", "lower", "neither"]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+\d*(?:['’][a-z]+)?")
_STOP = frozenset(
    """a about after again all also am an and any are as at be because been before being both but
    by can could did do does doing done down each etc for from further get give given had has have
    having he her here hers him his how i if in into is it its itself just let like many may me
    might more most much must my no nor not of off on once one only or other our out over own per
    please pls put quite said same say shall she should so some such tell than that the their them
    then there these they thing this those though through to too up upon us use very was we were
    what when where whether which while who whom whose why will with within would yes yet you your
    s t re ve ll d kids folk actually exactly currently whats hows theres during vs
    versus""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing under its names; `names[0]` is the one shown.

    `loose` are sets of words that amount to it wherever they stand in a question; `population`
    marks what these papers take for granted and labels often leave out; `people` a group that
    figures are of.
    """

    id: str
    names: tuple[str, ...]
    loose: tuple[frozenset[str], ...]
    population: bool
    people: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: `all` and `none` are the words that its labels hold and don't hold."""

    id: str
    name: str
    all: frozenset[str]
    none: frozenset[str]
    unit: str
    better: Better
    complement: str | None
    defined_by: str


@cache
def _catalogue() -> tuple[dict[str, Term], tuple[Measure, ...]]:
    data = tomllib.loads(files("indicators").joinpath("catalogue.toml").read_text("utf-8"))
    terms = {
        t["id"]: Term(
            t["id"],
            tuple(t["names"]),
            tuple(frozenset(_stems(loose)) for loose in t.get("loose", ())),
            bool(t.get("population")),
            bool(t.get("people")),
        )
        for t in data["term"]
    }
    measures = tuple(
        Measure(
            m["id"],
            m["name"],
            _resolved(m["all"], terms),
            _resolved(m.get("none", ()), terms),
            m["unit"],
            m["better"],
            m.get("complement"),
            m["defined_by"],
        )
        for m in data["measure"]
    )
    return terms, measures


def _resolved(names: Iterable[str], known: Mapping[str, Term]) -> frozenset[str]:
    """Ids of terms as they are, other words as they are met in labels."""
    return frozenset(w for name in names for w in ([name] if name in known else _stems(name)))


def terms() -> dict[str, Term]:
    """Every term by id."""
    return _catalogue()[0]


def measures() -> tuple[Measure, ...]:
    """Every measure of the catalogue, in file order."""
    return _catalogue()[1]


def measure_of(label_words: Iterable[str]) -> Measure | None:
    """The catalogue's measure for a label's words: the most specific that fits, else None.

    What is measured tells more than the group that it is measured of.
    """
    held = set(label_words)
    people = {term.id for term in terms().values() if term.people}
    fitting = [m for m in measures() if m.all <= held and not m.none & held]
    return max(fitting, key=lambda m: (len(m.all), len(m.all - people)), default=None)


def _flat(name: str) -> str:
    """A name for lookup: lower case, with what varies between spellings folded."""
    plain = name.lower().replace("’", "'").replace("&", "and")
    folded = re.sub(r"[-/–,\"“”‘]|\B'|'\B", " ", plain)
    return re.sub(r"\s+", " ", folded).strip()


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    ids = {_flat(name): term.id for term in terms().values() for name in term.names}
    longest = sorted(ids, key=len, reverse=True)
    return re.compile(rf"(?<![\w£])(?:{'|'.join(map(re.escape, longest))})(?![\w%])"), ids


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """One form for all of a word's: "took" and "taking" are "take"."""
    return str(_stemmer().stemWord(simplemma.lemmatize(word, lang="en").lower()))


@lru_cache(maxsize=60_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text for matching, in order, repeats kept."""
    pattern, ids = _names()
    shown = pattern.sub(lambda match: f" \x00{ids[match.group()]}\x00 ", _flat(text))
    found: list[str] = []
    for i, piece in enumerate(shown.split("\x00")):
        found.extend([piece] if i % 2 else _stems(piece))
    return tuple(found)


@lru_cache(maxsize=60_000)
def indexed(text: str) -> frozenset[str]:
    """The words under which a text is found: its words, and those that its terms consist of.

    So "carer" finds "foster carer", which as a whole is one term. A name of one word has no parts:
    "adopter" isn't found as "adopt".
    """
    pattern, _ = _names()
    parts = pattern.sub(lambda m: m.group() if " " in m.group() else " ", _flat(text))
    return frozenset((*words(text), *_stems(parts)))


def _stems(text: str) -> list[str]:
    plain = (word.replace("'s", "").replace("'", "") for word in _WORD.findall(text))
    stems = (_stem(word) for word in plain if word not in _STOP)
    return [stem for stem in stems if stem not in _STOP]


def implied(found: Iterable[str]) -> tuple[str, ...]:
    """The terms that loose words amount to: "children ... in care" means children in care."""
    held = set(found)
    return tuple(t.id for t in terms().values() if any(loose <= held for loose in t.loose))


def spoken(term_id: str) -> tuple[str, ...]:
    """Every name of a term, for expanding a search; a word that isn't one stands for itself."""
    term = terms().get(term_id)
    return term.names if term else (term_id,)
