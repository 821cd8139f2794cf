"""What people thought of answers, as new cases for evaluation and as questions to look into.

An answer that helped is a case as it stands: the figure or quote that it gave is wanted again. Of
one that didn't, nobody has said what would have been right, so it is listed for a person to write.
"""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from assistant.answer import Answer, Citation, Figure, Outcome, Route
from assistant.threads import Feedback, Verdict
from indicators.spreadsheets import safe_cell

_LONGEST_QUOTE = 300
_UNITS = ("count", "percent", "pp", "gbp", "days", "ratio", "rate per 10,000")
_COLUMNS = ("question", "expected_answer", "source", "answer_given", "outcome", "reason", "thread")
_KINDS = {Route.INDICATOR: "indicator", Route.MINUTES: "minutes", Route.BOTH: "both"}


def cases_jsonl(feedback: Iterable[Feedback]) -> str:
    """Answers that helped, as lines of a case file (docs/evaluation.md)."""
    cases = (_case(given) for given in feedback if given.verdict is Verdict.HELPFUL)
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases if case)


def to_write_csv(feedback: Iterable[Feedback]) -> str:
    """Answers that didn't help, as a table with the expected answer left to be written."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for given in feedback:
        if given.verdict is Verdict.UNHELPFUL:
            answer = given.answer
            row = (answer.question, "", "", answer.text, answer.outcome.value, given.reason,
                   given.thread)  # fmt: skip
            writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()


def _case(given: Feedback) -> dict[str, Any] | None:
    """The case of an answer; None where it says nothing that could be looked for."""
    answer = given.answer
    case: dict[str, Any] = {
        "id": f"feedback-{given.thread[:12]}-{given.number}".replace("_", "-"),
        "question": answer.question,
        "kind": _KINDS.get(answer.route, "minutes"),
        "skill": "feedback",
        "papers": [],
        "value": None,
        "unit": None,
        "tolerance": 0,
        "must_include": [],
        "must_not_include": [],
        "evidence": [],
        "note": f"Kept as helpful by a person. {given.reason}".strip(),
    }
    if given.history:
        case["history"] = [{"role": t.role, "content": t.content} for t in given.history]
    if answer.outcome is Outcome.NOT_FOUND:
        return case | {"kind": "unanswerable"}
    if answer.outcome is Outcome.CLARIFY and answer.options:
        return case | {"kind": "ambiguous", "must_include": [[o] for o in answer.options]}
    if answer.outcome is Outcome.ANSWERED and answer.citations:
        return case | _told(answer)
    return None


def _told(answer: Answer) -> dict[str, Any]:
    """What an answer stated, and the words that it rests on."""
    cited = answer.citations
    stated: dict[str, Any] = {
        "papers": list(dict.fromkeys(citation.paper for citation in cited)),
        "evidence": [{"paper": c.paper, "quote": _short(c)} for c in cited],
    }
    figure = next((f for f in answer.figures if f.unit in _UNITS), None)
    if figure is not None:
        return stated | {"value": _number(figure), "unit": figure.unit}
    return stated | {"must_include": [[_short(cited[0])]]}


def _short(citation: Citation) -> str:
    """So much of a quote as a case may hold; the beginning is as verbatim as the whole."""
    return citation.quote[:_LONGEST_QUOTE].strip()


def _number(figure: Figure) -> float | int:
    return int(figure.value) if figure.value == int(figure.value) else figure.value
