"""How much one person may ask: bounds on length and on rate, as settings."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.settings import BadSetting
from ingest.errors import BoardPapersError

_MINUTE = 60.0
_PEOPLE = 10_000  # remembered at once: a flood of names must not eat memory


class TooMuch(BoardPapersError):
    """A request beyond a limit; nothing was searched."""


@dataclass(frozen=True, slots=True)
class AskingLimits:
    """Characters of a question, turns and characters of a history, questions a minute each.

    `body_seconds` is how long a request may take to come in.
    """

    characters: int = 4_000
    turns: int = 50
    history_characters: int = 200_000
    per_minute: int = 60
    body_seconds: int = 30


def asking_limits(variables: Mapping[str, str] = os.environ) -> AskingLimits:
    """The limits by `BOARDPAPERS_ASK_CHARACTERS`, `_TURNS`, `_HISTORY`, and so on."""
    default = AskingLimits()
    return AskingLimits(
        _count(variables, "BOARDPAPERS_ASK_CHARACTERS", default.characters),
        _count(variables, "BOARDPAPERS_ASK_TURNS", default.turns),
        _count(variables, "BOARDPAPERS_ASK_HISTORY", default.history_characters),
        _count(variables, "BOARDPAPERS_ASK_PER_MINUTE", default.per_minute),
        _count(variables, "BOARDPAPERS_ASK_SECONDS", default.body_seconds),
    )


class Rates:
    """Who has asked how often within the last minute. Safe to share between threads."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def count(self, name: str) -> None:
        """Counts a request of somebody; raises :class:`TooMuch` beyond the rate."""
        with self._lock:
            now = self._clock()
            asked = self._asked.pop(name, deque())
            while asked and now - asked[0] >= _MINUTE:
                asked.popleft()
            self._asked[name] = asked
            if len(self._asked) > _PEOPLE:
                self._asked.popitem(last=False)
            if len(asked) >= self._per_minute:
                wait = int(_MINUTE - (now - asked[0])) + 1
                raise TooMuch(
                    f"More than {self._per_minute} questions within a minute: ask again in "
                    f"{wait} seconds."
                )
            asked.append(now)


def _count(variables: Mapping[str, str], name: str, default: int) -> int:
    printed = variables.get(name) or str(default)
    if not printed.isascii() or not printed.isdigit() or int(printed) < 1:
        raise BadSetting(f"{name} is {printed!r}: set it to a whole number above 0.")
    return int(printed)
