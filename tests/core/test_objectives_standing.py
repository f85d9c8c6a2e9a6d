"""How objectives stand: lists, details, what is due; in a number of statements that rows do not change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from app.core import items, journal, objectives
from app.core.days import Calendar
from app.core.model import CheckIn
from app.core.objectives import ClosingDraft, KeyResultDraft, PauseDraft, PeriodDraft
from app.core.objectives.periods import calendar_periods
from app.core.objectives.standing import next_check_in
from tests.conftest import NOW
from tests.core.test_objectives import ACTIVATION, Q4, TODAY, add_key_result, add_objective, check_in, move_target

Q1 = PeriodDraft("quarter", date(2027, 1, 1), date(2027, 3, 31), "Q1 2027")
SPEED = KeyResultDraft("Setup time", "decrease", 11.0, 5.0, "min", "duration")
UPTIME = KeyResultDraft("Uptime", "hold_above", None, 99.0, "%", "percent")
SIGNED = KeyResultDraft("Partner signed", "milestone")
LIST = KeyResultDraft("Interviews", "checklist", None, 4.0)


def board(store, **options):
    with store.read() as session:
        return objectives.objective_board(session, today=options.pop("today", TODAY), **options)


def row_of(store, objective_id, today=TODAY):
    with store.read() as session:
        return objectives.objective_rows(session, [objective_id], today)[0]


def detail_of(store, objective_id):
    with store.read() as session:
        return objectives.objective_detail(session, objective_id, TODAY)


def measured(store, draft, *values, period=Q4):
    """A fresh objective with one key result that said `values` on the last days."""
    made = add_objective(store, period=period)
    result = add_key_result(store, made, draft)
    for days, value in enumerate(reversed(values)):
        check_in(store, result, value, day=TODAY - timedelta(days=days))
    return row_of(store, made).key_results[0]


# ---------------------------------------------------------------- one key result


@pytest.mark.parametrize(
    ("draft", "values", "progress", "status"),
    [
        (ACTIVATION, (), None, None),
        (ACTIVATION, (35.0, 41.0), 0.5, "at_risk"),
        (ACTIVATION, (43.0,), 11 / 18, "on_track"),
        (ACTIVATION, (33.0,), 1 / 18, "behind"),
        (ACTIVATION, (20.0,), 0.0, "behind"),
        (ACTIVATION, (59.0,), 1.5, "done"),
        (SPEED, (6.2,), 0.8, "on_track"),
        (UPTIME, (99.5, 99.0), 1.0, "on_track"),
        (UPTIME, (99.5, 98.0, 99.0, 99.1), 0.75, "at_risk"),
        (UPTIME, (90.0, 98.0, 99.0), 1 / 3, "behind"),
        (SIGNED, (0.0,), 0.0, None),
        (SIGNED, (0.0, 1.0), 1.0, "done"),
        (LIST, (1.0,), 0.25, "behind"),
    ],
)
def test_a_key_result_stands_where_it_last_said(store, draft, values, progress, status):
    row = measured(store, draft, *values)
    assert row.progress == pytest.approx(progress)
    assert row.status == status


def test_a_milestone_is_behind_once_its_day_has_passed(store):
    assert measured(store, replace(SIGNED, due=date(2026, 11, 20)), 0.0).status == "behind"


def test_of_one_day_the_last_word_counts(store):
    made = add_objective(store)
    result = add_key_result(store, made)
    check_in(store, result, 50.0)
    check_in(store, result, 41.0)
    check_in(store, result, None, confidence=4)
    said = row_of(store, made).key_results[0].said
    assert (said.value, said.confidence, said.day) == (41.0, 4, TODAY)


def test_the_newest_follows_moves_and_the_trash(store):
    made = add_objective(store)
    result = add_key_result(store, made)
    first = check_in(store, result, 35.0, day=date(2026, 11, 1))
    second = check_in(store, result, 41.0, day=date(2026, 11, 2))
    with store.write() as session:
        journal.move_to_day(session, second, date(2026, 10, 2), now=NOW)
    assert row_of(store, made).key_results[0].said.value == 35.0
    with store.write() as session:
        items.trash(session, [first], now=NOW)
    assert row_of(store, made).key_results[0].said.value == 41.0
    with store.read() as session:
        assert all(row.at_moment == row.moment for row in session.query(CheckIn))


# ---------------------------------------------------------------- one objective


def test_an_objective_shows_its_mean_and_its_weakest(store):
    made = add_objective(store)
    for draft, value, confidence in (
        (replace(ACTIVATION, weight=3.0), 59.0, 8),
        (SPEED, 8.0, 5),
        (replace(ACTIVATION, title="Unknown"), None, None),
    ):
        result = add_key_result(store, made, draft)
        if value is not None:
            check_in(store, result, value, confidence=confidence)
    row = row_of(store, made)
    assert row.progress == pytest.approx((3 * 1.0 + 0.5) / 4)
    assert (row.known, row.weakest.title, row.confidence) == (2, "Setup time", 6.5)
    assert (row.days_left, row.status) == (38, "on_track")
    assert row.expected == pytest.approx(54 / 92)


def test_a_pause_takes_its_days_out_of_the_pace(store):
    made = add_objective(store)
    check_in(store, add_key_result(store, made), 39.0)
    assert row_of(store, made).status == "at_risk"
    with store.write() as session:
        objectives.pause_objective(session, made, PauseDraft(date(2026, 10, 5), date(2026, 11, 13)), now=NOW)
    row = row_of(store, made)
    assert row.status == "on_track"
    assert row.expected == pytest.approx(14 / 52)


def test_the_users_own_status_wins_with_its_reason(store):
    made = add_objective(store)
    check_in(store, add_key_result(store, made), 50.0)
    with store.write() as session:
        objectives.set_status(session, made, "at_risk", reason="Churn", today=TODAY, now=NOW)
    row = row_of(store, made)
    assert (row.status, row.own_reason) == ("at_risk", "Churn")


@pytest.mark.parametrize("state", ["draft", "closed", "dropped"])
def test_what_is_not_pursued_is_not_judged(store, state):
    made = add_objective(store, state="draft" if state == "draft" else "active")
    check_in(store, add_key_result(store, made), 33.0)
    with store.write() as session:
        if state == "closed":
            objectives.close_objective(session, made, ClosingDraft(0.1), today=TODAY, now=NOW, zone="UTC")
        if state == "dropped":
            objectives.drop_objective(session, made, today=TODAY, now=NOW)
    row = row_of(store, made)
    assert (row.status, row.key_results[0].status, row.due) == (None, None, 0)
    assert row.progress == pytest.approx(1 / 18)


def test_the_backlog_has_no_pace(store):
    made = add_objective(store, period=None)
    check_in(store, add_key_result(store, made), 41.0)
    row = row_of(store, made)
    assert (row.status, row.expected, row.days_left, row.progress) == (None, None, None, 0.5)


# ---------------------------------------------------------------- due


def due_titles(store, today):
    with store.read() as session:
        return [each.key_result.title for each in objectives.due_check_ins(session, today)]


def test_check_ins_fall_due_by_their_rhythm(store):
    made = add_objective(store, period=replace(Q4, last=date(2027, 3, 31)))
    weekly = add_key_result(store, made)
    add_key_result(store, made, replace(SPEED, rhythm_days=14))
    add_key_result(store, made, replace(LIST, rhythm_days=0))
    reached = add_key_result(store, made, SIGNED)
    check_in(store, reached, 1.0)
    check_in(store, weekly, 40.0, day=TODAY - timedelta(days=1))
    assert due_titles(store, TODAY) == []
    assert due_titles(store, TODAY + timedelta(days=6)) == ["Week-1 activation"]
    assert due_titles(store, TODAY + timedelta(days=14)) == ["Week-1 activation", "Setup time"]


@pytest.mark.parametrize("state", ["draft", "paused", "closed", "trashed"])
def test_only_active_objectives_ask_for_check_ins(store, state):
    made = add_objective(store, state="draft" if state == "draft" else "active")
    add_key_result(store, made)
    with store.write() as session:
        if state == "paused":
            objectives.pause_objective(session, made, PauseDraft(TODAY), now=NOW)
        if state == "closed":
            objectives.close_objective(session, made, ClosingDraft(1.0), today=TODAY, now=NOW, zone="UTC")
        if state == "trashed":
            objectives.trash_objective(session, made, now=NOW)
    assert due_titles(store, TODAY + timedelta(days=30)) == []


@pytest.mark.parametrize(
    ("rhythm", "last", "ends", "due"),
    [
        (7, None, None, 8),
        (7, 10, None, 17),
        (0, 10, None, None),
        (7, 28, 30, 30),
        (7, 30, 30, None),
        (7, None, 5, 5),
    ],
)
def test_the_next_check_in_is_not_after_the_end(rhythm, last, ends, due):
    def day(number):
        return None if number is None else date(2026, 11, number)

    assert next_check_in(rhythm, day(last), day(1), day(ends)) == day(due)


@given(st.integers(1, 400), st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_the_next_check_in_is_after_the_last_and_never_beyond_the_calendar(rhythm, begun, last, ends):
    due = next_check_in(rhythm, last, begun, ends)
    assert due is None or due > (last or begun) or due in (ends, last or begun, date.max)


# ---------------------------------------------------------------- lists


def test_lists_hold_what_they_say(store):
    now = add_objective(store, "Now")
    add_objective(store, "Next", period=Q1)
    add_objective(store, "Someday", period=None)
    over = add_objective(store, "Over")
    with store.write() as session:
        objectives.close_objective(session, over, ClosingDraft(1.0), today=TODAY, now=NOW, zone="UTC")
    quarter = row_of(store, now).period.id
    lists = {
        scope: [row.title for row in board(store, scope=scope)]
        for scope in ("open", "backlog", "closed", "all", quarter)
    }
    assert lists == {
        "open": ["Next", "Now", "Someday"],
        "backlog": ["Someday"],
        "closed": ["Over"],
        "all": ["Next", "Now", "Over", "Someday"],
        quarter: ["Now", "Over"],
    }
    with store.read() as session:
        counts = objectives.objective_counts(session)
    assert (counts.open, counts.closed, counts.by_period[quarter], counts.by_period[None]) == (3, 1, 2, 1)
    assert [group.period and group.period.title for group in objectives.groups(board(store))] == [
        "Q1 2027",
        "Q4 2026",
        None,
    ]


def test_search_reads_titles_areas_and_key_results(store):
    made = add_objective(store, "Grow", area="Growth squad")
    add_key_result(store, made)
    add_objective(store, "Shrink churn")
    assert [row.title for row in board(store, matching="ACTIVATION squad")] == ["Grow"]
    assert [row.title for row in board(store, matching="gr")] == ["Grow"]
    assert board(store, matching="zebra") == []


def test_children_stand_below_their_parents(store):
    year = add_objective(store, "Year", period=PeriodDraft("year", date(2026, 1, 1), date(2026, 12, 31), "2026"))
    add_objective(store, "Alone")
    child = add_objective(store, "Child", parent_id=year)
    add_objective(store, "Grandchild", parent_id=child)
    add_objective(store, "Second child", parent_id=year)
    shown = [(row.title, row.depth) for row in board(store)]
    assert shown == [("Alone", 0), ("Year", 0), ("Child", 1), ("Grandchild", 2), ("Second child", 1)]
    quarter = [(row.title, row.depth) for row in board(store, scope=row_of(store, child).period.id)]
    assert quarter == [("Alone", 0), ("Child", 0), ("Grandchild", 1), ("Second child", 0)]


def statements(store, call):
    heard = []
    with store.read() as session:
        engine = session.get_bind()

        def listen(_connection, _cursor, statement, *_):
            if not statement.startswith("BEGIN"):
                heard.append(statement)

        event.listen(engine, "before_cursor_execute", listen)
        call(session)
        event.remove(engine, "before_cursor_execute", listen)
    return len(heard)


def test_the_number_of_statements_does_not_grow_with_rows(store):
    made = add_objective(store)
    calls = {
        "board": lambda session: objectives.objective_board(session, today=TODAY),
        "due": lambda session: objectives.due_check_ins(session, TODAY),
        "detail": lambda session: objectives.objective_detail(session, made, TODAY),
    }

    def fill(count):
        for _ in range(count):
            other = add_objective(store)
            for target in (other, made):
                for draft in (ACTIVATION, UPTIME):
                    result = add_key_result(store, target, draft)
                    check_in(store, result, 41.0)
                    check_in(store, result, 42.0)

    fill(1)
    before = {name: statements(store, call) for name, call in calls.items()}
    fill(4)
    assert {name: statements(store, call) for name, call in calls.items()} == before
    assert before == {"board": 6, "due": 6, "detail": 9}


# ---------------------------------------------------------------- the page of one


def test_a_detail_holds_all_that_its_page_shows(store):
    parent = add_objective(store, "Lead a product line", period=None)
    made = add_objective(store, why="Teams decide sooner", parent_id=parent)
    result = add_key_result(store, made)
    check_in(store, result, 35.0, day=date(2026, 10, 5), note="Invite step")
    check_in(store, result, None, confidence=4)
    move_target(store, result, 60.0)
    with store.write() as session:
        old = journal.add_entry(session, day=date(2026, 10, 1), now=NOW, zone="UTC", text="Old proof").id
        new = journal.add_entry(session, day=date(2026, 11, 1), now=NOW, zone="UTC", text="New proof").id
        items.link(session, old, made, "serves", now=NOW)
        items.link(session, result, new, "mentions", now=NOW)
        items.link(session, new, made, "proves", now=NOW)
    detail = detail_of(store, made)
    assert (detail.why, detail.parent) == ("Teams decide sooner", (parent, "Lead a product line"))
    assert detail.readings_of(result) == [(date(2026, 10, 5), 35.0)]
    assert [row.note for row in detail.check_ins_of(result)] == ["Invite step", ""]
    assert [(post.until, post.target) for post in detail.goalposts] == [(TODAY, 50.0)]
    assert [row.title for row in detail.evidence] == ["New proof", "Old proof"]
    assert detail.evidence_day == date(2026, 11, 1)
    with store.write() as session:
        objectives.trash_objective(session, made, now=NOW)
    assert detail_of(store, made) is None


def test_a_detail_knows_its_lineage(store):
    made = add_objective(store)
    with store.write() as session:
        objectives.close_objective(
            session, made, ClosingDraft(0.5, reason="Late"), today=TODAY, now=NOW, zone="UTC"
        )
        new = objectives.carry_forward(session, made, Q1, now=NOW).id
    assert (detail_of(store, made).carried_to, detail_of(store, made).grade_reason) == (new, "Late")
    assert detail_of(store, new).carried_from == made


# ---------------------------------------------------------------- the calendar's periods


def test_the_calendar_offers_this_and_the_next():
    offered = {
        period.title: (period.span, period.first, period.last) for period in calendar_periods(TODAY, Calendar())
    }
    assert list(offered) == ["Q4 2026", "Q1 2027", "H2 2026", "H1 2027", "2026", "2027", "Q3 2026"]
    assert offered["H2 2026"] == ("half", date(2026, 7, 1), date(2026, 12, 31))


@given(st.dates(), st.integers(1, 12))
def test_every_period_of_the_calendar_may_be_kept(today, start):
    assert all(period.problems() == {} for period in calendar_periods(today, Calendar(fiscal_start_month=start)))
