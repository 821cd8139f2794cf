"""Which words are near in meaning: "killed" and "fatal", "prize" and "award".

By the cosine of the vectors that all-MiniLM-L6-v2 gives to words alone, less the mean of all. They
stand in `nearness.npz` (`python -m benchmarks.nearness`), so that no question waits for the model.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from assistant.question.understand import Query
from indicators.catalogue import terms

LEAST, AS_GOOD = 0.3, 0.6
"""Below the one, two words have nothing to do with each other; above the other, all."""


@lru_cache(maxsize=1_000)
def near(word: str) -> Mapping[str, float]:
    """The stems near to a stem, by their cosine of at least `LEAST`; none to one not known."""
    known, names, vectors = _table()
    at = known.get(word)
    if at is None:
        return {}
    cosines = vectors @ vectors[at]
    return {names[i]: float(cosines[i]) for i in np.flatnonzero(cosines >= LEAST) if i != at}


def near_as_told(word: str, held: frozenset[str]) -> float:
    """How well some stems say what a stem says, by the nearest of them, 0 to 1."""
    if word in held:
        return 1.0
    others = near(word)
    nearest = max((others[one] for one in others.keys() & held), default=LEAST)
    return min(1.0, (nearest - LEAST) / (AS_GOOD - LEAST))


def names_of(query: Query) -> frozenset[str]:
    """The words of a question that name somebody or some place: no other word says the same."""
    return frozenset(query.names) - terms().keys()


@cache
def _table() -> tuple[Mapping[str, int], tuple[str, ...], npt.NDArray[np.float32]]:
    """Where each stem stands, the stems, and their vectors at unit length."""
    with files("assistant.minutes").joinpath("nearness.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        names = tuple(str(kept["stems"]).split("\n"))
        vectors = kept["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return {name: i for i, name in enumerate(names)}, names, vectors
