"""Embeddings from a service that speaks OpenAI's interface, such as one in-house."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ingest.embedding import Embedder
from ingest.errors import BoardPapersError

_BATCH = 64
_PATIENCE = 60.0


class EmbeddingsFailed(BoardPapersError):
    """The service didn't answer, or not with vectors."""


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service is (such as http://host:8080/v1), the model to ask for, and the key."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)


class ServiceEmbedder(Embedder):
    """A model behind `POST url/embeddings`; every text goes over the network to it."""

    def __init__(self, service: Service) -> None:
        """Asks nothing yet; raises :class:`EmbeddingsFailed` for what isn't a web address."""
        if not service.url.startswith(("http://", "https://")):
            raise EmbeddingsFailed(
                f"{service.url!r} isn't the address of an embeddings service: give one that "
                "begins with http:// or https://."
            )
        self._service = service
        self.model_id = f"{service.model} at {service.url}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of the texts, in their order."""
        rest = iter(texts)
        vectors: list[list[float]] = []
        while batch := list(islice(rest, _BATCH)):
            vectors += self._asked(batch)
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._asked([text])[0]

    def _asked(self, texts: list[str]) -> list[list[float]]:
        try:
            answer = self._post({"model": self._service.model, "input": texts})
            found = sorted(answer["data"], key=lambda entry: int(entry["index"]))
            vectors = [[float(number) for number in entry["embedding"]] for entry in found]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EmbeddingsFailed(
                f"The embeddings service {self._service.url} gave no vectors ({error}): check the "
                "address, the model and the key, or leave the setting out to use the local model."
            ) from error
        if len(vectors) != len(texts) or not all(vectors):
            raise EmbeddingsFailed(
                f"The embeddings service {self._service.url} gave {len(vectors)} vectors for "
                f"{len(texts)} texts: use another service, or leave the setting out."
            )
        return vectors

    def _post(self, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._service.key:
            headers["Authorization"] = f"Bearer {self._service.key}"
        request = urllib.request.Request(
            f"{self._service.url.rstrip('/')}/embeddings", json.dumps(body).encode(), headers
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
            return json.load(response)
