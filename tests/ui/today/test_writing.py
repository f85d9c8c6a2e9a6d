"""Writing on Today: the same help as at the desk of the journal."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from app.core import journal
from tests.conftest import NOW

CTRL = Qt.KeyboardModifier.ControlModifier


def test_tags_are_completed_and_lead_to_their_entries(qtbot, window):
    with window.store.write() as session:
        journal.add_entry(session, day=date(2026, 11, 20), now=NOW, zone="UTC", text="Older #retention")
    page = window.pages["today"]
    editor = page.view.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, "New #ret")
    qtbot.keyClick(page.aids.completion.popup, Qt.Key.Key_Return)
    assert editor.text() == "New #retention "
    cursor = editor.textCursor()
    cursor.setPosition(6)
    editor.setTextCursor(cursor)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert window.preferred_page == "journal"
    assert window.pages["journal"].search.text() == "tag:retention"


def test_a_tag_much_like_another_is_asked_about_and_put_right_by_keyboard(qtbot, window):
    with window.store.write() as session:
        journal.add_entry(session, day=date(2026, 11, 20), now=NOW, zone="UTC", text="Older #retention")
    page = window.pages["today"]
    qtbot.keyClicks(page.view.editor, "Less #retentoin now")
    qtbot.waitUntil(page.tag_hint.isVisible)
    qtbot.keyClick(page.view.editor, Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert page.view.editor.text() == "Less #retention now"
    assert page.flush()
    assert not page.tag_hint.isVisible()


def test_an_item_is_opened_from_the_page(qtbot, window):
    with window.store.write() as session:
        memo = journal.add_entry(session, day=date(2026, 11, 20), now=NOW, zone="UTC", text="Pricing memo").id
    editor = window.pages["today"].view.editor
    qtbot.keyClicks(editor, "See [[pricing memo")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.keyClicks(editor, "]]")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert window.pages["journal"].desk.entry_id == memo


def test_words_are_found_on_the_page(qtbot, window):
    page = window.pages["today"]
    qtbot.keyClicks(page.view.editor, "one two one")
    qtbot.keyClick(page.view.editor, Qt.Key.Key_F, CTRL)
    assert page.find_bar.isVisible()
    qtbot.keyClicks(page.find_bar.sought, "one")
    assert page.find_bar.said.text() == "2 found"
    qtbot.keyClick(page.find_bar.sought, Qt.Key.Key_Return)
    assert page.view.editor.textCursor().selectedText() == "one"


def test_format_and_comfort_stand_in_the_menu(window):
    page = window.pages["today"]
    texts = [made.text() for made in window.menus.actions()]
    assert "&Bold" in texts
    assert "&Larger text" in texts
    assert [made.menu() is not None for made in page.actions()].count(True) == 2
