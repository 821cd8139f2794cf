"""Whether the evidence was found: success at 1, 5 and 10 and reciprocal rank, by trec_eval."""

from dataclasses import dataclass

import pytrec_eval

from assistant.answer import Answer
from evals.cases import Case, Evidence
from evals.folding import overlap, tokens

SUBSTANTIAL = 0.6
DEPTH = 10
_MEASURES = {"success.1,5,10", "recip_rank"}


@dataclass(frozen=True, slots=True)
class Ranking:
    """Where a case's evidence stood among the passages looked at.

    `at_1` to `at_10`: some piece of evidence stands in the first so many passages.
    `recall_at_10`: the share of its pieces that stand in the first ten.
    """

    at_1: bool
    at_5: bool
    at_10: bool
    reciprocal_rank: float
    recall_at_10: float


def ranking(case: Case, answer: Answer) -> Ranking | None:
    """The case's ranking, or None where it has no evidence; retrieving nothing is a miss."""
    if not case.evidence:
        return None
    hits = answer.retrieved[:DEPTH]
    holds = [
        {rank for rank, hit in enumerate(hits) if _holds(hit.paper, hit.text, piece)}
        for piece in case.evidence
    ]
    # trec_eval leaves out a query without relevant or without found documents: stand-ins.
    relevant = {f"hit{rank}": 1 for rank in set().union(*holds)} or {"missed": 1}
    run = {f"hit{rank}": float(DEPTH - rank) for rank in range(len(hits))} or {"none": 0.0}
    measured = pytrec_eval.RelevanceEvaluator({case.id: relevant}, _MEASURES).evaluate(
        {case.id: run}
    )[case.id]
    return Ranking(
        at_1=measured["success_1"] > 0,
        at_5=measured["success_5"] > 0,
        at_10=measured["success_10"] > 0,
        reciprocal_rank=measured["recip_rank"],
        recall_at_10=sum(map(bool, holds)) / len(holds),
    )


def _holds(paper: str, text: str, piece: Evidence) -> bool:
    return paper == piece.paper and any(same_place(quote, text) for quote in piece.quotes)


def same_place(evidence: str, quote: str) -> bool:
    """Whether a quote and a piece of evidence overlap substantially.

    A quote that is a mere scrap of the evidence (under three words) says nothing.
    """
    scrap = len(tokens(quote)) < min(3, len(tokens(evidence)))
    return not scrap and overlap(evidence, quote) >= SUBSTANTIAL
