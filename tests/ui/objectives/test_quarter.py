"""A quarter by keyboard alone: planned, lived for thirteen weeks, closed with a grade, carried into the next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core import clock, objectives
from app.core.model import Entry
from app.ui.kit.forms import Dialog

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST = date(2026, 10, 1)
WEEKS = (34, 35, 37, 36, 38, 40, 41, 43, 44, 44, 47, 48, 48)


@pytest.fixture
def hands(qtbot, window):
    """What a person has who owns no mouse."""
    return Hands(qtbot, window)


class Hands:
    def __init__(self, qtbot, window):
        self._qtbot, self._window = qtbot, window

    def here(self):
        """Where the next key goes."""
        open_ones = [made for made in self._window.findChildren(Dialog) if made.isVisible()]
        top = open_ones[-1] if open_ones else self._window
        top.activateWindow()  # no window system does it here
        QApplication.processEvents()
        return top.focusWidget() or top

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self._qtbot.keyClick(self.here(), key, modifier)
        QApplication.processEvents()

    def write(self, text):
        self._qtbot.keyClicks(self.here(), text)

    def tab_to(self, name):
        for _ in range(40):
            if self.here().accessibleName() == name or getattr(self.here(), "text", str)() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to “{name}”")

    def save(self):
        self.press(Qt.Key.Key_Return, CTRL)


def at(day):
    clock.fix(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), "UTC")


def test_a_quarter_is_planned_lived_closed_and_carried_by_keyboard(hands, window):
    at(FIRST)
    hands.press(Qt.Key.Key_3, CTRL)
    hands.press(Qt.Key.Key_N, CTRL)
    hands.write("Patients rebook before they leave")
    hands.tab_to("Why")
    hands.write("Those who book the next visit finish their treatment")
    hands.tab_to("Key result")
    hands.write("Visits with the next one booked")
    hands.tab_to("From")
    hands.write("34")
    hands.tab_to("To")
    hands.write("55")
    hands.save()

    for week, value in enumerate(WEEKS, start=1):
        at(min(FIRST + timedelta(days=7 * week), date(2026, 12, 31)))
        hands.press(Qt.Key.Key_D, CTRL | SHIFT)
        hands.write(str(value))
        hands.save()

    hands.press(Qt.Key.Key_E, CTRL | SHIFT)
    hands.tab_to("What helped?")
    hands.write("Three times instead of thirty")
    hands.tab_to("Then carry forward what is left")
    hands.press(Qt.Key.Key_Space)
    hands.save()
    hands.save()

    with window.store.read() as session:
        closed = objectives.objective_board(session, today=date(2026, 12, 31), scope="closed")
        (carried,) = objectives.objective_board(session, today=date(2026, 12, 31), scope="open")
        review = session.query(Entry).filter(Entry.kind == "review").one()
        said = [
            row.value for row in objectives.objective_detail(session, closed[0].id, date(2026, 12, 31)).check_ins
        ]
    assert said == list(WEEKS)
    assert [(row.state, row.grade) for row in closed] == [("closed", 0.7)]
    assert "Three times instead of thirty" in review.text
    assert carried.period.title == "Q1 2027"
    assert [(row.baseline, row.target) for row in carried.key_results] == [(48.0, 55.0)]
