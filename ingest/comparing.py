"""Vectors as the register keeps them beside their passages, to be compared one by one.

Chroma finds the nearest of very many; for a few it is quicker to compare each.
"""

from collections.abc import Sequence

import numpy as np

_KEPT = np.dtype("<f2")


def packed(vector: Sequence[float]) -> bytes:
    """A vector's numbers in two bytes each."""
    return np.asarray(vector, _KEPT).tobytes()


def unpacked(kept: bytes) -> list[float]:
    """The numbers of a vector that was kept."""
    numbers: list[float] = np.frombuffer(kept, _KEPT).tolist()
    return numbers


def cosines(vector: Sequence[float], kept: Sequence[bytes]) -> list[float]:
    """The cosine of the angle between a vector and each of those kept."""
    rows = np.frombuffer(b"".join(kept), _KEPT).reshape(len(kept), -1).astype(np.float32)
    query = np.asarray(vector, np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows)) * np.linalg.norm(query)
    similar: list[float] = (rows @ query / lengths).tolist()
    return similar
