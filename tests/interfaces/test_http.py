"""The HTTP interface: a live server, httpx, and schemathesis by the server's own description."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from assistant import Answer, Assistant
from assistant.answer import Outcome, Route, Searched
from assistant.interfaces.contract import (
    AnswerOut,
    IndicatorOut,
    PaperOut,
)
from assistant.listings import observations_listing, papers_listing
from tests.interfaces.conftest import serving
from tests.small_pack import COUNCIL, PAPER_ID, write_small_pack

QUESTION = "How many children were looked after in January 2024?"
client = httpx.Client(timeout=120)
PROBLEM_KEYS = {"type", "title", "status", "detail"}


def test_the_server_does_what_its_description_says(service: str, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "schemathesis")]
    command += ["--config-file", str(Path(__file__).with_name("schemathesis.toml"))]
    command += ["run", f"{service}/openapi.json", "--max-examples", "8", "--no-color"]
    command += ["--phases", "examples,coverage,fuzzing", "--request-timeout", "120"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "Tested: 8" in done.stdout


def test_a_question_is_answered_as_the_command_line_answers_it(
    service: str, small_store: Path
) -> None:
    with Assistant.open(small_store) as assistant:
        answer = json.loads(json.dumps(assistant.ask(QUESTION).to_json(), default=str))
    sent = {"question": QUESTION, "scope": {"councils": ["thistle"], "since": "2024-01-01"}}
    got = client.post(f"{service}/ask", json=sent).raise_for_status().json()
    differing = {key for key in answer if answer[key] != got[key]}
    assert differing <= {"receipt", "retrieved"} and set(answer) == set(got)
    assert got["figures"][0]["value"] == 409


def test_a_follow_up_is_read_with_its_history(service: str) -> None:
    turns = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "409"}]
    sent = {"question": "and in December 2023?", "history": turns}
    got = client.post(f"{service}/ask", json=sent).json()
    assert [figure["value"] for figure in got["figures"]] == [415]


def test_lists_are_whole_filtered_and_counted(service: str) -> None:
    def rows(what: str, **query: str | int) -> dict[str, object]:
        return client.get(f"{service}/{what}", params=query).raise_for_status().json()

    assert [row["id"] for row in rows("papers")["rows"]] == [PAPER_ID]
    assert rows("papers", since="2024-03-08")["total"] == 0
    actions = rows("decisions", kind="action", council="thistle")
    assert [row["owner"] for row in actions["rows"]] == ["Maud Pellow"]
    found = rows("decisions", words="bicycle repair", outcome="agreed", owner="pellow")
    assert found["total"] == len(found["rows"])
    assert rows("decisions", words="bicycles")["said"].startswith("1 resolution and 1 action on")
    figures = rows("indicators", measure="looked after")
    shown = rows("indicators", measure="looked after", offset=1, limit=1)
    assert shown["rows"] == figures["rows"][1:2] and shown["total"] == figures["total"] > 2
    cards = rows("indicators/series", measure="children looked after")["cards"]
    assert [point["value"] for point in cards[0]["chart"]["points"]] == [412, 415, 409]
    found = rows("search", question="bicycle grants")["results"]
    assert "bicycle" in found[0]["text"] and found[0]["page"] == 2
    assert [item["number"] for item in rows(f"papers/{PAPER_ID}")["agenda"]] == ["1", "2"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("GET", "/papers/nobody", None, 404, "'nobody'"),
        ("GET", "/papers?council=Nowhere", None, 404, COUNCIL),
        ("GET", "/decisions?since=2024-02-01&until=2024-01-01", None, 400, "exchange them"),
        ("GET", "/decisions?since=1", None, 422, "YYYY-MM-DD"),
        ("GET", "/papers?limit=100000", None, 422, "limit"),
        ("GET", "/nothing", None, 404, "/openapi.json"),
        ("PUT", "/ask", None, 405, "Method Not Allowed"),
        ("POST", "/ask", b"{", 422, "JSON"),
        ("POST", "/ask", b'{"question": " "}', 422, "question"),
        ("POST", "/ask", b'{"question": "x?", "scop": {}}', 422, "scop"),
        ("POST", "/ask", b'{"question": "%s"}' % (b"x" * 2_001), 422, "2000"),
        ("POST", "/ask", b" " * 1_000_001, 413, "1,000,000 bytes"),
    ],
)
def test_mistakes_are_problems_that_say_what_to_do(
    service: str, method: str, path: str, body: bytes | None, status: int, said: str
) -> None:
    got = client.request(
        method, service + path, content=body, headers={"Content-Type": "application/json"}
    )
    assert got.status_code == status
    assert got.headers["content-type"] == "application/problem+json"
    assert set(got.json()) == PROBLEM_KEYS and said in got.json()["detail"]


def test_a_body_sent_in_pieces_is_limited_too(service: str) -> None:
    pieces = (b" " * 100_000 for _ in range(11))
    got = client.post(f"{service}/ask", content=pieces)
    assert got.status_code == 413


def test_a_name_that_is_not_this_machine_s_is_turned_away(service: str) -> None:
    got = client.get(f"{service}/papers", headers={"Host": "papers.example"})
    assert got.status_code == 400 and PAPER_ID not in got.text


def test_papers_that_come_in_are_answered_from_at_once(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with serving(store) as address:
        before = client.get(f"{address}/health").json()
        with Assistant.open(store) as assistant:
            assistant.ingest([write_small_pack(tmp_path)])
        answer = client.post(f"{address}/ask", json={"question": QUESTION}).json()
    assert before["papers"] == 0
    assert answer["outcome"] == "answered" and answer["figures"][0]["value"] == 409


def test_a_port_that_is_taken_is_one_line(service: str, tmp_path: Path) -> None:
    port = service.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "assistant.cli", "serve", "--port", port]
    command += ["--store", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f":{port}" in done.stderr and len(done.stderr.splitlines()) == 1


def test_the_typed_forms_have_the_columns_of_what_they_carry() -> None:
    answer = Answer("", Outcome.ANSWERED, Route.NONE, "", Searched(0, (), None, None, 0))
    assert set(AnswerOut.model_fields) == set(answer.to_json())
    for form, listing in (
        (PaperOut, papers_listing([])),
        (IndicatorOut, observations_listing([])),
    ):
        assert tuple(form.model_fields) == listing.columns
