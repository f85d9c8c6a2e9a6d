"""Reminders of writing: looked for once a minute, shown where one looks, silent where one has written."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app import APP_NAME
from app.core import clock, reminders
from app.ui.window.habits import PLAN

if TYPE_CHECKING:
    from app.core.reminders import Plan
    from app.ui.kit.tray import Tray
    from app.ui.window.main import MainWindow

LAST: Final = "reminders/last"
SNOOZED: Final = "reminders/snoozed"
MINUTE_MS: Final = 60_000
SNOOZE: Final = timedelta(hours=1)


class Reminding(QObject):
    """Reminds in the window's message bar, and by the system where the window is not in front."""

    def __init__(self, window: MainWindow, tray: Tray) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self._said = self.tr("Time to write a line about the day, if you like.")
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.look)
        tray.message_chosen.connect(self.write)

    @property
    def plan(self) -> Plan:
        """When to remind, as chosen on this computer."""
        return reminders.plan_of(self._window.preferences.value(PLAN))

    def apply(self) -> None:
        """Follow the plan as it is now; what lies before it was first on is not missed."""
        if not self.plan.is_on:
            self._minute.stop()
            self._settle()
            self._window.preferences.remove(LAST)
            return
        if self._instant(LAST) is None:
            self._window.preferences.setValue(LAST, clock.now().isoformat())
        self._minute.start()
        self.look()

    def look(self) -> None:
        """Remind when it is time to; let it go where something is written already."""
        now, plan, snoozed = clock.now(), self.plan, self._instant(SNOOZED)
        last = min(self._instant(LAST) or now, now)  # a clock that was put back shall not silence it
        asked = reminders.is_due(
            plan, last=last, now=now, zone=clock.zone(), snoozed_to=snoozed, has_written=False
        )
        if self._window.store is None or not (asked or self._is_on_screen):
            return
        if self._has_written():
            self._settle()
        if asked:
            self._window.preferences.setValue(LAST, now.isoformat())
            self._window.preferences.remove(SNOOZED)
            if not self._has_written():
                self._remind()

    def write(self) -> None:
        """Go where one writes."""
        self._settle()
        self._window.habits.rise()
        self._window.show_page("today")
        self._window.first_view.editor.setFocus()

    def snooze(self) -> None:
        """Ask again in an hour."""
        self._tray.withdraw()
        self._window.preferences.setValue(SNOOZED, (clock.now() + SNOOZE).isoformat())

    @property
    def _is_on_screen(self) -> bool:
        return self._said in self._window.messages.texts

    def _remind(self) -> None:
        window = self._window
        window.messages.show_message(
            self._said, self.tr("Write"), self.write, other=(self.tr("In an hour"), self.snooze), lasting=True
        )
        if not window.isActiveWindow() and not self._tray.notify(APP_NAME, self._said):
            QApplication.alert(window)

    def _settle(self) -> None:
        self._window.preferences.remove(SNOOZED)
        self._window.messages.take_back(self._said)
        self._tray.withdraw()

    def _has_written(self) -> bool:
        from app.core import journal

        assert self._window.store is not None
        with self._window.store.read() as session:
            today = journal.today(session, clock.now(), clock.zone())
            marks = journal.day_marks(session, today, today)
        return any(mark.words for mark in marks.values())

    def _instant(self, key: str) -> datetime | None:
        try:
            found = datetime.fromisoformat(str(self._window.preferences.value(key)))
        except ValueError:
            return None
        return found if found.tzinfo else None
