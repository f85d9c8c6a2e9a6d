"""The column at the left: the model in use, a search, its skills, and the two notebooks beside them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from app.core.skills import Board
from app.ui.kit import icons
from app.ui.kit.actions import ActionButton
from app.ui.kit.room import FlowLayout
from app.ui.skills.listing import SkillDelegate, SkillsModel


class SkillColumn(QWidget):
    """Shows a board; `list` tells what is chosen as any view does."""

    def __init__(self, model_button: QPushButton, new: QAction, places: tuple[QAction, ...]) -> None:
        super().__init__()
        self._board = Board((), None)
        self.search = QLineEdit()
        self.search.setAccessibleName(self.tr("Search skills"))
        self.model = SkillsModel(self)
        self.list = QListView()
        self._lay_out(model_button, new, places)
        self.search.textChanged.connect(self._refill)

    def show_board(self, board: Board, chosen: int | None) -> None:
        """Show the skills of a board, with one of them chosen or none, without telling."""
        self._board = board
        self._refill()
        self.choose(chosen)

    def choose(self, skill_id: int | None) -> None:
        """Mark a skill as the one on show, without telling."""
        blocked = self.list.selectionModel().blockSignals(True)
        place = self.model.row_of(skill_id) if skill_id is not None else -1
        self.list.setCurrentIndex(self.model.index(place) if place >= 0 else QModelIndex())
        if place < 0:
            self.list.clearSelection()
        self.list.selectionModel().blockSignals(blocked)
        self.list.viewport().update()

    def _refill(self) -> None:
        blocked = self.list.selectionModel().blockSignals(True)
        chosen = self.model.skill(self.list.currentIndex().row())
        self.model.show(self._board, self.search.text())
        self.list.selectionModel().blockSignals(blocked)
        self.choose(chosen.id if chosen else None)

    def _lay_out(self, model_button: QPushButton, new: QAction, places: tuple[QAction, ...]) -> None:
        self.search.setPlaceholderText(self.tr("Search skills"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SkillDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(self.tr("Skills"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "list")
        head = QHBoxLayout()
        head.setContentsMargins(8, 14, 12, 0)
        head.addWidget(model_button)
        head.addStretch(1)
        head.addWidget(ActionButton(new, "primary", self.tr("New")))
        searching = QHBoxLayout()
        searching.setContentsMargins(12, 0, 12, 0)
        searching.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        flow = FlowLayout(spacing=4)
        foot.addLayout(flow)
        for place in places:
            flow.addWidget(ActionButton(place, "quiet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(searching)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
