"""Charts. Importing this is cheap: pyqtgraph and numpy come with `preload()` or the first `TimeChart`."""

from __future__ import annotations

from app.ui.kit.chart.bars import BarsChart
from app.ui.kit.chart.base import Chart
from app.ui.kit.chart.frame import ChartFrame, tell_saving
from app.ui.kit.chart.heatmap import HeatMap
from app.ui.kit.chart.heattable import HeatTable
from app.ui.kit.chart.radar import RadarChart
from app.ui.kit.chart.spec import (
    Band,
    Bar,
    ChartSpec,
    Mark,
    Series,
    Shape,
    Span,
    Table,
    percent,
    plain_number,
)
from app.ui.kit.chart.timechart import TimeChart, preload

__all__ = [
    "Band",
    "Bar",
    "BarsChart",
    "Chart",
    "ChartFrame",
    "ChartSpec",
    "HeatMap",
    "HeatTable",
    "Mark",
    "RadarChart",
    "Series",
    "Shape",
    "Span",
    "Table",
    "TimeChart",
    "percent",
    "plain_number",
    "preload",
    "tell_saving",
]
