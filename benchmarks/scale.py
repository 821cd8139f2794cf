"""How opening and asking grow with the number of passages.

    python -m benchmarks.scale [PASSAGES ...]      default: 1000 10000

The papers are generated from a fixed seed and the vectors are random, so that neither a model nor
more real papers are needed: answers mean nothing here, only their cost does.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from assistant.assistant import Assistant
from benchmarks.measures import Spread, alone, peak_mib, save, show, timed
from indicators.extract import observe
from ingest.embedding import Embedder
from ingest.reading import Source
from ingest.store import Store
from ingest.structure import understand

SIZES = (1_000, 10_000)
_SEED = 20240711
_QUESTIONS = 60
_WIDTH = 384
PLACES = ("Oldmere", "Fennick", "Harrowby Vale", "Thornwick", "Eastmarch")
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
_VERBS = ("fell", "rose", "held steady", "improved", "worsened")
_REASONS = (
    "two practices had closed", "the team had been short of staff", "more families were waiting",
    "the new contract began late", "records reached the Council only in spring",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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


def packs() -> Iterator[Source]:
    """Agenda packs without end, always the same ones."""
    number = 0
    while True:
        text = _pack(Random(_SEED + number), number)
        digest = hashlib.sha256(text.encode()).hexdigest()
        yield Source(f"pack-{number:04}.md", digest, text)
        number += 1


def _pack(random: Random, number: int) -> str:
    place = PLACES[number % len(PLACES)]
    held = date(2000, 1, 13) + timedelta(days=45 * number)
    before = held - timedelta(days=60)
    subjects = random.sample(_SUBJECTS, 6)
    agenda = [f"{i}. {s.capitalize()}" for i, s in enumerate(("Apologies", *subjects), 1)]
    lines = [
        f"# {place} County Council",
        f"## Corporate Parenting Board\n\n{_day(held)}",
        "\n\n".join(agenda),
        f"## Minutes\n\nCorporate Parenting Board, {_day(before)}",
        f"Present: Cllr {random.choice(_OFFICERS)} (Chair)\n\nApologies: none. In attendance: two.",
        *(_minute(random, i, subject) for i, subject in enumerate(_SUBJECTS, 1)),
        "The meeting closed at 4.10 pm.",
        *(_report(random, subject, held, place) for subject in subjects),
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


def _report(random: Random, subject: str, held: date, place: str) -> str:
    heads = " | ".join(f"{month}-{held.year % 100:02}" for month in _MONTHS)
    rows = [
        f"| {measure} | " + " | ".join(str(random.randrange(40, 99)) for _ in _MONTHS) + " |"
        for measure in random.sample(_MEASURES, 5)
    ]
    table = "\n".join([f"| Measure | {heads} |", "|---" * 13 + "|", *rows])
    paragraphs = [f"1.{i} {_prose(random, subject, 4)}" for i in range(1, 9)]
    return (
        f"Report title: {subject.capitalize()} in {place}\n\nRecommendation for decision:\n\n"
        f"The Board is recommended to:\n\n1. Endorse the plan for {subject}.\n\n"
        + "\n\n".join(paragraphs)
        + f"\n\n## Monthly figures\n\n{table}"
    )


def _prose(random: Random, subject: str, sentences: int) -> str:
    return " ".join(
        f"{random.choice(_OFFICERS)} said of {subject} that {random.choice(_MEASURES).lower()} "
        f"{random.choice(_VERBS)} to {random.randrange(40, 99)}% in {random.choice(_MONTHS)} "
        f"{random.randrange(2001, 2025)}, because {random.choice(_REASONS)}."
        for _ in range(sentences)
    )


def _day(when: date) -> str:
    return f"{when:%A} {when.day} {when:%B %Y}"


def asked() -> list[str]:
    """Questions of the kinds that people ask, always the same ones."""
    random = Random(_SEED)
    forms = (
        "What was {measure} in {place} in {month} 2001?",
        "How did {measure} change in {place} between January 2001 and December 2001?",
        "What did the {place} board decide about {subject}?",
        "Who was to write to the providers about {subject}?",
        "Why did {measure} worsen?",
        "How much is spent on potholes?",
    )
    return [
        forms[i % len(forms)].format(
            measure=random.choice(_MEASURES).lower(),
            place=random.choice(PLACES),
            subject=random.choice(_SUBJECTS),
            month=date(2001, random.randrange(1, 13), 1).strftime("%B"),
        )
        for i in range(_QUESTIONS)
    ]


@dataclass(frozen=True, slots=True)
class Built:
    """What went into a store."""

    papers: int
    passages: int
    observations: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What a store costs to use."""

    open_seconds: float
    questions: Spread
    peak_mib: float


def build(folder: Path, passages: int) -> Built:
    """Generated packs until there are as many passages."""
    papers = made = seen = 0

    def work(store: Store) -> None:
        nonlocal papers, made, seen
        for source in packs():
            paper = understand(source)
            observations = observe(paper)
            store.put(paper, observations)
            papers, made, seen = papers + 1, made + len(paper.passages), seen + len(observations)
            if made >= passages:
                return

    with Store.open(folder, RandomVectors()) as store:
        seconds, _ = timed(lambda: work(store))
    return Built(papers, made, seen, seconds)


def use(folder: Path) -> Asked:
    """Opens the store and asks."""
    opening, assistant = timed(lambda: Assistant(Store.open(folder, RandomVectors())))
    with assistant:
        assistant.ask(asked()[0])
        seconds = [timed(partial(assistant.ask, q))[0] for q in asked()]
        return Asked(opening, Spread.of(seconds), peak_mib())


def main() -> None:
    """Measures, prints and saves."""
    results = []
    rows = []
    for size in [int(arg) for arg in sys.argv[1:]] or SIZES:
        with TemporaryDirectory(prefix="boardpapers-bench-") as temporary:
            built = alone(build, Path(temporary), size)
            used = alone(use, Path(temporary))
        results.append(asdict(built) | asdict(used))
        rows.append(
            (
                f"{built.passages:,}",
                f"{built.papers}",
                f"{built.observations:,}",
                f"{built.seconds:.1f}",
                f"{used.open_seconds:.2f}",
                f"{1000 * used.questions.p50:.0f}",
                f"{1000 * used.questions.p95:.0f}",
                f"{used.peak_mib:.0f}",
            )
        )
    columns = ("passages", "papers", "figures", "build s", "open s", "p50 ms", "p95 ms", "peak MiB")
    show(f"Scale: {_QUESTIONS} questions of generated papers, random vectors", columns, rows)
    save("scale", {"sizes": results})


if __name__ == "__main__":
    main()
