"""The tools that a language model may call: closed forms, answered from what is held.

A search and a look into the register bring quotes, each under a key made of its own text; a
calculation brings a draft, of which the model is told only that it is held.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from assistant.answer import Asked, Outcome, Route
from assistant.drafts import Draft, Source, Statement
from assistant.grounding import grounded
from assistant.language_model import prompts
from assistant.minutes.quoting import quoted
from assistant.passages.search import Hit
from assistant.question.cues import Operation, Wanted
from assistant.question.understand import Held, Query, understand

_PASSAGES = 5
_LONGEST_QUOTES = 6_000
_NONE = "any"
_KINDS = (Wanted.DECISION, Wanted.RECOMMENDATION, Wanted.ACTION)


class Form(BaseModel):
    """A form whose every field is filled, and with nothing else."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Papers:
    """What may be looked up: what is held, passages, drafts of answers, texts of papers.

    `measures` are names of the catalogue's measures that figures are held of.
    """

    held: Held
    measures: Callable[[], tuple[str, ...]]
    find: Callable[[Query], Sequence[Hit]]
    drafted: Callable[[Query], tuple[Route, Draft]]
    text_of: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement with its quote, under its key."""

    key: str
    statement: Statement


class Tools:
    """The tools for one question, and what calls of them have brought.

    `calculated` is the first draft that holds a figure.
    """

    def __init__(self, asked: Asked, papers: Papers) -> None:
        self._asked = asked
        self._papers = papers
        question = understand(asked.question, asked.history, asked.scope, papers.held, asked.today)
        self._councils = question.councils
        councils = choice("Council", (_NONE, *papers.held.councils))
        self._search = _form(
            "Search", "Passages of minutes and reports.", words=str, council=councils
        )
        self._decisions = _form(
            "Decisions", "What was resolved, recommended or told to be done.",
            about=str, kind=choice("Kind", _KINDS), council=councils,
        )  # fmt: skip
        self._calculate = _form(
            "Calculate", "A figure as reported, or worked out. `when` is a month, year or empty.",
            measure=choice("Measure", papers.measures() or (_NONE,)), council=councils,
            operation=choice("Work", tuple(Operation)), when=str,
        )  # fmt: skip
        self._found: dict[str, Evidence] = {}
        self.calculated: Draft | None = None

    @property
    def forms(self) -> tuple[type[BaseModel], ...]:
        """The forms of the calls."""
        return self._search, self._decisions, self._calculate

    @property
    def found(self) -> tuple[Evidence, ...]:
        """The quotes that calls have brought, each once."""
        return tuple(self._found.values())

    def answer(self, call: Any) -> str:
        """What a call brings, in words for the model."""
        match call:
            case self._search():
                brought = self._passages(call)
            case self._decisions():
                brought = self._registered(call)
            case _:
                return self._figure(call)
        self._found |= {evidence.key: evidence for evidence in brought}
        return prompts.found(quotes_of(brought))

    def _passages(self, call: Any) -> tuple[Evidence, ...]:
        hits = self._papers.find(self._query(call.words, call.council))[:_PASSAGES]
        return keyed([quoted(hit.passage, hit.passage.units) for hit in hits], self._papers)

    def _registered(self, call: Any) -> tuple[Evidence, ...]:
        query = self._query(call.about, call.council)
        asked = replace(query, route=Route.MINUTES, wanted=Wanted(call.kind))
        _, draft = self._papers.drafted(asked)
        answered = draft.outcome is Outcome.ANSWERED
        return keyed(draft.statements if answered else (), self._papers)

    def _figure(self, call: Any) -> str:
        query = self._query(f"{call.measure} {call.when}", call.council)
        asked = replace(query, route=Route.INDICATOR, operation=Operation(call.operation))
        _, draft = self._papers.drafted(asked)
        if draft.outcome is not Outcome.ANSWERED or not draft.figures:
            return prompts.NOTHING
        self.calculated = self.calculated or draft
        return prompts.CALCULATED

    def _query(self, text: str, council: str) -> Query:
        """A query within the person's scope, of the councils that the question names, if any."""
        asked, held = self._asked, self._papers.held
        query = understand(text, (), asked.scope, held, asked.today)
        named = () if council == _NONE else (str(council),)
        return replace(query, councils=self._councils or named or query.councils)


def keyed(statements: Sequence[Statement], papers: Papers) -> tuple[Evidence, ...]:
    """Statements that have sources, their quotes cut from the papers, each under its key."""
    draft = grounded(Draft(Outcome.ANSWERED, tuple(statements), 1.0), papers.text_of)
    return tuple(Evidence(_key(s.sources), s) for s in draft.statements if s.sources)


def quotes_of(found: Sequence[Evidence]) -> dict[str, str]:
    """The quotes under their keys, shortened where they are long together."""
    each = _LONGEST_QUOTES // max(1, len(found))
    return {e.key: " ".join(s.quote for s in e.statement.sources)[:each] for e in found}


def sources_of(found: Sequence[Evidence]) -> Mapping[str, tuple[Source, ...]]:
    """The sources under their keys."""
    return {e.key: e.statement.sources for e in found}


def choice(name: str, values: Sequence[str]) -> Any:
    """A closed set of values."""
    return StrEnum(name, {f"v{i}": str(value) for i, value in enumerate(values)})


def _form(name: str, told: str, **fields: Any) -> type[BaseModel]:
    shaped: dict[str, Any] = {field: (kind, ...) for field, kind in fields.items()}
    return create_model(name, __base__=Form, __doc__=told, **shaped)


def _key(sources: Sequence[Source]) -> str:
    """A key of what is quoted: the same words at the same place have the same."""
    said = "".join(f"{s.locator.paper}\0{s.locator.start}\0{s.quote}\0" for s in sources)
    return "k" + hashlib.sha256(said.encode()).hexdigest()[:5]
