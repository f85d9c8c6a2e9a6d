"""The export dialog: what it takes, where it goes, and what Cancel leaves behind."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.core import journal
from app.core.transfer.own.scope import WHOLE, Scope
from app.ui.transfer.exporting import ExportDialog
from tests.conftest import NOW

DAY = date(2026, 11, 23)


@pytest.fixture
def dialog(qtbot, window):
    with window.store.write() as session:
        for number in range(3):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=f"Entry {number} #tag{number}")
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Secret").private = True
    window.commands.export()
    return window.findChild(ExportDialog)


def test_all_of_it_as_json(qtbot, window, dialog, tmp_path):
    assert dialog.scope() == WHOLE
    dialog.export_to(str(tmp_path / "all.json"))
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert window.messages.texts == [f"4 items exported to “{tmp_path / 'all.json'}”."]
    assert len(json.loads((tmp_path / "all.json").read_text("utf-8"))["items"]) == 4


def test_a_report_leaves_out_what_is_private_until_asked(qtbot, window, dialog, tmp_path):
    dialog.format._choose(2)
    assert dialog.scope() == Scope()
    dialog.tag.setCurrentIndex(dialog.tag.findText("#tag1"))
    dialog.first.set_value(DAY)
    assert dialog.scope() == Scope(first=DAY, tag="tag1")
    dialog.export_to(str(tmp_path / "out.html"))
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    said = (tmp_path / "out.html").read_text("utf-8")
    assert "Entry 1" in said
    assert "Entry 2" not in said


def test_a_place_that_cannot_be_keeps_the_dialog(qtbot, window, dialog, tmp_path):
    (tmp_path / "file").write_text("x")
    dialog.export_to(str(tmp_path / "file" / "out.json"))
    qtbot.waitUntil(dialog._wrong.isVisible)
    assert "cannot be written" in dialog._wrong.text()
    assert dialog.primary.isEnabled()
    dialog.reject()


def test_cancel_leaves_nothing(qtbot, window, dialog, tmp_path):
    gone = []
    dialog.finished.connect(gone.append)
    dialog.format._choose(1)
    dialog.export_to(str(tmp_path / "out"))
    dialog._job.cancel()
    qtbot.waitUntil(lambda: bool(gone))
    assert not list(tmp_path.glob("*.part"))


def test_only_the_selected_entries_go_out(qtbot, window, tmp_path):
    with window.store.write() as session:
        for number in range(3):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=f"Entry {number}")
    page = window.show_page("journal")
    page.timeline.setFocus()
    qtbot.keyClick(page.timeline, Qt.Key.Key_Home)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    next(made for made in window.menus.actions() if made.text() == "Export the selected…").trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog.scope() == Scope(private=True, only=tuple(page.selected_ids()))
    dialog.export_to(str(tmp_path / "some.json"))
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    told = json.loads((tmp_path / "some.json").read_text("utf-8"))
    assert sorted(item["text"] for item in told["items"]) == ["Entry 1", "Entry 2"]


def test_days_that_are_not_chosen_say_what_that_means(dialog):
    assert dialog.first.text().strip() == "The first day"
    assert dialog.last.text().strip() == "The last day"
    dialog.first.set_value(DAY)
    assert dialog.scope() == Scope(DAY, private=True)
