"""Questions from a file, answers into a file: the interface that evaluation scripts use."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.answer import Answer, Outcome, Route, Scope, Searched, Turn
from assistant.assistant import Assistant
from ingest.errors import BoardPapersError

_TURNS = TypeAdapter(tuple[Turn, ...])
_NOTHING = Searched(papers=0, councils=(), first=None, last=None, unreadable=0)


class BadInput(BoardPapersError):
    """A questions or history file that can't be used as it is."""


class Question(BaseModel):
    """One line of a questions file; what else the line holds is left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that ended in an error."""

    id: str
    error: Exception


def read_questions(path: Path) -> tuple[Question, ...]:
    """Every line of a JSON Lines file; one bad line refuses the file, before any is asked."""
    questions = []
    lines_by_id: dict[str, int] = {}
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        with _naming(f"{path}, line {number}"):
            question = Question.model_validate_json(line)
        if question.id in lines_by_id:
            raise BadInput(
                f"{path}, line {number}: the id {question.id!r} stands in line "
                f"{lines_by_id[question.id]} already: give each question its own."
            )
        lines_by_id[question.id] = number
        questions.append(question)
    if not questions:
        raise BadInput(f'{path} holds no questions: write one {{"id", "question"}} a line.')
    return tuple(questions)


def read_history(path: Path) -> tuple[Turn, ...]:
    """The turns in a JSON file: a list of {"role", "content"}."""
    with _naming(str(path)):
        return _TURNS.validate_json(_text(path))


def answer_all(
    assistant: Assistant,
    questions: Sequence[Question],
    out: Path,
    scope: Scope,
    on_answered: Callable[[], None],
) -> tuple[Failure, ...]:
    """Answers every question into `out`, a line each as it is answered; those that failed."""
    failures = []
    try:
        with out.open("w", encoding="utf-8") as sink:
            for question in questions:
                started = time.perf_counter()
                try:
                    answer = assistant.ask(question.question, question.history, scope)
                # One question must not cost the others: its line says that it failed.
                except Exception as error:
                    failures.append(Failure(question.id, error))
                    answer = _error(question.question)
                seconds = round(time.perf_counter() - started, 4)
                sink.write(_line(question.id, seconds, answer.to_json()))
                sink.flush()
                on_answered()
    except OSError as error:
        raise BadInput(f"{out} can't be written ({error.strerror}): name another file.") from error
    return tuple(failures)


def _error(question: str) -> Answer:
    text = "Something went wrong while this was being answered."
    return Answer(question, Outcome.ERROR, Route.NONE, text, _NOTHING)


def _line(question_id: str, seconds: float, answer: dict[str, Any]) -> str:
    line = {"id": question_id, "seconds": seconds, "answer": answer}
    return json.dumps(line, ensure_ascii=False, default=str) + "\n"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path} can't be read ({error.strerror}): check the name.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} isn't UTF-8 text: save it as UTF-8.") from error


@contextmanager
def _naming(where: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{where}: {field + ': ' if field else ''}{first['msg']}.") from error
