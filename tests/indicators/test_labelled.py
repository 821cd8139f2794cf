"""Figures of sentences and report tables against labels checked by hand.

`sentences.csv` labels every figure in the sentences of two demonstration papers, `tables.csv`
every figure in the tables of one: each was read in the paper and put right by hand. A date is that
of the sentence's own words, or of those that it leans on; where a label has none, the figure may
bear none but its report's, said to be so.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from indicators.extract import observe
from ingest.model import Observation
from ingest.reading import read
from ingest.structure import understand
from tests.indicators.history import CORPUS

HERE = Path(__file__).parent


@dataclass(frozen=True)
class _Label:
    paper: str
    starts: str
    value: Decimal
    unit: str
    end: str
    area: str
    basis: str
    measure: str

    def fits(self, o: Observation) -> bool:
        """Whether a figure is the one labelled, in value, unit, area, basis and date."""
        told = (o.locator.paper, o.value, o.unit, o.area, o.basis.value)
        same = told == (self.paper, self.value, self.unit, self.area, self.basis)
        same = same and self.measure in ("", o.measure)
        return same and " ".join(o.quote.split()).startswith(self.starts) and self._dated(o)

    def _dated(self, o: Observation) -> bool:
        if self.end:
            return o.period is not None and f"{o.period.end:%Y-%m}" == self.end
        return o.period is None or "dated by the report" in o.flags


@cache
def _labels(name: str) -> tuple[_Label, ...]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return tuple(
            _Label(
                row["paper"],
                row["sentence"],
                Decimal(row["value"]),
                row["unit"],
                row["end"],
                row["area"],
                row["basis"],
                row.get("measure", ""),
            )
            for row in csv.DictReader(lines)
        )


def _judged(name: str, source: str) -> tuple[list[str], list[_Label], int]:
    """(figures that no label fits, labels that no figure fits, how many figures there are)."""
    labels = _labels(name)
    left = Counter(labels)
    held: defaultdict[str, list[Observation]] = defaultdict(list)
    for paper in dict.fromkeys(label.paper for label in labels):
        found = observe(understand(read(CORPUS / "papers" / f"{paper}.md")))
        held[paper] = [o for o in found if o.source == source and o.value is not None]
    false = []
    for o in (o for group in held.values() for o in group):
        label = next((x for x in left if left[x] and x.fits(o)), None)
        if label is None:
            false.append(f"{o.value} {o.unit} {o.period and o.period.end}: {o.quote[:60]}")
        else:
            left[label] -= 1
    return false, list(left.elements()), sum(map(len, held.values()))


def test_figures_of_sentences() -> None:
    false, missed, count = _judged("sentences.csv", "sentence")
    labels = len(_labels("sentences.csv"))
    assert labels > 200
    assert len(false) <= 0.02 * count, false
    assert len(missed) <= 0.05 * labels, missed


def test_figures_of_report_tables() -> None:
    false, missed, count = _judged("tables.csv", "table")
    labels = len(_labels("tables.csv"))
    assert labels > 100
    assert len(false) <= 0.02 * count, false
    assert len(missed) <= 0.05 * labels, missed
