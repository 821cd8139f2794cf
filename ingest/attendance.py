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
from ingest.tables import read_grids

_LABELS = (
    (
        Presence.IN_ATTENDANCE,
        r"also\b[^:\n]{0,20}|(?:officers?|others?|guests?|advis[eo]rs?)\b[^:,\n]{0,40}|"
        r"in attendance|(?:supported|assisted|advised) by|employees|staff|witnesses|observers",
    ),
    (
        Presence.APOLOGIES,
        r"apologies\b[^:\n]{0,30}|apology|absent\b[^:\n]{0,20}|"
        r"(?:could ?not|couldn['’]t|unable to) (?:come|attend|be (?:there|present))|"
        r"not present",
    ),
    (
        Presence.PRESENT,
        r"(?:members? |councillors? |those )?present|attend(?:ance|ed by|ees)(?: details)?|"
        r"those attending|presiding|sederunt|(?:those )?here|in the (?:chamber|room)|in person|"
        r"(?:on|by|via) (?:ms |microsoft )?(?:teams|zoom|video)\b[^:\n]{0,20}|"
        r"(?:remote|remotely|virtual|virtually|online)(?: attendance)?|"
        r"(?:committee |board |panel |(?:non-)?voting )?members?|"
        r"cabinet members|councillors?|aldermen|substitutes?|co-?opted(?: \w+)?|"
        r"chair(?:man|person)?|vice[- ]chair\w*|"
        r"labour|conservatives?|liberal democrats?|greens?|green party|independents?|reform uk",
    ),
)
# Longer labels, told by a word in them and by their colon: "Members of the public present:".
_NAMING = (
    (
        Presence.IN_ATTENDANCE,
        r"(?:other|non[- ]members?|members? attending|cabinet member|portfolio holder)\b"
        r"[^:\n]{0,60}|"
        r"(?:members of )?(?:the )?public\b[^:(\n]{0,20}|"
        r"[^:.(\n]{0,40}\b(?:officers|staff|employees|guests|observers|witnesses|advis[eo]rs|"
        r"in attendance)\b[^:.\n]{0,50}",
    ),
    (Presence.APOLOGIES, r"[^:.\n]{0,20}\bapologies\b[^:.\n]{0,30}"),
    (
        Presence.PRESENT,
        r"[^:.,\n]{0,30}\b(?:members|councillors|aldermen|representatives?|present)\b[^:.,\n]{0,30}",
    ),
)
_CHAIR_LINE = re.compile(r"^(?P<capacity>(?:vice[- ])?chair\w*)\s+(?=[A-Z])", re.IGNORECASE)
_CHAIR_LABEL = re.compile(r"^\W*((?:vice[- ])?chair(?:man|person)?)\W*$", re.IGNORECASE)
_MEMBER = r"(?i:Councill?ors?|Cllrs?|Alderm[ae]n|Alderwom[ae]n)"
_TITLE = (
    r"(?:(?:the |and )?(?:(?:County |Borough |City |District |Town |Parish )*"
    rf"{_MEMBER}|Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|"
    r"Dame|Lord|Lady|Baroness|Rev(?:eren)?d?|Canon|Rabbi|Imam|PC|Sgt|Sergeant|Inspector|"
    r"(?:Chief )?Superintendent)\.?\s+)"
)
_LABEL = (
    *(
        (
            presence,
            re.compile(
                rf"^\W*(?:{form})(?:\W*:\W*|\s+[-–—]\s+|\s*(?:…|\.{{3}})\W*|\W*$)", re.IGNORECASE
            ),
        )
        for presence, form in _LABELS
    ),
    *(
        (presence, re.compile(rf"^\W*(?:{form})\s*:\W*", re.IGNORECASE))
        for presence, form in _NAMING
    ),
    (Presence.APOLOGIES, re.compile(rf"^\W*(?i:apologies(?: for absence)?)\s+(?={_TITLE})")),
)
# "NHS Saltby: Dr Per Dahl", "Whole of meeting: U Hale": where those named come from, or when.
_GROUP = re.compile(
    rf"^[A-Z][\w’'& -]{{2,40}}:\s*(?=$|{_TITLE})|^[A-Z]\w+(?: [a-z]{{2,}}){{1,4}}:\s*"
)
_SEVERAL = re.compile(r"\b(?:Councillors|Cllrs|Aldermen)\b", re.IGNORECASE)
_UPPER, _LOWER = "A-ZÀ-ÖØ-Þ", "A-Za-zÀ-ÖØ-öø-ÿ"
_SINGLE = rf"[{_UPPER}][{_LOWER}]*(?:[’'][{_UPPER}][{_LOWER}]+)?"
_WORD = rf"(?:(?:[{_UPPER}]\.){{2,}}|{_SINGLE}(?:-{_SINGLE})*\.?)"
_PARTICLE = r"(?:(?:de la|de|la|le|van der|van|von|der|den|di|da|dos|du|del|ap|ab|ni)\s+)?"
_NAME = re.compile(
    rf"(?P<title>{_TITLE}*)(?P<name>{_PARTICLE}{_WORD}(?:\s+{_PARTICLE}{_WORD}){{0,3}})"
)
_INITIALLED = rf"(?:[{_UPPER}]\.?\s+){{1,3}}(?![{_UPPER}]\.?(?:\s|$)){_WORD}"
# "J Marsh T B Cole", "Mrs J Marsh Mr T Cole", "(Leader) J Marsh": names with nothing between them.
_RUN_ON = re.compile(
    rf"(?P<before>(?:^|(?<=\s)){_INITIALLED}|\))\s+(?={_INITIALLED})|"
    rf"(?P<end>\)|(?<![\w’'])[{_UPPER}][\w’'-]+)\s+(?={_TITLE}[{_UPPER}])"
)
_IS_TITLE = re.compile(rf"^(?:{_TITLE}|(?:County|Borough|City|District|Town|Parish)\s)$")
# "Clerk Linda Marsh", "Chair Cllr Marsh": what somebody is, before the name.
_POST_FIRST = re.compile(
    r"^(?:the )?(?P<post>(?:(?:vice|deputy|acting)[- ])?(?:chair(?:man|woman|person)?|"
    r"(?:town |parish )?clerk|(?:lord |town )?mayor)|RFO)\s+"
    rf"(?={_TITLE}|[{_UPPER}][\w.’'-]*\s+[{_UPPER}])",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:officer|manager|director|head|lead|leader|carer|police|service|council|forum|team|nurse|"
    r"board|member|adviser|advisor|worker|partner|clerk|analyst|commissioner|solicitor|governor|"
    r"coordinator|consultant|holder|inspector|teacher|principal|headteacher|chair|chairman|substitute|"
    r"executive|division|academy|school|college|hospital|trust|programme|authority|partnership|"
    r"safeguarding|care|health|education|housing|secretary|administrator|assistant|committee|treasurer|"
    r"attendance)s?\b",
    re.IGNORECASE,
)
_HONOUR = re.compile(r"[MOCK]?BE|BEM|Q?C|KC|JP|DL|MP|MS|AM|TD")
_INSTITUTION = re.compile(r"Academy|School|College|Hospital|Trust|Division|Programme")
# Words that posts begin with and people don't.
_POST_OPENS = re.compile(
    r"^(?:the|no|none|acting|assistant|corporate|data|democratic|deputy|designated|education|"
    r"executive|family|finance|human|independent|interim|leaving|legal|looked|participation|performance|"
    r"policy|public|senior|social|strategic|virtual|young|children\S*|vice|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|several)\b",
    re.IGNORECASE,
)
# Words of papers that stand where names do.
_NO_NAME = re.compile(
    r"\b(?:absence|all|councillors?|everyone|actions?|additional|agenda|announcements?|apolog(?:y|ies)|appointments?|attending|"
    r"business|commencement|confirmation|contact|date|decisions?|declarations?|details|documents?|"
    r"interests?|introductions?|items?|matters|meetings?|members?|minutes?|moved|nature|no|none|"
    r"notes?|number|part|remote|representatives?|required|resolved|schedule|seconded|subject|"
    r"substitut\w*|supporting|temporary|there|this|time|title|to|unanimously|vacan(?:t|cy|cies)|venue|"
    r"welcome|whole|convener|presided)\b",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"^\W*(?:[A-Za-z]{0,6}[/.-]?\d[\d/.-]*\W{0,3})?\s*(?:declarations?|disclosures?|disclosable|"
    r"minutes(?=\W*$|\W+of\b)|introductions?|commencement|business\b|"
    r"public (?:questions?|participation|speaking)|questions? (?:from|by)|petitions|"
    r"chair\S*\s(?:announcements|communications)|"
    r"announcements|matters arising|urgent|appointments? of|election of|exclusion|notification|"
    r"procedural|confirmation|actions? required|items? of|prayers|evacuation|webcast\w*|quorum|"
    r"welcome(?! and apolog)(?! & apolog))\b",
    re.IGNORECASE,
)
"""A heading of the meeting's first business, numbered or not."""
_TOLD = re.compile(
    r"\b(?:was|were|is|are|had|has|have|been|be|will|would|considered|noted|reported|received|"
    r"agreed|declared|moved|seconded|submitted)\b"
)
_DID = re.compile(r"\b(?:who|welcomed|thanked|arrived|left|joined|started|gave|asked|said)\b")
_TELLING = 5
_ONLY_LIST = re.compile(r"^\W*in attendance\b", re.IGNORECASE)
"""The label of those there, where no other stands before it."""
# Lists that run on in one line: "Cllr Reed Officers: Mrs Lowe", "… Reed. There were apologies …"
_PARTED = re.compile(
    r"(?<=[a-z)])\.\s+(?=(?:There|An apology|Apologies)\b)|"
    r"(?<=[\w).,;])\s+(?=(?:Councillors|Officers|Clerk|In attendance|"
    r"Also(?: present| in attendance)?|Apologies|Members of (?:the )?public)\s*:)"
)
_HEAD_ROW = re.compile(
    rf"^(?:name|member|councillor|attendee)s?\b,(?!\s*{_TITLE})|^item\b", re.IGNORECASE
)
_REGISTER = {
    "who": re.compile(
        r"^(?:name|member|attendee|councillor|representative|board member)s?\b", re.I
    ),
    "there": re.compile(r"^(?:present|attend(?:ed|ance)|status)\b", re.I),
    "away": re.compile(r"^(?:apolog|absent)", re.I),
    "post": re.compile(
        r"^(?:role|title|post|position|job|organi[sz]ation|representing|agency)", re.I
    ),
}
"""The columns of a register of attendance."""
_DAY_NUMBER = re.compile(
    r"^\d{1,3}\.\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?$", re.I
)
_ABSENT = re.compile(r"^\W*(?:a|ap|apols?|apolog\w*|absent|did not attend|dna)\b", re.IGNORECASE)
_NO = re.compile(r"^(?:no|n|none|n/?a|✗|✘|x|-|–|—)?\.?$", re.IGNORECASE)
_APOLOGY_ITEM = re.compile(
    r"^\W*(?:[A-Z]{1,6}[/.-])?[\d/.-]*\W*(?:to receive )?"
    r"(?:(?:welcome|introductions?|attendance|announcements),?(?: and | & |\s)?)*"
    r"apolog(?:y|ies)\b(?: for (?:absence|inability to attend))?",
    re.IGNORECASE,
)
_LABEL_LEVEL = 6
_AWAY = re.compile(
    r"\bapolog|\bunwell\b|\babsent\b|\bon leave\b|\bunable\b|\bcould not\b|\b(?:was|were) at\b|"
    r"^\W*from\b",
    re.IGNORECASE,
)
_STOOD_IN = re.compile(
    r"\blate(?:ness)?\b|\b(?:sat|stood|attended|came|acted|substitut\w*)\b.*\b(?:place|for|in)\b|"
    r"\btook the chair\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";\s*|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bCllr)(?<!\bRev)(?<!\bRevd)(?<!\bProf)(?<!\bSgt)(?<!\b[A-Z])\.\s+(?=[A-Z])|"
    r",? and (?=from\s+[A-Z])|"
    rf",? and (?={_TITLE}{_WORD}[^,;.]*\b(?:was|were|sat|took|attended)\b)"
)
_FROM = re.compile(
    r"\bfrom\b|\b(?:intimated|given|sent|tendered) by\b|\bon behalf of\b|"
    r"\bfor\s+(?=(?:Cllr|Councillor))",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:was|were|had|sent|gave|has|have|is|are|reported|attended)\b")
_ALSO = re.compile(r"^\W*also\W+", re.IGNORECASE)
_VERB_OUTSIDE = re.compile(rf"{_VERB.pattern}(?![^(]*\))")
_MINUTED = re.compile(r"\W*(?:minutes|decisions?|(?:additional|supporting) documents)\W*", re.I)
_ITEM = re.compile(r"^\W*(?:[A-Za-z]{1,6}[/.-])?\d[\d/.-]*\W*")
_GIVEN = re.compile(r"^\W*(?:were |was )?(?:received|given|sent|submitted|intimated)\b", re.I)
_ITEM_ALONE = re.compile(r"^\W*(?:\(.*\)|(?:and|&|;|,).*)?\W*$")


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    capacity: str | None


_Named = tuple[Presence, _Person, Block]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a list; whether it has a label itself, and what it says besides."""

    presence: Presence
    labelled: bool
    said: str
    block: Block


def read_attendance(
    blocks: Sequence[Block], meeting: Meeting, paper: str, text: str
) -> tuple[Attendee, ...]:
    """Everybody whom the blocks of a meeting's minutes name as there or away, once each."""
    found: dict[tuple[Presence, str], Attendee] = {}
    for presence, person, block in (*_listed(blocks, text), *_away(blocks)):
        if presence is Presence.IN_ATTENDANCE and (Presence.PRESENT, person.name) in found:
            continue
        where = Locator(paper, block.start, block.end)
        attendee = Attendee(person.name, person.capacity, presence, meeting, where)
        found.setdefault((presence, person.name), attendee)
    return tuple(found.values())


def _begins_with_date(block: Block) -> bool:
    """Whether the number that a line begins with is of its date, or of a meeting that it heads.

    "18 January 2024"; "2. Thursday, 18 January 2024, 10.00 am, Quay House".
    """
    return any(
        not _DAY_NUMBER.sub("", block.text[: mention.start]) for mention in find_periods(block.text)
    )


def _listed(blocks: Sequence[Block], text: str) -> Iterator[_Named]:
    """The lists before the first minute."""
    names: list[_Named] = []
    posts: list[str] = []
    opening = [(block, list(_marked(block, text))) for block in _opening(blocks)]
    for _, marked in opening:
        yield from marked
    for line in _list_lines([block for block, marked in opening if not marked], text):
        told = line.presence is Presence.APOLOGIES
        if told or _tells(line.said):
            excused = _excused(line.said, told=told)
            yield from ((Presence.APOLOGIES, person, line.block) for person in excused)
            continue
        named = [(line.presence, person, line.block) for person in _people(line.said)]
        if names and not named and not line.labelled:
            posts.append(line.said)
            continue
        if line.labelled or posts or len(named) > 1:
            yield from _with_posts(names, posts)
            names, posts = [], []
        if len(named) == 1 and not line.labelled:
            names += named
        else:
            yield from named
    yield from _with_posts(names, posts)


def _opening(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks before the first business; "1. Present" is none."""
    labelled = False
    for block in blocks:
        presence, _ = _label(block.text)
        numbered = block.kind is BlockKind.HEADING and block.marker and not _begins_with_date(block)
        if numbered and (labelled or presence is not Presence.PRESENT):
            return
        if labelled and block.kind is not BlockKind.TABLE and _BUSINESS.match(block.text):
            return
        labelled = labelled or presence is not None
        yield block


def _list_lines(blocks: Sequence[Block], text: str) -> Iterator[_Line]:
    """The lines that name people, each under the label that stands over it."""
    presence: Presence | None = None
    alone = False
    for block in blocks:
        for line in (part for row in _lines(block, text) for part in _PARTED.split(row)):
            labelled, said = _label(line)
            alone = alone if presence else bool(_ONLY_LIST.match(line))
            if alone and re.match(rf"\W*{_MEMBER}", said):
                labelled, alone = Presence.PRESENT, False
            presence = labelled or presence
            if presence and not _HEAD_ROW.match(said):
                yield _Line(presence, labelled is not None, said, block)


def _marked(block: Block, text: str) -> Iterator[_Named]:
    """A register: rows of people with a column that is ticked, or says who sent apologies."""
    for grid in read_grids(block, text) if block.kind is BlockKind.TABLE else ():
        head = [cell.text for cell in grid.header[-1]] if grid.header else []
        column = {
            name: next((i for i, cell in enumerate(head) if form.search(cell)), None)
            for name, form in _REGISTER.items()
        }
        if column["who"] is None or (column["there"] is None and column["away"] is None):
            continue
        for row in grid.rows:
            cells = {
                name: row[i].text if i is not None and i < len(row) else ""
                for name, i in column.items()
            }
            presence = _presence(cells["there"], cells["away"])
            person = next(_people(cells["who"]), None)
            if presence and person:
                yield (
                    presence,
                    _Person(person.name, person.capacity or cells["post"] or None),
                    block,
                )


def _presence(there: str, away: str) -> Presence | None:
    """What the cells of a register say of a person; None where nothing is marked."""
    if _ABSENT.match(there) or (away and not _NO.match(away)):
        return Presence.APOLOGIES
    return Presence.PRESENT if there and not _NO.match(there) else None


def _label(line: str) -> tuple[Presence | None, str]:
    """What a line's label says of those whom it names, and the line without it."""
    presence: Presence | None = None
    unnumbered = _ITEM.sub("", line)
    if any(form.match(unnumbered) for _, form in _LABEL):
        line = unnumbered
    for _ in range(2):  # "Present: Councillors: …"
        found = next(((p, m) for p, form in _LABEL if (m := form.match(line))), None)
        if found is None or (presence and not line[found[1].end() :]):
            break
        presence, match = found
        chair = _CHAIR_LABEL.match(match.group())
        line = line[match.end() :]
        line = f"{line} ({chair[1]})" if chair and line and "," not in line else line
    if presence is None and (chair := _CHAIR_LINE.match(line)):
        return Presence.PRESENT, f"{line[chair.end() :]} ({chair['capacity']})"
    group = None if presence else _GROUP.match(line)
    return presence, line[group.end() :] if group else line


def _tells(said: str) -> bool:
    """Whether a line is a sentence of the minutes, not a list of names."""
    bare = re.sub(r"\([^)]*\)", "", said)
    titled = re.match(_TITLE, bare)
    return not titled and len(bare.split()) > _TELLING and bool(_TOLD.search(bare))


def _excused(text: str, *, told: bool = False) -> Iterator[_Person]:
    """Whom a sentence or a list says to be away, and not who came late or in their place."""
    for clause in _CLAUSE.split(text):
        bare = re.sub(r"\([^)]*\)", "", clause)
        lists = not (_VERB.search(bare) or _TOLD.search(bare) or _DID.search(bare))
        tells = _AWAY.search(bare) or lists or (told and _FROM.search(bare))
        if tells and not _STOOD_IN.search(bare):
            said = _ALSO.sub("", _FROM.split(clause, maxsplit=1)[-1])
            yield from _people(re.sub(r",? who\s*$", "", _VERB_OUTSIDE.split(said)[0]))


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
            named = _APOLOGY_ITEM.match(block.text)
            said = block.text[named.end() :].lstrip(" :–—-") if named and block.marker else ""
            if re.match(_TITLE, said):  # "2. Apologies: Cllr Reed"
                yield from ((Presence.APOLOGIES, person, block) for person in _excused(said))
            ends = block.marker or block.level < _LABEL_LEVEL or _BUSINESS.match(block.text)
            if inside and not named and ends and not _MINUTED.fullmatch(block.text):
                return
            inside = inside or bool(named and _ITEM_ALONE.match(block.text[named.end() :]))
        elif inside and _label(block.text)[0] in (Presence.PRESENT, Presence.IN_ATTENDANCE):
            return
        elif not inside and (item := _APOLOGY_ITEM.match(block.text)):
            said = block.text[item.end() :].lstrip(" :–—-")
            yield from ((Presence.APOLOGIES, person, block) for person in _excused(said, told=True))
        elif inside:
            told = bool(_GIVEN.search(block.text))
            yield from (
                (Presence.APOLOGIES, person, block) for person in _excused(block.text, told=told)
            )


def _lines(block: Block, text: str) -> Iterator[str]:
    """A list's lines one by one; a list that flows over its lines, as one."""
    if block.kind is BlockKind.TABLE:
        for row in block.lines:
            raw = re.sub(r"\*{2,}|<[^<>]+>", "", row.raw.strip("|"))
            cells = [c.strip() for c in re.split(r"[|\t]", raw) if c.strip()]
            yield ", ".join(cells)
        return
    lines = [
        line for part in text[block.start : block.end].split("\n") if (line := part.strip(" -•*#"))
    ]
    flows = any(
        ";" in line or line.endswith((",", " and")) or (_SEVERAL.search(line) and "," in line)
        for line in lines[:-1]
    )
    yield from [block.text.lstrip("-•* ")] if flows else lines


def _people(text: str) -> Iterator[_Person]:
    """The people that a list names: "Cllrs A (Chair) and B; C, Head of D"."""
    held: _Person | None = None
    several = False  # "Councillors A (Chair), B and C": single names go on
    titled = posted = (
        False  # "Mr A, Chief Executive, Saltby Trust": what follows a post goes on with it
    )
    chunks = list(_chunks(text))
    following = [*chunks, (";", "")][1:]
    for (mark, chunk), (joint, after) in zip(chunks, following, strict=True):
        bare, capacity = _without_brackets(chunk)
        if first := _POST_FIRST.match(bare):
            bare, capacity = bare[first.end() :], capacity or first["post"]
        match = _NAME.match(bare)
        several = mark != ";" and several
        alone = held is None and (
            mark != ";" or (joint in ("and", "&") and bool(_POST.search(after)))
        )
        person = _person(bare, capacity, match, alone=alone) if match else None
        if match and match["title"]:
            several = several or bool(_SEVERAL.search(match["title"]))
        goes_on = held is not None and mark != ";" and match is not None and not match["title"]
        if held and (
            person is None or (goes_on and (posted or _is_capacity(bare, held, several=several)))
        ):
            if _TOLD.search(bare):
                continue
            posted = posted or (titled and not several and person is None)
            link = f" {mark} " if mark in ("and", "&") else ", "
            held = _Person(held.name, f"{held.capacity}{link}{bare}" if held.capacity else bare)
        elif person:
            if held:
                yield held
            held, posted, titled = person, False, bool(match and match["title"])
    if held:
        yield held


def _chunks(text: str) -> Iterator[tuple[str, str]]:
    """What stands between commas, semicolons and "and", each with the mark before it."""
    mark = ";"
    parted = _RUN_ON.sub(_parted, text)
    for piece in re.split(
        rf"([;,\t]|\band\b|\s&(?=\s)|(?:(?<=\))\.|\.)(?=\s+{_TITLE})|(?<=\))\.(?=\s+[A-Z]))"
        r"(?![^(]*\))",
        parted,
    ):
        if piece == ".":
            mark = ";"
        elif piece in (";", ",", "\t", "and", " &"):
            mark = piece.strip() or piece
        elif piece.strip(" .:*|"):
            yield mark, piece.strip(" .:*|")


def _parted(match: re.Match[str]) -> str:
    """A comma between two names that were printed without one; none after a title."""
    before = match["before"] or match["end"]
    return match.group() if _IS_TITLE.match(f"{before} ") else f"{before}, "


def _person(
    bare: str, capacity: str | None, match: re.Match[str], *, alone: bool
) -> _Person | None:
    """Who is named, if a person is: not by a single word that goes on from a post, or names one."""
    name, rest = match["name"], bare[match.end() :].strip(" ,-–")
    if not match["title"]:
        words = name.split()
        if _POST_OPENS.match(name) or _POST.search(" ".join(words[:2])) or _NO_NAME.search(name):
            return None
        if len(words) == 3 and _INSTITUTION.fullmatch(words[2]) and not rest:
            return None
        if len(words) == 1 and (alone or _POST.match(rest) or rest[:1].islower()):
            return None
        acronym = re.fullmatch(r"[A-Z]{3,}", words[0]) and not name.isupper()
        body = re.match(r"(?:Council|Board|Panel|Committee)\b", rest)
        if acronym or body or rest.startswith((":", "&")) or _TOLD.search(rest):
            return None
    words = name.split()
    kept = _own_words(words, rest)
    if kept < len(words):  # "Emma Lowe Director of …"
        name, rest = " ".join(words[:kept]), f"{' '.join(words[kept:])} {rest}".strip()
    said = capacity or re.sub(r"^(?:was|were)\s+", "", rest) or None
    return _Person(name, _without_initials(said, name))


def _own_words(words: Sequence[str], rest: str) -> int:
    """How many words are a person's: not the post or the body that is printed right after them."""
    for i in range(2, len(words)):
        tail = " ".join(words[i:])
        if (
            _POST_OPENS.match(tail)
            or (i == 2 and _POST.search(tail))
            or words[i] == "St"
            or (len(words[i]) > 1 and words[i].isupper() and not _HONOUR.fullmatch(words[i]))
            or (i == len(words) - 1 and re.match(r"[’']s\b", rest))
        ):
            return i if not words[1].isupper() or len(words[1]) == 1 else len(words)
    return len(words)


def _without_initials(capacity: str | None, name: str) -> str | None:
    """What somebody is, without the initials that the minutes shorten the name to."""
    if not capacity:
        return None
    initials = "".join(word[0] for word in re.split(r"[\s-]+", name))
    short = re.match(r"([A-Z][A-Za-z]{1,3})\b(?:\s*[-–,]\s*)?", capacity)
    told = short and sum(char in initials for char in short[1]) >= 2 and short[1][0] == initials[0]
    return (capacity[short.end() :].strip() or None) if short and told else capacity


def _is_capacity(bare: str, held: _Person, *, several: bool) -> bool:
    """Whether words after a person are what they are, rather than the next person."""
    one_word = len(bare.split()) == 1
    goes_on = held.capacity is not None and not several and one_word
    return goes_on or bool(_POST.search(bare) and not re.match(_INITIALLED, bare))


def _without_brackets(chunk: str) -> tuple[str, str | None]:
    """Words without what stands in brackets, and what stands there."""
    held = [inner.strip() for inner in re.findall(r"\(([^)]*)\)", chunk) if inner.strip()]
    bare = " ".join(re.sub(r"\([^)]*\)", " ", chunk).split())
    return (bare, ", ".join(held) or None) if "(" in chunk else (chunk, None)
