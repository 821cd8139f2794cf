"""What a language model may add: another reading of a question, and words for what was found.

It chooses from what is held and words what is quoted. Figures never pass through it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field, create_model

from assistant.answer import Asked, Outcome, Route
from assistant.drafts import Draft, Statement
from assistant.grounding import upheld
from assistant.language_model import prompts
from assistant.language_model.model import LanguageModel, ModelFailed
from assistant.question.cues import Operation, Wanted
from assistant.question.understand import Held, Query, understand

Drafted = Callable[[Query], tuple[Route, Draft]]
_TURNS = 6
_LONGEST_QUOTES = 6_000


class _Sentence(BaseModel):
    """A sentence with the numbers of the quotes that it rests on."""

    text: str = Field(max_length=600)
    quotes: list[int] = Field(min_length=1)


class Wording(BaseModel):
    """The answer in one to four sentences; none where the quotes don't answer."""

    sentences: list[_Sentence] = Field(max_length=4)


@dataclass(frozen=True, slots=True)
class Helped:
    """An answer, maybe in the making, and the model that had a part in it."""

    route: Route
    draft: Draft
    model: str = "none"


def help_with(
    model: LanguageModel,
    asked: Asked,
    query: Query,
    found: Helped,
    held: Held,
    drafted: Drafted,
) -> Iterator[Helped]:
    """What a model makes of it: another reading where nothing was found, and words.

    Each begins as the one before it; the last is whole. Where the model fails, what was found
    without it stands, with a note.
    """
    try:
        if found.draft.outcome is Outcome.NOT_FOUND and found.route is Route.NONE:
            again = read_again(model, asked, held)
            found = _read_as(again, replace(found, model=model.name), drafted)
        if found.draft.outcome is Outcome.ANSWERED and not found.draft.figures:
            draft, withheld = worded(model, query.text, found.draft)
            used = model.name + (f" ({withheld} withheld)" if withheld else "")
            found = Helped(found.route, draft, used)
    except ModelFailed as failure:
        note = Statement(
            f"The language model {model.name} was not used: {failure}. "
            "This is the answer without it."
        )
        told = (*found.draft.statements, note)
        found = replace(found, draft=replace(found.draft, statements=told))
    yield found


def _read_as(again: Query, found: Helped, drafted: Drafted) -> Helped:
    """The answer to another reading, which is shown, where that finds one."""
    route, draft = drafted(again)
    if draft.outcome is not Outcome.ANSWERED:
        return found
    lead = Statement(f"Read as: “{again.text}”", labels=again.text)
    return Helped(route, replace(draft, statements=(lead, *draft.statements)), found.model)


def read_again(model: LanguageModel, asked: Asked, held: Held) -> Query:
    """The question as the model understands it, from closed sets; raises ModelFailed."""
    earlier = [(turn.role, turn.content) for turn in asked.history[-_TURNS:]]
    reading: Any = model.fill(_schema(held), prompts.READ, prompts.reading(asked.question, earlier))
    query = understand(reading.standalone, (), asked.scope, held, asked.today)
    councils = tuple(c.value for c in reading.councils)
    return replace(
        query,
        route=Route.INDICATOR if reading.route == "figures" else Route.MINUTES,
        operation=Operation(reading.operation),
        wanted=Wanted(reading.wanted),
        councils=asked.scope.councils or councils or query.councils,
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
