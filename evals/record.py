"""What a run was made with, so that its numbers can be traced and repeated."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

from evals.runner import Assistant, Result

_PACKAGES = ("chromadb", "langchain-core", "onnxruntime", "numpy", "pandas", "pytrec-eval-terrier")
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Commit, dirty flag, settings, model, store, versions, case files, and the date handed in."""

    date: str
    commit: str
    dirty: bool | None
    settings: dict[str, str]
    model: str
    store_digest: str
    versions: dict[str, str]
    case_files: dict[str, str]
    cold_seconds: float | None = None


def record_run(
    results: Sequence[Result],
    assistant: Assistant,
    date: str,
    settings: dict[str, str],
    case_files: dict[str, str],
    cold_seconds: float | None = None,
) -> RunRecord:
    """The record of a run that has just ended."""
    receipts = [result.answer.receipt for result in results if result.answer.receipt]
    versions = {name: value for receipt in receipts[:1] for name, value in receipt.versions.items()}
    return RunRecord(
        date=date,
        commit=_git("rev-parse", "HEAD") or "unknown",
        dirty=None if (status := _git("status", "--porcelain")) is None else bool(status),
        settings=settings,
        model=", ".join(sorted({receipt.model for receipt in receipts})) or "unknown",
        store_digest=assistant.store_digest(),
        versions={"python": python_version(), **_installed(), **versions},
        case_files=case_files,
        cold_seconds=cold_seconds,
    )


def _git(*arguments: str) -> str | None:
    """What git says of this checkout; None where there is no git or no commit."""
    try:
        said = subprocess.run(
            ["git", *arguments], cwd=_ROOT, capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip()


def _installed() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def digest_of(files: Sequence[Path]) -> dict[str, str]:
    """Each file's name with the sha256 of what is in it."""
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}
