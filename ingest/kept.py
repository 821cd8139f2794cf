"""What was read, kept for a while: as much as a limit allows, the longest unused going first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, at most as many as their sizes add up to. Safe to share between threads."""

    def __init__(self, most: int, size: Callable[[V], int] = lambda _: 1) -> None:
        self._most = most
        self._size = size
        self._sum = 0
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, read: Callable[[K], V]) -> V:
        """The value of a key, read where it isn't kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = read(key)
        self.put(key, value)
        return value

    def known(self, keys: list[K]) -> dict[K, V]:
        """Those of some keys' values that are kept."""
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
        return found

    def put(self, key: K, value: V) -> None:
        """Keeps a value; the last one put is always kept."""
        self.put_all({key: value})

    def put_all(self, values: Mapping[K, V]) -> None:
        """Keeps values, the last ones longest."""
        with self._lock:
            for key, value in values.items():
                if key in self._values:
                    self._sum -= self._size(self._values.pop(key))
                self._values[key] = value
                self._sum += self._size(value)
            while self._sum > self._most and len(self._values) > 1:
                self._sum -= self._size(self._values.popitem(last=False)[1])
