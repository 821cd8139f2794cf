"""Settings, read once from the environment and handed on as a value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import BoardPapersError

DEMO_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_MODEL = "gpt-4o-mini"
_TIMEOUT = 20.0
_BUDGET = 200_000


class BadSetting(BoardPapersError):
    """A variable of the environment holds what isn't a value for it."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A language model behind an endpoint that speaks OpenAI's interface.

    `timeout` is in seconds a request; `budget` the tokens that one process may spend.
    """

    name: str
    key: str = field(repr=False)
    base_url: str | None = None
    timeout: float = _TIMEOUT
    budget: int = _BUDGET

    @property
    def place(self) -> str:
        """Where what is asked is sent."""
        return self.base_url or "OpenAI"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is (by default `.boardpapers/` in the working folder), and the model."""

    store: Path = Path(".boardpapers")
    model: ModelSettings | None = None


def settings_from_environment() -> Settings:
    """Settings from the environment's variables, with the defaults for what isn't set."""
    store = Path(os.environ.get("BOARDPAPERS_STORE") or ".boardpapers")
    return Settings(store=store, model=model_from(os.environ))


def model_from(variables: Mapping[str, str]) -> ModelSettings | None:
    """The language model that variables name; without a key or with "none", no model is used."""
    key, name = variables.get("OPENAI_API_KEY", ""), variables.get("BOARDPAPERS_MODEL", "")
    if not key or name.lower() in ("none", "off"):
        return None
    return ModelSettings(
        name=name or _MODEL,
        key=key,
        base_url=variables.get("OPENAI_BASE_URL") or None,
        timeout=_positive(variables, "BOARDPAPERS_MODEL_TIMEOUT", _TIMEOUT),
        budget=int(_positive(variables, "BOARDPAPERS_MODEL_BUDGET", _BUDGET)),
    )


def _positive(variables: Mapping[str, str], name: str, default: float) -> float:
    printed = variables.get(name) or str(default)
    try:
        value = float(printed)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise BadSetting(f"{name} is {printed!r}: set it to a number above 0, or leave it unset.")
    return value
