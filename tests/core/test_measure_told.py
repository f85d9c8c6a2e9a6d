"""Numbers as text, and why they say what they say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import measure
from app.core.measure import Goal, Stretch, units
from app.core.measure.units import format_value

FIRST = date(2026, 10, 1)
QUARTER = Stretch(FIRST, date(2026, 12, 31))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", "'")


def readings(*values):
    return [(FIRST + timedelta(days=7 * n), value) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("value", "kind", "unit", "text"),
    [
        (0, "number", "", "0"),
        (-0.0, "number", "", "0"),
        (1240.5, "number", "users", "1240.5 users"),
        (12500, "number", "", "12'500"),
        (-1234567.0, "number", "", "−1'234'567"),
        (0.1 + 0.2, "number", "", "0.3"),
        (0.000125, "number", "", "0.000125"),
        (62, "percent", "", "62 %"),
        (-12500, "currency", "€", "−12'500 €"),
        (1240.5, "currency", "€", "1240.50 €"),
        (0.004, "currency", "€", "0.004 €"),
        (1.5, "duration", "h", "1 h 30 min"),
        (90, "duration", "min", "1 h 30 min"),
        (90, "duration", "minutes", "1 h 30 min"),
        (6.2, "duration", "min", "6 min 12 s"),
        (0.35, "duration", "s", "0.35 s"),
        (59.999, "duration", "min", "60 min"),
        (2, "duration", "h", "2 h"),
        (2.5, "duration", "days", "2.5 days"),
        (2.5, "duration", "", "2.5"),
        (None, "number", "€", "–"),
        (float("nan"), "percent", "", "–"),
    ],
)
def test_values_as_text(value, kind, unit, text):
    assert plain(format_value(value, kind, unit)) == text


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_a_number_can_be_read_back(value):
    text = units.format_number(value)
    back = float(text.replace(units.GROUP, "").replace("−", "-"))
    assert back == pytest.approx(value, rel=1e-5, abs=1e-12)
    assert text != "−0"


def test_a_key_result_explains_its_share():
    told = measure.explain_progress(Goal("increase", 32, 50), readings(32, 41, 43.2), "percent")
    assert (plain(told.result), told.n) == ("62 %", 3)
    assert plain(told.worked) == "(43.2 − 32) ÷ (50 − 32) = 62 %"
    assert [(what, plain(how)) for what, how in told.rows[:2]] == [
        ("2026-10-15", "43.2 %"),
        ("2026-10-08", "41 %"),
    ]


@pytest.mark.parametrize(
    ("goal", "worked"),
    [
        (Goal("hold_above", None, 5), "2 ÷ 3 = 67 %"),
        (Goal("hold_below", None, 5), "1 ÷ 3 = 33 %"),
        (Goal("checklist", None, 8), "6 ÷ 8 = 75 %"),
        (Goal("milestone", None, None), "reached = 100 %"),
    ],
)
def test_each_measure_puts_its_numbers_in(goal, worked):
    assert plain(measure.explain_progress(goal, readings(4, 9, 6)).worked) == worked


def test_nothing_read_explains_itself_too():
    told = measure.explain_progress(Goal("increase", 0, 1), [])
    assert (told.result, told.n) == ("–", 0)
    assert "not zero" in told.text


def test_an_objective_says_how_many_key_results_are_known():
    told = measure.explain_summary([("Activation", 0.5, 2), ("Churn", None, 1), ("Revenue", 1.4, 1)])
    assert (plain(told.result), told.n, told.of) == ("67 %", 2, 3)
    assert plain(told.worked) == "(50 % × 2 + 100 % × 1) ÷ 3 = 67 %"
    assert told.rows[1] == ("Churn", "unknown, left out × 1")
    assert measure.explain_summary([("Churn", None, 1)]).result == "–"


@given(st.one_of(st.none(), st.floats(0, 3)), st.integers(-5, 100))
def test_the_explained_status_is_the_status(share, into):
    day = FIRST + timedelta(days=into)
    told = measure.explain_status(share, QUARTER, day)
    said = measure.status(share, QUARTER, day)
    assert told.result == ("–" if said is None else said.replace("_", " "))
    assert told.of == 92


def test_a_forecast_and_a_grade_show_their_working():
    found = measure.forecast(readings(10, 17, 24), FIRST + timedelta(days=24))
    assert found
    told = measure.explain_forecast(found)
    assert told.worked == "24 + 1 a day × 10 days = 34"
    assert told.n == 3
    graded = measure.explain_grade(0.64, "aspirational")
    assert (graded.result, plain(graded.worked)) == ("0.6", "64 % → 0.6")
    assert "0.7" in graded.formula
    assert measure.explain_grade(None, "committed").result == "–"
