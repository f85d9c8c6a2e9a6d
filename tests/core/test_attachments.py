"""Files are on the disk before a row tells of them, kept once, and swept only when nothing mentions them."""

from __future__ import annotations

import hashlib
import os
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app import paths
from app.core import attachments, items, journal
from app.core.errors import UserError
from app.core.filenames import address, free_name, sound_name
from app.core.model import Attachment
from app.core.store import open_store
from app.core.transfer import bringing, exporting, reader_for
from app.core.transfer import records as found
from tests.conftest import NOW

DAY = date(2026, 11, 23)
RAW = b"\x89PNG picture"
SHA = hashlib.sha256(RAW).hexdigest()


def folder(store):
    return paths.files_dir(store.path)


def with_file(store, text="![](plan.png)", name="plan.png", raw=RAW):
    kept = attachments.keep(folder(store), name, raw)
    with store.write() as session:
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
        attachments.attach(session, entry.id, [kept], now=NOW)
        return entry.id


def age(store):
    past = (NOW - timedelta(days=3)).timestamp()
    for file in folder(store).iterdir():
        os.utime(file, (past, past))


def test_the_same_file_is_kept_once_and_named_freely_in_each_entry(store):
    first, second = with_file(store), with_file(store)
    with store.write() as session:
        kept = attachments.keep(folder(store), "plan.png", b"another")
        rows = attachments.attach(session, first, [kept], now=NOW)
    assert rows[0].name == "plan-2.png"
    assert rows[0].pointer == "![](plan-2.png)"
    with store.read() as session:
        assert attachments.named(attachments.attachments_of(session, second), "PLAN.png").sha256 == SHA
    assert {file.name for file in folder(store).iterdir()} == {SHA, hashlib.sha256(b"another").hexdigest()}


def test_a_sweep_keeps_what_a_text_or_a_version_mentions(store):
    mentioned, dropped = with_file(store), with_file(store, "![](old.png)", "old.png", b"old")
    with store.write() as session:
        for minutes in (15, 30):
            rev = items.living(session, dropped).rev
            now = NOW + timedelta(minutes=minutes)
            journal.edit_text(session, dropped, f"nothing {minutes}", rev=rev, now=now)
    age(store)
    with store.write() as session:
        assert attachments.sweep(session, folder(store)).files == ()
    with store.write() as session:
        items.trash(session, [mentioned], now=NOW)
        bringing.remove(session, [dropped])
    with store.write() as session:
        swept = attachments.sweep(session, folder(store))
    assert [file.name for file in swept.files] == [hashlib.sha256(b"old").hexdigest()]
    assert (swept.size, [file.name for file in folder(store).iterdir()]) == (3, [SHA])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Before\n![](plan.png)\nafter", "Before\nafter"),
        ('See [the plan](plan.png "ours"), [b](b.txt)', "See [b](b.txt)"),
        ("See [b](b.txt), ![x](PLAN.png).", "See [b](b.txt)."),
        ("plan.png, [plan](other/plan.png)", "plan.png, [plan](other/plan.png)"),
    ],
)
def test_what_points_to_a_file_goes_and_nothing_else(store, text, after):
    item_id = with_file(store, text)
    with store.read() as session:
        [row] = attachments.attachments_of(session, item_id)
    assert attachments.without(text, row) == after


def test_a_file_is_off_an_item_unless_a_version_needs_it(store):
    item_id = with_file(store, "No word of it")
    with store.write() as session:
        [row] = attachments.on_show(session, item_id, "No word of it")
        attachments.detach(session, item_id, row)
        assert attachments.attachments_of(session, item_id) == []
        attachments.bring_back(session, item_id, row, now=NOW)
        attachments.bring_back(session, item_id, row, now=NOW)
        assert attachments.attachments_of(session, item_id) == [row]
    item_id = with_file(store)
    with store.write() as session:
        rev = journal.entry(session, item_id).rev
        journal.edit_text(session, item_id, "Words", rev=rev, now=NOW + timedelta(hours=3))
        [row] = attachments.attachments_of(session, item_id)
        assert attachments.on_show(session, item_id, "Words") == []
        attachments.detach(session, item_id, row)
        assert attachments.on_show(session, item_id, "![](plan.png)") == [row]


def test_a_file_that_came_today_is_never_swept(store):
    attachments.keep(folder(store), "a.png", RAW)
    with store.write() as session:
        assert attachments.sweep(session, folder(store)).files == ()


def test_names_are_made_sound():
    assert sound_name("C:\\me\\..\\plan [1] b.png") == "plan 1 b.png"
    assert sound_name("../..") == "file"
    assert len(sound_name("x" * 400 + ".jpeg")) == 120
    assert free_name("A.png", ["a.png", "a-2.png"]) == "A-3.png"


@given(st.text(min_size=1))
def test_any_name_becomes_one_that_a_link_can_carry(name):
    made = sound_name(name)
    row = attachments.AttachmentRow(1, made, SHA, "", 1)
    assert made
    assert "/" not in made
    assert attachments.named([row], address(made)) == row


def test_a_file_that_cannot_be_read_or_is_none_is_refused_in_words(store, tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        attachments.keep_file(folder(store), tmp_path / "gone.png")
    with pytest.raises(UserError, match="no file"):
        attachments.keep_file(folder(store), tmp_path)


def test_an_import_brings_files_and_tells_of_those_it_cannot_read(store):
    def broken():
        raise UserError("It is damaged.")

    files = (
        found.Attachment("my pic.png", lambda: RAW),
        found.Attachment("bad.png", broken),
    )
    record = found.Record("x:1", DAY, None, None, "![](my%20pic.png)", attachments=files)
    made = bringing.plan(store, "x", "x", [record])
    bringing.bring(store, made, now=NOW, zone="UTC")
    assert ["bad.png" in remark.said for remark in made.remarks] == [True]
    with store.read() as session:
        held = session.scalars(select(Attachment)).one()
        assert (held.name, held.sha256, held.media) == ("my pic.png", SHA, "image/png")
        assert journal.entry_rows(session, [held.item_id])[0].picture == SHA
    assert (folder(store) / SHA).read_bytes() == RAW


def test_an_export_takes_the_files_along_and_brings_them_back(store, tmp_path):
    with_file(store)
    exporting.export(store.path, tmp_path / "all.json", format="json", now=NOW)
    with open_store(tmp_path / "Other.northing") as other:
        reader = reader_for(tmp_path / "all.json")
        held = reader.records(tmp_path / "all.json", zone=ZoneInfo("UTC"))
        bringing.bring(other, bringing.plan(other, reader.name, "all", held), now=NOW, zone="UTC")
        with other.read() as session:
            assert session.scalars(select(Attachment.sha256)).all() == [SHA]
        assert (paths.files_dir(other.path) / SHA).read_bytes() == RAW
        exporting.export(other.path, tmp_path / "page.html", format="html", now=NOW)
    assert 'src="data:image/png;base64,' in (tmp_path / "page.html").read_text("utf-8")
