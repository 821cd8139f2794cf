"""The table of docs/security.md, counted from the lists that the tests go through."""

from collections import Counter
from pathlib import Path

from tests.hostile.files import files
from tests.hostile.inputs import (
    CONTROL,
    FORMULAS,
    IN_PAPERS,
    LARGE,
    MARKUP,
    NAMES,
    ORDERS,
    QUERIES,
    UPLOADED,
)
from tests.hostile.requests import CALLS, RAW, REQUESTS

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"
BEGINS, ENDS = "<!-- hostile inputs -->", "<!-- end of hostile inputs -->"
_LINKS = 15  # test_hostile.py: links, loops, devices, pipes; tests/durability: names in backups


def table() -> str:
    """The rows with how many were tried of each, and how many in all."""
    typed = len((*MARKUP, *CONTROL, *QUERIES, *ORDERS, *LARGE))
    of_files = Counter(file.tried for file in files(""))
    of_requests = Counter(request.tried for request in REQUESTS)
    rows = [
        (
            "questions: markup, control characters, queries of SQL and FTS, paths, orders, "
            "up to 4,000 characters of one thing",
            typed,
            "answered, refused or not found; no error, nothing secret, no network, nothing active",
        ),
        (
            "the same as search, as an earlier turn (user, assistant, system) and as a scope",
            typed,
            "the same",
        ),
        (
            "texts in a paper's headings, paragraphs, cells and resolutions",
            len(IN_PAPERS),
            "text on the page, in answers and lists; quotes verbatim",
        ),
        (
            "cells that a spreadsheet takes for formulas, in lists and the export of figures",
            2 * len(FORMULAS),
            "a quote before each",
        ),
        (
            "names of files taken in, and of uploads (folders, NUL, dots, 5,000 characters)",
            2 * len(NAMES) + len(UPLOADED),
            "names stay names; nothing is written outside its folder",
        ),
        (
            "links out of a folder, loops, devices, pipes, backups with strange names and links",
            _LINKS,
            "skipped or refused with the reason",
        ),
        *((f"files: {what}", count, _became(what)) for what, count in of_files.items()),
        *(
            (f"HTTP: {what} of requests", count, "answered or told what is wrong; no 5xx")
            for what, count in of_requests.items()
        ),
        (
            "HTTP: what is no request, or two at once",
            len(RAW),
            "refused, the line closed; the next request is answered",
        ),
        (
            "HTTP: a body that never ends; a hundred idle lines",
            2,
            "given up after `BOARDPAPERS_ASK_SECONDS` (408); others are answered",
        ),
        (
            "MCP: tools called with what they aren't for, and tools that aren't there",
            len(CALLS),
            "an answer or the protocol's error; nothing secret",
        ),
    ]
    lines = ["| Tried | How many | What happened |", "|---|---|---|"]
    lines += [f"| {what} | {count} | {happened} |" for what, count, happened in rows]
    return "\n".join([*lines, f"| in all | {sum(row[1] for row in rows):,} | |"])


def _became(what: str) -> str:
    refused = sum(file.tried == what and file.becomes != "read" for file in files(""))
    read = sum(file.tried == what and file.becomes == "read" for file in files(""))
    return f"{refused} refused with the reason, {read} read as text; nothing ran or was fetched"


def in_document() -> str:
    """The table as docs/security.md has it."""
    return DOCUMENT.read_text("utf-8").partition(BEGINS)[2].partition(ENDS)[0].strip()


if __name__ == "__main__":
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGINS)
    after = rest.partition(ENDS)[2]
    DOCUMENT.write_text(f"{before}{BEGINS}\n{table()}\n{ENDS}{after}", "utf-8")
