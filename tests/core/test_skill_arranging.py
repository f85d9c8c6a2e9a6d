"""The model arranged as a whole, and roles of one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core import skills
from app.core.errors import FieldError
from tests.conftest import NOW

TODAY = date(2026, 11, 23)


@pytest.fixture
def planted(store):
    with store.write() as session:
        skills.plant_model(session, now=NOW)
    return store


def board(store):
    with store.read() as session:
        return skills.board(session, on=TODAY)


def test_the_whole_model_is_renamed_moved_hidden_and_trimmed(planted):
    with planted.read() as session:
        first, second, *rest = skills.arrangement(session)
    hidden = replace(first.skills[0], shown=False)
    moved = replace(first.skills[1], title="Renamed")
    wanted = [
        replace(second, skills=(moved, *second.skills)),
        skills.PlacedArea(None, "New", first.skills[2:]),
        *rest[:-1],
        replace(rest[-1], skills=(*rest[-1].skills, hidden)),
    ]
    with planted.write() as session:
        skills.arrange(session, wanted, now=NOW)
    found = board(planted)
    assert [area.title for area in found.areas] == [second.title, "New", *(area.title for area in rest)]
    assert found.areas[0].skills[0].title == "Renamed"
    assert len(found.skills) == 26
    with planted.read() as session:
        assert skills.arrangement(session)[-1].skills[-1] == hidden


def test_a_name_may_not_be_blank(planted):
    with planted.read() as session:
        areas = skills.arrangement(session)
    with pytest.raises(FieldError), planted.write() as session:
        skills.arrange(session, [replace(areas[0], title=" "), *areas[1:]], now=NOW)


def test_a_role_of_ones_own_is_kept_and_changed(planted):
    one, two = board(planted).skills[:2]
    with planted.write() as session:
        role = skills.keep_role(session, skills.RoleDraft("Head", "The ad", {one.id: 4, two.id: 2.5}), now=NOW)
        skills.set_target_role(session, role)
    assert [row.expected for row in board(planted).skills[:3]] == [4, 2.5, None]
    with planted.write() as session:
        draft, rev = skills.role_draft(session, role)
        assert draft.text == "The ad"
        changed = replace(draft, levels={one.id: 5.0})
        skills.keep_role(session, changed, role_id=role, rev=rev, now=NOW)
    assert [row.expected for row in board(planted).skills[:2]] == [5, None]


@pytest.mark.parametrize(
    ("title", "levels", "name"), [("", {1: 3.0}, "title"), ("Head", {}, "levels"), ("Head", {1: 0.2}, "levels")]
)
def test_a_role_without_sense_is_refused(planted, title, levels, name):
    with pytest.raises(FieldError) as refused, planted.write() as session:
        skills.keep_role(session, skills.RoleDraft(title, "", levels), now=NOW)
    assert refused.value.field == name


def test_a_job_description_names_skills():
    titles = {1: "Product strategy and vision", 2: "Data fluency", 3: "Writing and speaking"}
    said = "You own the strategic direction and set a vision for our product. Strong writer."
    assert skills.named_in(said, titles) == {1}
    assert skills.named_in("", titles) == set()
