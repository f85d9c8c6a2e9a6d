"""Series for charts: what is unknown stays unknown, and every statistic says what it stands on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import insights
from app.core.days import Calendar, Span
from app.core.insights import Mean

TODAY = date(2026, 11, 23)
PLAIN = Calendar()
near = st.dates(date(2025, 1, 1), date(2026, 12, 31))
spans = st.tuples(near, near).map(lambda ends: Span(min(ends), max(ends)))
counts = st.dictionaries(near, st.tuples(st.integers(1, 9), st.integers(0, 900)), max_size=60)
calendars = st.builds(Calendar, st.integers(0, 6), st.integers(1, 12))
kinds = st.sampled_from(["week", "month", "quarter", "half", "year"])
EVER = Span(date(2020, 1, 1), date(2030, 12, 31))


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


@given(counts, kinds, spans, calendars)
def test_whole_periods_hold_every_entry_once(written, kind, span, calendar):
    found = insights.buckets(written, kind, span, calendar, known=EVER)
    whole = Span(found[0].period.first, found[-1].period.last)
    assert sum(bucket.entries or 0 for bucket in found) == sum(
        n for day, (n, _) in written.items() if day in whole
    )
    assert sum(bucket.words or 0 for bucket in found) == sum(w for day, (_, w) in written.items() if day in whole)
    assert sum(bucket.written or 0 for bucket in found) == sum(day in whole for day in written)
    assert sum(bucket.days for bucket in found) == whole.days


@given(counts, spans, spans)
def test_what_lies_outside_the_known_days_is_unknown_not_zero(written, span, known):
    for bucket in insights.buckets(written, "month", span, PLAIN, known=known):
        both = bucket.period.overlap(known)
        assert bucket.days == (both.days if both else 0)
        assert (bucket.entries is None) == (both is None)
    for day, count in insights.heat({day: n for day, (n, _) in written.items()}, span, known).items():
        assert (count is None) == (day not in known)


def test_an_empty_journal_knows_nothing():
    week = PLAIN.week_of(TODAY)
    (bucket,) = insights.buckets({}, "week", week, PLAIN, known=None)
    assert (bucket.entries, bucket.words, bucket.days) == (None, None, 0)
    assert set(insights.heat({}, week, None).values()) == {None}


def test_the_current_week_says_how_many_of_its_days_have_come():
    known = Span(back(10), TODAY)
    found = insights.buckets({TODAY: (2, 80)}, "week", Span(back(7), TODAY), PLAIN, known=known)
    assert [(bucket.period.name, bucket.entries, bucket.days) for bucket in found] == [
        ("W47 2026", 0, 7),
        ("W48 2026", 2, 1),
    ]


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), (date(2026, 11, 16), date(2026, 11, 22))),  # a week
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),  # a month
        (date(2026, 10, 1), date(2026, 12, 31), (date(2026, 7, 1), date(2026, 9, 30))),  # a quarter
        (date(2026, 2, 1), date(2026, 3, 31), (date(2025, 12, 1), date(2026, 1, 31))),  # two months
        (date(2026, 11, 14), date(2026, 11, 23), (date(2026, 11, 4), date(2026, 11, 13))),  # ten days
    ],
)
def test_a_span_is_compared_with_its_like_before(first, last, before):
    assert insights.previous_span(Span(first, last), PLAIN) == Span(*before)


@given(
    st.tuples(st.dates(), st.dates()).map(lambda ends: Span(min(ends), max(ends))).filter(lambda s: s.days < 9999)
)
def test_the_span_before_ends_where_this_one_begins(span):
    before = insights.previous_span(span, PLAIN)
    assert before is None or before.last == span.first - timedelta(days=1)
    if before is None:
        assert span.first.toordinal() <= span.days + 31


@given(st.sets(near), st.sets(near), spans)
def test_consistency_lies_between_nought_and_one_and_a_skip_freezes_it(written, skipped, span):
    scores = insights.consistency(written, span, skipped=skipped)
    assert [day for day, _ in scores] == list(span)
    before = 0.0
    for day, score in scores:
        assert 0 <= score <= 1
        if day in written:
            assert score >= before
        elif day in skipped:
            assert score == before
        else:
            assert score <= before
        before = score


def test_one_bad_week_is_survived_and_a_good_fortnight_heals_it():
    span = Span(back(120), TODAY)
    bad = {back(days) for days in range(15, 22)}
    scores = dict(insights.consistency({day for day in span if day not in bad}, span))
    before, after, today = scores[back(22)], scores[back(15)], scores[TODAY]
    assert before > 0.99
    assert 0.6 < after < 0.75
    assert today > 0.8
    thirteen = insights.consistency({back(13)}, Span(back(13), TODAY))
    assert thirteen[-1][1] == pytest.approx(thirteen[0][1] / 2)


def test_a_streak_waits_for_today_and_walks_over_skips():
    written = {back(1), back(2), back(4)}
    assert insights.streak(written, TODAY) == 2
    assert insights.streak(written | {TODAY}, TODAY) == 3
    assert insights.streak(written, TODAY, skipped={back(3)}) == 3
    assert insights.streak(set(), TODAY, skipped={back(1)}) == 0
    assert insights.streak({date.min}, date.min) == 1


@given(
    st.lists(st.tuples(near, st.one_of(st.none(), st.integers(1, 5)))),
    spans.filter(lambda span: span.days < 90),
    st.integers(1, 40),
)
def test_a_rolling_mean_is_the_mean_of_the_days_it_says(readings, span, window):
    for day, mean in insights.rolling_mean(readings, span, window=window):
        days = {
            each: [value for other, value in readings if other == each and value is not None]
            for each in Span(day - timedelta(days=window - 1), day)
        }
        known = [sum(values) / len(values) for values in days.values() if values]
        assert mean.n == len(known)
        if mean.n < insights.FEWEST:
            assert mean.value is None
        else:
            assert mean.value == pytest.approx(sum(known) / len(known))


def test_means_of_periods_leave_out_what_is_unknown():
    readings = [(back(7), 2.0), (back(7), 4.0), (back(6), None), (back(5), 5.0), (back(400), 1.0)]
    found = insights.means_by(readings, "week", Span(back(14), TODAY), PLAIN)
    assert [(period.name, mean) for period, mean in found] == [
        ("W46 2026", Mean(None, 0)),
        ("W47 2026", Mean(4.0, 2)),
        ("W48 2026", Mean(None, 0)),
    ]
    assert insights.mean_of([None, 1.0, float("nan"), 2.0]) == Mean(1.5, 2)


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 9)), st.floats(0, 100))),
    st.dictionaries(st.integers(1, 6), st.floats(0.1, 10)),
)
def test_effort_is_shared_out_whole(spent, weights):
    found = insights.effort(spent, weights)
    assert {each.objective for each in found} >= set(weights)
    if sum(amount for _, amount in spent) > 1e-300:
        assert sum(each.share for each in found if each.share is not None) == pytest.approx(1)
    if weights:
        assert sum(each.priority for each in found if each.priority is not None) == pytest.approx(1)
    assert all(each.objective is not None for each in found[:-1])


def test_the_most_neglected_objective_comes_first():
    found = insights.effort([(1, 6), (2, 2), (None, 2)], {1: 1.0, 2: 2.0, 3: 1.0})
    assert [each.objective for each in found] == [2, 3, 1, None]
    assert found[0].share == pytest.approx(0.2)
    assert found[0].surplus == pytest.approx(-0.3)
    assert found[-1].surplus is None


def test_freshness_halves_with_each_half_life():
    assert insights.freshness([(TODAY, 90), (back(90), 90), (back(180), 90)], TODAY) == (1.75, 3)
    assert insights.freshness([(TODAY, 90)], back(1)) == (0, 0)


@given(st.lists(st.tuples(st.floats(0, 1), st.one_of(st.none(), st.booleans()))))
def test_every_decided_forecast_stands_in_one_group(forecasts):
    found = insights.calibration(forecasts)
    assert found.n + found.open == len(forecasts)
    assert sum(group.n for group in found.groups) == found.n
    assert (found.brier is None) == (found.n == 0)
    assert found.brier is None or 0 <= found.brier <= 1
    for group in found.groups:
        assert group.low <= group.happened <= group.high
        assert group.first <= group.said <= group.last + 1e-9


def test_brier_scores_of_the_wise_the_fair_and_the_wrong():
    assert insights.calibration([(1, True), (0, False)]).brier == 0
    assert insights.calibration([(0.5, True), (0.5, False), (0.5, None)]).brier == 0.25
    assert insights.calibration([(1, False)]).brier == 1


def test_three_of_three_is_not_certainty():
    low, high = insights.share_interval(3, 3)
    assert high == 1
    assert low < 0.7
    assert insights.share_interval(0, 0) == (0, 1)
