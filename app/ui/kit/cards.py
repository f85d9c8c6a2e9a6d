"""Cards, chips, progress bars and section heads; the painters serve delegates too."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit import theme

CHIP_HEIGHT: Final = 20
NARROWEST_CHIP: Final = 72
BAR_HEIGHT: Final = 6
_STATUS: Final = ("good", "warn", "bad")


class Card(QFrame):
    """A bordered surface; put widgets into `body`."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = 16) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin - 2, margin, margin - 2)
        self.body.setSpacing(8)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the kit's looks: title, number, section, strong, secondary, hint, label, error.

    The text is plain: what somebody typed is never taken for markup.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


class SectionHead(QWidget):
    """A section's name, a quiet count, and room at the right for its buttons."""

    def __init__(self, text: str, *buttons: QWidget) -> None:
        super().__init__()
        from app.ui.kit.room import ElidedLabel  # names QStyle, which is slow and not in the first picture

        self._text = ElidedLabel(text, "section", hugs=True)
        self._count = label("", "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._text)
        row.addWidget(self._count)
        row.addStretch(1)
        for each in buttons:
            row.addWidget(each)

    def show_count(self, count: int | None) -> None:
        """Show how many there are; None shows nothing."""
        self._count.setText("" if count is None else self.locale().toString(count))


class Chip(QWidget):
    """A word on a soft ground; the role is `neutral`, `accent`, `good`, `warn` or `bad`."""

    def __init__(self, text: str, role: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._role = text, role
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show_text(self, text: str, role: str = "neutral") -> None:
        """Say something else."""
        self._text, self._role = text, role
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._text)

    def minimumSizeHint(self) -> QSize:
        whole = chip_size(self._text)
        return QSize(min(whole.width(), theme.px(NARROWEST_CHIP)), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text, self._role)


class ProgressBar(QWidget):
    """A thin bar for a share of the way: None is unknown and hatched, more than 1 shows a notch at the target."""

    def __init__(self, value: float | None = None, role: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pace: float | None = None
        self._value: float | None = None
        self._role = role
        self.show_value(value, role)

    @property
    def value(self) -> float | None:
        """The share that is shown."""
        return self._value

    def show_value(self, value: float | None, role: str = "accent", *, pace: float | None = None) -> None:
        """Show `value` in the colour of `role`, with a tick where even pace would be."""
        self._value, self._role, self._pace = value, role, pace
        known = self.tr("unknown") if value is None else self.locale().toString(round(value * 100)) + " %"
        self.setAccessibleName(self.tr("Progress: {share}").format(share=known))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, BAR_HEIGHT + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(0, (self.height() - BAR_HEIGHT) / 2, self.width(), BAR_HEIGHT)
        paint_progress(painter, area, self._value, self._role, pace=self._pace)


def chip_size(text: str) -> QSize:
    """How large a chip with this text is."""
    metrics = QFontMetrics(theme.font(12, theme.font("medium").weight()))
    return QSize(metrics.horizontalAdvance(text) + 20, theme.px(CHIP_HEIGHT))


def paint_chip(painter: QPainter, area: QRect, text: str, role: str = "neutral") -> None:
    """Paint a chip over the whole of `area`."""
    look = theme.current()
    ground, ink = look.neutral_soft, look.text2
    if role in _STATUS:
        ground, ink = look.color(f"{role}_soft"), look.color(role)
    elif role == "accent":
        ground, ink = look.selection, look.accent
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(area), area.height() / 2, area.height() / 2)
    painter.setPen(ink)
    painter.setFont(theme.font(12, theme.font("medium").weight()))
    said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width() - 14)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, said)
    painter.restore()


def paint_progress(
    painter: QPainter, area: QRectF, value: float | None, role: str = "accent", *, pace: float | None = None
) -> None:
    """Paint a progress bar over the whole of `area`; see `ProgressBar`."""
    look = theme.current()
    radius = area.height() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if value is None:
        painter.setPen(QPen(look.border3, 1))
        hatch = QColor(look.border3)
        hatch.setAlphaF(0.6)
        painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    else:
        painter.setBrush(look.track)
        painter.drawRoundedRect(area, radius, radius)
        whole = max(value, 1.0)
        filled = QRectF(area)
        filled.setWidth(max(area.width() * max(value, 0) / whole, area.height() if value > 0 else 0))
        painter.setBrush(look.color(role))
        painter.drawRoundedRect(filled, radius, radius)
        if value > 1:
            notch = area.left() + area.width() / whole
            painter.fillRect(QRectF(notch - 1, area.top(), 2, area.height()), look.surface)
    if pace is not None:
        where = area.left() + area.width() * min(max(pace, 0.0), 1.0) / max(value or 0.0, 1.0)
        painter.setPen(QPen(look.text2, 1.5))
        painter.drawLine(QPointF(where, area.top() - 2), QPointF(where, area.bottom() + 2))
    painter.restore()
