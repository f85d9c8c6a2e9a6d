"""Where the journal lies, and bringing in what another copy of it has."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app import paths
from app.core import backups, journal
from app.core.model import Entry
from app.core.store import open_store
from app.core.transfer import bringing, reader_for
from app.core.whereabouts import conflict_copies, is_on_network, is_open_to_others, keep_to_oneself, synced_by
from tests.conftest import NOW

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Library/CloudStorage/Dropbox-Personal", "Dropbox"),
        ("OneDrive - Contoso", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-ana@example.org", "Google Drive"),
        ("Nextcloud/notes", "Nextcloud"),
        ("MEGAsync", "MEGA"),
        ("Omega/MEGA", "MEGA"),
        ("Omega", ""),
        ("Documents/dropboxes", ""),
        ("Documents", ""),
    ],
)
def test_synced_folders_are_known_by_name(tmp_path, folder, service):
    assert synced_by(tmp_path / folder / "Journal.northing") == service


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".stfolder", "Syncthing"),
        (".tmp.drivedownload", "Google Drive"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud or ownCloud"),
        (".owncloudsync.log", "ownCloud"),
        (".sync", "Resilio Sync"),
        (".megaignore", "MEGA"),
        (".sync_notes.db", ""),
    ],
)
def test_synced_folders_are_known_by_their_marks(tmp_path, mark, service):
    (tmp_path / "things" / mark).mkdir(parents=True)
    (tmp_path / "things" / "deep").mkdir()
    assert synced_by(tmp_path / "things" / "deep" / "Journal.northing") == service


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked another way")
def test_network_drives_are_known(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nnas:/x /mnt/my\\040nas nfs4 rw 0 0\ntmpfs /mnt/my\\040nas/t tmpfs rw 0 0\n"
    )
    assert is_on_network(Path("/mnt/my nas/Journal.northing"), str(mounts))
    assert not is_on_network(Path("/mnt/my nas/t/Journal.northing"), str(mounts))
    assert not is_on_network(Path("/home/ana/Journal.northing"), str(mounts))
    assert not is_on_network(Path("/home/ana/Journal.northing"), str(tmp_path / "gone"))


def test_conflict_copies_are_recognised(tmp_path):
    names = [
        "Journal (Ana's conflicted copy 2026-11-23).northing",
        "Journal.sync-conflict-20261123-093000-ABCDEFG.northing",
        "Journal (1).northing",
        "Journal 2.northing",
        "Journal-LAPTOP-7F3K.northing",
        "Journal-Anas-MacBook-Pro.northing",
        "Journal_conflict-20261123-093000.northing",
        "Journal (Copie en conflit de Ana 2026-11-23).northing",
        "Journal (Case Conflict).northing",
    ]
    others = [
        "Journal 2025.northing",
        "Journal set aside 2026-11-23 093000Z 1.northing",
        "Journal of work.northing",
        "Journal-old.northing",
    ]
    others += ["Journal.northing", "Work (1).northing", "Journal (1).txt"]
    for name in [*names, *others]:
        (tmp_path / name).touch()
    assert sorted(path.name for path in conflict_copies(tmp_path / "Journal.northing")) == sorted(names)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_what_others_may_read_is_told_and_kept_to_oneself(tmp_path):
    path, log = tmp_path / "Journal.northing", tmp_path / "Journal.northing-wal"
    for one in (path, log):
        one.touch()
        one.chmod(0o644)
    tmp_path.chmod(0o700)
    assert not is_open_to_others(path)
    tmp_path.chmod(0o755)
    assert is_open_to_others(path)
    keep_to_oneself(path)
    assert not is_open_to_others(path)
    assert [one.stat().st_mode & 0o777 for one in (path, log)] == [0o600, 0o600]


def test_another_journal_brings_what_only_it_has(store, tmp_path):
    with store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Both have it")
    store.copy_to(tmp_path / "Journal (1).northing")
    with open_store(tmp_path / "Journal (1).northing") as other, other.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Written there #there")
    with store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Written here")
    path = tmp_path / "Journal (1).northing"
    before = path.read_bytes()
    reader = reader_for(path)
    plan = bringing.plan(store, reader.name, path.name, reader.records(path, zone=ZoneInfo("UTC")))
    assert (len(plan.fresh), plan.known) == (1, 1)
    bringing.bring(store, plan, now=NOW, zone="UTC")
    with store.read() as session:
        assert {entry.text for entry in session.query(Entry)} == {
            "Both have it",
            "Written there #there",
            "Written here",
        }
    assert path.read_bytes() == before
    assert backups.latest(paths.backups_dir(store.path)).reason == "import"


def test_a_folder_beside_the_program_keeps_all(tmp_path, monkeypatch):
    monkeypatch.delenv("NORTHING_HOME")
    monkeypatch.setenv("APPIMAGE", str(tmp_path / "Northing.AppImage"))
    assert paths.portable_dir() is None
    (tmp_path / "Northing Data").mkdir()
    for place in (paths.default_journal(), paths.preferences_file(), paths.log_file()):
        assert place.parent == tmp_path / "Northing Data"


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_mark_beside_the_program_makes_it_portable(tmp_path, monkeypatch, is_folder):
    monkeypatch.delenv("NORTHING_HOME")
    monkeypatch.delenv("APPIMAGE", raising=False)
    inside = tmp_path / "Northing.app" / "Contents" / "MacOS"
    for folder in (tmp_path / "stick", inside):
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "executable", str(folder / "northing"))
        beside = tmp_path if folder is inside else folder
        beside.mkdir(exist_ok=True)
        assert paths.portable_dir() is None
        mark = beside / "northing-portable"
        mark.mkdir() if is_folder else mark.touch()
        assert paths.default_journal() == beside / "Northing Data" / "Journal.northing"
