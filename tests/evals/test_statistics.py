"""Intervals and tests against values worked by hand."""

import pytest

from evals.statistics import Interval, mean_interval, paired, percentile, rate, sign_test


@pytest.mark.parametrize(
    ("gained", "lost", "p_value"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (8, 2, 0.109375), (3, 3, 1.0)],
)
def test_sign_test_is_exact(gained: int, lost: int, p_value: float) -> None:
    assert sign_test(gained, lost) == p_value
    assert sign_test(lost, gained) == p_value


def test_paired_counts_flips() -> None:
    flips = paired([True, True, False, False], [True, False, True, True])
    assert (flips.gained, flips.lost, flips.difference) == (2, 1, 0.25)


def test_paired_runs_must_match() -> None:
    with pytest.raises(ValueError, match="same cases"):
        paired([True], [True, False])


def test_an_interval_is_the_same_each_time_and_spans_its_share() -> None:
    marks = [True] * 30 + [False] * 70
    first = rate(marks)
    assert first == rate(marks)
    assert first.share == 0.3
    assert first.interval is not None
    # The normal approximation is 0.3 with 1.96 standard errors of sqrt(0.3 * 0.7 / 100).
    assert first.interval.low == pytest.approx(0.21, abs=0.02)
    assert first.interval.high == pytest.approx(0.39, abs=0.02)


def test_agreement_of_a_few_cases_claims_no_certainty() -> None:
    # Exact binomial: 0.025 ** (1 / 10).
    assert rate([True] * 10).interval == Interval(0.025**0.1, 1.0)
    assert rate([False] * 10).interval == Interval(0.0, 1 - 0.025**0.1)


def test_nothing_has_no_share_and_no_interval() -> None:
    empty = rate([])
    assert (empty.share, empty.interval) == (None, None)
    assert (mean_interval([]), percentile([], 0.5)) == (None, None)


def test_percentiles_interpolate() -> None:
    assert percentile([1.0, 2.0, 3.0], 0.5) == 2.0
    assert percentile([0.0, 1.0], 0.95) == pytest.approx(0.95)
