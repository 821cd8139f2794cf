"""Limits that a run must keep: "right=0.5", "wrong<=0.1"."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.errors import BoardPapersError

_FORM = re.compile(r"\s*([a-z0-9_]+)\s*(>=|<=|=)\s*(\d+(?:\.\d+)?)\s*")
_LOWER_IS_BETTER = (
    "wrong",
    "refused_though_held",
    "answered_though_not_held",
    "error",
    "p50",
    "p95",
)


class BadThreshold(BoardPapersError):
    """A threshold that can't be read or names no figure."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure's name and the least (or, with `at_most`, the most) that it may be."""

    name: str
    limit: float
    at_most: bool

    def kept_by(self, value: float) -> bool:
        """Whether `value` keeps to it."""
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        """The threshold as it may be written."""
        return f"{self.name}{'<=' if self.at_most else '>='}{self.limit:g}"


def parse(text: str) -> Threshold:
    """Reads "right=0.5"; a plain "=" means the side that is good for that figure."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise BadThreshold(f"threshold {text!r}: write it as right=0.5, right>=0.5 or wrong<=0.1.")
    name, sign, limit = match.groups()
    at_most = sign == "<=" or (sign == "=" and name in _LOWER_IS_BETTER)
    return Threshold(name, float(limit), at_most)


def is_threshold(text: str) -> bool:
    """Whether `text` has the form of a threshold."""
    return _FORM.fullmatch(text) is not None


def broken(thresholds: Iterable[Threshold], figures: Mapping[str, float]) -> list[str]:
    """What isn't kept, a line each."""
    lines = []
    for threshold in thresholds:
        if threshold.name not in figures:
            known = ", ".join(sorted(figures))
            raise BadThreshold(f"threshold {threshold}: no figure of that name; known are {known}.")
        value = figures[threshold.name]
        if not threshold.kept_by(value):
            lines.append(f"{threshold} isn't kept: {threshold.name} is {value:.4g}")
    return lines
