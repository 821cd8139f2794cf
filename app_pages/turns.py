"""Who goes first when many ask at once: first words before everything else that a page draws."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST = 1.0


class Turns:
    """Counts the questions being answered in this process."""

    def __init__(self) -> None:
        self._asking = 0
        self._changed = threading.Condition()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """While a question is being answered."""
        with self._changed:
            self._asking += 1
        try:
            yield
        finally:
            with self._changed:
                self._asking -= 1
                self._changed.notify_all()

    def give_way(self, seconds: float = _LONGEST) -> bool:
        """Waits while others' questions are being answered, so long at most; whether none is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._asking == 0, seconds)


TURNS = Turns()
