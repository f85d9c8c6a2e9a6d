"""Something is written down from anywhere by one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.core import journal
from app.ui.journal.capture import CaptureDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("page", ["today", "objectives", "insights"])
def test_one_key_two_lines_and_enter(qtbot, window, page):
    window.show_page(page)
    qtbot.waitUntil(lambda: not window.menus._go.isEmpty())
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL | SHIFT)
    dialog = window.findChild(CaptureDialog)
    qtbot.keyClicks(dialog.words, "Churn fell #retention @ana")
    assert dialog.said.text() == "#retention   @ana"
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(dialog.words, "Second line")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    with window.store.read() as session:
        (item_id,) = journal.entry_ids(session)
        assert journal.entry(session, item_id).text == "Churn fell #retention @ana\nSecond line"
    window.messages._messages[-1]._act()
    with window.store.read() as session:
        assert journal.entry_ids(session) == []


def test_what_cannot_be_kept_stays_in_the_box(qtbot, window):
    window.commands.capture()
    dialog = window.findChild(CaptureDialog)
    qtbot.keyClicks(dialog.words, "Five demos >zebra")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "zebra" in dialog._wrong.text()
    assert dialog.words.toPlainText() == "Five demos >zebra"
