"""What a question takes for granted: who did what, read from its wording without a parser.

"Why did Cllr Wren resign?" claims that Cllr Wren resigned. An answer that doesn't tell of it is of
something else, however many of the question's words it holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile

from indicators.catalogue import words

_TOKEN = re.compile(r"[^\W\d_]+(?:[-–'’][^\W\d_]+)*|£?\d[\d,.]*%?|[^\w\s]")
_ASKING = re.compile(r"^(?:who|whom|whose|why|when|where|how|what|which)$", re.IGNORECASE)
_IS = re.compile(r"\b(who|what|when|where|why|how)['’]s\b", re.IGNORECASE)
_COMING = re.compile(
    r"\bwho (?:is going to|is to|will) be (?:(?:the|our) )?(?:new |next )?", re.IGNORECASE
)
_DOING = frozenset(
    ["do", "does", "did", "will", "would", "can", "could", "should", "shall", "must"]
)
_BEING = frozenset(
    ["is", "are", "was", "were", "be", "been", "has", "have", "had", "being", "gets"]
)
_BEFORE_NOUNS = frozenset(
    """the a an any some this that these those of on in at about for from with by against over
    between into under during without within per my your our their its his her no all each every
    to which what whose many much new more""".split()  # noqa: SIM905
)
_BREAKS = frozenset(
    """the a an any some this that these those of on in at about for from with by against over
    between into under during without within per my your our their its his her no all each every
    to and or but if than then so because while after before since until as when who what why how
    it they we you i he she them him us me not there one two three four five six seven eight nine
    ten both last next early late mid this""".split()  # noqa: SIM905
)
_PARTS = frozenset(
    """on in at about for from with by against over between into under during within per to and or
    but if than then so because while after before since until as when who what why how that which
    is are was were has have had be been do does did""".split()  # noqa: SIM905
)
_WITHIN_NAMES = frozenset(["of", "in", "at", "on", "for", "from", "the"])
_LIGHT = frozenset(
    """do have be get make go take give come happen need want use put see let become look try keep
    find mean stand matter concern involve include cover apply hold set show start begin end run
    work plan expect think say tell know hear ask mark list print flag note rate""".split()  # noqa: SIM905
)
_ENDING = frozenset(
    """open reopen close start begin finish end cost live meet happen resign leave move change help
    pass fail improve rise fall stop return arrive retire die""".split()  # noqa: SIM905
)
# "is expected to open" says that it opens: the deed is what follows.
_LEADING_TO = frozenset(
    """vote agree decide resolve choose suppose expect plan schedule intend mean hope aim need have
    use manage seem appear""".split()  # noqa: SIM905
)
_ALSO_NOUNS = frozenset(["report", "comment", "answer", "claim", "state", "reply", "question"])
_LEAVING = re.compile(r"^(?:left|kept|seen|found)$", re.IGNORECASE)
_SAYING = frozenset(
    """say tell think reply answer respond comment explain advise mention report argue state feel
    believe make ask want warn claim suggest propose call raise add complain remark stress insist
    query wonder worry highlight criticise praise regret""".split()  # noqa: SIM905
)
_RULING = frozenset(["decide", "agree", "resolve", "recommend", "note", "hear", "discuss", "rule"])
_OF_A_MATTER = frozenset(["about", "on", "over", "regarding", "concerning", "of", "to", "for"])
_BODIES = re.compile(
    r"\b(?:boards?|panels?|committees?|council|cabinet|members|councillors|scrutiny|meeting|"
    r"executive|group|forum|commission|partnership|we|they|officers)\b",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"^(?:\w+ly|also|else|first|ever|not|actually|really|then|now|still|even|just|already)$",
    re.IGNORECASE,
)
_SHORTEST_PAST = 3
_UNSTEMMED = {"said": "say", "told": "tell"}  # words that search passes over
_IRREGULAR = re.compile(
    r"^(?:won|left|led|ran|paid|sold|bought|brought|thought|taught|lost|met|sent|spent|built|cut|"
    r"put|let|set|made|took|gave|came|went|got|told|said|wrote|drew|withdrew|chose|spoke|broke|"
    r"stole|fell|rose|grew|knew|held|stood|found|kept|felt|dealt|fought|sought|caught|stuck|struck|"
    r"taken|given|written|drawn|withdrawn|chosen|spoken|broken|stolen|fallen|risen|grown|known|"
    r"begun|began|became|shrank|sank|sang|swam|threw|thrown|wore|worn|bore|borne|bound|bent|bred|"
    r"fed|fled|flew|flown|froze|frozen|hung|laid|lain|lent|lit|rang|rode|ridden|shook|shaken|shone|"
    r"showed|shown|slept|spread|sprang|swept|tore|torn|woke|woken|understood|undertook|undertaken|"
    r"overspent|underspent|upheld|hit|shut|read|seen|saw|did|done|beaten|beat|forbidden|hurt|meant|seconded)$",
    re.IGNORECASE,
)
_GERUND = re.compile(
    r"\b(?:for|of|behind|about|in) (?:not )?(?P<verb>[a-z]{3,}ing)\b (?:the|a|an|to|its|his|her|"
    r"their|[A-Z])",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\bwho(?:'s|’s|s| is| was| are| were) (?:the |our |an? |now |currently )*"
    r"(?P<role>[\w'’& -]{3,60}?)\W*$",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r",? and (?:when|why|how|what|who|where|by when|is|was|did|does|has|have|will)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
"""What else a question asks."""
_OFFICE = re.compile(
    r"\bwho(?:'s|’s|s| is| was| are| were) (?:now |currently )?(?:the |our |[\w ]{3,40}['’]s )",
    re.IGNORECASE,
)
_CHAIRS = re.compile(
    r"\bwho (?:now |currently )?(?:chairs|presides (?:over|at))\b(?P<body>[\w'’& -]*)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\bwhat (?:does|do|is|are) (?:the )?(?:letters |acronym |initials )?(?P<short>[A-Za-z]{2,7})\b"
    r" (?:stands? for|short for|an? (?:acronym|abbreviation))",
    re.IGNORECASE,
)
_OF = re.compile(r" (?:of|for|in|at|on|to) ")
_NAMED = re.compile(
    r"^(?:[A-Z][\w'’-]+ ){1,2}[A-Z][\w'’-]+(?:$| (?:at|in|on|to|from)\b)|^to\b|"
    r"\b(?:Cllr|Councillor|Mr|Mrs|Ms|Dr)\b|"
    r"\b\w+(?:ing|ed)(?: (?:the|an?|to|by|with|on|for|up|it|this|that|our|their|as|in|at)\b|$)|"
    r"^(?:\w+ing\b|"
    r"(?:down|due|meant|supposed|likely|about|set|asked|told|responsible) (?:to|for)\b)"
)
_THING = re.compile(
    r"\bwhat(?:'s|’s|s| is| are| was| were) the names? of\b|"
    r"\b(?:which|what) (?!(?:is|are|was|were)\b)(?:[\w'’-]+ ){0,2}?"
    r"(?:company|companies|firms?|pharmac(?:y|ies)|"
    r"agenc(?:y|ies)|"
    r"academy|academies|schools?|providers?|businesse?s?|charit(?:y|ies)|pubs?|shops?|hotels?|"
    r"suppliers?|contractors?|establishments?|hospitals?|clinics?|practices?|venues?|streets?|"
    r"roads?|"
    r"villages?|towns?|premises|care homes?|newspapers?|universit(?:y|ies)|colleges?|builders?|"
    r"developers?|landlords?|unions?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question claims.

    `verb` is the stem of what is said to be done, empty where it is anyone's guess or tells little
    (then `deed` has it); `saying` whether it is something said; `actor` the words that it is said
    to be done by, where they come before it, `body` whether that is a committee or its members;
    `object` the words of what it is done to, up to the next small word;
    `role` the office whose holder is asked for, its own noun first, `office` whether it is surely
    one ("the clerk", "Fenwick's head of homes"); `thing` whether the name of a
    firm, a place or the like is; `short` the acronym whose full form is.
    """

    verb: str = ""
    saying: bool = False
    actor: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    body: bool = False
    role: tuple[str, ...] = ()
    office: bool = False
    thing: bool = False
    deed: str = ""
    short: str = ""


def claim_of(question: str) -> Claim:
    """The claim that a question rests on."""
    if _CHAIRS.search(question):
        return Claim(role=words("chair"), office=True)
    question = _COMING.sub("who is the next ", _IS.sub(r"\1 is", question))
    tokens = _TOKEN.findall(question)
    at = next((i for i, token in enumerate(tokens) if _ASKING.match(token)), None)
    if at is None:
        return Claim(thing=bool(_THING.search(question)))  # whether it was done is what it asks
    if short := _SHORT.search(question):
        return Claim(short=short["short"].upper())
    verb, actor = _done(tokens, at)
    lemma = _lemma(verb) if verb else ""
    gerund = _GERUND.search(question)
    if gerund and (not verb or lemma in _LIGHT):
        verb, lemma = gerund["verb"], _lemma(gerund["verb"])
    if not verb:
        role = _role(question)
        office = bool(role) and bool(_OFFICE.search(question))
        return Claim(role=role, office=office, thing=bool(_THING.search(question)))
    named = " ".join(actor)
    body = bool(_BODIES.search(named))
    return Claim(
        verb="" if lemma in _LIGHT else "".join(words(verb)[:1]),
        deed="".join(words(verb)[:1]),
        saying=lemma in _SAYING,
        actor=words(named),
        object=words(" ".join(_object(tokens, verb, at))),
        body=body,
        role=_role(question),
        thing=bool(_THING.search(question)),
    )


def chaired(question: str) -> tuple[str, ...]:
    """The words of the body whose chair is asked for: "who chairs the panel?", "the chair of"."""
    match = _CHAIRS.search(question)
    return words(match["body"]) if match else claim_of(question).role[1:]


def _object(tokens: Sequence[str], verb: str, at: int) -> list[str]:
    """What stands after the verb, up to the next word that parts or ends a clause."""
    after = tokens[tokens.index(verb, at) + 1 :]
    return list(takewhile(lambda t: t[0].isalnum() and t.lower() not in _PARTS, after))


def _role(question: str) -> tuple[str, ...]:
    """The words of the office in "who is the director of public health"."""
    match = _ROLE.search(_FURTHER.sub("", question))
    if not match or _NAMED.search(match["role"]):
        return ()
    head, _, rest = _OF.sub("|", match["role"], count=1).partition("|")
    return (*words(head)[-1:], *words(head)[:-1], *words(rest))


def _done(tokens: Sequence[str], at: int) -> tuple[str, Sequence[str]]:
    """(the verb, the words of who does it) of the clause that begins at `at`."""
    low = [token.lower() for token in tokens]
    aux = next(
        (i for i in range(at, min(at + 9, len(low))) if low[i] in _DOING or low[i] in _BEING), None
    )
    if low[at : at + 1] in (["who"], ["whom"]) and (aux is None or aux > at + 1):
        first = next((i for i in range(at + 1, len(low)) if not _ADVERB.match(low[i])), None)
        return (tokens[first], ()) if first is not None and low[first].isalpha() else ("", ())
    if aux is None:
        return _finite(tokens, at)
    if low[aux] in _DOING:
        verb = _base(tokens, aux + 1)
    else:
        early = _finite(tokens, at, aux)
        if early[0]:
            return early
        verb = _participle(tokens, aux + 1)
    if verb is None:
        return "", ()
    return tokens[_led_to(tokens, verb)], tokens[aux + 1 : verb]


def _led_to(tokens: Sequence[str], verb: int) -> int:
    """Where the deed stands that a verb only leads to: "supposed to open", "left waiting"."""
    following = [token.lower() for token in tokens[verb + 1 : verb + 3]]
    if following and _LEAVING.match(tokens[verb]) and following[0].endswith("ing"):
        return verb + 1 if is_verb(_lemma(following[0])) else verb
    leads = len(following) == 2 and following[0] == "to" and _lemma(tokens[verb]) in _LEADING_TO
    return _led_to(tokens, verb + 2) if leads and is_verb(following[1]) else verb


def _finite(tokens: Sequence[str], at: int, until: int | None = None) -> tuple[str, Sequence[str]]:
    """Without an auxiliary ("Which pharmacy refused ..."), the first past form after a noun."""
    for i in range(at + 2, until or len(tokens)):
        low = tokens[i].lower()
        if is_past(low) and tokens[i - 1].lower() not in _BEFORE_NOUNS:
            return tokens[i], ()
        if low in _BREAKS - _WITHIN_NAMES:
            break
    return "", ()


def _said_of(tokens: Sequence[str], at: int) -> int | None:
    """Where what is said or decided of a matter stands: in "say about early help" not "help"."""
    for i in range(at + 1, len(tokens) - 1):
        low, before = tokens[i].lower(), tokens[i - 1].lower()
        if _ASKING.match(low):
            return None  # the next question
        of = tokens[i + 1].lower() in _OF_A_MATTER
        if of and low in _SAYING | _RULING and before not in _BEFORE_NOUNS:
            return i
    return None


def _base(tokens: Sequence[str], at: int) -> int | None:
    """Where the verb stands after "did": the last of the first run of words that may be verbs."""
    if (said := _said_of(tokens, at)) is not None:
        return said
    last = next((i for i in range(len(tokens) - 1, at, -1) if tokens[i].isalpha()), at)
    if tokens[last].lower() in _ENDING and tokens[last - 1].lower() not in _BEFORE_NOUNS:
        return last
    found = None
    for i in range(at, len(tokens)):
        token, before = tokens[i], tokens[i - 1].lower()
        low = token.lower()
        name = token[:1].isupper()
        free = not name and low not in _BREAKS and before not in _BEFORE_NOUNS
        free = free and not before.endswith(("'s", "’s"))
        after = tokens[i + 1].lower() if i + 1 < len(tokens) else ""
        named = low in _ALSO_NOUNS and after not in _BREAKS and is_verb(after)
        fits = free and is_verb(low) and not named and not _ADVERB.match(low)
        if fits and low in _SAYING:
            return i
        if fits:
            found = i
        elif found is not None:
            return found
    return found


def _participle(tokens: Sequence[str], at: int) -> int | None:
    """Where a past participle stands after "was" or "has"."""
    for i in range(at, len(tokens)):
        low = tokens[i].lower()
        after = tokens[i + 1].lower() if i + 1 < len(tokens) else ""
        noun_next = (
            after.isalpha() and after not in _BREAKS and tokens[i - 1].lower() in _BEFORE_NOUNS
        )
        if is_past(low) and not noun_next:
            return i
        if low.endswith("ing") and is_verb(_lemma(low)) and i == at:
            return i
        if _ASKING.match(low):
            return None
    return None


@cache
def _verbs() -> frozenset[str]:
    """The base forms of English verbs."""
    text = files("assistant.question").joinpath("verbs.txt").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and line[0] != "#")


@lru_cache(maxsize=4_000)
def _lemma(word: str) -> str:
    """The base form of a verb; the word itself where it is none's."""
    low = word.lower()
    if _IRREGULAR.match(low):
        return _UNSTEMMED.get(low) or "".join(words(low)[:1])
    if low in _verbs():
        return low
    for ending in ("ed", "ing", "s"):
        stem = low.removesuffix(ending)
        if stem != low:
            bases = (stem, f"{stem}e", stem[:-1], f"{stem.removesuffix('i')}y")
            known = (base for base in bases if base in _verbs())
            return next(known, low)
    return low


def is_verb(word: str) -> bool:
    """Whether a word may be a verb in its base form."""
    return word in _verbs()


def is_past(word: str) -> bool:
    """Whether a word may be a verb in the past: "became", "passed"."""
    if _IRREGULAR.match(word):
        return True
    return len(word) > _SHORTEST_PAST and word.endswith("ed") and is_verb(_lemma(word))
