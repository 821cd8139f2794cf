"""A PostgreSQL and a Chroma of one's own, in temporary folders and on free ports."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PASSWORD = "p@ss/word:of%the-tests"
_ESCAPED = "p%40ss%2Fword%3Aof%25the-tests"
_NUMBERS = count()
_PATIENCE = 30.0


def postgres_binary(name: str) -> str | None:
    """A program of PostgreSQL's server: on the path, else where Debian puts it."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(debian[-1]) if debian else None)


@dataclass
class Postgres:
    """A server that runs; `folder` is its data."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def url(self, database: str, password: str = _ESCAPED, user: str = "tester") -> str:
        """The address of a database."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def database(self, options: str = "") -> str:
        """A new, empty database's address."""
        name = f"test_{next(_NUMBERS)}"
        self.sql(f"CREATE DATABASE {name} {options}")
        return self.url(name)

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """What a statement gives the server's owner."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        """Starts the server; it runs as `postgres` where this runs as root, which it refuses."""
        program = postgres_binary("postgres")
        assert program
        self.process = subprocess.Popen(
            [program, "-D", self.folder, "-p", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **_as_ordinary_user(),
        )
        _wait_for(self.port, self.process)
        deadline = time.monotonic() + _PATIENCE
        while not self._answers():
            assert time.monotonic() < deadline, "PostgreSQL doesn't answer"
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops the server; who is connected loses the connection."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(_PATIENCE)
            self.process = None

    def _answers(self) -> bool:
        import psycopg

        try:
            self.sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL with nothing in it, in which `tester` may do everything."""
    with TemporaryDirectory(prefix="boardpapers-pg-") as name, ExitStack() as stack:
        folder = Path(name)
        secret = folder / "password"
        secret.write_text(PASSWORD, "utf-8")
        if os.getuid() == 0:
            for path in (folder, secret):
                shutil.chown(path, "postgres", "postgres")
        initdb = postgres_binary("initdb")
        assert initdb
        data = folder / "data"
        made = f"--username=tester --auth=scram-sha-256 --pwfile={secret} --encoding=UTF8"
        subprocess.run(
            [initdb, "-D", data, *made.split(), "--no-locale", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            **_as_ordinary_user(),
        )
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"unix_socket_directories = '{folder}'\nfsync = off\n")
        server = Postgres(data, free_port())
        server.start()
        stack.callback(server.stop, signal.SIGQUIT)
        yield server


@contextmanager
def chroma(over: Path | None = None) -> Iterator[str]:
    """The address of a Chroma server, `chroma run` in a process of its own, over a folder."""
    port = free_port()
    program = Path(sys.executable).parent / "chroma"
    with TemporaryDirectory(prefix="boardpapers-chroma-") as folder:
        command = [str(program), "run", "--path", str(over or folder), "--host", "127.0.0.1"]
        process = subprocess.Popen(
            [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + _PATIENCE
            while True:
                try:
                    with urllib.request.urlopen(f"{address}/api/v2/heartbeat", timeout=1):
                        break
                except OSError:
                    assert process.poll() is None, "chroma ended"
                    assert time.monotonic() < deadline, "chroma doesn't answer"
                    time.sleep(0.1)
            yield address
        finally:
            process.kill()
            process.wait(_PATIENCE)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_ordinary_user() -> dict[str, Any]:
    return {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, "PostgreSQL ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("PostgreSQL doesn't listen")
