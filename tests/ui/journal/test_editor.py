"""Writing at the desk: the line in place, other scripts, pasted pages, reading beside, the time it takes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from app.core import journal
from app.ui.kit.editor.comfort import comfort
from tests.conftest import NOW

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DAY = date(2026, 11, 23)
PAGE = '<h2>Plan</h2><p>Some <b>bold</b> <a href="https://example.org">words</a></p><ul><li>one<li>two</ul>'


@pytest.fixture
def page(window):
    page = window.show_page("journal")
    page.new_note()
    page.desk.editor.setFocus()
    return page


@pytest.fixture
def edit(page):
    return page.desk.editor


def action_of(window, text):
    return next(made for made in window.menus.actions() if made.text() == text)


def test_typewriter_keeps_the_line_in_place(qtbot, window, edit):
    action_of(window, "&Typewriter: keep the line in place").trigger()
    places = []
    for _ in range(60):
        qtbot.keyClicks(edit, "x")
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        places.append(edit.cursorRect().center().y())
    assert edit.verticalScrollBar().value() > 0
    assert max(places[-20:]) - min(places[-20:]) <= 2
    assert places[-1] < edit.height() * 3 // 4
    comfort().switch("typewriter", on=False)


def test_typewriter_shows_what_follows_the_line_and_keeps_it_in_place_to_the_end(qtbot, window, page, edit):
    edit.set_text("\n".join(f"Line {number}" for number in range(200)))
    edit.setFocus()
    action_of(window, "&Typewriter: keep the line in place").trigger()
    for _ in range(100):
        qtbot.keyClick(edit, Qt.Key.Key_Down)
    place = edit.cursorRect().center().y()
    assert abs(place - edit.height() * 2 // 5) <= 2
    assert edit.viewport().height() == edit.height()
    for larger in (3, 0):
        comfort().zoom_by(larger)
        qtbot.waitUntil(lambda: abs(edit.cursorRect().center().y() - edit.height() * 2 // 5) <= 2)
    qtbot.keyClick(edit, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, " and one more")
    assert abs(edit.cursorRect().center().y() - place) <= 2
    page.desk.find_bar.rise()
    edit.setFocus()
    qtbot.keyClicks(edit, "!")
    assert abs(edit.cursorRect().center().y() - edit.height() * 2 // 5) <= 2
    comfort().switch("typewriter", on=False)
    assert edit.viewport().height() == edit.height()


def test_a_right_to_left_line_is_read_from_the_right_and_one_below_it_from_the_left(qtbot, edit):
    edit.set_text("שלום לכולם\nplain\n日本語のテキスト")
    middle = edit.viewport().width() // 2
    cursor = edit.textCursor()
    assert edit.cursorRect(cursor).x() > middle
    cursor.setPosition(len("שלום לכולם\n"))
    assert edit.cursorRect(cursor).x() < middle


def test_an_emoji_is_one_step_of_the_cursor_and_one_of_backspace(qtbot, edit):
    edit.set_text("a🙂漢")
    qtbot.keyClick(edit, Qt.Key.Key_End)
    qtbot.keyClick(edit, Qt.Key.Key_Left)
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.text() == "a漢"


def test_a_web_page_is_pasted_as_markdown_or_as_its_plain_words(qtbot, edit):
    copied = QMimeData()
    copied.setHtml(PAGE)
    copied.setText("Plan\nSome bold words\none\ntwo")
    QApplication.clipboard().setMimeData(copied)
    qtbot.keyClick(edit, Qt.Key.Key_V, CTRL)
    assert edit.text() == "## Plan\n\nSome **bold** [words](https://example.org)\n\n- one\n- two"
    edit.undo()
    assert edit.text() == ""
    qtbot.keyClick(edit, Qt.Key.Key_V, CTRL | SHIFT)
    assert edit.text() == "Plan\nSome bold words\none\ntwo"
    QApplication.clipboard().clear()


def test_source_and_page_scroll_together_whichever_is_scrolled(qtbot, window, page, edit):
    edit.set_text("Some words of a paragraph.\n\n" * 80)
    qtbot.keyClick(window, Qt.Key.Key_B, CTRL | SHIFT)
    here, there = edit.verticalScrollBar(), page.desk.preview.verticalScrollBar()
    qtbot.waitUntil(lambda: not page.desk.sheets.pause.isActive() and there.maximum() > 0)
    here.setValue(here.maximum())
    assert there.value() > there.maximum() * 0.98
    there.setValue(there.maximum() // 2)
    assert here.maximum() * 0.47 < here.value() < here.maximum() * 0.53


def test_words_are_counted_and_a_long_text_says_how_long_it_takes_to_read(qtbot, page, edit):
    qtbot.keyClicks(edit, "One two three")
    assert page.flush()
    assert page.desk.words.text() == "3 words"
    edit.apply_text("word " * 500)
    qtbot.waitUntil(lambda: page.desk.words.text() == "500 words · 2 min to read")


def test_entries_of_a_day_stand_under_its_number(window, page):
    with window.store.write() as session:
        for ago, text in ((0, "c"), (0, "b"), (1, "a")):
            journal.add_entry(session, day=DAY - timedelta(days=ago), now=NOW, zone="UTC", text=text)
    page.refresh()
    assert [page.entries.describe(page.model.row(place), place).lead for place in range(3)] == ["23", "", "22"]


def test_a_day_far_away_comes_into_the_middle_of_the_list(window, page):
    with window.store.write() as session:
        for ago in range(200):
            day = DAY - timedelta(days=ago)
            journal.add_entry(session, day=day, now=NOW, zone="UTC", text=f"Of {day}")
    page.refresh()
    page.go_to_day(DAY - timedelta(days=100))
    seen, row = page.timeline.viewport().rect(), page.timeline.visualRect(page.timeline.currentIndex())
    assert seen.height() * 0.25 < row.center().y() < seen.height() * 0.75


def test_the_menu_of_the_text_opens_a_link_and_pastes_plain_words(qtbot, page, edit):
    edit.set_text("See [[Nothing of the kind]]")
    QApplication.clipboard().setText("plain")
    cursor = edit.textCursor()
    cursor.setPosition(10)
    place = edit.cursorRect(cursor).center()
    for said in ("Open [[Nothing of the kind]]", "Paste as plain text\tCtrl+Shift+V"):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, edit.viewport().mapToGlobal(place))
        QApplication.sendEvent(edit.viewport(), event)
        menu = QApplication.activePopupWidget()
        next(made for made in menu.actions() if made.text() == said).trigger()
        menu.close()
    assert edit.text() == "plainSee [[Nothing of the kind]]"
    assert "“Nothing of the kind”" in page.window().messages.texts[0]
    QApplication.clipboard().clear()


def test_a_fresh_page_says_its_time_once_it_is_kept(qtbot, page, edit):
    assert page.desk.head.subheading.text() == "New note"
    qtbot.keyClicks(edit, "Words")
    assert page.flush()
    assert page.desk.head.subheading.text() == "09:30"
