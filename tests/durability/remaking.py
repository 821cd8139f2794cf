"""Indexes that other rules made, and a process of its own that makes them anew until it is killed.

    python -m tests.durability.remaking STORE PAPERS

It ends itself by SIGKILL in the midst of the step after so many papers.

It is started with the settings of whoever starts it, so it works on servers too.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from assistant.indexes import keep_indexes
from assistant.settings import register_place
from ingest import remaking
from ingest.database import Connection
from ingest.store import Store

RULES = ("wording", "rules of marks", "rules of figures", "decision_rules")


def made_by_other_rules(connection: Connection) -> None:
    """Has every index look as if another version of the program had made it."""
    for name in RULES:
        connection.execute("UPDATE meta SET value = 'of another version' WHERE name = ?", (name,))


def killed_after(folder: Path, papers: int, **settings: str) -> None:
    """Has a process make the indexes anew, which is killed when so many papers are done."""
    command = [sys.executable, "-m", "tests.durability.remaking", str(folder), str(papers)]
    ended = subprocess.run(command, env={**os.environ, **settings}, check=False)
    assert ended.returncode == -signal.SIGKILL


def _main() -> None:
    remaking.STEP = 0.0  # a paper each
    last = int(sys.argv[2])
    take_in = remaking.Remaking._take_in

    def take_in_until_the_end(work: remaking.Remaking, connection: Connection, paper: str) -> None:
        nonlocal last
        take_in(work, connection, paper)
        if not last:
            os.kill(os.getpid(), signal.SIGKILL)
        last -= 1

    remaking.Remaking._take_in = take_in_until_the_end  # type: ignore[assignment,method-assign]
    with Store.open(Path(sys.argv[1]), place=register_place()) as store:
        keep_indexes(store)


if __name__ == "__main__":
    _main()
