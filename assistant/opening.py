"""Papers opened by a thread of its own, while whoever comes is told how far that is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for

from assistant.assistant import Assistant
from assistant.operations.metrics import METRICS
from ingest.errors import StoreError
from ingest.remaking import HowFar, NotReady, OnIndexing

_SOON = 1.0
"""Seconds that indexes may take before others are told to come again."""
_TENTHS = 10

_log = logging.getLogger(__name__)


class Opening:
    """An assistant that is being opened; its indexes may have to be made anew before."""

    def __init__(self, opened: Callable[[OnIndexing], Assistant]) -> None:
        """Waits until it is open, or until it is plain that it will take longer."""
        self._how_far: HowFar | None = None
        self._stopped = False
        self._done: Future[Assistant] = Future()
        self._begun = threading.Event()
        threading.Thread(target=self._open, args=(opened,), name="opening", daemon=True).start()
        self._begun.wait()
        wait_for([self._done], _SOON)

    def result(self) -> Assistant:
        """The assistant; raises NotReady while its indexes are made, and what opening raised."""
        if not self._done.done() and self._how_far is not None:
            raise NotReady(self._how_far)
        return self._done.result()

    def stop(self) -> None:
        """Ends the work after the step in hand: what is done is kept."""
        self._stopped = True
        wait_for([self._done])

    def _open(self, opened: Callable[[OnIndexing], Assistant]) -> None:
        try:
            assistant = opened(self._tell)
        except BaseException as error:
            self._done.set_exception(error)
        else:
            self._done.set_result(assistant)
        METRICS.indexing(0)
        self._begun.set()

    def _tell(self, told: HowFar) -> None:
        if self._stopped:
            raise StoreError(f"Making the indexes was stopped: {told} are done.")
        before, self._how_far = self._how_far, told
        METRICS.indexing(told.papers - told.done)
        if before is None or _tenths(told) > _tenths(before):
            numbers = {"papers": told.papers, "done": told.done}
            _log.info("indexes made anew", extra={"numbers": numbers})
        self._begun.set()


def _tenths(told: HowFar) -> int:
    return _TENTHS * told.done // max(1, told.papers)
