"""Ctrl+K: any item or command by a few letters of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.core.items import ItemRow
from app.core.ranking import ranked
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import icons, theme
from app.ui.kit.actions import ENTERS, plain

WIDTH: Final = 620
ROWS: Final = 9
ROW_HEIGHT: Final = 40
COMMANDS: Final = 6
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Find:
    """One line of the palette: what it is called, what stands at its right, and what choosing it does."""

    text: str
    aside: str
    icon: str
    choose: Callable[[], object]


class _FindsModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.finds: list[Find] = []

    def show(self, finds: list[Find]) -> None:
        self.beginResetModel()
        self.finds = finds
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.finds)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self.finds):
            return None
        find = self.finds[index.row()]
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return find.text
        return find if role == int(Qt.ItemDataRole.UserRole) else None


class _FindDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        find = index.data(Qt.ItemDataRole.UserRole)
        look = theme.current()
        area: QRect = option.rect.adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.selection)
            painter.drawRoundedRect(area, 6, 6)
        icons.draw(painter, QRect(area.left() + 10, area.center().y() - 8, 17, 17), find.icon, look.text2)
        painter.setFont(theme.font("hint"))
        painter.setPen(look.text3)
        line = area.adjusted(38, 0, -12, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, find.aside)
        line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(find.aside) - 12)
        painter.setFont(theme.font("medium"))
        painter.setPen(look.text)
        text = painter.fontMetrics().elidedText(find.text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class Palette(QFrame):
    """Floats over its parent; typing narrows, Enter chooses, Escape leaves."""

    item_chosen = Signal(int)
    search_wanted = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        actions: Callable[[], Sequence[QAction]],
        find_items: Callable[[str], Sequence[ItemRow]],
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._find_items = find_items
        self._had_focus: QWidget | None = None
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find anything, or say what to do…"))
        self.field.setAccessibleName(self.tr("Find anything, or say what to do"))
        self.model = _FindsModel(self)
        self.list = QListView()
        self.list.setProperty("role", "plain")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_FindDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(self.tr("What was found"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._choose)
        self.list.entered.connect(self.list.setCurrentIndex)
        parent.installEventFilter(self)
        self.hide()

    def rise(self) -> None:
        """Show it, empty, over everything."""
        self._had_focus = self.window().focusWidget()
        self.field.clear()
        self._narrow("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Hide it and give the keyboard back to whoever had it."""
        self.hide()
        if self._had_focus is not None:
            self._had_focus.setFocus(Qt.FocusReason.PopupFocusReason)

    def _narrow(self, typed: str) -> None:
        commands = [action for action in self._actions() if plain(action.text())]
        texts = [plain(action.text()) for action in commands]
        typed = typed.strip()
        if typed:
            commands = [commands[place] for place in ranked(typed, texts, limit=COMMANDS)]
        finds = [self._of_action(action) for action in commands]
        if typed:
            finds += [self._of_item(row) for row in self._find_items(typed)]
            search = self.tr("Search the journal for “{words}”").format(words=typed)
            finds.append(Find(search, "", "search", lambda: self.search_wanted.emit(typed)))
        self.model.show(finds)
        self.list.setCurrentIndex(self.model.index(0))
        self._place()

    def _of_action(self, action: QAction) -> Find:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return Find(plain(action.text()), keys, action.icon().name() or "corner-down-right", action.trigger)

    def _of_item(self, row: ItemRow) -> Find:
        return Find(
            row.title or self.tr("Empty page"),
            kind_word(row.kind),
            kind_icon(row.kind),
            lambda: self.item_chosen.emit(row.id),
        )

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            find = self.model.finds[index.row()]
            self.leave()
            find.choose()

    def _place(self) -> None:
        parent = self.window()
        width = min(theme.px(WIDTH), parent.width() - 48)
        rows = min(max(len(self.model.finds), 1), ROWS)
        height = self.field.sizeHint().height() + rows * theme.px(ROW_HEIGHT) + 34
        self.setGeometry((parent.width() - width) // 2, 72, width, min(height, parent.height() - 96))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _key(self, key: int) -> bool:
        here = self.list.currentIndex().row()
        last = len(self.model.finds) - 1
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        if key in steps:
            place = here + steps[Qt.Key(key)]
            if abs(steps[Qt.Key(key)]) == 1:
                place = place % (last + 1) if last >= 0 else 0
            self.list.setCurrentIndex(self.model.index(min(max(place, 0), max(last, 0))))
        elif key in ENTERS:
            self._choose(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True
