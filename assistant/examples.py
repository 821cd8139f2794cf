"""Questions to try on the demonstration papers; the README lists the same ones."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the council whose papers answer it."""

    question: str
    council: str


EXAMPLES: tuple[Example, ...] = ()


def examples_for(councils: Collection[str]) -> tuple[str, ...]:
    """The questions that papers of these councils can answer."""
    return tuple(example.question for example in EXAMPLES if example.council in councils)
