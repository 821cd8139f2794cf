"""Cases as CSV, for other tools and people: question, expected answer, source.

The first three columns are what every evaluation tool has. The others keep the case whole, so
that export and import return the same case; a file with only the first three can be imported.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from evals.cases import BadCases, Case, Kind, PaperText, load

SHARED_COLUMNS = ("question", "expected_answer", "source")
OWN_COLUMNS = (
    "id",
    "kind",
    "skill",
    "papers",
    "value",
    "unit",
    "tolerance",
    "must_include",
    "must_not_include",
    "evidence",
    "history",
    "note",
)
_LISTS = ("papers", "must_include", "must_not_include", "evidence", "history")
_SOURCE = re.compile(r"(?P<paper>[\w.-]+):\s*[\"“]?(?P<quote>.+?)[\"”]?", re.DOTALL)


def export_csv(cases: Iterable[Case], stream: TextIO) -> None:
    """Writes the cases, one a row; open the stream with newline=""."""
    writer = csv.DictWriter(stream, (*SHARED_COLUMNS, *OWN_COLUMNS))
    writer.writeheader()
    for case in cases:
        writer.writerow(_row(case))


def import_csv(stream: TextIO, case_file: Path, paper_text: PaperText) -> tuple[Case, ...]:
    """Writes the rows to `case_file` as cases and loads it as strictly as any case file.

    A row that has no columns of its own but the shared ones is a case of kind "minutes" that
    asks for each part of the expected answer (parts are separated by ";", alternatives by "|"),
    or an unanswerable one where both expected answer and source are empty.
    """
    reader = csv.DictReader(stream, strict=True)
    missing = [name for name in SHARED_COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadCases(f"{case_file}: the CSV has no column {', '.join(missing)}; add it.")
    records = [_record(row, number) for number, row in enumerate(reader, 1)]
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    case_file.write_text("".join(lines), encoding="utf-8")
    return load([case_file], paper_text)


def to_record(case: Case) -> dict[str, Any]:
    """The case as the JSON object that a case file holds."""
    record: dict[str, Any] = {
        "id": case.id,
        "question": case.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in case.history],
        "kind": case.kind.value,
        "skill": case.skill,
        "papers": list(case.papers),
        "value": _plain(case.value),
        "unit": case.unit.value if case.unit else None,
        "tolerance": _plain(case.tolerance),
        "must_include": [list(group) for group in case.must_include],
        "must_not_include": list(case.must_not_include),
        "evidence": [
            {"paper": piece.paper, "quote": piece.quote}
            | ({"alt": list(piece.alt)} if piece.alt else {})
            for piece in case.evidence
        ],
        "note": case.note,
    }
    if not case.history:
        del record["history"]
    return record


def _plain(value: Any) -> int | float | None:
    """A Decimal as the JSON number that reads back as the same Decimal."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _row(case: Case) -> dict[str, str]:
    record = to_record(case)
    own = {
        name: json.dumps(record[name], ensure_ascii=False)
        for name in OWN_COLUMNS
        if name in _LISTS and name in record
    }
    own |= {
        name: "" if record[name] is None else str(record[name])
        for name in OWN_COLUMNS
        if name not in _LISTS
    }
    return own | {
        "question": case.question,
        "expected_answer": _expected(case),
        "source": "\n\n".join(f"{piece.paper}: “{piece.quote}”" for piece in case.evidence),
    }


def _expected(case: Case) -> str:
    """The expected answer in words; empty where the papers don't hold one."""
    stated = [] if case.value is None else [case.figure]
    return "; ".join([*stated, *("|".join(group) for group in case.must_include)])


def _record(row: Mapping[str, str | None], number: int) -> dict[str, Any]:
    if row.get("kind"):
        return _whole(row)
    return _derived(row, number)


def _whole(row: Mapping[str, str | None]) -> dict[str, Any]:
    """A row with the case's own columns: these say what the case is."""
    record: dict[str, Any] = {"question": row["question"]}
    for name in OWN_COLUMNS:
        said = row.get(name) or ""
        if name in _LISTS:
            if said:
                record[name] = _json(said, name)
        elif name in ("value", "tolerance"):
            record[name] = _json(said, name) if said else None
        else:
            record[name] = said or None
    return record


def _json(said: str, name: str) -> Any:
    try:
        return json.loads(said)
    except ValueError as error:
        raise BadCases(f"column {name} holds {said!r}, which isn't JSON ({error}).") from error


def _derived(row: Mapping[str, str | None], number: int) -> dict[str, Any]:
    """A row of a tool that knows only question, expected answer and source."""
    expected, source = (row["expected_answer"] or "").strip(), (row["source"] or "").strip()
    evidence = [_evidence(piece, number) for piece in re.split(r"\n\s*\n", source) if piece]
    held = bool(expected or evidence)
    return {
        "id": row.get("id") or f"csv-{number:03}",
        "question": row["question"],
        "kind": (Kind.MINUTES if held else Kind.UNANSWERABLE).value,
        "skill": "lookup" if held else "out-of-scope",
        "papers": sorted({piece["paper"] for piece in evidence}),
        "value": None,
        "unit": None,
        "tolerance": 0,
        "must_include": _parts(expected),
        "must_not_include": [],
        "evidence": evidence,
        "note": f"Imported from row {number} of a CSV.",
    }


def _parts(expected: str) -> list[list[str]]:
    parts = [[fact.strip() for fact in part.split("|")] for part in expected.split(";")]
    return [[fact for fact in part if fact] for part in parts if any(part)]


def _evidence(piece: str, number: int) -> dict[str, str]:
    match = _SOURCE.fullmatch(piece.strip())
    if match is None:
        raise BadCases(f"row {number}: source {piece[:60]!r} isn't of the form PAPER: “QUOTE”.")
    return match.groupdict()
