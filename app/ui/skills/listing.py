"""The list of skills: areas as heads, a skill a row with its level as pips."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.core.skills import AreaRow, Board, SkillRow
from app.ui.kit import theme
from app.ui.kit.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
ROW: Final = int(Qt.ItemDataRole.UserRole)
PIP: Final = 9
STEP: Final = 12


class SkillsModel(QAbstractListModel):
    """Areas and skills in order; areas cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[AreaRow | SkillRow] = []

    def show(self, board: Board, matching: str = "") -> None:
        """Show the board's skills whose name has `matching` in it."""
        wanted = matching.casefold().strip()
        rows: list[AreaRow | SkillRow] = []
        for area in board.areas:
            skills = [skill for skill in area.skills if wanted in skill.title.casefold()]
            if skills or not wanted:
                rows += [area, *skills]
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, skill_id: int) -> int:
        """Where the skill stands, -1 when it is not shown."""
        return next(
            (n for n, row in enumerate(self._rows) if isinstance(row, SkillRow) and row.id == skill_id), -1
        )

    def skill(self, place: int) -> SkillRow | None:
        """The skill at `place`, None for an area."""
        row = self._rows[place] if 0 <= place < len(self._rows) else None
        return row if isinstance(row, SkillRow) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.skill(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.title
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return plain_tip(row.title)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return row.title if isinstance(row, AreaRow) else _spoken(self, row)
        return None


def _spoken(model: QObject, row: SkillRow) -> str:
    if row.now.level is None:
        return model.tr("{skill}, not rated").format(skill=row.title)
    said = model.tr("{skill}, level {level}").format(skill=row.title, level=f"{row.now.level:g}")
    return said + (model.tr(", claimed") if row.now.is_claimed else model.tr(", proven"))


class SkillDelegate(QStyledItemDelegate):
    """Filled pips are proven, hollow ones claimed; a tick marks what the target role expects."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        area = isinstance(index.data(ROW), AreaRow)
        return QSize(200, theme.px(36 if area else 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        look = theme.current()
        area: QRect = option.rect.adjusted(8, 0, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, AreaRow):
            painter.setFont(theme.font("label"))
            painter.setPen(look.text3)
            head = area.adjusted(8, 0, -8, -6)
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row.title.upper())
        elif isinstance(row, SkillRow):
            self._paint_skill(painter, option, area, row)
        painter.restore()

    def _paint_skill(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: SkillRow) -> None:
        look = theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.selection if selected else look.hover)
            painter.drawRoundedRect(QRectF(area), 8, 8)
            if selected and option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(look.focus, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 8, 8)
        pips = QRect(area.right() - 8 - 5 * STEP, area.top(), 5 * STEP, area.height())
        line = area.adjusted(8, 0, -(pips.width() + 20), 0)
        painter.setFont(theme.font("medium"))
        painter.setPen(look.text if row.now.level is not None else look.text2)
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        paint_pips(painter, pips, row)


def paint_pips(painter: QPainter, area: QRect, row: SkillRow) -> None:
    """Five pips: full up to what is proven, outlined in the accent up to what is claimed; grey when stale."""
    look = theme.current()
    level, proven = row.now.level or 0.0, row.now.proven or 0.0
    colour = look.text3 if row.now.is_stale else look.accent
    top = area.center().y() - PIP / 2
    for place in range(5):
        pip = QRectF(area.left() + place * STEP, top, PIP, PIP)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.border3, 1.2))
        painter.drawEllipse(pip)
        around = pip.adjusted(-1, -1, 1, 1)
        for reached, is_full in ((level, False), (proven, True)):
            share = min(max(reached - place, 0.0), 1.0)
            if not share:
                continue
            painter.save()
            painter.setClipRect(QRectF(around.left(), around.top(), around.width() * share, around.height()))
            painter.setPen(QPen(colour, 1.6))
            painter.setBrush(colour if is_full else look.accent_soft)
            painter.drawEllipse(pip)
            painter.restore()
    if row.expected is not None:
        x = area.left() + row.expected * STEP - (STEP - PIP) / 2
        painter.setPen(QPen(look.text3, 1.5))
        painter.drawLine(int(x), int(top + PIP + 3), int(x), int(top + PIP + 6))
