"""How both reports put a run's numbers and cases into words."""

from collections.abc import Iterator

from assistant.answer import Answer
from evals.cases import Case
from evals.record import RunRecord
from evals.statistics import Rate

LABELS = {
    "right": "right",
    "wrong": "wrong (answered and not right)",
    "refused_though_held": "refused though held",
    "answered_though_not_held": "answered though not held",
    "error": "error",
    "outcome_right": "outcome right",
    "figure_right": "figure right",
    "facts_included": "facts included",
    "wrong_figures_absent": "wrong figures absent",
    "citation_verbatim": "citations verbatim",
    "citation_page": "citations on the page cited",
    "evidence_cited": "evidence cited",
    "evidence_retrieved": "evidence retrieved",
    "claims_supported": "claims supported",
    "route_right": "route right",
    "retrieved_at_1": "in the first 1",
    "retrieved_at_5": "in the first 5",
    "retrieved_at_10": "in the first 10",
}


def percent(share: float | None) -> str:
    """A share, or a dash where there was nothing to count."""
    return "-" if share is None else f"{share:.1%}"


def number(value: float | None) -> str:
    """A number, or a dash where it wasn't measured."""
    return "-" if value is None else f"{value:.3f}"


def interval(rate: Rate) -> str:
    """A rate's interval in words."""
    return (
        f"{percent(rate.interval.low)} to {percent(rate.interval.high)}" if rate.interval else "-"
    )


def ran_on(run: RunRecord) -> str:
    """What a run was made with, in a paragraph."""
    dirty = {True: " with uncommitted changes", False: "", None: ""}[run.dirty]
    settings = ", ".join(f"{name} {value}" for name, value in run.settings.items())
    versions = ", ".join(f"{name} {value}" for name, value in run.versions.items())
    files = ", ".join(f"{name} ({digest[:12]})" for name, digest in run.case_files.items())
    return (
        f"{run.date}; commit {run.commit}{dirty}; model {run.model}; "
        f"store {run.store_digest[:12]}. "
        f"Cases: {files}. Settings: {settings}. Versions: {versions}."
    )


def wanted(case: Case) -> str:
    """What a right answer to the case is."""
    parts = []
    if case.figure:
        parts.append(case.figure)
    if case.must_include:
        parts.append("says " + ", ".join(" or ".join(group[:3]) for group in case.must_include))
    if case.must_not_include:
        parts.append("doesn't say " + ", ".join(case.must_not_include))
    if not case.held:
        parts.insert(0, "not found, declined or asked back")
    return "; ".join(parts)


def cited(answer: Answer) -> Iterator[str]:
    """What an answer cites, a line each."""
    for citation in answer.citations:
        page = f", page {citation.page}" if citation.page is not None else ""
        yield f"[{citation.marker}] {citation.paper}{page}: “{citation.quote}”"
