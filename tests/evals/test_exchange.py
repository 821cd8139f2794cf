"""Cases out to CSV and back."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Turn
from evals.cases import BadCases, Case, Evidence, Kind
from evals.exchange import export_csv, import_csv, to_record
from tests.evals.test_self import ABSENT, CHANGE, WHICH, WHO
from tests.evals.world import ACTION, COUNT, DENTAL, PAPER, Scripted, case, record

paper_text = Scripted({}).paper_text
FOLLOW_UP = case(
    id="t-006",
    history=(Turn("user", "Children in care?"), Turn("assistant", 'In "Fenwold"?\nOr elsewhere?')),
    evidence=(Evidence(PAPER, COUNT, (DENTAL,)),),
    value=Decimal("52.63"),
    tolerance=Decimal("0.06"),
    note='a, "quoted"; note',
)


def numbered(*cases: Case) -> list[Case]:
    """The cases with ids of their own."""
    return [
        Case(**{name: getattr(c, name) for name in Case.__slots__} | {"id": f"n-{i}"})
        for i, c in enumerate(cases)
    ]


def test_export_and_import_return_the_same_cases(tmp_path: Path) -> None:
    cases = numbered(case(), ABSENT, CHANGE, WHICH, WHO, FOLLOW_UP)
    table = io.StringIO(newline="")
    export_csv(cases, table)
    table.seek(0)
    assert import_csv(table, tmp_path / "back.jsonl", paper_text) == tuple(cases)


def test_the_json_record_is_the_case_file_s() -> None:
    assert to_record(case()) == record()


def test_the_shared_columns_say_question_answer_and_source() -> None:
    table = io.StringIO(newline="")
    export_csv([WHO], table)
    row = next(csv.DictReader(io.StringIO(table.getvalue(), newline="")))
    assert (row["question"], row["expected_answer"], row["source"]) == (
        "Who reports back on dental checks?",
        "Marta Quill",
        f"{PAPER}: “{ACTION}”",
    )


def test_another_tool_s_three_columns_become_cases(tmp_path: Path) -> None:
    table = io.StringIO(
        "question,expected_answer,source\n"
        f'Who reports?,Marta Quill|Quill; September,"{PAPER}: ""{ACTION}"""\n'
        "How many foster carers?,,\n",
        newline="",
    )
    first, second = import_csv(table, tmp_path / "cases.jsonl", paper_text)
    assert first.must_include == (("Marta Quill", "Quill"), ("September",))
    assert first.evidence == (Evidence(PAPER, ACTION),)
    assert (first.id, first.kind) == ("csv-001", Kind.MINUTES)
    assert (second.id, second.kind, second.papers) == ("csv-002", Kind.UNANSWERABLE, ())
    assert len((tmp_path / "cases.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("question,source\nWho?,x\n", "no column expected_answer"),
        ("question,expected_answer,source\nWho?,Quill,somewhere\n", "isn't of the form PAPER"),
        (f"question,expected_answer,source\nWho?,Quill,{PAPER}: made up\n", "isn't in"),
    ],
)
def test_what_can_t_be_a_case_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(BadCases, match=reason):
        import_csv(io.StringIO(content, newline=""), tmp_path / "cases.jsonl", paper_text)


def test_a_case_file_reads_back_as_json(tmp_path: Path) -> None:
    assert json.loads(json.dumps(to_record(FOLLOW_UP)))["value"] == 52.63
