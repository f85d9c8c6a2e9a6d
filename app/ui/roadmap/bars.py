"""Steps as bars: in which lane, on which line of it, from which day to which; and where that is on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from PySide6.QtCore import QRectF

from app.core.lanes import By
from app.core.roadmap import FORMS, StepRow
from app.ui.kit import theme
from app.ui.roadmap.words import word

Zoom = Literal["month", "quarter", "year"]

PIXELS_A_DAY: Final[dict[Zoom, float]] = {"month": 12.0, "quarter": 4.0, "year": 1.3}
HEAD: Final = 46
LANE_LABEL: Final = 150
BAR: Final = 28
GAP: Final = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A step in its lane: the row within the lane, and its days."""

    row: StepRow
    lane: int
    line: int
    first: date
    last: date


def arranged(
    rows: Sequence[StepRow], lanes: By, named_lanes: Mapping[int, str] | None = None
) -> tuple[list[tuple[str, str]], list[Bar], list[int]]:
    """The lanes (name, key), the bars of the steps that have days, and how many lines each lane needs.

    Args:
        named_lanes: Step → its lane, where lanes are neither by kind nor by aim.
    """
    dated = [row for row in rows if row.first is not None]

    def key_of(row: StepRow) -> str:
        if lanes == "form":
            return row.form
        if lanes == "serves":
            return row.serves[0] if row.serves else ""
        return (named_lanes or {}).get(row.id, "")

    if lanes == "form":
        keys = [form for form in FORMS if any(row.form == form for row in dated)]
        named = [(word(key), key) for key in keys]
    else:
        keys = sorted({key_of(row) for row in dated}, key=lambda key: (key == "", key))
        named = [(key or "–", key) for key in keys]
    bars: list[Bar] = []
    heights: list[int] = []
    for lane, (_, key) in enumerate(named):
        ends: list[date] = []
        mine = [row for row in dated if key_of(row) == key]
        for row in sorted(mine, key=lambda row: (row.first or date.min, row.last or date.max)):
            first = row.first or date.min
            last = row.last or first + timedelta(days=13)
            line = next((place for place, end in enumerate(ends) if end < first), len(ends))
            if line == len(ends):
                ends.append(last)
            else:
                ends[line] = last
            bars.append(Bar(row, lane, line, first, last))
        heights.append(max(len(ends), 1))
    return named, bars, heights


@dataclass(slots=True)
class Space:
    """Where days and lanes are, in pixels of the viewport.

    Attributes:
        origin: The first day of all. end: The last one.
        tops: Where each lane begins, without scrolling. height: Where the last one ends.
        across: How far it is scrolled to the right. down: Downwards.
        width: Of the viewport. tall: Its height.
    """

    origin: date
    end: date
    zoom: Zoom = "quarter"
    tops: list[int] = field(default_factory=list)
    height: int = 0
    across: int = 0
    down: int = 0
    width: int = 0
    tall: int = 0

    def lay(self, lines: Sequence[int]) -> None:
        """Give each lane the room for its lines."""
        self.tops, top = [], HEAD
        for count in lines:
            self.tops.append(top)
            top += count * (theme.px(BAR) + GAP) + 2 * GAP
        self.height = top

    @property
    def left(self) -> int:
        """Where time begins, right of the names of the lanes."""
        return theme.px(LANE_LABEL)

    @property
    def room(self) -> int:
        """The pixels that are left for time."""
        return max(self.width - self.left, 1)

    def along(self, day: date) -> float:
        """How far from the first day."""
        return (day - self.origin).days * PIXELS_A_DAY[self.zoom]

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.left + self.along(day) - self.across

    def day_at(self, x: float) -> date:
        """The day under a place."""
        days = (x - self.left + self.across) / PIXELS_A_DAY[self.zoom]
        return date.fromordinal(min(max(self.origin.toordinal() + int(days // 1), 1), date.max.toordinal()))

    def lane_at(self, y: float) -> int:
        """The lane under a place, -1 above the first."""
        return max((lane for lane, top in enumerate(self.tops) if top <= y + self.down), default=-1)

    def box(self, lane: int, line: int, first: date, last: date) -> QRectF:
        """Where a bar of these days is painted."""
        top = self.tops[lane] + GAP + line * (theme.px(BAR) + GAP) - self.down
        width = max(((last - first).days + 1) * PIXELS_A_DAY[self.zoom], 6.0)
        return QRectF(self.x(first), top, width, theme.px(BAR))

    def box_of(self, bar: Bar) -> QRectF:
        """Where a bar is painted."""
        return self.box(bar.lane, bar.line, bar.first, bar.last)
