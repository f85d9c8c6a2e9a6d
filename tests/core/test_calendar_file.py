"""The calendar file, read back by a parser that has nothing to do with the one that wrote it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import vobject

from app.core import calendar_file as calendars
from app.core import kinds, objectives, roadmap
from app.core.journal import file_entry
from app.core.model import Conversation, Item
from app.core.objectives import CheckInDraft, KeyResultDraft, ObjectiveDraft, PeriodDraft
from app.core.roadmap import StepDraft
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
Q4 = PeriodDraft("quarter", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026")


def events(store, **asked):
    with store.read() as session:
        made = calendars.calendar_file(session, today=TODAY, now=NOW, **asked)
    read = vobject.readOne(made.text.decode())
    found = {event.summary.value: event for event in read.contents.get("vevent", [])}
    assert made.events == len(found)
    return found


@pytest.fixture
def add(store):
    def make(title, **fields):
        with store.write() as session:
            return roadmap.add_step(session, StepDraft(title=title, **fields), now=NOW).id

    return make


def test_a_step_is_an_event_of_whole_days(store, add):
    add(
        "Workshop; pricing, for services\\",
        form="workshop",
        first=date(2026, 12, 30),
        last=date(2027, 1, 1),
        notes="Bring:\n- numbers\n- " + "a long line " * 20,
        place="Fürth",
        url="https://example.org/a?b=c",
        state="planned",
    )
    (event,) = events(store).values()
    assert event.summary.value == "Workshop; pricing, for services\\"
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 30), date(2027, 1, 2))
    assert event.description.value.startswith("Bring:\n- numbers\n- a long line a long")
    assert (event.location.value, event.url.value) == ("Fürth", "https://example.org/a?b=c")
    assert event.status.value == "TENTATIVE"


def test_deadlines_are_days_of_their_own_until_it_is_done(store, add):
    one = add("Conference", apply_by=date(2026, 12, 15))
    add("No days at all")
    assert {title: event.dtstart.value for title, event in events(store).items()} == {
        "Apply by today: Conference": date(2026, 12, 15)
    }
    with store.write() as session:
        roadmap.finish_step(session, one, roadmap.Finish(), today=TODAY, now=NOW)
    assert events(store) == {}


def test_what_is_private_or_dropped_stays_at_home(store, add):
    dropped = add("Dropped", first=TODAY)
    private = add("Private", first=TODAY)
    kept = add("Kept", first=TODAY, state="doing")
    with store.write() as session:
        roadmap.place_step(session, dropped, horizon=None, state="dropped", today=TODAY, now=NOW)
        session.get(Item, private).private = True
    assert list(events(store)) == ["Kept"]
    assert events(store)["Kept"].status.value == "CONFIRMED"
    assert events(store, step_ids=[dropped]) == {}
    assert list(events(store, step_ids=[kept])) == ["Kept"]


def test_the_rhythm_of_check_ins_ends_with_the_period(store):
    with store.write() as session:
        made = objectives.add_objective(session, ObjectiveDraft("Grow", period=Q4), now=NOW)
        draft = KeyResultDraft("Activation", "increase", 32.0, 50.0)
        result = objectives.add_key_result(session, made.id, draft, now=NOW)
        objectives.check_in(session, CheckInDraft(result.id, TODAY, 40.0), now=NOW, zone="UTC")
    event = events(store, parts=["check_ins"])["Check in: Activation"]
    days = [moment.date() for moment in event.getrruleset()]
    assert days == [TODAY + timedelta(days=7 * week) for week in range(1, 6)]
    assert events(store, parts=["steps"]) == {}


def test_people_are_met_again_after_their_cadence(store):
    with store.write() as session:
        talk = Conversation(day=date(2026, 11, 10), zone="UTC")
        file_entry(session, talk, text="Lunch", now=NOW)
        kinds.change_fields(session, talk.id, {"person": "Priya"}, rev=talk.rev, now=NOW)
        kinds.person_named(session, "Priya", now=NOW).cadence_days = 28
        kinds.person_named(session, "Nobody in particular", now=NOW)
    (event,) = events(store).values()
    assert event.summary.value == "Meet Priya"
    assert event.dtstart.value == date(2026, 12, 8)
    assert event.rrule.value == "FREQ=DAILY;INTERVAL=28"
