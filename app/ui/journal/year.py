"""A year of the journal at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core import journal
from app.core.store import Store
from app.ui.journal.feelings import bend_of, day_note
from app.ui.kit import theme
from app.ui.kit.forms import Dialog
from app.ui.kit.yearcalendar import DayLook, YearCalendar


class YearDialog(Dialog):
    """Days are the darker the more was written; `chosen` tells the one that is picked."""

    chosen = Signal(object)

    def __init__(self, store: Store, day: date, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("The year"), parent.tr("Go to this day"), width=theme.px(724))
        self._store = store
        with store.read() as session:
            first_weekday = journal.calendar(session).first_weekday
        self.year = YearCalendar(day, self._marks, first_weekday=first_weekday)
        self.year.picked.connect(self.accept)
        self.body.addWidget(self.year)
        self.year.setFocus()

    def save(self) -> bool:
        self.chosen.emit(self.year.grid.chosen)
        return True

    def _marks(self, year: int) -> Mapping[date, DayLook]:
        with self._store.read() as session:
            marks = journal.day_marks(session, date(year, 1, 1), date(year, 12, 31))
        return {
            day: DayLook(min(4, 1 + mark.words // 60), bend_of(mark.mood), day_note(mark))
            for day, mark in marks.items()
        }
