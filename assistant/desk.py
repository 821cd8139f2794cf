"""One desk for many people: each is answered as they may see, from a whole state, on record."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from assistant.access.viewer import PUBLIC, Viewer
from assistant.answer import Answer, Delta, Scope, Turn
from assistant.assistant import Assistant
from assistant.audit.recording import audit_settings, deed_of, entry_of, open_trail
from assistant.opening import Opening
from assistant.operations.limits import AskingLimits, Rates, TooMuch, asking_limits
from assistant.operations.metrics import METRICS
from assistant.operations.retention import in_force
from assistant.settings import ModelSettings
from ingest.remaking import NotReady
from ingest.sight import Sight

_SIGHTS = 16
"""Assistants kept at once: each holds what its sight shows in memory."""

_log = logging.getLogger(__name__)


class Desk:
    """Assistants over one store, one for each sight. Safe to share between threads."""

    def __init__(
        self,
        store: Path,
        model: ModelSettings | None = None,
        limits: AskingLimits | None = None,
    ) -> None:
        """Opens the store for the public; for others when they come.

        Where indexes have to be made anew first, NotReady tells whoever comes how far that is.
        What people asked and is older than it is kept by setting is deleted.
        """
        self._store = store
        self._model = model
        self._limits = limits or asking_limits()
        self._rates = Rates(self._limits.per_minute)
        self._lock = threading.Lock()
        self._audit = audit_settings()
        in_force(store)
        self._trail = open_trail(store, self._audit)
        self._assistants: dict[Sight, Assistant] = {}
        self._opening = Opening(
            lambda on_indexing: Assistant.open(store, model, viewer=PUBLIC, on_indexing=on_indexing)
        )
        try:
            self.assistant(PUBLIC)
        except NotReady as error:
            _log.warning(str(error))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the store and the audit."""
        self._opening.stop()
        with self._lock:
            for assistant in self._assistants.values():
                assistant.close()
            self._assistants.clear()
            if self._trail:
                self._trail.close()

    def assistant(self, viewer: Viewer) -> Assistant:
        """The assistant that sees what a viewer may, shared with all who see the same.

        What it is told to do (release, take in) it does by that viewer's rights and name.
        Raises NotReady while the indexes are made anew.
        """
        public = self._opening.result()
        with self._lock:
            self._assistants.setdefault(PUBLIC.sight, public)
            shared = self._assistants.get(viewer.sight)
            if shared is None:
                while len(self._assistants) >= _SIGHTS:
                    # The one that has waited longest; who uses it still holds it until done.
                    self._assistants.pop(next(iter(self._assistants)))
                shared = Assistant.open(self._store, self._model, viewer=viewer)
                self._assistants[viewer.sight] = shared
        return shared if shared.viewer == viewer else shared.on_behalf_of(viewer)

    def ask(
        self,
        viewer: Viewer,
        question: str,
        history: Sequence[Turn] = (),
        scope: Scope = Scope(),
        today: date | None = None,
        door: str = "page",
    ) -> Answer:
        """Answers somebody within the limits, and puts it on record before it's handed out."""
        self.allowed(viewer, question, history)
        started = time.perf_counter()
        METRICS.begun(1)
        try:
            answer = self.assistant(viewer).ask(question, history, scope, today)
        except Exception as error:
            METRICS.failed(type(error).__name__)
            raise
        finally:
            METRICS.begun(-1)
        self.note(viewer, question, answer, door, time.perf_counter() - started)
        return answer

    def stream(
        self,
        viewer: Viewer,
        question: str,
        history: Sequence[Turn] = (),
        scope: Scope = Scope(),
        door: str = "page",
    ) -> Iterator[Delta | Answer]:
        """The same as it comes: stretches of the text, then the answer, once it is on record."""
        self.allowed(viewer, question, history)
        started = time.perf_counter()
        METRICS.begun(1)
        try:
            for part in self.assistant(viewer).stream(question, history, scope):
                if isinstance(part, Answer):
                    self.note(viewer, question, part, door, time.perf_counter() - started)
                yield part
        except Exception as error:
            METRICS.failed(type(error).__name__)
            raise
        finally:
            METRICS.begun(-1)

    def allowed(self, viewer: Viewer, question: str, history: Sequence[Turn] = ()) -> None:
        """Raises :class:`TooMuch` for a question that is too long, or one too many."""
        limits = self._limits
        if len(question) > limits.characters:
            METRICS.refused("length")
            raise TooMuch(
                f"The question has {len(question)} characters: shorten it to {limits.characters}."
            )
        if (
            len(history) > limits.turns
            or sum(len(turn.content) for turn in history) > limits.history_characters
        ):
            METRICS.refused("history")
            raise TooMuch("The conversation is too long: begin a new one.")
        try:
            self._rates.count(viewer.name)
        except TooMuch:
            METRICS.refused("rate")
            raise

    def note(
        self, viewer: Viewer, question: str, answer: Answer, door: str, seconds: float = 0.0
    ) -> None:
        """Puts an answer on record; raises StoreError where that can't be done."""
        if self._trail:
            self._trail.append(entry_of(viewer, question, answer, door, self._audit))
        METRICS.answered(door, answer.outcome.value, seconds)
        numbers = {
            "door": door,
            "role": viewer.role.value,
            "outcome": answer.outcome.value,
            "ms": round(1000 * seconds),
            "citations": len(answer.citations),
        }
        _log.info("answered", extra={"numbers": numbers})

    def note_deed(self, viewer: Viewer, did: str, door: str, shown: tuple[str, ...] = ()) -> None:
        """Puts on record what else was done or shown: "export decisions", "release"."""
        if self._trail:
            self._trail.append(deed_of(viewer, did, door, shown))
