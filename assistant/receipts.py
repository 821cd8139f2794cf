"""Receipts kept in files: an answer as it was given, and what has changed since."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer, Asked, Citation, Figure, Outcome
from assistant.assistant import Assistant
from ingest.errors import BoardPapersError

RECEIPT_VERSION = 1


class BadReceipt(BoardPapersError):
    """A file that isn't a receipt, or can't be read."""


class KeptReceipt(BaseModel):
    """The receipt of an answer, as far as it is compared; keys are those of the contract."""

    model_config = ConfigDict(frozen=True)

    asked: Asked
    versions: dict[str, str]
    model: str
    rules: tuple[str, ...]
    passages: tuple[str, ...]
    observations: tuple[str, ...]
    decisions: tuple[str, ...]


class Given(BaseModel):
    """An answer as it was given; what isn't compared is left alone."""

    model_config = ConfigDict(frozen=True)

    outcome: Outcome
    text: str
    figures: tuple[Figure, ...]
    citations: tuple[Citation, ...]
    options: tuple[str, ...]
    receipt: KeptReceipt


class Kept(BaseModel):
    """A receipt's file: the answer, and the hash of each paper that was held."""

    model_config = ConfigDict(frozen=True)

    receipt_version: int
    papers: dict[str, str]
    answer: Given


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that isn't as it was; None where there was or is none."""

    what: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Replay:
    """A question asked again: its answer now, and what has changed.

    `answer_changes` are those that a reader sees, `causes` those of papers, code and evidence.
    """

    answer: Answer
    answer_changes: tuple[Change, ...]
    causes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether a reader is told the same."""
        return not self.answer_changes

    def to_json(self) -> dict[str, Any]:
        """The comparison, for programs."""
        return {
            "same": self.same,
            "changes": [asdict(change) for change in self.answer_changes],
            "causes": [asdict(change) for change in self.causes],
            "answer": self.answer.to_json(),
        }


def receipt_json(answer: Answer, papers: Mapping[str, str]) -> dict[str, Any]:
    """An answer with the hashes of the papers held, to be kept."""
    return {
        "receipt_version": RECEIPT_VERSION,
        "papers": dict(papers),
        "answer": answer.to_json(),
    }


def papers_held(assistant: Assistant) -> dict[str, str]:
    """The hash of each paper's file, by its id."""
    return {record.id: record.sha256 for record in assistant.papers()}


def read_receipt(path: Path) -> Kept:
    """The receipt in a file; raises BadReceipt."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadReceipt(f"{path} can't be read ({error.strerror}): check the name.") from error
    except ValueError as error:
        raise BadReceipt(f"{path} isn't a receipt: it isn't JSON. {_MADE}") from error
    try:
        kept = Kept.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BadReceipt(f"{path} isn't a receipt: {where}: {first['msg']}. {_MADE}") from error
    if kept.receipt_version != RECEIPT_VERSION:
        raise BadReceipt(
            f"{path} is a receipt of version {kept.receipt_version}; this program reads version "
            f"{RECEIPT_VERSION}: replay it with the version of the program that made it."
        )
    return kept


_MADE = 'Make one with `boardpapers ask "QUESTION" --receipt FILE`.'


def replay(assistant: Assistant, kept: Kept) -> Replay:
    """Ask the question of a receipt again, as of its day, and compare."""
    asked = kept.answer.receipt.asked
    answer = assistant.ask(asked.question, asked.history, asked.scope, asked.today)
    now = Kept.model_validate(receipt_json(answer, papers_held(assistant)))
    return Replay(answer, tuple(_told(kept.answer, now.answer)), tuple(_causes(kept, now)))


def _told(was: Given, now: Given) -> Iterator[Change]:
    """What a reader is told otherwise."""
    if was.outcome is not now.outcome:
        yield Change("outcome", was.outcome, now.outcome)
    if was.text != now.text:
        yield Change("text", was.text, now.text)
    yield from _exchanged("figure", [*map(_figure, was.figures)], [*map(_figure, now.figures)])
    yield from _exchanged("citation", [*map(_place, was.citations)], [*map(_place, now.citations)])
    yield from _exchanged("option", was.options, now.options)


def _causes(was: Kept, now: Kept) -> Iterator[Change]:
    """What lies behind it: papers, versions, the model, rules and evidence."""
    for paper in sorted(was.papers.keys() | now.papers.keys()):
        before, after = was.papers.get(paper), now.papers.get(paper)
        if before != after:
            yield Change(f"paper {paper}", _short(before), _short(after))
    then, today = was.answer.receipt, now.answer.receipt
    for name in sorted(then.versions.keys() | today.versions.keys()):
        if then.versions.get(name) != today.versions.get(name):
            yield Change(f"version of {name}", then.versions.get(name), today.versions.get(name))
    if then.model != today.model:
        yield Change("language model", then.model, today.model)
    yield from _exchanged("rule", then.rules, today.rules)
    for what in ("passages", "observations", "decisions"):
        yield from _exchanged(what.removesuffix("s"), getattr(then, what), getattr(today, what))


def _exchanged(what: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """What is gone, and what has come."""
    yield from (Change(what, gone, None) for gone in was if gone not in now)
    yield from (Change(what, None, come) for come in now if come not in was)


def _figure(figure: Figure) -> str:
    parts = (figure.council, figure.label, figure.period, figure.basis)
    working = f" ({figure.working})" if figure.working else ""
    return f"{', '.join(part for part in parts if part)}: {figure.value:g} {figure.unit}{working}"


def _place(cited: Citation) -> str:
    page = f", page {cited.page}" if cited.page is not None else ""
    return f"{cited.paper}{page}: “{cited.quote}”"


def _short(digest: str | None) -> str | None:
    return digest[:12] if digest else None
