"""How each kind of Markdown looks in the source."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QFont, QTextCharFormat

from app.ui.kit import theme
from app.ui.kit.editor.syntax import Kind

TEXT_SIZE: Final = 15
"""Pixels of running text at scale 1: two more than the window's own."""

HEADING_SIZES: Final = (23, 19, 17, 15, 15, 15)
LINE_HEIGHT: Final = 125
"""Per cent of the font's own line, which is 1.21 of its size in Inter: together one and a half."""


def text_font(zoom: float = 1.0) -> QFont:
    """The font of running text."""
    made = theme.font("body")
    made.setPixelSize(_pixels(TEXT_SIZE, zoom))
    return made


def looks(zoom: float = 1.0) -> dict[int, QTextCharFormat]:
    """A format for each `Kind`, in the colours of the theme in force; `HEADING + n` is a heading of level n."""
    look = theme.current()
    mono = theme.font("mono").family()
    made: dict[int, QTextCharFormat] = {
        Kind.MARK: _format(look.text3),
        Kind.BULLET: _format(look.accent, weight=QFont.Weight.DemiBold),
        Kind.BOX: _format(look.accent, weight=QFont.Weight.DemiBold),
        Kind.DONE: _format(look.text3, struck=True),
        Kind.QUOTE: _format(look.text2, italic=True),
        Kind.CODE: _format(look.warn, mono=mono, size=_pixels(TEXT_SIZE - 1, zoom)),
        Kind.CODE_BLOCK: _format(look.series[1], mono=mono, size=_pixels(TEXT_SIZE - 1, zoom)),
        Kind.TABLE: _format(look.text2, mono=mono, size=_pixels(TEXT_SIZE - 1, zoom)),
        Kind.BOLD: _format(weight=QFont.Weight.DemiBold),
        Kind.ITALIC: _format(italic=True),
        Kind.STRUCK: _format(look.text3, struck=True),
        Kind.LINK: _format(look.accent),
        Kind.TAG: _format(look.accent, weight=QFont.Weight.Medium),
        Kind.PERSON: _format(look.series[1], weight=QFont.Weight.Medium),
    }
    for level, size in enumerate(HEADING_SIZES, start=1):
        pixels = _pixels(size, zoom)
        made[Kind.HEADING + level] = _format(look.text, weight=QFont.Weight.DemiBold, size=pixels)
        made[Kind.HEADING_MARK + level] = _format(look.text3, weight=QFont.Weight.Normal, size=pixels)
    wrong = QTextCharFormat()
    wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
    wrong.setUnderlineColor(look.bad)
    made[Kind.WRONG] = wrong
    return made


def _pixels(size: float, zoom: float) -> int:
    return max(theme.px(size * zoom), 1)


def _format(
    colour: QColor | None = None,
    *,
    weight: QFont.Weight | None = None,
    italic: bool = False,
    struck: bool = False,
    mono: str = "",
    size: int = 0,
) -> QTextCharFormat:
    made = QTextCharFormat()
    if colour is not None:
        made.setForeground(colour)
    if weight is not None:
        made.setFontWeight(weight)
    if italic:
        made.setFontItalic(True)
    if struck:
        made.setFontStrikeOut(True)
    if mono:
        made.setFontFamilies([mono])
    if size:
        made.setProperty(int(QTextCharFormat.Property.FontPixelSize.value), size)
    return made
