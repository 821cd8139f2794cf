"""Turns of phrase put into the plain words that minutes and reports use (`phrases.toml`)."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    data = tomllib.loads(files("assistant.question").joinpath("phrases.toml").read_text("utf-8"))
    return tuple(
        (re.compile(rf"\b(?:{form.replace(chr(10), '')})(?!\w)", re.IGNORECASE), plain)
        for plain, form in data["plain"].items()
    )


def plainly(question: str) -> str:
    """The question with its turns of phrase in plain words; all else as typed."""
    for form, plain in _phrases():
        question = form.sub(plain, question)
    return question
