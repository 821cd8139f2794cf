"""Short names that papers give to longer ones: "Virtual School Head (VSH)", and the other way.

Which words before or within the brackets are the long name is told by the letters, from the last
to the first: by the words' initials or else, as Schwartz and Hearst proposed (2003), wherever in
the words they stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BRACKETS = re.compile(r"\((?P<within>[^()\n]{2,100})\)")
_BEFORE = re.compile(r"[^()\n]{2,}\Z")
_FAR_BEFORE = 120  # characters
_SHORT = re.compile(r"(?P<short>[A-Z][A-Za-z&/]{1,7})(?<!s)s?")
_LEADING = re.compile(r"^(?:or|also|known as|the|hereafter|called|i\.e\.)\s+", re.IGNORECASE)
_QUOTES = "\"'“”‘’ "
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to"])
_FURTHER = 5  # words of a long name beyond the letters of the short one


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short name and what it stands for, as printed."""

    short: str
    long: str


def find_abbreviations(text: str) -> Iterator[Abbreviation]:
    """The short names that a text explains."""
    for match in _BRACKETS.finditer(text):
        before, within = _before(text, match.start()), match["within"].strip(_QUOTES)
        while stripped := _LEADING.match(within):
            within = within[stripped.end() :].strip(_QUOTES)
        if short := _short(within):
            long = _spelling(short, before)
        elif short := _short(before.strip().rpartition(" ")[2].strip(_QUOTES)):
            long = _spelling(short, within, whole=True)
        else:
            continue
        if long:
            yield Abbreviation(short, long)


def _before(text: str, at: int) -> str:
    """What stands before a bracket in its line, a blank apart."""
    end = at - 1 if text[at - 1 : at].isspace() else at
    found = _BEFORE.search(text[max(0, end - _FAR_BEFORE) : end])
    return found.group() if found else ""


def _short(text: str) -> str | None:
    """A word that looks like a short name, without the s of its plural."""
    match = _SHORT.fullmatch(text)
    if match is None or sum(letter.isupper() for letter in text) < 2:
        return None
    return match["short"]


def _spelling(short: str, text: str, *, whole: bool = False) -> str | None:
    """The end of a text, or the whole of it, that spells a short name by its letters."""
    words = text.split()
    most = min(len(short) + _FURTHER, 2 * len(short))
    if whole and len(words) > most:
        return None
    tail = " ".join(words[-most:]).rstrip(_QUOTES + ",;:")
    letters = [letter.lower() for letter in short if letter.isalpha()]
    at = _by_initials(letters, tail)
    at = _by_letters(letters, tail) if at is None else at
    if at is None or (whole and at > 0):
        return None
    found = tail[at:]
    spelt = sum(word[0].lower() in letters for word in found.split())
    fits = len(found.split()) > 1 and len(found) > 2 * len(short) and 2 * spelt >= len(letters)
    return found if fits else None


def _by_initials(letters: Sequence[str], text: str) -> int | None:
    """Where the words begin whose initials the letters are; small words may be passed over."""
    left = list(letters)
    for match in reversed(list(re.finditer(r"[^\W_][\w'’]*", text))):
        word = match.group().lower()
        if word[0] == left[-1]:
            left.pop()
        elif word not in _SMALL:
            return None
        if not left:
            return match.start()
    return None


def _by_letters(letters: Sequence[str], text: str) -> int | None:
    """Where the letters begin, each as late as it can be, the first at the head of a word."""
    small, at = text.lower(), len(text)
    for letter in reversed(letters[1:]):
        at = small.rfind(letter, 0, at)
        if at < 0:
            return None
    while (at := small.rfind(letters[0], 0, at)) > 0 and text[at - 1].isalnum():
        pass
    return at if at >= 0 else None
