"""What a question asks for by name: "the registration number of the van" asks for a number plate.

An answer that never speaks of it is of something else.
"""

import re

from indicators.catalogue import words

_NOUNS = r"(?P<{0}>(?:[\w’'-]+ ){{0,3}}?[\w’'-]+)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bwhat(?:'s|’s|s| is| are| was| were) (?:the |an? )?{_NOUNS.format('x')} "
        r"(?:of|for|in|on|at|to|from|by|between|about)\b",
        rf"\b(?:what|which) {_NOUNS.format('x')} (?:did|does|do|is|are|was|were|has|have|had|will|"
        r"can|won|runs?|made|gave|said|came|took)\b",
        rf"\bhow many {_NOUNS.format('x')} (?:did|does|do|is|are|was|were|has|have|had|will|in|at|"
        r"on|for|of|by|with|between)\b",
    )
)
_OPEN = frozenset(
    words(
        "thing kind sort type way point part matter item issue change reason decision "
        "action recommendation resolution outcome answer position progress status date "
        "day name percentage number figure rate time meeting report paper councillor "
        "member officer person people amount total difference latest update information "
        "explanation advice response plan next step main view comment say message key "
        "area business piece list option aspect group side place story ask open settle "
        "agree decide resolve approve go think consider discuss propose "
        "size scale extent level value"
    )
)


def focus(question: str) -> frozenset[str]:
    """The stems of the thing asked for; empty where it isn't named or fits anything."""
    for form in _FORMS:
        match = form.search(question)
        if match:
            last = match["x"].split()[-1]
            if last.endswith("ed"):
                return frozenset()
            return frozenset(w for w in words(last) if w not in _OPEN)
    return frozenset()
