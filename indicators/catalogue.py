"""The catalogue: what things are called, and what measures mean (`catalogue.toml`).

Text is reduced to *words* for matching: every name of a term becomes the term's id, the rest
is lower-cased and stemmed, and words that carry no meaning of their own are dropped.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import Stemmer
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.errors import BoardPapersError

Better = Literal["higher", "lower", "neither"]
Unit = Literal[
    "count",
    "percent",
    "gbp",
    "days",
    "rate per 1,000",
    "rate per 10,000",
    "rate per 100,000",
    "score",
    "ratio",
]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+\d*(?:['’][^\W\d_]+)?")
_OUTER_QUOTE = re.compile(r"\B'|'\B")
_ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_BETWEEN_WORDS = '-/–,"“”‘'
_STOP = frozenset(
    """a about after again all also am an and any are as at be because been before being both but
    by can could did do does doing done down each etc for from further get give given had has have
    having he her here hers him his how i if in into is it its itself just let like many may me
    might more most much must my no nor not of off on once one only or other our out over own per
    please pls put quite said same say shall she should so some such tell than that the their them
    then there these they thing this those though through to too up upon us use very was we were
    what when where whether which while who whom whose why will with within would yes yet you your
    ive im id weve youve theyve isnt arent wasnt werent dont doesnt didnt hasnt havent cant wont
    s t re ve ll d kids folk actually exactly currently whats hows theres during vs
    versus""".split()  # noqa: SIM905
)


class _TermEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    id: str = Field(pattern=r"^[a-z][a-z0-9]*$")
    names: list[str] = Field(min_length=1)
    loose: list[str] = []
    population: bool = False
    people: bool = False


class _MeasureEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str = Field(min_length=3)
    names: list[str] = []
    all: list[str] = Field(min_length=1)
    none: list[str] = []
    unit: Unit
    better: Better
    adds: bool = False
    complement: str | None = None
    population: str = Field(min_length=3)
    definition: str = Field(min_length=3)
    defined_by: str = Field(min_length=3)


class _Catalogue(BaseModel):
    """The schema of `catalogue.toml`: an unknown key or a name given twice refuses the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    term: list[_TermEntry]
    measure: list[_MeasureEntry]

    @model_validator(mode="after")
    def _is_whole(self) -> "_Catalogue":
        kinds = ([t.id for t in self.term], [m.id for m in self.measure])
        twice = [i for ids in kinds for i, n in Counter(ids).items() if n > 1]
        owners: dict[str, str] = {}
        for t in self.term:
            for name in map(_flat, t.names):
                if owners.setdefault(name, t.id) != t.id:
                    twice.append(name)
        if twice:
            raise ValueError(f"given twice: {', '.join(sorted(set(twice)))}")
        measures = {m.id: m for m in self.measure}
        for m in self.measure:
            if m.complement and (m.complement not in measures or m.unit != "percent"):
                raise ValueError(f"{m.id}: its complement must be a percentage of the catalogue")
            if m.adds and m.unit not in ("count", "gbp", "days"):
                raise ValueError(f"{m.id}: figures in {m.unit} can't be added up over time")
        return self


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
    """A measure: `all` and `none` are the words that its labels hold and don't hold.

    `about` are the further words of its names, `people` the groups that it is of without saying;
    `adds` says that figures of several dates may be added up; `population` whom it counts.
    """

    id: str
    name: str
    names: tuple[str, ...]
    all: frozenset[str]
    none: frozenset[str]
    about: frozenset[str]
    people: frozenset[str]
    unit: str
    better: Better
    adds: bool
    complement: str | None
    population: str
    definition: str
    defined_by: str


class CatalogueError(BoardPapersError):
    """The catalogue's file breaks its schema."""


def read_catalogue(text: str) -> tuple[dict[str, Term], tuple[Measure, ...]]:
    """Terms by id and measures in file order; raises CatalogueError with every fault."""
    try:
        data = _Catalogue.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"catalogue.toml isn't TOML ({error}); mend that line.") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}".lstrip(": ") for e in error.errors()[:9]
        )
        raise CatalogueError(f"catalogue.toml can't be used; mend {faults}.") from error
    terms = {
        t.id: Term(
            t.id,
            tuple(t.names),
            tuple(frozenset(_stems(loose)) for loose in t.loose),
            t.population,
            t.people,
        )
        for t in data.term
    }
    return terms, tuple(_measure(m, terms) for m in data.measure)


def _measure(m: _MeasureEntry, terms: Mapping[str, Term]) -> Measure:
    held = _resolved(m.all, terms)
    return Measure(
        id=m.id,
        name=m.name,
        names=tuple(m.names),
        all=held,
        none=_resolved(m.none, terms),
        about=frozenset(_stems(_flat(" ".join((m.name, *m.names))))) - held,
        people=frozenset(
            t.id for t in terms.values() if t.people and t.names[0] in m.population.lower()
        )
        - held,
        unit=m.unit,
        better=m.better,
        adds=m.adds,
        complement=m.complement,
        population=m.population,
        definition=m.definition,
        defined_by=m.defined_by,
    )


@cache
def _catalogue() -> tuple[dict[str, Term], tuple[Measure, ...]]:
    return read_catalogue(files("indicators").joinpath("catalogue.toml").read_text("utf-8"))


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
    return _measure_of(frozenset(label_words))


@lru_cache(maxsize=20_000)
def _measure_of(held: frozenset[str]) -> Measure | None:
    people = _people()
    fitting = [m for m in measures() if m.all <= held and not m.none & held]
    return max(fitting, key=lambda m: (len(m.all), len(m.all - people)), default=None)


@cache
def _people() -> frozenset[str]:
    return frozenset(term.id for term in terms().values() if term.people)


def _flat(name: str) -> str:
    """A name for lookup: lower case, with what varies between spellings folded."""
    plain = _unaccented(name.lower()).replace("’", "'").replace("&", "and")
    if "'" in plain:
        plain = _OUTER_QUOTE.sub(" ", plain)
    for mark in _BETWEEN_WORDS:
        plain = plain.replace(mark, " ")
    return " ".join(plain.split())


def _unaccented(text: str) -> str:
    """Letters without their accents: "Tŷ Môn" is often typed "Ty Mon"."""
    if not _ACCENTED.search(text):
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    ids = {_flat(name): term.id for term in terms().values() for name in term.names}
    return re.compile(rf"(?<![\w£]){_branching(ids)}(?![\w%])"), ids


def _branching(names: Iterable[str]) -> str:
    """A pattern for any of the names, the longest first, that looks at each letter once.

    As a plain list of names, every one of them would be tried at every letter of a text.
    """
    branches: dict[str, list[str]] = {}
    ends = False
    for name in names:
        if name:
            branches.setdefault(name[0], []).append(name[1:])
        else:
            ends = True
    if not branches:
        return ""
    choice = "|".join(re.escape(c) + _branching(rest) for c, rest in sorted(branches.items()))
    return f"(?:{choice})" + "?" * ends


@cache
def _stemmer() -> Callable[[str], str]:
    stem: Callable[[str], str] = Stemmer.Stemmer("english", 0).stemWord
    return stem


@cache
def _irregular() -> dict[str, str]:
    """Forms that no ending tells, with the word that they are of."""
    text = files("indicators").joinpath("irregular.txt").read_text("utf-8")
    lines = [line.lower().split() for line in text.splitlines() if line[:1] != "#"]
    return {form: line[0] for line in lines for form in line[1:]}


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """One form for all of a word's ("took" and "taking" are "take"); empty for a stop word."""
    plain = word.replace("'s", "").replace("'", "")
    if plain in _STOP:
        return ""
    stem = _stemmer()(_irregular().get(plain, plain))
    return "" if stem in _STOP else stem


def words(text: str) -> tuple[str, ...]:
    """The words of a text for matching, in order, repeats kept."""
    return _read(text)[0]


@lru_cache(maxsize=60_000)
def _read(text: str) -> tuple[tuple[str, ...], str]:
    """The words of a text, and where names of several words stand in it, the text for lookup."""
    pattern, ids = _names()
    flat = _flat(text)
    found: list[str] = []
    at, several = 0, False
    for match in pattern.finditer(flat):
        name = match.group()
        found += _stems(flat[at : match.start()])
        found.append(ids[name])
        at, several = match.end(), several or " " in name
    found += _stems(flat[at:])
    return tuple(found), flat if several else ""


@lru_cache(maxsize=60_000)
def indexed(text: str) -> frozenset[str]:
    """The words under which a text is found: its words, and those that its terms consist of.

    So "carer" finds "foster carer", which as a whole is one term. A name of one word has no parts:
    "adopter" isn't found as "adopt".
    """
    told, flat = _read(text)
    if not flat:
        return frozenset(told)
    pattern, _ = _names()
    parts = pattern.sub(lambda m: m.group() if " " in m.group() else " ", flat)
    return frozenset((*told, *_stems(parts)))


def _stems(text: str) -> list[str]:
    return [stem for stem in map(_stem, _WORD.findall(text)) if stem]


def implied(found: Iterable[str]) -> tuple[str, ...]:
    """The terms that loose words amount to: "children ... in care" means children in care."""
    held = set(found)
    return tuple(dict.fromkeys(term for term, loose in _loose() if loose <= held))


@cache
def _loose() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((term.id, loose) for term in terms().values() for loose in term.loose)


def spoken(term_id: str) -> tuple[str, ...]:
    """Every name of a term, for expanding a search; a word that isn't one stands for itself."""
    term = terms().get(term_id)
    return term.names if term else (term_id,)
