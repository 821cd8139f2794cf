"""Work on a stranger's file in a process of its own: with bounds on time and memory.

A reader may crash, hang or eat memory; the process that serves people must not. The worker is a
plain `python -m ingest.isolation` that takes pickled calls and gives pickled results, since
multiprocessing would run the program's own main module again, and Streamlit's is the page.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import IO, TypeVar

from ingest.errors import BoardPapersError, UnreadableFile
from ingest.formats.limits import MIB, Limits

T = TypeVar("T")

_LENGTH = struct.Struct("!Q")


class ReaderFault(BoardPapersError):
    """A fault of ours that a file brought out; the message names file, error and place."""


class Worker:
    """A process that does one piece of work after another; for one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def call(self, name: str, work: Callable[..., T], *args: object) -> T:
        """`work(*args)` done by the process; `name` names the file in what may be raised.

        Raises UnreadableFile when the file breaks a bound or brings the process down, and
        whatever BoardPapersError the work raises; any other exception becomes ReaderFault.
        """
        process = self._started()
        expired = threading.Event()

        def stop() -> None:
            expired.set()
            _kill(process)

        timer = threading.Timer(self._limits.seconds, stop)
        timer.start()
        try:
            _send(_pipe(process.stdin), (work, args))
            outcome = pickle.loads(_received(_pipe(process.stdout)))
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.close()
            raise UnreadableFile(self._ended(name, expired.is_set(), process)) from error
        finally:
            timer.cancel()
        if isinstance(outcome, _Fault):
            raise ReaderFault(outcome.told(name))
        if isinstance(outcome, BoardPapersError):
            raise outcome
        if isinstance(outcome, MemoryError):
            self.close()
            raise UnreadableFile(
                f"{name} needs more than {self._limits.memory // MIB} MB of memory to read: "
                "split it and try again."
            )
        result: T = outcome
        return result

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.isolation", str(self._limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(p or "." for p in sys.path)},
            )
        return self._process

    def _ended(self, name: str, expired: bool, process: subprocess.Popen[bytes]) -> str:
        if expired:
            return (
                f"{name} took longer than {self._limits.seconds:g} seconds to read: "
                "split it, or save it anew, and try again."
            )
        return (
            f"{name} brought its reader down (exit {process.returncode}): it may be damaged; "
            "open it, save it anew and try again."
        )


class _Fault:
    """An exception that nobody foresaw, as words: it may not be picklable itself."""

    def __init__(self, error: BaseException) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        self.said = f"{type(error).__name__}: {error}"
        self.place = f"{os.path.basename(last.filename)}:{last.lineno}"

    def told(self, name: str) -> str:
        """One line for the person, with what a developer needs."""
        return (
            f"{name} couldn't be read through a fault in this program ({self.said}, at "
            f"{self.place}): please report it."
        )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a worker and what it has started, such as a text recognition."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _send(stream: IO[bytes], value: object) -> None:
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return body


def collect_seldom() -> None:
    """Looks for garbage less often: a paper is many small values that live until it is sent."""
    gc.set_threshold(100_000, 20, 100)


def _bounded(memory: int) -> None:
    """Holds this process to its memory, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows: only the time is bounded there
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve(memory: int) -> None:
    """The worker's side: calls from standard input, results on what was standard output."""
    collect_seldom()
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the results
    _bounded(memory)
    while True:
        try:
            call = _received(sys.stdin.buffer)
        except EOFError:
            return
        outcome: object
        try:
            work, args = pickle.loads(call)
            outcome = work(*args)
        except (BoardPapersError, MemoryError) as error:
            outcome = error.with_traceback(None)
        except Exception as error:
            outcome = _Fault(error)
        _send(results, outcome)


if __name__ == "__main__":
    # Under its own name, so that what is pickled here is known there.
    from ingest import isolation

    isolation._serve(int(sys.argv[1]))
