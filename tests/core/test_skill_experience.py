"""The checklist of a skill, and the technical map."""

from __future__ import annotations

from datetime import date

import pytest

from app.core import skills
from app.core.errors import FieldError, UserError
from tests.conftest import NOW

TODAY = date(2026, 11, 23)


def test_a_checklist_lives_in_the_text_of_its_skill(store):
    with store.write() as session:
        skills.plant_model(session, now=NOW)
        skill = skills.board(session, on=TODAY).skills[0].id
        draft, rev = skills.skill_draft(session, skill)
        text = "Why it counts.\n\n- [x] Wrote a strategy\n* [ ] Told it to a board"
        skills.edit_skill(
            session, skill, skills.SkillDraft(draft.title, draft.area_id, draft.anchors, text), rev=rev, now=NOW
        )
        skills.add_check(session, skill, "Priced  a product\n", now=NOW)
        skills.tick(session, skill, 1, done=True, now=NOW)
        skills.tick(session, skill, 0, done=False, now=NOW)
    with store.read() as session:
        assert skills.checklist(session, skill) == [
            (False, "Wrote a strategy"),
            (True, "Told it to a board"),
            (False, "Priced a product"),
        ]
        assert skills.skill_draft(session, skill)[0].text.startswith("Why it counts.\n\n- [ ] Wrote")
    with pytest.raises(UserError), store.write() as session:
        skills.tick(session, skill, 3, done=True, now=NOW)
    with pytest.raises(FieldError), store.write() as session:
        skills.add_check(session, skill, "  ", now=NOW)


def test_parts_of_a_product_are_skills_with_four_depths(store):
    depths = ("name", "draw", "explain", "estimate")
    with store.write() as session:
        assert skills.map_board(session, on=TODAY).areas == ()
        first = skills.add_part(session, "Billing", depths, area="Map", now=NOW)
        skills.add_part(session, "Search", depths, area="Another", now=NOW)
        skills.rate(session, skills.RatingDraft(first, 2, TODAY), today=TODAY, now=NOW, zone="UTC")
    with store.read() as session:
        assert skills.board(session, on=TODAY).areas == ()
        (area,) = skills.map_board(session, on=TODAY).areas
    assert (area.title, [part.title for part in area.skills]) == ("Map", ["Billing", "Search"])
    assert (area.skills[0].anchors, area.skills[0].now.level) == (depths, 2)
