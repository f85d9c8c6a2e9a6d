"""Properties of the numbers that people will be judged by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core import measure
from app.core.measure import Forecast, Goal, Stretch
from app.core.measure.pace import pace_points

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
DAYS = st.dates(date(2000, 1, 1), date(2050, 1, 1))
SHARES = st.one_of(st.none(), st.floats(0, 5))
FIRST = date(2026, 10, 1)


def readings(*values, step=7):
    return [(FIRST + timedelta(days=step * n), value) for n, value in enumerate(values)]


def forecast_of(*arguments) -> Forecast:
    found = measure.forecast(*arguments)
    assert found
    return found


def known(value: float | None) -> float:
    assert value is not None
    return value


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
    assert known(measure.progress(Goal("increase", baseline, target), readings(value))) >= 0
    beyond = target + (target - baseline)
    assert measure.progress(Goal("increase", baseline, target), readings(beyond)) == pytest.approx(2)


@given(
    st.sampled_from(["increase", "hold_above", "hold_below", "checklist", "milestone"]),
    st.lists(st.tuples(DAYS, st.integers(-5, 15)), max_size=30),
)
def test_the_series_ends_where_progress_stands(kind, said):
    goal = Goal(kind, 0, 10)
    by_day = measure.last_of_each_day(said)
    series = measure.progress_series(goal, said)
    for count, (day, share) in enumerate(series, 1):
        assert share == pytest.approx(measure.progress(goal, by_day[:count]))
        assert day == by_day[count - 1][0]


def test_what_is_no_number_was_not_read():
    nan, inf = float("nan"), float("inf")
    assert measure.progress_series(Goal("increase", 0, 10), readings(nan, 5, inf)) == [(FIRST + timedelta(7), 0.5)]


def test_a_baseline_next_to_its_target_stays_a_number():
    assert measure.progress(Goal("increase", 0, 5e-324), readings(1e15)) == 1e6


@pytest.mark.parametrize("kind", measure.MEASURES)
def test_nothing_read_is_unknown_not_zero(kind):
    assert measure.progress(Goal(kind, 0, 10), []) is None


def test_no_way_to_go_is_an_error():
    with pytest.raises(ValueError, match="baseline equals"):
        measure.progress(Goal("increase", 5, 5), readings(5))


@given(st.lists(NUMBERS, min_size=1), NUMBERS)
def test_hold_is_a_share_of_readings(values, line):
    above = known(measure.progress(Goal("hold_above", None, line), readings(*values)))
    below = known(measure.progress(Goal("hold_below", None, line), readings(*values)))
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
    assert series == [(FIRST, 0.1), (FIRST + timedelta(1), 0.6)]


@given(st.lists(st.tuples(SHARES, st.floats(0, 10))))
def test_the_mean_lies_between_the_known_ones_and_counts_them(shares):
    said = measure.summary(shares)
    counted = [min(share, 1) for share, _ in shares if share is not None]
    assert (said.known, said.total) == (len(counted), len(shares))
    if not counted:
        assert (said.mean, said.weakest) == (None, None)
    else:
        assert min(counted) - 1e-9 <= said.mean <= max(counted) + 1e-9
        assert min(shares[said.weakest][0], 1) == min(counted)


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


def test_a_pause_that_goes_on_keeps_the_line_where_it_is():
    quarter = Stretch(FIRST, date(2026, 12, 31), ((date(2026, 11, 1), None),))
    before = measure.expected_share(quarter, date(2026, 10, 31))
    assert before == pytest.approx(31 / 92)
    assert measure.expected_share(quarter, date(2026, 12, 31)) == before
    assert measure.buffer_days(0.4, quarter, date(2026, 11, 15)) is None


@given(DAYS, st.integers(1, 400), st.lists(st.tuples(st.integers(-30, 430), st.integers(0, 60)), max_size=4))
def test_worked_days_and_worked_day_are_each_other_backwards(first, length, breaks):
    pauses = tuple((first + timedelta(a), first + timedelta(a + n)) for a, n in breaks)
    stretch = Stretch(first, first + timedelta(length - 1), pauses)
    rests = {day for a, b in pauses for day in range(a.toordinal(), b.toordinal() + 1)}
    counted = [n for n in range(first.toordinal(), first.toordinal() + length) if n not in rests]
    assert stretch.days == len(counted)
    assert [stretch.worked_day(n) for n in range(1, len(counted) + 1)] == list(map(date.fromordinal, counted))
    assert stretch.worked_day(0) is stretch.worked_day(len(counted) + 1) is None


def test_a_plan_of_all_the_years_there_are_is_counted_at_once():
    ages = Stretch(date.min, date.max, ((date(2, 1, 1), date(9998, 12, 31)),))
    assert ages.days == 730
    assert measure.expected_share(ages, date(5000, 1, 1)) == 0.5


@given(DAYS, st.floats(0, 0.999), st.lists(st.tuples(st.integers(-30, 120), st.integers(0, 30)), max_size=3))
def test_the_line_passes_right_after_the_buffer(first, share, breaks):
    pauses = tuple((first + timedelta(a), first + timedelta(a + n)) for a, n in breaks)
    stretch = Stretch(first, first + timedelta(91), pauses)
    days = measure.buffer_days(share, stretch, first)
    if days is None:
        assert stretch.days == 0
    else:
        last_good = first + timedelta(days)
        assert measure.expected_share(stretch, last_good) <= share + 1e-9
        assert measure.expected_share(stretch, last_good + timedelta(1)) > share - 1e-9


def test_the_line_in_the_unit_of_the_key_result():
    stretch, end = Stretch(FIRST, date(2026, 12, 31)), date(2026, 12, 31)
    assert measure.expected_value(Goal("increase", 32, 50), stretch, end) == 50
    assert measure.expected_value(Goal("decrease", 50, 4), stretch, date(2026, 11, 15)) == pytest.approx(27)
    assert measure.expected_value(Goal("checklist", None, 8), stretch, date(2026, 11, 15)) == pytest.approx(4)
    assert measure.expected_value(Goal("hold_above", None, 99.9), stretch, FIRST) == 99.9
    assert measure.expected_value(Goal("milestone", None, None), stretch, end) is None
    assert measure.expected_value(Goal("increase", None, 5), stretch, end) is None


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
    days = int(known(measure.buffer_days(share, quarter, day)))
    overtaken = day + timedelta(days + 1)
    if overtaken <= quarter.last:
        assert measure.expected_share(quarter, overtaken) > share - 1e-9


def test_forecast_is_hidden_below_three_readings_and_after_the_end():
    assert measure.forecast(readings(1, 2), date(2026, 12, 31)) is None
    assert measure.forecast(readings(1, 2, 3), FIRST) is None


@given(st.floats(-100, 100), st.floats(-1e4, 1e4), st.integers(3, 12))
def test_a_straight_line_is_forecast_exactly(slope, start, count):
    line = [(FIRST + timedelta(7 * n), start + slope * 7 * n) for n in range(count)]
    told = forecast_of(line, line[-1][0] + timedelta(days=7))
    expected = start + slope * 7 * count
    tolerance = 1e-6 * (1 + abs(start) + abs(slope) * 100)
    assert told.low == pytest.approx(expected, abs=tolerance)
    assert told.middle == pytest.approx(expected, abs=tolerance)
    assert told.high == pytest.approx(expected, abs=tolerance)


@given(st.lists(NUMBERS, min_size=3, max_size=20), st.integers(1, 3000))
def test_a_forecast_is_ordered_and_never_reaches_beyond_twice_the_span(values, ahead):
    seen = readings(*values)
    told = forecast_of(seen, seen[-1][0] + timedelta(days=ahead))
    assert told.low <= told.middle <= told.high
    used = seen[-8:]
    assert (told.day - seen[-1][0]).days <= 2 * (used[-1][0] - used[0][0]).days
    assert told.readings == len(used)


@given(st.lists(NUMBERS, min_size=3, max_size=12), st.integers(1, 400))
def test_a_mirrored_series_has_the_mirrored_forecast(values, ahead):
    until = readings(*values)[-1][0] + timedelta(days=ahead)
    one = forecast_of(readings(*values), until)
    other = forecast_of(readings(*(-value for value in values)), until)
    assert (other.low, other.middle, other.high) == pytest.approx((-one.high, -one.middle, -one.low))
    assert other.level == pytest.approx(-one.level)


@given(st.floats(-50, 50), st.integers(0, 7), NUMBERS)
def test_one_wild_reading_in_eight_does_not_move_the_forecast(slope, place, wild):
    values = [slope * n for n in range(8)]
    values[place] = wild
    told = forecast_of(readings(*values), FIRST + timedelta(days=7 * 8))
    assert told.middle == pytest.approx(slope * 8, abs=1e-6)


def test_a_forecast_for_the_last_day_there_is():
    last = [(date.max - timedelta(days=n), float(-n)) for n in (30, 20, 10)]
    assert forecast_of(last, date.max).day == date.max


def test_the_range_is_narrower_than_the_outermost_slopes_once_there_are_eight():
    told = forecast_of(readings(0, 10, 2, 12, 4, 14, 6, 16), FIRST + timedelta(days=63))
    assert told.low > told.level + 7 * 2 * -8 / 7
    assert told.high < told.level + 7 * 2 * 10 / 7


@pytest.mark.parametrize(
    ("said", "direction"), [((5, 6, 7), "rising"), ((8, 8, 7, 8), "steady"), ((9, 7, 6, 6, 2), "falling")]
)
def test_confidence_has_a_direction(said, direction):
    trend = measure.confidence_trend(readings(*said))
    assert trend
    assert (trend.direction, trend.readings) == (direction, len(said))


def test_confidence_said_twice_is_no_trend():
    assert measure.confidence_trend(readings(5, 9)) is None


@given(st.floats(-2, 10))
def test_grades_are_tenths_from_nought_to_one(share):
    grade = known(measure.suggested_grade(share))
    assert 0 <= grade <= 1
    assert grade * 10 == pytest.approx(round(grade * 10))


@pytest.mark.parametrize(("share", "grade"), [(0.95, 0.9), (0.999, 0.9), (1.0, 1.0), (1.4, 1.0), (0.75, 0.8)])
def test_only_what_was_reached_is_graded_as_reached(share, grade):
    assert measure.suggested_grade(share) == grade


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
