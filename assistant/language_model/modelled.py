"""What a language model may add: another reading of a question, a search, and words.

It chooses from what is held and words what is quoted. Figures never pass through it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, create_model

from assistant.answer import Asked, Outcome, Route
from assistant.drafts import RULES_OF_ABSENCE, Draft, Statement
from assistant.language_model import prompts
from assistant.language_model.model import LanguageModel, ModelFailed
from assistant.language_model.tools import (
    Evidence,
    Form,
    Papers,
    Tools,
    choice,
    keyed,
    quotes_of,
    sources_of,
)
from assistant.language_model.wording import checked
from assistant.question.cues import Operation, Wanted
from assistant.question.understand import Held, Query, understand

_TURNS = 6
_LONGEST_QUESTION = 400
_TOLD = re.compile(r"\d[\d,.]*\d|\d|[^\W\d][\w’'-]*")
_FIGURE_OR_NAME = re.compile(r"\d[\d,.]*\d|\d|(?<=[a-z,;] )[A-Z][\w’'-]*")
_SEARCHED = Statement("Found by a further search of the language model:")


@dataclass(frozen=True, slots=True)
class Helped:
    """An answer, maybe in the making, and what a model had to do with it.

    `withheld` counts the sentences that didn't pass the gate, `words` those that did.
    """

    route: Route
    draft: Draft
    model: str = "none"
    words: int = 0
    withheld: int = 0

    @property
    def credit(self) -> str:
        """The model that took part, as the receipt has it."""
        return self.model + (f" ({self.withheld} withheld)" if self.withheld else "")


def help_with(
    model: LanguageModel, asked: Asked, found: Helped, papers: Papers
) -> Iterator[Helped]:
    """What a model makes of it: another reading where nothing was found, a search, and words.

    Each begins as the one before it; the last is whole. Where the model fails, what was found
    without it stands, with a note.
    """
    try:
        if RULES_OF_ABSENCE & set(found.draft.rules):
            yield from _sought(model, asked, replace(found, model=model.name), papers)
        else:
            yield from _worded(model, asked.question, found, (), papers)
    except ModelFailed as failure:
        yield _noted(found, f"The language model {model.name} was not used: {failure}.")


def read_again(model: LanguageModel, asked: Asked, held: Held) -> Query:
    """The question as the model understands it, from closed sets; raises ModelFailed."""
    earlier = [(turn.role, turn.content) for turn in asked.history[-_TURNS:]]
    reading: Any = model.fill(_form(held), prompts.READ, prompts.reading(asked.question, earlier))
    text = reading.standalone[:_LONGEST_QUESTION]
    said = " ".join((asked.question, *(content for _, content in earlier)))
    if _adds(text, said, held):
        query = understand(asked.question, asked.history, asked.scope, held, asked.today)
    else:
        query = understand(text, (), asked.scope, held, asked.today)
    councils = tuple(str(council) for council in reading.councils)
    return replace(
        query,
        route=Route.INDICATOR if reading.route == "figures" else Route.MINUTES,
        operation=Operation(reading.operation),
        wanted=Wanted(reading.wanted),
        councils=asked.scope.councils or councils or query.councils,
    )


def _adds(text: str, said: str, held: Held) -> bool:
    """Whether a reading holds a figure or a name that nobody typed and no paper's council has."""
    known = set(_TOLD.findall(" ".join((said, *held.councils, *held.committees)).casefold()))
    told = (m.group().casefold() for m in _FIGURE_OR_NAME.finditer(text))
    return not known.issuperset(told)


def _sought(model: LanguageModel, asked: Asked, found: Helped, papers: Papers) -> Iterator[Helped]:
    """What another reading of the question finds; where it finds nothing, what tools bring."""
    again = read_again(model, asked, papers.held)
    route, draft = papers.drafted(again)
    lead = Statement(f"Read as: “{again.text}”", labels=again.text)
    if draft.outcome is Outcome.ANSWERED:
        read = replace(found, route=route, draft=draft.by("read again by the model"))
        yield from _worded(model, asked.question, read, (lead,), papers)
        return
    tools = Tools(asked, papers)
    model.use(tools.forms, prompts.SEEK, prompts.reading(asked.question, ()), tools.answer)
    if tools.calculated:
        draft = _after((_SEARCHED,), tools.calculated.by("calculated for the model"))
        yield replace(found, route=Route.INDICATOR, draft=draft)
    elif tools.found:
        yield from _searched(model, asked.question, found, tools.found, papers)
    else:
        yield found


def _searched(
    model: LanguageModel,
    question: str,
    refusal: Helped,
    found: Sequence[Evidence],
    papers: Papers,
) -> Iterator[Helped]:
    """The model's words on what its searches found, and the quotes of them that it names.

    No quote is an answer by itself: without words that pass the gate, nothing was found.
    """
    nothing = replace(
        refusal,
        route=Route.MINUTES,
        draft=Draft(Outcome.ANSWERED, (), 0.0, rules=("searched by the model",)),
    )
    last = nothing
    for last in _told(model, question, nothing, (_SEARCHED,), found, papers):
        if last.words:
            yield last
    if not last.words:
        yield replace(refusal, withheld=last.withheld)
        return
    cited = {source for s in last.draft.statements for source in s.sources}
    quotes = tuple(e.statement for e in found if cited & set(e.statement.sources))
    draft = replace(last.draft, statements=(*last.draft.statements, *quotes))
    yield replace(last, draft=draft)


def _worded(
    model: LanguageModel,
    question: str,
    found: Helped,
    lead: tuple[Statement, ...],
    papers: Papers,
) -> Iterator[Helped]:
    """The model's words before what was found, after a lead; figures aren't worded."""
    whole = replace(found, draft=_after(lead, found.draft))
    quotes = keyed(found.draft.statements, papers)
    if found.draft.outcome is not Outcome.ANSWERED or found.draft.figures or not quotes:
        yield whole
        return
    last = begun = replace(found, model=model.name)
    try:
        for last in _told(model, question, begun, lead, quotes, papers):
            if last.words:
                yield last
    except ModelFailed as failure:
        said = "was not used" if not last.words else "broke off"
        told = last.draft.statements if last.words else lead
        whole = replace(last, draft=_after(told, found.draft))
        yield _noted(whole, f"The language model {model.name} {said}: {failure}.")
        return
    told = last.draft.statements if last.words else lead
    yield replace(last, draft=_after(told, found.draft))


def _told(
    model: LanguageModel,
    question: str,
    found: Helped,
    lead: tuple[Statement, ...],
    quotes: Sequence[Evidence],
    papers: Papers,
) -> Iterator[Helped]:
    """The model's sentences that pass the gate, one more at a time, after a lead."""
    data = prompts.wording(question, quotes_of(quotes))
    said = model.say(prompts.WORD, prompts.WORDED, data)
    kept: list[Statement] = []
    withheld = 0
    for statement in checked(said, sources_of(quotes), papers.text_of):
        if statement is None:
            withheld += 1
        else:
            kept.append(statement)
        draft = replace(found.draft, statements=(*lead, *kept))
        yield replace(found, draft=draft, words=len(kept), withheld=withheld)


def _after(lead: Sequence[Statement], draft: Draft) -> Draft:
    return replace(draft, statements=(*lead, *draft.statements))


def _noted(found: Helped, why: str) -> Helped:
    note = Statement(f"{why} This is the answer without it.")
    return replace(found, draft=replace(found.draft, statements=(*found.draft.statements, note)))


def _form(held: Held) -> type[BaseModel]:
    """The form of a reading; councils are those held and no others."""
    fields: dict[str, Any] = {
        "standalone": (str, ...),
        "route": (choice("Papers", ("figures", "minutes")), ...),
        "operation": (choice("Work", tuple(Operation)), ...),
        "wanted": (choice("Kind", tuple(Wanted)), ...),
        "councils": (list[choice("Council", held.councils or ("any",))], ...),  # type: ignore[misc]
    }
    return create_model("Reading", __base__=Form, __doc__="How to understand a question.", **fields)
