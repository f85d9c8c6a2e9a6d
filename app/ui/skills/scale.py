"""The rating control: five steps in halves, with what each level looks like beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.cards import label

HIGHEST: Final = 5
PIP: Final = 26
GAP: Final = 10


class LevelScale(QWidget):
    """Nought to five in halves; None while nothing is chosen.

    Left and Right go by halves, digits go to a level, the half key `.` adds half, Delete takes the level back.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: float | None = None
        self._before: float | None = None
        self._highest = HIGHEST
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    @property
    def level(self) -> float | None:
        """What is chosen."""
        return self._level

    def show_level(self, level: float | None, *, before: float | None = None) -> None:
        """Show a level without telling; `before` is marked as where it last stood."""
        self._level, self._before = level, before
        self._say()
        self.update()

    def set_highest(self, highest: int) -> None:
        """Go from nought to another level than five."""
        if highest != self._highest:
            self._highest = highest
            self._say()
            self.updateGeometry()
            self.update()

    def choose(self, level: float | None) -> None:
        """Choose a level and tell."""
        if level is not None:
            level = min(max(round(level * 2) / 2, 0.0), float(self._highest))
        if level != self._level:
            self._level = level
            self._say()
            self.update()
            self.changed.emit(level)

    def sizeHint(self) -> QSize:
        return QSize(self._highest * (PIP + GAP) + 6, PIP + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self._highest):
            pip = QRectF(4 + place * (PIP + GAP), 5, PIP, PIP)
            painter.setPen(QPen(look.border3, 1.5))
            painter.setBrush(look.surface)
            painter.drawEllipse(pip)
            share = min(max((self._level or 0) - place, 0.0), 1.0)
            if share:
                shape = QPainterPath()
                shape.addEllipse(pip.adjusted(-0.75, -0.75, 0.75, 0.75))
                cut = QPainterPath()
                cut.addRect(QRectF(pip.left() - 1, pip.top() - 1, (pip.width() + 2) * share, pip.height() + 2))
                painter.fillPath(shape.intersected(cut), look.accent)
        if self._before is not None:
            x = 4 + self._before * (PIP + GAP) - (GAP / 2 if self._before == int(self._before) else 0)
            painter.setPen(QPen(look.text3, 2))
            painter.drawLine(QPointF(x, PIP + 8), QPointF(x, PIP + 12))
        if self.hasFocus():
            painter.setPen(QPen(look.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = (event.position().x() - 4) / (PIP + GAP)
        if place < 0:
            self.choose(0.0)
            return
        into = (place - int(place)) * (PIP + GAP)
        self.choose(int(place) + (0.5 if into < PIP / 2 else 1.0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        level = self._level if self._level is not None else 0.0
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self.choose(level + 0.5 if self._level is not None else 0.5)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self.choose(level - 0.5)
        elif event.key() in (Qt.Key.Key_Period, Qt.Key.Key_Comma):
            self.choose(math.floor(level) + 0.5)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.choose(None)
        elif event.text().isdigit() and int(event.text()) <= self._highest:
            self.choose(float(event.text()))
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        chosen = self.tr("not rated") if self._level is None else self.locale().toString(self._level, "g", 2)
        said = self.tr("Level: {level} of {highest}")
        self.setAccessibleName(said.format(level=chosen, highest=self._highest))


class AnchorList(QFrame):
    """What the levels look like; the one that is chosen stands out. A click chooses."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Anchor] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        for level in range(1, HIGHEST + 1):
            row = _Anchor(level)
            row.clicked.connect(self.chosen)
            self._rows.append(row)
            self._column.addWidget(row)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show a skill's own words; levels without words are left out."""
        for row, text in zip(self._rows, [*texts, *[""] * HIGHEST], strict=False):
            row.say(text)

    def mark(self, level: float | None) -> None:
        """Let the anchor of `level` stand out: 2.5 is on the way to 3."""
        reached = None if not level else math.ceil(level)
        for row in self._rows:
            row.show_marked(row.level == reached)


class _Anchor(QFrame):
    clicked = Signal(float)

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("role", "anchor")
        self._number = label(str(level), "strong")
        self._number.setFixedWidth(theme.px(18))
        self._number.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text: QLabel = label("", "", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(8)
        row.addWidget(self._number)
        row.addWidget(self._text, 1)

    def say(self, text: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))

    def show_marked(self, marked: bool) -> None:
        if self.property("marked") != marked:
            self.setProperty("marked", marked)
            for part in (self, self._number, self._text):
                part.style().unpolish(part)
                part.style().polish(part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(float(self.level))
