"""The demo is believable, the same each time, and leaves without a trace or a loss."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import demo, items, journal, objectives, skills
from app.core.demo import story
from app.core.model import CheckIn, Entry, Item, Objective
from app.core.objectives import CheckInDraft, ObjectiveDraft, PeriodDraft
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("UTC")


def test_a_year_of_about_250_notes_check_ins_and_ratings(demo_store):
    with demo_store.read() as session:
        kinds = Counter(entry.kind for entry in session.query(Entry))
        open_ones = objectives.objective_board(session, today=TODAY)
        board = skills.board(session, on=TODAY)
    assert 200 <= kinds["note"] <= 280
    assert kinds["check_in"] > 80
    assert kinds["rating"] > 60
    assert len(open_ones) >= 3
    assert all(skill.now.level is not None for skill in board.skills)
    assert {skill.now.is_claimed for skill in board.skills} == {True, False}


def test_the_same_seed_tells_the_same_story():
    told = story.script()
    assert story.entries(told, TODAY) == story.entries(told, TODAY)


def test_no_sentence_is_worn_out():
    counts = Counter(
        sentence
        for entry in story.entries(story.script(), TODAY)
        for sentence in entry.text.replace("?", ".").split(". ")
        if len(sentence) > 60
    )
    assert max(counts.values()) <= 12


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
@settings(max_examples=25, deadline=None)
def test_on_any_day_it_ends_yesterday_and_reads_within_its_quarters(today):
    told = story.script()
    entries = story.entries(told, today)
    assert entries[-1].day == today - timedelta(days=1)
    assert all(before.day <= after.day for before, after in pairwise(entries))
    for said in told["objectives"]:
        if said["quarter"] > 0:
            continue
        span = story.quarter(today, said["quarter"])
        for result in said["key_results"]:
            for reading in story.check_ins(told, result, span, today, 1):
                assert span.first <= reading.day <= min(span.last, today)
                assert 0 <= reading.confidence <= 10


def test_it_goes_without_a_trace(demo_store):
    with demo_store.write() as session:
        demo.remove_demo(session, now=NOW)
    with demo_store.read() as session:
        left = Counter(item.kind for item in session.query(Item))
        assert items.standing_batch(session, demo.SOURCE) is None
    assert set(left) == {"competency_model", "area", "skill", "role"}


def test_what_one_wrote_oneself_stays_and_what_one_edited_goes_to_the_trash(demo_store):
    with demo_store.write() as session:
        own = journal.add_entry(session, day=TODAY, now=NOW, zone="UTC", text="My own words").id
        edited = journal.entry_ids(session, kinds=["note"])[5]
        entry = journal.entry(session, edited)
        journal.edit_text(session, edited, "I changed this", rev=entry.rev, now=NOW)
    with demo_store.write() as session:
        demo.remove_demo(session, now=NOW)
    with demo_store.read() as session:
        assert journal.entry_ids(session) == [own]
        assert [row.id for row, _ in items.trashed_rows(session)] == [edited]


def test_a_check_in_of_ones_own_survives_with_its_objective_in_the_trash(demo_store):
    with demo_store.read() as session:
        row = objectives.objective_board(session, today=TODAY)[0]
    with demo_store.write() as session:
        draft = CheckInDraft(row.key_results[0].id, TODAY, 50, 8, "My own reading")
        own = objectives.check_in(session, draft, now=NOW, zone="UTC").id
    with demo_store.write() as session:
        demo.remove_demo(session, now=NOW)
    with demo_store.read() as session:
        assert session.get(CheckIn, own).text == "My own reading"
        assert session.get(Objective, row.id).deleted_at is not None


def test_an_objective_of_ones_own_in_a_quarter_of_the_demo_stays(demo_store):
    with demo_store.read() as session:
        row = objectives.objective_board(session, today=TODAY)[0]
        quarter = session.get(Objective, row.id).period
        draft = ObjectiveDraft("My own", period=PeriodDraft("quarter", quarter.first, quarter.last, quarter.title))
    with demo_store.write() as session:
        own = objectives.add_objective(session, draft, now=NOW).id
        below = objectives.add_objective(session, ObjectiveDraft("Serves it", parent_id=row.id), now=NOW).id
    with demo_store.write() as session:
        demo.remove_demo(session, now=NOW)
    with demo_store.read() as session:
        assert {item.id for item in session.query(Objective) if item.deleted_at is None} == {own, below}
        assert session.get(Objective, own).period.title == quarter.title
        assert session.get(Objective, row.id).deleted_at is not None


def test_what_one_edited_keeps_what_it_stands_on(demo_store):
    with demo_store.read() as session:
        row = objectives.objective_board(session, today=TODAY)[0]
        check_in = session.query(CheckIn).filter_by(key_result_id=row.key_results[0].id).first()
    with demo_store.write() as session:
        journal.edit_text(session, check_in.id, "My words on it", rev=check_in.rev, now=NOW)
    with demo_store.write() as session:
        demo.remove_demo(session, now=NOW)
    with demo_store.read() as session:
        assert session.get(CheckIn, check_in.id).text == "My words on it"
        assert session.get(Objective, row.id).period is not None


def test_it_can_be_brought_again(demo_store):
    with demo_store.write() as session:
        demo.remove_demo(session, now=NOW)
    demo.load_demo(demo_store, today=TODAY, now=NOW, zone=ZONE)
    with demo_store.read() as session:
        assert len(journal.entry_ids(session)) > 300
