"""All skills at a glance: claimed, proven and expected in charts, against any past day and a role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QStackedWidget, QWidget

from app.core.days import Calendar, months_before
from app.core.skills import Board, RoleRow, compared, first_day
from app.ui.kit import dates, icons, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.chart import BarsChart, Chart, ChartFrame, HeatTable, RadarChart, TimeChart
from app.ui.kit.choices import Choice, Option
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.room import ElidedLabel, FlowLayout
from app.ui.kit.sheet import scrolling, sheet
from app.ui.skills import drawing
from app.ui.skills.gaps import GapCard

MOST_MONTHS = 240
YEAR = 12
PLAY_MS = 120
LONGEST_PLAY = 60
CHART_HEIGHT = 420
LINE = 34


class Overview(QWidget):
    """Charts of the whole board, the target role with its day, and the gaps.

    The slider goes back by months; what it shows is worked out from the board, so that it can be dragged.
    """

    role_chosen = Signal(object)
    target_day_chosen = Signal(object)
    skill_chosen = Signal(int)
    step_requested = Signal(int)
    assessment_requested = Signal()

    def __init__(self, today: date, calendar: Calendar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = Board((), None)
        self._today, self._calendar = today, calendar
        self.role = QComboBox()
        self.role.setAccessibleName(self.tr("Target role"))
        self.target_day = DayPicker(today, None, optional=True, first_weekday=calendar.first_weekday)
        self.view = Choice(
            [
                Option("radar", self.tr("Radar")),
                Option("areas", self.tr("Areas")),
                Option("skills", self.tr("Skills")),
                Option("quarters", self.tr("Quarters")),
                Option("trend", self.tr("Trend")),
            ]
        )
        self.view.set_value("radar")
        self.view.setAccessibleName(self.tr("Chart"))
        self.radar, self.bars, self.quarters, self.trend = RadarChart(), BarsChart(), HeatTable(), TimeChart()
        self.trend_area = QComboBox()
        self.trend_area.setAccessibleName(self.tr("Area"))
        self.frames: dict[str, ChartFrame] = {}
        self.charts = QStackedWidget()
        self.past = QSlider(Qt.Orientation.Horizontal)
        self.past_text = label("", "secondary")
        self.play = button(
            role="quiet", icon="play", slot=self._play_or_stop, tip=self.tr("Play from the first rating")
        )
        self._playing = QTimer(self, interval=PLAY_MS)
        self._playing.timeout.connect(self._play_on)
        self.gaps = GapCard()
        self._lay_out()
        self.role.activated.connect(self._choose_role)
        self.target_day.changed.connect(self.target_day_chosen)
        self.trend_area.activated.connect(self._draw)
        self.past.valueChanged.connect(self._compare)
        self.past.sliderPressed.connect(self._stop)
        self.view.changed.connect(self._draw)
        self.radar.axis_clicked.connect(self._choose_spoke)
        self.bars.bar_clicked.connect(self._choose_bar)
        self.quarters.row_clicked.connect(self._choose_row)
        self.gaps.skill_chosen.connect(self.skill_chosen)
        self.gaps.step_requested.connect(self.step_requested)

    @property
    def past_day(self) -> date | None:
        """The day compared with; None while the slider stands at today."""
        back = -self.past.value()
        return months_before(self._today, back) if back else None

    def show_board(self, board: Board, roles: Sequence[RoleRow]) -> None:
        """Show the board; `roles` can be compared with."""
        self._board = board
        self.role.clear()
        self.role.addItem(self.tr("No target role"), None)
        for role in roles:
            self.role.addItem(role.title, role.id)
        if board.role is not None:
            self.role.setCurrentIndex(self.role.findData(board.role.id))
        self._list_areas()
        self.target_day.setVisible(board.role is not None)
        self.target_day.set_value(board.target_day)
        first = first_day(board)
        months = 0 if first is None else (self._today.year - first.year) * 12 + self._today.month - first.month
        self.past.setRange(-min(max(months, 0) + 1, MOST_MONTHS), 0)
        self.against.setVisible(first is not None)
        self.gaps.show_board(board)
        self._origin.setVisible(board.model is not None and board.model.is_shipped)
        self._compare()

    def look_back_a_year(self) -> None:
        """Compare with this day a year ago, or with the first that is known."""
        self.past.setValue(-YEAR)
        self._scroll.verticalScrollBar().setValue(0)
        self.past.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        self._stop()
        super().hideEvent(event)

    def _play_or_stop(self) -> None:
        """Go through the past, month by month, to today; once more, and it stands still."""
        if self._playing.isActive():
            self._stop()
            return
        self.past.setValue(self.past.minimum())
        self.play.setIcon(icons.icon("pause", role="text2"))
        self._playing.start()

    def _play_on(self) -> None:
        self.past.setValue(self.past.value() + max(-self.past.minimum() // LONGEST_PLAY, 1))
        if self.past.value() == self.past.maximum():
            self._stop()

    def _stop(self) -> None:
        self._playing.stop()
        self.play.setIcon(icons.icon("play", role="text2"))

    def show_gaps(self) -> None:
        """Bring the gaps into sight, and the keyboard to them."""
        self._scroll.ensureWidgetVisible(self.gaps, 0, 20)
        self.gaps.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _list_areas(self) -> None:
        chosen = self.trend_area.currentData()
        self.trend_area.clear()
        self.trend_area.addItem(self.tr("All areas"), None)
        for area in self._board.areas:
            if area.skills:
                self.trend_area.addItem(area.title, area.id)
        self.trend_area.setCurrentIndex(max(self.trend_area.findData(chosen), 0))

    def _compare(self) -> None:
        day = self.past_day
        self._board = compared(self._board, day)
        if day is None:
            self.past_text.setText(self.tr("no past day"))
        else:
            self.past_text.setText(dates.short_day(day, self._today))
        self.past.setAccessibleDescription(self.past_text.text())
        self._draw()

    def _draw(self) -> None:
        name = str(self.view.value())
        rated = sum(skill.now.level is not None for skill in self._board.skills)
        note = self.tr("{rated} of {all} skills are rated; unrated ones are left out of means.").format(
            rated=rated, all=len(self._board.skills)
        )
        if name == "radar":
            drawing.draw_radar(self.radar, self._board, self.past_text.text())
            by_area = drawing.has_areas(self._board)
            self.frames["radar"].show_title(self.tr("Areas") if by_area else self.tr("Skills"))
        elif name == "quarters":
            drawing.draw_quarters(self.quarters, self._board, self._calendar, self._today)
            note = self.tr("The level at the end of each quarter; hollow is not rated yet.")
        elif name == "trend":
            drawing.draw_trend(self.trend, self._board, self._today, self.trend_area.currentData())
            note = self.tr("The mean of an area's rated skills; a skill rated later joins from its first day.")
        else:
            drawing.draw_bars(self.bars, self._board, of_areas=name == "areas")
            note += " " + self.tr("Full as far as proven, outlined as far as claimed; the tick is what is asked.")
        if not rated:
            note = self.tr("Nothing is rated yet. “Assess yourself” (F8) goes through it, one skill at a time.")
        frame = self.frames["skills" if name == "areas" else name]
        frame.show_note(note)
        frame.refresh_table()
        self.charts.setCurrentWidget(frame)
        frame.relayout()
        self.charts.setFixedHeight(max(frame.sizeHint().height(), theme.px(CHART_HEIGHT)))

    def _choose_role(self) -> None:
        self.role_chosen.emit(self.role.currentData())

    def _choose_bar(self, place: int) -> None:
        if self.view.value() == "skills":
            self.skill_chosen.emit(self._board.skills[place].id)
        else:
            self._show_trend(self._board.areas[place].id)

    def _choose_spoke(self, place: int) -> None:
        spoke = drawing.spokes_of(self._board)[place]
        if drawing.has_areas(self._board):
            self._show_trend(spoke.id)
        else:
            self.skill_chosen.emit(spoke.skills[0].id)

    def _show_trend(self, area_id: int) -> None:
        """How an area went, beside all of them."""
        self.trend_area.setCurrentIndex(self.trend_area.findData(area_id))
        self.view.set_value("trend")
        self._draw()

    def _choose_row(self, place: int) -> None:
        self.skill_chosen.emit(self._board.skills[place].id)

    def _assess(self) -> None:
        self.assessment_requested.emit()

    def _frame(self, name: str, title: str, chart: Chart) -> None:
        self.frames[name] = ChartFrame(title, chart)
        self.charts.addWidget(self.frames[name])

    def _lay_out(self) -> None:
        self._frame("radar", self.tr("Areas"), self.radar)
        self._frame("skills", self.tr("Levels"), self.bars)
        self._frame("quarters", self.tr("Skills by quarter"), self.quarters)
        self._frame("trend", self.tr("Areas over time"), self.trend)
        self.frames["trend"].add_control(self.trend_area)
        self.target_day.setAccessibleName(self.tr("By when"))
        self.target_day.setToolTip(self.tr("The day by which you want to be what this role asks"))
        self.past.setAccessibleName(self.tr("Compare with a past day"))
        self.past.setPageStep(3)
        self.past.setFixedWidth(theme.px(120))
        self.past_text.setMinimumWidth(theme.px(84))
        self.play.setFixedWidth(theme.px(32))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(self.tr("Where you stand"), "title"), 1)
        head.addWidget(button(self.tr("Assess yourself"), role="primary", icon="list-checks", slot=self._assess))
        aim = _group(label(self.tr("Towards"), "secondary"), self.role, self.target_day)
        against = _group(label(self.tr("Against"), "secondary"), self.past, self.play, self.past_text)
        self.against = against
        choices = FlowLayout(spacing=16)
        for group in (aim, against):
            choices.addWidget(group)
        said = self.tr(
            "The shipped model and its expected levels are editorial defaults, generalised from public frameworks "
            "and not validated by a study. All of it is yours to edit."
        )
        content, column = sheet(top=20)
        self._scroll = scrolling(content, self)
        column.addLayout(head)
        column.addLayout(choices)
        column.addWidget(self.view)
        column.addWidget(self.charts)
        column.addWidget(self.gaps)
        self._origin = label(said, "hint", wrap=True)
        column.addWidget(self._origin)
        column.addStretch(1)


def _group(*parts: QWidget) -> QWidget:
    """Things that belong together on one line."""
    made = QWidget()
    made.setMinimumHeight(theme.px(LINE))
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    return made
