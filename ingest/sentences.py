"""Sentences of a block, each with the paper's own characters."""

import re
from collections.abc import Iterator

from ingest.markup import Plain

_BREAK = re.compile(r"(?<=[.!?])[\"”’)\]]?\s+(?=[\"“‘(]?[A-Z£\d•])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev|St|No|Nos|Cllr|Cllrs|para|paras|vs|etc|approx|e\.g|i\.e|"
    r"pp?|inc|Ltd|Jr|Sr|Hon|[A-Z])|^\W*\d{1,2}(?:\.\d+)*)\.$"
)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of plain text."""
    start = 0
    for match in _BREAK.finditer(text):
        if _ABBREVIATION.search(text[start : match.start()]):
            continue
        yield start, match.start() + len(match.group().rstrip())
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def sentences(block: Plain) -> Iterator[tuple[str, int, int]]:
    """(text, start, end) of each sentence, the offsets being the paper's."""
    for start, end in sentence_spans(block.text):
        yield block.text[start:end], *block.span(start, end)
