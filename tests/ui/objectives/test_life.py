"""Pausing, judging, moving and copying an objective, and taking each back."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core import clock, journal, objectives
from app.core.objectives import PeriodDraft
from app.ui.objectives.closing import CarryDialog, CloseDialog, DropDialog
from app.ui.objectives.lifecycle import PauseDialog, PeriodDialog, StatusDialog
from tests.conftest import NOW
from tests.ui.objectives.conftest import ACTIVATION, SPEED, TODAY
from tests.ui.objectives.test_page import chips, dialog, titles


def accept(qtbot, shown):
    qtbot.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def told(page, qtbot, call):
    """The sentence that `call` makes the page announce, and its undo."""
    with qtbot.waitSignal(page.announced) as heard:
        call()
    QApplication.processEvents()
    return heard.args


def test_a_pause_without_an_end_is_resumed(page, add, qtbot, detail_of):
    made = add("Grow", ACTIVATION)
    shown = page()
    shown.life.pause.trigger()
    asked = dialog(shown, PauseDialog)
    qtbot.keyClicks(asked.reason, "Leave")
    sentence, undo = told(shown, qtbot, lambda: accept(qtbot, asked))
    assert sentence == "“Grow” rests from Nov 23 on."
    assert "Paused" in chips(shown)
    assert not shown.life.pause.isEnabled()
    undo()
    QApplication.processEvents()
    assert shown.life.pause.isEnabled()
    shown.life.pause.trigger()
    accept(qtbot, dialog(shown, PauseDialog))
    clock.fix(NOW + timedelta(days=5))
    shown.refresh()
    shown.life.resume.trigger()
    (rest,) = detail_of(made).row.pauses
    assert (rest.first, rest.last) == (TODAY, TODAY + timedelta(days=4))


def test_a_pause_that_ends_before_it_begins_is_refused(page, add):
    add("Grow", ACTIVATION)
    shown = page()
    shown.life.pause.trigger()
    asked = dialog(shown, PauseDialog)
    asked.last.set_value(date(2026, 11, 1))
    asked.last.changed.emit(asked.last.value())
    assert asked.form.fields["last"].error
    assert not asked.primary.isEnabled()


def test_a_status_of_ones_own_asks_why(page, add, check_in, qtbot):
    made = add("Grow", ACTIVATION)
    check_in(made, 49.0)
    shown = page()
    shown.life.judge.trigger()
    asked = dialog(shown, StatusDialog)
    qtbot.mouseClick(asked.status.findChildren(type(asked.primary))[2], Qt.MouseButton.LeftButton)
    assert not asked.primary.isEnabled()
    qtbot.keyClicks(asked.reason, "Ana is leaving")
    _, undo = told(shown, qtbot, lambda: accept(qtbot, asked))
    assert chips(shown)[0] == "At risk"
    undo()
    QApplication.processEvents()
    assert chips(shown)[0] == "On track"


def test_an_objective_moves_to_the_backlog_and_back(page, add, qtbot):
    add("Grow", ACTIVATION)
    shown = page()
    shown.life.move.trigger()
    asked = dialog(shown, PeriodDialog)
    asked.period.combo.setCurrentIndex(asked.period.combo.count() - 2)
    sentence, undo = told(shown, qtbot, lambda: accept(qtbot, asked))
    assert sentence == "Moved “Grow” to the backlog."
    assert shown.view.where.text() == "Backlog"
    undo()
    QApplication.processEvents()
    assert shown.view.where.text() == "Q4 2026"


def test_a_copy_is_shown_as_a_draft(page, add, qtbot):
    made = add("Grow", ACTIVATION)
    shown = page()
    _, undo = told(shown, qtbot, shown.life.duplicate.trigger)
    assert shown.objective_id != made
    assert "Draft" in chips(shown)
    assert titles(shown) == ["Grow", "Grow"]
    undo()
    QApplication.processEvents()
    assert titles(shown) == ["Grow"]
    assert shown.objective_id == made


def test_an_objective_is_closed_looked_back_on_and_carried_by_keyboard_alone(page, add, check_in, qtbot, store):
    made = add("Grow", ACTIVATION, SPEED)
    check_in(made, 41.0)
    check_in(made, 5.0, place=1)
    shown = page()
    with qtbot.waitActive(shown):
        shown.activateWindow()
    qtbot.keyClick(shown, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    asked = dialog(shown, CloseDialog)
    assert asked.draft().grade == asked.draft().suggested == 0.8
    qtbot.keyClick(asked.grade.focused_button(), Qt.Key.Key_6)
    assert not asked.primary.isEnabled()
    qtbot.keyClicks(asked.reason, "Came late")
    qtbot.keyClicks(asked.texts["why"], "Two releases slipped")
    asked.carry.setChecked(True)
    accept(qtbot, asked)
    carried = dialog(shown, CarryDialog)
    assert [box.text() for box in carried.boxes.values()] == [
        "Week-1 activation: from 41% to 50%",
        "Setup time: reached, stays behind",
    ]
    assert carried.period.value() == PeriodDraft("quarter", date(2027, 1, 1), date(2027, 3, 31), "Q1 2027")
    _, undo = told(shown, qtbot, lambda: accept(qtbot, carried))
    assert shown.view.where.text() == "Q1 2027"
    assert [card.row.title for card in shown.view.cards.cards] == ["Week-1 activation"]
    with store.read() as session:
        (old,) = objectives.objective_rows(session, [made], TODAY)
        (entry, *_) = journal.entry_rows(session, journal.entry_ids(session, kinds=["review"]))
    assert (old.state, old.grade, entry.title) == ("closed", 0.6, "Looking back: Grow")
    undo()
    shown.open_item(made)
    assert shown.life.carry.isEnabled()


def test_closing_is_taken_back_with_its_entry(page, add, check_in, qtbot, store):
    check_in(add("Grow", ACTIVATION), 41.0)
    shown = page()
    shown.life.close.trigger()
    asked = dialog(shown, CloseDialog)
    qtbot.keyClicks(asked.texts["helped"], "Ana")
    sentence, undo = told(shown, qtbot, lambda: accept(qtbot, asked))
    assert sentence == "Closed “Grow” with 0.5."
    undo()
    QApplication.processEvents()
    assert shown.life.close.isEnabled()
    with store.read() as session:
        assert journal.entry_ids(session, kinds=["review"]) == []


def test_an_objective_is_dropped_with_a_reason(page, add, qtbot):
    add("Grow", ACTIVATION)
    shown = page()
    shown.life.drop.trigger()
    asked = dialog(shown, DropDialog)
    qtbot.keyClicks(asked.reason, "No budget")
    _, undo = told(shown, qtbot, lambda: accept(qtbot, asked))
    assert "Dropped" in chips(shown)
    undo()
    QApplication.processEvents()
    assert "Dropped" not in chips(shown)


def test_words_that_cannot_be_kept_stay_where_they_were_typed(page, add, check_in, qtbot, full_disk):
    check_in(add("Grow", ACTIVATION), 41.0)
    shown = page()
    asked = []
    for kind, action in ((PauseDialog, "pause"), (DropDialog, "drop"), (CloseDialog, "close")):
        getattr(shown.life, action).trigger()
        asked.append(dialog(shown, kind))
    field = asked[2].texts["helped"]
    for words in (asked[0].reason, asked[1].reason, field):
        qtbot.keyClicks(words, "Hard-won words")
    with full_disk():
        for one in asked:
            accept(qtbot, one)
            assert one.isVisible()
            assert one.wrong == "The disk is full."
    accept(qtbot, asked[2])
    assert any("Closed" in chip for chip in chips(shown))


def test_a_draft_is_begun_and_taken_back(page, add, qtbot):
    add("Grow", ACTIVATION, state="draft")
    shown = page()
    assert "Draft" in chips(shown)
    sentence, undo = told(shown, qtbot, shown.life.begin.trigger)
    assert sentence == "“Grow” is under way."
    assert "Draft" not in chips(shown)
    assert not shown.life.begin.isVisible()
    undo()
    QApplication.processEvents()
    assert "Draft" in chips(shown)
