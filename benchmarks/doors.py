"""What each door but `ask` costs in a large store: commands, the service's answers, pages.

    python -m benchmarks.doors [PASSAGES] [--store DIR] [--only NAME ...]        default: 10000

The store is made as `benchmarks.scale` makes it, with vectors from a seeded generator, or is a copy
of one made before. Each door is opened in a process of its own: a command as a whole, opening the
store included; an answer of the service and a page when first asked for, and again. Processor time,
since the machine may be shared, with the clock's beside it.
"""

import os
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measures import Cost, alone, cost_of, peak_mib, save, show
from benchmarks.scale import build
from ingest import embedding
from ingest.store import Store

_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("papers",),
    ("papers", "--council", "{council}"),
    ("decisions",),
    ("decisions", "{word}"),
    ("decisions", "--council", "{council}", "--status", "open"),
    ("actions", "--council", "{council}"),
    ("attendance",),
    ("brief", "{paper}"),
    ("indicators", "list"),
    ("indicators", "list", "--measure", "missing"),
    ("indicators", "show", "children looked after"),
    ("indicators", "export", "{out}/figures.csv"),
    ("watch", "run"),
    ("doctor",),
    ("backup", "{out}/store.tar.gz"),
    ("remove", "{paper}"),
)
_ADDRESSES = (
    "/papers",
    "/papers/{paper}",
    "/decisions",
    "/decisions?words={word}",
    "/indicators",
    "/indicators?measure=missing",
    "/indicators/series?measure=children looked after",
    "/search?question=dental checks",
    "/health",
    "/metrics",
)
_PAGES = ("chat", "papers", "decisions", "indicators", "watch", "about")
_PAGE = "from app_pages import {0}, frame\nframe.page({0}.draw_{0})()\n"
_WORD = "strategy"
_QUESTION = "What was decided about dental checks?"
_PATIENCE = 600  # seconds that a page may take


@dataclass(frozen=True, slots=True)
class Opened:
    """What a door cost when it was first opened, and again where it stays open."""

    door: str
    first: Cost
    again: Cost | None
    peak_mib: float


def main() -> None:
    """Makes the store or copies one, opens every door, prints and saves."""
    parser = ArgumentParser(prog="python -m benchmarks.doors")
    parser.add_argument("passages", nargs="?", type=int, default=10_000)
    parser.add_argument("--store", type=Path, help="a store made before, which is copied")
    parser.add_argument("--only", nargs="*", help="only doors whose names hold one of these")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="boardpapers-doors-") as temporary:
        folder, out = Path(temporary, "store"), Path(temporary, "out")
        out.mkdir()
        if given.store:
            shutil.copytree(given.store, folder)
        else:
            alone(build, folder, given.passages, words=False)
        names = alone(_names, folder) | {"out": str(out)}
        done = [
            alone(work, folder, tuple(part.format_map(names) for part in door))
            for work, door in _doors()
            if not given.only or any(wanted in " ".join(door) for wanted in given.only)
        ]
    show("Doors: seconds of processor time (by the clock)", _COLUMNS, [_row(one) for one in done])
    save(f"doors-{given.passages}", {"doors": [asdict(one) for one in done]})


_Work = Callable[[Path, tuple[str, ...]], Opened]
_COLUMNS = ("door", "first s", "again s", "peak MiB")


def _doors() -> list[tuple[_Work, tuple[str, ...]]]:
    """Every door with how it is opened; the command that removes a paper comes last."""
    others, removing = _COMMANDS[:-1], _COMMANDS[-1]
    return [
        *((_command, command) for command in others),
        *((_address, (address,)) for address in _ADDRESSES),
        *((_page, (page,)) for page in _PAGES),
        (_command, removing),
    ]


def _names(folder: Path) -> dict[str, str]:
    """A council of the store, and its newest paper; a question is saved to be asked again."""
    _prepare(folder)
    from assistant.assistant import Assistant
    from assistant.watch.watching import Watch

    with Assistant(Store.open(folder)) as assistant:
        Watch(folder).add(assistant, "dental", _QUESTION)
        council = assistant.councils[0]
        held = [one for one in assistant.listed() if one.meeting.council == council]
    newest = max(held, key=lambda one: one.meeting.held or date.min)
    return {"council": council, "paper": newest.id, "word": _WORD}


def _prepare(folder: Path) -> None:
    """What a process needs to know: its store, and that no model is there to embed questions."""
    os.environ["BOARDPAPERS_STORE"] = str(folder)
    os.environ["BOARDPAPERS_ROLE"] = "administrator"
    embedding.PACKAGES = ()


def _command(folder: Path, words: tuple[str, ...]) -> Opened:
    _prepare(folder)
    from assistant.cli import app

    def run() -> None:
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            app(list(words), standalone_mode=False)

    cost, _ = cost_of(run)
    return Opened(
        " ".join(("boardpapers", *words[:1], *map(_short, words[1:]))), cost, None, peak_mib()
    )


def _address(folder: Path, door: tuple[str, ...]) -> Opened:
    _prepare(folder)
    from fastapi.testclient import TestClient

    from assistant.access.viewer import OPERATOR
    from assistant.desk import Desk
    from assistant.interfaces.api import application

    (address,) = door
    desk = Desk(folder)
    desk.assistant(OPERATOR)
    with TestClient(application(desk, OPERATOR), base_url="http://localhost") as client:
        first, again = (cost_of(lambda: client.get(address).raise_for_status())[0] for _ in "12")
    desk.close()
    return Opened(f"GET {address}", first, again, peak_mib())


def _page(folder: Path, door: tuple[str, ...]) -> Opened:
    _prepare(folder)
    from streamlit.testing.v1 import AppTest  # noqa: TID251 - it draws the app's own pages

    (page,) = door
    drawn = AppTest.from_string(_PAGE.format(page), default_timeout=_PATIENCE)
    first, _ = cost_of(drawn.run)
    if drawn.exception:
        sys.exit(f"The page {page} wasn't drawn: {drawn.exception[0].value}")
    again, _ = cost_of(drawn.run)
    return Opened(f"page {page}", first, again, peak_mib())


def _short(word: str) -> str:
    """A path by its last part."""
    return word.rpartition("/")[2]


def _row(one: Opened) -> tuple[str, ...]:
    def told(cost: Cost | None) -> str:
        return f"{cost.processor:.2f} ({cost.clock:.2f})" if cost else "–"

    return (one.door, told(one.first), told(one.again), f"{one.peak_mib:.0f}")


if __name__ == "__main__":
    main()
