"""What the charts of the board show: areas as a radar, bars with their changes, quarters, and areas in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.core.days import Calendar
from app.core.insights import mean_of
from app.core.skills import AreaRow, Board, EvidenceRow, RatingRow, SkillRow, levels_by_quarter, mean_level
from app.ui.kit.chart import Bar, BarsChart, ChartSpec, HeatTable, RadarChart, Series, Shape, TimeChart
from app.ui.kit.chart.spec import Style

TICK: Final = 0.25
FEWEST_SPOKES: Final = 3
MOST_SPOKES: Final = 16
ROOM: Final = timedelta(days=10)


def draw_radar(radar: RadarChart, board: Board, past_text: str) -> None:
    """Means of the spokes: claimed, proven, expected, and claimed on the day compared with."""
    areas = spokes_of(board)
    claimed = [_mean(area, _level) for area in areas]
    proven = [_mean(area, _proven) for area in areas]
    hollow = {place for place, area in enumerate(areas) if any(skill.now.is_claimed for skill in area.skills)}
    shapes = [Shape(_tr("Claimed"), claimed, "text3", "line", frozenset(hollow))]
    shapes.append(Shape(_tr("Proven"), proven, "accent", "filled"))
    if board.role is not None:
        shapes.append(Shape(board.role.title, [_mean(area, _expected) for area in areas], "series2", "dashed"))
    if any(skill.past is not None for skill in board.skills):
        shapes.append(Shape(past_text, [_mean(area, _past) for area in areas], "series3", "line"))
    radar.show_shapes(
        [area.title for area in areas],
        shapes,
        value_text=_level_text,
        empty=_tr("A radar needs three areas or skills; the bars show fewer.")
        if any(skill.now.level is not None for skill in board.skills)
        else _tr("Rate a skill, and its area shows here."),
        axis_text=_tr("Area") if has_areas(board) else _tr("Skill"),
    )


def has_areas(board: Board) -> bool:
    """Whether there are areas enough for a radar, or too many skills to stand for themselves."""
    areas = [area for area in board.areas if area.skills]
    return len(areas) >= FEWEST_SPOKES or not FEWEST_SPOKES <= len(board.skills) <= MOST_SPOKES


def spokes_of(board: Board) -> list[AreaRow]:
    """What the radar goes by: the areas, or each skill for itself where they are fewer than three."""
    areas = [area for area in board.areas if area.skills]
    if has_areas(board):
        return areas
    return [replace(area, title=skill.title, skills=(skill,)) for area in areas for skill in area.skills]


def draw_bars(bars: BarsChart, board: Board, *, of_areas: bool) -> None:
    """Levels as bars, full as far as they are proven, with what moved since the day compared with."""
    if of_areas:
        found = [_area_bar(area) for area in board.areas]
    else:
        found = [
            Bar(
                skill.title,
                skill.now.level,
                "text3" if skill.now.is_stale else "accent",
                skill.expected,
                _note(skill),
                _proven(skill),
                _change(skill),
            )
            for skill in board.skills
        ]
    columns = (_tr("Area") if of_areas else _tr("Skill"), _tr("Level"), _tr("Expected"))
    bars.show_bars(found, value_text=_level_text, most=5.0, columns=columns)


def draw_quarters(heat: HeatTable, board: Board, calendar: Calendar, today: date) -> None:
    """A row for each skill, its level at the end of each quarter."""
    quarters, values = levels_by_quarter(board, calendar, today)
    heat.show_cells(
        [skill.title for skill in board.skills],
        [quarter.name for quarter in quarters],
        values,
        most=5.0,
        value_text=lambda level: f"{level:g}",
        empty=_tr("Rate a skill, and each quarter shows here what you stood at."),
    )


def draw_trend(chart: TimeChart, board: Board, today: date, area_id: int | None) -> None:
    """The mean level of an area at the end of every day on which something in it was rated, beside that of all."""
    chosen = next((area for area in board.areas if area.id == area_id), None)
    series = []
    if chosen is not None:
        series.append(Series(chosen.title, _means(chosen.skills, today), "step", "accent", has_end=True))
    series.append(Series(_tr("All areas"), _means(board.skills, today), "step", "text3" if chosen else "accent"))
    chart.show_spec(
        ChartSpec(
            [each for each in series if each.points],
            y_range=(0.0, 5.0),
            value_text=_level_text,
            empty=_tr("Rate a skill, and its area shows here."),
        )
    )


def draw_history(
    chart: TimeChart,
    skill: SkillRow,
    ratings: Sequence[RatingRow],
    evidence: Sequence[EvidenceRow],
    today: date,
) -> None:
    """One's own ratings as steps, those of others as points, and a tick for each piece of evidence.

    Args:
        ratings, evidence: Newest first.
    """
    names = {"self": _tr("Myself"), "manager": _tr("Manager"), "mentor": _tr("Mentor"), "peer": _tr("Peer")}
    series = []
    for number, (source, name) in enumerate(names.items()):
        said = [rating for rating in reversed(ratings) if rating.source == source]
        if said:
            points = [(rating.day, rating.level) for rating in said]
            notes = {place: rating.note for place, rating in enumerate(said) if rating.note}
            colour = "accent" if source == "self" else f"series{number + 1}"
            style: Style = "step" if source == "self" else "points"
            series.append(Series(name, points, style, colour, notes, has_end=True))
    if series and evidence:
        ticks: list[tuple[date | float, float | None]] = [(piece.day, TICK) for piece in reversed(evidence)]
        titles = {place: piece.title for place, piece in enumerate(reversed(evidence))}
        series.append(Series(_tr("Evidence"), ticks, "points", "text3", titles, is_measured=False))
    days = [*(rating.day for rating in ratings), *(piece.day for piece in evidence), today]
    chart.show_spec(
        ChartSpec(
            series,
            x_range=(min(days) - ROOM, max(days) + ROOM),
            y_range=(0.0, float(skill.highest)),
            value_text=_level_text,
        )
    )


def _means(skills: Sequence[SkillRow], today: date) -> list[tuple[date | float, float | None]]:
    days = sorted({day for skill in skills for day, _ in skill.rated})
    if days and days[-1] < today:
        days.append(today)
    return [(day, mean_level(skills, day)) for day in days]


def _area_bar(area: AreaRow) -> Bar:
    known = [skill for skill in area.skills if skill.past is not None]
    now, past = _mean(area, _level), _mean(area, _past) if known else None
    change = now - past if now is not None and past is not None else None
    change = 0.0 if change is not None and abs(change) < 0.05 else change
    return Bar(area.title, now, "accent", _mean(area, _expected), "", _mean(area, _proven), change)


def _level_text(level: float) -> str:
    return f"{round(level, 1):g}"


def _note(skill: SkillRow) -> str:
    """What others said of it, and whether it is stale."""
    names = {"manager": _tr("Manager"), "mentor": _tr("Mentor"), "peer": _tr("Peer")}
    said = [f"{names.get(source, source)} {level:g}" for source, (_, level) in sorted(skill.others.items())]
    return " · ".join([*said, *([_tr("No evidence for nine months")] if skill.now.is_stale else [])])


def _change(skill: SkillRow) -> float | None:
    if skill.past is None or skill.past.level is None or skill.now.level is None:
        return None
    return skill.now.level - skill.past.level


def _mean(area: AreaRow, of: Callable[[SkillRow], float | None]) -> float | None:
    return mean_of(of(skill) for skill in area.skills).value


def _level(skill: SkillRow) -> float | None:
    return skill.now.level


def _proven(skill: SkillRow) -> float | None:
    """What is proven of a rated skill: nothing proven is nought, an unrated one is unknown."""
    return None if skill.now.level is None else min(skill.now.proven or 0.0, skill.now.level)


def _expected(skill: SkillRow) -> float | None:
    return skill.expected


def _past(skill: SkillRow) -> float | None:
    return skill.past.level if skill.past else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("SkillCharts", text)
