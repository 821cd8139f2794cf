"""What a decision came to, from a fixed list, by the words that it is minuted in.

A decision is read clause by clause: "that the report be noted, and that the Chair write to ..." is
noted and requested. What no wording tells is unclear, never guessed.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from ingest.model import Decision, DecisionKind


class DecisionOutcome(StrEnum):
    """What became of a matter; of a recommendation, what it asks for."""

    CONFIRMED = "confirmed"
    APPROVED = "approved"
    NOTED = "noted"
    RECEIVED = "received"
    CONSIDERED = "considered"
    ENDORSED = "endorsed"
    RECOMMENDED = "recommended"
    REFERRED = "referred"
    REQUESTED = "requested"
    DELEGATED = "delegated"
    APPOINTED = "appointed"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    RESCINDED = "rescinded"
    EXCLUDED = "public excluded"
    AGREED = "agreed"
    UNCLEAR = "unclear"


_BODY = r"(?:board|panel|(?:sub-?)?committee|commission|forum|members)"
_OTHER_BODY = r"(?:cabinet|(?:full )?council|(?:the )?executive|[\w ]{0,40}\b(?:board|committee))"
_BE = r"\b(?:be|been|being|was|were|is|are)\s+(?:(?:further|also|hereby|\w+ly)\s+)*"

# Wordings that say it wherever in a clause they stand, the most telling first; small letters.
_FORMS = (
    (
        DecisionOutcome.EXCLUDED,
        r"\b(?:press and (?:the )?public|public(?: and (?:the )?press)?)\b[^.;]{0,40}\bexcluded?\b|"
        r"\bexclu(?:de|sion of)\b[^.;]{0,20}\b(?:press|public)\b|\bbe held in private\b",
    ),
    (
        DecisionOutcome.CONFIRMED,
        r"\bminutes\b[^;]{0,160}?\b(?:confirm|sign|approv|agree|accept|adopt|taken as read)\w*|"
        r"\b(?:approv|confirm|agree|accept|sign)\w*\b[^;]{0,20}?\bminutes of (?:the|last)\b|"
        r"\b(?:true|correct|accurate)(?: and (?:accurate|correct|true))? record\b",
    ),
    (
        DecisionOutcome.DELEGATED,
        r"\bdelegat\w*\b|\bauthority (?:be )?given to\b|\bbe authorised to\b|"
        r"\bauthorise (?:the|an?)\b",
    ),
    (DecisionOutcome.RESCINDED, r"\b(?:rescind|revoke|overturn|set aside)\w*"),
    (DecisionOutcome.WITHDRAWN, rf"{_BE}withdrawn\b|^\W*to withdraw\b"),
    (
        DecisionOutcome.REJECTED,
        rf"{_BE}(?:not\s+(?:be\s+)?(?:approved|agreed|supported|accepted|adopted)|rejected|refused|"
        r"turned down|dismissed|lost|not carried|defeated)\b|"
        r"\bdid not (?:support|agree to|approve|accept|endorse)\b|"
        r"^\W*(?:that\s+)?(?:to\s+)?(?:reject|refuse)\b",
    ),
    (
        DecisionOutcome.DEFERRED,
        rf"{_BE}(?:deferred|adjourned|postponed|put (?:off|back)|held over|carried over)\b|"
        r"(?:^\W*(?:that\s+)?(?:to\s+)?|\b(?:agreed|resolved) to )"
        r"(?:defer|postpone|adjourn|put off|put back)\b",
    ),
    (
        DecisionOutcome.APPOINTED,
        rf"{_BE}(?:appointed|elected|nominated|co-?opted|re-?elected)\b|"
        r"\bbe (?:the )?(?:vice[- ])?chair(?:man|person|woman)?\b|"
        r"^\W*(?:that\s+)?(?:to\s+)?(?:appoint|elect|nominate|co-?opt)\b",
    ),
    (
        DecisionOutcome.RECOMMENDED,
        rf"\brecommend(?:ed|s|ation)?\b[^.;]{{0,40}}\b(?:to|that)\b[^.;]{{0,12}}\b{_OTHER_BODY}\b|"
        rf"\b{_OTHER_BODY}\b[^.;]{{0,30}}\bbe (?:recommended|urged)\b|"
        rf"^\W*(?:that\s+)?(?:to\s+)?(?:recommend|advise|urge)\b[^.;]{{0,25}}?\b{_OTHER_BODY}\b",
    ),
)
_TELLING = tuple((outcome, re.compile(form)) for outcome, form in _FORMS)
_SIGNED = re.compile(r"\b(?:agreed|signed|confirmed|approved|accepted)\b")
_REPORTS = re.compile(
    rf"\b(?:an?|further|the|annual|regular|quarterly|update)\b[^;]{{0,60}}?\b(?:report|paper|update|"
    rf"plan|scheme|briefing|note)\b[^;]{{0,80}}?\b(?:come|return|{_BE}(?:brought|submitted|"
    r"presented|provided|prepared|circulated|made|given|produced|sent))\b|"
    rf"{_BE}(?:reported|brought|submitted|presented|provided|circulated|sent)(?: back)? to\b"
    rf"[^;]{{0,25}}\b(?:meetings?|{_BODY})\b|"
    rf"^\W*(?:that\s+)?(?:the\s+)?{_BODY}\s+(?:be\s+(?:given|sent|provided|informed|kept|updated|"
    r"told|shown)|(?:receive|see|have)\b[^;]{0,60}\b(?:each|every|quarterly|regular|further|future|"
    r"update))\b"
)
_ACTS = (
    r"(?:report|write|bring|provide|submit|prepare|obtain|publish|circulate|send|arrange|draft|"
    r"investigate|explore|produce|undertake|present|consult|liaise|ensure|review|contact|invite|meet|"
    r"convene|hear|develop|seek|monitor|supply|share|update|work|look|give|examine|explain|confirm|"
    r"identify|organise|supply|fill|press|take)"
)
# Words that a person or body who is told to do something isn't named with.
_NO_ACTOR = (
    r"(?:be|is|are|was|were|would|should|will|shall|may|can|to|a|an|its|their|his|her|which|who|"
    r"not|no|from|with|by|for|under|until|before|after|each|every|as|when|if)"
)
_ACTOR = re.compile(
    rf"^\W*(?:that\s+)?(?:(?!{_NO_ACTOR}\b)[\w’'()&-]+,?\s+){{1,14}}?{_ACTS}\b", re.IGNORECASE
)
_PLAIN = {
    DecisionOutcome.NOTED: r"not(?:e|ed|ing)|acknowledged?|taken note of",
    DecisionOutcome.RECEIVED: r"received?",
    DecisionOutcome.ENDORSED: r"endorsed?|support(?:ed)?|commend(?:ed)?|welcomed?|backed",
    DecisionOutcome.APPROVED: r"approved?|adopt(?:ed)?|ratif(?:y|ied)|authorised?|signed off",
    DecisionOutcome.REFERRED: (
        r"refer(?:red)?|passed to|forward(?:ed)?|told|inform(?:ed)?|tell|notif(?:y|ied)|advised?"
    ),
    DecisionOutcome.REQUESTED: (
        r"ask(?:ed)?|request(?:ed)?|invite|instruct(?:ed)?|required?|directed|called upon|tasked|"
        r"press|urged?"
    ),
    DecisionOutcome.CONSIDERED: (
        r"consider(?:ed)?|discuss(?:ed)?|comment(?:ed)?|scrutinised?|question(?:ed)?|test(?:ed)?|"
        r"examined?"
    ),
    DecisionOutcome.AGREED: r"agreed?|accept(?:ed)?|settled?",
}
_PLAIN_VERB = re.compile(
    "|".join(f"(?P<{outcome.name}>{form})" for outcome, form in _PLAIN.items()), re.IGNORECASE
)
_PASSIVE = re.compile(rf"{_BE}(?P<verb>[\w-]+(?:\s+(?:of|to|upon|off))?)", re.IGNORECASE)
_OPENS = re.compile(
    rf"^\W*(?:that\s+)?(?:(?:the\s+(?:\w+\s+){{0,3}}?)?(?:{_BODY}|cabinet|council)\s+)?(?:to\s+)?"
    r"(?:\w+ly\s+)?(?P<verb>\w+)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:(?:it was|the|all|members|and)\b[^.;:]{0,80}?)?"
    r"(?<!is )(?<!are )\b(?P<verb>agreed|resolved|asked|requested|content|decided)\b[^.;:]{0,60}?\b"
    r"(?:that|to|for)\b\s*",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^[^.;:]{0,60}?\b(?:is|are)\s+(?:therefore\s+)?(?:recommended|asked|invited|requested)\s*:?\s*",
    re.IGNORECASE,
)
_MEANT = re.compile(r"^\W*(?:and\s+)?that\b|\b(?:be|should|shall|would|will|may)\b", re.IGNORECASE)
_SAYS_AGREED = re.compile(r"\b(?:agree|accept|settle)", re.IGNORECASE)
_CLAUSES = re.compile(
    r"[;,]?\s+and\s+(?=(?:that|to)\b)|;\s+(?:and\s+)?|,\s+(?:but\s+)?(?=that\b)|"
    r"(?<=[a-z])\s+and\s+(?=(?:note|approve|endorse|agree|ask|request|recommend|receive)\b)",
    re.IGNORECASE,
)
_LIMB = re.compile(r"\(?\b[ivx]{1,4}\)\s", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"”]{1,60}[\"”]")
# "That, from September, the ..." is read from "the" on.
_WHERE = re.compile(
    r"^(\W*(?:that\b)?),?\s*(?:under|from|in|at|on|for|with|by|until)\b[^;]{0,40}?\s*(?=\bthe\b)",
    re.I,
)
_SINGLE = re.compile(r"^\W*(?:that\b|to\b|and\b)?\W*", re.IGNORECASE)


def outcomes_of(decision: Decision) -> tuple[DecisionOutcome, ...]:
    """Every outcome that a resolution is worded with, or that a recommendation asks for.

    An action asks somebody to do something. A row of a schedule has a position, and no outcome.
    """
    if decision.kind is DecisionKind.ACTION:
        return () if decision.status is not None else (DecisionOutcome.REQUESTED,)
    return _worded_in(decision.text, decision.title)


@lru_cache(maxsize=2_000)
def _worded_in(text: str, title: str) -> tuple[DecisionOutcome, ...]:
    found = dict.fromkeys(_outcomes(text, title))
    return tuple(outcome for outcome in found if outcome) or (DecisionOutcome.UNCLEAR,)


def _outcomes(text: str, title: str) -> Iterator[DecisionOutcome | None]:
    lead = _LEAD.match(text)
    asked = _ASKED.match(text)
    said = text[lead.end() :] if lead else text[asked.end() :] if asked else text
    verb = lead["verb"].lower() if lead else ""
    head = _LIMB.split(said)[0] if len(_LIMB.split(said)[0]) > 20 else said
    minutes = re.search(r"\bminutes\b", title, re.IGNORECASE) is not None
    for clause in _CLAUSES.split(head):
        if not _SINGLE.sub("", clause):
            continue
        outcome = _clause(clause, minutes=minutes)
        if asked and outcome is DecisionOutcome.AGREED and not _SAYS_AGREED.search(clause):
            outcome = None  # "is asked to choose two, to be kept": it doesn't say what is decided
        if outcome in (None, DecisionOutcome.AGREED) and verb in ("asked", "requested"):
            outcome = DecisionOutcome.REQUESTED
        elif outcome is None and verb:
            outcome = DecisionOutcome.AGREED
        yield outcome


def _clause(clause: str, *, minutes: bool) -> DecisionOutcome | None:
    """What one clause says, None where it doesn't."""
    small = clause.lower()
    for outcome, form in _TELLING:
        if form.search(small):
            return outcome
    if minutes and _SIGNED.search(small):
        return DecisionOutcome.CONFIRMED
    if _REPORTS.search(small):
        return DecisionOutcome.REQUESTED
    clause = without_place(clause)
    passive = _PASSIVE.search(clause)
    plain = _worded(passive["verb"]) if passive else None
    opening = _OPENS.match(clause)
    active = _worded(opening["verb"]) if opening else None
    if active and not (plain and passive and opening and passive.start() < opening.end("verb")):
        return active
    if plain:
        return plain
    if not passive and _ACTOR.match(clause):
        return DecisionOutcome.REQUESTED
    return DecisionOutcome.AGREED if _MEANT.search(clause) else None


def without_place(clause: str) -> str:
    """A clause without what is quoted, and without "from September" or "under the pledge" first."""
    return _WHERE.sub(r"\1 ", _QUOTED.sub(" ", clause))


def _worded(verb: str) -> DecisionOutcome | None:
    match = _PLAIN_VERB.fullmatch(verb) or _PLAIN_VERB.fullmatch(verb.split()[0])
    return DecisionOutcome[match.lastgroup] if match and match.lastgroup else None
