"""Councils that a question names: those held, by whatever people call them, and all others.

A name in full wins over a short form, a longer one over a shorter: "South Gloucestershire" is not
Gloucestershire. Short forms are made of the full names by rule: the first part ("Brighton",
"Cheshire West"), the initials ("RBKC", "B&NES"), words cut short ("N Yorks", "Worcs", "Wolves").
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from assistant.question.claim import is_verb
from indicators.catalogue import terms, words
from indicators.places import gazetteer
from ingest.areas import area_of

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?(?:&[^\W\d_]+)*|(?<=\s)&(?=\s)")
_POSSESSIVE = re.compile(r"[’']s?$")
_LINKS = frozenset(("and", "upon", "on", "under", "with", "by", "le"))
_SMALL = _LINKS | {"of", "the", "in"}
_OF_A_REGION = 2  # words before "of" that name a place alone: "East Riding", not "Isle"
_COMPASS = frozenset("north south east west central mid inner outer great greater".split())  # noqa: SIM905
_TITLES = frozenset(
    "cllr cllrs councillor councillors mr mrs ms miss dr prof professor sir dame lord lady".split()  # noqa: SIM905
)
_OF_A_PLACE = frozenset(
    """road street lane avenue close drive house hospital infirmary university college school
    academy centre park station court farm visitors""".split()  # noqa: SIM905
)
_LEAST_LETTERS = 4
_LEAST_INITIALS, _LEAST_WITH_AND = 3, 4
_EVERYDAY = frozenset("uk eu it hr pa pm am tv gp mp pe id ai qc vc ks hq pr ev ok".split())  # noqa: SIM905
"""Two letters that are hardly ever a council's."""
_ASKED_OF = frozenset(("in", "does", "for", "has", "at", "from", "of", "did", "is"))
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())  # noqa: SIM905
_EASILY_MISSPELT, _LONG = 6, 9
_ONE_LETTER = frozenset("ai")
"""Words of one letter."""


@dataclass(frozen=True, slots=True)
class Named:
    """Councils held that a text names, by formal name; places of others; and the names as typed."""

    councils: tuple[str, ...]
    strangers: tuple[str, ...]
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as typed and where; `low` is how it is looked up."""

    typed: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.typed[0].isupper()

    @property
    def titled(self) -> bool:
        return self.capital and not self.typed.isupper()


@dataclass(frozen=True, slots=True)
class _Names:
    """Places by the words of every form of their names, and by their initials.

    `longest` is the number of words of the longest form, by its first word.
    """

    forms: Mapping[tuple[str, ...], tuple[str, ...]]
    initials: Mapping[str, tuple[str, ...]]
    longest: Mapping[str, int]


def find_councils(
    text: str,
    held: tuple[str, ...],
    known: Callable[[str], bool] = lambda word: False,
    explained: Callable[[str], bool] = lambda letters: False,
) -> Named:
    """The councils that a text names.

    `held` are the formal names of those held, `known` says whether the papers have a word (then
    it is no slip of the keyboard), `explained` whether they tell what some letters stand for.
    """
    tokens = _tokens(text)
    ours, others = _held(held), _others()
    found: list[tuple[_Token, _Token, str]] = []
    i = 0
    while i < len(tokens):
        size, area = _longest(tokens, i, text, ours, others, explained)
        if area:
            found.append((tokens[i], tokens[i + size - 1], area))
        i += max(1, size)
    taken = {at for first, last, _ in found for at in range(first.start, last.end)}
    rest = [t for t in tokens if t.start not in taken]
    areas = tuple({area_of(council) for council in held})
    cased = _cased(tokens)
    slips = [(t, area) for t in rest for area in _cut_short(t, areas, cased, known)]
    found += [(t, t, area) for t, area in slips]
    return _named(text, held, found, areas)


def names_area(area: str, text: str) -> bool:
    """Whether a text names a place, in full or as people shorten it."""
    return bool(find_councils(text, (area,)).councils)


def _named(
    text: str,
    held: Sequence[str],
    found: Sequence[tuple[_Token, _Token, str]],
    areas: Iterable[str],
) -> Named:
    meant = [f for f in found if not re.search(r"\bnot\s+$", text[: f[0].start], re.IGNORECASE)]
    named = {area for _, _, area in meant or found}
    return Named(
        councils=tuple(c for c in held if area_of(c) in named),
        strangers=tuple(sorted(named - set(areas))),
        typed=tuple(text[first.start : last.end] for first, last, _ in found),
    )


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(
            m[0], "and" if m[0] == "&" else _POSSESSIVE.sub("", m[0].lower()), m.start(), m.end()
        )
        for m in _TOKEN.finditer(text)
    ]


def _longest(
    tokens: Sequence[_Token],
    at: int,
    text: str,
    ours: _Names,
    others: _Names,
    explained: Callable[[str], bool],
) -> tuple[int, str]:
    """(how many words from one on name a place, the place); 0 and "" where none do."""
    of_a_person = at > 0 and tokens[at - 1].low in _TITLES
    if len(tokens[at].low) == 1 and (of_a_person or not tokens[at].capital):
        return 0, ""  # "T Wells", but not "t wells" nor "Cllr T Wells"
    first = _in_full(tokens[at].low)[0]
    most = max(
        names.longest.get(word, 0)
        for names in (ours, others)
        for word in (first, first.removesuffix("s"))
    )
    for size in range(min(most, len(tokens) - at), 0, -1):
        run = tokens[at : at + size]
        said = tuple(word for token in run for word in _in_full(token.low))
        if (area := _of_form(said, ours)) and _meant(run, area, text):
            return size, area
        if (area := _of_form(said, others)) and _is_council(tokens, at, size, area, text):
            return size, area
    return _by_initials(tokens[at], ours, others, explained)


def _of_form(said: tuple[str, ...], names: _Names) -> str:
    """The place that words name, with the s of a possessive or without; "" where none."""
    owned = (*said[:-1], said[-1].removesuffix("s"))
    found = names.forms.get(said) or names.forms.get(owned, ())
    return found[0] if found else ""


def _by_initials(
    token: _Token, ours: _Names, others: _Names, explained: Callable[[str], bool]
) -> tuple[int, str]:
    joined = "&" in token.typed
    letters = token.low.replace("&", "")
    if not (joined or token.typed.rstrip("s").isupper()) or len(letters) < 2:
        return 0, ""
    own = len(letters) >= _LEAST_WITH_AND and letters in ours.initials
    brief = len(letters) < _LEAST_INITIALS and letters in ours.initials and not joined
    if brief and not (letters in _EVERYDAY or explained(letters) or _is_term(letters)):
        own = token.typed.isupper()
    if not (joined or own) and (
        len(letters) < _LEAST_INITIALS or explained(letters) or _is_term(letters)
    ):
        return 0, ""
    areas = ours.initials.get(letters) or others.initials.get(letters, ())
    return (1, areas[0]) if len(areas) == 1 else (0, "")


def _is_term(letters: str) -> bool:
    return any(word in terms() for word in words(letters))


def _in_full(word: str) -> tuple[str, ...]:
    return tuple(gazetteer().words.get(word, word).replace("&", " ").split())


def _meant(run: Sequence[_Token], area: str, text: str) -> bool:
    """Whether a name that is a word too is meant as the name of a place."""
    if area not in gazetteer().also or run[0].capital:
        return True
    return _asked_of(run[0], text) and not _cased(_tokens(text))


def _cased(tokens: Sequence[_Token]) -> bool:
    """Whether whoever typed them puts capitals to names; those of months tell nothing."""
    return any(t.titled and t.low[:3] not in _MONTHS for t in tokens[1:])


def _asked_of(token: _Token, text: str) -> bool:
    before = text[: token.start].lower().split()
    return bool(before) and before[-1] in _ASKED_OF


def _is_council(tokens: Sequence[_Token], at: int, size: int, area: str, text: str) -> bool:
    """Whether a place's name is said of its council, not of a person, a street or a school."""
    run = tokens[at : at + size]
    if not run[0].capital:
        if _cased(tokens) or area in gazetteer().also or (size == 1 and _is_ordinary(run[0].low)):
            return False
    elif area in gazetteer().also and not (at == 0 or _asked_of(run[0], text)):
        return False
    before = tokens[at - 1] if at else None
    after = tokens[at + size] if at + size < len(tokens) else None
    if after and after.low in _OF_A_PLACE:
        return False
    if before is None or text[before.end : run[0].start].strip():
        return True
    person = before.low in _TITLES or (before.titled and at > 1)
    of_a_place = at > 1 and before.low == "of" and tokens[at - 2].low in _OF_A_PLACE
    return not (person or of_a_place)


def _is_ordinary(word: str) -> bool:
    """Whether a word in small letters is more likely one of the language than a name."""
    return word in _COMPASS or not words(word) or is_verb(word) or _is_term(word)


@lru_cache(maxsize=64)
def _held(councils: tuple[str, ...]) -> _Names:
    return _arranged((area_of(council), council) for council in councils)


@cache
def _others() -> _Names:
    places = gazetteer()
    names = _arranged((place, _formal(place)) for place in places.councils)
    short = {tuple(_split(name)): (place,) for name, place in places.short.items()}
    return _indexed({**names.forms, **short}, names.initials)


def _indexed(
    forms: Mapping[tuple[str, ...], tuple[str, ...]], initials: Mapping[str, tuple[str, ...]]
) -> _Names:
    longest: dict[str, int] = {}
    for form in forms:
        longest[form[0]] = max(len(form), longest.get(form[0], 0))
    return _Names(forms, initials, longest)


def _arranged(named: Iterable[tuple[str, str]]) -> _Names:
    """Places by their forms; `named` are places with the formal names of their councils."""
    pairs = list(named)
    forms: dict[tuple[str, ...], list[str]] = {}
    for area, _ in pairs:
        forms.setdefault(tuple(_split(area)), []).insert(0, area)
    for area, _ in pairs:
        for form in (*_shorter(area), *_with_initial(area)):
            forms.setdefault(form, []).append(area)
    long = {
        letters: areas
        for letters, areas in _initials_of(pairs).items()
        if len(letters) >= _LEAST_INITIALS or len(areas) == 1
    }
    return _indexed({form: tuple(areas) for form, areas in forms.items()}, long)


def _formal(place: str) -> str:
    """A place as its council's full name has it where that is a borough of London or royal."""
    seats = gazetteer().seats
    return next((f"{seat} of {place}" for seat, of in seats.items() if place in of), place)


def _split(name: str) -> list[str]:
    flat = _POSSESSIVE.sub("", name.lower().replace("&", " and ").replace("’", "'"))
    return [part.strip("',.") for part in re.split(r"[\s-]+", flat.replace("'s ", " ")) if part]


def _shorter(area: str) -> Iterator[tuple[str, ...]]:
    """What a place is called for short: what stands before the first link in its name."""
    parts = _split(area)
    for i, part in enumerate(parts[1:], 1):
        lead = tuple(parts[:i])
        if part in _LINKS and len("".join(lead)) >= _LEAST_LETTERS and lead[0] not in _COMPASS:
            yield lead
            return
        if part == "of" and i >= _OF_A_REGION:
            yield lead
            return
        if part in _LINKS and i >= _OF_A_REGION:
            yield lead
            return


def _with_initial(area: str) -> Iterator[tuple[str, ...]]:
    """A place of several words with the first cut to its letter: "T Wells"."""
    first, *rest = _split(area)
    cut = len(first) >= _LEAST_LETTERS and first not in _COMPASS and first[0] not in _ONE_LETTER
    if cut and rest and rest[0] not in _SMALL and len("".join(rest)) >= _LEAST_LETTERS:
        yield (first[0], *rest)


def _initials_of(named: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Places by the first letters of their names, with and without those of the small words."""
    found: dict[str, dict[str, None]] = {}
    for area, formal in named:
        for name in {area, formal}:
            parts = _split(name)
            every = "".join(part[0] for part in parts)
            main = "".join(part[0] for part in parts if part not in _SMALL)
            spelt = "".join(part[0] for part in parts if part not in _SMALL - {"and"})
            for letters in {main} | {a for a in (every, spelt) if len(a) >= _LEAST_WITH_AND}:
                if len(letters) > 1:
                    found.setdefault(letters, {}).setdefault(area)
    return {letters: tuple(areas) for letters, areas in found.items()}


def _cut_short(
    token: _Token, areas: Sequence[str], cased: bool, known: Callable[[str], bool]
) -> list[str]:
    """The places held that a word is a short form or a misspelling of: "Worcs", "Torfean"."""
    low = token.low
    if len(low) < _LEAST_LETTERS or (cased and not token.capital) or _is_ordinary(low):
        return []
    spoken_of = not token.capital and not low.endswith("s") and any(map(known, words(low)))
    shortened = [area for area in areas if not spoken_of and _shortens(low, area.lower())]
    if shortened:  # but "high needs" are not Highland's
        return shortened
    slips = [area for area in areas if _misspells(low, area.lower())]
    meant = slips and len(low) >= _EASILY_MISSPELT and not any(map(known, words(low)))
    return slips if meant else []


def _shortens(token: str, area: str) -> bool:
    if len(area) < 8 or token[:3] != area[:3]:
        return False
    short = token.removesuffix("s")
    prefix = len(short) >= 4 and area.startswith(short) and len(token) <= len(area) - 3
    rest = iter(area)
    skeleton = token.endswith("s") and len(token) <= 6 and all(char in rest for char in token)
    return prefix or skeleton


def _misspells(token: str, area: str) -> bool:
    """Whether a word is a place's name but for a slip of the keyboard, two in a long one."""
    typed = f"{token}ugh" if token.endswith("boro") else token
    slips = 1 + (len(area) >= _LONG)
    return typed[0] == area[0] and 0 < OSA.distance(typed, area, score_cutoff=slips) <= slips
