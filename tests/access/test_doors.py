"""The doors that `test_roles.py` leaves: the register, briefings, watches, HTTP, MCP, pages, logs.

For each role and each kind of paper (public, exempt of its committee and of another, confidential).
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import anyio
import pytest
import streamlit as st
from fastapi.testclient import TestClient
from mcp import Client
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from assistant import cli
from assistant.access.viewer import sight_key
from assistant.assistant import Assistant
from assistant.audit.trail import Trail
from assistant.briefing.written import written
from assistant.browse import measures_held
from assistant.desk import Desk
from assistant.interfaces.api import application
from assistant.interfaces.tools import tools
from assistant.papers.printed import Span
from assistant.receipts import papers_held, receipt_json
from assistant.register.register import RegisterQuery
from assistant.suggestions import Suggestions
from assistant.threads import Threads, Verdict
from assistant.watch.watching import Watch
from ingest.errors import UnknownPaper
from ingest.store import Store
from tests.access.papers import (
    CITY_PACK,
    COUNTY_PACK,
    FIGURES,
    MEASURES,
    SECRET_PAPER,
    WORDS,
    write_private_papers,
)
from tests.access.test_roles import KINDS, SEES, VIEWERS

PAPERS = {"own": COUNTY_PACK, "other": CITY_PACK, "secret": SECRET_PAPER}
TODAY = date(2026, 11, 26)
PUBLIC_WORD = "kayak"
ROLES = ("public", "member", "officer", "administrator")
PAGE = "from app_pages import {0}, frame\nframe.page({0}.draw_{0})()\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doors")
    with Assistant(Store.open(folder / "store")) as assistant:
        report = assistant.ingest([write_private_papers(folder / "papers")])
        assert not report.refused, report
    return folder / "store"


@pytest.fixture(scope="module")
def desk(store: Path) -> Iterator[Desk]:
    with Desk(store) as desk:
        yield desk


def question(kind: str) -> str:
    return f"What was decided about the {WORDS[kind]} wing?"


def listed(desk: Desk, role: str, kind: str) -> str:
    register = desk.assistant(VIEWERS[role]).register
    return str([register.entries(), [register.view(e, TODAY) for e in register.entries()]])


def counted(desk: Desk, role: str, kind: str) -> str:
    page = desk.assistant(VIEWERS[role]).register.search(RegisterQuery(WORDS[kind]))
    return str((page.entries, page.near, page.total, page.meetings, page.kinds))


def tracked(desk: Desk, role: str, kind: str) -> str:
    register = desk.assistant(VIEWERS[role]).register
    return str(
        (register.tracked(TODAY), register.outstanding(), register.changes(), register.minutes(),
         register.decided())
    )  # fmt: skip


def attendance(desk: Desk, role: str, kind: str) -> str:
    return str(desk.assistant(VIEWERS[role]).register.attendance())


def briefed(desk: Desk, role: str, kind: str) -> str:
    try:
        briefing = desk.assistant(VIEWERS[role]).brief(PAPERS[kind])
    except UnknownPaper as error:
        return str(error).replace(f"No paper {PAPERS[kind]!r} is held.", "")
    return f"{briefing} {written(briefing, '.md').decode()}"


def measures(desk: Desk, role: str, kind: str) -> str:
    return str(measures_held(desk.assistant(VIEWERS[role])))


def suggested(desk: Desk, role: str, kind: str) -> str:
    assistant = desk.assistant(VIEWERS[role])
    offered = Suggestions(assistant)
    return f"{offered.to_begin_with()} {offered.after(assistant.ask(f'{MEASURES[kind]}?'))}"


def kept(desk: Desk, role: str, kind: str) -> str:
    assistant = desk.assistant(VIEWERS[role])
    answer = assistant.ask("What was resolved about the lease of the wing?")
    return json.dumps(receipt_json(answer, papers_held(assistant)), default=str)


def page_read(desk: Desk, role: str, kind: str) -> str:
    """The page that a quote stands on, with its picture."""
    assistant = desk.assistant(VIEWERS[role])
    try:
        pages = assistant._store.pages(PAPERS[kind])
        spans = [Span(page, page.start, page.start + 1) for page in pages]
        read = [assistant.printed.read(PAPERS[kind], span) for span in spans]
        return str((read, [assistant.printed.image(PAPERS[kind], span) for span in spans]))
    except UnknownPaper as error:
        return str(error).replace(PAPERS[kind], "")


def watched(desk: Desk, role: str, kind: str) -> str:
    viewer = VIEWERS[role]
    watch = Watch(desk._store, viewer)
    name = f"{role} {kind}"
    watch.add(desk.assistant(viewer), name, question(kind))
    try:
        told = [(q.seen, watch.run(desk.assistant(viewer), TODAY)) for q in watch.questions()
                if q.name == name]  # fmt: skip
        return str(told).replace(question(kind), "").replace(name, "")
    finally:
        watch.remove(name)


def over_http(desk: Desk, role: str, kind: str) -> str:
    told = []
    with TestClient(application(desk, VIEWERS[role]), base_url="http://localhost") as client:
        for path in (
            "papers", f"papers/{PAPERS[kind]}", "decisions?words=wing", "decisions", "indicators",
            "search?question=lease+of+the+wing&limit=50", "indicators?measure=lodgers",
            "indicators/series?measure=lodgers", "health", "metrics", "nothing",
        ):  # fmt: skip
            told.append(client.get(f"/{path}").text.replace(f"'{PAPERS[kind]}'", ""))
        answer = client.post("/ask", json={"question": "What was resolved about the lease?"})
        told.append(answer.text)
    return "".join(told).replace(f"/papers/{PAPERS[kind]}", "")


def over_mcp(desk: Desk, role: str, kind: str) -> str:
    async def talk() -> list[Any]:
        async with Client(tools(desk, VIEWERS[role])) as client:
            return [
                await client.call_tool(tool, arguments)
                for tool, arguments in (
                    ("papers", {}),
                    ("decisions", {"words": "wing"}),
                    ("indicators", {}),
                    ("indicator_series", {"measure": "lodgers"}),
                    ("search", {"question": "lease of the wing", "limit": 50}),
                    ("ask", {"question": "What was resolved about the lease?"}),
                )
            ]

    return str(anyio.run(talk))


DOORS: dict[str, Callable[[Desk, str, str], str]] = {
    "register": listed,
    "count": counted,
    "tracked": tracked,
    "attendance": attendance,
    "briefing": briefed,
    "measures": measures,
    "suggestions": suggested,
    "receipt": kept,
    "page": page_read,
    "watch": watched,
    "HTTP": over_http,
    "MCP": over_mcp,
}
TELLS = {"register", "count", "briefing", "page", "HTTP", "MCP"}
"""Doors that must show it to whoever may see it; of the others some have no room for it."""


def secrets_of(kind: str, role: str) -> tuple[str, ...]:
    return WORDS[kind], FIGURES[kind], *(() if SEES[role] else ("91,417",))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", VIEWERS)
def test_a_role_is_told_at_a_door_what_it_may_see_and_no_more(
    desk: Desk, role: str, door: str, kind: str
) -> None:
    told = DOORS[door](desk, role, kind)
    if kind not in SEES[role]:
        assert not any(secret.lower() in told.lower() for secret in secrets_of(kind, role))
        assert kind != "secret" or SECRET_PAPER not in told
    elif door in TELLS:
        assert WORDS[kind] in told or FIGURES[kind] in told, told[:2000]


@pytest.mark.parametrize("door", ["register", "HTTP", "MCP", "page"])
@pytest.mark.parametrize("role", VIEWERS)
def test_what_is_public_is_told_to_every_role(desk: Desk, role: str, door: str) -> None:
    assert PUBLIC_WORD in DOORS[door](desk, role, "own")


@pytest.mark.parametrize("role", VIEWERS)
def test_another_s_conversation_and_verdict_are_for_those_who_see_the_same(
    desk: Desk, store: Path, role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, viewer = VIEWERS["officer"], VIEWERS[role]
    with closing(Threads(store)) as threads:
        thread = threads.begin("o", sight_key(officer), "Which wing?", datetime.now(UTC))
        threads.add(thread.id, desk.assistant(officer).ask(question("own")), datetime.now(UTC))
        threads.judge(thread.id, 0, Verdict.UNHELPFUL, "why")
        own = threads.of("o", sight_key(viewer))
        threads_told = str(own)
    assert ("Which wing?" in threads_told) is (role in ("officer", "administrator"))
    if role in ROLES:
        monkeypatch.setenv("BOARDPAPERS_ROLE", role)
    exported = tmp_path / "cases.jsonl"
    words = ["feedback", "export", str(exported), "--store", str(store)]
    assert CliRunner().invoke(cli.app, words).exit_code == 0
    told = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert (WORDS["own"] in told) is (role in ("officer", "administrator"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", VIEWERS)
def test_logs_and_the_audit_have_no_words_of_papers(
    desk: Desk, store: Path, role: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        desk.ask(VIEWERS[role], f"Who is to sign the lease with {WORDS[kind]}?", door="log")
    logged = " ".join(str(record.__dict__) for record in caplog.records if "assistant" in
                      record.name or "ingest" in record.name)  # fmt: skip
    assert WORDS[kind] not in logged and FIGURES[kind] not in logged
    with Trail(store) as trail:
        entry = trail.entries()[-1]
    assert entry.role == VIEWERS[role].role.value
    assert not any(FIGURES[kind] in shown or WORDS[kind] in shown for shown in entry.shown)
    if kind not in SEES[role]:
        assert SECRET_PAPER not in str(entry.shown) or kind != "secret"


@pytest.mark.parametrize("page", ["papers", "decisions", "indicators", "watch", "about"])
@pytest.mark.parametrize("role", ["public", "member", "officer"])
def test_a_page_draws_what_a_role_may_see(
    store: Path, role: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARDPAPERS_STORE", str(store))
    monkeypatch.setenv("BOARDPAPERS_ROLE", role)
    monkeypatch.setenv(
        "BOARDPAPERS_COMMITTEES", "Ferrowdale County Council: Corporate Parenting Board"
    )
    st.cache_resource.clear()
    at = AppTest.from_string(PAGE.format(page), default_timeout=60).run()
    assert not at.exception
    told = str(at._tree)
    for kind in KINDS:
        if kind not in SEES[role]:
            assert WORDS[kind] not in told and FIGURES[kind] not in told
    assert (SECRET_PAPER in told) <= ("secret" in SEES[role])
    if page == "papers":
        assert ("Serious case" in told or SECRET_PAPER in told) is ("secret" in SEES[role])
    st.cache_resource.clear()
