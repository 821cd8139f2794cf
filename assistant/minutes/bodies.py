"""Whether a body did what a question says it did: a recommendation to Cabinet is no act of Cabinet.

Papers of a committee tell of other bodies' decisions in a sentence ("Cabinet agreed on 3 May ..."),
and of its own wishes in nearly the same words ("that Cabinet be recommended to agree ...").
"""

import re

from indicators.catalogue import words
from ingest.areas import area_of
from ingest.model import Meeting

_BODY = (
    r"(?P<body>cabinet|executive|full council|government|ombudsman|schools forum|"
    r"secretary of state|minister|mayor)"
)
_NAMES = frozenset(words("cabinet executive government ombudsman minister mayor"))
_ALONE = r"(?!\s+(?:members?|directors?|councillors?|office|committee|summary))"
_DECIDES = (
    r"(?:approv\w+|agree[ds]?|decid\w+|resolv\w+|accept\w*|reject\w*|adopt\w*|endors\w+|refus\w+|"
    r"turn(?:ed)? down|(?<!put )(?<!set )back(?:ed)?|support(?:ed)?|"
    r"go(?:ne)? (?:along|with|for)|went (?:along|with|for)|take(?:n)? (?:it |this |that )?up|"
    r"allocat\w+|vot(?:e|ed)|ratif\w+|settle[ds]?)"
)
_SAYS = r"(?:say|said|think|thought|respond\w*|repl(?:y|ied)|answer\w*|tell|told|conclud\w+)"
_ASKED = re.compile(
    rf"\b(?:has|have|had|did)\b[^?]{{0,40}}\b{_BODY}{_ALONE}\s+(?:\w+\s+){{0,2}}?"
    rf"(?:{_DECIDES}|{_SAYS})\b",
    re.IGNORECASE,
)
_DONE = (
    r"(?:approved|agreed|decided|resolved|accepted|rejected|adopted|endorsed|refused|turned down|"
    r"backed|allocated|voted|ratified|noted|considered|considers|confirmed|deferred|"
    r"put (?:off|back)|settled|set|raised|gave|made|found|said|asked|asks|"
    r"replied|responded|answered|told|concluded|required|wants|welcomed|supported)"
)


_ANSWER = r"(?:reply|replies|answer|response|decision|letter|view)"
_TO_COME = r"(?:awaited|outstanding|expected|overdue|due|not (?:yet )?(?:received|come))"
_WHETHER = re.compile(r"^\W*(?:(?:so|and|ok|but) )*(?:has|have|had|did)\b", re.IGNORECASE)
_WISHED = re.compile(
    r"\b(?:recommend\w*|ask(?:ed)?|invite[ds]?|urge[ds]?|call\w*|propos\w+|refer\w*)\b"
    r"[^.;]{0,30}\b(?:to|that|on|upon)\s+(?:the\s+)?\w*$|\brecommend\w*\b",
    re.IGNORECASE,
)


def named(meeting: Meeting) -> str:
    """The names that a meeting's body goes by: committee, council, and the initials of both.

    An "Adult Care Integration Joint Board" is the IJB for short.
    """
    committee, council = meeting.committee or "", meeting.council or ""
    whole, place = _initials(committee), _initials(area_of(council))
    ends = (whole[i:] for i in range(len(whole) - 2))
    short = dict.fromkeys((whole, *ends, place, _initials(council)))
    return " ".join((committee, council, *(letters for letters in short if len(letters) > 1)))


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\b[A-Z][\w’'-]*", name))


def asks_whether(question: str) -> bool:
    """Whether a question asks if something was done, so that "not yet" answers it."""
    return bool(_WHETHER.match(question))


def asked_of(question: str, meeting: Meeting | None = None) -> str | None:
    """The body that a question says decided or said something; None for a meeting's own."""
    match = _ASKED.search(question)
    if match is None:
        return None
    body = match["body"].lower()
    return None if meeting and meeting.committee and body in meeting.committee.lower() else body


def names_a_body(word: str) -> bool:
    """Whether a stem is of a body's name."""
    return word in _NAMES


def acted(body: str, text: str) -> bool:
    """Whether a text tells that a body decided or said something, not that it is asked to."""
    name = re.escape(body)
    own = re.compile(
        rf"\b{name}\b{_ALONE}(?:['’]s (?:decision|response|reply|answer|view)\b|"
        rf"(?! be\b| is (?:asked|recommended|invited)\b| to\b| that\b)"
        rf"(?:\s+(?!not\b|never\b|will\b|would\b|may\b|could\b|should\b|be\b|to\b|that\b)[\w,’'()-]+){{0,6}}?"
        rf"\s+{_DONE}\b)|"
        rf"\b{_DONE}\b(?:\s+[\w,’']+){{0,4}}?\s+by\s+(?:the\s+)?{name}\b",
        re.IGNORECASE,
    )
    return any(
        not _WISHED.search(text[max(0, m.start() - 40) : m.end()]) for m in own.finditer(text)
    )


def did_not(body: str, text: str) -> bool:
    """Whether a text says that a body hasn't acted: "The Executive has not yet replied"."""
    return bool(
        re.search(
            rf"\b{re.escape(body)}\b{_ALONE}(?:\s+\w+){{0,2}}?\s+(?:not|never)\b|"
            rf"\bnot (?:yet )?(?:\w+ ){{0,2}}by (?:the )?{re.escape(body)}\b|"
            rf"\b{re.escape(body)}\b.*\b{_ANSWER} (?:(?:is|was|still|yet) )*{_TO_COME}\b",
            text,
            re.IGNORECASE,
        )
    )
