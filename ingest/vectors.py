"""The vectors of passages, in Chroma: keys and vectors only, never a word of the papers.

A key is the hash of the embedded text. A vector is therefore never wrong, only no longer
wanted: which keys count is for the register to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ingest.errors import StoreError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from chromadb.api.client import Client

Vector = Sequence[float]

_NAME = "passages"
_BATCH = 1000
_KEPT = 50_000


class Vectors:
    """An open collection of vectors, compared by cosine."""

    def __init__(self, directory: Path) -> None:
        """Opens the folder, made if need be; Chroma is imported here, as it takes a second."""
        import chromadb
        from chromadb.config import Settings

        self._directory = directory.resolve()
        self._fetched: dict[str, npt.NDArray[np.float32]] = {}
        with self._named_errors():
            self._client = cast(
                "Client",
                chromadb.PersistentClient(
                    path=str(self._directory), settings=Settings(anonymized_telemetry=False)
                ),
            )
            self._collection = self._client.get_or_create_collection(
                _NAME, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )

    def keys(self) -> set[str]:
        """Every key held."""
        with self._named_errors():
            return set(self._collection.get(include=[])["ids"])

    def held(self, keys: Collection[str]) -> set[str]:
        """Which of the keys are held."""
        found: set[str] = set()
        for batch in _batches(keys):
            with self._named_errors():
                found.update(self._collection.get(ids=batch, include=[])["ids"])
        return found

    def add(self, vectors: Mapping[str, Vector]) -> None:
        """Adds vectors; one that is held stays as it is."""
        for batch in _batches(vectors):
            values: Any = [vectors[key] for key in batch]
            with self._named_errors():
                self._collection.upsert(ids=batch, embeddings=values)

    def drop(self, keys: Collection[str]) -> None:
        """Deletes vectors; unknown keys are passed over."""
        for batch in _batches(keys):
            with self._named_errors():
                self._collection.delete(ids=batch)
            for key in batch:
                self._fetched.pop(key, None)

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Keys with their cosine similarity, best first."""
        query: Any = [vector]
        with self._named_errors():
            found = self._collection.query(
                query_embeddings=query, n_results=limit, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return [
            (key, 1.0 - distance) for key, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def similarities(self, vector: Vector, keys: Collection[str]) -> dict[str, float]:
        """The cosine similarity of each of the keys that are held.

        Fetching one takes Chroma long beside comparing it, so they are kept for the next time.
        """
        import numpy as np

        if len(self._fetched) > _KEPT:
            self._fetched.clear()
        for batch in _batches([key for key in keys if key not in self._fetched]):
            with self._named_errors():
                found = self._collection.get(ids=batch, include=["embeddings"])
            rows = np.asarray(found["embeddings"], np.float32)
            lengths = np.linalg.norm(rows, axis=1, keepdims=True) if len(rows) else rows
            self._fetched.update(zip(found["ids"], rows / lengths, strict=True))
        held = [key for key in keys if key in self._fetched]
        if not held:
            return {}
        query = np.asarray(vector, np.float32)
        cosines = np.stack([self._fetched[key] for key in held]) @ query / np.linalg.norm(query)
        return dict(zip(held, cosines.tolist(), strict=True))

    def close(self) -> None:
        """Lets go of the folder."""
        self._client.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        from chromadb.errors import ChromaError

        try:
            yield
        except ChromaError as error:
            raise StoreError(
                f"The search index in {self._directory} can't be used ({error}): delete the "
                "store's folder and ingest the papers again."
            ) from error


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while batch := list(islice(rest, _BATCH)):
        yield batch
