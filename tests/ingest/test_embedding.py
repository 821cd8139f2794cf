from pathlib import Path

import pytest

from ingest import embedding
from ingest.embedding import Embedder, MiniLM, find_model, load_embedder

QUESTION = "How many children were looked after in March 2024?"
EXPECTED = [0.0205, 0.0346, 0.0406, 0.0109, 0.0245, 0.0303]


@pytest.fixture(scope="module")
def model() -> Embedder:
    loaded = load_embedder()
    if loaded is None:
        pytest.skip("no package with the model's weights is installed")
    return loaded


def install(folder: Path, package: str, files: dict[str, bytes]) -> None:
    """A package as pip leaves it: files, metadata and the list of both."""
    metadata = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (metadata / "RECORD").write_text("".join(f"weights/{name},,\n" for name in files))
    (folder / "weights").mkdir()
    for name, raw in files.items():
        (folder / "weights" / name).write_bytes(raw)


def test_no_package_means_no_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "PACKAGES", ("a-package-that-nobody-has",))
    assert load_embedder() is None


def test_other_weights_under_the_right_names_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    files = {"model.safetensors": b"other weights", "tokenizer.json": b"{}"}
    install(tmp_path, "tampered-model", files)
    monkeypatch.syspath_prepend(tmp_path)
    assert find_model("tampered-model") is None
    assert "isn't the published model.safetensors: tampered-model is not used" in caplog.text


def test_a_package_without_a_tokenizer_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "half-a-model", {"model.safetensors": b"weights"})
    monkeypatch.syspath_prepend(tmp_path)
    assert find_model("half-a-model") is None


def test_the_vectors_are_those_of_an_independent_forward_pass(model: Embedder) -> None:
    """The expected numbers come from a plain numpy forward pass over the same weights.

    Whole-number products come near to them, to about a third of a number's usual size.
    """
    vector = model.embed_query(QUESTION)
    assert len(vector) == 384
    assert sum(number * number for number in vector) == pytest.approx(1.0, abs=1e-5)
    assert vector[:6] == pytest.approx(EXPECTED, abs=0.02)


def test_a_text_has_nearly_the_same_vector_in_any_company(model: Embedder) -> None:
    """Nearly: the steps that a batch's numbers are rounded to depend on the largest of them."""
    company = [f"{'Placements cost more. ' * (number % 7)}x" for number in range(20)]
    texts = [*company, QUESTION, "Short."]
    vectors = model.embed_documents(texts)
    assert len(vectors) == len(texts)
    assert cosine(vectors[20], model.embed_query(QUESTION)) > 0.98
    assert cosine(vectors[21], model.embed_query("Short.")) > 0.98
    assert model.embed_documents([]) == []


def test_a_long_text_is_cut_where_the_model_stops_reading(model: Embedder) -> None:
    long = "children " * 254
    assert model.embed_query(f"{long} placements") == model.embed_query(f"{long} dentists")


def test_what_is_alike_is_near(model: Embedder) -> None:
    question, near, far = model.embed_documents(
        [QUESTION, "412 children were in care at 31 March.", "The car park closes at six."]
    )
    assert cosine(question, near) > cosine(question, far) + 0.3


def test_the_model_has_a_name_and_says_where_it_came_from(model: Embedder) -> None:
    assert isinstance(model, MiniLM)
    assert model.model_id == "all-MiniLM-L6-v2@53aa51172d14, seven bits"
    assert model.source in embedding.PACKAGES


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
