"""Competency models side by side: in use, put away, thrown away and brought back; and older journals."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import text

from app.core import journal, migrations, roadmap, skills
from app.core.errors import FieldError, UserError
from app.core.model import Rating, digest_of
from app.core.store import open_store
from app.core.transfer.ladder import Ladder, LadderSkill, bring_ladder
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
LADDER = Ladder(
    "Acme",
    ("Junior", "Senior"),
    (
        LadderSkill("Craft", "Discovery", "", ("asks", "frames"), 2),
        LadderSkill("People", "Hiring", "", ("", "hires"), 3),
    ),
)


def board(store):
    with store.read() as session:
        return skills.board(session, on=TODAY)


@pytest.fixture
def two(store):
    """The shipped model with a rated skill, and a ladder beside it, in use."""
    with store.write() as session:
        skills.plant_model(session, now=NOW)
        skills.set_target_role(session, skills.roles(session)[1].id)
        first = skills.board(session, on=TODAY).skills[0].id
        skills.rate(session, skills.RatingDraft(first, 3, TODAY), today=TODAY, now=NOW, zone="UTC")
        bring_ladder(session, LADDER, (1, 4), title="Acme", now=NOW)
    return store


def test_a_ladder_stands_beside_the_shipped_model_with_its_levels_as_roles(two):
    found = board(two)
    assert (found.model.title, found.role) == ("Acme", None)
    assert [(area.title, [row.title for row in area.skills]) for area in found.areas] == [
        ("Craft", ["Discovery"]),
        ("People", ["Hiring"]),
    ]
    with two.write() as session:
        junior, senior = skills.roles(session)
        assert (junior.title, senior.title) == ("Junior", "Senior")
        assert skills.role_draft(session, junior.id)[0].levels == {found.skills[0].id: 1.0}
        skills.set_target_role(session, senior.id)
    assert [row.expected for row in board(two).skills] == [4.0, 4.0]


def test_each_model_keeps_its_ratings_and_its_own_target(two):
    with two.write() as session:
        shipped, acme = skills.models(session)
        skills.set_target_day(session, TODAY + timedelta(99))
        skills.use_model(session, shipped.id)
    found = board(two)
    assert (found.skills[0].now.level, found.role.title, found.target_day) == (3, "PM", None)
    with two.write() as session:
        skills.use_model(session, acme.id)
    assert board(two).target_day == TODAY + timedelta(99)


def test_a_model_is_put_away_and_taken_out_again(two):
    with two.write() as session:
        shipped, acme = skills.models(session)
        skills.archive_model(session, acme.id, archived=True, now=NOW)
        assert "Discovery" not in {title for _, _, title in roadmap.servable(session)}
    assert board(two).model.title == "Product management"
    with pytest.raises(UserError, match="only model"), two.write() as session:
        skills.archive_model(session, shipped.id, archived=True, now=NOW)
    with two.write() as session:
        skills.use_model(session, acme.id)
        assert "Discovery" in {title for _, _, title in roadmap.servable(session)}
    assert board(two).model.title == "Acme"


def test_a_model_goes_to_the_trash_with_its_skills_and_comes_back_whole(two):
    before = board(two)
    with two.write() as session:
        skills.rate(session, skills.RatingDraft(before.skills[0].id, 2, TODAY), today=TODAY, now=NOW, zone="UTC")
        gone = skills.trash_model(session, before.model.id, now=NOW)
    with two.read() as session:
        assert len(gone) == 1 + 2 + 2 + 2
        assert [row.title for row in skills.models(session)] == ["Product management"]
        assert session.query(Rating).filter(Rating.deleted_at.is_(None)).count() == 2
    with two.write() as session:
        skills.restore_model(session, gone)
    after = board(two)
    assert (after.model.title, after.skills[0].now.level) == ("Acme", 2)


def test_names_are_said_once(two):
    with two.write() as session:
        made = skills.add_model(session, "  My  own ", now=NOW)
        skills.use_model(session, made)
        assert skills.current_model(session).title == "My own"
    assert board(two).areas == ()
    for title in ("", "ACME"):
        with pytest.raises(FieldError), two.write() as session:
            skills.rename_model(session, made, title, now=NOW)


def test_areas_are_arranged_in_the_model_in_use_only(two):
    with two.write() as session:
        (craft, people) = skills.arrangement(session)
        skills.arrange(session, [people, craft, skills.PlacedArea(None, "New", (), "For later")], now=NOW)
        shipped = skills.models(session)[0]
    assert [(area.title, area.why) for area in board(two).areas] == [
        ("People", ""),
        ("Craft", ""),
        ("New", "For later"),
    ]
    with two.write() as session:
        skills.use_model(session, shipped.id)
    assert len(board(two).areas) == 7


def test_a_part_of_the_product_is_proven_by_one_entry_and_is_of_no_model(two):
    depths = ("name", "draw", "explain", "estimate")
    with two.write() as session:
        part = skills.add_part(session, "Billing", depths, area="Map", now=NOW)
        piece = journal.add_entry(session, day=TODAY, now=NOW, zone="UTC", text="Drew billing with Ana").id
        draft = skills.RatingDraft(part, 2, TODAY - timedelta(1), evidence=(piece,))
        skills.rate(session, draft, today=TODAY, now=NOW, zone="UTC")
    with two.read() as session:
        (found,) = skills.map_board(session, on=TODAY).skills
        assert skills.model_of(session, part) is None
    assert (found.enough, found.highest, found.now.is_claimed) == (1, 4, False)
    assert "Billing" not in {row.title for row in board(two).skills}


def test_a_journal_of_an_earlier_version_keeps_its_model_and_its_target(tmp_path, monkeypatch):
    path = tmp_path / "Old.northing"
    monkeypatch.setattr(migrations, "HEAD", "012")
    open_store(path).close()
    monkeypatch.undo()
    older(path)
    store = open_store(path)
    found = board(store)
    assert (found.model.title, found.role.title, found.target_day) == (
        "Product management",
        "Lead",
        date(2027, 6, 30),
    )
    assert [(row.title, row.expected) for row in found.skills] == [("Strategy", 3)]
    with store.read() as session:
        assert [row.title for row in skills.map_board(session, on=TODAY).areas] == ["Parts"]
        assert skills.has_model(session)
    store.close()


def older(path: Path) -> None:
    """Fill a journal of revision 012 with a skill, a role, a target and a map."""
    connection = sqlite.connect(str(path))
    with connection:
        for number, (kind, title) in enumerate(
            (("area", "Thinking"), ("area", "Parts"), ("skill", "Strategy"), ("role", "Lead")), 1
        ):
            connection.execute(
                "INSERT INTO item (id, uid, kind, title, text, facts, starred, private, created_at, changed_at, "
                "rev, moment, digest) "
                "VALUES (:id, :uid, :kind, :title, '', '', 0, 0, :at, :at, 1, :moment, :digest)",
                {
                    "id": number,
                    "uid": f"u{number}",
                    "kind": kind,
                    "title": title,
                    "at": "2026-01-01T00:00:00.000Z",
                    "moment": -number,
                    "digest": digest_of(f"u{number}", kind, title, ""),
                },
            )
        for statement in (
            "INSERT INTO area (id, code, position) VALUES (1, NULL, 0), (2, 'technical-map', 1)",
            "INSERT INTO skill (id, area_id, position) VALUES (3, 1, 0)",
            "INSERT INTO role (id, position) VALUES (4, 0)",
            "INSERT INTO role_level VALUES (4, 3, 3.0)",
            """INSERT INTO setting VALUES ('target_role', '"u4"'), ('target_day', '"2027-06-30"')""",
        ):
            connection.execute(statement)
    connection.close()


def test_areas_of_no_model_stand_with_the_first(two):
    with two.write() as session:
        session.execute(text("UPDATE area SET model_id = NULL WHERE code = 'A'"))
        skills.use_model(session, skills.models(session)[0].id)
    assert len(board(two).areas) == 7
