"""Files of an encrypted journal: sealed where they lie and in backups, open for all that reads them."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest

from app import paths
from app.core import attachments, backups, files, integrity, journal, keys, passphrase
from app.core.salvage import salvage
from app.core.store import open_store
from app.core.transfer import exporting
from tests.conftest import NOW

DAY = date(2026, 11, 23)
RAW = b"\x89PNG\r\n\x1a\n a picture of a walrus " * 400
SHA = hashlib.sha256(RAW).hexdigest()
WORD = b"walrus"


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch):
    monkeypatch.setattr(keys, "ROUNDS", 1000)
    keys.forget()
    yield
    keys.forget()


def attach(store, raw, name):
    with store.write() as session:
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=f"![]({name})")
        attachments.attach(session, entry.id, [attachments.keep(paths.files_dir(store.path), name, raw)], now=NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "Journal.northing"
    with open_store(path) as store:
        attach(store, RAW, "walrus.png")
    return path


@pytest.fixture
def plain(made, tmp_path):
    shutil.copytree(paths.files_dir(made), paths.files_dir(tmp_path / made.name))
    return Path(shutil.copy(made, tmp_path))


def lying(folder):
    return {file.name for file in folder.iterdir()}


def tells(folder):
    """The files below a folder in which the word stands."""
    return [file for file in folder.rglob("*") if file.is_file() and WORD in file.read_bytes()]


def test_a_passphrase_seals_the_files_and_its_end_opens_them(plain, tmp_path):
    folder = paths.files_dir(plain)
    passphrase.renew(plain, keys.new_key("a long enough one"), drops_earlier=True, now=NOW)
    assert lying(folder) == {files.sealed_name(SHA)}
    assert tells(tmp_path) == []
    assert files.read(folder, SHA) == files.read_at(folder / SHA) == RAW
    assert integrity.lost_files(plain) == []
    passphrase.renew(plain, keys.new_key("another long one"), now=NOW)
    assert files.read(folder, SHA) == RAW
    passphrase.renew(plain, None, now=NOW)
    assert lying(folder) == {SHA}
    assert (folder / SHA).read_bytes() == RAW


def test_new_files_are_sealed_at_once_and_swept_when_unused(plain, monkeypatch):
    passphrase.renew(plain, keys.new_key("a long enough one"), now=NOW)
    folder = paths.files_dir(plain)
    other = b"another walrus" * 100
    sha = hashlib.sha256(other).hexdigest()
    monkeypatch.setattr(attachments, "SETTLED_S", -10)
    with open_store(plain) as store:
        attach(store, other, "two.png")
        attachments.keep(folder, "two.png", other)
        assert lying(folder) == {files.sealed_name(SHA), files.sealed_name(sha)}
        assert attachments.kept_files(folder)[0] == 2
        with store.write() as session:
            assert attachments.unused(session, folder).files == ()
            entry = journal.entry_ids(session)[0]
            attached = attachments.attachments_of(session, entry)
            for row in attached:
                session.connection().exec_driver_sql("DELETE FROM attachment WHERE id = ?", (row.id,))
            swept = attachments.sweep(session, folder)
        assert [file.name for file in swept.files] == [files.sealed_name(attached[0].sha256)]


def test_a_cut_short_sealing_goes_on(plain):
    passphrase.change(plain, keys.new_key("a long enough one"))
    folder = paths.files_dir(plain)
    files.write(folder, SHA, RAW, sealed=True)
    assert lying(folder) == {SHA, files.sealed_name(SHA)}
    with open_store(plain) as store:
        assert passphrase.settle_files(store) == 1
        assert passphrase.settle_files(store) == 0
    assert lying(folder) == {files.sealed_name(SHA)}


def test_a_damaged_one_is_noticed_and_comes_back_from_a_backup(plain):
    passphrase.renew(plain, keys.new_key("a long enough one"), now=NOW)
    folder = paths.files_dir(plain)
    sealed = folder / files.sealed_name(SHA)
    raw = bytearray(sealed.read_bytes())
    raw[5000] ^= 1
    sealed.write_bytes(raw)
    assert files.read(folder, SHA) is None
    assert integrity.lost_files(plain) == [(SHA, "walrus.png")]
    with open_store(plain) as store:
        assert passphrase.settle_files(store) == 0
        assert backups.bring_back_files(store) == (1, [])
    assert files.read(folder, SHA) == RAW


def test_going_back_exporting_and_salvage_bring_the_files(plain, tmp_path):
    passphrase.renew(plain, keys.new_key("a long enough one"), now=NOW)
    backup = backups.listed(backups.folder_of(plain))[0]
    shutil.rmtree(paths.files_dir(plain))
    with open_store(plain) as store:
        backups.restore(store, backup.path, now=NOW)
    assert files.read(paths.files_dir(plain), SHA) == RAW
    made = exporting.export(plain, tmp_path / "all.json", format="json", now=NOW)
    assert made.files == 1
    assert (tmp_path / "all.json.files" / SHA).exists() or (tmp_path / "all.files" / SHA).exists()
    page = exporting.export(plain, tmp_path / "all.html", format="html", now=NOW)
    assert "data:image/png;base64" in page.path.read_text(encoding="utf-8")
    saved = salvage(plain, tmp_path / "saved" / "Saved.northing")
    assert files.read(paths.files_dir(saved.path), SHA) == RAW
