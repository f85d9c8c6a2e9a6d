"""One question a day, and none again before all others had their turn."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core import prompts
from app.core.prompts import Prompt, prompt_of

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def is_ordinary(day):
    return day.weekday() != 4 or (day + timedelta(days=7)).month == day.month


@given(DAYS)
def test_no_question_comes_again_before_the_others(day):
    pool = [each for each in prompts.shipped() if each.cadence in ("daily", "weekly")]
    span = [day + timedelta(days=ahead) for ahead in range(len(pool))]
    asked = [prompt_of(prompts.shipped(), each).text for each in span if is_ordinary(each)]
    assert len(asked) == len(set(asked))


@given(DAYS)
def test_months_quarters_and_years_end_with_their_own_question(day):
    asked = prompt_of(prompts.shipped(), day)
    assert (asked.cadence in ("daily", "weekly")) == is_ordinary(day)


def test_another_one_is_another():
    day = date(2026, 11, 23)
    texts = [prompt_of(prompts.shipped(), day, another=step).text for step in range(20)]
    assert len(set(texts)) == 20


def test_own_questions_say_their_cadence_or_are_for_any_day():
    assert prompts.own("What now?\n\nmonthly: Whom did I teach?\n12:30 is lunch?") == (
        Prompt("", "daily", "What now?"),
        Prompt("", "monthly", "Whom did I teach?"),
        Prompt("", "daily", "12:30 is lunch?"),
    )


def test_without_questions_there_is_none():
    assert prompt_of((), date(2026, 11, 23)) is None
