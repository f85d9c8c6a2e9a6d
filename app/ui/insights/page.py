"""Insights: what was written and when, honestly counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core import clock, insights, journal
from app.core.days import Calendar, Kind, Span
from app.core.insights import Bucket, Counts
from app.core.model import Entry, Setting
from app.core.settings import settings
from app.core.store import Store
from app.ui.kit import dates
from app.ui.kit.actions import action
from app.ui.kit.cards import Card, label
from app.ui.kit.chart import ChartFrame, ChartSpec, HeatMap, Series, TimeChart, plain_number, tell_saving
from app.ui.kit.choices import Option
from app.ui.kit.empty import EmptyState
from app.ui.kit.numbers import counted
from app.ui.kit.sheet import scrolling, sheet
from app.ui.kit.watch import watch

RANGES = ("quarter", "year", "three", "all")
TOLD_AFTER = timedelta(days=14)
"""A score of fewer days would say how young the journal is."""
SPAN_DAYS = {"quarter": 91, "year": 365, "three": 3 * 365}


class InsightsPage(QWidget):
    """A heat map of writing, and entries or words by week, month or quarter beside the period before."""

    announced = Signal(str, object)
    item_requested = Signal(int)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._range = "year"
        self._grouping: Kind = "week"
        self._measure = "entries"
        self.figures = [_Figure() for _ in range(4)]
        self.heat = HeatMap()
        self.heat_frame = ChartFrame(self.tr("Days you wrote"), self.heat, ranges=self._ranges())
        self.rhythm = TimeChart()
        self.rhythm_frame = ChartFrame(
            self.tr("Writing over time"), self.rhythm, ranges=self._ranges(), groupings=self._groupings()
        )
        self.sheets = QStackedWidget()
        self.nothing = EmptyState(
            "chart-line",
            self.tr("Charts grow from what you write"),
            self.tr("After the first entries this page shows your days, weeks and months. Nothing is scored."),
        )
        self._lay_out()
        for frame in (self.heat_frame, self.rhythm_frame):
            frame.ranges.setCurrentIndex(RANGES.index(self._range))
            frame.range_changed.connect(self._choose_range)
        tell_saving(self, self.announced)
        self.rhythm_frame.grouping_changed.connect(self._choose_grouping)
        self.heat.day_chosen.connect(self._open_day)
        action(self, self.tr("Show the last year"), slot=lambda: self._choose_range("year"), icon="calendar")
        action(self, self.tr("Show all years"), slot=lambda: self._choose_range("all"), icon="calendar-days")
        watch(self, store, [Entry, Setting], self._refresh)
        # The page is on screen before its numbers are read: two short waits instead of a long one.
        self._first_look = QTimer(self, singleShot=True, interval=0)
        self._first_look.timeout.connect(self._refresh)
        self._first_look.start()

    def open_item(self, item_id: int) -> None:
        """Insights shows no single item."""

    # ------------------------------------------------------------ what is shown

    def _refresh(self) -> None:
        with self._store.read() as session:
            chosen = settings(session)
            today = journal.today(session, clock.now(), clock.zone())
            written = journal.span_of(session)
            today = _end(today, written)
            calendar = Calendar(chosen.first_weekday, chosen.fiscal_start_month, chosen.day_start)
            span = Span(self._first(today, written), today)
            before = insights.previous_span(span, calendar) if self._range != "all" else None
            marks = journal.day_marks(session, before.first if before else span.first, today)
        self.sheets.setCurrentIndex(0 if written else 1)
        if written is None:
            return
        counts = {day: (mark.entries, mark.words) for day, mark in marks.items()}
        known = Span(written[0], today)
        self._show_figures(counts, span, known)
        self._show_heat(counts, span, known, calendar)
        self._show_rhythm(counts, span, before, known, calendar)

    def _first(self, today: date, span: tuple[date, date] | None) -> date:
        if self._range == "all":
            return span[0] if span else today
        return today - timedelta(days=SPAN_DAYS[self._range])

    def _show_figures(self, counts: Counts, span: Span, known: Span) -> None:
        said = insights.total(counts, span, known) or insights.Total(0, 0, 0, 0)
        if span.last - known.first < TOLD_AFTER:
            steady = "–", self.tr("consistency, told after two weeks")
        else:
            score = insights.consistency(counts.keys(), Span(min(span.first, known.first), span.last))[-1][1]
            steady = f"{score:.0%}", self.tr("consistency, smoothed: one bad week is forgiven")
        texts = (
            (f"{said.entries:,}", counted(said.entries, self.tr("entry"), self.tr("entries"))),
            (f"{said.words:,}", counted(said.words, self.tr("word"), self.tr("words"))),
            (
                f"{said.written:,}",
                counted(said.written, self.tr("day written, of {all}"), self.tr("days written, of {all}")).format(
                    all=f"{said.days:,}"
                ),
            ),
            steady,
        )
        for figure, (number, text) in zip(self.figures, texts, strict=True):
            figure.say(number, text)

    def _show_heat(self, counts: Counts, span: Span, known: Span, calendar: Calendar) -> None:
        words = insights.heat({day: said for day, (_, said) in counts.items()}, span, known)
        values = {day: None if said is None else float(said) for day, said in words.items()}
        self.heat.show_days(
            values,
            span.first,
            span.last,
            value_text=self._day_text(counts),
            first_weekday=calendar.first_weekday,
            value_name=self.tr("Words"),
        )
        written = sum(1 for day in counts if day in span)
        said = self.tr("Colour is words a day; days before your first entry are left open.")
        days = counted(written, self.tr("One day written."), self.tr("{count} days written."))
        self.heat_frame.show_note(f"{said} {days}")
        self.heat_frame.refresh_table()

    def _day_text(self, counts: Counts) -> Callable[[date, float | None], str]:
        def text(day: date, value: float | None) -> str:
            if value is None:
                return self.tr("{day}: nothing known").format(day=dates.long_day(day))
            entries, words = counts.get(day, (0, 0))
            written = counted(entries, self.tr("1 entry"), self.tr("{count} entries"))
            long = counted(words, self.tr("1 word"), self.tr("{count} words"))
            return f"{dates.long_day(day)}: {written}, {long}"

        return text

    def _show_rhythm(
        self, counts: Counts, span: Span, before: Span | None, known: Span, calendar: Calendar
    ) -> None:
        now = insights.buckets(counts, self._grouping, span, calendar, known=known)
        series = [Series(self._measure_text(), self._points(now, timedelta()), "area", "accent", has_end=True)]
        if before is not None:
            earlier = insights.buckets(counts, self._grouping, before, calendar, known=known)
            points = [point for point in self._points(earlier, span.first - before.first) if point[0] in span]
            if any(value is not None for _, value in points):
                series.append(Series(self.tr("The period before"), points, "dashed", "text3"))
        self.rhythm.show_spec(
            ChartSpec(
                series,
                x_range=(span.first, span.last),
                value_text=plain_number,
                empty=self.tr("Nothing written then."),
            )
        )
        counted = sum(bucket.entries is not None for bucket in now)
        self.rhythm_frame.show_note(
            self.tr("Each point is one {grouping}; {count} are known. The last one is still under way.").format(
                grouping=self._grouping_text(),
                count=counted,
            )
        )
        self.rhythm_frame.refresh_table()

    def _points(self, found: list[Bucket], ahead: timedelta) -> list[tuple[date, float | None]]:
        values = [bucket.entries if self._measure == "entries" else bucket.words for bucket in found]
        return [
            (bucket.period.first + ahead, None if value is None else float(value))
            for bucket, value in zip(found, values, strict=True)
        ]

    def _grouping_text(self) -> str:
        texts = {"week": self.tr("week"), "month": self.tr("month"), "quarter": self.tr("quarter")}
        return texts[self._grouping]

    def _measure_text(self) -> str:
        return self.tr("Entries") if self._measure == "entries" else self.tr("Words")

    # ------------------------------------------------------------ what is chosen

    def _choose_range(self, name: object) -> None:
        self._range = str(name)
        for frame in (self.heat_frame, self.rhythm_frame):
            frame.ranges.setCurrentIndex(RANGES.index(self._range))
        self._refresh()

    def _choose_grouping(self, name: object) -> None:
        kind, _, self._measure = str(name).partition(":")
        self._grouping = "quarter" if kind == "quarter" else "month" if kind == "month" else "week"
        self._refresh()

    def _open_day(self, day: date) -> None:
        with self._store.read() as session:
            entry = journal.newest_of(session, day)
        if entry is not None:
            self.item_requested.emit(entry)

    def _ranges(self) -> list[Option]:
        return [
            Option("quarter", self.tr("Three months")),
            Option("year", self.tr("A year")),
            Option("three", self.tr("Three years")),
            Option("all", self.tr("All")),
        ]

    def _groupings(self) -> list[Option]:
        return [
            Option("week:entries", self.tr("Entries by week")),
            Option("month:entries", self.tr("Entries by month")),
            Option("quarter:entries", self.tr("Entries by quarter")),
            Option("week:words", self.tr("Words by week")),
            Option("month:words", self.tr("Words by month")),
            Option("quarter:words", self.tr("Words by quarter")),
        ]

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.sheets)
        self.sheets.setProperty("role", "page")
        self.sheets.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        content, column = sheet(top=20)
        self.sheets.addWidget(scrolling(content))
        self.sheets.addWidget(self.nothing)
        column.addWidget(label(self.tr("Insights"), "title"))
        row = QHBoxLayout()
        row.setSpacing(12)
        for figure in self.figures:
            row.addWidget(figure, 1)
        column.addLayout(row)
        column.addWidget(self.heat_frame)
        self.rhythm_frame.setMinimumHeight(320)
        column.addWidget(self.rhythm_frame)
        column.addStretch(1)


def _end(today: date, span: tuple[date, date] | None) -> date:
    """Today; or the last entry's day in a journal that ended more than a year ago."""
    return span[1] if span and today - span[1] > timedelta(days=366) else today


class _Figure(Card):
    """One number and what it counts."""

    def __init__(self) -> None:
        super().__init__(margin=14)
        self.body.setSpacing(2)
        self._number = label("", "number")
        self._text = label("", "secondary", wrap=True)
        self.body.addWidget(self._number)
        self.body.addWidget(self._text)
        self.body.addStretch(1)

    def say(self, number: str, text: str) -> None:
        self._number.setText(number)
        self._text.setText(text)
        self.setAccessibleName(f"{number} {text}")
