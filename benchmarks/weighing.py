"""Chooses the weights of search: the passages with evidence are to come before the others.

The weights make the evidence likely (a softmax over each question's passages), drawn to nought
by a small penalty; what can only speak for a passage gets no weight below nought. They are
checked on councils that they weren't chosen on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.passages.ranking import FEATURES, Features
from benchmarks.evidence import Found, Question
from ingest.finding import IndexedPassage

Floats = npt.NDArray[np.float64]

NAMES = FEATURES
_PENALTY = 1e-3
_STEPS = 600
_PACE = 0.1
_ANY_SIGN = frozenset({"thin"})


@dataclass(frozen=True, slots=True)
class Pool:
    """A question's passages, a row of features for each, and which of them hold evidence."""

    question: Question
    found: tuple[Found, ...]
    features: Floats
    holds: npt.NDArray[np.bool_]

    def ranked(self, weights: Floats) -> list[Found]:
        """What was found, best first."""
        order = np.argsort(-(self.features @ weights), kind="stable")
        return [self.found[i] for i in order]


def pool(question: Question, weighed: Sequence[tuple[IndexedPassage, Features]]) -> Pool:
    """The pool of a question, from what search weighed."""
    found = tuple(Found.of(held.passage) for held, _ in weighed)
    return Pool(
        question,
        found,
        np.array([features.values() for _, features in weighed]).reshape(-1, len(NAMES)),
        np.array([any(p.within(one) for p in question.pieces) for one in found], bool),
    )


def fitted(pools: Sequence[Pool], used: Sequence[str] = NAMES) -> Floats:
    """The weights of the features used; the others get nought."""
    useful = [p for p in pools if p.holds.any()]
    longest = max(len(p.found) for p in useful)
    rows = np.zeros((len(useful), longest, len(NAMES)))
    held = np.zeros((len(useful), longest), bool)
    real = np.zeros((len(useful), longest), bool)
    for i, p in enumerate(useful):
        rows[i, : len(p.found)], held[i, : len(p.found)] = p.features, p.holds
        real[i, : len(p.found)] = True
    allowed = np.array([name in used for name in NAMES])
    signed = np.array([name in _ANY_SIGN for name in NAMES])
    weights, speed, size = (np.zeros(len(NAMES)) for _ in range(3))
    for step in range(1, _STEPS + 1):
        slope = _slope(rows, held, real, weights) + 2 * _PENALTY * weights
        # Adam: each weight moves at its own pace.
        speed = 0.9 * speed + 0.1 * slope
        size = 0.999 * size + 0.001 * slope**2
        pace = _PACE * min(1.0, 2 * (1 - step / _STEPS))
        move = speed / (1 - 0.9**step) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
        weights = np.where(allowed, weights - pace * move, 0.0)
        weights = np.where(signed, weights, np.maximum(weights, 0.0))
    return weights


def _slope(
    rows: Floats, held: npt.NDArray[np.bool_], real: npt.NDArray[np.bool_], weights: Floats
) -> Floats:
    worth = np.where(real, rows @ weights, -np.inf)
    chance = np.exp(worth - worth.max(axis=1, keepdims=True))
    every = chance / chance.sum(axis=1, keepdims=True)
    right = chance * held
    right = right / np.maximum(right.sum(axis=1, keepdims=True), 1e-300)
    slope: Floats = np.einsum("qp,qpf->f", every - right, rows) / len(rows)
    return slope


def checked(
    pools: Sequence[Pool], used: Sequence[str] = NAMES
) -> Callable[[Question], list[Found]]:
    """A search in which each council's questions meet weights chosen on the others'."""
    councils = sorted({p.question.council for p in pools})
    weights = {
        council: fitted([p for p in pools if p.question.council != council], used)
        for council in councils
    }
    ranked = {p.question.id: p.ranked(weights[p.question.council]) for p in pools}
    return lambda question: ranked[question.id]
