"""Made-up agenda packs without end, always the same ones, and vectors from a seeded generator.

Reading and embedding a million passages would take a day: two dozen packs are read, and the rest
are those again with other councils, other people and other years, letter for letter as long, so
that every place in the text stays where it was.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import numpy as np

from indicators.extract import observe
from ingest.codec import decode, decode_all, encode, encode_all
from ingest.embedding import Embedder
from ingest.model import Observation, Paper
from ingest.reading import Source
from ingest.structure import understand

MADE = "made-"
"""What the ids of papers begin with, before seven digits."""
_SEED = 20240711
_WIDTH = 384
_TEMPLATES = 24
_DAYS = 45
_FIRST = date(2003, 1, 16)
_YEARS = 4  # what two dozen packs span, and leap days stay leap days
_A_COUNCIL = 5_000  # passages, about
_PACKS = 95  # of as many
_AT_ONCE = 5  # councils whose packs come by turns, before those of the next come
_PLACE = "Oldmere"
_MEASURES = (
    "Children looked after",
    "Dental check up to date",
    "Health assessment up to date",
    "Reviews held on time",
    "Placed over 20 miles from home",
    "Personal education plan up to date",
    "Care leavers in suitable accommodation",
    "Missing incidents",
)
_SUBJECTS = (
    "foster carers' fees", "bus passes for care leavers", "waits for life-story work",
    "the sufficiency strategy", "return interviews", "the virtual school", "contact centres",
    "council tax relief", "the advocacy contract", "laptops for students", "supported lodgings",
    "recruitment of social workers", "emotional wellbeing", "brothers and sisters placed apart",
)  # fmt: skip
_OFFICERS = ("Orla Finch", "Piotr Hale", "Sunita Marsh", "Gwyn Tarrant", "Bela Stroud")
_SURNAMES = ("Finch", "Hale", "Marsh", "Tarrant", "Stroud")
_VERBS = ("fell", "rose", "held steady", "improved", "worsened")
_REASONS = (
    "two practices had closed", "the team had been short of staff", "more families were waiting",
    "the new contract began late", "records reached the Council only in spring",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CONSONANTS, _VOWELS = "bdfgklmnprstvw", "aeiou"
_YEAR = re.compile(r'(?<=[ "-])20\d\d(?!\d)')
_SHORT_YEAR = re.compile(r"(?<=[A-Z][a-z]{2}-)\d\d(?!\d)")


class RandomVectors(Embedder):
    """A vector for each text, drawn from the text's own hash."""

    model_id = "random"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of the model's width."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """One of them."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(_WIDTH)
        unit: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return unit


@dataclass(frozen=True, slots=True)
class Made:
    """A paper with its figures."""

    paper: Paper
    observations: tuple[Observation, ...]


def made(passages: int, beyond: int = 0) -> Iterator[Made]:
    """Papers until there are as many passages, beyond those of an earlier call up to `beyond`.

    There are as many councils as such a store would have; a store grows by the next ones.
    """
    models = _models()
    towns = places(passages)
    number = count = 0
    while count < passages:
        group, turn = divmod(number, _AT_ONCE * _PACKS)
        round_, council = divmod(turn, _AT_ONCE)
        years, which = divmod(round_, _TEMPLATES)
        if count >= beyond:
            town = towns[_AT_ONCE * group + council]
            paper, figures = _dressed(models[which], number, town, _YEARS * years)
            yield Made(decode(Paper, paper), decode_all(Observation, figures))
        count += len(models[which].paper.passages)
        number += 1


def places(passages: int) -> tuple[str, ...]:
    """Names of towns, each as long as that of the packs which are read."""
    random = Random(_SEED)
    found: dict[str, None] = {}
    groups = 1 + passages // (_AT_ONCE * _A_COUNCIL)
    while len(found) < _AT_ONCE * groups:
        found[_name(random, len(_PLACE))] = None
    return tuple(found)


def asked(passages: int, count: int = 60) -> list[str]:
    """Questions of the kinds that people ask of such a store, always the same ones."""
    random = Random(_SEED)
    towns = places(passages)
    forms = (
        "What was {measure} in {place} in {month} 2003?",
        "How did {measure} change in {place} between January 2003 and June 2003?",
        "What did the {place} board decide about {subject}?",
        "Who was to write to the providers about {subject} in {place}?",
        "Why did {measure} worsen in {place}?",
        "How much is spent on potholes?",
    )
    return [
        forms[i % len(forms)].format(
            measure=random.choice(_MEASURES).lower(),
            place=random.choice(towns),
            subject=random.choice(_SUBJECTS),
            month=date(2003, random.randrange(1, 7), 1).strftime("%B"),
        )
        for i in range(count)
    ]


def _models() -> Sequence[Made]:
    papers = [understand(_source(number)) for number in range(_TEMPLATES)]
    return [Made(paper, tuple(observe(paper))) for paper in papers]


def _dressed(model: Made, number: int, place: str, years: int) -> tuple[str, str]:
    """A pack and its figures as JSON, with another council, other people and other years."""
    random = Random(_SEED + number)
    names = {surname: _name(random, len(surname)) for surname in _SURNAMES} | {_PLACE: place}
    swapped = re.compile("|".join(names))
    ident = f"{MADE}{number:07}"

    def work(json: str) -> str:
        text = swapped.sub(lambda found: names[found.group()], json)
        text = _YEAR.sub(lambda found: str(int(found.group()) + years), text)
        text = _SHORT_YEAR.sub(lambda found: f"{(int(found.group()) + years) % 100:02}", text)
        return text.replace(model.paper.id, ident)

    digest = hashlib.sha256(ident.encode()).hexdigest()
    paper = work(encode(model.paper)).replace(model.paper.sha256, digest)
    return paper, work(encode_all(model.observations))


def _name(random: Random, letters: int) -> str:
    sounds = (_CONSONANTS, _VOWELS)
    return "".join(random.choice(sounds[i % 2]) for i in range(letters)).capitalize()


def _source(number: int) -> Source:
    text = _pack(Random(_SEED + number), number)
    return Source(f"pack-{number:04}.md", hashlib.sha256(text.encode()).hexdigest(), text)


def _pack(random: Random, number: int) -> str:
    held = _FIRST + timedelta(days=_DAYS * number)
    before = held - timedelta(days=60)
    subjects = random.sample(_SUBJECTS, 6)
    agenda = [f"{i}. {s.capitalize()}" for i, s in enumerate(("Apologies", *subjects), 1)]
    lines = [
        f"# {_PLACE} County Council",
        f"## Corporate Parenting Board\n\n{_day(held)}",
        "\n\n".join(agenda),
        f"## Minutes\n\nCorporate Parenting Board, {_day(before)}",
        f"Present: Cllr {random.choice(_OFFICERS)} (Chair)\n\nApologies: none. In attendance: two.",
        *(_minute(random, i, subject) for i, subject in enumerate(_SUBJECTS, 1)),
        "The meeting closed at 4.10 pm.",
        *(_report(random, s, held, tabled=i < 2) for i, s in enumerate(subjects)),
    ]
    return "\n\n".join(lines) + "\n"


def _minute(random: Random, number: int, subject: str) -> str:
    officer = random.choice(_OFFICERS)
    return (
        f"### {number} {subject.capitalize()}\n\n{_prose(random, subject, 3)}\n\n"
        f"Resolved:\n\n1. That the report on {subject} be received.\n"
        f"2. That {officer} bring costs of £{random.randrange(5, 900)},000 to the next meeting.\n\n"
        f"Action: {officer} to write to the providers about {subject} by 30 June."
    )


def _report(random: Random, subject: str, held: date, *, tabled: bool) -> str:
    months = _MONTHS[:6]
    heads = " | ".join(f"{month}-{held.year % 100:02}" for month in months)
    rows = [
        f"| {measure} | " + " | ".join(str(random.randrange(40, 99)) for _ in months) + " |"
        for measure in random.sample(_MEASURES, 5)
    ]
    table = "\n".join([f"| Measure | {heads} |", "|---" * 7 + "|", *rows])
    paragraphs = [f"1.{i} {_prose(random, subject, 4)}" for i in range(1, 9)]
    return (
        f"Report title: {subject.capitalize()} in {_PLACE}\n\nRecommendation for decision:\n\n"
        f"The Board is recommended to:\n\n1. Endorse the plan for {subject}.\n\n"
        + "\n\n".join(paragraphs)
        + (f"\n\n## Monthly figures\n\n{table}" if tabled else "")
    )


def _prose(random: Random, subject: str, sentences: int) -> str:
    return " ".join(
        f"{random.choice(_OFFICERS)} said of {subject} that {random.choice(_MEASURES).lower()} "
        f"{random.choice(_VERBS)}{_figure(random)}, because {random.choice(_REASONS)}."
        for _ in range(sentences)
    )


def _figure(random: Random) -> str:
    """A figure for one sentence in four: real packs print two or three a passage in all."""
    if random.random() > 0.25:
        return ""
    month, year = random.choice(_MONTHS), random.randrange(2001, 2005)
    return f" to {random.randrange(40, 99)}% in {month} {year}"


def _day(when: date) -> str:
    return f"{when:%A} {when.day} {when:%B %Y}"
