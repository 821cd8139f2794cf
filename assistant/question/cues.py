"""The wordings by which a question is read: which operation, what is wanted, what it leans on.

Each cue is one way of putting it; a table is tried from the top, the first that fits wins.
"""

import re
from enum import StrEnum


class Operation(StrEnum):
    """What to do with figures; a closed set."""

    VALUE = "value"
    DIFFERENCE = "difference"
    PERCENT_CHANGE = "percent change"
    AGAINST_TARGET = "against target"
    AGAINST_AREA = "against area"
    HIGHEST = "highest"
    LOWEST = "lowest"
    TREND = "trend"
    TOTAL = "total"
    AVERAGE = "average"
    SHARE = "share"
    RATIO = "ratio"
    CHECK = "check"
    ON_TARGET = "dates on target"
    TO_DATE = "year to date"
    RANK = "rank"
    MOVERS = "movers"


class Wanted(StrEnum):
    """What kind of thing from the minutes and reports is asked for."""

    DECISION = "decision"
    ACTION = "action"
    RECOMMENDATION = "recommendation"
    OUTSTANDING = "outstanding matter"
    ATTENDANCE = "attendance"
    PERSON = "person"
    DATE = "date"
    REASON = "reason"
    LIST = "list"
    DEFINITION = "definition"
    MONEY = "money"
    ANYTHING = "anything"


def _any(*cues: str) -> re.Pattern[str]:
    return re.compile("|".join(cues), re.IGNORECASE)


FIGURE = _any(
    r"\bhow (?:many|much|far|high|low|big|large)\b",
    r"\bhow short of\b",
    r"\bwhat (?:percent\w*|%|proportion|share|number|rate|fraction|was the (?:average|"
    r"figure|number|rate|percentage))\b",
    r"%",
    r"\b(?:percentage|per cent|percent|proportion|rate|figure|score|average|"
    r"count(?! (?:if|as|when|towards|against|those|them)\b)|ratio|total number|number|"
    r"out-?turn)\b",
    r"\bpp\b",
    r"\bpercentage points?\b",
    r"\bgap\b",
    r"\bhigher",
    r"lower",
    r"highest",
    r"lowest",
    r"on target",
    r"\btargets?\b",
    r"\btrend\b",
    r"\bgetting (?:better|worse)\b",
    r"\b(?:went|gone|jump\w*|ris\w+|rose|fell|fallen|dropp?\w*)\s+(?:\w+\s+){0,2}"
    r"(?:from|by)\s+(?:\w+\s+)?(?:\d|\w+\s+points?)",
    r"\bbudget\b",
    r"\bcosts?\b",
    r"\b(?:forecast|spend|spending)\b",
    r"\b(?:over|under)spen\w+",
    r"\bvariance\b",
    r"£",
)
FRAMING = _any(
    r"^\W*(?:please )?(?:add|sum|tot) (?:up )?",
    r"\b(?:right|true|proper|final|revised|corrected|restated|confirmed) figures?\b",
    r"\b(?:over |in |across |of |for )?(?:the |these |those )?(?:(?:last|past|latest|previous) )?"
    r"(?<!first )(?<!second )(?:\d+|two|three|four|five|six|eight|ten|twelve) "
    r"(?:quarters|months|years)\b"
    r"(?! (?:or|and|old|of age))",
    r"\b(?:on|in|from) (?:the|our|this|that) (?:[A-Z][\w'’]+ )?(?:score ?card|dashboard)\b",
    r"\b(?:academic|calendar|financial|municipal|previous) years?\b",
    r"\b(?:an?|one|two|three|four|five|six|\d+) (?:year|month|week)s? ago\b",
    r"\b(?:month before last|year[- ]end)\b",
    r"\b(?:sorry|i meant?(?: to (?:say|ask))?|good morning|hello|thanks|cheers)\b(?=\W)",
)
"""Words that say which print is meant, or how far back, not what is measured."""
_WENT = (
    r"(?:(?:got|get|gets|getting|gone|going|went|become|becoming|are|is|were|was|has|have|had)"
    r"(?: been)? (?:any |the )?(?:worse|better)|worsen(?:ed|ing)|deteriorat(?:ed|ing)|"
    r"improv(?:ed|ing))"
    r"(?=\W*$| (?:in|at|for|since|over|from|between|most|during|last|this|compared|on|across|among)"
    r"\b)"
)
"""What measures did as a whole: "got worse", but not "improved attendance" nor "than target"."""
_LEVEL = r"(?:numbers?|rates?|percentages?|proportions?|shares?|levels?|figures?|costs?|caseloads?)"
OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    (
        Operation.TOTAL,
        _any(r"^\W*(?:please )?(?:add|sum|tot) (?:up )?(?:all )?(?:the|our|those)\b"),
    ),
    (
        Operation.CHECK,
        _any(
            r"\bis (?:that|this|it) right\b",
            r"\bcheck the (?:sums?|figures?|maths)\b",
            r"\bwhich (?:one )?is right\b",
            r"\btwo figures\b",
            r"\b(?:is|are|was|does|do)\b[^?]{0,80}\b(?:figures?|percentages?|numbers?|"
            r"table|sums?|it)\b[^?]{0,40}\b(?:right|correct|add up|back (?:that|it|"
            r"this) up|agree|match|consistent|tally)\b",
            r"\badd(?:s)? up\b",
        ),
    ),
    (
        Operation.MOVERS,
        _any(
            rf"\b(?:which|what|any|all|list|show)\b[^?]{{0,40}}\b(?:indicators?|measures?|kpis?|"
            rf"metrics?)\b[^?]{{0,40}}\b{_WENT}",
            r"^\W*(?:so |and |ok )*what\b(?![^?]*\b(?:must|should|needs?|ought|have to)\b)"
            rf"[^?]{{0,20}}\b{_WENT}",
        ),
    ),
    (
        Operation.RATIO,
        _any(
            r"\bhow many times\b[^?]*\b(?:each|than|as (?:much|many))\b",
            r"\b(?:on average,? )?how many\b[^?]{0,60}\b(?:for each|for every|"
            r"per (?!cent|10))",
            r"\bratio\b",
        ),
    ),
    (
        Operation.PERCENT_CHANGE,
        _any(
            r"(?:\b(?:percentage|per cent|percent)|%) (?:change|increase|decrease|fall|"
            r"rise|drop|reduction|growth)\b",
            r"\bas a percentage change\b",
            r"\bhow much\b[^?]*\b(?:up|down|ris\w+|rose|fall\w*|fell|increas\w+|grow\w*|grew|"
            r"drop\w*|chang\w+)\b[^?]*\bas an? (?:%|percent\w*|per cent)(?!\w)",
            r"\bby what (?:percentage|percent|%)",
            r"\bhow much\b[^?]*\bin (?:percentage|per cent|percent|%) terms\b",
        ),
    ),
    (
        Operation.ON_TARGET,
        _any(
            r"\b(?:how many|which|what|in how many) (?:of the )?(?:months?|quarters?|times)\b"
            r"[^?]*\btargets?\b",
        ),
    ),
    (
        Operation.RANK,
        _any(
            r"\brank(?:s|ed|ing)?\b",
            r"\bleague table\b",
            r"\bwhich (?:council|(?:local )?authority|borough|county)\b(?!.*\bmore\b|.*\bor\b)",
        ),
    ),
    (
        Operation.TO_DATE,
        _any(
            r"\b(?:so far this (?:financial |calendar )?year|this (?:financial )?year so far)\b",
            r"\byear[ -]to[ -]date\b",
            r"\bcumulative\b",
        ),
    ),
    (
        Operation.AGAINST_TARGET,
        _any(
            r"\btargets?\b",
            r"\b(?:above|below|over|under|against|beyond|from|exceed\w*|within|than) "
            r"(?:its|the|their|our|a|that)(?: \w+)? "
            r"(?:guide\w*|ceiling|threshold|benchmark|trajectory)\b",
            r"\b(?:meet|met|hit|miss|missed|beat|achiev\w+|reach\w*)\b[^?]{0,30}\b(?:goal|"
            r"ambition|aim)s?\b",
            r"\bhow (?:far|much|many|short|close)\b[^?]{0,50}\b(?:over|under|above|below|"
            r"short of|past|beyond|off|behind|ahead of|from)\b[^?]{0,30}\b(?:goal|ambition|aim|"
            r"plan)s?\b(?! to\b)",
        ),
    ),
    (
        Operation.HIGHEST,
        _any(
            r"\b(?:highest|peak\w*|biggest|largest|maximum|greatest|best|longest|dearest|"
            r"busiest|"
            r"costliest|top)\b"
            r"(?!-| (?:up|case|interests?|of (?:the|them)))",
            r"\bthe most\b(?! (?:recent|of (?:the|them)))",
            r"\b(?:costs?|spen[dt]s?|has|had|have) most\b(?! (?:recent|of (?:the|them)))",
            # but not "what worries members most in the report?"
            r"\bmost\b(?! (?:recent|of (?:the|them)|in|to|about|for|at|on)\b)(?!\W*$)",
        ),
    ),
    (
        Operation.LOWEST,
        _any(
            r"\b(?:lowest|fewest|smallest|(?<!at )least|minimum|bottom|worst|cheapest|shortest|"
            r"quietest)\b(?!-| of)",
        ),
    ),
    (
        Operation.DIFFERENCE,
        _any(
            r"\bdifference\b",
            r"\bgap between\b",
            r"\bpercentage points?\b",
            r"\b(?:how much|how many|how far|by how (?:much|many))\b[^?]*\b(?:more|slower|faster|"
            r"quicker|larger|smaller|bigger|longer|shorter|cheaper|dearer|fewer|less|higher|lower|"
            r"change[ds]?|ris\w+|rose|fell|fall\w*|drop\w*|"
            r"(?<!the )increas\w+|(?<!the )decreas\w+|grow\w*|grew|come down|"
            r"came down|go(?:ne|es)? (?:up|down)|went (?:up|down)|"
            r"(?<!requires )(?<!require )improve\w*|reduc\w+)\b",
            r"\bimprovement\b[^?]*\bpoints?\b",
            r"\bchange (?:between|from|since|in)\b",
            r"\b(?:more|fewer|less|higher|lower|bigger|smaller|larger)\b[^?]*\bthan "
            r"(?:(?:it|they|there) (?:was|were) |were |was )?(?:in|at|on|for|during|a year|last)\b",
            r"\bget(?:ting)? (?:better|worse)\b[^?]*\bbetween\b",
            r"\bwhat'?s the change\b",
            r"\b(?:compar\w+ (?:to|with)|versus|vs?|against) (?:\w+ ){0,4}?"
            r"(?:a year (?:earlier|ago|before)|(?:last|the previous) (?:year|quarter|month)|"
            r"the (?:year|quarter|month) before|(?:this|the same) time last year)\b",
            r"\b(?:up or down|risen or fallen|(?:more|higher|better) or (?:less|fewer|lower|"
            r"worse))\b"
            r"[^?]*\bby how (?:much|many)\b",
            r"\band by how (?:much|many)\b",
        ),
    ),
    (
        Operation.TREND,
        _any(
            r"\bhow (?:did|has|have|do|does)\b[^?]*\bchange[ds]?\b",
            r"\b(?:getting|got|become|becoming) (?:any )?(?:better|worse|higher|lower|"
            r"bigger|smaller)\b",
            r"\btrend\w*\b",
            r"\bup or down\b",
            r"^\W*(?:is|are)\b[^?]*\b(?:up|down)\W*$",
            r"\b(?:last|past|latest|previous) (?:few|two|three|four|five|six) "
            r"(?:figures|numbers|results)\b",
            r"^\W*(?:so |and |ok )*(?:has|have)\b[^?]*\b(?:risen|fallen|increased|decreased|"
            r"dropped|grown|worsened|changed)\b[^?]*\bsince\b",
            rf"^\W*(?:so |and |ok )*(?:has|have|did|does|do)\b[^?]*\b{_LEVEL}\b[^?]*\b"
            r"(?:ris(?:e|en)|fall(?:en)?|increased?|decreased?|dropp?(?:ed)?|gr[eo]wn?|worsen(?:ed)?|changed?|"
            r"reduced?)\b(?! by\b)",
            rf"^\W*(?:so |and |ok )*(?:is|are)\b[^?]*\b{_LEVEL}\b[^?]*\b(?:rising|falling|"
            r"increasing|decreasing|dropping|growing|worsening|changing)\b",
            r"\bimproving\b",
            r"\bimproved\b",
            r"\bover (?:time|the (?:year|last|past))\b",
            r"\b(?:going|gone) (?:up|down)\b",
            r"^\W*(?:so |and |ok )*(?:did|does|do)\b[^?]*\bgo (?:up|down)\b",
            r"\bhow (?:has|have|is|are)\b[^?]*\b(?:changed?|doing|moved)\b",
            r"\bhow\b[^?]*\b(?:has|have) (?:changed|moved)\b",
        ),
    ),
    (
        Operation.TOTAL,
        _any(
            r"\b(?:in total|altogether|all together|combined total|sum of|"
            r"add(?:ed)? (?:up|together))\b",
            r"^\W*total\b",
            r"\btotal\b(?= (?:of|for|across|over|number of .* (?:between|across|over|"
            r"from)))",
        ),
    ),
    (
        Operation.SHARE,
        _any(
            r"\bwhat (?:proportion|share|percentage|%|percent|fraction) of the (?:\d+|"
            r"\w+teen|\w+ty|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
        ),
    ),
    (
        Operation.AVERAGE,
        _any(
            r"\b(?:average|mean)\b[^?]{2,60}\b(?:over|across)\b",
            r"\b(?:average (?:monthly|quarterly)|(?:monthly|quarterly) average)\b",
            r"\baverage (?:number|count)\b[^?]{2,60}\b"
            r"(?:from|between|(?:a|per|each) (?:month|quarter))\b",
            r"\b(?:average|mean) (?:over|across|of the|for the)\b",
            r"\bon average over\b",
        ),
    ),
)
WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        Wanted.OUTSTANDING,
        _any(
            r"\boutstanding\b(?! (?!matters?\b|actions?\b|items?\b|issues?\b|business\b|points?\b|"
            r"recommendations?\b|tasks?\b|work\b|jobs?\b|decisions?\b|requests?\b|questions?\b|"
            r"quer(?:y|ies)\b|things?\b|list\b|schedule\b|and\b|or\b|as\b|from\b|at\b|after\b|on\b|in\b|"
            r"for\b|with\b|since\b|to\b|by\b|yet\b|now\b|of\b|against\b|this\b|that\b|which\b|when\b|"
            r"still\b|about\b)[a-z])",
            r"\bstill (?:owed|open|to do|waiting)\b",
            r"\bany (?:\w+ )?(?:reply|response|answer|word|news|update|progress|feedback)\b",
            r"^\W*(?:so |and |ok )*(?:was|were|is|are|did)\b[^?]*\b(?:sent|circulated|delivered|"
            r"written to|completed|chased)\b",
            r"\b(?:done|sorted|sent|finished|settled|started|happened|fixed|written) yet\b",
            r"^\W*(?:so |and |ok )*(?:has|have) (?:the|our|their|its|it|that|this|those|we|they)\b"
            r"[^?]*\b(?:been|done|got|had)\b",
            r"\bwhere (?:have|had|has|are|is|did|do) (?:we|they|things|it|that)\b[^?]*\b(?:got|get|"
            r"stand|up to)\b",
            r"\bwhat(?:'s|’s|s| is)? the (?:latest (?:on|with)|status|position)\b",
            r"\b(?:status|progress|position|update|news) (?:of|on|with|about|regarding)\b",
            r"\bhow did\b[^?]{0,40}\b(?:turn out|end up|end)\W*$",
            r"\bschedule of\b",
        ),
    ),
    (
        Wanted.RECOMMENDATION,
        _any(
            r"\brecommend\w*\b",
            r"\b(?:need|want|seek|ask)(?:s|ing)?(?: for| us for)? an? decision\b",
            r"\bwhat (?:is|are|was|were) (?:we|the \w+) (?:being )?asked to\b",
            r"\b(?:we|members|councillors|board|panel|committee|cabinet|council|scrutiny)\b[^?]{0,25}"
            r"\b(?:asked|invited|requested) to (?:agree|approve|note|decide|endorse|support|do|"
            r"consider|back|accept)\b",
            r"\bwhat (?:do|did|does)\b[^?]{0,40}\b(?:report|paper)s? (?:want|ask|propose|seek|"
            r"suggest)\b",
        ),
    ),
    (
        Wanted.DECISION,
        _any(
            r"\bdecisions?\b",
            r"\bdecid\w+\b",
            r"\bresol(?:ve\w*|ution\w*)\b",
            r"\bagreed?\b(?! with)",
            r"\bapprov\w+\b",
            r"\bendorse\w*\b",
            r"\boutcome\b",
            r"\bvote[ds]?\b",
            r"\bminuted\b",
        ),
    ),
    (
        Wanted.ACTION,
        _any(
            r"^\W*actions?\b",
            r"\b(?:what|which|any|all|the|every|open|agreed|new|those|these|following|further|of|an|"
            r"your|our|their|its|list|outstanding|same) actions?\b(?! plans?\b| goes?\b)",
            r"\bactions (?!plans?\b)",
            r"\baction (?:points?|for|from|on|by|was|is|did|has|to|agreed|arising|items?)\b",
            r"\b(?:who|any(?:one|body)|some(?:one|body))(?:'s| is| was| has| been| will| to)\b"
            r"[^?]{0,40}\b(?:working|dealing|leading|"
            r"responsible|asked|tasked|told|to do|doing|taking|looking|handling|chas\w+)\b",
            r"\bwhat did .* promise\b",
            r"\b(?:who|whose)\b[^?]{0,20}\b(?:down|due|meant|supposed|going) to\b",
            r"\bwhose job\b",
            r"\bwho(?:'s|’s| is| was)? (?:doing|handling|tackling|sorting)\b",
        ),
    ),
    (
        Wanted.ATTENDANCE,
        _any(
            r"\battend\w*\b",
            r"\bapol(?:s|og\w*)\b",
            r"\bwho (?:was|were) (?:there|present|absent|at (?:the|our|that))\b",
            r"\bpresent at\b",
            r"\bsubstitut\w+",
            r"\bdeputis\w+",
            r"\bpresid(?:e|ed|es|ing)\b",
            r"\babsen(?:t|ce|ces)\b",
            r"\bwho (?:all )?(?:missed|skipped)\b[^?]{0,60}\b(?:meeting|board|panel|committee|"
            r"cabinet|forum|scrutiny)\b",
            r"\bwho\b[^?]{0,30}\b(?:came|(?:could|did)(?:n['’]t| not) (?:come|make it|turn up))\b",
            r"\bst(?:ood|ands?|anding) in\b",
            r"\bquor\w+",
            r"\bchair(?:s|ed|ing|man|person)?\b",
            r"\bin the chair\b",
            r"\bdeclar\w+\b",
            r"\b(?:members(?:hip)? of|who sits on) (?:the |our )?(?:[\w’'&]+ ){0,5}?"
            r"(?:board|panel|committee)\b",
            r"\bs[ai]ts? (?:on|with)\b",
        ),
    ),
    (
        Wanted.REASON,
        _any(
            r"\bwhy\b",
            r"\bhow come\b",
            r"\breasons?\b",
            r"\bwhat (?:caused|explains|is behind|was behind)\b",
            r"\bput\b[^?]*\bdown to\b",
            r"\b(?:thinking|rationale|reasoning|grounds|justification)\b",
            r"\bcause\b",
        ),
    ),
    (
        Wanted.DATE,
        _any(
            r"\bwhen(?:'s| is| was| did| does| will| do| are| were)?\b",
            r"\bwhat (?:date|day|dates)\b",
            r"\bwhich (?:date|meeting)\b",
            r"\bhow often\b",
            r"\bby what date\b",
            r"\bdeadline\b",
        ),
    ),
    (
        Wanted.PERSON,
        _any(
            r"\bwho\b",
            r"\bwhose\b",
            r"\bwhom\b",
            r"\bwhich (?:councillor|cllr|officer|member|carer|person|manager)\b",
        ),
    ),
    (
        Wanted.DEFINITION,
        _any(
            r"\bwhat (?:does|do)\b[^?]*\bmean\b",
            r"\bdefin\w+\b",
            r"\bstand for\b",
            r"\bwhat (?:is|are) (?:an? |the )?[\w' ]{2,50}\?",
            r"^\W*what an? [\w' -]{2,50} (?:is|are|means?)\W*$",
            r"\bexplain\b",
        ),
    ),
    (
        Wanted.MONEY,
        _any(
            r"\bbudget\b",
            r"\bcosts?\b",
            r"£",
            r"\bhow much (?:money|is|does|did)\b",
            r"\bfund\w*\b",
            r"\bgrant\b",
            r"\boverspen\w+",
            r"\bfee\b",
            r"\bspend\b",
        ),
    ),
    (
        Wanted.LIST,
        _any(
            r"\blist\b",
            r"\bwhat (?:are|were) (?:the|all)\b",
            r"\bname (?:the|all)\b",
            r"\bwhich\b",
            r"\ball (?:the|parts)\b",
            r"\bwhat \w+ (?:did|does|do|have|has)\b",
        ),
    ),
)
ORDINALS = ("first", "second", "third", "fourth")
QUARTER = _any(rf"\b(?:q(?:uarter )?(?P<n>[1-4])|(?P<nth>{'|'.join(ORDINALS)}) quarter)\b")
AGAINST = _any(
    r"\b(?:compar\w+|gap|above|below|behind|ahead|lower|higher|better|worse|more|less|"
    r"fewer|than|against|versus|vs?\.?|differ\w*|how (?:did|does|do|far|much))\b",
)
SET_BESIDE = _any(r"\b(?:than|compared (?:to|with)|against|versus)\b")
OURS = _any(
    r"\b(?:we|we've|we're|our|ours|us|the (?:council|board|panel|committee))\b",
)
LATEST = _any(
    r"\b(?:latest|most recent|newest|currently|current|right now|now|today|at present|"
    r"so far|these days|at the moment)\b",
)
LAST_MEETING = _any(
    r"(?<!since )(?<!since the )(?<!since our )\b(?:last|latest|most recent|previous)"
    r"(?: (?!year|month|week|quarter|term|spring|summer|autumn|winter)[\w’'-]+){0,5}?"
    r" (?:meeting|board|panel|committee|cabinet|minutes)\b(?!['’]s| reports?\b| papers\b| pack\b)",
    r"\bwhen (?:we|they|it|the \w+) last met\b|\blast time (?:we|they|it|the \w+) met\b",
)
IN_SEASON = _any(
    r"\b(?:in|during|since|by|until|of|this|last) (?:the )?(?:spring|summer|autumn|winter)"
    r"(?: (?:of )?(?:19|20)\d\d)?(?=\W*$|[,;?]| (?:do|did|does|is|was|are|were|has|have|had)\b)",
)
INJECTION = _any(
    r"(?:^|(?<=[.!?;:]))[^.!?;:]*\b(?:ignore|disregard|forget|override|pretend|"
    r"you are now|act as|just say|system prompt|your (?:sources|instructions|rules)|"
    r"authori[sz]ed you|jailbreak|developer mode)\b[^.!?]*[.!?:;]?",
)
OF_PAPERS = _any(
    r"^(?:['’]s)?\s+(?:\w+\s+){0,2}(?:papers?|reports?|pack|minutes|meeting|agenda|"
    r"dashboard|scrutiny|board|panel)\b",
)
BEFORE_PAPERS = re.compile(
    r"(?:\b(?:board|panel|committee|forum|cabinet|executive|council|commission|meeting|minutes|"
    r"scrutiny)|\b(?P<initials>[A-Z]{3,5}))(?:['’]s)?(?:,| -| –|:)?"
    r"(?: \(| on| of| for| held(?: on)?| dated)? ?(?:the )?$"
)
"""A body's name right before a date: "the Harbour panel 13/7/22", "Wells HWB Jan 2023"."""
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
OF_MEETING = _any(
    rf"\b(?:{_MONTHS}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? (?:19|20)\d\d(?:['’]s)? "
    r"(?:\w+ ){0,3}?(?:meeting|board|panel|committee)\b",
)
CHANGE = _any(
    r"\b(?:change[ds]?|ris\w+|rose|fell|fall\w*|drop\w*|increas\w+|decreas\w+|"
    r"(?<!requires )(?<!require )improv\w+|difference|better|worse|more|fewer|less|come down|"
    r"go(?:ne|es)? (?:up|down)|went (?:up|down))\b",
)
SAYS_SOMETHING = _any(
    r"\b(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|be|been|has|have|had|did|do|"
    r"does|can|could|will|would|should|may|might|must|any|anything|everything|list|tell|give|show|"
    r"name|find|explain|summar\w+|news|status|update|latest on|outcome|minutes?|papers?|agenda)\b|"
    r"['’](?:s|re|ve)\b(?= (?:the|a|an|our|this|that|happen\w*|going|been)\b)",
)
"""What a question has that doesn't merely name a figure: "SDQs completed, August 2023?" hasn't."""
SAID_ABOUT = _any(
    r"^\W*(?:(?:so|and|ok) )*what (?:did|does|do|has|have|had) "
    r"(?!.{0,40}\b(?:reports?|papers?|dashboard|score ?card|tables?|data|figures?)\b)"
    r"[^?]{3,80}?\b(?:say|said|note[ds]?|hear[ds]?|think|ask(?:ed)?|discuss(?:ed)?|raised?|"
    r"comment(?:ed)?|complain(?:ed)?|tell|told|explain(?:ed)?|warn(?:ed)?|promised?|feel|felt)\b"
    r"[^?]{0,40}\b(?:about|on|over|regarding)\b",
)
"""What somebody said of a matter, be it of a cost or a rate."""
THROUGHOUT = _any(
    r"\b(?:during|throughout|in the whole of|over the (?:whole )?year|in total)\b",
)
EXCLUDED = _any(
    r"\b(?:not counting|not including|excluding|leaving out|apart from|other than|"
    r"except(?: for)?)\b[^,.?;]*",
    r"\bmoved (?=from\b|since\b|between\b|over\b)",
    r"\bmoved\W*$",
    r"\bwhich (?:service|area|department|directorate|category|type|kind|group|team|item|line|"
    r"heading)(?= (?:is|was|were|has|had|have|shows?|saw|needs?)\b)",
    r"\bshort (?=of (?:the|its|their|that) )",
    r"\b(?:size|scale|extent|amount|level|value) (?=of (?:the|a|an|its|their|our|any|this|that) )",
    r"\b(?:supposed|expected|due|likely|meant|intended|scheduled|planned) (?=to\b)",
)
MEASURED = r"(?:rates?|numbers?|figures?|percentages?|plans?|visits?|timeliness|per)\b"
"""What stands behind the initials of a measure; behind those of a body something else does."""
AMOUNT = _any(r"£\s?\d[\d,.]*(?:\s?(?:m|k|million|thousand)\b)?")
GIVEN = _any(
    r"£\s?\d[\d,.]*(?:\s?(?:m|k|million|thousand)\b)?",
    r"\b\d(?:[\d,.]*\d)?\s?(?:%|per cent\b|percent\b)",
    r"\bper (?:100|10|1)(?:,?000|k)\b",
    r"\bper cent\b",
    r"\b(?:start|beginning) of\b",
    r"\b(?:budget |monitoring )?(?:period|month) \d{1,2}\b",
    r"\b(?:two|both|different) (?:different )?(?:figures|numbers|percentages)\b",
    rf"\b(?:q(?:uarter )?[1-4]|(?:{'|'.join(ORDINALS)}) quarter|h[12])\b",
    r"\b(?:first|second|last) (?:half|six months)(?: of the (?:financial )?year)?\b",
    r"\b\d{1,2}(?:st|nd|rd|th)?(?=\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)",
)
LATER = _any(
    r"\bafter (?:that|this|then)\b",
    r"\bafterwards\b",
    r"\bsince (?:then|that)\b",
    r"\b(?:what happened|and) next\b",
    r"\b(?:meeting|board|panel) after\b",
)
EARLIER = _any(
    r"\bbefore (?:that|this|then)\b",
    r"\b(?:previously|beforehand)\b",
    r"\b(?:meeting|board|panel) before\b",
    r"\bprevious (?:meeting|board|panel)\b",
)
PRONOUN = _any(
    r"\b(?:it|its|that|this|those|these|they|them|their|there|the same|that one|then|"
    r"he|she|his|her)\b",
)
OPENER = _any(
    r"^\W*(?:and|but|so|what about|how about|ok|same for|then|also|or)\b",
)
NUMBER_FIRST = _any(
    r"^\W*(?:so |and |ok |please |roughly |on average,? )*"
    r"(?:of (?:all |the |our )?[^?,]{3,60}, )?"
    r"(?:(?:by )?how (?:many|much|far)|%|what (?:%|percent\w*|proportion|share|number))\b",
)
TOLD_OF = re.compile(
    "|".join(
        (
            r"^(?:the (?:minutes|papers|report)|on \d)\b[^\n]*:[ \t]*(?=\n|$)",
            r"^on \d[^\n]*?(?:resolved|recommended|set|agreed)\b[^\n]*?:(?= )",
            r"\[\d{1,3}\]",
            r"\([^()]*\)",
            r"^in full:",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
"""Of an answer, the lines that say where its words stand, and its marks."""
MEETING_DATES = _any(
    r"\bwhen(?:'s|’s|s| is| are)\b[^?]{0,25}\bnext\b[^?]{0,40}\b(?:board|panel|committee)\b",
    r"\b(?:next|future|forthcoming|coming|following)\b[^?]{0,60}\bmeetings?\b",
    r"\bmeetings?\b[^?]{0,40}\b(?:dates?|after|next)\b",
    r"\bwhen (?:do|does|will|is|are)\b[^?]{0,70}\bmeet(?:ing)?\b",
)
ASKS_A_DATE = _any(
    r"\bwhen\b",
    r"\b(?:dates?|day|often|soon)\b",
    r"\b(?:next|future|coming|forthcoming) meetings?\W*$",
)
DELIBERATED = _any(
    r"\b(?:panel|board|committee|cabinet|members?|councillors?|officers?|scrutiny|forum)\b[^?]{0,25}"
    r"\b(?:propos\w+|recommend\w*|set|promis\w+|offer\w*|pledg\w+|agree\w*|approv\w*|ask(?:ed|ing)?|"
    r"request\w*|suggest\w*)\b",
    r"\b(?:proposed|recommended|promised|suggested|requested|agreed)\b",
)
ABSENCE_MEASURED = _any(
    r"\b(?:persistent\w*|overall|un?authorised|school|pupil) (?:absen\w+|attendance)\b",
    r"\b(?:absence|attendance) (?:rate|figure|percentage)s?\b",
)
"""Absence from lessons, which is a figure; from a meeting it isn't."""
MEANING = _any(r"\bmeans?\b", r"\bdefin\w+\b", r"\bstands? for\b", r"\bexplain\b")
TARGET = _any(r"\btargets?\b")
WITHIN_DAYS = _any(
    r"\b(?:with)?in (?:\w+ )?(?:\d+|five|ten|fifteen|twenty|thirty) (?:\w+ )?days\b(?! on average)",
    r"\b(?:over|under|beyond|after|(?:more|fewer|less|longer) than|at least|the) "
    r"(?:\d+|five|ten|fifteen|twenty|thirty) (?:\w+ )?days\b",
)
MONEY = _any(
    r"£",
    r"\bhow much (?:did|does|do|is|was|were|has|have)?[^?]*"
    r"\b(?:cost|budget|money|cash|worth|spen[dt]|fee|grant|pay|paid|income|week)\b",
    r"\bhow much (?:cash|money|funding)\b",
    r"\bbudget\b",
    r"\bcosts?\b",
    r"\b(?:forecast|planned|actual|total)\s+(?:\w+\s+)?spend(?:ing)?\b",
    r"\b(?:over|under)spen[dt]\w*",
)
FIRM = frozenset(
    (
        Wanted.DECISION,
        Wanted.RECOMMENDATION,
        Wanted.ACTION,
        Wanted.REASON,
        Wanted.OUTSTANDING,
        Wanted.ATTENDANCE,
        Wanted.DEFINITION,
    )
)


def framing(text: str, wanted: Wanted) -> str:
    """The wordings by which a question is read as asking for a kind of thing; "" if none."""
    forms = (form for kind, form in WANTED if kind is wanted)
    return " ".join(found.group() for form in forms for found in form.finditer(text))
