"""Which words of a question name things: by where they stand, without a tagger.

A word that follows an article, a preposition, a possessive or a number names a thing, and so do
the words after it up to the next word of that sort: "about school uniform grants".
"""

import re

from indicators.catalogue import words

_OPENS = frozenset(
    """the a an any some this that these those of on in at about for from with by against over
    between into under during without within per my your our their its his her no all each
    every and or to s which what whose many much new""".split()  # noqa: SIM905
)
_ENDS = frozenset(
    """is are was were be been being do does did done has have had will would can could should may
    might must get got go goes went who when where why how not there it they we you i he she if
    than then so because while after before since until as but""".split()  # noqa: SIM905
)
_TOKEN = re.compile(r"[^\W\d_]+(?:[-–][^\W\d_]+)*|['’]s\b|\d[\d,.]*|[^\w\s]")


def things(question: str) -> frozenset[str]:
    """The stems of the words of a question that name things."""
    found: set[str] = set()
    naming = False
    for match in _TOKEN.finditer(question):
        token = match.group()
        low = token.lower().strip("'’")
        if low in _OPENS:
            naming = low not in ("to",)
        elif low in _ENDS or not low[:1].isalnum():
            naming = False
        elif naming or token[:1].isupper():
            found.update(words(token))
    return frozenset(found)
