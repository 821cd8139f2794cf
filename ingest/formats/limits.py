"""How large a file may be, and how long it may take: every bound on a reader is here."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file.

    `seconds` is wall-clock time in all, `memory` the address space of the process that reads it;
    `unpacked` and `ratio` bound what a ZIP container (Word, Excel) may unpack to; `ocr_pages`
    how many scanned pages are recognised before the rest is left unread, each in `ocr_seconds`
    at most (3 s on an idle core).
    """

    bytes: int = 100 * MIB
    pages: int = 3000
    seconds: float = 600.0
    page_seconds: float = 10.0
    memory: int = 1536 * MIB
    unpacked: int = 200 * MIB
    ratio: int = 100
    cells: int = 2_000_000
    ocr_pages: int = 100
    ocr_seconds: float = 60.0
