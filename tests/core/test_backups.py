"""Backups on real files: verified, thinned, refused when they are damaged, and the way back from them."""

from __future__ import annotations

import json
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlcipher3 import dbapi2 as sqlite

from app import paths
from app.core import attachments, backups, demo, integrity, items, journal
from app.core.backups.thinning import ALL_OF, DAILY, MONTHLY, WEEKLY, surplus
from app.core.model import CheckIn, Entry, Item, KeyResult, Objective, Version, Win
from app.core.refusals import JournalDamaged, PlaceRefused
from app.core.settings import change_settings
from app.core.store import open_store
from tests.conftest import NOW
from tests.core.keeping import DAY, add, take, texts


def test_a_backup_is_a_whole_journal_with_a_note_beside_it(store):
    add(store, "One", "Two #tag")
    made = take(store)
    assert texts(made.path) == ["One", "Two #tag"]
    note = json.loads(made.path.with_suffix(".json").read_text())
    assert (note["items"], note["sha256"]) == (2, sha256(made.path.read_bytes()).hexdigest())
    assert made.is_verified
    assert backups.listed(made.path.parent) == [made]
    assert not list(made.path.parent.glob("*-wal"))


def test_backups_asked_for_at_once_wait_for_each_other(store):
    add(store, "One")
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: take(store, always=True), range(8)))
    assert len({one.path for one in made}) == 8
    for one in made:
        backups.verify(one)
        assert one.is_verified


def test_what_was_written_is_what_counts_as_change(store):
    add(store, "One")
    first = take(store)
    assert not backups.is_due(store)
    assert take(store, 5) == first
    integrity.seal(store)
    assert not backups.is_due(store)
    with store.write() as session:
        change_settings(session, day_start=4)
    assert backups.is_due(store)
    assert take(store, 6) != first
    assert len(backups.listed(first.path.parent)) == 2


def test_backups_of_one_moment_are_in_order(store):
    made = []
    for number in range(12):
        add(store, f"{number}")
        made.append(take(store))
    assert backups.listed(made[0].path.parent) == made[::-1]
    assert backups.latest(made[0].path.parent) == made[-1]


def test_a_backup_sees_all_that_is_committed_and_nothing_else(store):
    add(store, "Committed")
    with pytest.raises(ZeroDivisionError), store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Not committed")
        session.flush()
        made = take(store)
        raise ZeroDivisionError
    assert texts(made.path) == ["Committed"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_only_the_owner_may_read_backups(store):
    add(store, "One")
    made = take(store)
    for file in made.path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700


def test_the_place_can_be_chosen_and_a_place_that_cannot_be_is_said(store, tmp_path):
    with store.write() as session:
        change_settings(session, backup_place=str(tmp_path / "Elsewhere"))
    made = take(store)
    assert made.path.parent == tmp_path / "Elsewhere" / "Journal"
    (tmp_path / "file").write_text("x")
    with store.write() as session:
        change_settings(session, backup_place=str(tmp_path / "file"))
    with pytest.raises(PlaceRefused, match="another place"):
        take(store)
    assert not list(tmp_path.rglob("*.part"))


def test_a_full_disk_of_the_backups_is_not_taken_for_that_of_the_journal(store, tmp_path, monkeypatch):
    def full(*_args, **_how):
        raise sqlite.OperationalError("database or disk is full")

    add(store, "One")
    monkeypatch.setattr("app.core.store._copy_all", full)
    with pytest.raises(PlaceRefused, match=r"A backup cannot be written to .*no space left"):
        take(store)
    assert not list(tmp_path.rglob("*.part"))


def test_a_damaged_journal_is_not_backed_up_and_older_backups_stay(store):
    add(store, "One")
    made = take(store)
    with store.write() as session:
        session.execute(text("UPDATE item SET text = 'Someone else wrote this'"))
    with pytest.raises(JournalDamaged):
        take(store, 9)
    assert backups.listed(made.path.parent) == [made]
    assert sorted(file.suffix for file in made.path.parent.iterdir()) == [".json", ".northing"]


def test_restore_brings_back_and_sets_aside(store):
    add(store, "One")
    made = take(store)
    add(store, "Two")
    aside = backups.restore(store, made.path, now=NOW + timedelta(minutes=1))
    with store.read() as session:
        assert [entry.text for entry in session.query(Entry)] == ["One"]
    assert texts(aside.path) == ["One", "Two"]
    add(store, "Three")  # the open store goes on
    assert texts(store.path) == ["One", "Three"]


def test_numbers_given_since_a_backup_are_not_given_again_after_going_back_to_it(store):
    add(store, "kept")
    backup = take(store)
    add(store, "gone", "with the rest")
    with store.read() as session:
        known = max(session.scalars(select(Item.id)))
    backups.restore(store, backup.path, now=NOW + timedelta(minutes=1))
    add(store, "new")
    with store.read() as session:
        assert session.scalar(select(Item.id).where(Item.text == "new")) > known
    assert integrity.check(store.path).problems == ()


def test_other_windows_see_the_restored_journal(store):
    add(store, "One")
    made = take(store)
    add(store, "Two")
    with open_store(store.path) as other:
        with other.read() as session:
            assert session.query(Entry).count() == 2
        backups.restore(store, made.path, now=NOW + timedelta(minutes=1))
        with other.read() as session:
            assert session.query(Entry).count() == 1


def test_single_items_come_back_and_the_rest_stays(store):
    add(store, "One #a", "Two", "Three")
    made = take(store)
    with store.write() as session:
        one, two, three = session.query(Entry).order_by(Entry.moment)
        journal.edit_text(session, one.id, "One, changed", rev=1, now=NOW)
        items.trash(session, [two.id], now=NOW)
        session.delete(three)
        uids = [one.uid, two.uid, three.uid]
    add(store, "Four")
    assert [(d.title, d.change) for d in backups.differences(store, made.path)] == [
        ("Three", "back"),
        ("Two", "back"),
        ("One #a", "changed"),
        ("Four", "gone"),
    ]
    assert backups.texts(store, made.path, uids[0]) == ("One, changed", "One #a")
    brought = backups.restore_items(store, made.path, uids, now=NOW + timedelta(minutes=1))
    assert brought.revs.keys() == set(uids)
    with store.read() as session:
        living = session.query(Entry).filter(Entry.deleted_at.is_(None))
        assert {(entry.text, entry.uid in uids) for entry in living} == {
            ("One #a", True),
            ("Two", True),
            ("Three", True),
            ("Four", False),
        }
        assert session.query(Version).filter_by(text="One, changed").count() == 1
        assert len(journal.entry_ids(session, matching="three")) == 1
    assert integrity.check(store.path).problems == ()


def test_items_that_came_back_can_be_taken_back_unless_they_were_edited_since(store):
    add(store, "One #a", "Two", "Three", "Four")
    made = take(store)
    with store.write() as session:
        one, two, three, four = session.query(Entry).order_by(Entry.moment)
        uids = [one.uid, two.uid, three.uid, four.uid]
        journal.edit_text(session, one.id, "One, changed #b", rev=1, now=NOW)
        items.trash(session, [two.id], now=NOW)
        session.delete(three)
        items.trash(session, [four.id], now=NOW)
    before = take(store, 60)
    brought = backups.restore_items(store, made.path, uids, now=NOW + timedelta(minutes=2))
    with store.write() as session:
        four = session.query(Entry).filter_by(text="Four").one()
        journal.edit_text(session, four.id, "Four, gone on", rev=four.rev, now=NOW)
    assert backups.take_back_items(store, brought, now=NOW + timedelta(minutes=3)) == 3
    assert [(one.title, one.change) for one in backups.differences(store, before.path)] == [
        ("Four, gone on", "gone")
    ]
    with store.read() as session:
        assert {name for name, _ in items.tag_counts(session)} == {"b"}
        assert {row.title for row, _ in items.trashed_rows(session)} == {"Two", "Three"}
    assert integrity.check(store.path).problems == ()


def test_a_link_that_came_later_goes_with_what_an_item_was(store):
    with store.write() as session:
        made = [
            Objective(title=title, text="", created_at=NOW, changed_at=NOW, moment=moment)
            for title, moment in (("Clinics stay", -1), ("Clinics come", -2))
        ]
        session.add_all(made)
        session.flush()
        ids, uid = [one.id for one in made], made[0].uid
    then = take(store)
    with store.write() as session:
        items.link(session, ids[0], ids[1], role="serves", now=NOW)
    assert [one.uid for one in backups.differences(store, then.path)] == [uid]
    backups.restore_items(store, then.path, [uid], now=NOW + timedelta(minutes=1))
    assert backups.differences(store, then.path) == []


def test_what_is_no_text_is_compared_and_shown_too(store):
    with store.write() as session:
        objective = Objective(title="Clinics stay", text="Because they see it.", created_at=NOW, changed_at=NOW)
        objective.moment = -1
        win = Win(
            text="They said so.", day=DAY, zone="UTC", created_at=NOW, changed_at=NOW, moment=1, change="More"
        )
        session.add_all([objective, win])
        session.flush()
        uids = [objective.uid, win.uid]
    made = take(store)
    with store.write() as session:
        session.query(Objective).one().title = "Clinics come back"
        session.query(Win).one().change = "Much more"
    found = backups.differences(store, made.path)
    assert {(one.uid, one.change) for one in found} == {(uid, "changed") for uid in uids}
    assert backups.texts(store, made.path, uids[0]) == (
        "Clinics come back\n\nBecause they see it.",
        "Clinics stay\n\nBecause they see it.",
    )
    assert backups.texts(store, made.path, uids[1]) == (
        "They said so.\n\nChange: Much more",
        "They said so.\n\nChange: More",
    )
    backups.restore_items(store, made.path, uids, now=NOW + timedelta(minutes=1))
    assert backups.differences(store, made.path) == []


def test_backups_stay_where_they_are_wanted_after_going_back(store, tmp_path):
    add(store, "One")
    made = take(store)
    backups.move(store, str(tmp_path / "Elsewhere"), now=NOW + timedelta(minutes=1))
    backups.restore(store, made.path, now=NOW + timedelta(minutes=2))
    assert backups.place_of(store) == tmp_path / "Elsewhere" / "Journal"


def test_a_key_result_comes_back_with_its_objective(store):
    demo.load_demo(store, today=DAY, now=NOW, zone=ZoneInfo("UTC"))
    made = take(store)
    with store.read() as session:
        uid = session.query(CheckIn).first().uid
        before = session.query(Item).count()
    with store.write() as session:
        session.execute(text("DELETE FROM item WHERE kind IN ('objective', 'key_result', 'check_in', 'period')"))
    backups.restore_items(store, made.path, [uid], now=NOW)
    with store.read() as session:
        check_in = session.query(CheckIn).one()
        assert check_in.uid == uid
        assert session.get(KeyResult, check_in.key_result_id).objective.title
        assert session.query(Item).count() < before
    assert integrity.check(store.path).problems == ()


def test_a_damaged_backup_is_refused_and_nothing_changes(store):
    add(store, "One " * 3000)
    made = take(store)
    raw = bytearray(made.path.read_bytes())
    raw[-100] ^= 1
    made.path.write_bytes(raw)
    with pytest.raises(backups.BackupDamaged):
        backups.restore(store, made.path, now=NOW)
    with pytest.raises(backups.BackupDamaged):
        backups.verify(made)
    assert len(backups.listed(made.path.parent)) == 1


def test_the_journal_itself_is_no_backup(store):
    add(store, "One")
    with pytest.raises(Exception, match="the journal itself"):
        backups.restore(store, store.path, now=NOW)


def test_a_journal_that_cannot_be_opened_is_replaced_and_kept(store, tmp_path):
    add(store, "One")
    made = take(store)
    store.close()
    store.path.write_bytes(b"\x00" * 5000)
    aside = backups.replace_damaged(store.path, made.path, now=NOW)
    assert aside.read_bytes() == b"\x00" * 5000
    assert texts(store.path) == ["One"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_attachments_are_kept_once_and_come_back(store):
    add(store, "One")
    folder = paths.files_dir(store.path)
    folder.mkdir()
    sha = sha256(b"picture").hexdigest()
    (folder / sha).write_bytes(b"picture")
    first = take(store)
    add(store, "Two")
    second = take(store, 5)
    assert first.files == second.files == (sha,)
    assert [file.name for file in (first.path.parent / "files").iterdir()] == [sha]
    (folder / sha).unlink()
    backups.restore(store, second.path, now=NOW + timedelta(minutes=1))
    assert (folder / sha).read_bytes() == b"picture"


def test_lost_and_damaged_files_come_back_from_the_backups(store):
    folder = paths.files_dir(store.path)
    kept = [attachments.keep(folder, f"{n}.txt", b"%d" % n) for n in range(2)]
    with store.write() as session:
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="[](0.txt) [](1.txt) [](2.txt)")
        attachments.attach(session, entry.id, kept, now=NOW)
    take(store)
    kept.append(attachments.keep(folder, "2.txt", b"2"))
    with store.write() as session:
        attachments.attach(session, entry.id, kept[2:], now=NOW)
    for one in (kept[0], kept[2]):
        (folder / one.sha256).unlink()
    (folder / kept[1].sha256).write_bytes(b"other")
    assert backups.bring_back_files(store) == (2, ["2.txt"])
    assert (folder / kept[1].sha256).read_bytes() == b"1"
    assert backups.bring_back_files(store) == (0, ["2.txt"])


def test_a_journal_from_before_attachments_has_lost_none(store):
    with store.write() as session:
        session.execute(text("DROP TABLE attachment"))
    assert integrity.lost_files(store.path) == []
    assert take(store).files == ()


def test_a_backup_is_made_before_the_schema_changes(store):
    add(store, "Old")
    store.close()
    from sqlcipher3 import dbapi2 as sqlite

    path = store.path
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("DROP TABLE review")
    connection.execute("UPDATE alembic_version SET version_num = '003'")
    connection.close()
    try:
        open_store(path).close()
    except Exception:  # later revisions may stand on what was dropped; the backup came first in any case
        pass
    (made,) = backups.listed(paths.backups_dir(path))
    assert made.reason == "migration"
    assert made.is_verified


def test_a_journal_that_breaks_while_it_is_open_is_gone_back_from(store):
    add(store, *(f"{number} " + "word " * 300 for number in range(60)))
    made = take(store)
    with store.write() as session:
        root = session.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'setting'"))
    store.close()
    raw = bytearray(store.path.read_bytes())
    raw[(root - 1) * 4096 : root * 4096] = b"x" * 4096
    store.path.write_bytes(raw)
    with pytest.raises(JournalDamaged):
        take(store, 9)
    backups.restore(store, made.path, now=NOW + timedelta(minutes=1))
    assert len(texts(store.path)) == 60


def test_old_backups_go_and_with_them_what_only_they_held(store):
    folder = paths.files_dir(store.path)
    folder.mkdir()
    for day in range(30):
        for file in folder.iterdir():
            file.unlink()
        raw = b"%d" % day
        (folder / sha256(raw).hexdigest()).write_bytes(raw)
        add(store, f"Day {day}")
        for hour in (0, 5):
            take(store, day * 86400 + hour * 3600, always=True)
    kept = backups.listed(paths.backups_dir(store.path))
    assert len(kept) < 25
    files = {file.name for file in (paths.backups_dir(store.path) / "files").iterdir()}
    assert files == {sha for backup in kept for sha in backup.files}
    assert {path.name for path in kept[0].path.parent.glob("*.json")} == {b.path.stem + ".json" for b in kept}


# ---------------------------------------------------------------- thinning

INSTANTS = st.lists(
    st.tuples(
        st.integers(-60_000, 2_000).map(lambda hours: NOW + timedelta(hours=hours, minutes=hours % 60)),
        st.booleans(),
    ),
    max_size=120,
    unique_by=lambda pair: pair[0],
)


@given(INSTANTS)
def test_thinning_keeps_what_it_promises(taken):
    gone = surplus(taken, NOW)
    kept = {at for at, _ in taken} - gone
    assert gone <= {at for at, _ in taken}
    assert all(at <= NOW - ALL_OF for at in gone)
    verified = [at for at, good in taken if good]
    assert not verified or max(verified) in kept
    old = [at for at in kept if at <= NOW - ALL_OF]
    assert len(old) <= DAILY + WEEKLY + MONTHLY + 1
    days = sorted({at.date() for at, _ in taken}, reverse=True)[:DAILY]
    assert {at.date() for at in kept} >= set(days)
    months = sorted({(at.year, at.month) for at, _ in taken}, reverse=True)[:MONTHLY]
    assert {(at.year, at.month) for at in kept} >= set(months)


@given(INSTANTS)
def test_thinning_twice_is_thinning_once(taken):
    gone = surplus(taken, NOW)
    assert surplus([pair for pair in taken if pair[0] not in gone], NOW) == set()
