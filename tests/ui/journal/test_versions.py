"""Versions and earlier years, through the window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.core import journal
from tests.conftest import NOW

DAY = date(2026, 11, 23)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window):
    with window.store.write() as session:
        journal.add_entry(session, day=date(2025, 11, 23), now=NOW, zone="UTC", text="Last year’s fair")
        entry = journal.add_entry(
            session, day=DAY, now=NOW - timedelta(hours=1), zone="UTC", text="The price rose"
        )
        journal.edit_text(session, entry.id, "The price fell", rev=entry.rev, now=NOW)
        item_id = entry.id
    page = window.show_page("journal")
    page.open_item(item_id)
    return page


def test_an_earlier_version_is_compared_and_brought_back_by_keyboard(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    dialog = page.findChild(QDialog)
    assert dialog.list.count() == 1
    assert "rose" in dialog.difference.toPlainText()
    assert "fell" in dialog.difference.toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.desk.editor.text() == "The price rose")
    qtbot.keyClicks(page.desk.editor, "!")
    assert page.flush()


def test_an_entry_without_versions_says_so(qtbot, window, page):
    page.open_item(page.model.ids[-1])
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    dialog = page.findChild(QDialog)
    assert dialog.nothing.isVisible()
    assert not dialog.primary.isEnabled()


def test_the_same_day_of_earlier_years_is_one_click_away(qtbot, page):
    assert page.desk.earlier.texts() == ["A year ago – Last year’s fair"]
    link = page.desk.earlier._flow.itemAt(1).widget()
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert page.desk.editor.text() == "Last year’s fair"
