"""What kind of thing a question asks for, and whether a text holds one."""

import re
from enum import StrEnum

from indicators.quantities import find_quantities


class Expected(StrEnum):
    """A kind of answer that a text either holds or doesn't."""

    PERSON = "a person or body"
    DATE = "a date"
    DURATION = "a length of time"
    REASON = "a reason"
    MONEY = "a sum of money"
    NUMBER = "a number"
    DECISION = "a decision"
    VOTE = "how a vote went"
    SERIES = "several things"
    MEANING = "a meaning"
    IMPROVEMENT = "what must get better"
    CORRECTION = "what is to be put right in a text"
    TELEPHONE = "a telephone number"
    EMAIL = "an e-mail address"


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_NUMERAL = (
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty)"
)
_ROLE = r"(?:councillor|cllr|officer|member|carer|person|manager|director|body|organisation|agency)"


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE)


_ASKED: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    (
        Expected.TELEPHONE,
        _any(
            r"\b(?:phone|telephone|mobile|contact) n(?:umbers?|o\b)",
            r"\bring\b.*\bnumber\b|\bnumber (?:to|for|do \w+) (?:ring|phone|call)",
            r"\b(?:phone|telephone|mobile)\W*$",
        ),
    ),
    (
        Expected.EMAIL,
        _any(
            r"\be-?mail (?:address\w*|for|of)\b",
            r"\be-?mail\W*$",
            r"\bwhere\b[^?]*\be-?mail\b",
        ),
    ),
    (
        Expected.PERSON,
        _any(
            r"\bwho(?:se|m|'s|’s|s)?\b(?! (?:is|are|was|were) (?:the )?\w+ for\b)",
            rf"\bwh(?:ich|at) {_ROLE}s?\b",
        ),
    ),
    (
        Expected.DURATION,
        _any(r"\bhow (?:long|often|frequently|soon|many (?:days|weeks|months|years))\b"),
    ),
    (
        Expected.DATE,
        _any(
            r"\bwhen(?:'s|’s|s)?\b",
            r"\b(?:what|which|by what|on what) (?:date|day|dates|month)\b",
            r"\bdeadline\b",
            r"\bdue date\b",
        ),
    ),
    (
        Expected.REASON,
        _any(
            r"\bwhy\b",
            r"\bhow come\b",
            r"\breasons?\b",
            r"\bwhat (?:caused|explains|explained|is behind|was behind|led to|made|prevented)\b",
            r"\bput\b[^?]*\bdown to\b",
            r"\bblam\w+\b",
            r"\b(?:thinking|rationale|reasoning|grounds|justification|cause)\b",
        ),
    ),
    (
        Expected.MONEY,
        _any(
            r"£",
            r"\bhow much (?:money|is|are|was|were|does|did|do|will|would|has|had)\b[^?]*"
            r"\b(?:cost|spen[dt]|pa(?:y|id|ying)|budget|worth|fund\w*|grant|fee|save[ds]?|price)\b",
            r"\bwhat (?:does|did|do|would|will)\b[^?]*\b(?:cost|pay)\b",
            r"\bhow much\b[^?]*\b(?:cost|paid|pay|spen[dt])\b",
            r"\b(?:cost|price|fee|salary|earn) of\b",
            r"\bwhat(?:'s|’s|s| is| was) the [\w ]{0,25}\b(?:fee|cost|price|budget|charge|grant)\b",
            r"\b(?:salary|earns?)\b",
        ),
    ),
    (
        Expected.NUMBER,
        _any(
            r"\bhow (?:many|high|low|large|big)\b",
            r"\bwhat (?:number|proportion|percentage|share|%)",
            r"\bby how (?:much|many)\b",
        ),
    ),
    (
        Expected.DECISION,
        _any(
            r"\bdecisions?\b",
            r"\bdecid\w+\b",
            r"\bresol(?:ve\w*|ution\w*)\b",
            r"\bagreed?\b(?! with)",
            r"\bapprov\w+\b",
            r"\bendorse\w*\b",
            r"\boutcome\b",
            r"\bsettled\b",
            r"\bpass(?:ed)?\b\W*$",
        ),
    ),
    (
        Expected.VOTE,
        _any(
            r"\bvot(?:e|ed|es|ing)\b",
            r"\babst(?:ain\w*|ention\w*)\b",
            r"\bpass(?:ed)?\b\W*$",
        ),
    ),
    (
        Expected.SERIES,
        _any(
            r"\blist\b",
            r"\bwhat (?:are|were) (?:the|all|its|their|our)\b",
            r"\bname (?:the|all)\b",
            r"\bwhich (?!one\b)\w+s\b",
            r"\ball (?:the|parts)\b",
            r"\beverything\b",
            r"\bwhat \w+s (?:did|do|have|were|are)\b",
        ),
    ),
    (
        Expected.IMPROVEMENT,
        _any(
            r"\bareas? (?:for|of|needing|requiring) (?:improvement|development)\b",
            r"\b(?:must|should|(?:needs?|needed|has|have|had|told|asked|required) to) (?:\w+ )?"
            r"(?:improve|get better|be better|do better)\b",
            r"\bweakness\w*\b",
        ),
    ),
    (
        Expected.CORRECTION,
        _any(
            r"\bcorrections?\b",
            r"\b(?:amendments?|changes?)\b[^?]*\bminutes\b",
            r"\bminutes\b[^?]*\b(?:corrected|amended|changed)\b",
        ),
    ),
    (
        Expected.MEANING,
        _any(
            r"\bwhat (?:does|do|did|is meant)\b[^?]*\b(?:mean|stand for)\b",
            r"\bmeant by\b",
            r"\bdefin\w+\b",
            r"^\W*what(?:'s|’s|s| is| are) (?:an? |the )?[\w'’ -]{2,50}\??$",
            r"\bexplain\b",
        ),
    ),
)
_HELD: dict[Expected, re.Pattern[str]] = {
    Expected.PERSON: re.compile(
        r"\b(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Professor|Sergeant|Superintendent|Inspector)"
        r"\.? [A-Z]|\b[A-Z][a-z’'-]+(?: (?:of|for|and|the))* [A-Z][A-Za-z’'-]+"
    ),
    Expected.DATE: re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b|\b{_MONTH} (?:19|20)?\d\d\b|"
        rf"\b(?:in|by|until|since|from|during|of) {_MONTH}\b|\b(?:19|20)\d\d\b|\d/\d\d?/\d\d|"
        r"\b(?:next|last) (?:week|month|year|meeting|term|quarter|spring|summer|autumn|winter)\b|"
        r"\b(?:Easter|Christmas)\b"
    ),
    Expected.DURATION: re.compile(
        rf"\b{_NUMERAL}(?:[- ]\w+)?[- ](?:hour|day|week|month|year|term)(?:s|ly)?\b|"
        r"\b(?:hourly|daily|weekly|fortnight\w*|monthly|quarterly|annual\w*|yearly|"
        r"(?:every|each|once|twice) \w+)\b",
        re.IGNORECASE,
    ),
    Expected.REASON: re.compile(
        r"\b(?:because|since|due to|as (?:a result|the|a|it|they|there|this)|result(?:ed|ing)? "
        r"(?:of|in|from)|owing|reason\w*|caus\w+|mainly|meant that|attribut\w+|led to|leading to|"
        r"reluctan\w+|linked to|so that|in order to|so as to|explain\w*|for want of|"
        r"wish(?:ed|es)? to|held up|so the|which (?:has|had|have|is|was)|would (?:be|come))\b",
        re.IGNORECASE,
    ),
    Expected.MONEY: re.compile(r"£\s?\d|\b\d[\d,.]*p\b|\bpounds\b"),
    Expected.NUMBER: re.compile(rf"\b{_NUMERAL}\b|\b(?:one|none|nobody|half|all)\b", re.IGNORECASE),
    Expected.DECISION: re.compile(
        r"\b(?:resolved|agreed|recommended|approved|endorsed|accepted|rejected|noted|received|"
        r"carried|lost|vot(?:e|ed|es)|be (?:noted|received|approved|agreed|asked|supported|signed|"
        r"confirmed|reported|given|told))\b|^\W*(?:\(?\w{1,2}[.)]\s*)?that\b",
        re.IGNORECASE,
    ),
    Expected.VOTE: re.compile(
        r"\bvot(?:e|ed|es|ing)\b|\babst(?:ain|ention)|\bin favour\b|\bcasting\b|\bunanimous|"
        r"\bdissent", re.IGNORECASE,
    ),
    Expected.SERIES: re.compile(r"(?:[,;][^,;]+){2,}|:\s*$|\(?\b(?:1|i|a)\)"),
    Expected.MEANING: re.compile(
        r"\b(?:means?|meaning|meant|is an?|are|defined|measures|refers to|called|approach|"
        r"seeks? to|aims? to|that is|i\.e\.|in which|where|stands for|count(?:s|ed))\b",
        re.IGNORECASE,
    ),
    Expected.IMPROVEMENT: re.compile(
        r"\bareas? (?:for|of|needing|requiring) (?:improvement|development)\b|"
        r"\b(?:must|should|(?:needs?|needed|required?) to) (?:improve|get better|be better)\b|"
        r"\bimprovements?\b[^.;]{0,20}\b(?:needed|required|asked|wanted)\b|\bneeds? improving\b|"
        r"\b(?:asked|wanted|wants?|asks?)\b[^.;]{0,25}\b(?:improve\w*|better)\b|"
        r"\bweakness\w*\b|\bnot (?:yet )?(?:consistently )?good enough\b",
        re.IGNORECASE,
    ),
    Expected.CORRECTION: re.compile(
        r"\b(?:should|ought to|was to|must|to) (?:have )?(?:read|sa(?:y|id)|state[ds]?|show)\b|"
        r"\b(?:correct\w*|amend\w*|delet\w+|insert\w*|replac\w+|mis(?:spelt|printed|stated))\b|"
        r"\b(?:subject to|save that|except that|with one change|in place of|instead of|becomes?)\b",
        re.IGNORECASE,
    ),
    Expected.TELEPHONE: re.compile(r"\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b"),
    Expected.EMAIL: re.compile(r"\b[\w.+-]+@[\w-]+\.\w+"),
}  # fmt: skip


_SHORT = 25  # characters of a wording that only asks; a longer one has the subject in it

FACTS = frozenset(
    (
        Expected.PERSON,
        Expected.DATE,
        Expected.DURATION,
        Expected.MONEY,
        Expected.NUMBER,
        Expected.VOTE,
        Expected.TELEPHONE,
        Expected.EMAIL,
    )
)


def expected(question: str) -> frozenset[Expected]:
    """The kinds of thing that a question asks for; empty where no wording tells."""
    kinds = frozenset(kind for kind, form in _ASKED if form.search(question))
    return kinds | {Expected.SERIES} if Expected.IMPROVEMENT in kinds else kinds


def asked_by(question: str, kind: Expected) -> str:
    """The short wordings by which a question asks for a kind of thing."""
    form = next(form for one, form in _ASKED if one is kind)
    return " ".join(m.group() for m in form.finditer(question) if len(m.group()) <= _SHORT)


def holds(kind: Expected, text: str) -> bool:
    """Whether a text holds a thing of this kind."""
    if kind is Expected.NUMBER and any(True for _ in find_quantities(text, worded=True)):
        return True
    return bool(_HELD[kind].search(text))
