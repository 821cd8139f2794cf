"""Settings, read once from the environment and handed on as a value."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import BoardPapersError

if TYPE_CHECKING:
    from ingest.service import Service

DEMO_CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is; the default is `.boardpapers/` in the working folder."""

    store: Path = Path(".boardpapers")


def settings_from_environment() -> Settings:
    """Settings from `BOARDPAPERS_*` variables, with the defaults for what isn't set."""
    return Settings(store=Path(os.environ.get("BOARDPAPERS_STORE") or ".boardpapers"))


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
