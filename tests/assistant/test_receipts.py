"""Receipts: what an answer came of, and the answer given again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant import cli
from assistant.answer import Answer, Receipt, Scope, Turn
from assistant.assistant import Assistant
from assistant.keys import decision_key, observation_key, passage_key
from assistant.receipts import Kept, Replay, papers_held, receipt_json, replay
from tests.assistant.conftest import open_over
from tests.assistant.made_up import COUNTY, JULY, write_papers

FIGURE = "How many children were looked after by Ferrowdale in May 2024?"
KAYAKS = "What was resolved about kayak lessons in Ferrowdale?"
TODAY = date(2025, 1, 10)


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[tuple[Path, Assistant]]:
    """The made-up papers in a folder of this test's own."""
    folder = write_papers(tmp_path)
    with open_over(folder) as assistant:
        yield folder, assistant


def receipt_of(answer: Answer) -> Receipt:
    assert answer.receipt is not None
    return answer.receipt


def kept(assistant: Assistant, question: str, *history: Turn, scope: Scope = Scope()) -> Kept:
    """A receipt that has been in a file."""
    answer = assistant.ask(question, history, scope, TODAY)
    return Kept.model_validate_json(json.dumps(receipt_json(answer, papers_held(assistant))))


def changed(replayed: Replay) -> list[str]:
    return [change.what for change in replayed.answer_changes]


def test_a_receipt_names_question_rules_evidence_and_versions(made_up: Assistant) -> None:
    receipt = receipt_of(made_up.ask(FIGURE, today=TODAY))
    figures = {observation_key(o): o for o in made_up.observations()}
    told = [figures[key] for key in receipt.observations]
    assert {(o.value, o.area) for o in told} == {(647, "Ferrowdale")}
    assert receipt.rules == ("figures: value",)
    assert {"contract", "code", "catalogue", "store"} <= receipt.versions.keys()
    assert receipt.asked is not None
    assert (receipt.asked.question, receipt.asked.today) == (FIGURE, TODAY)
    passages = {passage_key(held.passage) for held in made_up._store.passages()}
    assert receipt.passages
    assert set(receipt.passages) <= passages


def test_a_receipt_names_the_decisions_quoted(made_up: Assistant) -> None:
    receipt = receipt_of(made_up.ask(KAYAKS))
    held = {decision_key(d): d for d in made_up.decisions()}
    assert receipt.decisions
    assert all("kayak" in held[key].text.lower() for key in receipt.decisions)


def test_the_figures_of_a_calculation_are_all_named(made_up: Assistant) -> None:
    question = "How much did children looked after rise in Ferrowdale between March and May 2024?"
    answer = made_up.ask(question, today=TODAY)
    assert answer.figures[0].working
    held = {observation_key(o): o for o in made_up.observations()}
    told = {int(held[key].value or 0) for key in receipt_of(answer).observations}
    assert told == {652, 647}


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("How many unicorns does Ferrowdale have?", "not found"),
        ("What does Kent County Council say about kayaks?", "council not held"),
        ("How many children will Ferrowdale look after in March 2031?", "after the newest paper"),
        ("What does the exempt item on Lantern Cottage say?", "taken in private"),
    ],
)
def test_a_refusal_names_its_rule(made_up: Assistant, question: str, rule: str) -> None:
    assert receipt_of(made_up.ask(question, today=TODAY)).rules == (rule,)


def test_keys_hold_when_a_paper_is_read_again(tmp_path: Path, made_up: Assistant) -> None:
    with open_over(write_papers(tmp_path)) as other:
        for key_of, held, again in (
            (observation_key, made_up.observations(), other.observations()),
            (decision_key, made_up.decisions(), other.decisions()),
        ):
            assert [*map(key_of, held)] == [*map(key_of, again)]  # type: ignore[arg-type]
    keys = [observation_key(o) for o in made_up.observations()]
    assert len(set(keys)) > 0.95 * len(keys)


@pytest.mark.parametrize("question", [FIGURE, KAYAKS, "How many unicorns does Ferrowdale have?"])
def test_the_same_papers_give_the_same_answer(made_up: Assistant, question: str) -> None:
    replayed = replay(made_up, kept(made_up, question))
    assert (replayed.answer_changes, replayed.causes) == ((), ())


def test_history_scope_and_day_are_replayed(made_up: Assistant) -> None:
    history = (Turn("user", FIGURE), Turn("assistant", "647"))
    receipt = kept(made_up, "And in April 2024?", *history, scope=Scope(councils=(COUNTY,)))
    replayed = replay(made_up, receipt)
    assert replayed.same
    assert "649" in replayed.answer.text


def test_a_changed_paper_shows_in_figures_text_and_causes(
    papers: tuple[Path, Assistant],
) -> None:
    folder, assistant = papers
    receipt = kept(assistant, FIGURE)
    path = folder / f"{JULY}.md"
    path.write_text(path.read_text("utf-8").replace("| 647 |", "| 659 |"), encoding="utf-8")
    assistant.ingest([path])
    replayed = replay(assistant, receipt)
    assert not replayed.same
    assert {"text", "figure", "citation"} <= set(changed(replayed))
    causes = [change.what for change in replayed.causes]
    assert causes[:2] == [f"paper {JULY}", "version of store"]
    assert "observation" in causes
    figures = [change for change in replayed.answer_changes if change.what == "figure"]
    assert any(change.was and "647" in change.was for change in figures)
    assert any(change.now and "659" in change.now for change in figures)


def test_a_removed_paper_is_named(papers: tuple[Path, Assistant]) -> None:
    _, assistant = papers
    receipt = kept(assistant, KAYAKS)
    assistant.remove(JULY)
    replayed = replay(assistant, receipt)
    assert "text" in changed(replayed)
    gone = next(change for change in replayed.causes if change.what == f"paper {JULY}")
    assert gone.was and gone.now is None


def test_other_code_is_a_cause_and_no_change(made_up: Assistant) -> None:
    receipt = kept(made_up, FIGURE)
    old = receipt.answer.receipt.model_copy(
        update={"versions": {**receipt.answer.receipt.versions, "code": "0.0"}}
    )
    answer = receipt.answer.model_copy(update={"receipt": old})
    replayed = replay(made_up, receipt.model_copy(update={"answer": answer}))
    assert replayed.same
    assert [change.what for change in replayed.causes] == ["version of code"]


def test_a_receipt_takes_no_part_in_whether_answers_are_equal(made_up: Assistant) -> None:
    answer = made_up.ask(FIGURE, today=TODAY)
    assert replace(answer, receipt=None) == answer


# -- the command line -------------------------------------------------------------------------


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, [*map(str, words)])


def test_ask_keeps_a_receipt_and_replay_says_that_nothing_changed(
    papers: tuple[Path, Assistant],
) -> None:
    folder, _ = papers
    store, file = folder / "store", folder / "receipt.json"
    asked = run("ask", FIGURE, "--store", store, "--receipt", file)
    assert asked.exit_code == 0, asked.output
    assert json.loads(file.read_text("utf-8"))["answer"]["receipt"]["model"] == "none"
    replayed = run("replay", file, "--store", store)
    assert (replayed.exit_code, "The same answer." in replayed.stdout) == (0, True)


def test_replay_says_what_changed_and_ends_with_status_1(papers: tuple[Path, Assistant]) -> None:
    folder, assistant = papers
    store, file = folder / "store", folder / "receipt.json"
    run("ask", KAYAKS, "--store", store, "--receipt", file)
    assistant.remove(JULY)
    replayed = run("replay", file, "--store", store)
    assert replayed.exit_code == 1
    assert "Another answer:" in replayed.stdout
    assert f"paper {JULY}, gone: " in replayed.stdout
    told = json.loads(run("replay", file, "--store", store, "--json").stdout)
    assert (told["same"], told["answer"]["question"]) == (False, KAYAKS)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{broken", "isn't JSON"),
        ("{}", "receipt_version"),
        ('{"receipt_version": 1, "papers": {}, "answer": {"text": 1}}', "answer."),
    ],
)
def test_a_file_that_is_no_receipt_is_named(
    papers: tuple[Path, Assistant], body: str, why: str
) -> None:
    folder, _ = papers
    file = folder / "no-receipt.json"
    file.write_text(body, encoding="utf-8")
    refused = run("replay", file, "--store", folder / "store")
    assert refused.exit_code == 1
    assert "no-receipt.json" in refused.stderr and why in refused.stderr
    assert "--receipt FILE" in refused.stderr


def test_a_receipt_of_another_version_says_so(papers: tuple[Path, Assistant]) -> None:
    folder, assistant = papers
    answer = assistant.ask(FIGURE)
    file = folder / "receipt.json"
    file.write_text(json.dumps({**receipt_json(answer, {}), "receipt_version": 9}))
    refused = run("replay", file, "--store", folder / "store")
    assert refused.exit_code == 1
    assert "version 9" in refused.stderr
