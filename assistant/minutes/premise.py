"""Whether what is told tells of what a question takes for granted (`question/claim.py`).

A sentence may hold every word of "Who objected to the purchase?" while nobody objected. Three ties
are looked for: what was done stands with who did it or what it was done to, what was said with who
said it, and a name with the office or the kind of thing that it is asked for.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.minutes.expected import Expected, expected
from assistant.minutes.people import OPENING, named_as, small_words
from assistant.minutes.register_answers import FRAMING
from assistant.question.claim import Claim, claim_of
from assistant.question.cues import framing
from assistant.question.synonyms import alike
from assistant.question.understand import Query
from indicators.catalogue import indexed, words

_ANOTHER_WORD, _ABOVE = 0.8, 0.7
_ENOUGH_OF_IT = 0.6
_CLOSE_BEHIND = 5
_NEARLY_ALL, _IN_OTHER_WORDS = 0.75, 0.8
_SAID_BY, _UNSAID_TOPIC = 0.4, 0.6
# Who was there is told by lists and headings, without a verb.
_ATTENDING = frozenset(
    words(
        "chair preside substitute sub deputise attend miss send meet lead stand present absent act "
        "define list remain deal"
    )
)
_DECIDING = frozenset(words("decide resolve agree approve recommend vote settle"))
_COMMON = frozenset(
    words(
        "board council committee cabinet panel scrutiny member officer director report agenda item "
        "councillor resolved chair vice chairman action minutes january february march april may "
        "june july august september october november december monday tuesday wednesday thursday "
        "friday saturday sunday executive head service manager"
    )
)
_ANY_BODY = frozenset(
    words(
        "board panel committee council members councillors meeting group forum we they officers "
        "scrutiny commission partnership"
    )
)
_WRITTEN = frozenset(words("report paper plan strategy letter review pack"))
_PROMISING = frozenset(words("promise undertake pledge commit"))
_PROMISED = re.compile(
    r"\b(?:would|will|undertook|promised|pledged|committed|agreed to|undertaking)\b", re.IGNORECASE
)
_PHRASAL = tuple(
    (re.compile(rf"\b(?:{form})\b", re.IGNORECASE), frozenset(words(verbs)))
    for form, verbs in (
        (r"put (?:back|off)|held over|carried over|come to a later", "postpone defer delay slip"),
        (r"turn(?:ed|ing)? down|voted down|threw out", "reject refuse decline"),
        (r"set(?:ting)? up", "establish create start"),
        (r"(?:brought|bring(?:ing)?) in", "introduce start"),
        (r"carr(?:y|ied|ying) out", "conduct complete do"),
        (r"call(?:ed|ing)? off", "cancel"),
        (r"look(?:ed|ing)? into", "investigate examine"),
        (r"(?:step(?:ped|ping)?|st(?:and|ood|anding)) down", "resign leave retire"),
        (r"(?:go|goes|gone|went) up", "rise increase"),
        (r"(?:go|goes|gone|went|c[oa]me) down", "fall decrease reduce drop"),
        (r"sign(?:ed|ing)? off", "approve agree"),
        (r"pull(?:ed|ing)? out", "withdraw"),
        (r"cut(?:ting)? back", "reduce cut"),
        (r"tak(?:e|en|ing) on|took on", "recruit hire appoint"),
        (r"tak(?:e|en|ing) over|took over", "assume replace succeed"),
        (r"(?:say|said|saying) no", "refuse reject decline"),
        (r"(?:get|got|getting|win|won|paid) back", "recover reclaim repay refund"),
        (r"hand(?:ed|ing)? back|g[ai]ven? (?:back|up)", "return surrender relinquish"),
        (r"carr(?:y|ied|ying) on|kept on", "continue"),
        (r"find out|found out", "discover establish learn"),
        (r"point(?:ed|ing)? out", "note highlight observe"),
        (r"(?:send|sent|sending|pass(?:ed|ing)?) (?:round|on|out)", "circulate distribute issue"),
        (r"held up|hold(?:ing)? up", "delay"),
        (r"wind(?:ing)? up|wound up|shut(?:ting)? down", "close end dissolve"),
        (
            r"put (?:in place|into effect)|rolled out|roll(?:ing)? out",
            "introduce implement establish",
        ),
        (r"speed(?:ing)? up|sped up", "accelerate hasten"),
        (r"put forward|brought forward|bring(?:ing)? forward", "propose submit advance"),
    )
)
"""What verbs of two words say, by the one verb for it."""
_LESS_TOLD = frozenset(words("new next future incoming"))
_TITLES = frozenset(words("Cllr Councillor Mr Mrs Ms Miss Dr Sir Revd Professor"))
_SPEECH = re.compile(
    r"\b(?:said|says|told|tells|asked|replied|answered|explained|reported|advised|thought|felt|"
    r"argued|warned|added|noted|commented|stated|suggested|proposed|questioned|wondered|considered|"
    r"believed|described|confirmed|accepted|agreed|remarked|pressed|pointed|feared|stressed|"
    r"highlighted|informed|presented|expressed|raised|welcomed|thanked|apologised|wanted|wished|"
    r"hoped|claimed|view|opinion|advice|answer|reply|comment\w*|request\w*|according|complained|"
    r"praised|urged|supported|persuaded|observed|sought|queried|quoted|reminded|did not speak|"
    r"spoke|found|maintained|insisted|recommended|preferred|disputes?|requires?|needs|should)\b|"
    r"[“\"]",
    re.IGNORECASE,
)
_TOLD_TO = re.compile(r"(?:told|tells|informed|reminded)$", re.IGNORECASE)  # who hears follows
_DECIDED = re.compile(
    r"\b(?:decided|resolved|agreed|approved|ruled|upheld|dismissed|found|refused|rejected|granted|"
    r"accepted|determined|concluded|vot(?:e|ed)|carried|lost)\b",
    re.IGNORECASE,
)
_RESOLVES = re.compile(r"\W*(?:\(?\w{1,3}[.)]\s*)?(?:That|To)\b")
_DECISION = re.compile(
    r"\b(?:DECISIONS?|RESOLVED|AGREED|RESOLUTIONS?)\b|\b(?:Decisions?|Resolved|Agreed)\b(?=\W*(?:$|:|That))"
)
"""What heads a resolution, which itself only begins "That ..."."""
_TASKS = frozenset(
    words(
        "write lead do take bring deal handle prepare draft look report present chase arrange "
        "organise work run manage review check sort follow produce circulate send contact consider"
    )
)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|as a result of|result(?:ed|ing|s)? (?:of|from)|caus(?:e|ed|es) |"
    r"so that|in order to|for want of|held up|led to|attributed|put (?:it|this|that) down to|"
    r"the reasons?|mainly)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\b(?i:lead|owner|who|by whom|officer|lead officer|responsible|action by|author)\s*:\s*[A-Z]|"
    r"\|\s*(?:(?:Cllr|Councillor|Dr|Mr|Mrs|Ms)\.? )?[A-Z][a-z’'-]+ [A-Z][A-Za-z’'-]+\s*(?:\||$)"
)
"""Whose a row of a list is: "Owner: Bea Rudd", "Savings accounts | Bea Rudd"."""
_BY_SOMEBODY = re.compile(
    r"\b(?P<thing>[a-z]+) (?:by|from) "
    r"(?=(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Dr|Professor|[A-Z][a-z]+)\.? [A-Z])"
)
_NEGATION = re.compile(
    r"n['’]t\b|\b(?:not|never|cannot|(?:was|were|is|are|did|do|does|has|have|had|could|would)nt)\b",
    re.IGNORECASE,
)
_SOON_AFTER = 4
_LEANS = re.compile(r"^\W*(?:\d[\d.]*\s+)?(?:He|She|They|It|This|These)\b")
_OWN_WORDS = re.compile(r"\b(?:I|I['’](?:m|d|ve|ll)|[Mm]y)\b(?![.)])")
_AMOUNT = re.compile(r"\d+\.\d+$")
_LABEL = re.compile(r"(?:^|(?<=; )|(?<=— ))[A-Z][^:;—]{0,40}:")
_NAME = re.compile(r"\b(?<![.?!] )[A-Z][\w’'-]+(?: (?:(?:of|and|for|the) )?[A-Z][\w’'-]+)*")
_PERSON = re.compile(
    r"\b(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Professor|Sergeant|Superintendent|Inspector|Revd|"
    r"Canon|[A-Z])\.? [A-Z][a-z]|\b[A-Z][a-z’'-]+ (?:[A-Z][a-z’'-]+-)?[A-Z][A-Za-z’'-]+"
)
_TITLED = re.compile(
    r"\b(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Professor|Sergeant|Superintendent|Inspector)\.? "
    r"(?:[A-Z][\w’'-]+ ?){1,3}"
)
# A person with an office is no firm and no place.
_HOLDER = re.compile(
    r"[A-Z][a-z’'-]+ [A-Z][A-Za-z’'-]+(?:, (?:the |our |its )?| \()"
    r"(?:[A-Z][\w’'-]* (?:(?:of|for|and) )*)*"
    r"(?:Director|Manager|Head|Officer|Leader|Lead|Nurse|Member|Chair)\b"
    r"(?:(?: (?:of|for|and))* [A-Z][\w’'-]*)*"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A unit told, with the text around it, the headings above it and whose meeting it is of.

    `body` is the names that the meeting's body goes by, `passage` the whole passage where known.
    """

    text: str
    near: str
    where: str
    body: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What of a claim isn't told, 0 to 1 each: what was done, what was said, who or what it is."""

    undone: float = 0.0
    unsaid: float = 0.0
    unnamed: float = 0.0


class Premise:
    """What a question takes for granted, to be looked for in what is told."""

    def __init__(self, query: Query, weight: Callable[[str], float]) -> None:
        self._claim: Claim = claim_of(query.text)
        self._asked = indexed(query.text)
        self._weight = weight
        claim = self._claim
        self._actor = tuple(w for w in claim.actor if w in query.words and w not in _TITLES)
        self._written = bool(_WRITTEN.intersection(claim.actor))
        self._topic = tuple(
            w for w in query.words if w not in claim.actor and w != claim.verb and w not in FRAMING
        )
        self._topic += tuple(w for w in query.soft if _AMOUNT.match(w))  # "the 0.5% transfer"
        task = claim.deed in _TASKS or claim.verb in _TASKS
        self._whose = Expected.PERSON in expected(query.text) and not claim.actor
        self._owned = self._whose and task
        self._object = claim.object
        self._subject = tuple(w for w in query.words if w != claim.verb and w not in FRAMING)
        by_somebody = (
            claim.body or any(w in _TITLES for w in claim.actor) or _names_a_person(query.text)
        )
        self._happened = Expected.REASON in expected(query.text) and not by_somebody
        self._office = office(query)
        generic = claim.verb in _DECIDING or claim.verb in _ATTENDING
        asks = claim.verb in words(framing(query.text, query.wanted))
        self._does = bool(claim.verb) and not (generic or asks or claim.saying)
        if _denied(query.text, claim.verb):  # what wasn't done is told without its verb
            self._does = False
        self._names = bool(claim.role or claim.thing or claim.short)
        named = (w for w in self._actor if w not in _ANY_BODY) if claim.body else ()
        self._body = tuple(named)
        who = bool(self._body if claim.body else self._actor)
        self._decides = claim.verb in _DECIDING and who
        self._says = claim.saying and who and not self._written

    @property
    def empty(self) -> bool:
        """Whether nothing is claimed that could be looked for."""
        return not (
            self._does or self._says or self._decides or self._claim.role or self._claim.thing
        )

    def gaps(self, told: Sequence[Stretch]) -> Gaps:
        """What none of the stretches tells.

        A decision rarely names again what it is about: the passage that it stands in does.
        """
        if self._decides:
            told = [replace(one, near=one.passage or one.near) for one in told]
        return Gaps(
            undone=self._least(told, self._done) if self._does or self._decides else 0.0,
            unsaid=self._least(told, self._said) if self._says else 0.0,
            unnamed=self._least(told, self._named) if self._names else 0.0,
        )

    def told_in(self, stretch: Stretch) -> float:
        """How much of what is claimed a stretch tells, 0 to 1."""
        gaps = self.gaps((stretch,))
        return 1.0 - max(gaps.undone, gaps.unsaid, gaps.unnamed)

    @staticmethod
    def _least(told: Sequence[Stretch], tells: Callable[[Stretch], float]) -> float:
        return 1.0 - max(map(tells, told), default=0.0)

    def _done(self, one: Stretch) -> float:
        """Whether the deed stands in the unit, with who did it or what it was done to."""
        own = indexed(one.text)
        if self._written:  # a report says what it says: whose it is must be told
            return self._share(self._actor, one)
        if self._decides:
            deed = float(
                bool(_DECIDED.search(_LABEL.sub(" ", one.text)))
                or bool(_RESOLVES.match(one.text) and _DECISION.search(f"{one.near} {one.where}"))
            )
        elif self._claim.verb in _PROMISING:
            deed = float(bool(_PROMISED.search(one.text)))
        else:
            deed = _within(self._claim.verb, own | by_two_words(one.text))
        if not deed and self._happened and _CAUSE.search(one.text):
            deed = self._told_otherwise(own)
        owned = self._owned and _OWNER.search(one.text)
        if owned or (self._whose and self._comes_from(one.text)):
            deed = max(deed, _IN_OTHER_WORDS)
        deed *= self._of_body(one)
        who = self._actor if self._actor and not self._claim.body else self._topic
        return deed * min(1.0, self._share(who, one) / _ENOUGH_OF_IT) if who else deed

    def _told_otherwise(self, own: frozenset[str]) -> float:
        """Whether a sentence gives a reason for the whole of what is asked after but its verb.

        "Why has the new unit slipped a year?": "The unit was put back by a year because ...".
        """
        weights = {w: self._weight(w) for w in self._subject}
        held = sum(x * _within(w, own) for w, x in weights.items())
        enough = len(weights) > 1 and held >= _NEARLY_ALL * sum(weights.values())
        return _IN_OTHER_WORDS if enough else 0.0

    def _comes_from(self, text: str) -> bool:
        """Whether what somebody did is told by its name: "an amendment by Cllr Wren"."""
        return any(
            set(words(found["thing"])) & set(self._object) for found in _BY_SOMEBODY.finditer(text)
        )

    def _said(self, one: Stretch) -> float:
        """Whether the unit has the speaker with a word for saying, and the topic is near."""
        if self._claim.body and set(self._body) <= indexed(one.body):
            return 1.0  # the minutes of a body tell what it said
        speaker = self._speaks(one)
        if not speaker:
            return 0.0
        topic = self._share(self._topic, one) if self._topic else 1.0
        return speaker * (_SAID_BY + _UNSAID_TOPIC * topic)

    def _of_body(self, one: Stretch) -> float:
        """Whether the body named is the meeting's own, or named near; 1 where none is."""
        near = indexed(f"{one.near} {one.body} {one.where}")
        return float(all(word in near for word in self._body))

    def _speaks(self, one: Stretch) -> float:
        """Whether the speaker stands before a word for saying, or close behind one.

        "Cllr Carr said that it had been quiet since a visit by the manager" isn't the manager's.
        Where a pronoun speaks, the speaker may stand beside the unit; what a report of theirs says
        is said by them.
        """
        who, text = (self._body or self._actor)[-1], _LABEL.sub(" ", one.text)
        told = float(_OWN_WORDS.search(text) is not None and who in indexed(one.where))
        for said in _SPEECH.finditer(text):
            told_to = _TOLD_TO.match(said.group())
            behind = "" if told_to else " ".join(text[said.end() :].split(" ")[:_CLOSE_BEHIND])
            told = max(told, *(_within(who, indexed(t)) for t in (text[: said.start()], behind)))
        reported = _ABOVE * _within(who, indexed(one.where))  # in a report of theirs
        if told or not (_LEANS.search(one.text) and _SPEECH.search(text)):
            return max(told, reported)
        return max(_within(who, indexed(one.near)), reported)

    def _named(self, one: Stretch) -> float:
        """Whether the unit has a name beyond the question's, with the office or kind of thing."""
        text = _LABEL.sub(" ", one.text)
        if self._claim.short:
            return float(spells_out(one.text, self._claim.short))
        if self._claim.role:
            return float(self._holds_office(text, one))
        if not any(map(self._is_new, _NAME.findall(_HOLDER.sub(" ", _TITLED.sub(" ", text))))):
            return 0.0
        return self._share(self._topic, one) if self._topic else 1.0

    def _holds_office(self, text: str, one: Stretch) -> bool:
        """Whether a name stands beside the office, or the office beside the name asked about."""
        role = self._claim.role
        people = (m.group() for m in _PERSON.finditer(text))
        if not self._claim.office and any(set(role) <= set(words(name)) for name in people):
            return True  # it is the person who is given, and the office that is asked for
        small = small_words(one.near)
        return any(
            self._asked.isdisjoint(words(name))
            for name, _ in named_as(self._office, one.text, small)
        )

    def _is_new(self, name: str) -> bool:
        """Whether a name has a word that the question hasn't and that isn't any paper's."""
        return not set(words(OPENING.sub("", name))) <= self._asked | _COMMON

    def _share(self, asked: Iterable[str], one: Stretch) -> float:
        """The share of words, by rarity, that stand near; less for those only above."""
        near, where = indexed(f"{one.near} {one.body}"), indexed(one.where)
        weights = {word: self._weight(word) for word in asked}
        found = sum(
            x * max(_within(word, near), _ABOVE * _within(word, where))
            for word, x in weights.items()
        )
        return found / (sum(weights.values()) or 1.0)


def _names_a_person(question: str) -> bool:
    """Whether a question names somebody, not a thing by its name ("the Cold Hill unit")."""
    return any(
        not question[: match.start()].rstrip().lower().endswith(("the", "our"))
        for match in _PERSON.finditer(question)
    )


def _denied(question: str, verb: str) -> bool:
    """Whether a question says of a deed that it was not done."""
    after = (match.end() for match in _NEGATION.finditer(question))
    return any(verb in words(" ".join(question[at:].split()[:_SOON_AFTER])) for at in after)


def by_two_words(text: str) -> frozenset[str]:
    """The verbs for what a text says with a verb of two words."""
    return frozenset[str]().union(*(verbs for form, verbs in _PHRASAL if form.search(text)))


def office(query: Query) -> tuple[str, ...]:
    """The words of the office asked for: those of the question's subject, and "new" or "next"."""
    role = claim_of(query.text).role
    return tuple(w for w in role if w in query.words or w in _LESS_TOLD) or role


def _within(word: str, held: frozenset[str]) -> float:
    """1 where a text's words hold a word, less where they hold another word for it."""
    if word in held:
        return 1.0
    return _ANOTHER_WORD if alike(word) & held else 0.0


def spells_out(text: str, short: str) -> bool:
    """Whether a text has neighbouring words that an acronym is made of."""
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", text) if word[0].isupper())
    return short in initials and any(
        short == "".join(w[0] for w in run.split() if w[0].isupper()) for run in _runs(text)
    )


def _runs(text: str) -> list[str]:
    """Runs of capitalised words, with the small words between them."""
    return re.findall(
        r"\b[A-Z][\w’'-]*(?:(?: (?:and|of|for|the|to|in|with))* [A-Z][\w’'-]*)+", text
    )
