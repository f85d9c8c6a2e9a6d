"""Honest numbers: progress, pace, forecast and grade of key results. Pure functions, no database."""

from app.core.measure.forecast import Forecast, Trend, confidence_trend, forecast
from app.core.measure.grade import band, has_succeeded, suggested_grade
from app.core.measure.pace import Stretch, buffer_days, expected_share, expected_value, pace_points, status
from app.core.measure.progress import (
    CHECKLIST,
    DECREASE,
    HOLD_ABOVE,
    HOLD_BELOW,
    INCREASE,
    MEASURES,
    MILESTONE,
    Goal,
    Reading,
    Summary,
    capped,
    last_of_each_day,
    progress,
    progress_series,
    summary,
)

__all__ = [
    "CHECKLIST",
    "DECREASE",
    "HOLD_ABOVE",
    "HOLD_BELOW",
    "INCREASE",
    "MEASURES",
    "MILESTONE",
    "Forecast",
    "Goal",
    "Reading",
    "Stretch",
    "Summary",
    "Trend",
    "band",
    "buffer_days",
    "capped",
    "confidence_trend",
    "expected_share",
    "expected_value",
    "forecast",
    "has_succeeded",
    "last_of_each_day",
    "pace_points",
    "progress",
    "progress_series",
    "status",
    "suggested_grade",
    "summary",
]
