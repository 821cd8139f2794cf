"""Vectors as the register keeps them beside their passages, to be compared one by one.

Chroma finds the nearest of very many; for a few it is quicker to compare each. The products are
einsum's: BLAS would share them out among threads, which takes longer than to do them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

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
class Cosines:
    """The cosine of each of some passages, whose ids rise."""

    ids: NDArray[np.int64]
    values: NDArray[np.float32]

    def __len__(self) -> int:
        return self.ids.size

    def best(self, limit: int) -> list[tuple[int, float]]:
        """Ids with their cosines, the greatest first, of equal ones the lower id."""
        order = np.argsort(-self.values, kind="stable")[:limit]
        return list(zip(self.ids[order].tolist(), self.values[order].tolist(), strict=True))

    def of(self, wanted: Sequence[int]) -> dict[int, float]:
        """The cosines of those ids that are among these."""
        known = np.intersect1d(self.ids, np.asarray(wanted, np.int64), return_indices=True)[1]
        return dict(zip(self.ids[known].tolist(), self.values[known].tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Vectors made ready to be compared with others, and the id of the passage of each."""

    ids: NDArray[np.int64]
    rows: NDArray[np.float32]
    lengths: NDArray[np.float32]

    @classmethod
    def of(cls, kept: Sequence[tuple[int, bytes]]) -> Compared:
        """Vectors as they are kept, each with an id."""
        ordered = sorted(kept, key=itemgetter(0))
        packed = np.frombuffer(b"".join(vector for _, vector in ordered), _KEPT)
        rows = packed.reshape(len(kept), -1 if kept else 0).astype(np.float32)
        ids = np.array([i for i, _ in ordered], np.int64)
        return cls(ids, rows, np.sqrt(np.einsum("ij,ij->i", rows, rows)))

    def __len__(self) -> int:
        return self.ids.size

    def cosines(self, vector: Sequence[float]) -> Cosines:
        """The cosine of the angle between a vector and each of these."""
        if not self.ids.size:
            return Cosines(self.ids, self.lengths)
        query = np.asarray(vector, np.float32)
        products = np.einsum("ij,j->i", self.rows, query)
        return Cosines(self.ids, products / (self.lengths * np.linalg.norm(query)))
