"""Files that come in by the page: kept under names of their own in a folder that goes away."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 200  # bytes; a disk allows 255
_UNFIT = re.compile(r"[\x00-\x1f\x7f]")
_UNNAMED = "paper"


@contextmanager
def kept(files: Sequence[tuple[str, memoryview | bytes]]) -> Iterator[tuple[Path, ...]]:
    """The files, given as (name, content), in a folder for as long as the block lasts.

    A name is whatever a browser says: folders, control characters and what is too long are
    dropped from it. Of two that are alike the later gets a number.
    """
    with tempfile.TemporaryDirectory(prefix="boardpapers-", ignore_cleanup_errors=True) as folder:
        paths: list[Path] = []
        for name, content in files:
            path = _free(Path(folder), safe_name(name), paths)
            path.write_bytes(content)
            paths.append(path)
        yield tuple(paths)


def safe_name(name: str) -> str:
    """The last part of a name, fit for a file."""
    last = re.split(r"[/\\]", _UNFIT.sub("", name.encode("utf-8", "ignore").decode()))[-1].strip()
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = last, ""
    stem = stem.encode()[:_LONGEST].decode("utf-8", "ignore").strip(". ") or _UNNAMED
    return f"{stem}.{ending[:10]}" if ending else stem


def _free(folder: Path, name: str, taken: Sequence[Path]) -> Path:
    path, number = folder / name, 2
    while path in taken:
        path, number = folder / f"{Path(name).stem}-{number}{Path(name).suffix}", number + 1
    return path
