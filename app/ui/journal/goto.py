"""To any day, also in words."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.days import Calendar
from app.core.daywords import parse_day_words
from app.ui.kit import dates
from app.ui.kit.forms import Dialog, Form

LOOKS_WHOLE: Final = re.compile(r"\d{4}$|^\d{4}-\d{2}-\d{2}$")
"""A day with its year, though no calendar may have it."""


class GoToDayDialog(Dialog):
    """Understands "last monday", "3 weeks ago", "2019-05"; `chosen` tells the first day of what is meant."""

    chosen = Signal(object)

    def __init__(
        self, today: date, calendar: Calendar, parent: QWidget, title: str = "", primary: str = ""
    ) -> None:
        """To go there, or for what `title` and `primary` say."""
        super().__init__(parent, title or parent.tr("Go to a day"), primary or parent.tr("Go"))
        self._today, self._calendar = today, calendar
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("yesterday, last monday, 3 weeks ago, 2019-05, 24 December 2020"))
        self.form = Form()
        self.field = self.form.add("day", self.tr("Which day"), self.words)
        self.body.addWidget(self.form)
        self.words.textChanged.connect(self._tell)
        self._tell()
        self.words.setFocus()

    def day(self) -> date | None:
        """The first day of what is meant; None when nothing is understood."""
        found = parse_day_words(self.words.text(), self._today, self._calendar)
        return found.first if found else None

    def save(self) -> bool:
        day = self.day()
        if day is None:
            return False
        self.chosen.emit(day)
        return True

    def _tell(self) -> None:
        day = self.day()
        self.primary.setEnabled(day is not None)
        if day is not None:
            self.field.show_hint(dates.long_day(day))
        elif LOOKS_WHOLE.search(self.words.text().strip()):
            self.field.show_hint(self.tr("There is no such day."))
        elif self.words.text().strip():
            self.field.show_hint(self.tr("Not a day yet."))
        else:
            self.field.show_hint(self.tr("In words or numbers."))
