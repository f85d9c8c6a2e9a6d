"""Versions and earlier years, through the window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.core import clock, journal, versions
from app.ui import start
from app.ui.kit import theme
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
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Return)
    assert page.desk.editor.text() == "Last year’s fair"
    assert page.window().focusWidget() is page.timeline


def test_a_comparison_follows_the_theme_and_says_where_nothing_changed(qtbot, window, page):
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    dialog = page.findChild(QDialog)
    assert dialog.list.hasFocus() or dialog.focusWidget() is dialog.list
    light = dialog.difference.toHtml()
    theme.watch().choose("dark")
    qtbot.waitUntil(lambda: dialog.difference.toHtml() != light)
    assert theme.current().text.name() in dialog.difference.toHtml()
    assert "Struck through" in dialog.legend.text()
    dialog.reject()
    page.desk.editor.apply_text("The price rose")
    assert page.flush()
    page.commands.show_versions()
    dialog = page.findChildren(QDialog)[-1]
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    assert dialog.legend.text() == "The same as what stands there now."


def test_what_stood_there_becomes_one_version(qtbot, window, page):
    page.desk.editor.apply_text("The price fell, and this is a far longer sentence than the one before")
    assert page.flush()
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    dialog = page.findChild(QDialog)
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.desk.editor.text() == "The price rose")
    with window.store.read() as session:
        texts = [version.text for version in versions.versions_of(session, page.desk.entry_id)]
    assert len(texts) == len(set(texts))
    assert "far longer" in texts[0]


def test_old_versions_are_thinned_after_a_start(qtbot, window, page, preferences):
    item_id, path = page.desk.entry_id, window.path
    for hours in (24, 25, 26, 48):
        with window.store.write() as session:
            entry = journal.entry(session, item_id)
            text = f"Said after {hours} hours"
            journal.edit_text(session, item_id, text, rev=entry.rev, now=NOW + timedelta(hours=hours))
    with window.store.read() as session:
        assert len(versions.versions_of(session, item_id)) == 5
    assert window.close()
    clock.fix(NOW + timedelta(days=90, hours=30))
    again = start.open_window(path, preferences)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.store is not None, timeout=10_000)

    def kept():
        with again.store.read() as session:
            return [version.at - NOW for version in versions.versions_of(session, item_id)]

    # The last of each day that is older than 90 days, and all that is younger.
    wanted = [timedelta(hours=48), timedelta(hours=26), timedelta()]
    qtbot.waitUntil(lambda: kept() == wanted, timeout=20_000)
    again.close()


def test_what_is_erased_letter_by_letter_comes_back_too(qtbot, window, page):
    page.new_note()
    dear = "Typed and erased within one session, a key at a time"
    qtbot.keyClicks(page.desk.editor, dear)
    assert page.flush()
    for _ in dear:
        qtbot.keyClick(page.desk.editor, Qt.Key.Key_Backspace)
        assert page.flush()
    assert page.desk.editor.text() == ""
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    dialog = page.findChild(QDialog)
    kept = [dialog.list.item(place).text() for place in range(dialog.list.count())]
    assert [line.partition("\n")[2] for line in kept] == ["1 word", "11 words"]
    whole = 1
    dialog.list.setCurrentRow(whole)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.desk.editor.text() == dear)


def test_a_comparison_begins_where_the_first_change_is(qtbot, window, page):
    with window.store.write() as session:
        entry = journal.entry(session, page.desk.entry_id)
        long = "".join(f"Line {number} of what stays.\n" for number in range(300))
        rev = journal.edit_text(session, entry.id, long, rev=entry.rev, now=NOW + timedelta(hours=1))
        journal.edit_text(session, entry.id, f"{long}The end", rev=rev, now=NOW + timedelta(hours=2))
    qtbot.wait(50)
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    difference = page.findChild(QDialog).difference
    cursor = difference.document().find("The end")
    qtbot.waitUntil(lambda: difference.viewport().rect().intersects(difference.cursorRect(cursor)))


def test_every_session_at_the_keyboard_leaves_a_version_and_so_does_erasing_all(qtbot, window, page):
    page.new_note()
    for number, said in enumerate(("First. ", "Second. ", "Third.")):
        clock.fix(NOW + timedelta(hours=number))
        qtbot.keyClicks(page.desk.editor, said)
        assert page.flush()
    page.desk.editor.selectAll()
    qtbot.keyClick(page.desk.editor, Qt.Key.Key_Delete)
    assert page.flush()
    with window.store.read() as session:
        assert journal.entry(session, page.desk.entry_id).text == ""
        kept = [version.text for version in versions.versions_of(session, page.desk.entry_id)]
    assert kept == ["First. Second. Third.", "First. Second. ", "First. "]
