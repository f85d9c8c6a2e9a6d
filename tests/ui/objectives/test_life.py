"""Pausing, judging, moving and copying an objective, and taking each back."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core import clock
from app.ui.objectives.lifecycle import PauseDialog, PeriodDialog, StatusDialog
from tests.conftest import NOW
from tests.ui.objectives.conftest import ACTIVATION, TODAY
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
