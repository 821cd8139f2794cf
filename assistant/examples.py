"""Questions to try on the demonstration papers; the README lists the same ones."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the council whose papers answer it."""

    question: str
    council: str


_AVERONSHIRE = "Averonshire County Council"
_CASTLEBOURNE = "Castlebourne City Council"

EXAMPLES = (
    Example("How many children were looked after in Averonshire in March 2024?", _AVERONSHIRE),
    Example(
        "How did dental checks in Averonshire change between June 2023 and May 2024?", _AVERONSHIRE
    ),
    Example(
        "What did Averonshire's Corporate Parenting Board decide about bus passes?", _AVERONSHIRE
    ),
    Example("Did Averonshire's health assessments meet their target in May 2024?", _AVERONSHIRE),
    Example("Who was to check the July 2023 count in Castlebourne, and by when?", _CASTLEBOURNE),
    Example("Who chaired Averonshire's Corporate Parenting Board on 9 May 2024?", _AVERONSHIRE),
    Example(
        "How did children looked after per 10,000 in Averonshire compare with England in May 2024?",
        _AVERONSHIRE,
    ),
    Example("Which month in 2023 had the most missing incidents in Averonshire?", _AVERONSHIRE),
    Example("What is outstanding on the Tanyard dental session in Castlebourne?", _CASTLEBOURNE),
    Example("How many teachers work in Averonshire?", _AVERONSHIRE),
)


def examples_for(councils: Collection[str]) -> tuple[str, ...]:
    """The questions that papers of these councils can answer."""
    return tuple(example.question for example in EXAMPLES if example.council in councils)
