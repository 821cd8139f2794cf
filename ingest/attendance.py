"""Who was at a meeting and who sent apologies, as its minutes say.

Lists stand under a label ("Present", "Officers", a party's name), on its line or below it, until
the first numbered minute. Apologies stand in a minute of their own, or in a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind
from ingest.model import Attendee, Locator, Meeting, Presence
from ingest.periods import find_periods

_LABELS = (
    (
        Presence.IN_ATTENDANCE,
        r"also\b[^:\n]{0,20}|(?:officers?|others?|guests?|advis[eo]rs?)\b[^:,\n]{0,40}|"
        r"in attendance|(?:supported|assisted|advised) by|employees|staff|witnesses",
    ),
    (Presence.APOLOGIES, r"apologies\b[^:\n]{0,30}|absent\b[^:\n]{0,20}"),
    (
        Presence.PRESENT,
        r"(?:members? |councillors? |those )?present|attend(?:ance|ed by|ees)|"
        r"those attending|(?:committee |board |panel )?members?|"
        r"councillors?|substitutes?|co-?opted(?: \w+)?|chair(?:man|person)?|vice[- ]chair\w*|"
        r"labour|conservatives?|liberal democrats?|greens?|green party|independents?|reform uk",
    ),
)
_LABEL = tuple(
    (presence, re.compile(rf"^\W*(?:{form})(?:\W*:\W*|\W*$)", re.IGNORECASE))
    for presence, form in _LABELS
)
_CHAIR_LINE = re.compile(r"^(?P<capacity>(?:vice[- ])?chair\w*)\s+(?=[A-Z])", re.IGNORECASE)
_TITLE = (
    r"(?:(?:the |and )?(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|"
    r"Rev(?:eren)?d?|Sergeant|Inspector|(?:Chief )?Superintendent|Alderman)\.?\s+)"
)
_SEVERAL = re.compile(r"\b(?:Councillors|Cllrs)\b")
_WORD = r"(?:[A-Z][a-zà-öø-ÿ]*[’'][A-Z][a-zà-öø-ÿ]+|[A-Z][A-Za-zà-öø-ÿ]*(?:-[A-Z][a-zà-öø-ÿ]+)*\.?)"
_NAME = re.compile(rf"(?P<title>{_TITLE}*)(?P<name>{_WORD}(?:\s+{_WORD}){{0,3}})")
_POST = re.compile(
    r"\b(?:officer|manager|director|head|lead|leader|carer|police|service|council|forum|team|nurse|"
    r"board|member|adviser|advisor|worker|partner|clerk|analyst|commissioner|solicitor|governor|"
    r"coordinator|consultant|holder|inspector|teacher|principal|headteacher|chair|chairman|substitute|"
    r"executive|division|academy|school|college|hospital|trust|programme|authority|partnership|"
    r"safeguarding|care|health|education|housing)s?\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(r"Academy|School|College|Hospital|Trust|Division|Programme")
# Words that posts begin with and people don't.
_POST_OPENS = re.compile(
    r"^(?:the|no|none|acting|assistant|corporate|data|democratic|deputy|designated|education|"
    r"executive|family|finance|human|independent|interim|leaving|legal|participation|performance|"
    r"policy|public|senior|social|strategic|virtual|young|children\S*|vice|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|several)\b",
    re.IGNORECASE,
)
_HEAD_ROW = re.compile(r"^(?:name|member|councillor|attendee)s?\b,|^item\b", re.IGNORECASE)
_APOLOGY_ITEM = re.compile(r"^\W*(?:[A-Z]{1,6}[/.-])?[\d/.]*\W*(?:welcome and )?apologies\b", re.I)
_AWAY = re.compile(
    r"\bapolog|\bunwell\b|\babsent\b|\bon leave\b|\bunable\b|\bcould not\b|\b(?:was|were) at\b|"
    r"^\W*from\b",
    re.IGNORECASE,
)
_STOOD_IN = re.compile(
    r"\b(?:sat|stood|attended|came|acted|substitut\w*)\b.*\b(?:place|for|in)\b|\btook the chair\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";\s*|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\b[A-Z])\.\s+(?=[A-Z])|"
    r",? and (?=from\s+[A-Z])|"
    rf",? and (?={_TITLE}{_WORD}[^,;.]*\b(?:was|were|sat|took)\b)"
)
_FROM = re.compile(r"\bfrom\b|\bon behalf of\b|\bfor\s+(?=(?:Cllr|Councillor))", re.IGNORECASE)
_VERB = re.compile(r"\b(?:was|were|had|sent|gave|has|have|is|are|reported|attended)\b")


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    capacity: str | None


_Named = tuple[Presence, _Person, Block]


def read_attendance(
    blocks: Sequence[Block], meeting: Meeting, paper: str, text: str
) -> tuple[Attendee, ...]:
    """Everybody whom the blocks of a meeting's minutes name as there or away, once each."""
    found: dict[tuple[Presence, str], Attendee] = {}
    for presence, person, block in (*_listed(blocks, text), *_away(blocks)):
        where = Locator(paper, block.start, block.end)
        attendee = Attendee(person.name, person.capacity, presence, meeting, where)
        found.setdefault((presence, person.name), attendee)
    return tuple(found.values())


def _begins_with_date(block: Block) -> bool:
    """Whether the number that a line begins with is of its date: "18 January 2024"."""
    return any(mention.start == 0 for mention in find_periods(block.text))


def _listed(blocks: Sequence[Block], text: str) -> Iterator[_Named]:
    """The lists before the first minute."""
    presence: Presence | None = None
    names: list[_Named] = []
    posts: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.marker and not _begins_with_date(block):
            break
        for line in _lines(block, text):
            labelled = next(((p, m) for p, form in _LABEL if (m := form.match(line))), None)
            chair = _CHAIR_LINE.match(line)
            said = line
            if labelled:
                presence, match = labelled
                said = line[match.end() :]
            elif chair:
                presence, said = Presence.PRESENT, f"{line[chair.end() :]} ({chair['capacity']})"
            if presence is None or _HEAD_ROW.match(said):
                continue
            people = list(_people(said))
            if names and not people and not labelled:
                posts.append(said)
                continue
            if labelled or posts or len(people) > 1:
                yield from _with_posts(names, posts)
                names, posts = [], []
            named = [(presence, person, block) for person in people]
            if len(named) == 1 and not labelled:
                names += named
            else:
                yield from named
    yield from _with_posts(names, posts)


def _with_posts(names: Sequence[_Named], posts: Sequence[str]) -> Iterator[_Named]:
    """A column of names with the column of posts that was printed beside it, if as long."""
    held = posts if len(names) == len(posts) > 1 else [None] * len(names)
    for (presence, person, block), post in zip(names, held, strict=True):
        yield presence, _Person(person.name, person.capacity or post), block


def _away(blocks: Sequence[Block]) -> Iterator[_Named]:
    """The minute on apologies, up to the next heading."""
    inside = False
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            if inside:
                return
            inside = bool(block.marker and _APOLOGY_ITEM.match(block.text))
        elif inside:
            for clause in _CLAUSE.split(block.text):
                tells = _AWAY.search(clause) or not _VERB.search(clause)
                if tells and not _STOOD_IN.search(clause):
                    said = _FROM.split(clause, maxsplit=1)[-1]
                    people = _people(_VERB.split(said)[0])
                    yield from ((Presence.APOLOGIES, person, block) for person in people)


def _lines(block: Block, text: str) -> Iterator[str]:
    """A list's lines one by one; a list that flows over its lines, as one."""
    if block.kind is BlockKind.TABLE:
        for row in block.lines:
            cells = [c.strip() for c in re.split(r"[|\t]", row.raw.strip("|")) if c.strip()]
            yield ", ".join(cells)
        return
    lines = [
        line for part in text[block.start : block.end].split("\n") if (line := part.strip(" -•*#"))
    ]
    flows = any(";" in line or line.endswith((",", " and")) for line in lines[:-1])
    yield from [block.text.lstrip("-•* ")] if flows else lines


def _people(text: str) -> Iterator[_Person]:
    """The people that a list names: "Cllrs A (Chair) and B; C, Head of D"."""
    held: _Person | None = None
    several = False  # "Councillors A (Chair), B and C": single names go on
    chunks = list(_chunks(text))
    following = [*chunks, (";", "")][1:]
    for (mark, chunk), (joint, after) in zip(chunks, following, strict=True):
        bare, capacity = _without_brackets(chunk)
        match = _NAME.match(bare)
        several = mark != ";" and several
        alone = held is None and (mark != ";" or (joint == "and" and bool(_POST.search(after))))
        person = _person(bare, capacity, match, alone=alone) if match else None
        if match and match["title"]:
            several = bool(_SEVERAL.search(match["title"]))
        goes_on = held is not None and mark != ";" and match is not None and not match["title"]
        if held and (person is None or (goes_on and _is_capacity(bare, held, several=several))):
            link = " and " if mark == "and" else ", "
            held = _Person(held.name, f"{held.capacity}{link}{bare}" if held.capacity else bare)
        elif person:
            if held:
                yield held
            held = person
    if held:
        yield held


def _chunks(text: str) -> Iterator[tuple[str, str]]:
    """What stands between commas, semicolons and "and", each with the mark before it."""
    mark = ";"
    for piece in re.split(rf"([;,\t]|\band\b|\.(?=\s+{_TITLE}))(?![^(]*\))", text):
        if piece == ".":
            mark = ";"
        elif piece in (";", ",", "\t", "and"):
            mark = piece
        elif piece.strip(" .*"):
            yield mark, piece.strip(" .*")


def _person(
    bare: str, capacity: str | None, match: re.Match[str], *, alone: bool
) -> _Person | None:
    """Who is named, if a person is: not by a single word that goes on from a post, or names one."""
    name, rest = match["name"], bare[match.end() :].strip(" ,-–")
    if not match["title"]:
        words = name.split()
        if _POST_OPENS.match(name) or _POST.search(" ".join(words[:2])):
            return None
        if len(words) == 3 and _INSTITUTION.fullmatch(words[2]) and not rest:
            return None
        if len(words) == 1 and (alone or _POST.match(rest)):
            return None
        tail = " ".join(words[2:])
        if tail and (_POST.search(tail) or _POST_OPENS.match(tail)):  # "Emma Lowe Director of …"
            name, rest = " ".join(words[:2]), f"{tail} {rest}".strip()
    return _Person(name, capacity or rest or None)


def _is_capacity(bare: str, held: _Person, *, several: bool) -> bool:
    """Whether words after a person are what they are, rather than the next person."""
    one_word = len(bare.split()) == 1
    goes_on = held.capacity is not None and not several and one_word
    return goes_on or bool(_POST.search(bare))


def _without_brackets(chunk: str) -> tuple[str, str | None]:
    match = re.search(r"\(([^)]*)\)", chunk)
    if not match:
        return chunk, None
    return f"{chunk[: match.start()]}{chunk[match.end() :]}".strip(), match[1].strip() or None
