"""A server on this machine that speaks OpenAI's interface and says what a test scripts."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class Endpoint:
    """Where the server listens, what it replies, and what it was asked."""

    base_url: str
    script: list[Reply]
    asked: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> str:
        """Everything that was sent, as text."""
        return json.dumps(self.asked)


@contextmanager
def speaking(*script: Reply) -> Iterator[Endpoint]:
    """A server that replies by the script; its last reply is repeated."""
    endpoint = Endpoint("", list(script))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.asked.append(body)
            reply = endpoint.script.pop(0) if len(endpoint.script) > 1 else endpoint.script[0]
            reply(self, body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()


def filling(value: object) -> Reply:
    """A reply in JSON; a text stands for broken JSON."""
    return saying(value if isinstance(value, str) else json.dumps(value))


def saying(*parts: str) -> Reply:
    """Text; where it is asked to stream, part by part."""

    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        if body.get("stream"):
            _stream(handler, parts)
            _end(handler)
        else:
            _send(handler, 200, _message({"content": "".join(parts)}))

    return reply


def wording(*parts: str) -> Reply:
    """Streamed text in which [1] stands for the key of the first quote sent, and so on."""

    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        keys = list(json.loads(body["messages"][-1]["content"])["quotes"])
        text = "\x00".join(parts)
        for number, key in enumerate(keys, 1):
            text = text.replace(f"[{number}]", f"[{key}]")
        saying(*text.split("\x00"))(handler, body)

    return reply


def calling(*calls: tuple[str, object]) -> Reply:
    """Calls of tools, by name and arguments; a text stands for broken JSON."""
    made = [
        {
            "id": str(number),
            "type": "function",
            "function": {
                "name": name,
                "arguments": given if isinstance(given, str) else json.dumps(given),
            },
        }
        for number, (name, given) in enumerate(calls)
    ]
    return lambda handler, _: _send(
        handler, 200, _message({"content": None, "tool_calls": made}, "tool_calls")
    )


def breaking_off(*parts: str) -> Reply:
    """A stream that ends in the middle, without its end."""

    def reply(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        _stream(handler, parts)
        handler.wfile.write(b"ffff\r\ndata: {")
        handler.wfile.flush()
        handler.connection.close()

    return reply


def endless(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """A stream of words that goes on for as long as anybody listens."""
    with suppress(OSError):
        _stream(handler, ["and so on "] * 100_000)


def _stream(handler: BaseHTTPRequestHandler, parts: Iterable[str]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for part in parts:
        _event(handler, {"content": part}, None)


def _event(handler: BaseHTTPRequestHandler, delta: dict[str, Any], reason: str | None) -> None:
    body = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "pretend",
        "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
    }
    _chunk(handler, f"data: {json.dumps(body)}\n\n")


def _end(handler: BaseHTTPRequestHandler) -> None:
    _event(handler, {}, "stop")
    _chunk(handler, "data: [DONE]\n\n")
    _chunk(handler, "")


def _chunk(handler: BaseHTTPRequestHandler, text: str) -> None:
    sent = text.encode()
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(sent), sent))
    handler.wfile.flush()


def failing(status: int, wait: str = "0") -> Reply:
    """An HTTP error; a 429 asks to wait."""
    error = {"error": {"message": "no", "type": "server_error", "code": None, "param": None}}
    return lambda handler, _: _send(handler, status, error, wait)


def hanging(seconds: float) -> Reply:
    """Nothing for a while, and then nothing."""
    return lambda handler, _: time.sleep(seconds)


def cut(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """A reply that breaks off in the middle."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "1", "choices": [')
    handler.close_connection = True


def _message(message: dict[str, Any], reason: str = "stop") -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "pretend",
        "choices": [
            {"index": 0, "finish_reason": reason, "message": {"role": "assistant", **message}}
        ],
        "usage": {"prompt_tokens": 60, "completion_tokens": 40, "total_tokens": 100},
    }


def _send(
    handler: BaseHTTPRequestHandler, status: int, body: dict[str, Any], wait: str = "0"
) -> None:
    sent = json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(sent)))
    if status == 429:
        handler.send_header("Retry-After", wait)
    handler.end_headers()
    handler.wfile.write(sent)
