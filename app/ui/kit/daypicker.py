"""A button that shows a day and opens a calendar to choose another."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import dates, icons, theme
from app.ui.kit.actions import PushButton, button
from app.ui.kit.calendar import MonthCalendar


class DayPicker(PushButton):
    """A day, or none where that is allowed; `changed` tells what the user chose.

    Args:
        none: What no day means here.
    """

    changed = Signal(object)

    def __init__(
        self,
        today: date,
        day: date | None = None,
        *,
        optional: bool = False,
        none: str = "",
        first_weekday: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._optional, self._first_weekday = today, optional, first_weekday
        self._none = none or self.tr("No day")
        self._day: date | None = None
        self._popup: QWidget | None = None
        self.setProperty("role", "day")
        self.setIcon(icons.icon("calendar", role="text2"))
        self.setAutoDefault(False)
        self.clicked.connect(self.open_calendar)
        self.set_value(day)

    def value(self) -> date | None:
        """The day that is chosen."""
        return self._day

    def set_value(self, day: date | None) -> None:
        """Show `day`, without telling."""
        self._day = day
        text = self._none if day is None else dates.weekday_and_short_day(day, self._today)
        self.setText(f" {text}")
        self.setToolTip("" if day is None else dates.long_day(day))
        self.setAccessibleDescription(text)

    def open_calendar(self) -> MonthCalendar:
        """Open the calendar under the button, with the keyboard in it."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("role", "popup")
        calendar = MonthCalendar(self._today, first_weekday=self._first_weekday)
        calendar.choose(self._day or self._today)
        calendar.grid.picked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("Today"), role="quiet", slot=self._choose_today))
        row.addStretch(1)
        if self._optional:
            row.addWidget(button(self._none, role="quiet", slot=self._choose_none))
        column = QVBoxLayout(popup)
        column.setContentsMargins(12, 10, 12, 8)
        column.addWidget(calendar)
        column.addLayout(row)
        popup.setFixedWidth(theme.px(296))
        popup.move(self._place(popup))
        self._popup = popup
        popup.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)
        return calendar

    def _place(self, popup: QWidget) -> QPoint:
        """Under the button, above it where the screen ends."""
        screen: QRect = self.screen().availableGeometry()
        size = popup.sizeHint()
        under = self.mapToGlobal(QPoint(0, self.height() + 4))
        if under.y() + size.height() > screen.bottom():
            under = self.mapToGlobal(QPoint(0, -size.height() - 4))
        under.setX(max(screen.left(), min(under.x(), screen.right() - popup.width())))
        return under

    def _choose(self, day: date | None) -> None:
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        if day != self._day:
            self.set_value(day)
            self.changed.emit(day)

    def _choose_today(self) -> None:
        self._choose(self._today)

    def _choose_none(self) -> None:
        self._choose(None)
