"""What the charts of an objective show, as plain specs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Literal

from app.core import measure
from app.core.objectives import (
    CheckInRow,
    KeyResultRow,
    ObjectiveDetail,
    mean_confidence,
    objective_progress,
    progress_of,
)
from app.ui.kit.chart import Band, ChartSpec, Mark, Series, Span
from app.ui.objectives.values import plain_number, share_text, tr, value_text

Grouping = Literal["reading", "week", "month"]

MISSED: Final = 2
"""A reading is missed, and the line broken, when more than two rhythms pass without one."""

APART: Final = 0.08
"""Nearer to each other than this, the words at the ends of two lines would cover each other."""

NUMERIC: Final = ("increase", "decrease", "hold_above", "hold_below", "checklist")


def value_spec(detail: ObjectiveDetail, result: KeyResultRow, before: ObjectiveDetail | None = None) -> ChartSpec:
    """A key result in its own unit: actual, pace, target, forecast, moved goalposts, pauses.

    Args:
        before: The objective that this one was carried from; the same key result there is laid under it.
    """
    rows = detail.check_ins_of(result.id)
    series = [Series(tr("Actual"), _values(rows, result), "area", "accent", _notes(rows, result), has_end=True)]
    pace = _pace(detail, result)
    if pace:
        series.append(Series(tr("Pace"), pace, "dashed", "text3"))
    bands, ahead = _forecast(detail, result)
    if ahead:
        series.append(Series(tr("Forecast"), ahead, "dashed", "accent"))
    if earlier := _period_before(detail, result, before):
        series.append(Series(tr("Period before"), earlier, "line", "series2"))
    target = result.target
    return ChartSpec(
        series,
        bands=bands,
        marks=_marks(detail, result),
        spans=_spans(detail),
        x_range=_range(detail, result, rows),
        y_range=_room([*series, *_edges(bands)], result),
        value_text=_number_text(result),
        level=None if target is None else (target, tr("Target")),
        empty=tr("The line begins with the first check-in."),
    )


def share_spec(detail: ObjectiveDetail, result: KeyResultRow) -> ChartSpec:
    """A key result as shares: progress, confidence and even pace on one scale."""
    rows = detail.check_ins_of(result.id)
    progress = progress_of(result, detail.readings_of(result.id))
    confidence = [(row.day, row.confidence / 10) for row in rows if row.confidence is not None]
    return _shares(detail, progress, confidence, result)


def whole_spec(detail: ObjectiveDetail) -> ChartSpec:
    """The whole objective as shares: mean progress, mean confidence and even pace."""
    confidence = [(day, mean / 10) for day, mean in mean_confidence(detail.check_ins)]
    return _shares(detail, objective_progress(detail.row, detail.readings), confidence, None)


def shaped(spec: ChartSpec, *, since: date | None, grouping: Grouping) -> ChartSpec:
    """`spec` from the day `since` on, its first line with the last value of each week or month.

    Args:
        since: None is all of it.
    """
    actual = spec.series[0]
    if grouping != "reading":
        actual = _grouped(actual, grouping)
    x_range = spec.x_range
    if since is not None and x_range is not None:
        last = max(x_range[1], since + timedelta(days=1)) if isinstance(x_range[1], date) else since
        x_range = (since, last)
    return replace(spec, series=[actual, *spec.series[1:]], x_range=x_range)


def _grouped(line: Series, grouping: Grouping) -> Series:
    places: dict[tuple[int, int], list[int]] = {}
    for place, (day, _) in enumerate(line.points):
        assert isinstance(day, date)
        key = day.isocalendar()[:2] if grouping == "week" else (day.year, day.month)
        places.setdefault(key, []).append(place)
    points, notes = [], {}
    for number, inner in enumerate(places.values()):
        known = [place for place in inner if line.points[place][1] is not None]
        points.append(line.points[(known or inner)[-1]])
        if said := [line.notes[place] for place in inner if place in line.notes]:
            notes[number] = " · ".join(said)
    return replace(line, points=points, notes=notes)


def _period_before(
    detail: ObjectiveDetail, result: KeyResultRow, before: ObjectiveDetail | None
) -> list[tuple[date, float]]:
    """The readings of the key result of the same name in `before`, moved to the days of this period."""
    now, then = detail.row.period, before.row.period if before else None
    if before is None or now is None or then is None:
        return []
    names = {each.title.casefold(): each for each in before.row.key_results}
    same = names.get(result.title.casefold())
    if same is None or (same.unit_kind, same.unit) != (result.unit_kind, result.unit):
        return []
    moved = now.first - then.first
    readings = measure.last_of_each_day(before.readings_of(same.id))
    return [(day + moved, value) for day, value in readings if day + moved <= now.last]


def has_values(result: KeyResultRow) -> bool:
    """Whether the key result's own unit says more than its progress."""
    return result.measure in NUMERIC


def _shares(
    detail: ObjectiveDetail,
    progress: Sequence[tuple[date, float]],
    confidence: Sequence[tuple[date, float]],
    result: KeyResultRow | None,
) -> ChartSpec:
    series = [Series(tr("Progress"), progress, "area", "accent", has_end=True)]
    if confidence:
        is_apart = not progress or abs(progress[-1][1] - confidence[-1][1]) > APART
        series.append(Series(tr("Confidence"), confidence, "line", "series2", has_end=is_apart))
    stretch = detail.row.stretch
    if stretch and (result is None or result.expected is not None):
        series.append(Series(tr("Even pace"), measure.pace_points(stretch), "dashed", "text3"))
    highest = max([1.0, *(share for _, share in progress)])
    return ChartSpec(
        series,
        spans=_spans(detail),
        x_range=_range(detail, result, detail.check_ins),
        y_range=(0.0, highest),
        value_text=share_text,
        empty=tr("The line begins with the first check-in."),
    )


def _number_text(result: KeyResultRow) -> Callable[[float], str]:
    """How the chart writes values: a unit in words stands once, in the chart's name."""
    if result.unit_kind in ("number", "duration"):
        return plain_number
    return lambda value: value_text(value, result.unit_kind, result.unit)


def _values(rows: Sequence[CheckInRow], result: KeyResultRow) -> list[tuple[date, float | None]]:
    """The values by day, with a gap where a check-in said none or readings were missed."""
    by_day: dict[date, float | None] = {}
    for row in rows:
        if row.value is not None or row.day not in by_day:
            by_day[row.day] = row.value
    points: list[tuple[date, float | None]] = []
    for day, value in by_day.items():
        if points and result.rhythm_days:
            last = points[-1][0]
            if (day - last).days > MISSED * result.rhythm_days:
                points.append((last + timedelta(days=result.rhythm_days), None))
        points.append((day, value))
    return points


def _notes(rows: Sequence[CheckInRow], result: KeyResultRow) -> dict[int, str]:
    by_day: dict[date, list[str]] = {}
    for row in rows:
        if row.note.strip():
            by_day.setdefault(row.day, []).append(row.note.strip().splitlines()[0])
    places = {day: place for place, (day, _) in enumerate(_values(rows, result))}
    return {places[day]: " · ".join(notes) for day, notes in by_day.items()}


def _pace(detail: ObjectiveDetail, result: KeyResultRow) -> list[tuple[date, float]]:
    stretch = detail.row.stretch
    if stretch is None or result.baseline is None or result.target is None or result.expected is None:
        return []
    if result.due:
        stretch = measure.Stretch(stretch.first, max(result.due, stretch.first), stretch.pauses)
    way = result.target - result.baseline
    return [(day, result.baseline + share * way) for day, share in measure.pace_points(stretch)]


def _forecast(detail: ObjectiveDetail, result: KeyResultRow) -> tuple[list[Band], list[tuple[date, float]]]:
    row = detail.row
    until = result.due or (row.period.last if row.period else None)
    if until is None or result.measure not in ("increase", "decrease") or row.is_closed:
        return [], []
    found = measure.forecast(measure.last_of_each_day(detail.readings_of(result.id)), until)
    if found is None:
        return [], []
    day, value = found.last
    name = tr("Range of the forecast, from {count} readings").format(count=found.readings)
    band = Band(name, [(day, value, value), (found.day, found.low, found.high)])
    return [band], [(day, value), (found.day, found.middle)]


def _edges(bands: Sequence[Band]) -> list[Series]:
    return [
        Series("", [(day, value) for day, low, high in band.points for value in (low, high)]) for band in bands
    ]


def _room(lines: Sequence[Series], result: KeyResultRow) -> tuple[float, float] | None:
    """From the lowest to the highest that is drawn, with a little air; from nought where that is near."""
    values = [value for line in lines for _, value in line.points if value is not None]
    values += [value for value in (result.baseline, result.target) if value is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    if high <= low:
        return None
    air = (high - low) * 0.08
    bottom = 0.0 if 0 <= low <= (high - low) * 0.6 else low - air
    return bottom, high + air


def _marks(detail: ObjectiveDetail, result: KeyResultRow) -> list[Mark]:
    return [
        Mark(
            post.until,
            tr("target was {value}").format(value=value_text(post.target, result.unit_kind, result.unit)),
        )
        for post in detail.goalposts
        if post.key_result_id == result.id and post.target != result.target
    ]


def _spans(detail: ObjectiveDetail) -> list[Span]:
    period = detail.row.period
    ends = period.last if period else None
    days = [row.day for row in detail.check_ins]
    shading = []
    if period and days and not (period.first <= min(days) and max(days) <= period.last):
        shading.append(Span(period.first, period.last, period.title))
    pauses = [Span(rest.first, rest.last or ends or rest.first, tr("Paused")) for rest in detail.row.pauses]
    return shading + pauses


def _range(
    detail: ObjectiveDetail, result: KeyResultRow | None, rows: Sequence[CheckInRow]
) -> tuple[date, date] | None:
    period = detail.row.period
    days = [row.day for row in rows]
    if period:
        days += [period.first, result.due if result and result.due else period.last]
    if len(set(days)) < 2:
        return None
    return min(days), max(days)
