"""Short and long names that the papers themselves give to one thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.catalogue import terms, words
from ingest.abbreviations import Abbreviation

_READINGS = 2  # of a short name, the commonest: "CL" may be care leavers, or county lines


@dataclass(frozen=True, slots=True)
class Alias:
    """Words of a question, and words that say the same where a passage holds all of them.

    `long` is the long name where the question has the short one.
    """

    asked: frozenset[str]
    held: frozenset[str]
    long: str | None = None


@dataclass(frozen=True, slots=True)
class Aliases:
    """Every short name's word with its long names, and every long name's words with its word."""

    longs: Mapping[str, tuple[tuple[frozenset[str], str], ...]]
    shorts: Mapping[frozenset[str], str]

    def of(self, asked: Sequence[str]) -> tuple[Alias, ...]:
        """The aliases of a question's words."""
        found = [
            Alias(frozenset((word,)), held, long)
            for word in dict.fromkeys(asked)
            for held, long in self.longs.get(word, ())[:_READINGS]
        ]
        said = frozenset(asked)
        found += [
            Alias(held, frozenset((short,)))
            for held, short in self.shorts.items()
            if held <= said and short not in said
        ]
        return tuple(found)


def aliases_of(abbreviations: Iterable[Abbreviation]) -> Aliases:
    """What papers explain and the catalogue doesn't know already."""
    longs: dict[str, dict[frozenset[str], str]] = {}
    shorts: dict[frozenset[str], str] = {}
    for one in abbreviations:
        short, held = words(one.short), frozenset(words(one.long))
        if len(short) != 1 or short[0] in terms() or short[0] in held or len(held) < 2:
            continue
        longs.setdefault(short[0], {}).setdefault(held, one.long)
        shorts.setdefault(held, short[0])
    return Aliases({short: tuple(held.items()) for short, held in longs.items()}, shorts)
