"""What ratings and evidence make of each other, against the rule spelled out rating by rating."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.skillmath import ENOUGH_EVIDENCE, STALE_AFTER, gaps, level_at, standing

FIRST = date(2025, 1, 1)
few_days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
levels = st.integers(0, 10).map(lambda halves: halves / 2)
ratings = st.lists(st.tuples(few_days, levels), max_size=12).map(lambda all_: sorted(all_, key=lambda one: one[0]))
evidence = st.lists(few_days, max_size=10).map(sorted)


def spelled_out(rated, dated, on):
    """(level, proven, pieces), rating by rating: raised is claimed until two newer pieces stand."""
    rated, dated = [each for each in rated if each[0] <= on], [day for day in dated if day <= on]
    proven, pieces = None, len(dated)
    for place, (_, level) in enumerate(rated):
        below = [day for day, other in rated[:place] if other < level]
        pieces = sum(not below or day > below[-1] for day in dated)
        if pieces >= ENOUGH_EVIDENCE:
            proven = level
        elif proven is not None:
            proven = min(proven, level)
    return (rated[-1][1] if rated else None), proven, pieces


@given(ratings, evidence, few_days)
@settings(max_examples=300)
def test_a_level_is_proven_by_what_came_after_the_lower_one(rated, dated, on):
    found = standing(rated, dated, on)
    assert (found.level, found.proven, found.pieces) == spelled_out(rated, dated, on)
    assert found.is_claimed == (found.level is not None and (found.proven is None or found.proven < found.level))


@given(ratings, evidence, few_days)
def test_what_comes_later_changes_no_past_day(rated, dated, on):
    known = [each for each in rated if each[0] <= on], [day for day in dated if day <= on]
    assert standing(rated, dated, on) == standing(*known, on)
    assert level_at(rated, on) == standing(rated, dated, on).level


@given(ratings.filter(bool), evidence)
def test_stale_is_nine_months_after_the_last_evidence_or_the_rating_without_any(rated, dated):
    begun = dated[-1] if dated else rated[-1][0]
    last = max(begun, rated[-1][0])
    assert standing(rated, dated, last + STALE_AFTER + timedelta(days=1)).is_stale
    assert not standing(rated, dated, begun + STALE_AFTER).is_stale


@given(
    st.dictionaries(st.integers(1, 9), levels), st.dictionaries(st.integers(1, 9), st.one_of(st.none(), levels))
)
def test_gaps_are_below_what_is_expected_and_the_weightiest_come_first(expected, rated):
    found = gaps(expected, rated)
    weights = [missing * expected[skill] for skill, missing in found]
    assert weights == sorted(weights, reverse=True)
    for skill, wanted in expected.items():
        level = rated.get(skill)
        assert (dict(found).get(skill, 0) > 0) == (level is not None and level < wanted)
