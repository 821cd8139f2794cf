"""A server on this machine that speaks OpenAI's interface and says what a test scripts."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    """The tool asked for is called with a value; a text stands for broken JSON."""

    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        name = body["tools"][0]["function"]["name"]
        arguments = value if isinstance(value, str) else json.dumps(value)
        call = {"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}
        _send(handler, 200, _message({"content": None, "tool_calls": [call]}))

    return reply


def saying(text: str) -> Reply:
    """Plain text instead of a call of the tool."""
    return lambda handler, _: _send(handler, 200, _message({"content": text}))


def failing(status: int) -> Reply:
    """An HTTP error."""
    error = {"error": {"message": "no", "type": "server_error", "code": None, "param": None}}
    return lambda handler, _: _send(handler, status, error)


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


def _message(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "pretend",
        "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **message}}
        ],
        "usage": {"prompt_tokens": 60, "completion_tokens": 40, "total_tokens": 100},
    }


def _send(handler: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
    sent = json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(sent)))
    if status == 429:
        handler.send_header("Retry-After", "0")
    handler.end_headers()
    handler.wfile.write(sent)
