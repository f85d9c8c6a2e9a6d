"""Encrypted journals: wholly old or wholly new, closed without the passphrase, with it like any other."""

from __future__ import annotations

import errno
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from app.core import backups, integrity, journal, keys, passphrase
from app.core.errors import FieldError, UserError
from app.core.model import Entry
from app.core.refusals import JournalBusy, JournalDamaged, JournalLocked, PlaceRefused
from app.core.salvage import salvage
from app.core.store import open_store
from tests.conftest import NOW

DAY = date(2026, 11, 23)
SAID = "correct horse battery"
OTHER = "näher am Wasser"
SECRET = "Zanzibarine thoughts"


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch):
    monkeypatch.setattr(keys, "ROUNDS", 1000)  # a tenth of a second each otherwise
    keys.forget()
    yield
    keys.forget()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "Journal.northing"
    with open_store(path) as store:
        for number in range(30):
            with store.write() as session:
                journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=f"{SECRET} {number} #tag")
        integrity.seal(store)
    return path


@pytest.fixture
def plain(made, tmp_path):
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def locked(plain):
    passphrase.change(plain, keys.new_key(SAID))
    keys.forget()
    return plain


def texts(path):
    with open_store(path) as store, store.read() as session:
        return [row.title for row in journal.entry_rows(session, journal.entry_ids(session))]


def test_what_is_in_it_stays_the_same(plain):
    before, said = integrity.check(plain), texts(plain)
    for new in (keys.new_key(SAID), keys.new_key(OTHER), None):
        passphrase.change(plain, new)
        after = integrity.check(plain)
        assert after.problems == ()
        assert (after.sha256, after.is_sealed, texts(plain)) == (before.sha256, True, said)
        assert (SECRET.encode() in plain.read_bytes()) is (new is None)


def test_nothing_opens_it_without_the_passphrase(locked):
    raw = locked.read_bytes()
    assert keys.is_locked(locked)
    for look in (open_store, integrity.check, lambda path: open_store(path, read_only=True)):
        with pytest.raises(JournalLocked, match="locked"):
            look(locked)
    with pytest.raises(passphrase.WrongPassphrase):
        passphrase.unlock(locked, SAID + " ")
    assert locked.read_bytes() == raw
    passphrase.unlock(locked, SAID)
    assert len(texts(locked)) == 30


def test_the_passphrase_is_the_same_however_its_letters_were_typed(plain):
    passphrase.change(plain, keys.new_key("Gr\u00fcner Tee am Abend"))
    keys.forget()
    passphrase.unlock(plain, "Gru\u0308ner Tee am Abend")


def test_every_program_with_sqlcipher_opens_it(plain, monkeypatch):
    monkeypatch.undo()
    passphrase.change(plain, keys.new_key(SAID))
    connection = sqlite.connect(plain)
    connection.execute(f"PRAGMA key = '{SAID}'")
    assert connection.execute("SELECT count(*) FROM item WHERE moment > 0").fetchone() == (30,)
    connection.close()


def test_a_search_finds_and_a_word_is_written(locked):
    passphrase.unlock(locked, SAID)
    with open_store(locked) as store:
        with store.write() as session:
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="A walrus, at last")
        with store.read() as session:
            query = journal.query_for(session, "walrus", today=DAY)
            assert len(journal.entry_ids(session, matching=query)) == 1
        for beside in locked.parent.iterdir():
            if beside.is_file():
                assert b"walrus" not in beside.read_bytes()


def test_damage_is_told_from_a_wrong_passphrase(locked):
    raw = bytearray(locked.read_bytes())
    raw[16:4096] = bytes(4080)
    locked.write_bytes(raw)
    with pytest.raises(passphrase.WrongPassphrase):
        passphrase.unlock(locked, OTHER)
    passphrase.unlock(locked, SAID)
    with pytest.raises(JournalDamaged):
        open_store(locked)


def test_salvage_reads_what_is_left_and_keeps_it_secret(locked, tmp_path):
    with pytest.raises(JournalLocked):
        salvage(locked, tmp_path / "out.northing")
    passphrase.unlock(locked, SAID)
    with open_store(locked) as store, store.write() as session:
        long = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="A very long one. " * 2000)
        said = long.text
    raw = bytearray(locked.read_bytes())
    for at in (20, 4096 * 3 + 700, 4096 * 9):
        raw[at : at + 8] = bytes(8)
    locked.write_bytes(raw)
    made = salvage(locked, tmp_path / "out.northing")
    assert made.entries == 31
    assert made.whole + made.in_part >= 31
    assert made.whole >= made.entries - 1
    assert SECRET.encode() not in made.path.read_bytes()
    with open_store(made.path) as store, store.read() as session:
        texts = [entry.text for entry in session.query(Entry)]
    assert said in texts


def test_nobody_else_may_have_it_open(plain):
    with open_store(plain) as store:
        with store.read() as session:
            journal.entry_ids(session)
        with pytest.raises(JournalBusy):
            passphrase.change(plain, keys.new_key(SAID))
    assert len(texts(plain)) == 30


def test_the_recovery_code_opens_it_and_its_backups(plain):
    code, key = passphrase.new_code(), keys.new_key(SAID)
    passphrase.change(plain, key, slot=passphrase.slot_for(key, code))
    with open_store(plain) as store:
        backup = backups.take(store, reason="asked", now=NOW)
        assert passphrase.is_right(store, code.lower())
        assert passphrase.is_right(store, SAID)
        assert not passphrase.is_right(store, OTHER)
    assert SECRET.encode() not in backup.path.read_bytes()
    for path in (plain, backup.path):
        keys.forget()
        with pytest.raises(passphrase.WrongPassphrase):
            passphrase.unlock(path, passphrase.new_code())
        passphrase.unlock(path, code.replace("-", " "))
        assert integrity.check(path).entries == 30


@pytest.mark.parametrize("wrong", ["sync_folder", "write_synced"])
def test_once_it_is_the_new_one_nothing_says_otherwise(plain, monkeypatch, wrong):
    first, second = keys.new_key(SAID), keys.new_key(OTHER)
    passphrase.change(plain, first, slot=passphrase.slot_for(first, passphrase.new_code()))
    code, real, calls = passphrase.new_code(), getattr(passphrase, wrong), []

    def failing(path, *rest):
        calls.append(path)
        if len(calls) > 1:  # the first is about what comes before
            raise OSError(errno.EIO, "Input/output error")
        real(path, *rest)

    monkeypatch.setattr(passphrase, wrong, failing)
    passphrase.change(plain, second, slot=passphrase.slot_for(second, code))
    assert calls
    keys.forget()
    assert passphrase.unlock(plain, code).raw == second.raw
    keys.forget()
    with pytest.raises(passphrase.WrongPassphrase):
        passphrase.unlock(plain, SAID)


@pytest.mark.parametrize("has_code", [True, False])
def test_a_damaged_beginning_is_made_up_for_by_the_recovery_slot_or_a_backup(plain, has_code):
    code, key = passphrase.new_code(), keys.new_key(SAID)
    passphrase.change(plain, key, slot=passphrase.slot_for(key, code) if has_code else None)
    if not has_code:
        with open_store(plain) as store:
            backups.take(store, reason="asked", now=NOW)
    raw = plain.read_bytes()
    plain.write_bytes(bytes(16) + raw[16:])
    for said in (SAID, code) if has_code else (SAID,):
        keys.forget()
        passphrase.unlock(plain, said)
        assert len(texts(plain)) == 30


@pytest.mark.parametrize("drops", [True, False])
def test_earlier_backups_go_only_when_asked_to(plain, drops):
    with open_store(plain) as store:
        backups.take(store, reason="asked", now=NOW)
    key = keys.new_key(SAID)
    passphrase.renew(plain, key, drops_earlier=drops, now=NOW)
    left = backups.listed(backups.folder_of(plain))
    assert [keys.key_of(backup.path) == key for backup in left].count(True) == 1
    assert len(left) == (1 if drops else 2)
    for backup in left:
        backups.verify(backup)


def test_no_damage_to_it_is_silent(locked):
    passphrase.unlock(locked, SAID)
    raw, whole = locked.read_bytes(), integrity.check(locked)
    for at in range(17, len(raw), len(raw) // 60):
        damaged = bytearray(raw)
        damaged[at] ^= 0x10
        locked.write_bytes(damaged)
        try:
            report = integrity.check(locked)
        except UserError:
            continue
        assert report.problems or report.is_search_damaged or report.sha256 == whole.sha256


def test_a_new_passphrase_ends_the_old_code(plain):
    code, key = passphrase.new_code(), keys.new_key(SAID)
    passphrase.change(plain, key, slot=passphrase.slot_for(key, code))
    passphrase.change(plain, keys.new_key(OTHER))
    keys.forget()
    for old in (code, SAID):
        with pytest.raises(passphrase.WrongPassphrase):
            passphrase.unlock(plain, old)


@pytest.mark.parametrize(("then", "now"), [(None, SAID), (SAID, None), (SAID, OTHER)])
def test_going_back_keeps_the_journal_as_secret_as_it_is(plain, then, now):
    if then:
        passphrase.change(plain, keys.new_key(then))
    with open_store(plain) as store:
        backup = backups.take(store, reason="asked", now=NOW)
    passphrase.change(plain, keys.new_key(now) if now else None)
    with open_store(plain) as store:
        with store.write() as session:
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="later")
        backups.restore(store, backup.path, now=NOW)
    assert len(texts(plain)) == 30
    assert (SECRET.encode() in plain.read_bytes()) is (now is None)
    backups.replace_damaged(plain, backup.path, now=NOW)
    assert len(texts(plain)) == 30
    assert (SECRET.encode() in plain.read_bytes()) is (now is None)


def test_what_a_kill_left_behind_is_swept(plain):
    from app import paths

    paths.rekeyed_file(plain).write_bytes(b"a half copy")
    texts(plain)
    assert not paths.rekeyed_file(plain).exists()


def test_a_failure_leaves_the_old_one(plain, monkeypatch):
    raw = plain.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(passphrase, "sync", fail)
    with pytest.raises(PlaceRefused, match="no space left"):
        passphrase.change(plain, keys.new_key(SAID))
    assert sorted(file.name for file in plain.parent.iterdir()) == [plain.name]
    assert len(texts(plain)) == 30
    assert len(raw) == plain.stat().st_size


def test_a_short_or_mistyped_passphrase_is_refused():
    for said, again, field in (("short", "short", "passphrase"), (SAID, OTHER, "again")):
        with pytest.raises(FieldError) as refused:
            passphrase.require_good(said, again)
        assert refused.value.field == field
    passphrase.require_good(SAID, SAID)
