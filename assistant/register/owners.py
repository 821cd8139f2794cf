"""Who is to act on a decision: as printed of an action, of a resolution as its sentence says.

The index of decisions keeps it: it is made anew when this file changes.
"""

import re

from assistant.register.outcomes import DecisionOutcome, outcomes_of, without_place
from ingest.model import Decision, DecisionKind

_ACTS = (
    r"(?:report(?=\s+(?:in|on|by|back|to|at|each|every|annually|quarterly)\b)|write|bring|provide|submit|prepare|obtain|publish|circulate|send|arrange|draft|meet|"
    r"investigate|explore|produce|undertake|present|consult|liaise|ensure|review|contact|invite|"
    r"convene|hear|develop|seek|monitor|supply|share|update|work|look|give|examine|explain|confirm|"
    r"identify|organise|fill|take|hold|finish|lead|attend|speak|raise|ask)"
)
_NAME = r"[A-Z][\w’'.-]*"
_OWNER = re.compile(
    r"(?:^\W*(?:[Tt]hat\s+)?|\bthat\s+|\band\s+that\s+)(?:the\s+|all\s+)?"
    r"(?P<owner>officers|(?:head of )?service|"
    rf"{_NAME}(?:,?\s+(?:(?:and|of|for|the|&|in)\s+){{0,3}}{_NAME}){{0,8}}?)"
    r"(?:\s*\([^)]{1,40}\))?,?\s+"
    rf"(?:be\s+(?:asked|requested|invited|instructed|directed|tasked|authorised)\s+to\b|"
    rf"to\s+(?=[a-z])|would\b|will\b|{_ACTS}\b(?!\s+(?:be|is|was|of)\b))"
)
_BODY = re.compile(
    r"(?:the\s+)?(?:[\w ]*\b)?(?:board|panel|committee|commission|forum|members|cabinet|council|"
    r"recommended|resolved|agreed)$",
    re.IGNORECASE,
)
_TAKES_NOTE = frozenset(
    (
        DecisionOutcome.NOTED,
        DecisionOutcome.RECEIVED,
        DecisionOutcome.CONFIRMED,
        DecisionOutcome.EXCLUDED,
        DecisionOutcome.REJECTED,
    )
)
"""Outcomes that ask nothing of anybody."""


def owner_of(decision: Decision) -> str | None:
    """Whose a decision is, as printed; None where it names nobody or asks nothing of anybody."""
    if decision.kind is DecisionKind.ACTION:
        return decision.owner
    if decision.kind is DecisionKind.RECOMMENDATION or takes_note(decision):
        return None
    return owner_in(decision.text)


def takes_note(decision: Decision) -> bool:
    """Whether a resolution asks nothing of anybody."""
    return set(outcomes_of(decision)) <= _TAKES_NOTE


def owner_in(text: str) -> str | None:
    """Whom a resolution tells to act, as printed; None where it names nobody."""
    for match in _OWNER.finditer(without_place(text)):
        owner = match["owner"].strip(" ,")
        if not _BODY.fullmatch(owner):
            return owner
    return None
