"""Who goes first when many ask at once: first words before everything else that a page draws."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

_LONGEST = 1.0
_AT_ONCE = 2


class Turns:
    """Counts the questions being answered in this process."""

    def __init__(self) -> None:
        self._asking = 0
        self._changed = threading.Condition()
        self._places = threading.Semaphore(_AT_ONCE)

    @contextmanager
    def asking(self, *, elsewhere: bool = False) -> Iterator[None]:
        """While a question is being answered: a few at once, the others in turn.

        So the first are told while the next are worked on, and not all of them at the end. Those
        whose answer is made `elsewhere`, by a language model, don't wait for each other.
        """
        with self._changed:
            self._asking += 1
        try:
            with nullcontext() if elsewhere else self._places:
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
