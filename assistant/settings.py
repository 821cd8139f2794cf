"""Settings, read once from the environment and handed on as a value."""

import os
from dataclasses import dataclass
from pathlib import Path

DEMO_CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "papers"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is; the default is `.boardpapers/` in the working folder."""

    store: Path = Path(".boardpapers")


def settings_from_environment() -> Settings:
    """Settings from `BOARDPAPERS_*` variables, with the defaults for what isn't set."""
    return Settings(store=Path(os.environ.get("BOARDPAPERS_STORE") or ".boardpapers"))
