"""What an officer means by a paper and an item: the stretches to release or hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.errors import BoardPapersError
from ingest.model import Passage, Privacy, Restriction
from ingest.register import RULED


def released(
    restrictions: Sequence[tuple[str, Restriction]], paper_id: str, item: str | None
) -> tuple[Restriction, ...]:
    """The stretches of a paper that are held back, as released; of one title where it's named."""
    held = [r for paper, r in restrictions if paper == paper_id and r.privacy]
    chosen = [r for r in held if item is None or _names(item, r.title)]
    if not chosen:
        titles = "; ".join(r.title for r in held) or "nothing"
        raise BoardPapersError(f"Nothing of {paper_id} so named is held back. Held back: {titles}.")
    return tuple(replace(r, privacy=Privacy.PUBLIC) for r in chosen)


def held(
    passages: Sequence[Passage], length: int, paper_id: str, item: str | None, privacy: Privacy
) -> Restriction:
    """The stretch to hold back: the paper of that length, or all under one of its titles."""
    if item is None:
        return Restriction(privacy, "The paper", RULED, 0, length)
    chosen = [p for p in passages if any(_names(item, t) for t in (p.part_title, *p.headings))]
    if not chosen:
        titles = dict.fromkeys(p.locator.item or p.part_title for p in passages)
        raise BoardPapersError(
            f"Nothing in {paper_id} is headed {item!r}. Its reports and minutes: "
            f"{'; '.join(titles)}."
        )
    start = min(p.locator.start for p in chosen)
    end = max(p.locator.end for p in chosen)
    return Restriction(privacy, chosen[0].locator.item or item, RULED, start, end)


def _names(item: str, title: str) -> bool:
    return item.casefold() in title.casefold()
