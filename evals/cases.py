"""Evaluation cases, loaded strictly: a case that can't be trusted is refused, not skipped.

The format is stated in docs/evaluation.md; a test holds that statement to this module.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, cast

from assistant.answer import Turn
from evals.folding import spaced
from ingest.errors import BoardPapersError

LONGEST_QUOTE = 300
REQUIRED_KEYS = (
    "id",
    "question",
    "kind",
    "skill",
    "papers",
    "value",
    "unit",
    "tolerance",
    "must_include",
    "must_not_include",
    "evidence",
    "note",
)
OPTIONAL_KEYS = ("history",)
_EVIDENCE_KEYS = ("paper", "quote")
_SKILL = re.compile(r"[a-z]+(?:-[a-z]+){0,3}")
_CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

_E = TypeVar("_E", bound=StrEnum)

PaperText = Callable[[str], str]


class Kind(StrEnum):
    """What a question is about, and whether the papers can answer it."""

    INDICATOR = "indicator"
    MINUTES = "minutes"
    BOTH = "both"
    UNANSWERABLE = "unanswerable"
    AMBIGUOUS = "ambiguous"


class Unit(StrEnum):
    """The unit of the number that an answer must state."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "pp"
    POUNDS = "gbp"
    DAYS = "days"
    RATIO = "ratio"
    RATE = "rate per 10,000"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote that supports the answer; any of `alt` supports it equally."""

    paper: str
    quote: str
    alt: tuple[str, ...] = ()

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quote and its equals."""
        return (self.quote, *self.alt)


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer states, omits and rests on."""

    id: str
    question: str
    history: tuple[Turn, ...]
    kind: Kind
    skill: str
    papers: tuple[str, ...]
    value: Decimal | None
    unit: Unit | None
    tolerance: Decimal
    must_include: tuple[tuple[str, ...], ...]
    must_not_include: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    note: str

    @property
    def held(self) -> bool:
        """Whether the papers hold an answer."""
        return self.kind is not Kind.UNANSWERABLE

    @property
    def figure(self) -> str:
        """The value wanted, with its tolerance and unit; empty where there is none."""
        if self.value is None:
            return ""
        give = f" ± {self.tolerance}" if self.tolerance else ""
        return f"{self.value}{give} {self.unit or ''}".strip()


class BadCases(BoardPapersError):
    """Case files that were refused; every fault is listed with its line."""


class _Fault(Exception):
    """What is wrong with one line."""


def load(paths: Sequence[Path], paper_text: PaperText) -> tuple[Case, ...]:
    """The cases of all files, or :class:`BadCases` naming every line that is refused.

    Evidence is looked for in `paper_text(paper_id)`, which raises a
    :class:`BoardPapersError` for a paper that isn't held.
    """
    cases: list[Case] = []
    faults: list[str] = []
    seen: dict[str, str] = {}
    for place, line in _lines(paths):
        try:
            case = parse(line)
            _refuse_repeat(case.id, place, seen)
            _check_evidence(case, paper_text)
            cases.append(case)
        except (_Fault, BoardPapersError) as fault:
            faults.append(f"{place}: {fault}")
    if faults:
        raise BadCases(
            f"{len(faults)} case line(s) refused; mend them and run again:\n" + "\n".join(faults)
        )
    if not cases:
        raise BadCases(f"no cases in {', '.join(map(str, paths)) or 'no files'}; name a case file.")
    return tuple(cases)


def _lines(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadCases(f"{path}: can't be read as UTF-8 text ({error}).") from error
        # Not splitlines(): JSON strings may hold U+2028 and its like.
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield f"{path}:{number}", line


def parse(line: str) -> Case:
    """One JSON line as a case, checked by itself, without the papers."""
    record = _record(line)
    case = Case(
        id=_matching(_text(record, "id"), "id", _CASE_ID),
        question=_text(record, "question"),
        history=_history(record.get("history", [])),
        kind=_one_of(Kind, record["kind"], "kind"),
        skill=_matching(_text(record, "skill"), "skill", _SKILL),
        papers=_texts(record["papers"], "papers"),
        value=None if record["value"] is None else _number(record["value"], "value"),
        unit=None if record["unit"] is None else _one_of(Unit, record["unit"], "unit"),
        tolerance=_number(record["tolerance"], "tolerance"),
        must_include=_alternatives(record["must_include"]),
        must_not_include=_texts(record["must_not_include"], "must_not_include"),
        evidence=_evidence(record["evidence"]),
        note=_text(record, "note"),
    )
    _check_sense(case)
    return case


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line, object_pairs_hook=_no_repeats, parse_float=Decimal)
    except ValueError as error:
        raise _Fault(f"not a JSON object ({error})") from error
    if not isinstance(record, dict):
        raise _Fault("not a JSON object")
    _check_keys(record, REQUIRED_KEYS, OPTIONAL_KEYS, "the case")
    return record


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Fault(f"key {next(n for n in names if names.count(n) > 1)!r} stands twice")
    return record


def _check_keys(
    record: dict[str, Any], required: Sequence[str], optional: Sequence[str], what: str
) -> None:
    for key in record:
        if key not in required and key not in optional:
            known = ", ".join((*required, *optional))
            raise _Fault(f"unknown key {key!r} in {what}; known are {known}")
    for key in required:
        if key not in record:
            raise _Fault(f"key {key!r} is missing in {what}")


def _text(record: dict[str, Any], key: str) -> str:
    value = record[key]
    if not isinstance(value, str) or not value.strip():
        raise _Fault(f"{key} must be text that isn't empty, not {value!r}")
    return value


def _matching(value: str, key: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(value):
        raise _Fault(f"{key} {value!r} isn't of the form {pattern.pattern}")
    return value


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Fault(f"{key} must be a list of texts, not {value!r}")
    for text in value:
        if not isinstance(text, str) or not text.strip():
            raise _Fault(f"{key} holds {text!r}, which isn't text or is empty")
    return tuple(value)


def _one_of(values: type[_E], value: object, key: str) -> _E:
    try:
        return values(cast("str", value))
    except ValueError:
        raise _Fault(f"{key} {value!r} isn't one of {', '.join(values)}") from None


def _number(value: object, key: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _Fault(f"{key} must be a number, not {value!r}")
    return Decimal(value)


def _alternatives(value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise _Fault(f"must_include must be a list of lists of texts, not {value!r}")
    groups = tuple(_texts(group, "must_include") for group in value)
    if () in groups:
        raise _Fault("must_include holds an empty list, which nothing can satisfy")
    return groups


def _history(value: object) -> tuple[Turn, ...]:
    if not isinstance(value, list):
        raise _Fault(f"history must be a list of turns, not {value!r}")
    return tuple(_turn(turn) for turn in value)


def _turn(value: object) -> Turn:
    if not isinstance(value, dict):
        raise _Fault(f"a turn of history must be an object, not {value!r}")
    _check_keys(value, ("role", "content"), (), "a turn of history")
    if value["role"] not in ("user", "assistant"):
        raise _Fault(f"role {value['role']!r} isn't one of user, assistant")
    return Turn(role=value["role"], content=_text(value, "content"))


def _evidence(value: object) -> tuple[Evidence, ...]:
    if not isinstance(value, list):
        raise _Fault(f"evidence must be a list of objects, not {value!r}")
    return tuple(_one_evidence(entry) for entry in value)


def _one_evidence(value: object) -> Evidence:
    if not isinstance(value, dict):
        raise _Fault(f"a piece of evidence must be an object, not {value!r}")
    _check_keys(value, _EVIDENCE_KEYS, ("alt",), "a piece of evidence")
    evidence = Evidence(
        paper=_text(value, "paper"),
        quote=_text(value, "quote"),
        alt=_texts(value.get("alt", []), "alt"),
    )
    for quote in evidence.quotes:
        if len(quote) > LONGEST_QUOTE:
            raise _Fault(
                f"the quote {quote[:40]!r}… has {len(quote)} characters; "
                f"at most {LONGEST_QUOTE} are allowed"
            )
    return evidence


def _check_sense(case: Case) -> None:
    if case.value is None and case.unit is not None:
        raise _Fault(f"unit {case.unit} without a value")
    if case.tolerance < 0:
        raise _Fault(f"tolerance {case.tolerance} is below 0")
    if case.held:
        _check_held(case)
    elif case.papers or case.evidence or case.value is not None:
        raise _Fault("an unanswerable case has no papers, no evidence and no value")


def _check_held(case: Case) -> None:
    # An ambiguous question may fit so much that there is no one place to quote.
    if case.kind is not Kind.AMBIGUOUS and not (case.papers and case.evidence):
        raise _Fault(f"a case of kind {case.kind} needs papers and evidence")
    if case.value is None and not case.must_include:
        raise _Fault("nothing to score: give a value or must_include")
    for evidence in case.evidence:
        if evidence.paper not in case.papers:
            raise _Fault(f"evidence is from {evidence.paper!r}, which papers doesn't list")


def _refuse_repeat(case_id: str, place: str, seen: dict[str, str]) -> None:
    if case_id in seen:
        raise _Fault(f"id {case_id!r} stands already at {seen[case_id]}")
    seen[case_id] = place


def _check_evidence(case: Case, paper_text: PaperText) -> None:
    for paper in case.papers:
        paper_text(paper)
    for evidence in case.evidence:
        text = paper_text(evidence.paper)
        for quote in evidence.quotes:
            if quote not in text:
                raise _Fault(_absence(quote, evidence.paper, text))


def _absence(quote: str, paper: str, text: str) -> str:
    near = spaced(quote) in spaced(text)
    hint = (
        "it differs in white space: copy it exactly" if near else "copy it exactly from the paper"
    )
    return f"evidence {quote[:60]!r} isn't in {paper}; {hint}"
