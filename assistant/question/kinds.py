"""Kinds of paper that a question names as the place to look: "in the minutes"."""

import re

from ingest.kinds import PaperKind

# A plain "report" is too many things to look in it alone.
_NAMED = {
    PaperKind.MINUTES: r"(?<!\d )(?<!five )(?<!ten )(?<!fifteen )(?<!twenty )(?<!thirty )minutes",
    PaperKind.AGENDA: r"agendas?(?! items?\b)",
    PaperKind.ANNUAL_REPORT: (
        r"annual (?:[\w’'-]+ ){0,3}?(?:reports?|review)|end[ -]of[ -]year reports?"
    ),
    PaperKind.PERFORMANCE: (
        r"performance (?:[\w’'-]+ )?(?:reports?|figures|data|dashboards?|information)|"
        r"dashboards?|score ?cards?|data ?sets?"
    ),
    PaperKind.PLAN: r"(?<!forward )(?<!work )plans?|strategy|strategies|policy|policies",
}
_THE = (
    r"(?:the|that|this|those|these|their|its|our|\w+[’']s?) (?:(?!and\b|or\b)[\w’'/&-]+,? ){0,5}?"
)
_SAYS = (
    r"(?:say|record|show|state|note|mention|tell|report|give|describe|set|list|contain)(?:s|ed)?"
)
_PLACES = {
    kind: re.compile(
        rf"\b(?:in|from|per|according to|on(?= the agenda)) {_THE}(?P<kind>{named})\b"
        rf"|\b(?:do|does|did|what|as|which) (?:[\w’'-]+ ){{0,2}}?{_THE}(?P<also>{named})"
        rf"(?: (?:of|for|on|to) [^?.,]{{3,60}})? {_SAYS}\b",
        re.IGNORECASE,
    )
    for kind, named in _NAMED.items()
}


def kinds_named(question: str) -> tuple[PaperKind, ...]:
    """The kinds of paper that a question asks to be answered from; none where it says nothing."""
    return tuple(kind for kind, form in _PLACES.items() if form.search(question))


def beside_kinds(question: str) -> str:
    """The question without the names of the kinds of paper that it asks to be answered from.

    An agenda's name stays: it is all that such a question says.
    """
    for kind, form in _PLACES.items():
        if kind is not PaperKind.AGENDA:
            question = form.sub(_unnamed, question)
    return re.sub(r"\baccording to\b", " ", question, flags=re.IGNORECASE)


def _unnamed(place: re.Match[str]) -> str:
    named = "kind" if place["kind"] else "also"
    start, end = place.start(named) - place.start(), place.end(named) - place.start()
    return f"{place[0][:start]} {place[0][end:]}"
