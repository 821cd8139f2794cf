"""What a user would pick instead, over the same papers and with the same embedding model.

Neither is needed by the assistant: install them beside it to have them compared.

    pip install langchain-text-splitters langchain-chroma haystack-ai
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec

from benchmarks.evidence import Found, Question
from ingest.embedding import Embedder, as_langchain

Finder = Callable[[Question], Sequence[Found]]
_DEPTH = 10


def langchain_recipe(texts: Mapping[str, str], embedder: Embedder) -> Finder | None:
    """The tutorial's: recursive splitter of 1,000 characters with 200 shared, Chroma.

    It takes the top 4; ten are asked for here, so @1 is as it comes and @5 is a little kind.
    """
    if not (find_spec("langchain_text_splitters") and find_spec("langchain_chroma")):
        return None
    from langchain_chroma import Chroma
    from langchain_core.documents import Document  # noqa: TID251
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=1000, chunk_overlap=200, add_start_index=True
    )
    whole = [Document(page_content=text, metadata={"paper": p}) for p, text in texts.items()]
    parts = splitter.split_documents(whole)
    store = Chroma.from_documents(
        parts, as_langchain(embedder), collection_name=f"recipe-{len(parts)}"
    )

    def find(question: Question) -> list[Found]:
        return [
            _stretch(hit.metadata["paper"], hit.metadata["start_index"], hit.page_content)
            for hit in store.similarity_search(question.query.text, k=_DEPTH)
        ]

    return find


def haystack_hybrid(texts: Mapping[str, str], embedder: Embedder) -> Finder | None:
    """Haystack's hybrid retrieval: 200 words with 20 shared, BM25 and embeddings, rank fusion."""
    if not find_spec("haystack"):
        return None
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    splitter = DocumentSplitter(split_by="word", split_length=200, split_overlap=20)
    splitter.warm_up()
    whole = [Document(content=text, meta={"paper": paper}) for paper, text in texts.items()]
    parts = splitter.run(documents=whole)["documents"]
    vectors = embedder.embed_documents([part.content for part in parts])
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [replace(part, embedding=vector) for part, vector in zip(parts, vectors, strict=True)]
    )
    by_words, by_meaning = InMemoryBM25Retriever(store), InMemoryEmbeddingRetriever(store)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def find(question: Question) -> list[Found]:
        text = question.query.text
        lists = [
            by_words.run(query=text, top_k=_DEPTH)["documents"],
            by_meaning.run(query_embedding=embedder.embed_query(text), top_k=_DEPTH)["documents"],
        ]
        hits = joiner.run(documents=lists, top_k=_DEPTH)["documents"]
        return [_stretch(h.meta["paper"], h.meta["split_idx_start"], h.content) for h in hits]

    return find


def _stretch(paper: str, start: int, text: str) -> Found:
    return Found(paper, ((start, start + len(re.sub(r"\s+\Z", "", text))),), text)
