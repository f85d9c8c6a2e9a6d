"""The journal is moved or replaced while the window is open, as a sync program or a tidy person does."""

from __future__ import annotations

import shutil
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from sqlcipher3 import dbapi2 as sqlite

from app.core import journal
from app.core.model import Entry
from app.core.moved import write_out
from app.core.store import open_store
from app.ui import start
from app.ui.kit.editor import SaveState
from app.ui.settings.backups import BackupsDialog
from app.ui.window.mending import KEPT
from tests.conftest import NOW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not move what is open")


def texts(path):
    with open_store(path) as store, store.read() as session:
        return [entry.text for entry in session.query(Entry).order_by(Entry.id)]


def state(window):
    return window.first_view.autosaver.state


def press(qtbot, window, said):
    def buttons():
        return [one for one in window.messages.findChildren(QPushButton) if one.text() == said]

    qtbot.waitUntil(lambda: bool(buttons()))
    qtbot.mouseClick(buttons()[0], Qt.MouseButton.LeftButton)


@pytest.fixture
def editor(qtbot, window):
    """Today's page with a word on it that is saved."""
    editor = window.first_view.editor
    qtbot.keyClicks(editor, "Before")
    qtbot.waitUntil(lambda: state(window) is SaveState.SAVED)
    return editor


def test_put_back_it_goes_on_and_the_warning_goes(qtbot, window, editor, tmp_path):
    window.path.rename(tmp_path / "Tidied.northing")
    qtbot.keyClicks(editor, " and after")
    qtbot.waitUntil(lambda: any("Put it back" in said for said in window.messages.texts))
    assert state(window) is SaveState.FAILED
    (tmp_path / "Tidied.northing").rename(window.path)
    qtbot.waitUntil(lambda: state(window) is SaveState.SAVED, timeout=10_000)
    qtbot.waitUntil(lambda: not any("Put it back" in said for said in window.messages.texts))
    assert texts(window.path) == ["Before and after"]


def test_deleted_it_is_written_again_with_what_was_typed_since(qtbot, window, editor):
    window.path.unlink()
    qtbot.keyClicks(editor, " and after")
    qtbot.waitUntil(lambda: any("Put it back" in said for said in window.messages.texts))
    press(qtbot, window, "Write it again")
    qtbot.waitUntil(lambda: window.locking.ends_for == "again")
    assert texts(window.path) == ["Before and after"]
    assert window.preferences.value(KEPT) == str(window.path)


def test_replaced_both_are_kept(qtbot, window, editor, tmp_path, empty_journal):
    other = shutil.copy(empty_journal, tmp_path / "other.northing")
    with open_store(tmp_path / "other.northing") as store, store.write() as session:
        journal.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text="From another computer")
    shutil.move(other, window.path)
    qtbot.keyClicks(editor, " and after")
    qtbot.waitUntil(lambda: any("took the place" in said for said in window.messages.texts))
    press(qtbot, window, "Keep both")
    qtbot.waitUntil(lambda: window.locking.ends_for == "again")
    (kept,) = tmp_path.glob("Journal set aside *.northing")
    assert texts(kept) == ["Before and after"]
    assert texts(window.path) == ["From another computer"]
    assert window.preferences.value(KEPT) == str(kept)


def test_closed_without_a_choice_nothing_is_lost_either(qtbot, window, editor, tmp_path):
    window.path.rename(tmp_path / "Tidied.northing")
    assert window.close()
    start.finish(window)
    assert texts(window.path) == ["Before"]
    assert window.preferences.value(KEPT) == str(window.path)


def test_where_both_were_kept_the_next_start_says_so_and_compares(
    qtbot, qapp, tmp_path, preferences, empty_journal
):
    kept = tmp_path / "Journal set aside 2026-11-23 093000Z.northing"
    path = shutil.copy(empty_journal, tmp_path / "Journal.northing")
    shutil.copy(empty_journal, kept)
    with open_store(kept) as store, store.write() as session:
        journal.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text="Only in the one that was open")
    preferences.setValue(KEPT, str(kept))
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: any(str(kept) in said for said in window.messages.texts), timeout=10_000)
    press(qtbot, window, "Compare…")
    qtbot.waitUntil(lambda: window.findChild(BackupsDialog) is not None)
    changes = window.findChild(BackupsDialog).changes
    qtbot.waitUntil(lambda: [one.title for one in changes.differences] == ["Only in the one that was open"])
    assert not preferences.contains(KEPT)
    window.close()
    window.store.close()


def test_where_it_cannot_be_kept_it_is_said_and_asked_again(qtbot, window, editor, monkeypatch):
    from app.core.refusals import PlaceRefused
    from app.ui.window import moving

    def full(*_args, **_named):
        raise PlaceRefused("The disk is full.")

    monkeypatch.setattr(moving, "write_out", full)
    window.path.rename(window.path.with_name("Tidied.northing"))
    qtbot.keyClicks(editor, " and after")
    qtbot.waitUntil(lambda: any("Put it back" in said for said in window.messages.texts))
    press(qtbot, window, "Write it again")
    qtbot.waitUntil(lambda: "The disk is full." in window.messages.texts)
    assert any("Put it back" in said for said in window.messages.texts)
    assert window.stack.isEnabled()
    monkeypatch.setattr(moving, "write_out", write_out)
    window.path.with_name("Tidied.northing").rename(window.path)
    qtbot.keyClicks(editor, "!")
    qtbot.waitUntil(lambda: texts(window.path) == ["Before and after!"], timeout=5000)


def test_a_drive_that_was_away_for_a_moment_is_no_other_file(qtbot, window, editor, tmp_path, monkeypatch):
    for end in ("", "-wal", "-shm"):
        shutil.copy(f"{window.path}{end}", tmp_path / f"again{end}")
    for end in ("", "-wal", "-shm"):
        (tmp_path / f"again{end}").rename(f"{window.path}{end}")
    qtbot.keyClicks(editor, " and after")
    qtbot.waitUntil(lambda: any("took the place" in said for said in window.messages.texts))

    engine = window.store._writing_engine
    connects = engine.raw_connection

    def dead():
        monkeypatch.setattr(engine, "raw_connection", connects)
        raise sqlite.OperationalError("disk I/O error")

    monkeypatch.setattr(engine, "raw_connection", dead)
    press(qtbot, window, "Keep both")
    assert state(window) is SaveState.SAVED
    assert not any("took the place" in said for said in window.messages.texts)
    assert texts(window.path) == ["Before and after"]
    assert not list(tmp_path.glob("Journal set aside *"))
