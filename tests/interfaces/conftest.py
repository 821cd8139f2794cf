"""A store with the small pack, and `boardpapers serve` over it in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from tests.small_pack import write_small_pack

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small-store")
    with Assistant.open(folder) as assistant:
        report = assistant.ingest([write_small_pack(tmp_path_factory.mktemp("small"))])
    assert not report.refused
    return folder


@pytest.fixture(scope="session")
def service(small_store: Path) -> Iterator[str]:
    """The address of a live server."""
    with serving(small_store) as address:
        yield address


class serving:
    """`boardpapers serve` as a person starts it, until the block ends."""

    def __init__(self, store: Path, **settings: str) -> None:
        self._settings = settings
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._command = [sys.executable, "-m", "assistant.cli", "serve"]
        self._command += ["--store", str(store), "--port", str(self._port)]

    def __enter__(self) -> str:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "BOARDPAPERS_ASK_PER_MINUTE": "6000"}
        environment |= self._settings
        self._process = subprocess.Popen(self._command, env=environment, stderr=subprocess.PIPE)
        address = f"http://127.0.0.1:{self._port}"
        for _ in range(600):
            try:
                httpx.get(f"{address}/health")
                return address
            except httpx.ConnectError:
                assert self._process.poll() is None, self._process.stderr.read()  # type: ignore[union-attr]
                time.sleep(0.1)
        raise AssertionError("the server didn't start within a minute")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=30)
