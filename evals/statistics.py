"""How sure a rate is, and whether two runs differ by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

SEED = 20240711
RESAMPLES = 2_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval; both ends are included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many, with the interval of the share; `share` is None of nothing."""

    count: int
    of: int
    interval: Interval | None

    @property
    def share(self) -> float | None:
        """The share, or None where there was nothing to count."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Flips:
    """A paired comparison: what was gained and lost, and how likely chance alone is."""

    gained: int
    lost: int
    difference: float
    interval: Interval | None
    p_value: float


def rate(passed: Sequence[bool]) -> Rate:
    """The share of `passed` with its interval."""
    return Rate(sum(passed), len(passed), proportion_interval(passed))


def proportion_interval(passed: Sequence[bool]) -> Interval | None:
    """Bootstrap interval of a share; where all cases agree, the exact binomial one.

    Resampling cases that all agree can't vary and would claim certainty from three cases.
    """
    if not passed:
        return None
    bound = float(((1 - LEVEL) / 2) ** (1 / len(passed)))
    if all(passed):
        return Interval(bound, 1.0)
    if not any(passed):
        return Interval(0.0, 1 - bound)
    return mean_interval([float(value) for value in passed])


def mean_interval(values: Sequence[float]) -> Interval | None:
    """Percentile bootstrap interval of a mean: the same values always give the same one."""
    if not values:
        return None
    drawn = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    means = np.asarray(values, dtype=float)[drawn].mean(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))


def paired(before: Sequence[bool], after: Sequence[bool]) -> Flips:
    """What changed between two runs of the same cases, case by case."""
    if len(before) != len(after):
        raise ValueError("paired runs must hold the same cases")
    changes = [int(new) - int(old) for old, new in zip(before, after, strict=True)]
    gained, lost = changes.count(1), changes.count(-1)
    return Flips(
        gained=gained,
        lost=lost,
        difference=sum(changes) / len(changes) if changes else 0.0,
        interval=mean_interval([float(change) for change in changes]),
        p_value=sign_test(gained, lost),
    )


def sign_test(gained: int, lost: int) -> float:
    """Exact two-sided McNemar (sign) test: the chance of flips at least so one-sided."""
    flips = gained + lost
    tail = sum(comb(flips, k) for k in range(min(gained, lost) + 1))
    return float(min(1.0, 2 * tail / 2**flips))


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` of the values lie, interpolated; None of nothing."""
    return float(np.quantile(values, share)) if values else None
