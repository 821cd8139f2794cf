"""Settings, read once from the environment and handed on as a value."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import BoardPapersError
from ingest.formats.limits import Limits

if TYPE_CHECKING:
    from ingest.service import Service

DEMO_CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "papers"


_LIMIT = "BOARDPAPERS_LIMIT_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is, by default `.boardpapers/` in the working folder; limits on a file."""

    store: Path = Path(".boardpapers")
    limits: Limits = Limits()


def settings_from_environment() -> Settings:
    """Settings from `BOARDPAPERS_*` variables, with the defaults for what isn't set."""
    store = Path(os.environ.get("BOARDPAPERS_STORE") or ".boardpapers")
    return Settings(store, _limits())


def _limits() -> Limits:
    """Limits with what `BOARDPAPERS_LIMIT_PAGES` and its like say."""
    given = {field.name: os.environ.get(_LIMIT + field.name.upper()) for field in fields(Limits)}
    set_here: dict[str, Any] = {n: _number(n, text) for n, text in given.items() if text}
    return replace(Limits(), **set_here)


def _number(name: str, text: str) -> int | float:
    """The value of a limit: a whole number, or seconds."""
    kind = type(getattr(Limits(), name))
    try:
        value = kind(text)
    except ValueError:
        value = kind(0)
    if value <= 0:
        raise BoardPapersError(
            f"{_LIMIT}{name.upper()} is {text!r}: give a number above nought, or unset it."
        )
    number: int | float = value
    return number


def embedding_service() -> Service | None:
    """The service that makes embeddings, where `BOARDPAPERS_EMBEDDINGS_URL` names one.

    Kept apart from the settings, which are put on record: a key isn't.
    """
    url = os.environ.get("BOARDPAPERS_EMBEDDINGS_URL")
    if not url:
        return None
    # Not above: it brings LangChain, which `--help` has no need of.
    from ingest.service import Service

    model = os.environ.get("BOARDPAPERS_EMBEDDINGS_MODEL")
    if not model:
        raise BoardPapersError(
            "BOARDPAPERS_EMBEDDINGS_URL is set without a model: set BOARDPAPERS_EMBEDDINGS_MODEL "
            "to the name that the service knows it by."
        )
    return Service(url, model, os.environ.get("BOARDPAPERS_EMBEDDINGS_KEY") or None)
