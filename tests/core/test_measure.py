"""Properties of the numbers that people will be judged by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core import measure
from app.core.measure import Goal, Stretch
from app.core.measure.pace import pace_points

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
DAYS = st.dates(date(2000, 1, 1), date(2050, 1, 1))
SHARES = st.one_of(st.none(), st.floats(0, 5))
FIRST = date(2026, 10, 1)


def readings(*values, step=7):
    return [(FIRST + timedelta(days=step * n), value) for n, value in enumerate(values)]


@given(NUMBERS, NUMBERS, st.sampled_from(["increase", "decrease"]))
def test_baseline_is_nought_and_target_is_one(baseline, target, kind):
    assume(abs(baseline - target) > 1e-3)
    goal = Goal(kind, baseline, target)
    assert measure.progress(goal, readings(baseline)) == 0
    assert measure.progress(goal, readings(baseline, target)) == pytest.approx(1)
    assert measure.progress(goal, readings((baseline + target) / 2)) == pytest.approx(0.5, abs=1e-6)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_progress_is_never_negative_and_kept_above_one(baseline, target, value):
    assume(abs(baseline - target) > 1e-3)
    share = measure.progress(Goal("increase", baseline, target), readings(value))
    assert share >= 0
    beyond = target + (target - baseline)
    assert measure.progress(Goal("increase", baseline, target), readings(beyond)) == pytest.approx(2)


@pytest.mark.parametrize("kind", measure.MEASURES)
def test_nothing_read_is_unknown_not_zero(kind):
    assert measure.progress(Goal(kind, 0, 10), []) is None


def test_no_way_to_go_is_an_error():
    with pytest.raises(ValueError, match="baseline equals"):
        measure.progress(Goal("increase", 5, 5), readings(5))


@given(st.lists(NUMBERS, min_size=1), NUMBERS)
def test_hold_is_a_share_of_readings(values, line):
    above = measure.progress(Goal("hold_above", None, line), readings(*values))
    below = measure.progress(Goal("hold_below", None, line), readings(*values))
    on_it = sum(value == line for value in values) / len(values)
    assert above + below - on_it == pytest.approx(1)


@pytest.mark.parametrize(("value", "share"), [(0, 0.0), (0.5, 0.0), (1, 1.0)])
def test_a_milestone_is_reached_or_not(value, share):
    assert measure.progress(Goal("milestone", None, None), readings(value)) == share


def test_a_checklist_counts_points():
    assert measure.progress(Goal("checklist", None, 8), readings(2, 6)) == 0.75


def test_the_last_reading_of_a_day_counts_and_days_are_sorted():
    series = measure.progress_series(
        Goal("increase", 0, 10), [(FIRST + timedelta(1), 5), (FIRST, 1), (FIRST + timedelta(1), 6)]
    )
    assert series == [(FIRST, pytest.approx(0.1)), (FIRST + timedelta(1), pytest.approx(0.6))]


@given(st.lists(st.tuples(SHARES, st.floats(0, 10))))
def test_the_mean_lies_between_the_known_ones_and_counts_them(shares):
    said = measure.summary(shares)
    known = [min(share, 1) for share, _ in shares if share is not None]
    assert (said.known, said.total) == (len(known), len(shares))
    if not known:
        assert (said.mean, said.weakest) == (None, None)
    else:
        assert min(known) - 1e-9 <= said.mean <= max(known) + 1e-9
        assert min(shares[said.weakest][0], 1) == min(known)


@given(DAYS, st.integers(1, 400), st.lists(st.tuples(st.integers(-30, 430), st.integers(0, 60)), max_size=4))
def test_pace_rises_from_start_to_end_and_stands_still_in_pauses(first, length, breaks):
    pauses = tuple((first + timedelta(a), first + timedelta(a + n)) for a, n in breaks)
    stretch = Stretch(first, first + timedelta(length - 1), pauses)
    line = [measure.expected_share(stretch, first + timedelta(n)) for n in range(length)]
    assert line == sorted(line)
    assert measure.expected_share(stretch, first - timedelta(1)) == 0
    assert line[-1] == 1
    for day, end in ((start + timedelta(1), end) for start, end in pauses):
        if first < day <= min(end, stretch.last) and stretch.days:
            assert measure.expected_share(stretch, day) == measure.expected_share(stretch, day - timedelta(1))
    assert pace_points(stretch)[-1][1] == 1


def test_status_follows_the_pace():
    quarter = Stretch(FIRST, date(2026, 12, 31))
    middle = date(2026, 11, 15)
    found = [measure.status(share, quarter, middle) for share in (None, 0.1, 0.35, 0.5, 1.2)]
    assert found == [None, "behind", "at_risk", "on_track", "done"]
    assert measure.status(0.0, quarter, FIRST + timedelta(3)) == "on_track"
    assert measure.status(0.4, None, middle) is None


@given(st.floats(0, 0.999), st.integers(0, 91))
def test_buffer_says_when_the_line_overtakes(share, into):
    quarter = Stretch(FIRST, date(2026, 12, 31))
    day = FIRST + timedelta(into)
    days = measure.buffer_days(share, quarter, day)
    overtaken = day + timedelta(days + 1)
    if overtaken <= quarter.last:
        assert measure.expected_share(quarter, overtaken) > share - 1e-9


def test_forecast_is_hidden_below_three_readings_and_after_the_end():
    assert measure.forecast(readings(1, 2), date(2026, 12, 31)) is None
    assert measure.forecast(readings(1, 2, 3), FIRST) is None


@given(st.floats(-100, 100), st.floats(-1e4, 1e4), st.integers(3, 12))
def test_a_straight_line_is_forecast_exactly(slope, start, count):
    line = [(FIRST + timedelta(7 * n), start + slope * 7 * n) for n in range(count)]
    told = measure.forecast(line, line[-1][0] + timedelta(days=7))
    expected = start + slope * 7 * count
    tolerance = 1e-6 * (1 + abs(start) + abs(slope) * 100)
    assert told.low == pytest.approx(expected, abs=tolerance)
    assert told.middle == pytest.approx(expected, abs=tolerance)
    assert told.high == pytest.approx(expected, abs=tolerance)


@given(st.lists(NUMBERS, min_size=3, max_size=20), st.integers(1, 3000))
def test_a_forecast_is_ordered_and_never_reaches_beyond_twice_the_span(values, ahead):
    seen = readings(*values)
    told = measure.forecast(seen, seen[-1][0] + timedelta(days=ahead))
    assert told.low <= told.middle <= told.high
    used = seen[-8:]
    assert (told.day - seen[-1][0]).days <= 2 * (used[-1][0] - used[0][0]).days
    assert told.readings == len(used)


@given(st.floats(-2, 10))
def test_grades_are_tenths_from_nought_to_one(share):
    grade = measure.suggested_grade(share)
    assert 0 <= grade <= 1
    assert grade * 10 == pytest.approx(round(grade * 10))


def test_bands_and_success():
    assert [measure.band(grade) for grade in (0, 0.3, 0.4, 0.6, 0.7, 1)] == [
        "bad",
        "bad",
        "warn",
        "warn",
        "good",
        "good",
    ]
    assert measure.has_succeeded(0.7, "aspirational")
    assert not measure.has_succeeded(0.9, "committed")
    assert measure.has_succeeded(1.0, "committed")
    assert measure.suggested_grade(None) is None
