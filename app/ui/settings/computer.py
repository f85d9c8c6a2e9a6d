"""Choices of this computer: reminders, the tray, the start."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QSettings, QTime
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QTimeEdit, QWidget

from app.core.autostart import Autostart
from app.core.reminders import Plan, plan_of
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.tray import has_tray
from app.ui.settings.sections import Section

PLAN: Final = "reminders/plan"
TRAY: Final = "tray"


class ComputerSection(Section):
    """Off until chosen, all of it; kept beside the journal, not in it."""

    def __init__(self, preferences: QSettings, start: Autostart | None, *, first_weekday: int) -> None:
        super().__init__()
        self._preferences = preferences
        self._start = start
        self.days = Weekdays(first_weekday)
        plan = plan_of(preferences.value(PLAN))
        self.days.set_value(plan.weekdays)
        self.at = QTimeEdit(QTime(plan.at.hour, plan.at.minute))
        self.at.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        if inner := self.at.findChild(QLineEdit):
            inner.setTextMargins(theme.px(6), 0, 0, 0)
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
        at = self.at.time()
        plan = Plan(self.days.value(), at.toPython())  # type: ignore[arg-type]
        if self._start is not None and self.start.isChecked() != self._start.is_on:
            (self._start.turn_on if self.start.isChecked() else self._start.turn_off)()
        self._preferences.setValue(PLAN, plan.stored())
        self._preferences.setValue(TRAY, "true" if self.tray.isChecked() else "false")
        self._preferences.sync()

    def _reminders(self) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.days)
        row.addWidget(label(self.tr("at"), "secondary"))
        row.addWidget(self.at)
        row.addStretch(1)
        self.at.setAccessibleName(self.tr("Time of the reminder"))
        return held

    def _hint(self) -> str:
        return self.tr("Silent when you have written that day. Without a day there are no reminders.")

    def _tray_hint(self) -> str:
        if has_tray():
            return self.tr("File → Quit always ends it.")
        return self.tr("This desktop shows no tray at the moment; without one, closing the window ends Northing.")


class Weekdays(QWidget):
    """Seven buttons, any number of them pressed."""

    def __init__(self, first_weekday: int) -> None:
        super().__init__()
        self.buttons: dict[int, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for place in range(7):
            day = (first_weekday + place) % 7
            made = self.buttons[day] = QPushButton(
                QLocale().standaloneDayName(day + 1, QLocale.FormatType.ShortFormat)
            )
            made.setProperty("role", "segment")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setAccessibleName(QLocale().standaloneDayName(day + 1))
            row.addWidget(made)

    def value(self) -> frozenset[int]:
        """The days that are pressed, 0 Monday … 6 Sunday."""
        return frozenset(day for day, each in self.buttons.items() if each.isChecked())

    def set_value(self, days: frozenset[int]) -> None:
        """Press these days."""
        for day, each in self.buttons.items():
            each.setChecked(day in days)
