"""Records into the journal: all of them or none, once, as they were, and gone again with one Undo."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app import paths
from app.core import items, journal
from app.core.errors import UserError
from app.core.model import Entry, ItemTag, Link, Origin, Person, Tag, Version
from app.core.progress import Cancelled
from app.core.transfer import bringing, entering
from app.core.transfer.bringing import Outcome
from app.core.transfer.records import Attachment, Record, Remark, Skipped
from tests.conftest import NOW

DAY = date(2020, 2, 29)
AT = datetime(2020, 2, 29, 22, 30, tzinfo=UTC)


def record(number, text="Words", **said):
    said = {"day": DAY, "at": None, "zone": None, **said}
    return Record(f"x:entry:{number}", text=text, **said)


def brought(store, found, **kinds):
    plan = bringing.plan(store, "x", "x", found)
    return plan, bringing.bring(store, plan, now=NOW, zone="Europe/Berlin", **kinds)


def entries(store):
    with store.read() as session:
        return list(session.scalars(select(Entry).order_by(Entry.moment)))


def test_what_becomes_of_each_record_is_told_in_order(store):
    brought(store, [record(1)])
    found = [record(1), Skipped("x, 2", "It is blank."), record(3, "# Third\n\nmore"), Remark("x, 3", "No date.")]
    plan = bringing.plan(store, "x", "x", found)
    assert plan.outcomes == [
        Outcome("known", DAY, "Words"),
        Outcome("skipped", None, "x, 2", "It is blank."),
        Outcome("comes", DAY, "Third"),
        Outcome("said", None, "x, 3", "No date."),
    ]
    assert len(entries(store)) == 1


def test_an_entry_is_what_the_record_says(store):
    changed = datetime(2021, 1, 1, tzinfo=UTC)
    brought(
        store,
        [
            record(
                1, "# Title\n\nsome #inline words", at=AT, zone="Pacific/Auckland", tags=("beside", "INLINE"),
                starred=True, mood=4, extra={"weather": "rain"}, changed_at=changed,
            )
        ],
    )  # fmt: skip
    (entry,) = entries(store)
    assert (entry.title, entry.text, entry.words) == ("Title", "# Title\n\nsome #inline words", 4)
    assert (entry.day, entry.at, entry.zone, entry.mood, entry.starred) == (DAY, AT, "Pacific/Auckland", 4, True)
    assert (entry.created_at, entry.changed_at, entry.rev) == (AT, changed, 1)
    with store.read() as session:
        tags = session.execute(select(Tag.name, ItemTag.inline).join(ItemTag, ItemTag.tag_id == Tag.id))
        assert sorted(tuple(row) for row in tags) == [("beside", False), ("inline", True)]
        extra = json.loads(session.scalars(select(Origin.extra)).one())
    assert extra == {"weather": "rain", "changed at": "2021-01-01T00:00:00+00:00"}


def test_a_record_without_a_day_stands_on_today_and_is_tagged(store):
    brought(store, [record(1, day=None)])
    (entry,) = entries(store)
    assert entry.day == date(2026, 11, 23)
    with store.read() as session:
        assert session.scalars(select(Tag.name)).all() == ["undated"]


def test_many_of_one_day_keep_their_order_beside_what_is_there(store):
    with store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="before")
    brought(store, [record(number, f"n{number}") for number in range(1_200)])
    assert [entry.text for entry in entries(store)] == ["before", *(f"n{number}" for number in range(1_200))]


def test_entries_that_name_each_other_or_people_are_linked(store):
    with store.write() as session:
        ana = Person(title="Ana Maria")
        items.add_item(session, ana, now=NOW)
        ana_id = ana.id
    brought(
        store,
        [record(1, "# One\n\nsee [[two#a]] with @Ana"), record(2, "# Two\n\nback to ![[One]] and [[none]]")],
    )
    one, two = entries(store)
    with store.read() as session:
        links = session.execute(select(Link.source_id, Link.target_id, Link.role, Link.inline)).all()
    assert {tuple(link) for link in links} == {
        (one.id, two.id, "mentions", True),
        (one.id, ana_id, "mentions", True),
        (two.id, one.id, "mentions", True),
    }


def test_the_first_change_after_an_import_keeps_what_came_as_a_version(store):
    brought(store, [record(1, "As it came, and long enough")])
    (entry,) = entries(store)
    with store.write() as session:
        text = "As it came, and long enough!"
        journal.edit_text(session, entry.id, text, rev=1, now=NOW + timedelta(minutes=1))
    with store.read() as session:
        assert session.scalars(select(Version.text)).all() == ["As it came, and long enough"]


def test_a_text_longer_than_an_entry_comes_in_parts_that_make_it_up(store, monkeypatch):
    monkeypatch.setattr(entering, "LONGEST_TEXT", 100)
    text = "\n".join(f"line {number}" for number in range(50))
    plan, _ = brought(store, [record(1, text), record(2, "x" * 250)])
    parts = [entry.text for entry in entries(store)]
    assert max(map(len, parts)) <= 100
    assert "".join(parts) == text + "x" * 250
    assert all(part.startswith("line") for part in parts if "l" in part)
    assert [remark.said[-34:] for remark in plan.remarks] == [
        "and comes as 5 entries of its day.",
        "and comes as 3 entries of its day.",
    ]
    assert bringing.plan(store, "x", "x", [record(1, text), record(2, "x" * 250)]).known == 2


@pytest.mark.parametrize("stops_at", [0, 1, 2, 3])
def test_cancel_leaves_no_entry_and_no_file(store, stops_at):
    calls = []

    def progress(done, total):
        calls.append(done)
        return len(calls) <= stops_at

    found = [record(number, attachments=(Attachment(f"{number}", lambda: b"raw"),)) for number in range(4)]
    with pytest.raises(Cancelled):
        brought(store, found, progress=progress)
    assert entries(store) == []
    folder = paths.files_dir(store.path)
    assert not folder.exists() or not list(folder.iterdir())


def test_a_failure_leaves_the_files_that_were_there(store):
    brought(store, [record(1, attachments=(Attachment("a", lambda: b"kept"),))])
    found = [record(2, attachments=(Attachment("b", lambda: b"kept"), Attachment("c", lambda: b"new")))]
    with pytest.raises(Cancelled):
        brought(store, found, progress=lambda done, total: not done)
    assert [file.read_bytes() for file in paths.files_dir(store.path).iterdir()] == [b"kept"]


def test_one_undo_takes_all_of_it_and_only_that(store):
    brought(store, [record(1, "mine")])
    _, batch = brought(store, [record(number, f"n{number}") for number in range(2, 900)])
    with store.write() as session:
        edited = session.scalars(select(Entry).where(Entry.text == "n5")).one()
        journal.edit_text(session, edited.id, "n5 and more", rev=1, now=NOW)
        bringing.undo(session, batch, now=NOW)
    assert [(entry.text, entry.deleted_at is None) for entry in entries(store)] == [
        ("mine", True),
        ("n5 and more", False),
    ]
    plan, _ = brought(store, [record(number, f"n{number}") for number in range(2, 900)])
    assert (len(plan.fresh), plan.known) == (898, 0)


def test_undo_takes_the_files_that_came_and_nobody_else_has(store):
    def holding(number, *words):
        return record(number, attachments=tuple(Attachment(word, word.encode) for word in words))

    brought(store, [holding(1, "shared")])
    _, batch = brought(store, [holding(2, "shared", "own"), holding(3, "edited"), holding(4, "again")])
    folder = paths.files_dir(store.path)
    with store.write() as session:
        edited = session.scalars(select(Entry)).all()[2]
        journal.edit_text(session, edited.id, "what was added", rev=1, now=NOW)
    again = next(file for file in folder.iterdir() if file.read_bytes() == b"again")

    def progress(*_):
        os.utime(again, (again.stat().st_atime, again.stat().st_mtime + 60))  # pasted into another entry meanwhile
        return True

    assert bringing.take_back(store, batch, now=NOW, progress=progress) == 3
    assert sorted(file.read_bytes() for file in folder.iterdir()) == [b"again", b"edited", b"shared"]


def test_undo_tells_how_far_it_is_and_can_be_cancelled(store):
    _, batch = brought(store, [record(number, f"n{number}") for number in range(1_200)])
    told = []

    def progress(done, total):
        told.append((done, total))
        return done < 1_000

    with pytest.raises(Cancelled), store.write() as session:
        bringing.undo(session, batch, now=NOW, progress=progress)
    assert told == [(0, 1_200), (500, 1_200), (1_000, 1_200)]
    assert len(entries(store)) == 1_200


def test_a_file_that_cannot_be_read_is_told_and_the_entry_comes(store):
    def broken():
        raise UserError("It is damaged.")

    plan, _ = brought(store, [record(1, attachments=(Attachment("a.png", broken), Attachment("b", lambda: b"b")))])
    assert [remark.said for remark in plan.remarks] == ["“a.png” did not come along: It is damaged."]
    assert len(entries(store)) == 1
