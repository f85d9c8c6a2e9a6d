"""Pictures of the kit's widgets in both themes: `python -m tests.gallery OUT_DIR`. Look at them after a change."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit import icons, theme
from app.ui.kit.actions import button
from app.ui.kit.calendar import MonthCalendar
from app.ui.kit.cards import Card, Chip, ProgressBar, SectionHead, label
from app.ui.kit.chart import (
    Band,
    Bar,
    BarsChart,
    Chart,
    ChartFrame,
    ChartSpec,
    HeatMap,
    Mark,
    RadarChart,
    Series,
    Shape,
    Span,
    TimeChart,
    percent,
    preload,
)
from app.ui.kit.choices import Choice, Option, score_picker
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.empty import EmptyState
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.numbers import NumberField
from app.ui.kit.rail import Rail
from app.ui.kit.toast import MessageBar

TODAY = date(2026, 11, 23)
PLACES = (
    ("today", "Today", "sun"),
    ("journal", "Journal", "notebook-pen"),
    ("objectives", "Objectives", "target"),
    ("roadmap", "Roadmap", "route"),
    ("skills", "Skills", "radar"),
    ("outcomes", "Outcomes", "rocket"),
    ("insights", "Insights", "chart-line"),
    ("reviews", "Reviews", "clipboard-check"),
)


def page(width: int, height: int) -> tuple[QWidget, QVBoxLayout]:
    """An empty page and its column."""
    made = QWidget()
    made.setProperty("role", "page")
    made.resize(width, height)
    column = QVBoxLayout(made)
    column.setContentsMargins(28, 24, 28, 24)
    column.setSpacing(12)
    return made, column


def controls() -> QWidget:
    """Every control once, the line edit with the keyboard in it."""
    made, column = page(640, 340)
    column.addWidget(label("Grow activation of new teams", "title"))
    row = QHBoxLayout()
    for role, text, icon in (
        ("primary", "Check in", "circle-check"),
        ("", "Edit", "pencil"),
        ("quiet", "More", "ellipsis"),
        ("danger", "Delete", "trash-2"),
        ("link", "Show all", ""),
    ):
        row.addWidget(button(text, role=role, icon=icon))
    off = button("Disabled")
    off.setEnabled(False)
    row.addWidget(off)
    row.addStretch(1)
    column.addLayout(row)
    search = QLineEdit()
    search.setPlaceholderText("Search objectives")
    search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
    column.addWidget(search)
    focused = QLineEdit("With the keyboard in it")
    column.addWidget(focused)
    kinds = QComboBox()
    kinds.addItems(["This quarter", "Last quarter"])
    column.addWidget(kinds)
    column.addWidget(QSpinBox())
    row = QHBoxLayout()
    for box in (QCheckBox("Committed"), QCheckBox("Off"), QRadioButton("One"), QRadioButton("Other")):
        row.addWidget(box)
        box.setChecked(box.text() in ("Committed", "One"))
    row.addStretch(1)
    column.addLayout(row)
    focused.setFocus()
    return made


def views() -> QWidget:
    """Bars, tabs, lists and tables."""
    made, column = page(640, 480)
    bar = QProgressBar()
    bar.setValue(40)
    column.addWidget(bar)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(30)
    column.addWidget(slider)
    tabs = QTabWidget()
    tabs.addTab(QWidget(), "Timeline")
    tabs.addTab(QWidget(), "Board")
    tabs.setMaximumHeight(50)
    column.addWidget(tabs)
    row = QHBoxLayout()
    names = QListWidget()
    names.addItems([f"Row {number}" for number in range(30)])
    names.setCurrentRow(2)
    row.addWidget(names)
    table = QTableWidget(4, 2)
    table.setHorizontalHeaderLabels(["Day", "Value"])
    for place in range(8):
        table.setItem(place // 2, place % 2, QTableWidgetItem(f"{place * 12.5}"))
    table.setShowGrid(False)
    row.addWidget(table)
    column.addLayout(row)
    column.addWidget(QPlainTextEdit("What happened?"))
    return made


def pieces() -> QWidget:
    """Cards, chips and bars."""
    made, column = page(640, 220)
    row = QHBoxLayout()
    for text, role in (
        ("On track", "good"),
        ("At risk", "warn"),
        ("Behind", "bad"),
        ("Owner Mia", "neutral"),
        ("Committed", "accent"),
    ):
        row.addWidget(Chip(text, role))
    row.addStretch(1)
    column.addLayout(row)
    row = QHBoxLayout()
    for name, number, value, role, pace in (
        ("Week-1 activation", "41%", 0.5, "accent", 0.62),
        ("Teams with 3+ members", "1,640", 1.23, "good", None),
        ("Setup time, median", "no reading yet", None, "accent", None),
    ):
        card = Card()
        card.body.addWidget(label(name, "secondary"))
        card.body.addWidget(label(number, "number"))
        bar = ProgressBar()
        bar.show_value(value, role, pace=pace)
        card.body.addWidget(bar)
        card.body.addWidget(label("from 32% to 50%", "hint"))
        row.addWidget(card)
    column.addLayout(row)
    column.addStretch(1)
    return made


def choices() -> QWidget:
    """A section, choices, scores and the day picker."""
    made, column = page(640, 300)
    head = SectionHead("Linked journal entries", button("Add", role="quiet", icon="plus"))
    head.show_count(12)
    column.addWidget(head)
    ranges = Choice([Option("week", "Week"), Option("month", "Month"), Option("year", "Year")])
    ranges.set_value("month")
    column.addWidget(ranges)
    confidence = score_picker(0, 10, low_text="No chance", high_text="Certain")
    confidence.set_value(7)
    column.addWidget(confidence)
    mood = score_picker(1, 5, faces=["frown", "annoyed", "meh", "smile", "laugh"])
    mood.set_value(4)
    column.addWidget(mood)
    column.addWidget(DayPicker(TODAY, date(2026, 12, 31), optional=True))
    column.addStretch(1)
    return made


def calendar() -> QWidget:
    """A month with marks."""
    made, column = page(330, 350)
    column.setContentsMargins(16, 16, 16, 16)
    month = MonthCalendar(TODAY)
    days = [TODAY - timedelta(days=back) for back in range(40)]
    month.set_marks(
        {day: place % 4 for place, day in enumerate(days)},
        {day for place, day in enumerate(days) if place % 5 == 2},
    )
    month.choose(date(2026, 11, 12))
    column.addWidget(month)
    column.addStretch(1)
    return made


def rails() -> QWidget:
    """The rail, wide and narrow, beside an empty page with a message."""
    made = QWidget()
    made.setProperty("role", "page")
    made.resize(900, 520)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for collapsed in (False, True):
        rail = Rail("Northing")
        for name, text, icon in PLACES:
            rail.add(name, text, icon)
        rail.add("settings", "Settings", "settings", at_bottom=True)
        rail.entries["reviews"].show_count(2)
        rail.choose("objectives")
        rail.set_collapsed(collapsed=collapsed)
        row.addWidget(rail)
    row.addWidget(
        EmptyState(
            "target",
            "No objectives yet",
            "An objective says what to achieve and why; its key results say how you will know.",
            "New objective",
        ),
        1,
    )
    bar = MessageBar(made)
    bar.show_message("The journal could not be saved: the disk is full.", lasting=True)
    bar.show_message("Entry moved to the trash", "Undo", lambda: None)
    return made


def dialog() -> QWidget:
    """A form in a dialog, with something wrong."""
    made = Dialog(None, "New key result", "Add key result")
    form = Form()
    form.add("title", "What will be measured", QLineEdit("Week-1 activation"), hint="The measure, not the work.")
    form.add_row(("from", "From", NumberField(32)), ("to", "To", NumberField(32)))
    form.add("text", "Why it matters", QPlainTextEdit())
    form.show_errors({"to": "The target must differ from where it began."})
    made.body.addWidget(form)
    made.resize(520, 460)
    return made


def spec(days: int) -> ChartSpec:
    """Actual with a gap, confidence, pace, forecast, a pause and a moved target."""
    first = TODAY - timedelta(days=days)
    actual: list[tuple[date | float, float | None]] = []
    for ahead in range(0, days + 1, max(days // 900, 1 if days > 100 else 7)):
        share = ahead / max(days, 1)
        value = 0.62 * share + 0.03 * math.sin(ahead / 5)
        actual.append((first + timedelta(days=ahead), None if 0.35 < share < 0.42 else value))
    last = TODAY + timedelta(days=max(days // 2, 1))
    now = next(value for _, value in reversed(actual) if value is not None)
    return ChartSpec(
        [
            Series("Actual", actual, "area", "accent", {2: "Invite step: copy test won"}, has_end=True),
            Series("Confidence", [(x, None if y is None else 0.75 - y / 4) for x, y in actual], "line", "series2"),
            Series("Even pace", [(first, 0.0), (last, 1.0)], "dashed", "text3"),
        ],
        bands=[Band("Forecast", [(actual[-1][0], now, now), (last, 0.78, 1.04)])],
        marks=[Mark(first + timedelta(days=days // 5), "Target moved")],
        spans=[Span(first + timedelta(days=int(days * 0.35)), first + timedelta(days=int(days * 0.42)), "Pause")],
        value_text=percent,
    )


def lines() -> QWidget:
    """A season of check-ins."""
    return framed("Progress and confidence", time_chart(spec(56)), 760, 420)


def many_points() -> QWidget:
    """Ten years, a point a day."""
    days = [TODAY - timedelta(days=back) for back in range(3649, -1, -1)]
    words = Series("Words", [(day, 400 + 300 * math.sin(place / 90)) for place, day in enumerate(days)], "line")
    return framed("Words a day, ten years", time_chart(ChartSpec([words])), 760, 320)


def few_points() -> QWidget:
    """One point; none; monthly bars."""
    made, column = page(760, 900)
    column.addWidget(
        framed("One reading", time_chart(ChartSpec([Series("Value", [(TODAY, 41.0)], has_end=True)])))
    )
    column.addWidget(framed("Nothing", time_chart(ChartSpec([Series("Value", [])], empty="No check-in yet."))))
    months: list[tuple[date | float, float | None]] = [
        (date(2026, month, 1), month % 5 * 3.0) for month in range(1, 12)
    ]
    column.addWidget(framed("Launches", time_chart(ChartSpec([Series("Launches", months, "bars")]))))
    return made


def time_chart(shown: ChartSpec) -> TimeChart:
    """A chart that is drawn at once."""
    preload()
    made = TimeChart()
    made.show_spec(shown)
    return made


def framed(title: str, chart: Chart, width: int = 0, height: int = 0) -> ChartFrame:
    """A chart in its frame."""
    ranges = [Option("quarter", "This quarter"), Option("year", "This year")]
    made = ChartFrame(title, chart, ranges=ranges)
    made.show_note("9 readings; the pause from 18 to 22 October is left out.")
    if width:
        made.resize(width, height)
    return made


def bars() -> QWidget:
    """Effort against priority."""
    chart = BarsChart()
    chart.show_bars(
        [
            Bar("Grow activation of new teams", 0.42, "accent", 0.5, "31 entries"),
            Bar("Cut time to first insight by half", 0.31, "accent", 0.2),
            Bar("Make enterprise onboarding self-serve, in every region", 0.07, "accent", 0.2),
            Bar("Serves nothing", 0.2, "series3"),
            Bar("Not recorded", None),
        ],
        value_text=percent,
    )
    return framed("Effort by objective", chart, 640, 280)


def radar() -> QWidget:
    """Skills: now, expected, a year ago."""
    chart = RadarChart()
    chart.show_shapes(
        [
            "Customer insight",
            "Strategy and vision",
            "Data and experiments",
            "Delivery and execution",
            "Stakeholder management and influence",
            "Leadership",
            "Market knowledge",
        ],
        [
            Shape("Now", [4, 3, 3.5, 4, 2.5, 2, 3], "accent", "filled", frozenset({4, 6})),
            Shape("Expected", [4, 4, 4, 4, 4, 3, 4], "text3", "dashed"),
            Shape("A year ago", [3, 2, None, 3.5, 2, 1.5, 2], "series2", "line"),
        ],
    )
    return framed("Skills", chart, 620, 560)


def heat() -> QWidget:
    """A year of writing, and three years."""
    made, column = page(900, 880)
    values = {
        TODAY - timedelta(days=back): float(max(0, (back * 37) % 11 - 3)) * 40
        for back in range(1000)
        if back % 17 not in (4, 5)
    }
    for title, days in (("Writing", 364), ("Three years", 900)):
        chart = HeatMap()
        chart.show_days(dict(values), TODAY - timedelta(days=days), TODAY)
        column.addWidget(framed(title, chart))
    column.addStretch(1)
    return made


SCENES: dict[str, Callable[[], QWidget]] = {
    "controls": controls,
    "views": views,
    "pieces": pieces,
    "choices": choices,
    "calendar": calendar,
    "rail": rails,
    "dialog": dialog,
    "lines": lines,
    "many": many_points,
    "few": few_points,
    "bars": bars,
    "radar": radar,
    "heat": heat,
}


def pictures(folder: Path, wanted: list[str]) -> Iterator[Path]:
    """Draw the scenes, in both themes, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    qapp = QApplication(sys.argv[:1])
    watching = theme.install(qapp, "light")
    for choice in ("light", "dark"):
        watching.choose("light" if choice == "light" else "dark")
        for name in wanted or SCENES:
            widget = SCENES[name]()
            widget.show()
            for _ in range(3):
                qapp.processEvents()
            file = folder / f"{name}-{choice}.png"
            widget.grab().save(str(file))
            widget.hide()
            widget.deleteLater()
            yield file


def main() -> int:
    """`OUT_DIR [SCENE ...]`"""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    for file in pictures(Path(sys.argv[1]), sys.argv[2:]):
        print(file)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
