"""Which meeting each stretch of a paper is of, where one file holds several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.blocks import Block
from ingest.heads import Head, records
from ingest.layout import Part
from ingest.model import Meeting, PartKind


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of further meetings in a paper of `meeting`, in printed order.

    `minuted` is the day of the minutes bound into it. `bound` says that it is a pack with an
    agenda: what its reports tell of other meetings stays its own, but for extracts from minutes.
    """

    further: Sequence[Head]
    meeting: Meeting
    minuted: date | None
    bound: bool

    def stretches(self, parts: Sequence[Part], text: str) -> Iterator[tuple[Part, Meeting]]:
        """The parts, parted where another meeting begins, each with the meeting that it is of."""
        under: Head | None = None
        for part in parts:
            if self.bound or (part.kind is PartKind.REPORT and part.title):
                under = None
            run: list[Block] = []
            for block in part.blocks:
                head = self._heading(block, part)
                if head and self._meeting(part, head) != self._meeting(part, under):
                    if run:
                        yield self._of(part, run, under, text)
                    run, under = [], head
                run.append(block)
            if run:
                yield self._of(part, run, under, text)

    def _heading(self, block: Block, part: Part) -> Head | None:
        """The last head that begins in a block and counts in its part."""
        begin = [h for h in self.further if block.start <= h.start < block.end]
        return next((head for head in reversed(begin) if self._counts(head, part)), None)

    def _counts(self, head: Head, part: Part) -> bool:
        if not self.bound:
            return True
        own = self._meeting(part, head).committee == self.meeting.committee
        if own and head.held is None:
            return False
        earlier = not (head.held and self.meeting.held) or head.held < self.meeting.held
        quoted = part.kind is PartKind.REPORT and head.minuted and head.held is not None
        return head.firm and earlier and (part.kind is PartKind.MINUTES or quoted)

    def _of(
        self, part: Part, run: Sequence[Block], head: Head | None, text: str
    ) -> tuple[Part, Meeting]:
        """A stretch with its meeting; a record of one, in a file of several, is minutes."""
        stretch = replace(part, blocks=tuple(run))
        untitled = part.kind is PartKind.REPORT and not part.title and not self.bound
        minutes = head.minuted if head else False
        said = bool(self.further) and records(text[run[0].start : run[-1].end])
        if untitled and (minutes or said):
            stretch = replace(stretch, kind=PartKind.MINUTES, title="Minutes")
        return stretch, self._meeting(part, head)

    def _meeting(self, part: Part, head: Head | None) -> Meeting:
        """The meeting that stands under a head, or that a part is of where it stands under none."""
        if head is None:
            minutes = part.kind is PartKind.MINUTES
            return replace(self.meeting, held=self.minuted if minutes else self.meeting.held)
        own = self.meeting.committee
        named = f" {head.committee or ''}".casefold()
        again = not head.committee or (own and f" {own}".casefold().endswith(named))
        return replace(self.meeting, committee=own if again else head.committee, held=head.held)
