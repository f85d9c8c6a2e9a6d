"""The board: Now, Next, Later and Done; steps move by drag or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.core.roadmap import StepRow
from app.ui.kit import icons, theme
from app.ui.kit.cards import label
from app.ui.kit.room import on_two_lines
from app.ui.kit.tips import plain_tip
from app.ui.roadmap.words import FORM_ICONS, when, word

COLUMNS: Final = ("now", "next", "later", "done")
HEIGHT: Final = 92
LINE: Final = 22
ICON_ROOM: Final = 24
MOST_NOW: Final = 3
ROW: Final = int(Qt.ItemDataRole.UserRole)


def column_of(row: StepRow) -> str:
    """The column in which a step stands."""
    return "done" if row.state in ("done", "dropped") else row.horizon


class StepDelegate(QStyledItemDelegate):
    """Paints a step as a card: what, of which kind, when, and what it serves."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row, view = index.data(ROW), self.parent()
        assert isinstance(view, QListWidget)
        lines = 1
        if isinstance(row, StepRow):
            metrics = QFontMetrics(theme.font("strong"))
            lines = len(on_two_lines(row.title, metrics, view.viewport().width() - 2 * 4 - 2 * 12 - ICON_ROOM))
        return QSize(180, theme.px(HEIGHT + LINE * (lines - 1)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, look = index.data(ROW), theme.current()
        if not isinstance(row, StepRow):
            return
        area: QRect = option.rect
        card = area.adjusted(4, 4, -4, -4)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.accent if chosen else look.border, 2 if chosen else 1))
        painter.setBrush(look.selection if chosen else look.surface)
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        body = card.adjusted(12, 9, -12, -8)
        icons.draw(painter, QRect(body.left(), body.top() + 1, 16, 16), FORM_ICONS[row.form], look.text2)
        painter.setFont(theme.font("strong"))
        painter.setPen(look.text3 if row.state == "dropped" else look.text)
        beside = body.adjusted(ICON_ROOM, 0, 0, 0)
        titled = on_two_lines(row.title, painter.fontMetrics(), beside.width())
        for number, text in enumerate(titled):
            _line(painter, beside, number, text)
        body.translate(0, theme.px(LINE) * (len(titled) - 1))
        painter.setFont(theme.font("secondary"))
        painter.setPen(look.text2)
        parts = [word(row.state)] if row.state in ("doing", "dropped") else []
        parts.append(when(row, self.today))
        if row.parts:
            parts.append(self.tr("{done} of {all} parts").format(done=row.parts_done, all=row.parts))
        if row.repeats:
            parts.append("↻")
        _line(painter, body, 1, " · ".join(parts))
        painter.setPen(look.text2 if row.serves else look.text3)
        serves = "→ " + ", ".join(row.serves) if row.serves else self.tr("Serves nothing yet")
        if row.waits_for:
            serves = self.tr("Waits for {titles}").format(titles=", ".join(row.waits_for))
        _line(painter, body, 2, serves)
        painter.restore()


class Column(QListWidget):
    """One column; `dropped` tells (step id, id of the step it lands before or None)."""

    dropped = Signal(int, object)
    moved = Signal(int, int)

    def __init__(self, name: str, today: date) -> None:
        super().__init__()
        self.name = name
        self.setItemDelegate(StepDelegate(today, self))
        self.setDragDropMode(QListWidget.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "plain")
        self.setAccessibleName(word(name))

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show these steps; the chosen one stays chosen."""
        chosen = self.chosen()
        self.clear()
        for row in rows:
            item = QListWidgetItem()
            item.setData(ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.title)
            item.setToolTip(plain_tip("\n→ ".join((row.title, *row.serves))))
            self.addItem(item)
            if chosen and row.id == chosen.id:
                self.setCurrentItem(item)

    def rows(self) -> list[StepRow]:
        """The steps on show, from top to bottom."""
        return [self.item(place).data(ROW) for place in range(self.count())]

    def chosen(self) -> StepRow | None:
        """The chosen step."""
        found = self.currentItem().data(ROW) if self.currentRow() >= 0 else None
        return found if isinstance(found, StepRow) else None

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if isinstance(event.source(), Column):
            super().dragMoveEvent(event)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        source = event.source()
        if not isinstance(source, Column) or (row := source.chosen()) is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(row.id, self._before(event.position().toPoint(), row.id))

    def _before(self, at: QPoint, step_id: int) -> int | None:
        index = self.indexAt(at)
        place = index.row() if index.isValid() else self.count()
        if index.isValid() and at.y() > self.visualRect(index).center().y():
            place += 1
        following = [row.id for row in self.rows()[place:] if row.id != step_id]
        return following[0] if following else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.moved.emit(*step)
        else:
            super().keyPressEvent(event)


class Board(QWidget):
    """Four columns of the same steps.

    Signals:
        placed: (step id, column, id of the step it stands before or None). opened: a step is wanted.
        chosen_changed: Another step is chosen.
    """

    placed = Signal(int, str, object)
    opened = Signal(int)
    chosen_changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.columns: dict[str, Column] = {}
        self._heads = {name: label("", "section") for name in COLUMNS}
        self._hint = label("", "hint", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for name in COLUMNS:
            column = self.columns[name] = Column(name, today)
            column.dropped.connect(lambda step, before, name=name: self.placed.emit(step, name, before))
            column.moved.connect(lambda aside, down, name=name: self._move(name, aside, down))
            column.itemActivated.connect(lambda item: self.opened.emit(item.data(ROW).id))
            column.currentRowChanged.connect(lambda place, name=name: self._choose(name, place))
            side = QVBoxLayout()
            side.setSpacing(6)
            self._heads[name].setIndent(4)  # where its cards begin
            side.addWidget(self._heads[name])
            if name == "now":
                side.addWidget(self._hint)
            side.addWidget(column, 1)
            row.addLayout(side, 1)

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show every step in its column."""
        for name, column in self.columns.items():
            mine = [row for row in rows if column_of(row) == name]
            column.show_rows(mine)
            self._heads[name].setText(f"{word(name)}  {len(mine)}" if mine else word(name))
        now = self.columns["now"].count()
        self._hint.setText(self.tr("{count} at once: which of them can wait?").format(count=now))
        self._hint.setVisible(now > MOST_NOW)

    def chosen(self) -> StepRow | None:
        """The chosen step of any column."""
        return next((row for column in self.columns.values() if (row := column.chosen()) is not None), None)

    def choose(self, step_id: int) -> None:
        """Choose a step and bring it into sight."""
        for column in self.columns.values():
            for place, row in enumerate(column.rows()):
                if row.id == step_id:
                    column.setCurrentRow(place)
                    column.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, name: str, place: int) -> None:
        if place >= 0:
            for other, column in self.columns.items():
                if other != name:
                    blocked = column.blockSignals(True)
                    column.setCurrentRow(-1)
                    column.clearSelection()
                    column.blockSignals(blocked)
        self.chosen_changed.emit()

    def _move(self, name: str, aside: int, down: int) -> None:
        column = self.columns[name]
        row, place = column.chosen(), column.currentRow()
        if row is None:
            return
        if aside:
            target = COLUMNS.index(name) + aside
            if 0 <= target < len(COLUMNS):
                self.placed.emit(row.id, COLUMNS[target], None)
        else:
            others = [other.id for other in column.rows() if other.id != row.id]
            before = place + down
            if 0 <= before <= len(others):
                self.placed.emit(row.id, name, others[before] if before < len(others) else None)


def _line(painter: QPainter, body: QRect, number: int, text: str) -> None:
    place = QRect(body.left(), body.top() + number * theme.px(LINE), body.width(), theme.px(20))
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
