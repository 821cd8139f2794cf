"""A model's words as they come: cut into sentences, each with its keys, and checked."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from assistant.answer import Outcome
from assistant.drafts import Draft, Source, Statement
from assistant.grounding import grounded
from assistant.language_model.upheld import upheld
from ingest.sentences import sentence_spans

_MOST, _HEARD = 4, 10  # sentences told, and listened to
_CITED = re.compile(r"(?P<said>[^\[\]]*)(?P<keys>(?:[ \t]*\[[^\[\]\n]{0,80}\])+)(?=\s*[^\s\[])")
_KEY = re.compile(r"[\w-]+")
_EDGES = " \t\r\n.,;:-–•*"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a model and the keys of the quotes that it names."""

    text: str
    keys: tuple[str, ...]


def sentences(chunks: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of a text, each as soon as it and its keys have come whole."""
    waiting = ""
    for chunk in chunks:
        waiting += chunk
        while found := _CITED.match(waiting):
            waiting = waiting[found.end() :].lstrip(_EDGES)
            yield from _told(found["said"], found["keys"])
    rest = _CITED.match(f"{waiting} .")
    if rest:
        yield from _told(rest["said"], rest["keys"])
    elif waiting.strip(_EDGES):
        yield from _told(waiting, "")


def checked(
    chunks: Iterable[str],
    sources_of: Mapping[str, tuple[Source, ...]],
    text_of: Callable[[str], str],
) -> Iterator[Statement | None]:
    """Each sentence with its sources; None for one withheld.

    Withheld is what names no quote or one that isn't there, and what the gate doesn't pass.
    """
    kept: set[str] = set()
    for sentence in islice(sentences(chunks), _HEARD):
        if sentence.text in kept:
            continue
        statement = _cited(sentence, sources_of)
        if statement is None or not _passes(statement, text_of):
            yield None
            continue
        kept.add(sentence.text)
        yield statement
        if len(kept) == _MOST:
            return


def _told(said: str, keys: str) -> Iterator[Sentence]:
    """The sentences before keys: those of the line that the keys end have them, others none."""
    *before, last = said.strip().split("\n")
    named = tuple(dict.fromkeys(_KEY.findall(keys)))
    for line, of_line in (*((line, ()) for line in before), (last, named)):
        for start, end in sentence_spans(line):
            if text := " ".join(line[start:end].split()).lstrip(_EDGES):
                yield Sentence(text, of_line)


def _cited(sentence: Sentence, sources_of: Mapping[str, tuple[Source, ...]]) -> Statement | None:
    """The sentence with its sources; None where it names none, or one that isn't there."""
    if not sentence.keys or not sources_of.keys() >= set(sentence.keys):
        return None
    return Statement(sentence.text, tuple(s for key in sentence.keys for s in sources_of[key]))


def _passes(statement: Statement, text_of: Callable[[str], str]) -> bool:
    """Whether a statement passes the gate of every answer, and that of a model's words."""
    draft = grounded(Draft(Outcome.ANSWERED, (statement,), 1.0), text_of)
    return draft.outcome is Outcome.ANSWERED and all(map(upheld, draft.statements))
