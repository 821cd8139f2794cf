"""What a reply chooses: "the city please", "the first one", "2", after several were named.

A bare choice asks nothing of its own: it is the question before, asked of what was chosen.
"""

import re
from collections.abc import Callable, Sequence

from ingest.areas import area_of

ASKED_WHICH = re.compile(r"\bdo you mean\b|\bname one of them\b|\bMore than one \w+ fits\b")
_FILLING = frozenset(
    """the a in for of at i mean meant just only that that's thats its it's it is please thanks
    thank you ok okay yes no sorry council county borough city metropolitan district london one
    option number choice would like want about what how and""".split()  # noqa: SIM905
)
_PLACES = {
    **{word: i for i, word in enumerate(("first", "second", "third", "fourth", "fifth"))},
    **{word: i for i, word in enumerate(("1st", "2nd", "3rd", "4th", "5th"))},
    **{str(i + 1): i for i in range(9)},
    "former": 0,
    "latter": -1,
    "last": -1,
}
_NUMBERS = {"one": 0, "two": 1, "three": 2, "four": 3, "five": 4}
_TOKEN = re.compile(r"[\w'’-]+")


def chosen_council(
    reply: str, told: str, councils: Sequence[str], named: Callable[[str, str], bool]
) -> str | None:
    """The council that a reply is a bare choice of: by name, or by its place in what was told.

    `named` says whether a text names an area, shortened or in full.
    """
    tokens = [token.lower() for token in _TOKEN.findall(reply)]
    by_name = [c for c in councils if named(area_of(c), reply)]
    if len(by_name) == 1:
        theirs = {part.lower() for part in _TOKEN.findall(by_name[0])}
        rest = [t for t in tokens if t not in _FILLING and t not in theirs]
        return by_name[0] if all(named(area_of(by_name[0]), t) for t in rest) else None
    if not ASKED_WHICH.search(told):
        return None
    offered = sorted((c for c in councils if c in told), key=told.index)
    place = _place(tokens)
    if place is None or len(offered) < 2 or not -1 <= place < len(offered):
        return None
    return offered[place]


def chosen_measure(reply: str, told: str) -> str | None:
    """The measure that a reply chooses by its place among those told, as it was printed."""
    place = _place([token.lower() for token in _TOKEN.findall(reply)])
    if place is None or not re.search(r"\bMore than one \w+ fits\b", told):
        return None
    offered = [line.rpartition(": ")[0] for line in told.splitlines()[1:] if ": " in line]
    return offered[place] if -1 <= place < len(offered) else None


def _place(tokens: Sequence[str]) -> int | None:
    """The place in a list that a reply says and nothing else."""
    said = [token for token in tokens if token in _PLACES]
    rest = [token for token in tokens if token not in _FILLING and token not in _PLACES]
    if len(said) == 1 and not rest:
        return _PLACES[said[0]]
    if not said and rest and len(rest) == 1 and rest[0] in _NUMBERS:
        return _NUMBERS[rest[0]]
    return _NUMBERS["one"] if tokens == ["one"] else None
