"""Choices of this computer: reminders, the tray, the start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Final

from PySide6.QtCore import QLocale, QSettings, Qt, QTime
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from app.core.autostart import Autostart
from app.core.reminders import Plan, plan_of
from app.ui.kit.actions import PushButton, button
from app.ui.kit.cards import label
from app.ui.kit.forms import set_in
from app.ui.kit.tray import has_tray
from app.ui.settings.sections import Section

PLAN: Final = "reminders/plan"
TRAY: Final = "tray"
MOST_TIMES: Final = 3


class ComputerSection(Section):
    """Off until chosen, all of it; kept beside the journal, not in it."""

    def __init__(self, preferences: QSettings, start: Autostart | None, *, first_weekday: int) -> None:
        super().__init__()
        self._preferences = preferences
        self._start = start
        self.days = Weekdays(first_weekday)
        plan = plan_of(preferences.value(PLAN))
        self.days.set_value(plan.weekdays)
        self.times = Times(plan.times)
        self.tray = QCheckBox(self.tr("Closing the window leaves Northing in the tray"))
        self.tray.setChecked(str(preferences.value(TRAY)).lower() == "true")
        self.start = QCheckBox(self.tr("Start with the computer, in the background"))
        self.start.setChecked(start is not None and start.is_on)
        self.start.setEnabled(start is not None)
        self.add(self.tr("Remind me to write on"), self._reminders(), self._hint())
        self.add(self.tr("Tray"), self.tray, self._tray_hint())
        self.add(
            self.tr("Start"),
            self.start,
            self.tr("It waits in the tray, or minimised where there is none.")
            if start is not None
            else self.tr("This installation may not change what starts with the computer; its settings can."),
        )
        self.end()

    def keep(self) -> None:
        """Keep the choices on this computer.

        Raises:
            UserError: the system does not let Northing start with it, or cease to.
        """
        plan = Plan(self.days.value(), self.times.value())
        if self._start is not None and self.start.isChecked() != self._start.is_on:
            (self._start.turn_on if self.start.isChecked() else self._start.turn_off)()
        self._preferences.setValue(PLAN, plan.stored())
        self._preferences.setValue(TRAY, "true" if self.tray.isChecked() else "false")
        self._preferences.sync()

    def _reminders(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.days)
        column.addWidget(self.times)
        return held

    def _hint(self) -> str:
        return self.tr("Choose the days. It stays silent once you have written that day.")

    def _tray_hint(self) -> str:
        if has_tray():
            return self.tr("File → Quit always ends it.")
        return self.tr("This desktop shows no tray at the moment; without one, closing the window ends Northing.")


class Weekdays(QWidget):
    """Seven buttons, any number of them pressed."""

    def __init__(self, first_weekday: int) -> None:
        super().__init__()
        self.buttons: dict[int, PushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for place in range(7):
            day = (first_weekday + place) % 7
            made = self.buttons[day] = PushButton(
                QLocale().standaloneDayName(day + 1, QLocale.FormatType.ShortFormat)
            )
            made.setProperty("role", "segment")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setAccessibleName(QLocale().standaloneDayName(day + 1))
            row.addWidget(made)
        row.addStretch(1)

    def value(self) -> frozenset[int]:
        """The days that are pressed, 0 Monday … 6 Sunday."""
        return frozenset(day for day, each in self.buttons.items() if each.isChecked())

    def set_value(self, days: frozenset[int]) -> None:
        """Press these days."""
        for day, each in self.buttons.items():
            each.setChecked(day in days)


class Times(QWidget):
    """Times of a day, one to `MOST_TIMES`."""

    def __init__(self, times: Sequence[time]) -> None:
        super().__init__()
        self.edits: list[QTimeEdit] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.fewer = button(role="quiet", icon="x", tip=self.tr("Take the last time away"), slot=self._remove)
        self.more = button(self.tr("Another time"), role="quiet", icon="plus", slot=self._add)
        for made in (self.fewer, self.more):
            made.setAutoDefault(False)
        self._row.addWidget(label(self.tr("at"), "secondary"))
        self._row.addWidget(self.fewer)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        for at in times[:MOST_TIMES]:
            self._show(at)

    def value(self) -> tuple[time, ...]:
        """The times, the earliest first, each once."""
        return tuple(sorted({time(edit.time().hour(), edit.time().minute()) for edit in self.edits}))

    def _add(self) -> None:
        last = self.edits[-1].time()
        self._show(time((last.hour() + 4) % 24, last.minute()))
        self.edits[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        gone = self.edits.pop()
        self._row.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self._offer()

    def _show(self, at: time) -> None:
        made = QTimeEdit(QTime(at.hour, at.minute))
        set_in(made)
        made.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        made.setAccessibleName(self.tr("Time of the reminder"))
        self._row.insertWidget(1 + len(self.edits), made)
        self.edits.append(made)
        self._offer()

    def _offer(self) -> None:
        self.fewer.setVisible(len(self.edits) > 1)
        self.more.setVisible(len(self.edits) < MOST_TIMES)
