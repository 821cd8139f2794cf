"""Work that misbehaves, in the real worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.formats.limits import MIB, Limits
from ingest.isolation import ReaderFault, Worker

LIMITS = Limits(seconds=20.0, memory=700 * MIB)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(LIMITS) as worker:
        yield worker


def whoami() -> int:
    return os.getpid()


def chatter() -> str:
    os.write(1, b"a library that prints to standard output")
    return "heard"


def refuses(name: str) -> None:
    raise UnreadableFile(f"{name} is refused: save it anew.")


def breaks() -> None:
    raise KeyError("bug")


def dies() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def eats() -> int:
    return len(bytearray(4096 * MIB))


def hangs() -> None:
    time.sleep(3600)


def test_work_is_done_in_one_other_process(worker: Worker) -> None:
    first, second = worker.call("a", whoami), worker.call("b", whoami)
    assert first == second != os.getpid()


def test_what_a_library_prints_does_not_disturb(worker: Worker) -> None:
    assert worker.call("a", chatter) == "heard"
    assert worker.call("a", chatter) == "heard"


def test_a_refusal_comes_back_as_it_is(worker: Worker) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.pdf is refused: save it anew"):
        worker.call("a.pdf", refuses, "a.pdf")


def test_a_fault_of_ours_names_file_error_and_place(worker: Worker) -> None:
    with pytest.raises(ReaderFault, match=r"a\.pdf .*KeyError: 'bug', at test_isolation\.py:\d+"):
        worker.call("a.pdf", breaks)


@pytest.mark.parametrize(
    ("work", "reason"), [(dies, "brought its reader down"), (eats, "more than 700 MB of memory")]
)
def test_a_worker_that_breaks_a_bound_is_replaced(
    worker: Worker, work: object, reason: str
) -> None:
    before = worker.call("a", whoami)
    with pytest.raises(UnreadableFile, match=rf"b\.pdf .*{reason}"):
        worker.call("b.pdf", work)
    assert worker.call("c", whoami) != before


def starts_another(place: str) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
    Path(place).write_text(str(child.pid))
    time.sleep(3600)


def test_what_a_worker_has_started_ends_with_it(tmp_path: Path) -> None:
    """What broke: a text recognition went on after its file was given up."""
    place = tmp_path / "pid"
    with Worker(Limits(seconds=3.0)) as worker, pytest.raises(UnreadableFile):
        worker.call("a.pdf", starts_another, str(place))
    status = Path(f"/proc/{place.read_text()}/stat")
    for _ in range(50):  # until whoever inherits it has taken note of its end
        if not status.exists() or status.read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("it is still running")


def test_work_that_hangs_is_ended() -> None:
    with Worker(Limits(seconds=2.0)) as worker:
        with pytest.raises(UnreadableFile, match=r"d\.pdf took longer than 2 seconds"):
            worker.call("d.pdf", hangs)
        assert worker.call("e", chatter) == "heard"
