"""Settings, read once from the environment and handed on as a value."""

import os
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ingest.errors import BoardPapersError
from ingest.formats.limits import Limits

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
