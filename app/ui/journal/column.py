"""The journal's left column: what is searched for, a month at a glance, and the entries."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core import journal
from app.core.store import Store
from app.ui.journal.entrylist import EntryList
from app.ui.journal.feelings import bend_of, day_note
from app.ui.journal.finding import Finding
from app.ui.journal.searchbox import SearchBox
from app.ui.kit import icons
from app.ui.kit.calendar import MonthCalendar

ROOM_FOR_MONTH: Final = 620


class ListColumn(QWidget):
    """Shows what `finding` finds; pictures of entries lie in `files`."""

    def __init__(self, store: Store, finding: Finding, files: Path, today: date) -> None:
        super().__init__()
        self._store = store
        self.count = QLabel()
        self.new_button = QPushButton(self.tr(" New"))
        self.kinds_button = QPushButton()
        self.box = SearchBox(finding.understand, finding.tag_names, finding.titles, today)
        self.calendar = MonthCalendar(today)
        self.entries = EntryList(store, files, today, lambda: self.box.query)
        self.box.asked.connect(self._make_room)
        self.calendar.month_changed.connect(self._mark_month)

    def say_count(self, count: int, *, is_all: bool) -> None:
        """How many entries are listed, and whether more were found."""
        self.count.setText(f"{count:,}" + ("" if is_all else "+"))

    def refresh_month(self) -> None:
        """Mark the days of the month on show anew."""
        self._mark_month(self.calendar.month)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def hang_in(self) -> None:
        """Take all in once the column itself has its place: else each is dressed at every level above."""
        self.setProperty("role", "list")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self.box)
        month = QVBoxLayout()
        month.setContentsMargins(12, 0, 12, 0)
        month.addWidget(self.calendar)
        column.addLayout(month)
        column.addWidget(self.entries, 1)
        self.entries.hang_in()

    def _head(self) -> QHBoxLayout:
        title = QLabel(self.tr("Journal"))
        title.setProperty("role", "section")
        self.count.setProperty("role", "secondary")
        for button, icon in ((self.new_button, "plus"), (self.kinds_button, "chevron-down")):
            button.setIcon(icons.icon(icon, role="on_accent"))
            button.setProperty("role", "primary")
        self.kinds_button.setToolTip(self.tr("New entry of a kind (Ctrl+Shift+K)"))
        self.kinds_button.setAccessibleName(self.kinds_button.toolTip())
        head = QHBoxLayout()
        head.setContentsMargins(12, 14, 12, 0)
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.new_button)
        head.addSpacing(-5)
        head.addWidget(self.kinds_button)
        return head

    def _make_room(self) -> None:
        """The month gives way where the page is low, or what is searched for takes many lines."""
        said = self.box.heightForWidth(self.box.width()) - self.box.field.height()
        self.calendar.setVisible(self.height() - said >= ROOM_FOR_MONTH)

    def _mark_month(self, month: date) -> None:
        with self._store.read() as session:
            marks = journal.day_marks(session, month - timedelta(days=6), month + timedelta(days=42))
        self.calendar.set_marks(
            {day: min(4, 1 + mark.words // 150) for day, mark in marks.items()},
            curves={day: bend for day, mark in marks.items() if (bend := bend_of(mark.mood)) is not None},
            notes={day: day_note(mark) for day, mark in marks.items()},
        )
