"""What the index of decisions holds of one: its words, what it came to, and whose it is."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from assistant.passages.search import wording
from assistant.register.outcomes import outcomes_of
from assistant.register.owners import owner_of
from indicators.catalogue import indexed, words
from ingest.decided import Indexing
from ingest.model import Decision

_RULES = ("indexing.py", "outcomes.py", "owners.py")
_DECIDING = re.compile(
    r"\bbe\s+(?:\w+ly\s+)?(?:adopted|approved|noted|received|endorsed|supported|agreed|accepted|"
    r"considered|recommended|reviewed)\b|"
    r"(?:^\W*(?:that\s+)?|\b(?:to|and|or)\s+)(?:adopt|approve|note|receive|endorse|support|agree|"
    r"accept|consider|recommend|review)\b",
    re.IGNORECASE,
)


@cache
def indexing() -> Indexing:
    """How decisions are indexed, of a version that changes with the rules and with no other."""
    folder = files("assistant.register")
    rules = b"".join(folder.joinpath(name).read_bytes() for name in _RULES)
    version = hashlib.sha256(wording().version.encode() + rules).hexdigest()[:16]
    return Indexing(version, _words, outcomes_of, _owner)


def _words(text: str) -> Iterable[str]:
    """A text's words, but for the verb that decides: "be adopted" isn't about adoption."""
    said = _DECIDING.sub(" ", text)
    told = words(said)
    return (*told, *sorted(indexed(said) - set(told)))


def _owner(decision: Decision) -> str:
    return owner_of(decision) or ""
