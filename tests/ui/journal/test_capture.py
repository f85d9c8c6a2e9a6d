"""Something is written down from anywhere by one key."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from app.core import items, journal, kinds, naming, objectives
from app.core.objectives import ObjectiveDraft, PeriodDraft
from app.ui.journal.capture import CaptureDialog
from tests.conftest import NOW

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("page", ["today", "objectives", "insights"])
def test_one_key_two_lines_and_enter(qtbot, window, page):
    window.show_page(page)
    qtbot.waitUntil(lambda: not window.menus._go.isEmpty())
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL | SHIFT)
    dialog = window.findChild(CaptureDialog)
    qtbot.keyClicks(dialog.words, "Churn fell #retention @ana")
    assert dialog.said.text() == "#retention   @ana, new here"
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(dialog.words, "Second line")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    with window.store.read() as session:
        (item_id,) = journal.entry_ids(session)
        assert journal.entry(session, item_id).text == "Churn fell #retention @ana\nSecond line"
    window.messages._messages[-1].act()
    with window.store.read() as session:
        assert journal.entry_ids(session) == []
        assert naming.uses(session) == []


def test_undo_leaves_people_who_were_known_or_are_named_elsewhere_since(qtbot, window):
    with window.store.write() as session:
        kinds.person_named(session, "Bo Day", now=NOW - timedelta(days=1))
    window.commands.capturing.capture()
    dialog = window.findChild(CaptureDialog)
    qtbot.keyClicks(dialog.words, "With @ana, @bo and @cy")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    with window.store.write() as session:
        journal.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text="Again @cy")
    window.undo()
    with window.store.read() as session:
        assert sorted(use.name for use in naming.uses(session)) == ["Bo Day", "cy"]


def test_what_cannot_be_kept_stays_in_the_box(qtbot, window):
    window.commands.capturing.capture()
    dialog = window.findChild(CaptureDialog)
    qtbot.keyClicks(dialog.words, "Five demos >zebra")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "zebra" in dialog._wrong.text()
    assert dialog.said.geometry().top() >= dialog.words.geometry().bottom()
    assert dialog.words.toPlainText() == "Five demos >zebra"


def test_it_says_which_of_several_is_meant_and_makes_nobody_up(qtbot, window):
    period = PeriodDraft("quarter", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026")
    with window.store.write() as session:
        for name in ("Ana Lima", "Ana Braun", "Bo Day"):
            kinds.person_named(session, name, now=NOW)
        for title in ("Clinics keep coming back", "Clinics pay by card"):
            objectives.add_objective(
                session, ObjectiveDraft(title, "Because", "Growth", period, "committed"), now=NOW
            )
    window.commands.capturing.capture()
    dialog = window.findChild(CaptureDialog)
    qtbot.keyClicks(dialog.words, "Five demos @ana @bo >clinics")
    assert "@ana could be Ana Braun, Ana Lima" in dialog.said.text().replace(
        "Ana Lima, Ana Braun", "Ana Braun, Ana Lima"
    )
    assert "@Bo Day" in dialog.said.text()
    assert "the first of 2 that fit" in dialog.said.text()
    qtbot.keyClicks(dialog.words, ' >"pay by card"')
    assert "→ Clinics pay by card" in dialog.said.text()
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    with window.store.read() as session:
        (item_id,) = journal.entry_ids(session)
        linked = items.item_rows(session, items.linked_ids(session, item_id, role="mentions")[0])
        assert [row.title for row in linked] == ["Bo Day"]
        assert sorted(kinds.people(session)) == ["Ana Braun", "Ana Lima", "Bo Day"]


def test_what_was_begun_stands_there_again(qtbot, window):
    window.commands.capturing.capture()
    dialog = window.findChild(CaptureDialog)
    qtbot.keyClicks(dialog.words, "A long thought")
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog.words, Qt.Key.Key_Escape)
    window.commands.capturing.capture()
    dialog = window.findChild(CaptureDialog)
    assert dialog.words.toPlainText() == "A long thought"
    qtbot.keyClicks(dialog.words, " goes on")
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    with window.store.read() as session:
        assert journal.entry(session, journal.entry_ids(session)[0]).text == "A long thought goes on"
    window.commands.capturing.capture()
    assert window.findChild(CaptureDialog).words.toPlainText() == ""


def test_words_in_the_box_are_kept_when_the_window_closes_over_it(qtbot, window):
    window.commands.capturing.capture()
    qtbot.keyClicks(window.findChild(CaptureDialog).words, "Half a thought #late")
    assert window.close()
    with window.store.read() as session:
        assert journal.entry(session, journal.entry_ids(session)[0]).text == "Half a thought #late"


def test_words_that_cannot_be_kept_hold_the_window_or_go_into_a_file(qtbot, window, monkeypatch, tmp_path):
    monkeypatch.setattr("app.paths.data_dir", lambda: tmp_path / "kept")
    window.commands.capturing.capture()
    qtbot.keyClicks(window.findChild(CaptureDialog).words, "Five demos >zebra")
    assert not window.close()
    assert "zebra" in window.findChild(CaptureDialog)._wrong.text()
    window.messages._messages[-1].act()
    (file,) = (tmp_path / "kept").glob("Unsaved text*.md")
    assert file.read_text(encoding="utf-8") == "Five demos >zebra"
