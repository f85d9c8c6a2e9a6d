"""The rail at the left: where one can go, and where one is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit import icons, theme
from app.ui.kit.cards import label

WIDE: Final = 216
NARROW: Final = 56
ENTRY_HEIGHT: Final = 34


class RailEntry(QAbstractButton):
    """One place on the rail."""

    def __init__(self, text: str, icon: str, tip: str) -> None:
        super().__init__()
        self._icon = icon
        self._tip = tip
        self._count = 0
        self.is_collapsed = False
        self.is_shelved = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setFixedHeight(theme.px(ENTRY_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tip)

    def show_count(self, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        self._count = count
        self.setAccessibleDescription(self.locale().toString(count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW - 20, ENTRY_HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.selection if self.isChecked() else look.pressed)
            painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(look.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        left = (self.width() - 18) // 2 if self.is_collapsed else 12
        ink = look.accent if self.isChecked() else look.text2
        if self.is_collapsed and self.is_shelved:  # their icons are all the same
            painter.setFont(theme.font("medium"))
            painter.setPen(ink)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text()[:2])
        else:
            icons.draw(painter, QRect(left, (self.height() - 18) // 2, 18, 18), self._icon, ink)
        if not self.is_collapsed:
            self._paint_words(painter)
        elif self._count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.accent)
            painter.drawEllipse(QRectF(left + 14, self.height() / 2 - 11, 7, 7))

    def _paint_words(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setFont(theme.font("strong" if self.isChecked() else "medium"))
        painter.setPen(look.text if self.isChecked() else look.text2)
        words = self.rect().adjusted(40, 0, -34 if self._count else -8, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self._count:
            painter.setFont(theme.font(11, theme.font("medium").weight()))
            painter.setPen(look.text2)
            right = self.rect().adjusted(0, 0, -12, 0)
            number = self.locale().toString(self._count)
            painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)


class Rail(QWidget):
    """Places above, settings below; Up and Down go to the next, `chosen` says where the user went.

    In a narrow window call `set_collapsed`; the user's own choice is told by `folded`.
    """

    chosen = Signal(str)
    folded = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.entries: dict[str, RailEntry] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._go)
        self._is_collapsed = False
        self._title = label(title, "section")
        head = QHBoxLayout()
        head.setContentsMargins(9, 0, 0, 0)
        head.setSpacing(9)
        head.addWidget(_Mark())
        head.addWidget(self._title)
        head.addStretch(1)
        self._top = QVBoxLayout()
        self._shelf: _Shelf | None = None
        self._bottom = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for part in (self._top, self._bottom):
            part.setSpacing(0)
        self._fold = RailEntry("", "panel-left", self.tr("Make the rail narrow or wide"))
        self._fold.setAccessibleName(self._fold.toolTip())
        self._fold.is_collapsed = True
        self._fold.setFixedWidth(NARROW - 20)
        self._fold.clicked.connect(self._toggle)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(10, 14, 10, 12)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(14)
        column.addLayout(self._top)
        column.addStretch(1)
        column.addLayout(self._bottom)
        self._bottom.addWidget(self._fold)
        self.setFixedWidth(theme.px(WIDE))

    @property
    def is_collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._is_collapsed

    @property
    def current(self) -> str:
        """Where one is; blank before the first choice."""
        return next((name for name, entry in self.entries.items() if entry.isChecked()), "")

    def add(self, name: str, text: str, icon: str, *, shortcut: str = "", at_bottom: bool = False) -> RailEntry:
        """A place; `shortcut` is only told, in the tooltip."""
        made = RailEntry(text, icon, f"{text} ({shortcut})" if shortcut else text)
        made.setCheckable(True)
        made.is_collapsed = self._is_collapsed
        self._group.addButton(made)
        self.entries[name] = made
        if at_bottom:
            self._bottom.insertWidget(self._bottom.count() - 1, made)
        else:
            self._top.addWidget(made)
        return made

    def shelve(self, name: str, text: str, icon: str) -> RailEntry:
        """Something of the user's own, on a shelf below the places: it scrolls, and nobody is ever there."""
        made = RailEntry(text, icon, text)
        made.is_collapsed, made.is_shelved = self._is_collapsed, True
        made.clicked.connect(lambda: self._go(made))
        self.entries[name] = made
        if self._shelf is None:
            self._shelf = _Shelf()
            self._column.insertSpacing(self._column.count() - 2, 6)
            self._column.insertWidget(self._column.count() - 2, self._shelf, 1000)
        self._shelf.put(made)
        return made

    def remove(self, name: str) -> None:
        """Take a place, or what is shelved, away."""
        gone = self.entries.pop(name)
        self._group.removeButton(gone)
        if self._shelf is not None:
            self._shelf.take(gone)
        gone.hide()
        gone.deleteLater()

    def choose(self, name: str) -> None:
        """Show that one is there, without telling."""
        self.entries[name].setChecked(True)

    def set_collapsed(self, *, collapsed: bool) -> None:
        """Show icons only, or icons and words."""
        self._is_collapsed = collapsed
        self._title.setVisible(not collapsed)
        self._bottom.setDirection(
            QBoxLayout.Direction.TopToBottom if collapsed else QBoxLayout.Direction.LeftToRight
        )
        for entry in self.entries.values():
            entry.is_collapsed = collapsed
            entry.update()
        self.setFixedWidth(NARROW if collapsed else theme.px(WIDE))

    def _toggle(self) -> None:
        self.set_collapsed(collapsed=not self._is_collapsed)
        self.folded.emit(self._is_collapsed)

    def _go(self, entry: QAbstractButton) -> None:
        self.chosen.emit(next(name for name, each in self.entries.items() if each is entry))


class _Shelf(QScrollArea):
    """Entries below a line; they scroll where there are many, and Up and Down go from one to the next."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[RailEntry] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "shelf")
        within = QWidget()
        self._column = QVBoxLayout(within)
        self._column.setContentsMargins(0, 6, 0, 6)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(within)
        within.setAutoFillBackground(False)

    def put(self, entry: RailEntry) -> None:
        """One more, below the others."""
        before = self._entries[-1] if self._entries else None
        self._entries.append(entry)
        self._column.insertWidget(self._column.count() - 1, entry)
        if before is not None:
            QWidget.setTabOrder(before, entry)
        entry.installEventFilter(self)
        self.show()
        entry.show()  # at once: it may be given the keyboard now

    def take(self, entry: RailEntry) -> None:
        """One fewer, where it stands here; without any the line goes, too."""
        if entry in self._entries:
            self._entries.remove(entry)
            self.setVisible(bool(self._entries))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, RailEntry) and watched in self._entries:
            if isinstance(event, QFocusEvent) and event.gotFocus():
                self.ensureWidgetVisible(watched, 0, 0)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
                if step is not None and not event.modifiers():
                    place = self._entries.index(watched) + step
                    if 0 <= place < len(self._entries):
                        self._entries[place].setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return super().eventFilter(watched, event)


class _Mark(QWidget):
    """The application's needle beside its name."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(20, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), QRect(0, 2, 20, 20), "northing-mark", theme.current().accent)
