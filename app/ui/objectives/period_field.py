"""Choosing a period: those of the calendar, the backlog, or days of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.objectives import PeriodDraft
from app.ui.kit.cards import label
from app.ui.kit.dates import period_text
from app.ui.kit.daypicker import DayPicker


class PeriodField(QWidget):
    """One of `periods`, or None for the backlog; its last row opens a name and two days."""

    changed = Signal()

    def __init__(
        self,
        periods: Sequence[PeriodDraft],
        chosen: PeriodDraft | None,
        today: date,
        first_weekday: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._periods: list[PeriodDraft | None] = [*periods, None]
        if chosen is not None and chosen not in self._periods:
            self._periods.insert(0, chosen)
        self.combo = QComboBox()
        for period in self._periods:
            self.combo.addItem(period.title if period else self.tr("Backlog"))
            if period:
                self.combo.setItemData(
                    self.combo.count() - 1, period_text(period.first, period.last), Qt.ItemDataRole.ToolTipRole
                )
        self.combo.addItem(self.tr("Days of my own…"))
        self.combo.setCurrentIndex(self._periods.index(chosen))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("First 100 days"))
        self.name.setAccessibleName(self.tr("Name of the period"))
        self.first = DayPicker(today, today, first_weekday=first_weekday)
        self.last = DayPicker(today, today + timedelta(days=90), first_weekday=first_weekday)
        self.first.setAccessibleName(self.tr("First day"))
        self.last.setAccessibleName(self.tr("Last day"))
        self._lay_out()
        self.setFocusProxy(self.combo)
        self.combo.currentIndexChanged.connect(self._choose)
        for signal in (self.name.textEdited, self.first.changed, self.last.changed):
            signal.connect(lambda *_: self.changed.emit())
        self._show_own()

    def value(self) -> PeriodDraft | None:
        """The period; None is the backlog."""
        place = self.combo.currentIndex()
        if place < len(self._periods):
            return self._periods[place]
        first, last = self.first.value(), self.last.value()
        assert first is not None
        assert last is not None
        return PeriodDraft("custom", first, last, self.name.text())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.combo.setAccessibleName(name)

    def _lay_out(self) -> None:
        self._own = QWidget()
        days = QHBoxLayout()
        days.setSpacing(6)
        days.addWidget(self.first, 1)
        days.addWidget(label("–", "hint"))
        days.addWidget(self.last, 1)
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(6)
        own.addWidget(self.name)
        own.addLayout(days)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.combo)
        column.addWidget(self._own)

    def _show_own(self) -> None:
        self._own.setVisible(self.combo.currentIndex() >= len(self._periods))

    def _choose(self) -> None:
        self._show_own()
        if self._own.isVisible():
            self.name.setFocus()
        self.changed.emit()
