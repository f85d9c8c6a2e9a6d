"""Setting objectives, measuring them, checking in: what is kept and what is refused."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from app.core import items, journal, objectives
from app.core.errors import FieldError, UserError
from app.core.model import CheckIn, Version
from app.core.objectives import CheckInDraft, ClosingDraft, KeyResultDraft, ObjectiveDraft, PauseDraft, PeriodDraft
from app.core.refusals import ChangedMeanwhile
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
Q4 = PeriodDraft("quarter", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026")
ACTIVATION = KeyResultDraft("Week-1 activation", "increase", 32.0, 50.0, "%", "percent")


def add_objective(store, title="Grow activation", **fields):
    with store.write() as session:
        draft = ObjectiveDraft(title, period=fields.pop("period", Q4), **fields)
        return objectives.add_objective(session, draft, now=NOW).id


def add_key_result(store, objective_id, draft=ACTIVATION):
    with store.write() as session:
        return objectives.add_key_result(session, objective_id, draft, now=NOW).id


def check_in(store, key_result_id, value, *, day=TODAY, confidence=None, note=""):
    with store.write() as session:
        draft = CheckInDraft(key_result_id, day, value, confidence, note)
        return objectives.check_in(session, draft, now=NOW, zone="UTC").id


def readings(store, key_result_id):
    with store.read() as session:
        return [
            (row.day, row.value, row.confidence, row.note) for row in objectives.check_ins(session, key_result_id)
        ]


def refused(call, *arguments, **named):
    with pytest.raises(FieldError) as caught:
        call(*arguments, **named)
    return caught.value.field


# ---------------------------------------------------------------- what is kept


def test_objectives_of_one_quarter_share_its_period(store):
    add_objective(store, "One")
    add_objective(store, "Two", period=replace(Q4, title="Fourth quarter"))
    add_objective(store, "Three", period=PeriodDraft("custom", Q4.first, Q4.last, "Sabbatical"))
    with store.read() as session:
        assert sorted(period.title for period in objectives.periods(session)) == ["Q4 2026", "Sabbatical"]


def test_an_objective_is_read_back_as_it_was_drafted(store):
    parent = add_objective(store, "Lead a product line", period=None)
    draft = ObjectiveDraft(
        "  Grow\nactivation ",
        "New teams see value\r\nin a week",
        "Growth squad",
        Q4,
        "aspirational",
        "draft",
        parent,
        2.0,
    )
    with store.write() as session:
        made = objectives.add_objective(session, draft, now=NOW).id
    with store.read() as session:
        read, rev = objectives.objective_draft(session, made)
    assert read == replace(draft, title="Grow activation", why="New teams see value\nin a week")
    assert rev == 1


def test_a_key_result_is_read_back_as_it_was_drafted(store):
    draft = KeyResultDraft(
        "Setup time",
        "decrease",
        11.0,
        5.0,
        "min",
        "duration",
        date(2026, 12, 15),
        2.0,
        14,
        "Support tickets",
        "How",
    )
    made = add_key_result(store, add_objective(store), draft)
    with store.read() as session:
        assert objectives.key_result_draft(session, made) == (draft, 1)


def test_the_why_that_was_is_a_version(store):
    made = add_objective(store, why="Because the board asked for it")
    with store.write() as session:
        draft, rev = objectives.objective_draft(session, made)
        objectives.edit_objective(session, made, replace(draft, why="So that"), rev=rev, now=NOW)
    with store.read() as session:
        assert [version.text for version in session.query(Version)] == ["Because the board asked for it"]


def test_a_late_edit_is_refused(store):
    made = add_objective(store)
    with store.write() as session:
        draft, rev = objectives.objective_draft(session, made)
        objectives.edit_objective(session, made, replace(draft, title="New"), rev=rev, now=NOW)
    with pytest.raises(ChangedMeanwhile), store.write() as session:
        objectives.edit_objective(session, made, replace(draft, title="Late"), rev=rev, now=NOW)


def test_key_results_keep_their_order(store):
    made = add_objective(store)
    first, second, third = (add_key_result(store, made, replace(ACTIVATION, title=name)) for name in "abc")
    with store.write() as session:
        objectives.order_key_results(session, made, [third, first])
    with store.read() as session:
        ordered = objectives.objective.living_objective(session, made).key_results
        assert [result.id for result in ordered] == [third, first, second]


def test_a_check_in_is_an_entry_of_its_day(store):
    result = add_key_result(store, add_objective(store))
    made = check_in(store, result, 41, day=date(2026, 11, 20), confidence=7, note="Invite step won #growth")
    with store.read() as session:
        (row,) = journal.entry_rows(session, journal.entry_ids(session, matching="invite"))
    assert (row.id, row.kind, row.day, row.tags) == (made, "check_in", date(2026, 11, 20), ("growth",))


def test_check_ins_stand_in_the_order_of_their_days(store):
    result = add_key_result(store, add_objective(store))
    check_in(store, result, 41, confidence=7)
    check_in(store, result, 35, day=date(2026, 10, 5))
    check_in(store, result, None, day=date(2026, 11, 1), confidence=4)
    assert [(day.day, value) for day, value, *_ in readings(store, result)] == [(5, 35.0), (1, None), (23, 41.0)]


def test_an_edited_check_in_moves_and_keeps_its_old_note(store):
    result = add_key_result(store, add_objective(store))
    made = check_in(store, result, 41, note="A long note about what moved the number")
    with store.write() as session:
        draft, rev = objectives.check_in_draft(session, made)
        new = replace(draft, value=42.0, day=date(2026, 11, 20), note="Short", confidence=3)
        objectives.edit_check_in(session, made, new, rev=rev, now=NOW, zone="UTC")
    assert readings(store, result) == [(date(2026, 11, 20), 42.0, 3, "Short")]
    with store.read() as session:
        kept = [version for version in session.query(Version) if version.extra]
    assert [version.text for version in kept] == ["A long note about what moved the number"]
    assert json.loads(kept[0].extra) == {"day": "2026-11-23", "value": 41.0, "confidence": None}


def test_trash_and_restore_bring_objective_and_key_results_back(store):
    made = add_objective(store)
    kept = add_key_result(store, made)
    gone = add_key_result(store, made)
    entry = check_in(store, kept, 41, note="Stays in the journal")
    with store.write() as session:
        objectives.trash_key_result(session, gone, now=NOW)
    with store.write() as session:
        trashed = objectives.trash_objective(session, made, now=NOW)
    assert trashed == [made, kept]
    with store.read() as session:
        assert journal.entry_ids(session) == [entry]
    with store.write() as session:
        items.restore(session, trashed)
    with store.read() as session:
        assert objectives.objective_draft(session, made)[0].title == "Grow activation"
        assert objectives.key_result_draft(session, kept)[0].title == "Week-1 activation"
        with pytest.raises(UserError, match="Trash"):
            objectives.key_result_draft(session, gone)


def test_closing_keeps_a_grade_and_reopening_takes_it_back(store):
    made = add_objective(store)
    with store.write() as session:
        objectives.close_objective(
            session, made, ClosingDraft(0.7, reason="Late"), today=TODAY, now=NOW, zone="UTC"
        )
    with store.read() as session:
        closed = objectives.objective.living_objective(session, made)
        assert (closed.state, closed.grade, closed.grade_reason, closed.closed_on) == (
            "closed",
            0.7,
            "Late",
            TODAY,
        )
    with store.write() as session:
        objectives.reopen_objective(session, made, now=NOW)
    with store.read() as session:
        again = objectives.objective.living_objective(session, made)
        assert (again.state, again.grade, again.closed_on) == ("active", None, None)


def test_every_kind_of_item_knows_where_it_is_shown(store):
    made = add_objective(store)
    result = add_key_result(store, made)
    entry = check_in(store, result, 41)
    with store.write() as session:
        note = journal.add_entry(session, day=TODAY, now=NOW, zone="UTC", text="x").id
    with store.read() as session:
        places = [objectives.place_of(session, item_id) for item_id in (made, result, entry, note)]
    assert places == [(made, None), (made, result), (made, result), None]


def move_target(store, result, target, *, day=TODAY):
    with store.write() as session:
        draft, rev = objectives.key_result_draft(session, result)
        moved = replace(draft, target=target)
        objectives.edit_key_result(session, result, moved, rev=rev, today=day, now=NOW)


def test_a_moved_target_leaves_a_goalpost(store):
    result = add_key_result(store, add_objective(store))
    move_target(store, result, 55.0, day=date(2026, 10, 2))
    check_in(store, result, 35.0, day=date(2026, 10, 5))
    move_target(store, result, 60.0, day=date(2026, 11, 1))
    move_target(store, result, 45.0, day=date(2026, 11, 20))
    move_target(store, result, 40.0, day=date(2026, 11, 20))
    move_target(store, result, 42.0)
    move_target(store, result, 40.0)
    with store.read() as session:
        posts = [(post.until, post.target) for post in objectives.goalposts(session, result)]
    assert posts == [(date(2026, 11, 1), 55.0), (date(2026, 11, 20), 60.0)]


def test_a_renamed_key_result_leaves_no_goalpost(store):
    result = add_key_result(store, add_objective(store))
    check_in(store, result, 35.0)
    with store.write() as session:
        draft = replace(ACTIVATION, title="Activation in week one", rhythm_days=14)
        objectives.edit_key_result(session, result, draft, rev=1, today=TODAY, now=NOW)
    with store.read() as session:
        assert objectives.goalposts(session, result) == []


def pause(store, made, first, last=None):
    with store.write() as session:
        return objectives.pause_objective(session, made, PauseDraft(first, last, "Leave"), now=NOW).id


def paused(store, made):
    with store.read() as session:
        state = objectives.objective.living_objective(session, made).state
        rows = objectives.pauses(session, [made]).get(made, [])
        return state, [(row.first.isoformat(), row.last and row.last.isoformat()) for row in rows]


def test_pausing_and_resuming_leave_the_days_between(store):
    made = add_objective(store)
    pause(store, made, date(2026, 11, 10))
    assert paused(store, made) == ("paused", [("2026-11-10", None)])
    with store.write() as session:
        objectives.resume_objective(session, made, today=TODAY, now=NOW)
    assert paused(store, made) == ("active", [("2026-11-10", "2026-11-22")])
    pause(store, made, TODAY)
    with store.write() as session:
        objectives.resume_objective(session, made, today=TODAY, now=NOW)
    assert paused(store, made) == ("active", [("2026-11-10", "2026-11-22")])
    with pytest.raises(UserError, match="not paused"), store.write() as session:
        objectives.resume_objective(session, made, today=TODAY, now=NOW)


def test_pauses_do_not_overlap(store):
    made = add_objective(store)
    first = pause(store, made, date(2026, 10, 10), date(2026, 10, 20))
    for days in [(20, 25), (5, 10), (12, 13), (1, 30)]:
        assert refused(pause, store, made, *(date(2026, 10, day) for day in days)) == "first"
    assert refused(pause, store, made, date(2026, 10, 1)) == "first"
    assert refused(pause, store, made, date(2026, 12, 2), date(2026, 12, 1)) == "last"
    running = pause(store, made, date(2026, 10, 21))
    assert refused(pause, store, made, date(2026, 12, 1), date(2026, 12, 2)) == "first"
    with store.write() as session:
        objectives.forget_pause(session, running, now=NOW)
        objectives.forget_pause(session, first, now=NOW)
    assert paused(store, made) == ("active", [])


def test_a_paused_objective_closes_and_reopens_paused(store):
    made = add_objective(store)
    pause(store, made, TODAY)
    with store.write() as session:
        objectives.drop_objective(session, made, reason="No budget", today=TODAY, now=NOW)
    assert paused(store, made)[0] == "dropped"
    with store.write() as session:
        objectives.reopen_objective(session, made, now=NOW)
    assert paused(store, made)[0] == "paused"


def test_a_status_of_ones_own_needs_a_reason(store):
    made = add_objective(store)
    with store.write() as session:
        say = partial(objectives.set_status, session, made, today=TODAY, now=NOW)
        assert refused(say, "at_risk", reason=" ") == "reason"
        assert refused(say, "doomed", reason="x") == "status"
        say("at_risk", reason="Ana is leaving")
    with store.read() as session:
        found = objectives.objective.living_objective(session, made)
        assert (found.status, found.status_reason, found.status_on) == ("at_risk", "Ana is leaving", TODAY)
    with store.write() as session:
        objectives.set_status(session, made, None, today=TODAY, now=NOW)
    with store.read() as session:
        found = objectives.objective.living_objective(session, made)
        assert (found.status, found.status_reason, found.status_on) == (None, "", None)


def test_a_purpose_keeps_its_wordings_with_their_days(store):
    earlier = date(2026, 3, 1)
    for text, day in [("To help teams decide", earlier), ("To help teams decide well", TODAY), ("Better", TODAY)]:
        with store.write() as session:
            objectives.say_purpose(session, text, today=day, now=NOW)
    with store.read() as session:
        rows = objectives.purposes(session)
    assert [(row.text, row.since) for row in rows] == [("Better", TODAY), ("To help teams decide", earlier)]


def test_a_purpose_is_asked_about_after_ninety_days(store):
    with store.write() as session:
        said = objectives.say_purpose(session, "To help teams decide", today=TODAY, now=NOW).id
        assert refused(objectives.say_purpose, session, " \n", today=TODAY, now=NOW) == "text"
    later = TODAY + timedelta(days=90)
    with store.write() as session:
        (row,) = objectives.purposes(session)
        assert not objectives.is_worth_asking(row, later - timedelta(days=1))
        assert objectives.is_worth_asking(row, later)
        objectives.confirm_purpose(session, said, today=later)
    with store.read() as session:
        (row,) = objectives.purposes(session)
    assert row.since == TODAY
    assert not objectives.is_worth_asking(row, later + timedelta(days=1))


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e308, -1e308, None])
@pytest.mark.parametrize("field", ["baseline", "target"])
def test_numbers_that_measure_nothing_are_refused(store, field, value):
    made = add_objective(store)
    draft = replace(ACTIVATION, **{field: value})
    assert draft.problems().keys() == {field}
    assert refused(add_key_result, store, made, draft) == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  \n"}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"target": 32.0}, "target"),
        ({"target": 20.0}, "target"),
        ({"measure": "decrease"}, "target"),
        ({"measure": "decrease", "target": -5.0}, "target"),
        ({"unit_kind": "duration", "baseline": -1.0}, "baseline"),
        ({"measure": "hold_above", "target": None}, "target"),
        ({"measure": "hold_below", "target": math.nan}, "target"),
        ({"measure": "hold_below", "baseline": math.inf}, "baseline"),
        ({"measure": "checklist", "target": 2.5}, "target"),
        ({"measure": "checklist", "target": 0.0}, "target"),
        ({"measure": "checklist", "target": math.inf}, "target"),
        ({"measure": "checklist", "target": -3.0}, "target"),
        ({"measure": "guess"}, "measure"),
        ({"unit_kind": "stones"}, "unit_kind"),
        ({"due": date(2026, 9, 30)}, "due"),
        ({"rhythm_days": -1}, "rhythm_days"),
        ({"weight": 0.0}, "weight"),
        ({"weight": math.nan}, "weight"),
    ],
)
def test_unsound_key_results_are_refused(store, changes, field):
    made = add_objective(store)
    assert refused(add_key_result, store, made, replace(ACTIVATION, **changes)) == field
    sound = add_key_result(store, made)
    with store.write() as session:
        draft = replace(ACTIVATION, **changes)
        assert refused(objectives.edit_key_result, session, sound, draft, rev=1, today=TODAY, now=NOW) == field


@pytest.mark.parametrize(
    "changes",
    [
        {"baseline": -10.0, "target": -4.0},
        {"unit_kind": "currency", "baseline": 5.0, "target": -5.0, "measure": "decrease"},
        {"measure": "milestone", "baseline": None, "target": None},
        {"measure": "checklist", "baseline": None, "target": 7.0},
        {"measure": "hold_above", "baseline": None},
        {"due": Q4.first},
        {"rhythm_days": 0},
    ],
)
def test_unusual_but_sound_key_results_are_kept(store, changes):
    assert add_key_result(store, add_objective(store), replace(ACTIVATION, **changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"commitment": "maybe"}, "commitment"),
        ({"state": "closed"}, "state"),
        ({"state": "paused"}, "state"),
        ({"weight": -1.0}, "weight"),
        ({"weight": math.inf}, "weight"),
        ({"period": PeriodDraft("custom", date(2026, 3, 2), date(2026, 3, 1), "Backwards")}, "period"),
        ({"period": PeriodDraft("custom", date(2026, 3, 1), date(2026, 3, 2), " ")}, "period"),
        ({"period": PeriodDraft("week", date(2026, 3, 1), date(2026, 3, 2), "W9")}, "period"),
        ({"parent_id": 999}, "parent_id"),
    ],
)
def test_unsound_objectives_are_refused(store, changes, field):
    with store.write() as session:
        draft = replace(ObjectiveDraft("Sound"), **changes)
        assert refused(objectives.add_objective, session, draft, now=NOW) == field


def test_parents_never_form_a_ring(store):
    career = add_objective(store, "Career", period=None)
    year = add_objective(store, "Year", parent_id=career)
    quarter = add_objective(store, "Quarter", parent_id=year)
    for above in (career, year, quarter):
        with store.write() as session:
            draft, rev = objectives.objective_draft(session, career)
            draft = replace(draft, parent_id=above)
            assert refused(objectives.edit_objective, session, career, draft, rev=rev, now=NOW) == "parent_id"
    with store.read() as session:
        assert [title for _, title in objectives.possible_parents(session, year)] == ["Career"]
        assert len(objectives.possible_parents(session)) == 3


@pytest.mark.parametrize(
    ("measure", "value", "confidence", "day", "field"),
    [
        ("increase", None, None, TODAY, "value"),
        ("increase", math.nan, None, TODAY, "value"),
        ("increase", math.inf, 5, TODAY, "value"),
        ("increase", 1e308, 5, TODAY, "value"),
        ("increase", 41.0, 11, TODAY, "confidence"),
        ("increase", 41.0, -1, TODAY, "confidence"),
        ("increase", 41.0, 5, TODAY + timedelta(days=1), "day"),
        ("milestone", 0.5, None, TODAY, "value"),
        ("checklist", 8.0, None, TODAY, "value"),
        ("checklist", 1.5, None, TODAY, "value"),
        ("checklist", -1.0, None, TODAY, "value"),
    ],
)
def test_unsound_check_ins_are_refused(store, measure, value, confidence, day, field):
    target = {"milestone": None, "checklist": 7.0}.get(measure, 50.0)
    result = add_key_result(store, add_objective(store), replace(ACTIVATION, measure=measure, target=target))
    assert refused(check_in, store, result, value, day=day, confidence=confidence) == field
    assert readings(store, result) == []


def test_negative_durations_are_refused(store):
    draft = KeyResultDraft("Setup", "decrease", 11.0, 5.0, "min", "duration")
    result = add_key_result(store, add_objective(store), draft)
    assert refused(check_in, store, result, -1.0) == "value"


def test_today_is_the_journals_day_not_the_computers(store):
    from app.core.settings import change_settings

    result = add_key_result(store, add_objective(store))
    with store.write() as session:
        change_settings(session, day_start=10)
    assert refused(check_in, store, result, 41.0) == "day"


def test_a_closed_objective_takes_nothing_new(store):
    made = add_objective(store)
    result = add_key_result(store, made)
    entry = check_in(store, result, 41)
    with store.write() as session:
        objectives.close_objective(session, made, ClosingDraft(0.5), today=TODAY, now=NOW, zone="UTC")
    with store.read() as session:
        written, rev = objectives.check_in_draft(session, entry)
    calls = [
        lambda session: objectives.check_in(session, CheckInDraft(result, TODAY, 42.0), now=NOW, zone="UTC"),
        lambda session: objectives.edit_check_in(session, entry, written, rev=rev, now=NOW, zone="UTC"),
        lambda session: objectives.add_key_result(session, made, ACTIVATION, now=NOW),
        lambda session: objectives.edit_key_result(session, result, ACTIVATION, rev=1, today=TODAY, now=NOW),
        lambda session: objectives.edit_objective(session, made, ObjectiveDraft("x"), rev=2, now=NOW),
        lambda session: objectives.move_to_period(session, made, None, now=NOW),
        lambda session: objectives.close_objective(
            session, made, ClosingDraft(1.0), today=TODAY, now=NOW, zone="UTC"
        ),
    ]
    for call in calls:
        with pytest.raises(UserError, match="closed"), store.write() as session:
            call(session)
    assert readings(store, result) == [(TODAY, 41.0, None, "")]


@pytest.mark.parametrize("grade", [-0.1, 1.1, math.nan])
def test_grades_outside_the_scale_are_refused(store, grade):
    made = add_objective(store)
    with store.write() as session:
        assert (
            refused(
                objectives.close_objective, session, made, ClosingDraft(grade), today=TODAY, now=NOW, zone="UTC"
            )
            == "grade"
        )


def test_a_trashed_key_result_takes_no_check_in(store):
    result = add_key_result(store, add_objective(store))
    with store.write() as session:
        objectives.trash_key_result(session, result, now=NOW)
    with pytest.raises(UserError, match="Trash"):
        check_in(store, result, 41.0)
    with store.read() as session:
        assert session.query(CheckIn).count() == 0
