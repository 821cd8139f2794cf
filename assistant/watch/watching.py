"""Saved questions, kept in the store's folder and asked again of the papers as they are now."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.access.viewer import OPERATOR, PUBLIC, Viewer, sight_key
from assistant.answer import Scope
from assistant.assistant import Assistant
from assistant.watch.changes import Change, Seen, changes
from ingest.errors import BoardPapersError

_FILE = "watch.json"
_FILE_OF = "watch-{}.json"
_KEPT = 100  # digests


class UnknownQuestion(BoardPapersError):
    """A name that no saved question bears."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A question that is watched, what it is limited to, and what was last seen of it."""

    name: str
    question: str
    scope: Scope
    seen: Seen


@dataclass(frozen=True, slots=True)
class News:
    """What changed in the answer to one saved question."""

    name: str
    question: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed in all of them; `store` names the state of the store that was asked."""

    day: date
    store: str
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    questions: tuple[Saved, ...] = ()
    digests: tuple[Digest, ...] = ()


_FORM = TypeAdapter(_Kept)


class Watch:
    """The saved questions of a store's folder, for those who see the same as a viewer.

    What was seen by others, who may see more, is kept in a file of its own.
    """

    def __init__(self, store: Path, viewer: Viewer = OPERATOR) -> None:
        own = hashlib.sha256(sight_key(viewer).encode()).hexdigest()[:16]
        public = viewer.sight == PUBLIC.sight
        self._path = store / (_FILE if public else _FILE_OF.format(own))

    def questions(self) -> tuple[Saved, ...]:
        """The saved questions, oldest first; raises BoardPapersError for a damaged file."""
        return self._kept().questions

    def digests(self) -> tuple[Digest, ...]:
        """The digests that told of changes, newest first."""
        return self._kept().digests

    def add(self, assistant: Assistant, name: str, question: str, scope: Scope = Scope()) -> Saved:
        """Save a question, with its answer of today to compare with; a name is given once."""
        kept = self._kept()
        if any(saved.name == name for saved in kept.questions):
            raise BoardPapersError(f"{name!r} is a saved question already: choose another name.")
        saved = Saved(name, question, scope, Seen.of(assistant.ask(question, scope=scope)))
        self._keep(replace(kept, questions=(*kept.questions, saved)))
        return saved

    def remove(self, name: str) -> None:
        """Forget a saved question; raises UnknownQuestion."""
        kept = self._kept()
        left = tuple(saved for saved in kept.questions if saved.name != name)
        if len(left) == len(kept.questions):
            raise UnknownQuestion(_unknown(name, [saved.name for saved in left]))
        self._keep(replace(kept, questions=left))

    def run(self, assistant: Assistant, today: date) -> Digest:
        """Ask all of them again: what changed since each was last asked."""
        kept = self._kept()
        seen = [Seen.of(assistant.ask(q.question, scope=q.scope)) for q in kept.questions]
        told = (
            News(saved.name, saved.question, changes(saved.seen, now, assistant.register.of_paper))
            for saved, now in zip(kept.questions, seen, strict=True)
        )
        news = tuple(one for one in told if one.changes)
        digest = Digest(today, assistant.store_digest()[:16], news)
        questions = tuple(
            replace(saved, seen=now) for saved, now in zip(kept.questions, seen, strict=True)
        )
        digests = (digest, *kept.digests)[:_KEPT] if news else kept.digests
        self._keep(_Kept(questions, digests))
        return digest

    def _kept(self) -> _Kept:
        if not self._path.exists():
            return _Kept()
        try:
            return _FORM.validate_json(self._path.read_bytes())
        except ValidationError as error:
            raise BoardPapersError(
                f"{self._path} can't be read ({error.errors()[0]['msg']}): put a copy of it from "
                "before in its place, or remove it and save the questions again."
            ) from error

    def _keep(self, kept: _Kept) -> None:
        """Writes the file whole or not at all."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=_FILE)
        with os.fdopen(handle, "wb") as out:
            out.write(_FORM.dump_json(kept, indent=1))
        os.replace(name, self._path)


def _unknown(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=3) or names
    held = "; ".join(near) or "none"
    return f"No saved question is named {name!r}. Saved: {held}."
