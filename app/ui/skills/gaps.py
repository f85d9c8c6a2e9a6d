"""The gaps to the target role as a table, and planning a step for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from app.core.skills import Board, GapRow, gap_rows, idle_steps
from app.ui.kit import theme
from app.ui.kit.actions import ENTERS, button
from app.ui.kit.cards import Card, SectionHead, label
from app.ui.kit.numbers import counted
from app.ui.kit.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
TOP: Final = 3
ROW: Final = 34
MEASURED: Final = 20


class GapsModel(QAbstractTableModel):
    """Skill, level, expected, weight, pieces of evidence, open steps; the weightiest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[GapRow] = []

    def show(self, rows: list[GapRow]) -> None:
        """Show `rows`."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, place: int) -> GapRow | None:
        """The gap at `place`; None outside."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < 6:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Skill"),
            self.tr("Now"),
            self.tr("Asked"),
            self.tr("Weight"),
            self.tr("Evidence"),
            self.tr("Open steps"),
        )[section]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or (row := self.row(index.row())) is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._text(row, index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        look = theme.current()
        if role == Qt.ItemDataRole.FontRole and index.column() == 0 and index.row() < TOP:
            return theme.font("strong")
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 5 and not row.skill.steps:
            return look.text3
        return None

    def _text(self, row: GapRow, column: int) -> str:
        now = row.skill.now
        if column == 0:
            return row.skill.title
        if column == 1:
            return f"{now.level:g}"
        if column == 2:
            return f"{row.skill.expected:g}"
        if column == 3:
            return f"{row.weight:g}"
        if column == 4:
            return self.tr("stale") if now.is_stale else str(now.pieces)
        return " · ".join(row.skill.steps) or self.tr("none yet")

    @staticmethod
    def _side(column: int) -> int:
        side = Qt.AlignmentFlag.AlignLeft if column in (0, 5) else Qt.AlignmentFlag.AlignRight
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class GapTable(QTableView):
    """Up and Down choose, Enter opens the skill, `P` plans a step."""

    opened = Signal(int)
    planned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if row >= 0 and event.key() in ENTERS:
            self.opened.emit(row)
        elif row >= 0 and event.key() == Qt.Key.Key_P:
            self.planned.emit(row)
        else:
            super().keyPressEvent(event)


class GapCard(Card):
    """The weightiest gaps in bold, with what is being done about each, and steps that close none."""

    skill_chosen = Signal(int)
    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GapsModel(self)
        self.table = GapTable()
        self.said = label("", "secondary", wrap=True)
        self.idle = label("", "hint", wrap=True)
        self.plan = button(self.tr("Plan a step"), icon="route", slot=self._plan, tip=self.tr("P in the table"))
        self._lay_out()
        self.table.opened.connect(self._open)
        self.table.planned.connect(self._plan_row)
        self.table.doubleClicked.connect(self._open_index)

    def show_board(self, board: Board) -> None:
        """Show what is missing for the target role of `board`."""
        rows = gap_rows(board)
        at = self.table.currentIndex().row()
        self.model.show(rows)
        self.table.setVisible(bool(rows))
        self.plan.setVisible(bool(rows))
        self.table.setFixedHeight(theme.px(ROW) * (len(rows) + 1) + 10)
        self.said.setText(self._sentence(board, rows))
        idle = idle_steps(board) if board.role else []
        self.idle.setText(self.tr("No gap asks for: {steps}").format(steps=" · ".join(idle)))
        self.idle.setVisible(bool(idle))
        if rows:
            self.table.setCurrentIndex(self.model.index(min(max(at, 0), len(rows) - 1), 0))

    def _sentence(self, board: Board, rows: Sequence[GapRow]) -> str:
        if board.role is None:
            return self.tr("Choose a target role above to see what it asks that you do not show yet.")
        if not rows:
            return self.tr("No rated skill is below what {role} asks.").format(role=board.role.title)
        bare = sum(not row.skill.steps for row in rows)
        one = self.tr("One skill is below what {role} asks")
        said = counted(len(rows), one, self.tr("{count} skills are below what {role} asks"))
        if len(rows) == 1:
            said += self.tr(", with no open step.") if bare else self.tr(", with a step under way.")
        else:
            said += self.tr("; {bare} of them have no open step.") if bare else self.tr("; each has an open step.")
        unrated = sum(skill.expected is not None and skill.now.level is None for skill in board.skills)
        if unrated:
            said += " " + counted(
                unrated, self.tr("One is not rated and left out."), self.tr("{count} are not rated and left out.")
            )
        return said.format(role=board.role.title, bare=bare)

    def _open(self, place: int) -> None:
        if (row := self.model.row(place)) is not None:
            self.skill_chosen.emit(row.skill.id)

    def _open_index(self, index: QModelIndex) -> None:
        self._open(index.row())

    def _plan(self) -> None:
        self._plan_row(self.table.currentIndex().row())

    def _plan_row(self, place: int) -> None:
        if (row := self.model.row(place)) is not None:
            self.step_requested.emit(row.skill.id)

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Gaps to the target role"))
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setResizeContentsPrecision(MEASURED)
        head.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(SectionHead(self.tr("Gaps, the weightiest first"), self.plan))
        for part in (self.said, self.table, self.idle):
            self.body.addWidget(part)
