"""A run in numbers: the headline, each scorer, retrieval, latency, and each group of cases."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.runner import Result, Verdict
from evals.statistics import Rate, percentile, rate

NOT_HELD = "(not in the papers)"


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds an answer: the middle one, and the one that 95 of 100 stay under."""

    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """The headline of a part of the cases; `by` is "kind", "skill", "paper" or "council"."""

    by: str
    name: str
    headline: dict[str, Rate]


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that a run comes down to; the names are those that thresholds use."""

    headline: dict[str, Rate]
    scorers: dict[str, Rate]
    retrieval: dict[str, Rate]
    mrr: float | None
    evidence_at_10: float | None
    latency: Latency
    groups: tuple[Group, ...]

    def figures(self) -> dict[str, float]:
        """Every figure by the name that a threshold may use."""
        rates = {**self.headline, **self.scorers, **self.retrieval}
        shares = {name: r.share for name, r in rates.items()}
        more = {"mrr": self.mrr, "p50": self.latency.p50, "p95": self.latency.p95}
        return {name: value for name, value in {**shares, **more}.items() if value is not None}


def summarise(results: Sequence[Result]) -> Summary:
    """The run's numbers; cases that a scorer leaves unscored don't count for it."""
    ranks = [result.ranking for result in results if result.ranking]
    seconds = [result.seconds for result in results]
    return Summary(
        headline=headline(results),
        scorers=_by_scorer(results),
        retrieval={
            "retrieved_at_1": rate([rank.at_1 for rank in ranks]),
            "retrieved_at_5": rate([rank.at_5 for rank in ranks]),
            "retrieved_at_10": rate([rank.at_10 for rank in ranks]),
        },
        mrr=_mean([rank.reciprocal_rank for rank in ranks]),
        evidence_at_10=_mean([rank.recall_at_10 for rank in ranks]),
        latency=Latency(percentile(seconds, 0.5), percentile(seconds, 0.95)),
        groups=tuple(_groups(results)),
    )


def headline(results: Sequence[Result]) -> dict[str, Rate]:
    """The numbers to steer by.

    Right, wrong and errors are of all cases; refused of those that the papers hold; answered
    though not held of those that they don't.
    """
    held = [result for result in results if result.case.held]
    absent = [result for result in results if not result.case.held]
    return {
        "right": _share(results, Verdict.RIGHT),
        "wrong": _share(results, Verdict.WRONG),
        "refused_though_held": _share(held, Verdict.REFUSED),
        "answered_though_not_held": _share(absent, Verdict.WRONG),
        "error": _share(results, Verdict.ERROR),
    }


def _share(results: Iterable[Result], verdict: Verdict) -> Rate:
    return rate([result.verdict is verdict for result in results])


def _by_scorer(results: Sequence[Result]) -> dict[str, Rate]:
    marks: dict[str, list[bool]] = {}
    for result in results:
        for score in result.scores:
            scored = marks.setdefault(score.name, [])
            if score.passed is not None:
                scored.append(score.passed)
    return {name: rate(scored) for name, scored in marks.items()}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _groups(results: Sequence[Result]) -> Iterable[Group]:
    for by, names_of in _GROUPINGS.items():
        members: dict[str, list[Result]] = {}
        for result in results:
            for name in names_of(result) or (NOT_HELD,):
                members.setdefault(name, []).append(result)
        for name in sorted(members):
            yield Group(by, name, headline(members[name]))


_GROUPINGS: dict[str, Callable[[Result], Sequence[str]]] = {
    "kind": lambda result: (result.case.kind.value,),
    "skill": lambda result: (result.case.skill,),
    "paper": lambda result: result.case.papers,
    "council": lambda result: result.councils,
}
