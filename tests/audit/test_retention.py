"""What people asked goes with age, and all of one person's on request."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import cli
from assistant.access.viewer import PUBLIC, Role, Viewer
from assistant.answer import Answer, Outcome, Route, Searched
from assistant.audit.trail import Entry, Trail
from assistant.desk import Desk
from assistant.operations.retention import Retention, forget_old, forget_person, retention
from assistant.settings import BadSetting
from assistant.threads import Threads, Verdict

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
CLERK = Viewer(Role.ADMINISTRATOR, "clerk@council.example")


def answer(question: str) -> Answer:
    nothing = Searched(0, (), None, None, 0)
    return Answer(question, Outcome.NOT_FOUND, Route.NONE, "Not found.", nothing)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    """Conversations of two people, of 10 and 400 days ago, each with a verdict; an audit."""
    with closing(Threads(tmp_path)) as threads:
        for who in ("anna", "ben"):
            for days in (10, 400):
                when = NOW - timedelta(days=days)
                thread = threads.begin(who, "public", f"{who} asked {days}", when)
                threads.add(thread.id, answer(f"{who} asked {days}?"), when)
                threads.judge(thread.id, 0, Verdict.HELPFUL, f"{who} liked it")
    with Trail(tmp_path) as trail:
        for number, who in enumerate(("anna", "ben", "anna", "ben")):
            trail.append(Entry("2026-11-20", who, "public", "page", "ask", f"{who} {number}?",
                               "answered", ("paper p.1",)))  # fmt: skip
    yield tmp_path


def titles(store: Path) -> set[str]:
    with closing(Threads(store)) as threads:
        return {t.title for who in ("anna", "ben") for t in threads.of(who, "public")}


def bytes_of(store: Path) -> bytes:
    return b"".join(path.read_bytes() for path in store.iterdir() if path.is_file())


def test_old_conversations_are_deleted_and_young_ones_stay(store: Path) -> None:
    gone = forget_old(store, Retention(conversations=365, feedback=5), NOW)
    assert (gone.conversations, gone.verdicts) == (2, 2)
    assert titles(store) == {"anna asked 10", "ben asked 10"}
    assert b"asked 400" not in bytes_of(store), "it stands in the file"
    with closing(Threads(store)) as threads:
        assert threads.feedback() == ()
    assert forget_old(store, Retention(), NOW).conversations == 0


def test_a_service_deletes_what_is_too_old_when_it_starts(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARDPAPERS_KEEP_CONVERSATIONS", "0.001")
    monkeypatch.setenv("BOARDPAPERS_AUDIT_DAYS", "36500")
    with Desk(store) as desk:
        desk.ask(PUBLIC, "How many?")
    assert titles(store) == set()


def test_all_of_one_person_is_forgotten_and_the_chain_holds(store: Path) -> None:
    with Trail(store) as trail:
        before = trail.verify()
    gone = forget_person(store, "anna", CLERK)
    assert (gone.conversations, gone.entries) == (2, 2)
    assert titles(store) == {"ben asked 10", "ben asked 400"}
    assert b"anna" not in bytes_of(store)
    with Trail(store) as trail:
        entries = trail.entries()
        assert trail.verify().entries == before.entries + 1
        assert not trail.holds(before.head), "a head noted earlier tells that it was made anew"
    assert [e.who for e in entries] == ["(forgotten)", "ben", "(forgotten)", "ben", CLERK.name]
    assert [e.asked for e in entries] == ["", "ben 1?", "", "ben 3?", ""]
    assert entries[-1].did == "forget a person"


def test_a_chain_that_was_made_anew_still_shows_what_is_changed(store: Path) -> None:
    forget_person(store, "anna", CLERK)
    with closing(sqlite3.connect(store / "audit.sqlite3")) as connection:
        connection.execute("DELETE FROM entry WHERE id = 2")
        connection.commit()
    with Trail(store) as trail, pytest.raises(Exception, match="was changed at entry 2"):
        trail.verify()


def test_the_commands_are_for_administrators(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*words: str) -> str:
        return CliRunner().invoke(cli.app, [*words, "--store", str(store)]).output

    monkeypatch.setenv("BOARDPAPERS_ROLE", "officer")
    assert "may not" in run("prune") and "may not" in run("forget", "anna")
    monkeypatch.setenv("BOARDPAPERS_ROLE", "administrator")
    monkeypatch.setenv("BOARDPAPERS_KEEP_CONVERSATIONS", "36000")
    assert "Deleted: 0 conversations" in run("prune")
    assert "Deleted: 2 conversations" in run("forget", "anna")


def test_a_setting_that_is_no_number_of_days_is_named() -> None:
    assert retention({"BOARDPAPERS_KEEP_FEEDBACK": "30"}) == Retention(365, 30)
    for bad in ("0", "-1", "soon", "nan"):
        with pytest.raises(BadSetting, match="KEEP_CONVERSATIONS"):
            retention({"BOARDPAPERS_KEEP_CONVERSATIONS": bad})


def test_many_at_once_are_all_put_on_record(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with Trail(tmp_path) as trail:

        def add(number: int) -> None:
            trail.append(Entry("2026", str(number), "public", "page", "ask", "", "", ()))

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(add, range(400)))
        assert trail.verify().entries == 400
        assert sorted(int(e.who) for e in trail.entries()) == list(range(400))
