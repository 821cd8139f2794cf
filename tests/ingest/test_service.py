import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ingest.errors import StoreError
from ingest.service import EmbeddingsFailed, Service, ServiceEmbedder
from ingest.store import Store
from tests.ingest.fakes import WordEmbedder, observe, paper


class Endpoint(HTTPServer):
    """A service on this machine: keeps what it was asked, answers in reverse order."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None, dict[str, Any]]] = []
        self.status = 200
        self.answer: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], body))
        vectors = WordEmbedder().embed_documents(body["input"])
        data = [{"index": i, "embedding": vector} for i, vector in enumerate(vectors)]
        answer = {"data": data[::-1]} if self.server.answer is None else self.server.answer
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_vectors_come_in_the_order_of_the_texts_in_batches(endpoint: Endpoint) -> None:
    texts = [f"text {number}" for number in range(70)]
    embedder = ServiceEmbedder(Service(endpoint.url, "small", "secret"))
    assert embedder.embed_documents(texts) == WordEmbedder().embed_documents(texts)
    assert [len(body["input"]) for _, _, body in endpoint.asked] == [64, 6]
    path, key, body = endpoint.asked[0]
    assert (path, key, body["model"]) == ("/v1/embeddings", "Bearer secret", "small")


def test_a_store_is_filled_and_searched_by_the_service(endpoint: Endpoint, tmp_path: Path) -> None:
    embedder = ServiceEmbedder(Service(endpoint.url, "small"))
    with Store.open(tmp_path, embedder) as store:
        pack = paper("first", "Health assessments were late.\nPlacements cost more.\n")
        store.put(pack, observe(pack))
        found = store.finder.nearest("Board\nPlacements cost more.", 1)
        assert store.finder.read([found[0][0]])[found[0][0]].passage == pack.passages[1]
    with pytest.raises(StoreError, match="made with small at http://127"):
        Store.open(tmp_path, WordEmbedder())
    assert endpoint.asked[0][1] is None


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (401, {"error": "no"}),
        (200, {"data": []}),
        (200, {"data": [{"index": 0}]}),
        (200, {"data": [{"index": 0, "embedding": []}]}),
        (200, ["odd"]),
    ],
)
def test_what_is_no_answer_is_named_and_the_key_is_not(
    endpoint: Endpoint, status: int, answer: Any
) -> None:
    endpoint.status, endpoint.answer = status, answer
    embedder = ServiceEmbedder(Service(endpoint.url, "small", "secret"))
    with pytest.raises(EmbeddingsFailed, match="leave the setting out") as caught:
        embedder.embed_query("late")
    assert endpoint.url in str(caught.value)
    assert "secret" not in f"{caught.value}{Service(endpoint.url, 'small', 'secret')}"


def test_nobody_listening_is_named() -> None:
    embedder = ServiceEmbedder(Service("http://127.0.0.1:9/v1", "small"))
    with pytest.raises(EmbeddingsFailed, match=r"127\.0\.0\.1:9"):
        embedder.embed_query("late")


def test_only_web_addresses_are_asked() -> None:
    with pytest.raises(EmbeddingsFailed, match="'file:///etc' isn't the address"):
        ServiceEmbedder(Service("file:///etc", "small"))
