"""Checks of a briefing against the papers, which share nothing with the code that makes it.

    python -m tests.briefing.checks STORE [PAPER_ID ...]

checks the briefings of all papers of a store, or of some.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant import Answer, Assistant
from assistant.answer import Outcome, Route, Searched
from assistant.briefing.briefing import Briefing, Line
from tests.assistant.checks import unsourced

_QUOTED = re.compile(r"“([^“”]+)”")
_MARKER = re.compile(r"\[(\d+)\]")


def lines_of(briefing: Briefing) -> Iterator[Line]:
    for item in briefing.items:
        yield from item.lines
    yield from briefing.elsewhere


def faults(briefing: Briefing, paper_text: Callable[[str], str]) -> list[str]:
    """Every line with a figure or a quote that doesn't stand in what it cites."""
    quotes = {citation.marker: citation.quote for citation in briefing.citations}
    found = []
    for citation in briefing.citations:
        if not citation.quote or citation.quote not in paper_text(citation.paper):
            found.append(f"[{citation.marker}] isn't in {citation.paper}: {citation.quote!r}")
    for line in lines_of(briefing):
        cited = {int(number) for number in _MARKER.findall(line.text)} & set(quotes)
        if not cited:
            found.append(f"no source: {line.text!r}")
        found += unsourced(_as_answer(line.text, briefing))
        found += [
            f"not in what is cited: {quote!r}"
            for quote in _QUOTED.findall(line.text)
            if _plain(quote) not in _plain(" ".join(quotes[number] for number in sorted(cited)))
        ]
    return found


def _as_answer(text: str, briefing: Briefing) -> Answer:
    nothing = Searched(0, (), None, None, 0)
    return Answer("", Outcome.ANSWERED, Route.BOTH, text, nothing, citations=briefing.citations)


def _plain(text: str) -> str:
    """Words alone: layouts cut sentences, and rows are told without their rules."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def main(store: str, *papers: str) -> int:
    with Assistant.open(Path(store)) as assistant:
        found = 0
        for record in assistant.papers():
            if papers and record.id not in papers:
                continue
            briefing = assistant.brief(record.id)
            wrong = faults(briefing, assistant.paper_text)
            found += len(wrong)
            told = len(list(lines_of(briefing)))
            print(
                f"{record.id}: {told} lines, {len(briefing.citations)} sources, {len(wrong)} amiss"
            )
            for fault in wrong:
                print(f"  {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
