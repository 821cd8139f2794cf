r"""What every reader yields: pages of text in the markup that `ingest/blocks.py` reads.

The markup is a little Markdown, one block after another with a blank line between:

- `# ` to `###### ` before a heading; `**…**` around bold words (a run-in title, "Resolved:");
- a paragraph on one line; its printed number ("3.1 ") stays before it;
- a list item on one line after its printed marker ("a) ", "(ii) ", "1. ") or "- ";
- a table row as `| cell | cell |`; after the header rows (at most two) a rule `|---|---|`;
  `\|` for a bar in a cell, `<br>` for a new line in it, nothing for a blank cell;
- no page numbers, running heads or feet.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageText:
    """One page, or a file that has none.

    `sheet` counts the pages of the file from 1, None where the format has no pages; `printed` is
    the number printed on it, None where there is none or it can't be told. `confidence` is that
    of the text recognition, 0 to 100, None for text that the file holds. `unread` says why a page
    couldn't be read; its text is then empty, or what could be read of it.
    """

    text: str
    sheet: int | None = None
    printed: int | None = None
    confidence: float | None = None
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The pages of a file in order, and what a person should know of how they were read.

    `notes` are whole sentences: "Page 7 holds a chart: its values aren't in the text."
    """

    pages: tuple[PageText, ...]
    notes: tuple[str, ...] = ()
