"""Today as it first appears: the day's page, ready to type, and the newest entries beside it.

Built from plain rows, before the store is there; `TodayPage` brings it to life.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.core.first import FirstPage
from app.core.rows import EntryRow, detail_of
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import dates, theme
from app.ui.kit.editor import Autosaver, MarkdownEditor, SaveLabel
from app.ui.kit.listrow import HEIGHT, ListRow, ListRowDelegate, month_lead
from app.ui.kit.rows import RowsModel

SIDE_WIDTH = 344


class TodayView(QWidget):
    """Left the page of the day, right what looks at it."""

    def __init__(self, first: FirstPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = first.day
        self.page = first.page
        sheet = QWidget(self)
        sheet.setProperty("role", "page")
        sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sheet = QVBoxLayout(sheet)
        self._beside = QScrollArea(self)
        self._beside.setProperty("role", "side")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(sheet, 1)
        row.addWidget(self._beside)
        self.heading = QLabel(sheet)
        self.heading.setProperty("role", "title")
        self.subheading = QLabel(sheet)
        self.subheading.setProperty("role", "secondary")
        self.state = SaveLabel(sheet)
        self.editor = MarkdownEditor(sheet)
        for words in (self.heading, self.subheading):
            words.setIndent(round(self.editor.document().documentMargin()))  # above the text, to the pixel
        self.show_asking(asks=bool((first.settings or {}).get("prompts", True)))
        self.editor.setAccessibleName(self.tr("Today's page"))
        self.autosaver = Autosaver(self.editor)
        self.autosaver.bind(first.page[2] if first.page else "", None)
        self.autosaver.state_changed.connect(self.state.show_state)
        self.model: RowsModel[EntryRow] = RowsModel(lambda ids: (), lambda row: row.title, self)
        self.model.show([row.id for row in first.newest], first.newest)
        self._lay_out_page()
        self._lay_out_side()
        self.show_day(first.day)
        self.setFocusProxy(self.editor)

    def show_day(self, day: date) -> None:
        """Head the page with `day`."""
        self.day = day
        self.heading.setText(dates.weekday_and_day(day))
        week, year = day.isocalendar().week, day.isocalendar().year
        self.subheading.setText(self.tr("Week {week}, {year}").format(week=week, year=year))

    def show_asking(self, *, asks: bool) -> None:
        """Ask on an empty page what there is to write, or leave it blank."""
        said = self.tr("What changed today, for whom, and how do you know?")
        self.editor.setPlaceholderText(said if asks else "")

    def show_emptiness(self, empty: bool) -> None:
        """Without entries there is no list to head."""
        self.earlier.setVisible(not empty)
        self.newest.setVisible(not empty)

    def show_find(self, bar: QWidget) -> None:
        """Put a bar to find words by above the page."""
        self._sheet.insertWidget(self._sheet.indexOf(self.editor), bar)
        self.editor.find_wanted.connect(bar.rise)  # type: ignore[attr-defined]

    def show_files(self, bar: QWidget) -> None:
        """Put the files of the page below it."""
        self._sheet.addWidget(bar)

    def show_hint(self, hint: QWidget) -> None:
        """Put what is asked about the words of the page below it."""
        self._sheet.addWidget(hint, 0, Qt.AlignmentFlag.AlignLeft)

    def _lay_out_page(self) -> None:
        page = self._sheet
        page.setContentsMargins(28, 24, 28, 12)
        page.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.state)
        page.addLayout(head)
        page.addWidget(self.subheading)
        page.addSpacing(12)
        page.addWidget(self.editor, 1)

    def _lay_out_side(self) -> None:
        side = QWidget()
        side.setObjectName("todaySide")
        self._beside.setWidget(side)
        self._beside.setWidgetResizable(True)
        self._beside.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.watch().changed.connect(self._fit_side)
        self._fit_side()
        self.side = QVBoxLayout(side)
        self.side.setContentsMargins(16, 24, 16, 12)
        self.side.setSpacing(8)
        self.earlier = QLabel(self.tr("Newest entries"), side)
        self.earlier.setProperty("role", "section")
        self.newest = QListView(side)
        self.newest.setItemDelegate(ListRowDelegate(self._describe, self.newest))
        self.newest.setUniformItemSizes(True)
        self.newest.setModel(self.model)
        self.newest.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.newest.setMouseTracking(True)
        self.newest.setAccessibleName(self.tr("Newest entries"))
        self.newest.setProperty("role", "plain")
        self.newest.setMinimumHeight(HEIGHT * 2)
        self.side.addWidget(self.earlier)
        self.side.addWidget(self.newest, 1)
        self.side.addStretch(0)
        self.show_emptiness(not self.model.ids)

    def _fit_side(self) -> None:
        """As wide as the size of the text asks for, and never the larger part."""
        self._beside.setFixedWidth(min(theme.px(SIDE_WIDTH), max(SIDE_WIDTH, self.width() * 2 // 5)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_side()

    def _describe(self, row: EntryRow, place: int) -> ListRow:
        above = self.model.row(place - 1)
        first_of_day = above is None or above.day != row.day
        return ListRow(
            title=row.title or self.tr("Empty page"),
            detail=detail_of(row) or kind_word(row.kind),
            icon="" if row.kind == "note" else kind_icon(row.kind),
            lead=str(row.day.day) if first_of_day else "",
            sublead=month_lead(row.day, self.day) if first_of_day else "",
            starred=row.starred,
        )
