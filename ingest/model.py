"""The values that reading papers yields: frozen, typed, and free of storage ids.

Every value that can be quoted carries a :class:`Locator`; the characters it names are the
paper's own, so that a quote is a slice and never a reconstruction.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum


class PartKind(StrEnum):
    """What a stretch of an agenda pack is."""

    FRONT = "front sheet"
    MINUTES = "minutes"
    REPORT = "report"


class UnitKind(StrEnum):
    """What one quotable unit of a passage is."""

    HEADING = "heading"
    SENTENCE = "sentence"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"


class DecisionKind(StrEnum):
    """A recommendation asks; a resolution decides; an action tells somebody to do it."""

    RESOLUTION = "resolution"
    RECOMMENDATION = "recommendation"
    ACTION = "action"


class Presence(StrEnum):
    """How a person stands in the minutes of a meeting."""

    PRESENT = "present"
    IN_ATTENDANCE = "in attendance"
    APOLOGIES = "apologies"


class Basis(StrEnum):
    """Whose figure, or which kind of figure, an observation is."""

    ACTUAL = "actual"
    TARGET = "target"
    BASELINE = "baseline"


class Privacy(IntEnum):
    """Who may see it: everybody; those whose committee it is; officers only."""

    PUBLIC = 0
    EXEMPT = 1
    CONFIDENTIAL = 2


class PeriodKind(StrEnum):
    """How long a period is, shortest first."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half year"
    TO_DATE = "year to date"
    FINANCIAL_YEAR = "financial year"
    ACADEMIC_YEAR = "academic year"
    CALENDAR_YEAR = "calendar year"
    ROLLING = "rolling twelve months"
    SPAN = "span"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time with both end days included.

    Ordered by its last day, then its first, so that `max` is the latest.
    """

    end: date
    start: date
    kind: PeriodKind = field(compare=False)

    def contains(self, other: "Period") -> bool:
        """Whether `other` lies wholly within this period."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a quote stands: characters `start` to `end` of the paper's text.

    `page` is the printed page where it is known, or the file's own count where no page numbers
    are printed; `sheet` is that count, from 1, None for a file without pages. `item` is the
    heading of the minute, report or section; `paragraph` the printed paragraph number.
    """

    paper: str
    start: int
    end: int
    page: int | None = None
    item: str | None = None
    paragraph: str | None = None
    sheet: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paper: the characters that stand on it, and how it was read.

    `number` is the printed number where it is known, else the file's own count where none are
    printed; `sheet` that count, from 1. `confidence` is that of the text recognition, 0 to 100,
    None for text that the file holds; `unread` says why the page couldn't be read.
    """

    start: int
    end: int
    number: int | None = None
    sheet: int | None = None
    confidence: float | None = None
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a committee; minutes bound into a pack are of an earlier meeting."""

    council: str | None
    committee: str | None
    held: date | None


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item as the front sheet lists it."""

    number: str
    title: str
    first_page: int | None
    last_page: int | None
    exempt: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """One quotable sentence, list item or table row; `text` is the quote without markup."""

    kind: UnitKind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one section that can stand alone in a search result.

    `context` names council, committee, meeting, part and headings; `meeting` is that of the
    part (the earlier meeting, for bound-in minutes).
    """

    part: PartKind
    part_title: str
    headings: tuple[str, ...]
    meeting: Meeting
    units: tuple[Unit, ...]
    locator: Locator
    context: str

    @property
    def text(self) -> str:
        """The passage's units as plain text, one a line."""
        return "\n".join(unit.text for unit in self.units)


@dataclass(frozen=True, slots=True)
class Decision:
    """A resolution, recommendation or action, verbatim.

    A decision that the layout tore apart has the further pieces in `more`. A row of a schedule or
    action plan has the date that it was `raised` on, its rating (`rag`) and the theme that it
    stands `under`, each as printed.
    """

    kind: DecisionKind
    number: str | None
    title: str
    text: str
    meeting: Meeting
    locator: Locator
    owner: str | None = None
    due: str | None = None
    status: str | None = None
    more: tuple[Locator, ...] = ()
    raised: str | None = None
    rag: str | None = None
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person whom minutes name as present, in attendance or absent with apologies.

    `name` is as printed, without title; `capacity` what they are or came as.
    """

    name: str
    capacity: str | None
    presence: Presence
    meeting: Meeting
    locator: Locator


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """What stands at the head of a report: whose it is; None where it isn't printed."""

    title: str
    author: str | None
    director: str | None
    service: str | None
    locator: Locator


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: its text without markup and the characters that it stands on."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: header rows (may be none), body rows, and where it stands."""

    caption: str
    headings: tuple[str, ...]
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    meeting: Meeting
    locator: Locator


@dataclass(frozen=True, slots=True)
class Observation:
    """One printed figure with everything that must match before it may answer.

    `measure` is the label as printed; `context` the headings and caption above it; `area` the
    council, region or group that the figure is of; `unit` one of "count", "percent", "gbp",
    "days", "rate per 10,000", "score". `period` is None where no date could be tied to it.
    `value` is None for a blank cell (`flags` then holds "blank"): known to be not reported.
    """

    measure: str
    context: str
    area: str
    basis: Basis
    period: Period | None
    value: Decimal | None
    unit: str
    flags: tuple[str, ...]
    source: str
    quote: str
    printed: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Restriction:
    """A stretch of a paper, characters `start` to `end`, that isn't for everybody.

    `title` is the report, minute or paper that it is, as the agenda tells everybody; `reason` why
    it was held back.
    """

    privacy: Privacy
    title: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One file: an agenda pack, or a report on its own. `id` is the file's stem.

    `notes` are sentences on what a person should know of how it was read.
    """

    id: str
    file_name: str
    sha256: str
    title: str
    meeting: Meeting
    text: str
    items: tuple[Item, ...]
    passages: tuple[Passage, ...]
    decisions: tuple[Decision, ...]
    tables: tuple[Table, ...]
    minutes_of: date | None
    attendance: tuple[Attendee, ...] = ()
    reports: tuple[ReportHeader, ...] = ()
    pages: tuple[Page, ...] = ()
    notes: tuple[str, ...] = ()
    restrictions: tuple[Restriction, ...] = ()

    @property
    def unreadable_pages(self) -> int:
        """How many pages couldn't be read."""
        return sum(page.unread is not None for page in self.pages)
