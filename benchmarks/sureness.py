"""How well it is told what answers from what only sounds like it; and the weights that tell best.

    python -m benchmarks.sureness ROWS [STORE CASES]... [--fit]

Every question is asked with the cut-off open, its answer scored as `boardpapers eval` does, and
the features of how sure it is (`assistant/minutes/sureness.py`) kept with that in the file ROWS.
Without stores, ROWS is read again, so that fitting asks nothing. Each case file is a set: it is
judged by weights that were fitted on all others.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answer import Answer, Asked
from assistant.assistant import Assistant, Telling
from assistant.minutes.sureness import FEATURES, SURE_ENOUGH, WEIGHTS, Found, Sureness
from assistant.question.understand import Query
from benchmarks.measures import show
from evals.cases import Case, Kind, load
from evals.runner import Result, Verdict, run
from ingest.embedding import load_embedder
from ingest.store import Store

Floats = npt.NDArray[np.float64]

_PENALTY = 3.0
_NOT_HELD, _QUOTED = 1.5, 0.5
"""What counts more, and less, than another case: telling what the papers don't hold; quoting the
evidence of a figure that would have to be worked out."""
_STEPS = 40
_CUTS = (0.40, 0.45, 0.50, 0.55, 0.60, 0.65)


@dataclass(frozen=True, slots=True)
class Row:
    """An answer that would be told: what it is judged by, and whether it is right."""

    of: str
    case: str
    features: dict[str, float]
    right: bool
    held: bool
    quoted: bool


class _Open(Sureness):
    """Tells everything that nothing forbids, in the order of how sure it is."""

    judged: dict[float, dict[str, float]]

    def of(self, query: Query, found: Found) -> float:
        sure = super().of(query, found)
        if not sure:
            return sure
        opened = SURE_ENOUGH + (1 - SURE_ENOUGH) * sure
        self.judged[opened] = self.features(query, found)
        return opened


class _Opened(Assistant):
    """An assistant that tells everything; `confidence` is that of what it told last."""

    judging: _Open
    confidence: float

    def _read(self) -> None:
        super()._read()
        self.judging = _Open(self._search.weight, self._search.knows)
        self._views.minutes.judge_by(self.judging)

    def _answer(self, asked: Asked, telling: Telling) -> Answer:
        self.confidence = telling.helped.draft.confidence
        return super()._answer(asked, telling)


def rows(store: Path, file: Path) -> Iterator[Row]:
    """The answers to the questions of a case file that are told by how sure they are."""
    with Store.open(store, load_embedder()) as held:
        assistant = _Opened(held)
        for case in load([file], assistant.paper_text):
            assistant.judging.judged = {}
            (result,) = run([case], assistant)
            features = assistant.judging.judged.get(assistant.confidence)
            if features is not None:
                yield _row(file, case, features, result)


def _row(file: Path, case: Case, features: dict[str, float], result: Result) -> Row:
    quoted = any(score.name == "evidence_cited" and score.passed for score in result.scores)
    right = result.verdict is Verdict.RIGHT
    name = file.parent.name if file.stem == "cases" else file.stem
    return Row(name, case.id, features, right, case.kind is not Kind.UNANSWERABLE, quoted)


def fitted(told: Sequence[Row], names: Sequence[str] = FEATURES) -> Floats:
    """The weights of a logistic by Newton's method, each feature by its spread, with a penalty."""
    table, right = _table(told, names), np.array([row.right for row in told], float)
    counts = np.array([_counts(row) for row in told])
    spread = np.where(table.std(axis=0) > 0, table.std(axis=0), 1.0)
    scaled = table / spread
    penalty = np.where(np.array(names) == "constant", 1e-6, _PENALTY)
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        sure = _logistic(scaled, weights)
        slope = scaled.T @ (counts * (sure - right)) + penalty * weights
        bend = (scaled.T * (counts * sure * (1 - sure))) @ scaled + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    found: Floats = weights / spread
    return found


def _counts(row: Row) -> float:
    if row.right:
        return 1.0
    return _QUOTED if row.quoted else 1.0 if row.held else _NOT_HELD


def _table(told: Sequence[Row], names: Sequence[str] = FEATURES) -> Floats:
    return np.array([[row.features[name] for name in names] for row in told])


def _logistic(table: Floats, weights: Floats) -> Floats:
    sure: Floats = 1 / (1 + np.exp(-(table @ weights)))
    return sure


def left_out(told: Sequence[Row], names: Sequence[str] = FEATURES) -> Floats:
    """How sure each is by weights that were fitted without its set."""
    sure = np.zeros(len(told))
    for name in {row.of for row in told}:
        weights = fitted([row for row in told if row.of != name], names)
        own = [i for i, row in enumerate(told) if row.of == name]
        sure[own] = _logistic(_table([told[i] for i in own], names), weights)
    return sure


def _without_each(told: Sequence[Row]) -> list[tuple[str, ...]]:
    """What each feature is good for: the counts at the cut-off without it."""
    kept = {name: tuple(other for other in FEATURES if other != name) for name in FEATURES[1:]}
    return [(n, *_counted(told, left_out(told, k) >= SURE_ENOUGH)) for n, k in kept.items()]


def _by_cut(told: Sequence[Row], sure: Floats) -> list[tuple[str, ...]]:
    return [(f"{cut:.2f}", *_counted(told, sure >= cut)) for cut in _CUTS]


def _by_set(told: Sequence[Row], sure: Floats, cut: float) -> list[tuple[str, ...]]:
    names = dict.fromkeys(row.of for row in told)
    own = {name: [i for i, row in enumerate(told) if row.of == name] for name in names}
    return [(n, *_counted([told[i] for i in at], sure[at] >= cut)) for n, at in own.items()]


def _counted(told: Sequence[Row], enough: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """Of those right, of those wrong and of those not held, how many are told."""
    kinds = (lambda r: r.right, lambda r: not r.right, lambda r: not r.right and not r.held)
    own = [[bool(t) for row, t in zip(told, enough, strict=True) if kind(row)] for kind in kinds]
    return tuple(f"{sum(one)} of {len(one)}" for one in own)


def main() -> None:
    """Asks where stores are given, fits and prints."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    kept, places = Path(words[0]), [Path(word) for word in words[1:]]
    if places:
        pairs = zip(places[::2], places[1::2], strict=True)
        asked = [asdict(row) for store, file in pairs for row in rows(store, file)]
        kept.write_text(json.dumps(asked), encoding="utf-8")
    told = [Row(**row) for row in json.loads(kept.read_text("utf-8"))]
    columns = ("right", "wrong", "of them not held")
    in_use = _logistic(_table(told), np.array([WEIGHTS[name] for name in FEATURES]))
    unseen = left_out(told)
    title = partial("{} answers, {}".format, len(told))
    show(title("by the weights in use"), ("cut-off", *columns), _by_cut(told, in_use))
    show(title("each set left out of its fit"), ("cut-off", *columns), _by_cut(told, unseen))
    show(f"so, at {SURE_ENOUGH}", ("set", *columns), _by_set(told, unseen, SURE_ENOUGH))
    show("without a feature", ("feature", *columns), _without_each(told))
    if "--fit" in sys.argv:
        for name, weight in zip(FEATURES, fitted(told), strict=True):
            print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
