"""What the charts are given: gaps where nothing is known, notes on points, pace, target, moved goalposts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core import objectives
from app.core.objectives import PauseDraft, PeriodDraft
from app.ui.objectives import charts
from app.ui.objectives.values import share_text, value_text, way_text
from tests.conftest import NOW
from tests.ui.objectives.conftest import ACTIVATION, Q4, SPEED, TODAY


def series(spec, name):
    return next(line for line in spec.series if line.name == name)


def value_spec(detail):
    return charts.value_spec(detail, detail.row.key_results[0])


def test_the_line_breaks_where_readings_were_missed(add, check_in, detail_of):
    made = add("Grow", ACTIVATION)
    for days_ago, value in ((40, 33.0), (35, 34.0), (14, 38.0), (7, None), (0, 41.0)):
        check_in(made, value, days_ago=days_ago, confidence=5)
    points = series(value_spec(detail_of(made)), "Actual").points
    assert [value for _, value in points] == [33.0, 34.0, None, 38.0, None, 41.0]
    assert points[2][0] == TODAY - timedelta(days=28)


def test_a_value_counts_before_a_mere_confidence_of_the_day(add, check_in, detail_of):
    made = add("Grow", ACTIVATION)
    check_in(made, 41.0)
    check_in(made, None, confidence=5)
    assert series(value_spec(detail_of(made)), "Actual").points == [(TODAY, 41.0)]


def test_notes_stand_at_their_points(add, check_in, detail_of):
    made = add("Grow", ACTIVATION)
    check_in(made, 35.0, days_ago=7)
    check_in(made, 41.0, note="Invite step won\n\nmore")
    check_in(made, 42.0, note="Checked again")
    assert series(value_spec(detail_of(made)), "Actual").notes == {1: "Invite step won · Checked again"}


def test_pace_and_target_follow_the_key_result(add, detail_of):
    detail = detail_of(add("Grow", replace(ACTIVATION, due=date(2026, 12, 15))))
    spec = value_spec(detail)
    assert series(spec, "Pace").points == [(Q4.first, 32.0), (date(2026, 12, 15), 50.0)]
    assert spec.level == (50.0, "Target")
    assert spec.x_range == (Q4.first, date(2026, 12, 15))


def test_pauses_are_shaded_and_flatten_the_pace(add, detail_of, store):
    made = add("Grow", ACTIVATION)
    with store.write() as session:
        rest = PauseDraft(date(2026, 10, 10), date(2026, 10, 20))
        objectives.pause_objective(session, made, rest, now=NOW)
    spec = value_spec(detail_of(made))
    assert [(span.first, span.last) for span in spec.spans] == [(rest.first, rest.last)]
    pace = dict(series(spec, "Pace").points)
    assert pace[date(2026, 10, 9)] == pace[date(2026, 10, 20)]


def test_a_moved_goalpost_is_marked(add, check_in, detail_of, plan_of, store):
    made = add("Grow", ACTIVATION)
    check_in(made, 41.0)
    (result,) = plan_of(made).key_results
    with store.write() as session:
        moved = replace(result.draft, target=60.0)
        objectives.edit_key_result(session, result.id, moved, rev=result.rev, today=TODAY, now=NOW)
    (mark,) = value_spec(detail_of(made)).marks
    assert (mark.x, mark.text) == (TODAY, "target was 50%")


def test_a_forecast_needs_three_readings_and_says_how_many_it_has(add, check_in, detail_of):
    made = add("Grow", ACTIVATION)
    check_in(made, 33.0, days_ago=14)
    check_in(made, 36.0, days_ago=7)
    assert value_spec(detail_of(made)).bands == []
    check_in(made, 41.0)
    spec = value_spec(detail_of(made))
    assert spec.bands[0].name == "Range of the forecast, from 3 readings"
    assert series(spec, "Forecast").points[0] == (TODAY, 41.0)


def test_the_whole_objective_is_a_mean_of_what_was_known(add, check_in, detail_of):
    made = add("Grow", ACTIVATION, replace(SPEED, weight=3.0))
    check_in(made, 41.0, days_ago=14, confidence=4)
    check_in(made, 5.0, days_ago=7, place=1, confidence=8)
    check_in(made, 59.0)
    spec = charts.whole_spec(detail_of(made))
    assert [share for _, share in series(spec, "Progress").points] == pytest.approx([0.5, 0.875, 1.0])
    assert [share for _, share in series(spec, "Confidence").points] == pytest.approx([0.4, 0.6])
    assert [share for _, share in series(spec, "Even pace").points] == [0.0, 1.0]


def test_a_backlog_has_no_pace(add, check_in, detail_of):
    made = add("Grow", ACTIVATION, period=None)
    check_in(made, 41.0, days_ago=1)
    check_in(made, 41.0)
    detail = detail_of(made)
    assert [line.name for line in value_spec(detail).series] == ["Actual"]
    assert [line.name for line in charts.whole_spec(detail).series] == ["Progress"]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("value", "kind", "unit", "text"),
    [
        (41.0, "percent", "%", "41%"),
        (41.25, "percent", "", "41.25%"),
        (1240.0, "number", "teams", "1,240\u00a0teams"),
        (0.0125, "number", "", "0.0125"),
        (6.2, "duration", "min", "6.2\u00a0min"),
        (-1240.5, "currency", "€", "−€1,240"),
        (12.5, "currency", "", "$12.5"),
        (1e15, "number", "", "1,000,000,000,000,000"),
        (None, "percent", "%", "–"),
        (0.0, "number", "", "0"),
    ],
)
def test_values_are_written_as_people_write_them(value, kind, unit, text):
    assert value_text(value, kind, unit) == text


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        ("increase", "from 32% to 50%"),
        ("hold_above", "hold at or above 50%"),
        ("hold_below", "hold at or below 50%"),
        ("checklist", "Checklist of 50"),
        ("milestone", "Milestone"),
    ],
)
def test_the_way_is_said_in_words(measure, text):
    assert way_text(measure, 32.0, 50.0, "percent", "%") == text


@pytest.mark.parametrize(("share", "text"), [(0.005, "1%"), (0.499, "50%"), (1.5, "150%"), (None, "–")])
def test_shares_are_whole_percent(share, text):
    assert share_text(share) == text


def test_the_last_of_each_week_stands_for_it(add, check_in, detail_of):
    made = add("Grow", ACTIVATION)
    for days_ago, value in ((10, 33.0), (8, 34.0), (7, 38.0), (0, 41.0)):
        check_in(made, value, days_ago=days_ago, note=f"at {value:g}" if days_ago > 7 else "")
    spec = charts.shaped(value_spec(detail_of(made)), since=None, grouping="week")
    assert spec.series[0].points == [
        (TODAY - timedelta(days=8), 34.0),
        (TODAY - timedelta(days=7), 38.0),
        (TODAY, 41.0),
    ]
    assert spec.series[0].notes == {0: "at 33 · at 34"}


def test_a_part_begins_where_it_is_asked_to(add, check_in, detail_of):
    made = add("Grow", ACTIVATION)
    check_in(made, 35.0, days_ago=40)
    check_in(made, 41.0)
    whole = value_spec(detail_of(made))
    assert charts.shaped(whole, since=None, grouping="reading") == whole
    part = charts.shaped(whole, since=TODAY - timedelta(days=28), grouping="month")
    assert part.x_range == (TODAY - timedelta(days=28), Q4.last)
    assert len(part.series[0].points) == 2


def test_the_period_before_lies_under_what_was_carried(add, check_in, detail_of):
    q3 = PeriodDraft("quarter", date(2026, 7, 1), date(2026, 9, 30), "Q3 2026")
    before = add("Grow", ACTIVATION, period=q3)
    check_in(before, 33.0, days_ago=(TODAY - date(2026, 7, 11)).days)
    now = add("Grow", ACTIVATION, SPEED)
    check_in(now, 41.0)
    detail = detail_of(now)
    spec = charts.value_spec(detail, detail.row.key_results[0], detail_of(before))
    assert series(spec, "Period before").points == [(date(2026, 10, 11), 33.0)]
    other = charts.value_spec(detail, detail.row.key_results[1], detail_of(before))
    assert "Period before" not in [line.name for line in other.series]


def test_the_period_is_shaded_where_readings_lie_outside_of_it(add, check_in, detail_of):
    made = add("Grow", ACTIVATION)
    check_in(made, 41.0)
    assert value_spec(detail_of(made)).spans == []
    check_in(made, 33.0, days_ago=90)
    (span,) = value_spec(detail_of(made)).spans
    assert (span.first, span.last, span.text) == (Q4.first, Q4.last, "Q4 2026")
