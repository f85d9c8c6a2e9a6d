"""The journal is moved or replaced while the window is open, as a sync program or a tidy person does."""

from __future__ import annotations

import shutil
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.core import journal
from app.core.model import Entry
from app.core.store import open_store
from app.ui import start
from app.ui.kit.editor import SaveState
from app.ui.window.locking import NOTICE
from tests.conftest import NOW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not move what is open")


def texts(path):
    with open_store(path) as store, store.read() as session:
        return [entry.text for entry in session.query(Entry).order_by(Entry.id)]


def press(qtbot, window, said):
    qtbot.mouseClick(
        next(one for one in window.messages.findChildren(QPushButton) if one.text() == said),
        Qt.MouseButton.LeftButton,
    )


@pytest.fixture
def editor(qtbot, window):
    """Today's page with a word on it that is saved."""
    editor = window.first_view.editor
    qtbot.keyClicks(editor, "Before")
    qtbot.waitUntil(lambda: window.first_view.autosaver.state is SaveState.SAVED)
    return editor


def test_put_back_it_goes_on_and_the_warning_goes(qtbot, window, editor, tmp_path):
    window.path.rename(tmp_path / "Tidied.northing")
    qtbot.keyClicks(editor, " and after")
    qtbot.waitUntil(lambda: any("Put it back" in said for said in window.messages.texts))
    assert window.first_view.autosaver.state is SaveState.FAILED
    (tmp_path / "Tidied.northing").rename(window.path)
    qtbot.waitUntil(lambda: window.first_view.autosaver.state is SaveState.SAVED, timeout=10_000)
    qtbot.waitUntil(lambda: not any("Put it back" in said for said in window.messages.texts))
    assert texts(window.path) == ["Before and after"]


def test_deleted_it_is_written_again_with_what_was_typed_since(qtbot, window, editor):
    window.path.unlink()
    qtbot.keyClicks(editor, " and after")
    qtbot.waitUntil(lambda: any("Put it back" in said for said in window.messages.texts))
    press(qtbot, window, "Write it again")
    qtbot.waitUntil(lambda: window.locking.ends_for == "again")
    assert texts(window.path) == ["Before and after"]
    assert "written to" in window.preferences.value(NOTICE)


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
    assert str(kept) in window.preferences.value(NOTICE)


def test_closed_without_a_choice_nothing_is_lost_either(qtbot, window, editor, tmp_path):
    window.path.rename(tmp_path / "Tidied.northing")
    assert window.close()
    start.finish(window)
    assert texts(window.path) == ["Before"]
    assert str(window.path) in window.preferences.value(NOTICE)
