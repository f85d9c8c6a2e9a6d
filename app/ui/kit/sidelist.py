"""A list at the left of a form: what is chosen in it is edited at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.room import FlowLayout
from app.ui.kit.tips import plain_tip


class SideList(QWidget):
    """Names under each other, and below them the buttons for what can be done with the list.

    Signals:
        chosen: The place that has the form; not while the list is filled.
    """

    chosen = Signal(int)

    def __init__(self, name: str, buttons: Sequence[QPushButton], *, width: int = 200) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(width))
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self.chosen)
        below = QWidget()
        flow = FlowLayout(below)
        for each in buttons:
            each.setAutoDefault(False)
            flow.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(below)

    def fill(self, items: Sequence[QListWidgetItem], current: int) -> None:
        """List these instead, and choose one."""
        self.list.blockSignals(True)
        self.list.clear()
        for each in items:
            each.setToolTip(plain_tip(each.text()))
            self.list.addItem(each)
        self.list.blockSignals(False)
        self.list.setCurrentRow(current)

    def beside(self, form: QLayout) -> QHBoxLayout:
        """The list with `form` at its right."""
        whole = QHBoxLayout()
        whole.setSpacing(16)
        whole.addWidget(self)
        whole.addLayout(form, 1)
        return whole
