"""The vectors of passages, in Chroma: keys and vectors only, never a word of the papers.

A key is the hash of the embedded text. A vector is therefore never wrong, only no longer
wanted: which keys count is for the register to say. Chroma runs in this process, on a folder of
the store, or is a server that several machines share.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from ingest.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api.client import Client

Vector = Sequence[float]

_NAME = "passages"
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """Where a Chroma server is, such as http://vectors:8000; `token` is sent as a bearer's."""

    url: str
    token: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Raises StoreError for what isn't an address."""
        try:
            scheme, host, _ = self._parts()
        except ValueError:
            scheme = host = ""
        if scheme not in ("http", "https") or not host:
            raise StoreError(
                f"{self.url!r} isn't the address of a Chroma server: give one such as "
                "http://localhost:8000."
            )

    @property
    def address(self) -> tuple[str, int, bool]:
        """Host, port, and whether over TLS."""
        scheme, host, port = self._parts()
        tls = scheme == "https"
        return host, port or (443 if tls else 8000), tls

    def _parts(self) -> tuple[str, str, int | None]:
        parts = urlsplit(self.url)
        return parts.scheme, parts.hostname or "", parts.port


class Vectors:
    """An open collection of vectors, compared by cosine."""

    def __init__(
        self,
        directory: Path,
        server: ChromaServer | None = None,
        store: str = "",
        *,
        unnamed: bool = False,
    ) -> None:
        """Opens the folder, made if need be, or what a server holds for it.

        Of a store that several machines share, the server knows the name instead of the folder;
        unnamed are those of the folder that the server itself stands on.

        Chroma is imported here, as it takes a second.
        """
        self._place = server.url if server else str(directory.resolve())
        self.failed = False
        """Whether something went wrong, so that it's better opened anew."""
        named = server and not unnamed
        name = f"{_NAME}-{store or _short_hash(directory)}" if named else _NAME
        with self._named_errors():
            self._client = _connected(server) if server else _opened(directory)
            self._collection = self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )

    def count(self) -> int:
        """How many are held."""
        with self._named_errors():
            return self._collection.count()

    def is_empty(self) -> bool:
        """Whether nothing is held."""
        return self.count() == 0

    def name_for(self, store: str) -> None:
        """Has what is held be that of a store which several machines share, in no other's place."""
        name = f"{_NAME}-{store}"
        with self._named_errors():
            self._client.delete_collection(name)
            self._collection.modify(name=name)

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

    def fetch(self, keys: Collection[str]) -> dict[str, Vector]:
        """The vectors of the keys that are held."""
        fetched: dict[str, Vector] = {}
        for batch in _batches(keys):
            with self._named_errors():
                found = self._collection.get(ids=batch, include=["embeddings"])
            fetched.update(zip(found["ids"], cast(Any, found["embeddings"]), strict=True))
        return fetched

    def close(self) -> None:
        """Lets go of the folder."""
        self._client.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        import httpx
        from chromadb.errors import ChromaError

        try:
            yield
        except (ChromaError, httpx.HTTPError, _NotConnected) as error:
            self.failed = True
            raise StoreError(
                f"The search index in {self._place} can't be used ({error}): see that it can be "
                "reached; `boardpapers doctor --mend` makes a damaged one anew."
            ) from error


class _NotConnected(Exception):
    """No Chroma server answers, or the folder can't be opened."""


def _opened(directory: Path) -> Client:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    path = str(directory.resolve())
    settings = Settings(anonymized_telemetry=False)
    try:
        client = chromadb.PersistentClient(path=path, settings=settings)
    except (ValueError, AttributeError) as error:  # its ways of saying that the folder is damaged
        # It would go on using what it opened in vain, after the folder has been mended.
        SharedSystemClient._identifier_to_system.pop(path, None)
        SharedSystemClient._identifier_to_refcount.pop(path, None)
        raise _NotConnected(f"{directory} is damaged") from error
    return cast("Client", client)


def _connected(server: ChromaServer) -> Client:
    import chromadb
    from chromadb.config import Settings

    host, port, tls = server.address
    headers = {"Authorization": f"Bearer {server.token}"} if server.token else None
    settings = Settings(anonymized_telemetry=False)
    try:
        client = chromadb.HttpClient(host, port, ssl=tls, headers=headers, settings=settings)
    except ValueError as error:  # its way of saying that nobody answers
        raise _NotConnected(str(error)) from error
    return cast("Client", client)


def _short_hash(directory: Path) -> str:
    return sha256(str(directory.resolve()).encode()).hexdigest()[:16]


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while batch := list(islice(rest, _BATCH)):
        yield batch
