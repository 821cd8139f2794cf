"""Strict loading: what can't be trusted is refused with its line and the reason."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Turn
from evals.cases import BadCases, Case, load
from tests.evals.world import COUNT, DENTAL, OTHER, PAPER, Scripted, case, record, write_cases

paper_text = Scripted({}).paper_text


def loaded(path: Path, *records: dict[str, Any]) -> tuple[Case, ...]:
    """The cases of one file."""
    return load([write_cases(path / "cases.jsonl", *records)], paper_text)


def test_a_case_in_order_loads_whole(tmp_path: Path) -> None:
    turn = {"role": "user", "content": "And in Fenwold?"}
    evidence = [{"paper": PAPER, "quote": COUNT, "alt": [DENTAL]}]
    (found,) = loaded(tmp_path, record(history=[turn], evidence=evidence, tolerance=0.06))
    assert found.history == (Turn("user", "And in Fenwold?"),)
    assert found.evidence[0].quotes == (COUNT, DENTAL)
    assert (found.value, found.tolerance) == (Decimal(412), Decimal("0.06"))
    assert loaded(tmp_path, record()) == (case(),)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"kind": "riddle"}, "kind 'riddle' isn't one of"),
        ({"unit": "kilos"}, "unit 'kilos' isn't one of"),
        ({"value": None}, "unit count without a value"),
        ({"value": "412"}, "value must be a number"),
        ({"value": True}, "value must be a number"),
        ({"tolerance": -1}, "tolerance -1 is below 0"),
        ({"question": " "}, "question must be text"),
        ({"skill": "Look Up"}, "skill 'Look Up'"),
        ({"must_include": ["412"]}, "must_include must be a list"),
        ({"must_include": [[]]}, "empty list"),
        ({"papers": [], "evidence": []}, "needs papers and evidence"),
        ({"papers": [OTHER]}, "which papers doesn't list"),
        ({"papers": [PAPER, "lost"]}, "paper 'lost' isn't held"),
        ({"kind": "unanswerable"}, "has no papers, no evidence and no value"),
        ({"history": [{"role": "chair", "content": "x"}]}, "role 'chair'"),
        ({"evidence": [{"paper": PAPER, "quote": COUNT, "page": 1}]}, "unknown key 'page'"),
        ({"evidence": [{"paper": PAPER, "quote": "413 children in care"}]}, "isn't in"),
        ({"evidence": [{"paper": PAPER, "quote": COUNT, "alt": ["nowhere"]}]}, "isn't in"),
        ({"evidence": [{"paper": PAPER, "quote": COUNT.replace(" ", "  ")}]}, "white space"),
        ({"evidence": [{"paper": PAPER, "quote": "x" * 301}]}, "at most 300"),
    ],
)
def test_a_faulty_case_is_refused_with_line_and_reason(
    tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(BadCases) as refusal:
        loaded(tmp_path, record(id="ok-1"), record(**changes))
    assert f"cases.jsonl:2: {reason}"[:14] in str(refusal.value)
    assert reason in str(refusal.value)


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    line = record()
    del line["note"]
    with pytest.raises(BadCases, match="key 'note' is missing"):
        loaded(tmp_path, line)


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(record())[:-1] + ', "value": 439}\n')
    with pytest.raises(BadCases, match="key 'value' stands twice"):
        load([file], paper_text)


def test_an_id_is_unique_over_all_files(tmp_path: Path) -> None:
    first = write_cases(tmp_path / "a.jsonl", record())
    second = write_cases(tmp_path / "b.jsonl", record())
    with pytest.raises(BadCases, match=r"b\.jsonl:1: id 't-001' stands already at .*a\.jsonl:1"):
        load([first, second], paper_text)


def test_every_fault_is_listed_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadCases) as refusal:
        loaded(tmp_path, record(kind="riddle"), record(id="t-002"), record(id="t-003", unit="kg"))
    assert [
        line.split(": ")[0].rpartition(":")[2] for line in str(refusal.value).split("\n")[1:]
    ] == [
        "1",
        "3",
    ]


@pytest.mark.parametrize("content", ["", "\n\n", "not json\n", "[1]\n"])
def test_a_file_without_cases_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(content)
    with pytest.raises(BadCases):
        load([file], paper_text)
