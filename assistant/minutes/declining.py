"""Questions that no board paper can answer, known by their wording before anything is searched."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.question.understand import Query
from indicators.catalogue import words

_CHILD = (
    r"(?:child(?:ren)?|girls?|boys?|young (?:person|people|wom[ae]n|m[ae]n)|bab(?:y|ies)|"
    r"care leavers?|sibling|pupils?|teenagers?|family|families|birth parents?|mother|father)"
)
_NAMED = re.compile(
    rf"\bnames?\b(?! (?:the|all|each|every|three|two|both)\b)[^?.]{{0,40}}\b{_CHILD}\b|"
    rf"\b{_CHILD}\b[^?]{{0,60}}\b(?:names?|identif\w+|identity)\b|"
    rf"\bwh(?:ich|at) {_CHILD}\b[^?]*\?*[^?]*\bnames?\b|"
    rf"\bwho (?:is|was|are|were) (?:the|that|this) (?:(?!of\b)\w+ ){{0,2}}{_CHILD}\b(?!['’]s)",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"^\W*(?:(?:many |no )?thank(?:s| you)(?: very much| so much| a lot)?|cheers|ta|hi|hello|hey|"
    r"good (?:morning|afternoon|evening)|bye|goodbye|ok(?:ay)?|yes|no|great|lovely|please|sorry|"
    r"help|test(?:ing)?)"
    r"(?: (?:please|then|there|all|everyone))*\W*$",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"^\W*(?:(?:is|was) (?:it|that|this) (?:true|right|so)|really|why not|what)\W*$", re.IGNORECASE
)
_PRIVATE = re.compile(
    r"\b(?:home|private|personal|postal) address\b|\b(?:date of birth|medical records?|case file|"
    r"mobile number|home (?:phone|number))\b|\bwhere (?:do(?:es)?|did) \w+(?: \w+){0,2} live\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:your|you)\b[^?]{0,20}\b(?:opinion|think|view|feel|favourite|recommend)\b|"
    r"\bshould (?:i|we vote)\b|\bwho (?:should|would) (?:i|you|we) vote\b|"
    r"\b(?:best|worst) (?:political )?party\b|\bwhich (?:political )?party\b[^?]*\bbest\b",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"^\W*(?:please |can you |could you )*(?:write|compose|draft|tell|sing|translate|code|make up|"
    r"invent|imagine)\b[^?]*\b(?:poem|joke|story|song|limerick|essay|letter|speech|code|program|"
    r"e-?mail|tweet|haiku)\b",
    re.IGNORECASE,
)
_DEED = (
    r"(?:book|reserve|register|enrol|e-?mail|mail|send|forward|phone|telephone|text|post|order|buy|"
    r"pay|cancel|arrange|schedule|organise|invite|apply|submit|delete|remove|change|update|upload|"
    r"print|vote|sign|nominate|appoint|contact|message|notify|log|file|raise|put|set up|fill in)"
)
_ASKED_TO = (
    r"(?:(?:can|could|will|would) you(?: please)?|please(?: can you)?|i (?:want|need) you to|"
    r"i(?:['’]d| would) like you to|(?:can|could) i get you to)"
)
_DO = re.compile(
    rf"^\W*(?:{_ASKED_TO}) (?:just |also |now )?{_DEED}\b(?! (?:out|down|into)\b)|"
    rf"^\W*{_DEED} (?:me|us|my|our)\b|\b{_DEED}\b[^?.]{{0,60}}\b(?:for me|on my behalf)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’'-]+(?:,? (?:and|of|for|&) (?:the )?| ))+)"
    r"(?P<kind>(?:Sub-)?Committee|Board|Panel|Forum|Partnership|Commission|Parliament)\b"
)


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a question isn't looked up: what is said, and whether asking otherwise may help."""

    text: str
    ask_again: bool


def declined(query: Query) -> Declined | None:
    """Why the papers are no place to look for the answer, or None."""
    text = query.text
    if _NAMED.search(text):
        return Declined(
            "Board papers don't name the children and families that they tell of, and this "
            "assistant names none.",
            False,
        )
    if _PRIVATE.search(text):
        return Declined("That is personal data, which these papers are no source for.", False)
    if _OPINION.search(text) or _TASK.search(text):
        return Declined(
            "This assistant has no opinions and writes nothing of its own: it tells what the "
            "papers held say.",
            False,
        )
    if _DO.search(text):
        return Declined(
            "This assistant only tells what the papers say: it books, sends and changes nothing. "
            "The officer named on the agenda may help.",
            False,
        )
    bare = _LEANING.match(text) or not (query.words or query.periods or query.meetings)
    if _CHAT.match(text) or (bare and not query.inherited):
        return Declined(
            "What is the question about? Name a subject, such as a measure, a report or a "
            "decision.",
            True,
        )
    return None


def other_bodies(
    text: str,
    committees: Iterable[str],
    councils: Iterable[str],
    spoken_of: Callable[[str], bool],
) -> tuple[str, ...]:
    """Committees named in a question that no paper is of and none speaks of."""
    places = frozenset(word for council in councils for word in words(council))
    known = [frozenset(words(name)) for name in committees]
    strange = []
    for match in _BODY.finditer(text):
        told = frozenset(words(match["name"])) - places
        ours = any(told & body for body in known)
        last = f"{match['name'].split()[-1]} {match['kind']}"
        if told and not ours and not spoken_of(last.lower()):
            strange.append(f"{match['name']}{match['kind']}")
    return tuple(strange)
