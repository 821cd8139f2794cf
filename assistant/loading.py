"""The embedding model that the settings name, made ready while other things are loaded."""

from concurrent.futures import Future
from threading import Thread

from assistant.settings import embedding_service
from ingest.embedding import Embedder, load_embedder


def embedder() -> Embedder | None:
    """The model behind the service that is set, else that of this machine, else none."""
    service = embedding_service()
    if service is None:
        return load_embedder()
    from ingest.service import ServiceEmbedder

    return ServiceEmbedder(service)


def embedder_beside() -> Future[Embedder | None]:
    """The model as it will be; what a first question needs of it is loaded after that.

    Reading, checking and preparing the weights leaves the interpreter free meanwhile.
    """
    coming: Future[Embedder | None] = Future()
    Thread(target=_load, args=(coming,), name="embedding model").start()
    return coming


def _load(coming: Future[Embedder | None]) -> None:
    try:
        loaded = embedder()
    except BaseException as error:
        coming.set_exception(error)
        return
    coming.set_result(loaded)
    if loaded is not None:
        loaded.warm()
