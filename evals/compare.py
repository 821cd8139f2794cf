"""Two runs side by side: which cases flipped, and whether that is more than chance."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.record import RunRecord
from evals.runner import Result, Verdict
from evals.statistics import Flips, paired
from ingest.errors import BoardPapersError

RESULT_FILE = "result.json"


class BadEarlierRun(BoardPapersError):
    """An earlier result that can't be compared with."""


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """What a comparison needs of an earlier run; `verdicts` by case id."""

    label: str
    verdicts: dict[str, Verdict]
    store_digest: str
    case_files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Flip:
    """A case that ended differently, and why it does now."""

    case_id: str
    question: str
    before: Verdict
    after: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The cases of both runs compared; `only_before` and `only_now` couldn't be."""

    earlier: str
    cases: int
    flips: tuple[Flip, ...]
    right: Flips
    wrong: Flips
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]
    cautions: tuple[str, ...]


def read_earlier(path: Path) -> EarlierRun:
    """An earlier run from its result.json, or from the folder that holds it."""
    file = path / RESULT_FILE if path.is_dir() else path
    try:
        return _earlier(json.loads(file.read_text(encoding="utf-8")), file)
    except OSError as error:
        raise BadEarlierRun(f"{file}: can't be read ({error}); name a result.json.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadEarlierRun(
            f"{file}: not a result of `eval` ({error!r}); name a result.json."
        ) from error


def _earlier(record: dict[str, Any], file: Path) -> EarlierRun:
    run = record["run"]
    return EarlierRun(
        label=f"{file} ({run['date']}, commit {str(run['commit'])[:12]})",
        verdicts={case["id"]: Verdict(case["verdict"]) for case in record["cases"]},
        store_digest=run["store_digest"],
        case_files=dict(run["case_files"]),
    )


def compare(earlier: EarlierRun, results: Sequence[Result], run: RunRecord) -> Comparison:
    """This run against an earlier one, over the cases that both have."""
    both = [result for result in results if result.case.id in earlier.verdicts]
    now = {result.case.id for result in results}
    before = [earlier.verdicts[result.case.id] for result in both]
    after = [result.verdict for result in both]
    return Comparison(
        earlier=earlier.label,
        cases=len(both),
        flips=tuple(
            Flip(result.case.id, result.case.question, old, result.verdict, result.reason)
            for result, old in zip(both, before, strict=True)
            if old is not result.verdict
        ),
        right=_paired(before, after, Verdict.RIGHT),
        wrong=_paired(before, after, Verdict.WRONG),
        only_before=tuple(sorted(set(earlier.verdicts) - now)),
        only_now=tuple(sorted(now - set(earlier.verdicts))),
        cautions=tuple(_cautions(earlier, run)),
    )


def _paired(before: Sequence[Verdict], after: Sequence[Verdict], verdict: Verdict) -> Flips:
    return paired([v is verdict for v in before], [v is verdict for v in after])


def _cautions(earlier: EarlierRun, run: RunRecord) -> Sequence[str]:
    cautions = []
    if earlier.store_digest != run.store_digest:
        cautions.append("The two runs answered from different papers.")
    if sorted(earlier.case_files.values()) != sorted(run.case_files.values()):
        cautions.append("The case files aren't the same in both runs.")
    return cautions


def meaning(flips: Flips) -> str:
    """What a paired comparison says, in a sentence."""
    changed = f"{flips.gained} gained, {flips.lost} lost ({flips.difference:+.1%}"
    if flips.interval:
        changed += f", 95% interval {flips.interval.low:+.1%} to {flips.interval.high:+.1%}"
    changed += f"); exact McNemar test p = {flips.p_value:.3f}: "
    if not flips.gained and not flips.lost:
        return changed + "no case flipped."
    if flips.p_value < 0.05:
        return changed + "more than chance would explain."
    return changed + "chance could explain it."
