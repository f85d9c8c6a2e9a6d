"""The chart of an objective: a key result in its unit or as a share, or the whole; a part of it, or by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.core.objectives import CheckInRow, KeyResultRow, ObjectiveDetail
from app.ui.kit import theme
from app.ui.kit.chart import ChartFrame, ChartSpec, TimeChart
from app.ui.kit.choices import Option
from app.ui.kit.numbers import counted
from app.ui.objectives import charts

HEIGHT: Final = 380
MANY: Final = 30
"""So many readings, and it is worth choosing a part of them or one for each week."""


class ProgressFrame(ChartFrame):
    """Shows one key result, or all; `check_in_chosen` tells the check-in behind a point that was clicked."""

    check_in_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.lines = TimeChart()
        parts = {"ranges": _ranges(), "groupings": _groupings()}
        super().__init__(_tr("Progress"), self.lines, **parts, below=True, parent=parent)
        self.lines.setMinimumHeight(theme.px(260))
        self.setFixedHeight(theme.px(HEIGHT))
        self._detail: ObjectiveDetail | None = None
        self._before: ObjectiveDetail | None = None
        self._result: KeyResultRow | None = None
        self._today = date.min
        self.shown = QComboBox()
        self.shown.setAccessibleName(self.tr("What the chart shows"))
        self.add_control(self.shown)
        self.shown.activated.connect(self._draw)
        self.range_changed.connect(self._draw)
        self.grouping_changed.connect(self._draw)
        self.lines.point_clicked.connect(self._open_point)

    def show_result(
        self, detail: ObjectiveDetail, result: KeyResultRow | None, before: ObjectiveDetail | None, today: date
    ) -> None:
        """Show `result` of `detail`; without one there is nothing to show.

        Args:
            before: The objective that this one was carried from.
        """
        self._detail, self._result, self._before, self._today = detail, result, before, today
        kept = self.shown.currentData()
        self.shown.blockSignals(True)
        self.shown.clear()
        if result is not None and charts.has_values(result):
            self.shown.addItem(self.tr("Value"), "value")
        self.shown.addItem(self.tr("Progress and confidence"), "share")
        self.shown.addItem(self.tr("Whole objective"), "whole")
        self.shown.setCurrentIndex(max(self.shown.findData(kept), 0))
        self.shown.blockSignals(False)
        self.setVisible(result is not None)
        self._draw()

    def _draw(self) -> None:
        detail, result = self._detail, self._result
        if detail is None or result is None:
            return
        what = self.shown.currentData()
        if what == "whole":
            spec, name = charts.whole_spec(detail), self.tr("Whole objective")
        elif what == "share":
            spec, name = charts.share_spec(detail, result), result.title
        else:
            spec, name = charts.value_spec(detail, result, self._before), _with_unit(result)
        self.show_title(name)
        self.lines.show_spec(self._shaped(spec))
        count = len(detail.readings_of(result.id))
        missing = sum(row.value is None for row in detail.check_ins_of(result.id))
        said = counted(count, self.tr("1 reading"), self.tr("{count} readings"))
        said += ", " + counted(
            missing, self.tr("1 check-in without a value"), self.tr("{count} check-ins without a value")
        )
        self.show_note(said if missing and what == "value" else "")
        self.refresh_table()

    def _shaped(self, spec: ChartSpec) -> ChartSpec:
        """`spec` by the range and the grouping that are chosen; a choice of either needs enough to choose from."""
        has_many = len(spec.series[0].points) > MANY
        self.ranges.setVisible(has_many)
        self.groupings.setVisible(has_many)
        if not has_many:
            return spec
        back = self.ranges.currentData()
        since = self._today - timedelta(days=back) if back else None
        return charts.shaped(spec, since=since, grouping=self.groupings.currentData())

    def _open_point(self, series: int, place: int) -> None:
        """Open the check-in behind a point of the first line."""
        if self._detail is None or self._result is None or series != 0:
            return
        day = self.lines.spec.series[0].points[place][0]
        rows: Sequence[CheckInRow] = self._detail.check_ins
        if self.shown.currentData() != "whole":
            rows = self._detail.check_ins_of(self._result.id)
        here = [row.id for row in rows if row.day == day and row.value is not None]
        if here:
            self.check_in_chosen.emit(here[-1])


def _ranges() -> list[Option]:
    return [
        Option(0, _tr("All of it")),
        Option(365, _tr("A year back")),
        Option(91, _tr("13 weeks back")),
        Option(28, _tr("4 weeks back")),
    ]


def _groupings() -> list[Option]:
    return [
        Option("reading", _tr("Every reading")),
        Option("week", _tr("Last of each week")),
        Option("month", _tr("Last of each month")),
    ]


def _with_unit(result: KeyResultRow) -> str:
    """The title with the unit that the chart's numbers are in, unless they carry it themselves."""
    is_named = result.unit and result.unit_kind in ("number", "duration")
    return f"{result.title} ({result.unit})" if is_named else result.title


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProgressFrame", text)
