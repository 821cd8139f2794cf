"""Opens the assistant that is to be evaluated, over a store that may be filled first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, cast

from assistant.settings import settings_from_environment
from evals.runner import Assistant
from ingest.errors import BoardPapersError

DEFAULT = "assistant.assistant:Assistant.open"


class Opened(Assistant, Protocol):
    """An assistant with a store of its own."""

    def ingest(self, paths: list[Path], on_progress: Callable[..., None]) -> Any:
        """Takes files in; the report has `files`, each with `path`, `status` and `reason`."""

    def close(self) -> None:
        """Lets the store go."""


class CannotOpen(BoardPapersError):
    """The assistant can't be opened, or the papers can't be taken in."""


@contextmanager
def opened(
    store: Path | None, papers: Path | None, spec: str | None = None
) -> Iterator[tuple[Opened, Path]]:
    """The assistant named by `spec` ("module:callable of a store", by default ours), and its store.

    With `papers`, that folder is ingested first; without a store, into a temporary one. With
    neither, the store is that of the settings.
    """
    with TemporaryDirectory(prefix="boardpapers-eval-") as temporary:
        place = store or (Path(temporary) if papers else settings_from_environment().store)
        assistant = _factory(spec or DEFAULT)(place)
        try:
            if papers is not None:
                _take_in(assistant, papers)
            yield assistant, place
        finally:
            assistant.close()


def _factory(spec: str) -> Callable[[Path], Opened]:
    module, _, name = spec.partition(":")
    try:
        return cast("Callable[[Path], Opened]", attrgetter(name)(import_module(module)))
    except (ImportError, AttributeError, ValueError) as error:
        raise CannotOpen(
            f"assistant {spec!r} can't be found ({error}); name it as module:callable."
        ) from error


def _take_in(assistant: Opened, papers: Path) -> None:
    if not papers.is_dir():
        raise CannotOpen(f"{papers}: no such folder of papers.")
    report = assistant.ingest([papers], lambda *_: None)
    refused = [f"{file.path}: {file.reason}" for file in report.files if file.status == "refused"]
    if refused:
        raise CannotOpen(
            "papers were refused, so the cases can't be trusted:\n" + "\n".join(refused)
        )
