"""Search results to show or export: passages in their places, and why each one ranks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.passages.ranking import FEATURES, WEIGHTS, Features
from assistant.passages.search import Hit
from ingest.model import Passage

_BETWEEN = 200  # characters between two units of a passage: markup, or a heading
_TELLING = 0.25  # of worth, below which a reason isn't worth telling
_REASONS = {
    "words": "words {0:.0%} of the best match",
    "meaning": "meaning {0:.2f}",
    "together": "{0:.0%} of the question's words in one sentence and its headings",
    "named": "{0:.0%} of its names",
    "label": "label {0:.0%} alike",
    "date_told": "names the date",
    "date_held": "of a meeting at the date",
    "date_near": "of a meeting soon after the date",
    "committee": "of the committee named",
    "decides": "holds a decision",
    "sign": "worded like an answer",
    "figures": "holds figures",
    "thin": "only announces or lists",
}


@dataclass(frozen=True, slots=True)
class Result:
    """A stretch of a paper that a search found.

    `passages` stand next to each other and are joined, in reading order, the one that ranks
    first among them giving `score` and `features`; `also` are places of the same text elsewhere.
    """

    passages: tuple[Passage, ...]
    text: str
    score: float
    features: Features
    also: tuple[Passage, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it ranks, the weightiest first."""
        worth = {
            name: value * weight
            for name, value, weight in zip(
                FEATURES, self.features.values(), WEIGHTS.values(), strict=True
            )
            if name in _REASONS and abs(value * weight) > _TELLING
        }
        ordered = sorted(worth, key=lambda name: -abs(worth[name]))
        return tuple(_REASONS[name].format(getattr(self.features, name)) for name in ordered)

    def to_json(self, rank: int) -> dict[str, Any]:
        """The result as an object; `why` gives every feature that speaks for it."""
        return {
            "rank": rank,
            "score": round(self.score, 3),
            **_place(self.passages[0]),
            "text": self.text,
            "reasons": list(self.reasons),
            "why": {
                name: round(value, 3)
                for name, value in zip(FEATURES, self.features.values(), strict=True)
                if value
            },
            "also": [_place(passage) for passage in self.also],
        }


def results(hits: Sequence[Hit], text_of: Callable[[str], str]) -> tuple[Result, ...]:
    """Hits as results, neighbours of one section joined."""
    joined: list[Result] = []
    for hit in hits:
        at = next((i for i, r in enumerate(joined) if _adjoins(hit.passage, r.passages)), None)
        if at is None:
            joined.append(Result((hit.passage,), "", hit.score, hit.features, hit.also))
        else:
            whole = sorted((*joined[at].passages, hit.passage), key=lambda p: p.locator.end)
            joined[at] = replace(joined[at], passages=tuple(whole))
    return tuple(
        replace(result, text=verbatim(result.passages, text_of(result.passages[0].locator.paper)))
        for result in joined
    )


def verbatim(passages: Sequence[Passage], paper: str) -> str:
    """Passages as the paper prints them; a label taken over from further up stands first."""
    units = sorted({(u.start, u.end) for passage in passages for u in passage.units})
    runs: list[tuple[int, int]] = []
    for start, end in units:
        if runs and start - runs[-1][1] <= _BETWEEN:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return "\n".join(paper[start:end] for start, end in runs)


def _adjoins(passage: Passage, others: Sequence[Passage]) -> bool:
    """Whether a passage stands next to one of the others, in one section."""
    return any(
        passage.locator.paper == other.locator.paper
        and passage.headings == other.headings
        and passage.meeting == other.meeting
        and max(_first(passage), _first(other)) - min(passage.locator.end, other.locator.end)
        <= _BETWEEN
        for other in others
    )


def _first(passage: Passage) -> int:
    """Where a passage begins, but for a label taken over from further up."""
    starts = [unit.start for unit in passage.units]
    return starts[1] if len(starts) > 1 else starts[0]


def _place(passage: Passage) -> dict[str, Any]:
    where, meeting = passage.locator, passage.meeting
    return {
        "paper": where.paper,
        "council": meeting.council,
        "committee": meeting.committee,
        "meeting_date": meeting.held.isoformat() if meeting.held else None,
        "part": passage.part.value,
        "item": where.item,
        "headings": list(passage.headings),
        "paragraph": where.paragraph,
        "page": where.page,
    }
