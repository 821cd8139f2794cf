"""Hostile requests and tool calls to a live server over papers that hold exempt ones too."""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from assistant.assistant import Assistant
from ingest.store import Store
from tests.access.papers import FIGURES, SECRET_PAPER, WORDS, write_private_papers
from tests.hostile.requests import CALLS, RAW, REQUESTS, Request
from tests.interfaces.conftest import serving

_SILENT = 5.0
SECRETS = (*WORDS.values(), *FIGURES.values(), "91,417", "root:", "Traceback")
client = httpx.Client(timeout=60)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    with Assistant(Store.open(folder / "store")) as assistant:
        assistant.ingest([write_private_papers(folder / "papers")])
    with serving(folder / "store", BOARDPAPERS_ASK_SECONDS="2") as address:
        yield address


def sent(service: str, raw: bytes, patience: float = 10.0) -> bytes:
    """What the server says to bytes, until it closes or is silent."""
    host, port = service.removeprefix("http://").split(":")
    said = b""
    with socket.create_connection((host, int(port)), timeout=patience) as line:
        line.sendall(raw)
        line.settimeout(_SILENT)
        try:
            while part := line.recv(65536):
                said += part
        except (TimeoutError, ConnectionResetError):
            pass
    return said


def wired(request: Request, service: str) -> bytes:
    """A request as bytes: clients of good manners would mend its address first."""
    host = service.removeprefix("http://")
    given = {name.lower() for name, _ in request.headers}
    headers = [*request.headers, ("Connection", "close")]
    if "host" not in given:
        headers.append(("Host", host))
    if request.body or request.method == "POST":
        headers.append(("Content-Length", str(len(request.body))))
    lines = [f"{request.method} {request.target} HTTP/1.1", *(f"{n}: {v}" for n, v in headers)]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + request.body


@pytest.mark.parametrize("number", range(len(REQUESTS)))
def test_a_request_is_answered_or_told_what_is_wrong_with_it(service: str, number: int) -> None:
    request = REQUESTS[number]
    said = sent(service, wired(request, service))
    head, _, body = said.partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/1\.1 (\d{3})", head)
    assert status and int(status[1]) in request.status, (request.tried, request.target, said[:300])
    text = body.decode("utf-8", "replace")
    assert not any(secret in text for secret in SECRETS)
    if not request.target.endswith(SECRET_PAPER):
        assert SECRET_PAPER not in text
    lines = head.lower().split(b"\r\n")
    assert not any(line.startswith((b"access-control-allow", b"set-cookie")) for line in lines)
    assert b"content-type: text/html" not in head.lower()


@pytest.mark.parametrize("number", range(len(RAW)))
def test_what_is_no_request_is_refused(service: str, number: int) -> None:
    said = sent(service, RAW[number][1])
    assert not said or said.startswith(b"HTTP/1.1 4"), (RAW[number][0], said[:200])
    assert said.count(b"HTTP/1.1 ") <= 1, "one of two requests was smuggled in"
    assert client.get(f"{service}/health").status_code == 200


def test_a_body_that_never_ends_is_given_up(service: str) -> None:
    head = b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    host, port = service.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(head + b"Content-Length: 500\r\n\r\n{")
        began = time.monotonic()
        assert line.recv(4096).startswith(b"HTTP/1.1 408")
        assert time.monotonic() - began < 15


def test_a_hundred_idle_lines_keep_nobody_out(service: str) -> None:
    host, port = service.removeprefix("http://").split(":")
    idle = [socket.create_connection((host, int(port)), timeout=10) for _ in range(100)]
    try:
        for line in idle:
            line.sendall(b"GET /papers HTTP/1.1\r\n")
        assert client.get(f"{service}/health").status_code == 200
    finally:
        for line in idle:
            line.close()


@pytest.fixture(scope="module")
def called(service: str) -> list[Any]:
    """What each hostile call of a tool came to: a result or the protocol's error."""

    async def talk() -> list[Any]:
        results: list[Any] = []
        async with Client(f"{service}/mcp/") as mcp:
            for tool, arguments in CALLS:
                try:
                    results.append(await mcp.call_tool(tool, arguments))
                except MCPError as error:
                    results.append(error)
        return results

    return anyio.run(talk)


@pytest.mark.parametrize("number", range(len(CALLS)))
def test_a_tool_is_not_led_astray(called: list[Any], number: int) -> None:
    tool, arguments = CALLS[number]
    told = str(called[number])
    assert not any(secret in told for secret in SECRETS), (tool, arguments)
    assert SECRET_PAPER not in told
    assert "internal error" not in told.lower()


def test_the_server_told_its_log_nothing_of_what_was_sent(service: str, tmp_path: Path) -> None:
    answer = client.get(f"{service}/metrics").text
    assert "evil.example" not in answer and "alert(1)" not in answer
