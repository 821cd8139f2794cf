"""Whether a store can serve: quick checks for a load balancer; `doctor` looks closer."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.settings import register_place
from ingest.errors import BoardPapersError
from ingest.store import Store

_FREE = 64 * 1024 * 1024  # bytes: less than this and the next paper may not fit


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, whether it is well, and what to do where it isn't."""

    name: str
    ok: bool
    told: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """The checks; healthy where each is well."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether it can serve."""
        return all(check.ok for check in self.checks)

    def to_json(self) -> dict[str, Any]:
        """For `/health`: no names of papers, no paths."""
        return {"ok": self.ok, "checks": [asdict(check) for check in self.checks]}


def health(store: Path) -> Health:
    """The health of a store's folder."""
    return Health((_register(store), _disk(store)))


def _register(store: Path) -> Check:
    try:
        place = register_place()
        if place is None and not store.is_dir():
            return Check("register", ok=False, told="The store isn't there.")
        with Store.open(store, place=place) as held:
            count, indexing = held.holdings.within().papers, held.how_far_indexed()
    except BoardPapersError:
        return Check("register", ok=False, told="The register can't be read: run `doctor`.")
    if indexing:
        return Check("register", ok=False, told=f"Indexes are made anew: {indexing} are done.")
    return Check("register", ok=count > 0, told="" if count else "No papers are held.")


def _disk(store: Path) -> Check:
    try:
        free = shutil.disk_usage(store).free
    except OSError as error:
        return Check("disk", ok=False, told=str(error.strerror))
    return Check("disk", ok=free >= _FREE, told="" if free >= _FREE else "The disk is nearly full.")
