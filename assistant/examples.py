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
    Example("How many children were in care in Averonshire in March 2024?", _AVERONSHIRE),
    Example(
        "How did dental checks in Averonshire change between June 2023 and May 2024?",
        _AVERONSHIRE,
    ),
    Example(
        "What did Averonshire's Corporate Parenting Board agree about late returns in May 2024?",
        _AVERONSHIRE,
    ),
    Example("What did Castlebourne resolve about dental checks in June 2023?", _CASTLEBOURNE),
    Example(
        "Which is higher, dental checks in Averonshire or in Castlebourne in May 2024?",
        _CASTLEBOURNE,
    ),
    Example("How many children went missing in Averonshire in July 2023?", _AVERONSHIRE),
    Example("Who was to take the kinship carers' fee to Cabinet, and by when?", _AVERONSHIRE),
    Example("What is outstanding on the joint protocol on late returns?", _AVERONSHIRE),
    Example("How many CYPiC did Castlebourne have at the end of July 2024?", _CASTLEBOURNE),
    Example("How many teachers work in Averonshire?", _AVERONSHIRE),
)


def examples_for(councils: Collection[str]) -> tuple[str, ...]:
    """The questions that papers of these councils can answer."""
    return tuple(example.question for example in EXAMPLES if example.council in councils)
