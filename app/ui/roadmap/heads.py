"""What stands above the roadmap: whether a week asks for too much, and what the lanes are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox

from app.core.lanes import BYS
from app.core.load import load
from app.core.roadmap import StepRow
from app.ui.kit import dates
from app.ui.kit.cards import Chip
from app.ui.kit.numbers import number_text


class LoadChip(Chip):
    """Says it where a week ahead asks for more than the user says it has; nothing where all fits."""

    def __init__(self, today: date, first_weekday: int) -> None:
        super().__init__("", "warn")
        self._today, self._first_weekday = today, first_weekday
        self.setToolTip(
            self.tr("By the hours that steps say, evenly over their days. Settings say what a week has.")
        )
        self.hide()

    def show_rows(self, rows: Sequence[StepRow], weekly_hours: int) -> None:
        """Weigh these steps against the hours a week has, 0 where nobody says."""
        found = load(rows, today=self._today, first_weekday=self._first_weekday)
        fullest = found.fullest(date.min, date.max) if weekly_hours else None
        self.setVisible(fullest is not None and fullest[1] > weekly_hours)
        if fullest is not None:
            words = self.tr("The week of {day} asks {hours} hours of {all}")
            day = dates.short_day(fullest[0], self._today)
            hours = number_text(round(fullest[1], 1))
            self.show_text(words.format(day=day, hours=hours, all=weekly_hours), "warn")


class LaneChoice(QComboBox):
    """What the lanes of the timeline are; `currentData` is one of `core.lanes.BYS`."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Lanes"))
        names = (
            self.tr("Lanes by kind"),
            self.tr("Lanes by what they serve"),
            self.tr("Lanes by objective"),
            self.tr("Lanes by skill area"),
            self.tr("Lanes by person"),
        )
        for by, name in zip(BYS, names, strict=True):
            self.addItem(name, by)
