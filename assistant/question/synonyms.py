"""Other words for the same thing in the run of minutes and reports (`synonyms.toml`)."""

import tomllib
from functools import cache
from importlib.resources import files

from indicators.catalogue import words

_ROOT = 5


@cache
def _sets() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files("assistant.question").joinpath("synonyms.toml").read_text("utf-8"))
    found: dict[str, frozenset[str]] = {}
    for line in data["sets"]:
        same = frozenset(words(line))
        for word in same:
            found[word] = found.get(word, frozenset()) | same
    return found


def alike(word: str) -> frozenset[str]:
    """The stems that say much the same as a stem, without itself."""
    return (_sets().get(word, frozenset()) | _doer(word)) - {word}


def _doer(word: str) -> frozenset[str]:
    """What a doer does, which the stems leave apart: "visitor" and "visit"."""
    done = word.removesuffix("or")
    return frozenset((done,)) if done != word and len(done) >= _ROOT else frozenset()
