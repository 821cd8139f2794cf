"""How far a matter is, as the papers themselves state it."""

import re
from enum import StrEnum


class Progress(StrEnum):
    """What a position states; NOT_STATED where its words leave it open."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    DONE = "done"
    NOT_STATED = "not stated"


_CLOSED = re.compile(
    r"^\W*(?:now\s+)?(?:complet(?:e|ed)|closed?|done|finished|discharged|achieved|implemented|"
    r"actioned|resolved)\b(?!\s+by\b)|"
    r"\b(?:complete|completed|closed?|done|discharged|finished|actioned)\W*$|"
    r"\bpropos\w+ (?:to|for) clos\w+|\bno further action\b|\bcan be (?:closed|removed)\b|"
    r"\b(?:matter|action|item)s? (?:is |are |has been |have been )?(?:now )?(?:closed|complete)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|isn.t|aren.t|never|yet to be|still to be|to be|incomplete|partly|in part)\b"
    r"[^.;]{0,20}\b(?:complet|clos|done|finish|agreed|started|begun|found|replied|received)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:overdue|outstanding|not (?:yet )?(?:started|begun|done|replied)|"
    r"no (?:funding|reply|answer|progress|response)\b[^.;]{0,12}|"
    r"yet to (?:be|reply|start|begin)|keep open|remains? open|on hold)\b"
    r"|^\W*(?:open|red)\b",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(
    r"\b(?:in progress|on ?going|underway|under way|awaited|awaiting|await|on track|being \w+ed|"
    r"scheduled|planned|due (?:at|in|on|by|to)|now due|will (?:be|come|go|report|have)|to be \w+ed|"
    r"delayed|chased|progressing|partly|in part|further|last \w+ go|report due|promised|continues?|"
    r"in assessment|in readiness|currently|advertised)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:sent|circulated|signed|finished|answered|corrected|paid|repaid|delivered|issued|"
    r"published|completed?|made on|was made|achieved|implemented|appointed|received|confirmed|"
    r"provided|held on|covered in|brought|reported that|introduced|presented)\b",
    re.IGNORECASE,
)
_RATED = {"blue": Progress.DONE, "complete": Progress.DONE, "completed": Progress.DONE}


def stated(position: str, rag: str | None = None) -> Progress:
    """The progress that a position (and a rating, of which blue means complete) states."""
    rated = _RATED.get((rag or "").strip().casefold())
    if rated:
        return rated
    if _CLOSED.search(position) and not _NOT.search(position):
        return Progress.DONE
    if _OPEN.search(position):
        return Progress.OPEN
    if _UNDER_WAY.search(position):
        return Progress.IN_PROGRESS
    if _NOT.search(position):
        return Progress.OPEN
    return Progress.DONE if _DONE.search(position) else Progress.NOT_STATED
