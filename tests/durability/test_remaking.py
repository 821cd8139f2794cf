"""Indexes that have to be made anew: in steps, by whoever comes, and never read when half made."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from fastapi.testclient import TestClient
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from assistant import cli
from assistant.access.viewer import PUBLIC
from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.figures.index import indexing
from assistant.interfaces.api import application
from assistant.operations.health import health
from ingest.doctor import Weight, examine
from ingest.errors import StoreError
from ingest.remaking import HowFar, NotReady
from ingest.sqlite import Folder
from ingest.store import Store
from tests.assistant.conftest import open_over
from tests.assistant.made_up import write_papers
from tests.durability.remaking import killed_after, made_by_other_rules

APP = Path(__file__).parents[2] / "app.py"
QUESTIONS = (
    "What was the health assessment figure in June 2024?",
    "What was resolved on lessons?",
)


def told(assistant: Assistant) -> list[tuple[Outcome, str]]:
    return [(answer.outcome, answer.text) for answer in map(assistant.ask, QUESTIONS)]


@pytest.fixture
def before(tmp_path: Path) -> list[tuple[Outcome, str]]:
    """What a store in the folder answers, whose indexes other rules have made since."""
    with open_over(write_papers(tmp_path)) as assistant:
        answers = told(assistant)
    with closing(Folder(tmp_path / "store").connect()) as connection:
        made_by_other_rules(connection)
    assert all(outcome is not Outcome.NOT_FOUND for outcome, _ in answers)
    return answers


@pytest.fixture
def store(tmp_path: Path, before: list[tuple[Outcome, str]]) -> Path:
    return tmp_path / "store"


@contextmanager
def somebody_writing(store: Path) -> Iterator[None]:
    """Another process at a step that doesn't end."""
    with closing(sqlite3.connect(store / "register.sqlite3", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.rollback()


def test_a_killed_process_loses_one_step_and_the_next_goes_on_from_there(
    store: Path, before: list[tuple[Outcome, str]]
) -> None:
    killed_after(store, papers=2)
    found = examine(store)
    assert {finding.weight for finding in found} == {Weight.NOTE}
    assert any("2 of 3 papers are done" in finding.told for finding in found)
    assert "2 of 3 papers" in str(health(store).to_json())

    heard: list[HowFar] = []
    with Assistant.open(store, on_indexing=heard.append) as assistant:
        assert heard == [HowFar(2, 3)]
        assert told(assistant) == before
    assert health(store).ok
    assert not [f for f in examine(store) if "anew" in f.told]


def test_it_is_done_before_the_doors_open_by_a_command(
    store: Path, before: list[tuple[Outcome, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.remaking.STEP", 0.0)
    ran = CliRunner().invoke(cli.app, ["upgrade", "--store", str(store)])
    assert ran.exit_code == 0, ran.output
    assert "3 papers in every index" in ran.stdout
    assert "they are made anew, once" in ran.stderr

    heard: list[HowFar] = []
    with Assistant.open(store, on_indexing=heard.append) as assistant:
        assert told(assistant) == before
    assert not heard


def test_two_who_open_it_at_once_share_the_work(
    store: Path, before: list[tuple[Outcome, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.remaking.STEP", 0.0)
    answers: list[list[tuple[Outcome, str]]] = []

    def ask() -> None:
        with Assistant.open(store) as assistant:
            answers.append(told(assistant))

    both = [threading.Thread(target=ask) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert answers == [before, before]


def test_whoever_comes_meanwhile_is_told_how_far_it_is(
    store: Path, before: list[tuple[Outcome, str]]
) -> None:
    killed_after(store, papers=1)
    with somebody_writing(store), Desk(store) as desk:
        with pytest.raises(NotReady, match="1 of 3 papers are done"):
            desk.ask(PUBLIC, QUESTIONS[0])
        with TestClient(application(desk), base_url="http://localhost") as client:
            answers = [
                client.post("/ask", json={"question": QUESTIONS[0]}), client.get("/health")
            ]  # fmt: skip
            assert [answer.status_code for answer in answers] == [503, 503]
            assert all(answer.headers["Retry-After"] for answer in answers)
            assert "1 of 3 papers are done" in answers[0].json()["detail"]
            assert "boardpapers_indexing_papers 2" in client.get("/metrics").text
    with Desk(store) as desk:
        answered = [desk.ask(PUBLIC, question) for question in QUESTIONS]
    assert [(answer.outcome, answer.text) for answer in answered] == before


def test_the_page_says_how_far_it_is_and_goes_on_by_itself(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARDPAPERS_STORE", str(store))
    st.cache_resource.clear()
    with somebody_writing(store):
        page = AppTest.from_file(str(APP), default_timeout=60).run()
        assert not page.exception
        assert [title.value for title in page.subheader] == ["The papers are being made ready"]
        assert "0 of 3 papers" in str(page.get("progress")[0].proto)
        assert not page.chat_input
    for _ in range(100):
        if page.run().chat_input:
            break
    assert page.chat_input
    assert "made ready" not in str([title.value for title in page.subheader])
    st.cache_resource.clear()


def test_a_process_whose_rules_another_version_has_replaced_says_so(
    tmp_path: Path, store: Path
) -> None:
    with Assistant.open(store) as running:
        told(running)
        with Store.open(store) as other:
            other.use(replace(indexing(), version="of another version", lines=lambda *_: ()))
        with pytest.raises(StoreError, match="Another version of this program"):
            running.ask(QUESTIONS[0])
    with Assistant.open(store) as started_again:
        assert told(started_again)[1][0] is Outcome.ANSWERED
