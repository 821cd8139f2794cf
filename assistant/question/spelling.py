"""What a person typed and the papers spell otherwise: acronyms, and slips of the keyboard."""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from assistant.question.claim import is_past, is_verb
from indicators.catalogue import terms, words

_VOWEL = re.compile("[aeiou]")
_SHORTEST, _LONGEST = 2, 5
_SLIP = 88
_LONG_ENOUGH = 5
_TYPED = re.compile(r"\b[^\W\d_]{6,}\b")
_ASKED_WITH = frozenset(
    """percentage proportion number average highest lowest target compare compared difference
    between decision decided agreed approved resolved recommended recommendation outstanding
    attended apologies minutes meeting quarter months january february august september october
    november december figures children people councillor committee scrutiny
    cabinet""".split()  # noqa: SIM905
)
_LETTERS = 3  # whose words are kept


class Spelling:
    """The vocabulary of the papers held."""

    def __init__(
        self,
        holds: Callable[[str], bool],
        beginning: Callable[[str], Iterable[str]],
        named: Callable[[str], str | None],
    ) -> None:
        """What the papers tell of words: `holds` whether they hold one.

        `beginning` gives those that begin with a letter, `named` the commonest name with some
        initials.
        """
        self._holds = holds
        self._beginning = lru_cache(maxsize=_LETTERS)(lambda letter: _long(beginning(letter)))
        self._named = named
        self._mend = lru_cache(maxsize=2_000)(self._mended)
        self._initials = lru_cache(maxsize=2_000)(self._in_full)

    def mended(self, word: str, typed: str = "") -> tuple[str, ...]:
        """The stems that a stem which no paper holds stands for; itself where none fits.

        It may be an acronym if `typed`, the question, has it in capitals, or if it can't be spoken.
        """
        short = bool(re.search(rf"\b{re.escape(word.upper())}\b", typed)) or not _VOWEL.search(word)
        return (word,) if self._holds(word) else self._mend(word, short)

    def holds(self, word: str) -> bool:
        """Whether the papers have a word, by its stem."""
        return self._holds(word)

    def explains(self, letters: str) -> bool:
        """Whether the papers have a name that some letters are the initials of."""
        return bool(self.in_full(letters))

    def typed_right(self, text: str) -> str:
        """A question without slips of the keyboard in the words that measures and dates are put in.

        A word that the papers hold is none, nor a verb; nor is one that is a slip from two of them.
        """
        return _TYPED.sub(lambda match: self._righted(match.group()), text)

    def _righted(self, typed: str) -> str:
        low = typed.lower()
        if low in _common_words() or is_verb(low) or is_past(low):
            return typed
        near = [
            word
            for word in _common_words()
            if word[0] == low[0] and OSA.distance(low, word, score_cutoff=1) == 1
        ]
        slip = len(near) == 1 and not any(self._holds(stem) for stem in words(low))
        return near[0] if slip else typed

    def in_full(self, letters: str) -> tuple[str, ...]:
        """The stems of the name that an acronym is most often the initials of; none if it isn't."""
        return self._initials(letters.lower())

    def _in_full(self, letters: str) -> tuple[str, ...]:
        name = self._named(letters)
        return words(name) if name else ()

    def _mended(self, word: str, short: bool) -> tuple[str, ...]:
        fits = short and _SHORTEST <= len(word) <= _LONGEST
        if fits and (full := self._initials(word)):
            return full
        if len(word) < _LONG_ENOUGH or not word.isalpha():
            return (word,)
        near = [
            w
            for w in self._beginning(word[0])
            if abs(len(w) - len(word)) <= 1 and not (w.startswith(word) or word.startswith(w))
        ]
        best = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=_SLIP)
        return (best[0],) if best else (word,)


@cache
def _common_words() -> frozenset[str]:
    """The longer words of the catalogue's names, and those that questions are asked with."""
    names = (name for term in terms().values() for name in term.names)
    parts = {part for name in names for part in re.findall(r"[a-z]{6,}", name.lower())}
    return frozenset(parts | {word for word in _ASKED_WITH if len(word) > _LONG_ENOUGH})


def _long(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(w for w in found if len(w) >= _LONG_ENOUGH - 1 and w.isalpha()))
