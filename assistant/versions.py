"""What an answer's receipt says of the versions that made it."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.answer import CONTRACT
from assistant.passages.search import wording

_ROOMS = ("ingest", "indicators", "assistant")
_DIGITS = 12


@cache
def versions() -> dict[str, str]:
    """Versions of the contract, the code and the catalogue."""
    return {"contract": CONTRACT, "code": _code(), "catalogue": wording().version[:_DIGITS]}


def _code() -> str:
    """The program's version with a hash of its rooms' files: it tells a changed line."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.relative_to(root).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    return f"{_released()}+{digest.hexdigest()[:_DIGITS]}"


def _released() -> str:
    try:
        return version("board-papers-assistant")
    except PackageNotFoundError:
        return "0"
