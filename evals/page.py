"""The report as one HTML file that needs nothing else: no scripts, no fonts, no network."""

from collections.abc import Iterable, Sequence
from html import escape

from evals.compare import Comparison, meaning
from evals.record import RunRecord
from evals.runner import Result
from evals.statistics import Rate
from evals.summary import Group, Summary
from evals.wording import LABELS, cited, interval, number, percent, ran_on, wanted

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #2a7f4f; --bad: #b3261e; --rest: #8883; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child, td.text { text-align: left; }
td.bar { width: 30%; } svg { display: block; width: 100%; height: .8rem; }
.good { fill: var(--good); } .bad { fill: var(--bad); } .rest { fill: var(--rest); }
.span { stroke: currentColor; stroke-width: 2; vector-effect: non-scaling-stroke; }
details { border-bottom: 1px solid var(--line); padding: .4rem 0; } summary { cursor: pointer; }
dt { font-weight: 600; margin-top: .4rem; } dd { margin: 0 0 0 1rem; white-space: pre-wrap; }
.verdict { font-weight: 600; } .wrong, .error { color: var(--bad); }
"""
_GOOD_WHEN_LOW = ("wrong", "refused_though_held", "answered_though_not_held", "error")


def page(
    run: RunRecord,
    results: Sequence[Result],
    failed: Sequence[Result],
    summary: Summary,
    comparison: Comparison | None,
) -> str:
    """The whole page; everything that came from papers, questions or answers is escaped."""
    latency = summary.latency
    parts = [
        f"<h1>Evaluation report</h1><p>{escape(ran_on(run))}</p>",
        f"<h2>Headline of {len(results)} cases</h2>{_rates(summary.headline)}",
        _comparison(comparison) if comparison else "",
        f"<h2>Scorers</h2>{_rates(summary.scorers)}",
        f"<h2>Evidence among the passages retrieved</h2>{_rates(summary.retrieval)}",
        f"<p>MRR {number(summary.mrr)}; share of all pieces of evidence in the first ten "
        f"{percent(summary.evidence_at_10)}. Seconds an answer: p50 {number(latency.p50)}, "
        f"p95 {number(latency.p95)}; first answer of a cold process "
        f"{number(run.cold_seconds)}.</p>",
        *(
            _groups(by, [group for group in summary.groups if group.by == by])
            for by in dict.fromkeys(group.by for group in summary.groups)
        ),
        f"<h2>Cases that aren't right ({len(failed)})</h2>",
        *map(_failed, failed),
    ]
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Evaluation report</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(part for part in parts if part)
        + "\n</body></html>\n"
    )


def _rates(rates: dict[str, Rate]) -> str:
    rows = "".join(
        f"<tr><td>{escape(LABELS.get(name, name))}</td><td>{percent(rate.share)}</td>"
        f"<td>{rate.count} of {rate.of}</td><td>{interval(rate)}</td>"
        f'<td class="bar">{_bar(rate, name in _GOOD_WHEN_LOW)}</td></tr>\n'
        for name, rate in rates.items()
    )
    heads = "<tr><th></th><th>share</th><th>cases</th><th>95% interval</th><th></th></tr>"
    return f"<table>{heads}\n{rows}</table>"


def _bar(rate: Rate, bad: bool) -> str:
    """The share as a bar, with a line over its interval; the cells beside it say the same."""
    if rate.share is None or rate.interval is None:
        return ""
    low, high = 100 * rate.interval.low, 100 * rate.interval.high
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" width="100" height="10"/>'
        f'<rect class="{"bad" if bad else "good"}" width="{100 * rate.share:.1f}" height="10"/>'
        f'<line class="span" x1="{low:.1f}" x2="{high:.1f}" y1="5" y2="5"/></svg>'
    )


def _groups(by: str, groups: Sequence[Group]) -> str:
    heads = "".join(f"<th>{escape(LABELS[name])}</th>" for name in groups[0].headline)
    rows = "".join(
        f"<tr><td>{escape(group.name)}</td><td>{group.headline['right'].of}</td>"
        + "".join(f"<td>{percent(rate.share)}</td>" for rate in group.headline.values())
        + "</tr>\n"
        for group in groups
    )
    return f"<h2>By {by}</h2><table><tr><th>{by}</th><th>cases</th>{heads}</tr>\n{rows}</table>"


def _comparison(comparison: Comparison) -> str:
    rows = "".join(
        f"<tr><td>{escape(flip.case_id)}</td><td>{flip.before}</td><td>{flip.after}</td>"
        f'<td class="text">{escape(flip.reason)}</td></tr>\n'
        for flip in comparison.flips
    )
    heads = "<tr><th>case</th><th>before</th><th>now</th><th>reason</th></tr>"
    return (
        f"<h2>Compared with {escape(comparison.earlier)}</h2>"
        + "".join(f"<p>{escape(caution)}</p>" for caution in comparison.cautions)
        + f"<p>Of {comparison.cases} cases in both. Right: {escape(meaning(comparison.right))}<br>"
        f"Wrong: {escape(meaning(comparison.wrong))}</p>"
        + (f"<table>{heads}\n{rows}</table>" if rows else "")
        + _unmatched("Only in the earlier run", comparison.only_before)
        + _unmatched("Only in this run", comparison.only_now)
    )


def _unmatched(title: str, cases: Iterable[str]) -> str:
    named = ", ".join(cases)
    return f"<p>{title}: {escape(named)}.</p>" if named else ""


def _failed(result: Result) -> str:
    case, answer = result.case, result.answer
    entries = [
        ("Before it", "\n".join(f"{turn.role}: {turn.content}" for turn in case.history)),
        ("Wanted", wanted(case)),
        (f"Got ({answer.outcome}, route {answer.route})", answer.text),
        ("Cited", "\n".join(cited(answer))),
        ("Evidence", "\n".join(f"{piece.paper}: “{piece.quote}”" for piece in case.evidence)),
        (
            "Why",
            "\n".join(f"{s.name}: {s.reason}" for s in result.scores if s.passed is False),
        ),
        ("Note", case.note),
    ]
    listed = "".join(f"<dt>{escape(t)}</dt><dd>{escape(text)}</dd>" for t, text in entries if text)
    return (
        f'<details><summary><span class="verdict {result.verdict}">{result.verdict}</span> '
        f"{escape(case.id)} ({case.kind}, {escape(case.skill)}): {escape(case.question)}</summary>"
        f"<dl>{listed}</dl></details>"
    )
