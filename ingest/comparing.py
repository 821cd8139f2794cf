"""Vectors as the register keeps them beside their passages, to be compared one by one.

Chroma finds the nearest of very many; for a few it is quicker to compare each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_KEPT = np.dtype("<f2")


def packed(vector: Sequence[float]) -> bytes:
    """A vector's numbers in two bytes each."""
    return np.asarray(vector, _KEPT).tobytes()


def unpacked(kept: bytes) -> list[float]:
    """The numbers of a vector that was kept."""
    numbers: list[float] = np.frombuffer(kept, _KEPT).tolist()
    return numbers


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Vectors made ready to be compared with others, and the id of the passage of each."""

    ids: tuple[int, ...]
    rows: NDArray[np.float32]
    lengths: NDArray[np.float32]

    @classmethod
    def of(cls, kept: Sequence[tuple[int, bytes]]) -> Compared:
        """Vectors as they are kept, each with an id."""
        packed = np.frombuffer(b"".join(vector for _, vector in kept), _KEPT)
        rows = packed.reshape(len(kept), -1 if kept else 0).astype(np.float32)
        return cls(tuple(i for i, _ in kept), rows, np.sqrt(np.einsum("ij,ij->i", rows, rows)))

    def __len__(self) -> int:
        return len(self.ids)

    def cosines(self, vector: Sequence[float]) -> dict[int, float]:
        """The cosine of the angle between a vector and each of these, by its id."""
        if not self.ids:
            return {}
        query = np.asarray(vector, np.float32)
        similar = self.rows @ query / (self.lengths * np.linalg.norm(query))
        return dict(zip(self.ids, similar.tolist(), strict=True))
