"""Where each day of a heat map stands: weeks are columns, years stand under each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF

LEFT = 34
TOP = 22
BETWEEN = 18
LARGEST = 17
SMALLEST = 7
WEEKS_IN_ONE_BLOCK = 54


@dataclass(frozen=True)
class Weeks:
    """The days from `first` to `last` in blocks: one if they fit, otherwise a year each, the latest first.

    `pitch` is the way from one square to the next, in pixels.
    """

    first: date
    last: date
    first_weekday: int

    @property
    def blocks(self) -> list[tuple[date, date]]:
        """First and last day of each block, from the top."""
        if (self.last - self.first).days <= WEEKS_IN_ONE_BLOCK * 7:
            return [(self.first, self.last)]
        return [
            (max(self.first, date(year, 1, 1)), min(self.last, date(year, 12, 31)))
            for year in range(self.last.year, self.first.year - 1, -1)
        ]

    def pitch(self, width: int) -> float:
        """As large as `width` allows, within reason."""
        weeks = max((last - self.start_of(first)).days // 7 + 1 for first, last in self.blocks)
        return min(max((width - LEFT - 4) / max(weeks, 20), SMALLEST), LARGEST)

    def start_of(self, day: date) -> date:
        """The first day of its week."""
        return day - timedelta(days=(day.weekday() - self.first_weekday) % 7)

    def top(self, block: int, pitch: float) -> float:
        """Where a block begins."""
        return block * (TOP + 7 * pitch + BETWEEN) + 2

    def squares(self, pitch: float) -> list[tuple[date, QRectF]]:
        """All days and their squares."""
        found = []
        side = pitch - max(2.0, pitch * 0.18)
        for place, (first, last) in enumerate(self.blocks):
            start, top = self.start_of(first).toordinal(), self.top(place, pitch) + TOP
            for ordinal in range(first.toordinal(), last.toordinal() + 1):
                column, row = divmod(ordinal - start, 7)
                square = QRectF(LEFT + column * pitch, top + row * pitch, side, side)
                found.append((date.fromordinal(ordinal), square))
        return found

    def square(self, day: date, pitch: float) -> QRectF:
        """The square of one day, which must be among them."""
        block = next(at for at, (first, last) in enumerate(self.blocks) if first <= day <= last)
        column, row = divmod((day - self.start_of(self.blocks[block][0])).days, 7)
        side = pitch - max(2.0, pitch * 0.18)
        return QRectF(LEFT + column * pitch, self.top(block, pitch) + TOP + row * pitch, side, side)

    def day_at(self, point: QPointF, pitch: float) -> date | None:
        """The day under a point."""
        for place, (first, last) in enumerate(self.blocks):
            top = self.top(place, pitch) + TOP
            if top <= point.y() < top + 7 * pitch and point.x() >= LEFT:
                column, row = int((point.x() - LEFT) // pitch), int((point.y() - top) // pitch)
                ordinal = self.start_of(first).toordinal() + column * 7 + row
                inside = first.toordinal() <= ordinal <= last.toordinal()
                return date.fromordinal(ordinal) if inside else None
        return None
