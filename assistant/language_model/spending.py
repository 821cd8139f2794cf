"""What a language model has cost so far, against the ceilings set."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.settings import ModelSettings

_PER_TOKEN = 3  # characters, at the least, of text that an endpoint gives no count for
_MILLION = 1_000_000


class Spending:
    """Tokens read and written by one process's requests, and what they cost.

    Where an endpoint doesn't count, the tokens are reckoned from the texts, rather too many.
    """

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._read = self._written = 0

    def add(self, usage: Mapping[str, Any] | None, read: int, written: int) -> None:
        """Count a request: by the endpoint's own count, else by characters read and written."""
        counted = usage or {}
        with self._lock:
            self._read += int(counted.get("input_tokens") or read // _PER_TOKEN + 1)
            self._written += int(counted.get("output_tokens") or written // _PER_TOKEN + 1)

    @property
    def tokens(self) -> int:
        """Tokens read and written."""
        return self._read + self._written

    @property
    def cost(self) -> float:
        """What they cost, in the money of the prices set."""
        prices = self._settings
        return (self._read * prices.price_read + self._written * prices.price_written) / _MILLION

    def reached(self) -> str:
        """Which ceiling is reached, in words for the person; empty where none is."""
        budget, ceiling = self._settings.budget, self._settings.cost
        if self.tokens >= budget:
            return f"its budget of {budget} tokens is spent; BOARDPAPERS_MODEL_BUDGET raises it"
        if ceiling is not None and self.cost >= ceiling:
            return f"its cost has reached {ceiling:g}; BOARDPAPERS_MODEL_COST raises the ceiling"
        return ""
