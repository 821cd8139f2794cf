"""What a language model may add: another reading of a question, and words for what was found.

It chooses from what is held and words what is quoted. Figures never pass through it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field, create_model

from assistant.answer import Outcome, Route, Scope, Turn
from assistant.drafts import Draft, Statement
from assistant.grounding import upheld
from assistant.language_model import prompts
from assistant.language_model.model import LanguageModel
from assistant.question.cues import Operation, Wanted
from assistant.question.understand import Held, Query, understand

_TURNS = 6
_LONGEST_QUOTES = 6_000


class _Sentence(BaseModel):
    """A sentence with the numbers of the quotes that it rests on."""

    text: str = Field(max_length=600)
    quotes: list[int] = Field(min_length=1)


class Wording(BaseModel):
    """The answer in one to four sentences; none where the quotes don't answer."""

    sentences: list[_Sentence] = Field(max_length=4)


def read_again(
    model: LanguageModel,
    question: str,
    history: Sequence[Turn],
    scope: Scope,
    held: Held,
    today: date,
) -> Query:
    """The question as the model understands it, from closed sets; raises ModelFailed."""
    earlier = [(turn.role, turn.content) for turn in history[-_TURNS:]]
    reading: Any = model.fill(_schema(held), prompts.READ, prompts.reading(question, earlier))
    query = understand(reading.standalone, (), scope, held, today)
    councils = tuple(c.value for c in reading.councils)
    return replace(
        query,
        route=Route.INDICATOR if reading.route == "figures" else Route.MINUTES,
        operation=Operation(reading.operation),
        wanted=Wanted(reading.wanted),
        councils=scope.councils or councils or query.councils,
    )


def worded(model: LanguageModel, question: str, draft: Draft) -> tuple[Draft, int]:
    """The draft with the model's words before it, and how many sentences were withheld.

    A sentence that names a quote which isn't there, or that its quotes don't uphold, is withheld.
    Raises ModelFailed.
    """
    found = [s for s in draft.statements if s.sources]
    if draft.outcome is not Outcome.ANSWERED or draft.figures or not found:
        return draft, 0
    quotes = [" ".join(source.quote for source in s.sources) for s in found]
    kept: list[Statement] = []
    said = model.fill(Wording, prompts.WORD, prompts.wording(question, _short(quotes)))
    for sentence in said.sentences:
        if all(1 <= number <= len(found) for number in sentence.quotes):
            sources = tuple(x for n in dict.fromkeys(sentence.quotes) for x in found[n - 1].sources)
            statement = Statement(" ".join(sentence.text.split()), sources)
            if upheld(statement):
                kept.append(statement)
    return replace(draft, statements=(*kept, *draft.statements)), len(said.sentences) - len(kept)


def _short(quotes: Sequence[str]) -> list[str]:
    each = _LONGEST_QUOTES // max(1, len(quotes))
    return [quote[:each] for quote in quotes]


def _schema(held: Held) -> type[BaseModel]:
    """The form of a reading; councils are those held and no others."""
    council = StrEnum("Council", {f"c{i}": name for i, name in enumerate(held.councils)})  # type: ignore[misc]
    kinds = StrEnum("Kind", {kind.name: kind.value for kind in Wanted})  # type: ignore[misc]
    operations = StrEnum("Work", {one.name: one.value for one in Operation})  # type: ignore[misc]
    routes = StrEnum("Papers", {"figures": "figures", "minutes": "minutes"})  # type: ignore[misc]
    return create_model(
        "Reading",
        __doc__="How a question is to be understood.",
        standalone=(str, Field(max_length=400)),
        route=(routes, ...),
        operation=(operations, ...),
        wanted=(kinds, ...),
        councils=(list[council], Field(default_factory=list)),
    )
