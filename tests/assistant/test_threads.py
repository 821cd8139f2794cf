"""Conversations that survive, and feedback that becomes cases."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import cli
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.feedback import cases_jsonl, to_write_csv
from assistant.threads import Threads, UnknownThread, Verdict
from evals.cases import load
from ingest.errors import StoreError

SIGHT = "public"
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
FIGURE = "How many children were looked after in Averonshire in March 2024?"
MINUTES = "What did Averonshire's Corporate Parenting Board decide about bus passes?"
UNKNOWN = "How many teachers work in Averonshire?"
OPEN = "How many children were looked after?"


@pytest.fixture
def threads(tmp_path: Path) -> Iterator[Threads]:
    threads = Threads(tmp_path)
    yield threads
    threads.close()


def told(demonstration: Assistant, threads: Threads, *questions: str) -> tuple[str, list[Answer]]:
    """A thread of these questions, and their answers."""
    thread = threads.begin("ann", SIGHT, questions[0], NOW)
    answers = [demonstration.ask(question) for question in questions]
    for answer in answers:
        threads.add(thread.id, answer, NOW)
    return thread.id, answers


def test_a_conversation_is_the_same_after_a_restart(
    demonstration: Assistant, threads: Threads, tmp_path: Path
) -> None:
    thread, answers = told(demonstration, threads, FIGURE, MINUTES, OPEN, UNKNOWN)
    threads.close()

    again = Threads(tmp_path)
    assert list(again.conversation(thread).answers) == answers
    kept = again.conversation(thread).answers[0].receipt
    assert kept is not None and kept == answers[0].receipt
    again.close()


def test_each_browser_sees_its_own_the_last_changed_first(threads: Threads) -> None:
    first = threads.begin("ann", SIGHT, "first?", NOW)
    second = threads.begin("ann", SIGHT, "second?", NOW + timedelta(hours=1))
    threads.begin("bob", SIGHT, "other?", NOW)

    assert [thread.id for thread in threads.of("ann", SIGHT)] == [second.id, first.id]
    assert [thread.title for thread in threads.of("bob", SIGHT)] == ["other?"]
    assert threads.get(first.id, SIGHT).owner == "ann"


def test_what_was_seen_with_another_sight_is_not_shown(threads: Threads) -> None:
    thread = threads.begin("ann", "officer", "exempt?", NOW)

    assert threads.of("ann", SIGHT) == ()
    with pytest.raises(UnknownThread):
        threads.get(thread.id, SIGHT)


def test_names_can_be_changed_and_are_cut_at_a_word(threads: Threads) -> None:
    thread = threads.begin("ann", SIGHT, "word " * 40, NOW)
    assert len(thread.title) <= 80 and thread.title.endswith("word…")

    threads.rename(thread.id, "  Bus\npasses ")
    assert threads.get(thread.id, SIGHT).title == "Bus passes"


def test_what_is_deleted_leaves_no_trace(
    demonstration: Assistant, threads: Threads, tmp_path: Path
) -> None:
    thread, _ = told(demonstration, threads, "Where is the zanzibar of Averonshire?")
    threads.delete(thread)

    assert threads.conversation(thread).answers == ()
    with pytest.raises(UnknownThread):
        threads.get(thread, SIGHT)
    held = b"".join(path.read_bytes() for path in tmp_path.glob("threads.sqlite3*"))
    assert b"zanzibar" not in held


def test_another_s_conversation_goes_on_as_a_copy(
    demonstration: Assistant, threads: Threads
) -> None:
    thread, answers = told(demonstration, threads, FIGURE)
    copy = threads.copy(threads.get(thread, SIGHT), "bob", NOW)
    threads.add(copy.id, answers[0], NOW)

    assert len(threads.conversation(copy.id).answers) == 2
    assert len(threads.conversation(thread).answers) == 1


def test_two_people_at_once_lose_nothing(demonstration: Assistant, threads: Threads) -> None:
    answer = demonstration.ask(UNKNOWN)
    thread = threads.begin("ann", SIGHT, "?", NOW)
    writers = [
        threading.Thread(target=lambda: [threads.add(thread.id, answer, NOW) for _ in range(20)])
        for _ in range(2)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(threads.conversation(thread.id).answers) == 40


def test_a_file_of_another_kind_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "threads.sqlite3").write_text("not a database at all, but long enough to look")

    with pytest.raises(StoreError, match=r"threads\.sqlite3"):
        Threads(tmp_path)


def test_feedback_becomes_cases_that_the_evaluation_takes(
    demonstration: Assistant, threads: Threads, tmp_path: Path
) -> None:
    thread, _ = told(demonstration, threads, FIGURE, MINUTES, OPEN, UNKNOWN)
    for number in range(4):
        threads.judge(thread, number, Verdict.HELPFUL, "Just right.")
    file = tmp_path / "cases.jsonl"
    file.write_text(cases_jsonl(threads.feedback()), encoding="utf-8")

    cases = load([file], demonstration.paper_text)
    assert [case.kind.value for case in cases] == [
        "indicator", "minutes", "ambiguous", "unanswerable",
    ]  # fmt: skip
    assert cases[0].figure == "783 count" and "Just right." in cases[0].note
    assert cases[1].history[0].content == FIGURE


def test_what_didn_t_help_waits_for_a_person_to_say_what_would_have(
    demonstration: Assistant, threads: Threads
) -> None:
    thread, _ = told(demonstration, threads, FIGURE)
    threads.judge(thread, 0, Verdict.UNHELPFUL, "=SUM(A1)")

    assert cases_jsonl(threads.feedback()) == ""
    table = to_write_csv(threads.feedback())
    assert FIGURE in table and "'=SUM(A1)" in table

    threads.judge(thread, 0, None)
    assert threads.feedback() == ()


def test_the_command_writes_both_files(
    demonstration: Assistant, threads: Threads, tmp_path: Path
) -> None:
    thread, _ = told(demonstration, threads, FIGURE, UNKNOWN)
    threads.judge(thread, 0, Verdict.HELPFUL)
    threads.judge(thread, 1, Verdict.UNHELPFUL, "there are some")
    out = tmp_path / "kept.jsonl"
    command = ["feedback", "export", str(out), "--store", str(tmp_path)]

    done = CliRunner().invoke(cli.app, command)

    assert done.exit_code == 0, done.output
    assert json.loads(out.read_text())["value"] == 783
    assert "there are some" in (tmp_path / "kept.to-write.csv").read_text()
