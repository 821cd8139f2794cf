"""A tiny embedder and small papers: what the tests of the store and the pipeline share."""

import hashlib
import re
from datetime import date
from decimal import Decimal

from ingest.embedding import Embedder
from ingest.model import (
    Basis,
    Cell,
    Decision,
    DecisionKind,
    Item,
    Locator,
    Meeting,
    Observation,
    Paper,
    PartKind,
    Passage,
    Period,
    PeriodKind,
    Table,
    Unit,
    UnitKind,
)
from ingest.reading import Source

MEETING = Meeting("Testshire County Council", "Corporate Parenting Board", date(2024, 3, 14))
EARLIER = Meeting("Testshire County Council", "Corporate Parenting Board", date(2023, 12, 7))


class WordEmbedder(Embedder):
    """Texts that share words are near; counts what it was asked for and can be told to fail."""

    model_id = "words-16"

    def __init__(self) -> None:
        self.embedded: list[str] = []
        self.fails_on: str | None = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One number for each of sixteen groups of words."""
        for text in texts:
            if self.fails_on and self.fails_on in text:
                raise RuntimeError("the embedder broke")
            self.embedded.append(text)
        return [_word_counts(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """As for a passage, but not counted."""
        return _word_counts(text)


class OtherEmbedder(WordEmbedder):
    """Another model."""

    model_id = "words-of-another-kind"


def _word_counts(text: str) -> list[float]:
    vector = [0.01] * 16
    for word in re.findall(r"\w+", text.lower()):
        vector[hashlib.sha256(word.encode()).digest()[0] % 16] += 1.0
    return vector


def understand(source: Source) -> Paper:
    """A paper of one passage a line; lines of the form "RESOLVED: …" are decisions."""
    paper_id = source.file_name.rsplit(".", 1)[0]
    passages = []
    decisions = []
    start = 0
    for line in source.text.splitlines(keepends=True):
        text = line.strip()
        if text:
            where = Locator(paper_id, start, start + len(text), page=1)
            unit = Unit(UnitKind.SENTENCE, text, start, start + len(text))
            passages.append(
                Passage(PartKind.REPORT, "Report", ("Heading",), EARLIER, (unit,), where, "Board")
            )
            if text.startswith("RESOLVED"):
                decisions.append(
                    Decision(DecisionKind.RESOLUTION, "1", "Report", text, MEETING, where)
                )
        start += len(line)
    return Paper(
        id=paper_id,
        file_name=source.file_name,
        sha256=source.sha256,
        title=f"Board, {paper_id}",
        meeting=MEETING,
        text=source.text,
        items=(Item("1", "Report", 1, 2, exempt=False),),
        passages=tuple(passages),
        decisions=tuple(decisions),
        tables=(_table(paper_id),),
        minutes_of=date(2023, 12, 7),
        pages=source.pages,
    )


def paper(paper_id: str, text: str) -> Paper:
    """A paper with the text, as if read from a file of that name."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return understand(Source(f"{paper_id}.md", sha256, text))


def observe(paper: Paper) -> tuple[Observation, ...]:
    """One figure a paper."""
    return (
        Observation(
            measure="Children looked after",
            context="Report",
            area="Testshire",
            basis=Basis.ACTUAL,
            period=Period(date(2024, 3, 31), date(2024, 3, 1), PeriodKind.MONTH),
            value=Decimal("412.50"),
            unit="count",
            flags=("provisional",),
            source="table",
            quote="412.50",
            printed="412.50",
            locator=Locator(paper.id, 0, 6),
        ),
    )


def _table(paper_id: str) -> Table:
    cell = Cell("412.50", 0, 6)
    where = Locator(paper_id, 0, 6)
    return Table("Caption", ("Heading",), ((cell,),), ((cell,),), MEETING, where)
