"""Settings, read once from the environment and handed on as a value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import BoardPapersError
from ingest.formats.limits import Limits

if TYPE_CHECKING:
    from ingest.postgres import PostgreSQL
    from ingest.service import Service
    from ingest.vectors import ChromaServer

DEMO_CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "papers"
_LIMIT = "BOARDPAPERS_LIMIT_"
_MODEL = "gpt-4o-mini"
_TIMEOUT = 20.0
_BUDGET = 200_000
_RETRIES = 2
_RATE = 2.0
_COST = "BOARDPAPERS_MODEL_COST"
_PRICES = ("BOARDPAPERS_MODEL_PRICE_READ", "BOARDPAPERS_MODEL_PRICE_WRITTEN")


class BadSetting(BoardPapersError):
    """A variable of the environment holds what isn't a value for it."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A language model behind an endpoint that speaks OpenAI's interface.

    `timeout` is in seconds a request; `budget` the tokens that one process may spend, `cost` the
    money, at prices for a million tokens read and written (in any currency); a request that fails
    in passing is sent again up to `retries` times; `rate` is the requests a second.
    """

    name: str
    key: str = field(repr=False)
    base_url: str | None = None
    timeout: float = _TIMEOUT
    budget: int = _BUDGET
    cost: float | None = None
    price_read: float = 0.0
    price_written: float = 0.0
    retries: int = _RETRIES
    rate: float = _RATE

    @property
    def place(self) -> str:
        """Where what is asked is sent."""
        return self.base_url or "OpenAI"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is, by default `.boardpapers/` here; the model; limits on a file."""

    store: Path = Path(".boardpapers")
    model: ModelSettings | None = None
    limits: Limits = Limits()


def settings_from_environment() -> Settings:
    """Settings from the environment's variables, with the defaults for what isn't set."""
    store = Path(os.environ.get("BOARDPAPERS_STORE") or ".boardpapers")
    return Settings(store, model_from(os.environ), limits_from(os.environ))


def limits_from(variables: Mapping[str, str]) -> Limits:
    """Limits with what `BOARDPAPERS_LIMIT_PAGES` and its like say."""
    default = Limits()
    names = {bound.name: _LIMIT + bound.name.upper() for bound in fields(Limits)}
    given: dict[str, Any] = {
        name: type(getattr(default, name))(_positive(variables, variable, getattr(default, name)))
        for name, variable in names.items()
    }
    return replace(default, **given)


def model_from(variables: Mapping[str, str]) -> ModelSettings | None:
    """The language model that variables name; without a key or with "none", no model is used."""
    key, name = variables.get("OPENAI_API_KEY", ""), variables.get("BOARDPAPERS_MODEL", "")
    if not key or name.lower() in ("none", "off"):
        return None
    if variables.get(_COST) and not all(variables.get(price) for price in _PRICES):
        raise BadSetting(
            f"{_COST} is set without prices: set {' and '.join(_PRICES)} to what a million tokens "
            "cost, or leave it unset."
        )
    read, written = (_number(variables, price, 0.0) for price in _PRICES)
    return ModelSettings(
        name=name or _MODEL,
        key=key,
        base_url=variables.get("OPENAI_BASE_URL") or None,
        timeout=_positive(variables, "BOARDPAPERS_MODEL_TIMEOUT", _TIMEOUT),
        budget=int(_positive(variables, "BOARDPAPERS_MODEL_BUDGET", _BUDGET)),
        cost=_positive(variables, _COST, 1.0) if variables.get(_COST) else None,
        price_read=read,
        price_written=written,
        retries=int(_number(variables, "BOARDPAPERS_MODEL_RETRIES", _RETRIES)),
        rate=_positive(variables, "BOARDPAPERS_MODEL_RATE", _RATE),
    )


def embedding_service() -> Service | None:
    """The service that makes embeddings, where `BOARDPAPERS_EMBEDDINGS_URL` names one.

    Kept apart from the settings, which are put on record: a key isn't.
    """
    url = os.environ.get("BOARDPAPERS_EMBEDDINGS_URL")
    if not url:
        return None
    from ingest.service import Service

    model = os.environ.get("BOARDPAPERS_EMBEDDINGS_MODEL")
    if not model:
        raise BadSetting(
            "BOARDPAPERS_EMBEDDINGS_URL is set without a model: set BOARDPAPERS_EMBEDDINGS_MODEL "
            "to the name that the service knows it by."
        )
    return Service(url, model, os.environ.get("BOARDPAPERS_EMBEDDINGS_KEY") or None)


def chroma_server() -> ChromaServer | None:
    """The Chroma server for the vectors, where `BOARDPAPERS_CHROMA_URL` names one."""
    from ingest.vectors import ChromaServer

    url = os.environ.get("BOARDPAPERS_CHROMA_URL")
    return ChromaServer(url, os.environ.get("BOARDPAPERS_CHROMA_TOKEN") or None) if url else None


def register_place() -> PostgreSQL | None:
    """The database of the register, where `BOARDPAPERS_REGISTER_URL` names one."""
    url = os.environ.get("BOARDPAPERS_REGISTER_URL")
    if not url:
        return None
    from ingest.postgres import PostgreSQL

    return PostgreSQL(url)


def _positive(variables: Mapping[str, str], name: str, default: float) -> float:
    value = _number(variables, name, default)
    if value == 0:
        raise BadSetting(f"{name} is 0: set it to a number above 0, or leave it unset.")
    return value


def _number(variables: Mapping[str, str], name: str, default: float) -> float:
    printed = variables.get(name) or str(default)
    try:
        value = float(printed)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise BadSetting(f"{name} is {printed!r}: set it to a number above 0, or leave it unset.")
    return value
