"""The competency model, ratings and what evidence makes of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from app.core import items, journal, skills
from app.core.errors import FieldError
from app.core.first import first_page
from app.core.model import Rating
from app.core.skillmath import gaps, standing
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
D = [TODAY - timedelta(days=30 * n) for n in range(12, -1, -1)]


@pytest.fixture
def planted(store):
    with store.write() as session:
        skills.plant_model(session, now=NOW)
    return store


def board(store, **more):
    with store.read() as session:
        return skills.board(session, on=more.pop("on", TODAY), **more)


def rate(store, skill, level, day=TODAY, **more):
    with store.write() as session:
        draft = skills.RatingDraft(skill.id, level, day, **more)
        return skills.rate(session, draft, today=TODAY, now=NOW, zone="UTC").id


def note(store, text, day):
    with store.write() as session:
        return journal.add_entry(session, day=day, now=NOW, zone="UTC", text=text).id


def test_the_shipped_model_has_seven_areas_and_27_skills_with_five_anchors(planted):
    found = board(planted)
    assert len(found.areas) == 7
    assert len(found.skills) == 27
    assert all(len(skill.anchors) == 5 for skill in found.skills)
    with planted.read() as session:
        assert len(skills.roles(session)) == 5


def test_planting_again_changes_nothing_that_was_edited(planted):
    first = board(planted).skills[0]
    with planted.write() as session:
        draft, rev = skills.skill_draft(session, first.id)
        edited = skills.SkillDraft("My own words", draft.area_id, ("a", "b", "c", "d", "e"))
        skills.edit_skill(session, first.id, edited, rev=rev, now=NOW)
    with planted.write() as session:
        skills.plant_model(session, now=NOW)
    found = board(planted)
    assert len(found.skills) == 27
    assert (found.skills[0].title, found.skills[0].anchors) == ("My own words", ("a", "b", "c", "d", "e"))


def test_a_rating_is_an_entry_of_its_day(planted):
    skill = board(planted).skills[0]
    rating = rate(planted, skill, 2.5, day=D[3], note="Because of the pricing memo")
    with planted.read() as session:
        (row,) = journal.entry_rows(session, journal.entry_ids(session))
        (history,) = skills.ratings_of(session, skill.id)
    assert (row.id, row.kind, row.day, row.title) == (rating, "rating", D[3], f"{skill.title}: 2.5")
    assert history.note == "Because of the pricing memo"


@pytest.mark.parametrize(
    ("level", "day", "source", "field"),
    [(None, TODAY, "self", "level"), (5.5, TODAY, "self", "level"), (2.25, TODAY, "self", "level"),
     (2, TODAY + timedelta(1), "self", "day"), (2, TODAY, "cat", "source")],
)  # fmt: skip
def test_an_impossible_rating_is_refused_at_its_field(planted, level, day, source, field):
    skill = board(planted).skills[0]
    with pytest.raises(FieldError) as refused:
        rate(planted, skill, level, day=day, source=source)
    assert refused.value.field == field


def test_two_dated_pieces_of_evidence_prove_a_level(planted):
    skill = board(planted).skills[0]
    one, two = note(planted, "Memo", D[5]), note(planted, "Review", D[6])
    rate(planted, skill, 3, evidence=(one,))
    assert board(planted).skills[0].now.is_claimed
    with planted.write() as session:
        items.link(session, two, skill.id, "proves", now=NOW)
    now = board(planted).skills[0].now
    assert (now.level, now.proven, now.is_claimed) == (3, 3, False)


def test_trashed_evidence_proves_nothing(planted):
    skill = board(planted).skills[0]
    pieces = (note(planted, "Memo", D[5]), note(planted, "Review", D[6]))
    rate(planted, skill, 3, evidence=pieces)
    with planted.write() as session:
        items.trash(session, [pieces[0]], now=NOW)
    assert board(planted).skills[0].now.is_claimed


def test_a_past_day_is_shown_as_it_was(planted):
    skill = board(planted).skills[0]
    rate(planted, skill, 2, day=D[2])
    rate(planted, skill, 4, day=D[10])
    found = board(planted, past=D[5]).skills[0]
    assert (found.past.level, found.now.level) == (2, 4)


def test_others_ratings_stand_beside_ones_own(planted):
    skill = board(planted).skills[0]
    rate(planted, skill, 3)
    rate(planted, skill, 2.5, source="manager")
    found = board(planted).skills[0]
    assert (found.now.level, found.others) == (3, {"manager": (TODAY, 2.5)})


def test_the_target_role_gives_gaps_weightiest_first(planted):
    found = board(planted)
    for skill in found.skills:
        rate(planted, skill, 3 if skill.title.startswith("P") else 2)
    with planted.write() as session:
        skills.set_target_role(session, skills.roles(session)[3].id)
    found = board(planted)
    assert found.role.title == "Principal / lead PM"
    assert found.gaps[0][1] == 2
    assert all(skill.expected == 4 for skill in found.skills)


def test_the_number_of_statements_does_not_grow(planted):
    def statements():
        seen = []
        listener = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(planted._reading_engine, "before_cursor_execute", listener)
        board(planted)
        event.remove(planted._reading_engine, "before_cursor_execute", listener)
        return len(seen)

    before = statements()
    for skill in board(planted).skills:
        rate(planted, skill, 2, evidence=(note(planted, "x", D[1]),))
    assert statements() == before


def test_archived_skills_leave_the_board(planted):
    skill = board(planted).skills[0]
    with planted.write() as session:
        skills.archive_skill(session, skill.id, archived=True, now=NOW)
    assert skill.id not in {row.id for row in board(planted).skills}


def test_candidates_speak_of_the_skill_since_it_was_rated(planted):
    skill = next(row for row in board(planted).skills if "vision" in row.title.lower())
    note(planted, "Old talk of vision", D[1])
    rate(planted, skill, 2, day=D[4])
    fresh = note(planted, "New vision for the quarter", D[8])
    note(planted, "Lunch", D[9])
    with planted.read() as session:
        assert [row.id for row in skills.candidate_evidence(session, skill.id, today=TODAY)] == [fresh]
    rate(planted, skill, 3, day=TODAY)
    rate(planted, skill, 2, day=D[9], source="manager")
    with planted.read() as session:
        assert [row.id for row in skills.candidate_evidence(session, skill.id, today=TODAY)] == [fresh]
        assert skills.candidate_evidence(session, skill.id, today=TODAY + timedelta(days=1)) == []


def test_raising_needs_new_evidence_and_lowering_keeps_what_was_proven():
    ratings = [(D[0], 2.0), (D[6], 3.0)]
    old = [D[0] - timedelta(1), D[0]]
    assert standing(ratings[:1], old, D[1]).proven == 2
    raised = standing(ratings, old, D[7])
    assert (raised.level, raised.proven, raised.is_claimed) == (3, 2, True)
    assert standing(ratings, [*old, D[2], D[4]], D[7]).proven == 3
    assert standing([*ratings, (D[8], 2.0)], old, D[9]).proven == 2


def test_nine_months_without_evidence_is_stale_and_keeps_the_number():
    old = standing([(D[0], 3.0)], [D[0]], D[0] + timedelta(days=275))
    assert (old.level, old.is_stale) == (3, True)
    assert not standing([(D[0], 3.0)], [D[0], D[3]], D[10]).is_stale


@given(
    st.lists(st.tuples(st.dates(D[0], TODAY), st.sampled_from([0, 0.5, 1, 2, 3.5, 5])), max_size=8),
    st.lists(st.dates(D[0], TODAY), max_size=8),
)
def test_what_is_proven_never_exceeds_what_is_rated(ratings, evidence):
    found = standing(sorted(ratings, key=lambda rating: rating[0]), sorted(evidence), TODAY)
    if found.level is None:
        assert found.proven is None
    elif found.proven is not None:
        assert found.proven <= found.level


def test_unrated_skills_are_no_gaps():
    assert gaps({1: 3, 2: 4, 3: 2}, {1: 2, 2: None, 3: 3}) == [(1, 1)]


def test_candidates_come_by_links_then_tags_then_words(planted):
    skill = next(row for row in board(planted).skills if "vision" in row.title.lower())
    by_words = note(planted, "The vision again", D[10])
    by_tag = note(planted, "Offsite #vision", D[9])
    by_link = note(planted, "Something else", D[8])
    with planted.write() as session:
        items.link(session, by_link, skill.id, "mentions", now=NOW)
    with planted.read() as session:
        rows = skills.candidate_evidence(session, skill.id, today=TODAY)
    assert [(row.id, row.reason) for row in rows] == [(by_link, "link"), (by_tag, "tag"), (by_words, "words")]
    with planted.write() as session:
        skills.prove(session, [by_link], skill.id, now=NOW)
    with planted.read() as session:
        assert by_link not in {row.id for row in skills.candidate_evidence(session, skill.id, today=TODAY)}


def test_a_rating_that_says_no_more_than_its_level_stands_with_its_skill(planted):
    skill = board(planted).skills[0]
    own = note(planted, "Wrote it down", D[3])
    bare = [rate(planted, skill, level, day=D[5]) for level in (0, 2, 3.5)]
    told = rate(planted, skill, 4, day=D[6], note="Since the pricing talk")
    with planted.read() as session:
        assert journal.timeline_ids(session) == [told, own]
        assert journal.timeline_ids(session, limit=1) == [told]
        assert journal.entry_ids(session, kinds=["rating"]) == [told, *reversed(bare)]
        assert set(journal.day_marks(session, D[0], D[9])) == {D[3], D[6]}
        said = journal.query_for(session, "kind:rating", today=TODAY)
        assert set(journal.entry_ids(session, matching=said)) == {told, *bare}
    page = first_page(planted.path, wall=NOW)
    assert [row.id for row in page.newest] == [told, own]
    with planted.write() as session:
        session.get(Rating, bare[1]).text = "Vision: 2, said my mentor"
    with planted.read() as session:
        assert journal.timeline_ids(session) == [told, bare[1], own]
