"""Makes the table of which words are near in meaning, `assistant/minutes/nearness.npz`.

    python -m benchmarks.nearness

The words are the whole ones of the embedding model's own vocabulary; those of one stem share the
mean of their vectors. It takes half a minute.
"""

import re
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.minutes import nearness
from indicators.catalogue import words
from ingest.embedding import MiniLM, load_embedder

Floats = npt.NDArray[np.float64]

_WIDTH = 128  # of 384: the cosines of all pairs then agree by .96
_STEPS = 127
_WORD = re.compile(r"[a-z]{3,}")


def vocabulary(model: MiniLM) -> list[str]:
    """The words to know, in their order."""
    return sorted(word for word in model.vocabulary if _WORD.fullmatch(word))


def by_stem(said: list[str], vectors: Floats) -> tuple[list[str], Floats]:
    """The stems of some words, each with the mean of the vectors of its words."""
    found: dict[str, list[Floats]] = {}
    for word, vector in zip(said, vectors, strict=True):
        stems = words(word)
        if len(stems) == 1:
            found.setdefault(stems[0], []).append(vector)
    names = sorted(found)
    return names, np.array([np.mean(found[name], axis=0) for name in names])


def narrowed(vectors: Floats) -> npt.NDArray[np.int8]:
    """Their principal components, less the mean of all, in whole numbers of eight bits."""
    apart = _unit(_unit(vectors) - _unit(vectors).mean(axis=0))
    _, _, axes = np.linalg.svd(apart, full_matrices=False)
    narrow = apart @ axes[:_WIDTH].T
    whole: npt.NDArray[np.int8] = np.rint(
        _STEPS * narrow / np.abs(narrow).max(axis=1, keepdims=True)
    ).astype(np.int8)
    return whole


def _unit(vectors: Floats) -> Floats:
    long: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return long


def main() -> None:
    """Asks the model for every word, and writes the table."""
    model = load_embedder()
    if not isinstance(model, MiniLM):
        raise SystemExit("No embedding model is installed: see docs/dependencies.md.")
    said = vocabulary(model)
    names, vectors = by_stem(said, np.array(model.embed_documents(said)))
    place = Path(nearness.__file__).with_name("nearness.npz")
    np.savez_compressed(place, vectors=narrowed(vectors), stems=np.array("\n".join(names)))
    print(f"{len(names)} stems of {len(said)} words, {place.stat().st_size / 1e6:.1f} MB: {place}")


if __name__ == "__main__":
    main()
