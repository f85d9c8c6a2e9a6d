"""Lucide icons from `resources/icons`, in the theme's colours and sharp at any scale."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache

from app.paths import RESOURCES
from app.ui.kit import theme

ICONS: Final = RESOURCES / "icons"

# Qt deletes a clone together with the icon that asked for it; Python must not have done so before.
_clones: Final[list[QIconEngine]] = []


class _TintedEngine(QIconEngine):
    """Draws one icon in the colour that the theme has at that moment for its role."""

    def __init__(self, name: str, size: int, role: str, on_role: str) -> None:
        super().__init__()
        self._name, self._size, self._role, self._on_role = name, size, role, on_role

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        if mode == QIcon.Mode.Disabled:
            return theme.current().text_disabled
        return theme.current().color(self._on_role if state == QIcon.State.On else self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw(painter, rect, self._name, self._color(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return pixmap(self._name, min(size.width(), size.height()), self._color(mode, state))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return pixmap(self._name, min(size.width(), size.height()), self._color(mode, state), scale)

    def clone(self) -> QIconEngine:
        copy = _TintedEngine(self._name, self._size, self._role, self._on_role)
        _clones.append(copy)
        return copy

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size.boundedTo(QSize(self._size, self._size)) if self._size else size

    def iconName(self) -> str:
        return self._name

    def isNull(self) -> bool:
        return False


@cache
def icon(name: str, *, size: int = 0, role: str = "text2", on_role: str = "") -> QIcon:
    """An icon for buttons, actions and menus, tinted again by itself when the theme changes.

    Args:
        name: Lucide's name, for example `notebook-pen`.
        size: The largest that it is drawn, in device-independent pixels; 0 is as large as the widget asks for.
        role: Token of the colour; `on_role` when checked or selected (else the same).

    Raises:
        FileNotFoundError: the icon is not among `resources/icons`.
    """
    _source(name)
    return QIcon(_TintedEngine(name, size, role, on_role or role))


def pixmap(name: str, side: float, color: QColor, ratio: float = 1.0) -> QPixmap:
    """A square picture of the icon, `side` device-independent pixels wide."""
    key = f"northing:{name}:{side}:{ratio}:{color.rgba():x}"
    found: Any = QPixmap()
    if QPixmapCache.find(key, found):
        return found  # type: ignore[no-any-return]
    from PySide6.QtSvg import QSvgRenderer

    made = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    svg = _source(name).replace("currentColor", color.name())
    painter = QPainter(made)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, made)
    return made


def draw(painter: QPainter, rect: QRect, name: str, color: QColor) -> None:
    """Draw the icon in the middle of `rect`, as large as fits."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatio()
    x = rect.x() + (rect.width() - side) // 2
    y = rect.y() + (rect.height() - side) // 2
    painter.drawPixmap(x, y, pixmap(name, side, color, ratio))


@cache
def _source(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


def app_icon() -> QIcon:
    """The application's own icon, at the sizes that docks and title bars ask for."""
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("northing", side, QColor(Qt.GlobalColor.black)))
    return made
