"""Steps that come again, after others, and as parts of others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from app.core import roadmap
from app.core.errors import FieldError
from app.core.repeating import NoRule, is_rule, next_day, shifted
from app.core.roadmap import Finish, StepDraft
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
RULES = (
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=YEARLY",
    "FREQ=WEEKLY;BYDAY=TU,TH",
)


def add(store, title, **fields):
    with store.write() as session:
        return roadmap.add_step(session, StepDraft(title=title, **fields), now=NOW).id


def change(store, step_id, **values):
    with store.write() as session:
        roadmap.change_step(session, step_id, values, today=TODAY, now=NOW)


def finish(store, step_id):
    with store.write() as session:
        return roadmap.finish_step(session, step_id, Finish("much"), today=TODAY, now=NOW)


def rows(store):
    with store.read() as session:
        return {row.id: row for row in roadmap.steps(session, today=TODAY)}


@given(st.sampled_from(RULES), st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 3000))
def test_the_next_day_is_the_first_that_the_rule_names_after(rule, first, days):
    after = first + timedelta(days=days)
    found = next_day(rule, first, after)
    named = (moment.date() for moment in rrulestr(f"DTSTART:{first:%Y%m%d}T000000\nRRULE:{rule}"))
    assert found == next(day for day in named if day > after)


def test_a_month_without_the_day_is_passed_over():
    assert next_day("FREQ=MONTHLY", date(2027, 1, 31), date(2027, 1, 31)) == date(2027, 3, 31)
    assert next_day("FREQ=YEARLY", date(2024, 2, 29), date(2024, 2, 29)) == date(2028, 2, 29)


def test_a_rule_may_end_and_what_is_none_is_refused():
    first = date(2026, 1, 5)
    assert next_day("FREQ=WEEKLY;COUNT=2", first, first) == date(2026, 1, 12)
    assert next_day("FREQ=WEEKLY;COUNT=2", first, date(2026, 1, 12)) is None
    assert next_day("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", first, first) is None
    for text in (
        "",
        "weekly",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;INTERVAL=x",
        "FREQ=WEEKLY\nEXDATE:1",
        "FREQ=" + "9" * 300,
    ):
        assert not is_rule(text, first)
        with pytest.raises(NoRule):
            next_day(text, first, first)


def test_days_are_shifted_whole_and_cut_where_the_calendar_ends():
    assert shifted(date(2026, 1, 1), date(2026, 1, 10), date(2027, 3, 1)) == (date(2027, 3, 1), date(2027, 3, 10))
    assert shifted(date(2026, 1, 1), None, TODAY) == (TODAY, None)
    assert shifted(date(2026, 1, 1), date(2026, 2, 1), date.max) == (date.max, date.max)


@pytest.mark.parametrize(
    ("counted", "expected"), [("plan", date(2026, 11, 19)), ("done", TODAY + timedelta(days=14))]
)
def test_a_finished_step_comes_again(store, counted, expected):
    step_id = add(
        store,
        "Mentoring",
        form="mentoring",
        state="doing",
        first=date(2026, 11, 5),
        last=date(2026, 11, 6),
        hours_planned=2.0,
        hours_spent=3.0,
        repeats="FREQ=WEEKLY;INTERVAL=2",
        repeats_from=counted,
    )
    again = finish(store, step_id)
    row = rows(store)[again]
    assert (row.title, row.state, row.first) == ("Mentoring", "planned", expected)
    assert row.last == expected + timedelta(days=1)
    with store.read() as session:
        draft, _ = roadmap.draft_of(session, again)
    assert (draft.hours_planned, draft.hours_spent, draft.repeats) == (2.0, None, "FREQ=WEEKLY;INTERVAL=2")
    assert finish(store, add(store, "Once", first=TODAY)) is None


def test_a_repeating_step_needs_a_day_and_a_rule():
    assert "repeats" in StepDraft("A", repeats="FREQ=WEEKLY").problems()
    assert "repeats" in StepDraft("A", first=TODAY, repeats="often").problems()
    assert StepDraft("A", first=TODAY, repeats="FREQ=WEEKLY").problems() == {}
    assert "repeats_from" in StepDraft("A", repeats_from="moon").problems()


def test_a_step_waits_until_what_comes_before_is_done(store):
    one, two = add(store, "Course"), add(store, "Exam")
    change(store, two, after=(one,))
    assert rows(store)[two].waits_for == ("Course",)
    finish(store, one)
    assert rows(store)[two].waits_for == ()


def test_a_step_never_comes_after_itself(store):
    one, two, three = add(store, "One"), add(store, "Two"), add(store, "Three")
    change(store, two, after=(one,))
    change(store, three, after=(two,))
    with pytest.raises(FieldError, match="after itself"):
        change(store, one, after=(three,))
    assert rows(store)[one].waits_for == ()


def test_parts_are_counted_on_their_whole(store):
    whole = add(store, "Memo")
    part = add(store, "Page one", parent_id=whole, last=None)
    add(store, "Page two", parent_id=whole)
    finish(store, part)
    assert (rows(store)[whole].parts, rows(store)[whole].parts_done) == (2, 1)
    with pytest.raises(FieldError, match="part of itself"):
        change(store, whole, parent_id=part)
