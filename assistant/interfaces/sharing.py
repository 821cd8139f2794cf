"""Who answers a request: an assistant over the store as it is now."""

import threading
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import ModelSettings


class Assistants:
    """The assistants of a server. Safe to share between threads.

    Papers that another process takes in are answered from with the next request.
    """

    def __init__(self, store: Path, model: ModelSettings | None = None) -> None:
        self._store = store
        self._model = model
        self._lock = threading.Lock()
        self._public = Assistant.open(store, model)
        self._digest = self._public.store_digest()

    def public(self) -> Assistant:
        """The assistant for a request that says nothing of whose it is."""
        with self._lock:
            if self._public.store_digest() != self._digest:
                # The earlier one may still be answering somebody: it closes when let go of.
                self._public = Assistant.open(self._store, self._model)
                self._digest = self._public.store_digest()
            return self._public

    def close(self) -> None:
        """Close the store."""
        self._public.close()
