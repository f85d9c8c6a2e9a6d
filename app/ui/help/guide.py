"""The user guide: pages at the left, found by any word, read at the right; all of it without a network."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.core import guide
from app.core.guide import GuidePage
from app.ui.kit.cards import label
from app.ui.kit.editor.preview import MarkdownPreview

SIZE = (900, 640)
LIST_WIDE = 260
ROW_HIGH = 34


class GuideDialog(QDialog):
    """Stays beside the window, so that one can read and do."""

    def __init__(self, parent: QWidget) -> None:
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
        self.page = MarkdownPreview()
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
        self._shown: list[GuidePage] = []
        self.search.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(self._show)
        self._find("")
        self.search.setFocus()

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
            self.page.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self.search.hasFocus():
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), len(self._shown) - 1))
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
