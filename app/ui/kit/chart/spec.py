"""What a chart shows, in plain values: no Qt, no numpy, so that anything may make one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

X = date | float
Cell = str | float | int | date | None
Style = Literal["line", "area", "step", "dashed", "points", "bars"]


def plain_number(value: float) -> str:
    """A number without trailing noughts, at most two places."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def percent(value: float) -> str:
    """A share as whole per cent."""
    return f"{round(value * 100)}%"


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one line. A value of None is a gap: unknown, never nought.

    Attributes:
        points: (day or number, value), in the order of the first.
        color: Token of the theme, such as `accent`, `series2`, `text3`.
        notes: What to tell at a point, by its place in `points`.
        has_end: Whether the last point is ringed and its value written beside it.
        is_measured: Whether its values say something; of dots that only stand on their days the notes do.
    """

    name: str
    points: Sequence[tuple[X, float | None]]
    style: Style = "line"
    color: str = "accent"
    notes: Mapping[int, str] = field(default_factory=dict)
    has_end: bool = False
    is_measured: bool = True


@dataclass(frozen=True, slots=True)
class Band:
    """A range between two lines, such as a forecast: (x, low, high)."""

    name: str
    points: Sequence[tuple[X, float, float]]
    color: str = "accent"


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line where something changed, with a few words at its top."""

    x: X
    text: str
    color: str = "text3"


@dataclass(frozen=True, slots=True)
class Span:
    """A shaded stretch, such as a pause or a period, with a few words."""

    first: X
    last: X
    text: str = ""
    color: str = "neutral_soft"


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart over time (days) or over numbers.

    Attributes:
        x_range, y_range: What to show; by default all there is, and nought when it is near.
        value_text: How a value is written.
        level: A horizontal line, such as a target, with its words.
        empty: What to say when there is no value at all.
    """

    series: Sequence[Series]
    bands: Sequence[Band] = ()
    marks: Sequence[Mark] = ()
    spans: Sequence[Span] = ()
    x_range: tuple[X, X] | None = None
    y_range: tuple[float, float] | None = None
    value_text: Callable[[float], str] = plain_number
    level: tuple[float, str] | None = None
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar; `target` is a tick across it, None as a value is unknown.

    Attributes:
        solid: So much of the value is drawn full and the rest in outline; None for all of it.
        change: How far it moved since another day, told with an arrow; None when that is not known.
    """

    text: str
    value: float | None
    color: str = "accent"
    target: float | None = None
    note: str = ""
    solid: float | None = None
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline of a radar: a value for each axis; `hollow` places are claimed, not proven."""

    name: str
    values: Sequence[float | None]
    color: str = "accent"
    style: Literal["filled", "line", "dashed"] = "filled"
    hollow: Collection[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a chart."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def position(x: X) -> float:
    """Where `x` stands on the axis: the ordinal of a day, or the number."""
    return float(x.toordinal()) if isinstance(x, date) else float(x)


def table_of(spec: ChartSpec, first_column: str, note_column: str) -> Table:
    """The numbers of all series and bands, a row for each x."""
    found: dict[X, dict[int, Cell]] = {}
    columns = [first_column]
    for series in spec.series:
        if series.is_measured:
            columns.append(series.name)
        for x, value in series.points:
            row_at = found.setdefault(x, {})
            if series.is_measured:
                row_at[len(columns) - 1] = value
    for band in spec.bands:
        columns += [f"{band.name} ↓", f"{band.name} ↑"]
        for x, low, high in band.points:
            found.setdefault(x, {}).update({len(columns) - 2: low, len(columns) - 1: high})
    notes: dict[X, list[str]] = {}
    for series in spec.series:
        for place, note in series.notes.items():
            notes.setdefault(series.points[place][0], []).append(note)
    for mark in spec.marks:
        notes.setdefault(mark.x, []).append(mark.text)
        found.setdefault(mark.x, {})
    if notes:
        columns.append(note_column)
    rows: list[list[Cell]] = []
    for x in sorted(found, key=position):
        row: list[Cell] = [x, *(found[x].get(place) for place in range(1, len(columns)))]
        if notes:
            row[-1] = "; ".join(notes.get(x, ()))
        rows.append(row)
    return Table(columns, rows)
