"""What a person typed and the papers spell otherwise: acronyms, and slips of the keyboard."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from indicators.catalogue import words

_RUN = re.compile(r"\b[A-Z][a-z’']+(?:(?: (?:and|of|for|the|to|in|&))? [A-Z][a-z’']+){1,5}")
_SMALL = frozenset(["and", "of", "for", "the", "to", "in", "&"])
_VOWEL = re.compile("[aeiou]")
_ARTICLES = ("The", "A", "An", "Our", "Its")
_SHORTEST, _LONGEST = 2, 5
_SLIP = 88
_LONG_ENOUGH = 5


class Spelling:
    """The vocabulary of the papers held."""

    def __init__(self, texts: Iterable[str], vocabulary: Iterable[str]) -> None:
        self._texts = texts
        self._known = frozenset(vocabulary)
        self._long = sorted(w for w in self._known if len(w) >= _LONG_ENOUGH - 1 and w.isalpha())
        self._mend = lru_cache(maxsize=2_000)(self._mended)

    @cached_property
    def _initials(self) -> Mapping[str, tuple[str, ...]]:
        return _initials(self._texts)

    def mended(self, word: str, typed: str = "") -> tuple[str, ...]:
        """The stems that a stem which no paper holds stands for; itself where none fits.

        It may be an acronym if `typed`, the question, has it in capitals, or if it can't be spoken.
        """
        short = bool(re.search(rf"\b{re.escape(word.upper())}\b", typed)) or not _VOWEL.search(word)
        return (word,) if word in self._known else self._mend(word, short)

    def in_full(self, letters: str) -> tuple[str, ...]:
        """The stems of the name that an acronym is most often the initials of; none if it isn't."""
        return self._initials.get(letters.lower(), ())

    def _mended(self, word: str, short: bool) -> tuple[str, ...]:
        fits = short and _SHORTEST <= len(word) <= _LONGEST
        if fits and (full := self._initials.get(word)):
            return full
        if len(word) < _LONG_ENOUGH or not word.isalpha():
            return (word,)
        near = [
            w
            for w in self._long
            if w[0] == word[0]
            and abs(len(w) - len(word)) <= 1
            and not (w.startswith(word) or word.startswith(w))
        ]
        best = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=_SLIP)
        return (best[0],) if best else (word,)


def _initials(texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Acronyms of the capitalised names in texts, with the stems of the commonest such name."""
    counts: dict[str, dict[str, int]] = {}
    for text in texts:
        for match in _RUN.finditer(text):
            parts = match.group().split()
            parts = parts[1:] if parts[0] in _ARTICLES and len(parts) > 2 else parts
            short = "".join(p[0] for p in parts if p not in _SMALL).lower()
            full = "".join(p[0] for p in parts).lower()
            for letters in {short, full}:
                if _SHORTEST < len(letters) <= _LONGEST:
                    held = counts.setdefault(letters, {})
                    held[" ".join(parts)] = held.get(" ".join(parts), 0) + 1
    return {
        letters: words(max(names, key=lambda name: names[name]))
        for letters, names in counts.items()
    }
