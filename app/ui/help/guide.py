"""The user guide: pages at the left, found by any word, read at the right; all of it without a network.

Links lead from page to page; a word that is searched for is shown where the page says it first.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.core import guide
from app.core.guide import GuidePage
from app.ui.kit import theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.cards import label
from app.ui.kit.editor.preview import MarkdownPreview

SIZE = (1080, 760)
LIST_WIDE = 260
ROW_HIGH = 34


class GuideDialog(QDialog):
    """Stays beside the window, so that one can read and do."""

    def __init__(self, parent: QWidget, name: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Guide"))
        self.resize(*SIZE)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find in the guide"))
        self.search.setAccessibleName(self.tr("Find in the guide"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages of the guide"))
        self.nothing = label(self.tr("No page says that. Try one word of it."), "secondary", wrap=True)
        self.page = MarkdownPreview(place=_picture)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page.link_requested.connect(self.show_page)
        self.page.setAccessibleName(self.tr("Page"))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.nothing)
        left.addWidget(self.list, 1)
        side = QWidget()
        side.setFixedWidth(LIST_WIDE)
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(20)
        row.addWidget(side)
        row.addWidget(self.page, 1)
        self.page.textChanged.connect(self._mark)  # also when it is drawn again in another look or width
        self._shown: list[GuidePage] = []
        self.search.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(self._show)
        self._find("")
        if name:
            self.show_page(name)
        self.search.setFocus()

    @property
    def shown(self) -> GuidePage | None:
        """The page that is open."""
        row = self.list.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def show_page(self, name: str) -> None:
        """Open the page called `name`; what was searched for is let go where it does not say that."""
        if all(page.name != name for page in self._shown):
            self.search.clear()
        row = next((place for place, page in enumerate(self._shown) if page.name == name), -1)
        if row >= 0:
            self.list.setCurrentRow(row)

    def _find(self, typed: str) -> None:
        self._shown = guide.matching(typed, guide.pages())
        self.list.clear()
        for page in self._shown:
            item = QListWidgetItem(page.title)
            item.setSizeHint(QSize(0, ROW_HIGH))
            self.list.addItem(item)
        self.nothing.setVisible(not self._shown)
        self.list.setVisible(bool(self._shown))
        self.list.setCurrentRow(0 if self._shown else -1)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            self.page.show_markdown(self._shown[row].text)
            marks = self.page.extraSelections()  # whose cursors go with them
            below = [QTextCursor(mark.cursor) for mark in marks if mark.cursor.blockNumber() > 0]
            first = min(below, key=QTextCursor.position, default=QTextCursor(self.page.document()))
            self.page.verticalScrollBar().setValue(self.page.cursorRect(first).top() - self.page.height() // 3)

    def _mark(self) -> None:
        """Mark every place that says one of the words that are searched for."""
        shown = QTextCharFormat()
        shown.setBackground(theme.current().warn_soft)
        marks = []
        for word in self.search.text().split():
            found = self.page.document().find(word)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.format = shown
                mark.cursor = found
                marks.append(mark)
                found = self.page.document().find(word, found)
        self.page.setExtraSelections(marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self.search.hasFocus():
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), len(self._shown) - 1))
        elif event.key() not in ENTERS:
            super().keyPressEvent(event)


def _picture(target: str) -> Path | None:
    return guide.picture(target, dark=theme.current().is_dark)
