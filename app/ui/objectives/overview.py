"""All objectives of a list together: how the whole moves, what needs most, every key result, and past grades."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from app.core import measure
from app.core.objectives import GradeRow, ObjectiveRow, Overview
from app.ui.kit import theme
from app.ui.kit.actions import ActionButton
from app.ui.kit.cards import Card, Chip, SectionHead, chip_size, label, paint_chip, paint_progress
from app.ui.kit.chart import Bar, BarsChart, ChartFrame, ChartSpec, Series, TimeChart
from app.ui.kit.room import ElidedLabel, FlowLayout
from app.ui.kit.sheet import sheet
from app.ui.kit.tips import plain_tip
from app.ui.objectives.explain import objective_tip
from app.ui.objectives.multiples import Small, SmallMultiples
from app.ui.objectives.values import (
    STATUS_ROLES,
    days_left_text,
    grade_text,
    plain_number,
    share_text,
    status_text,
    tr,
)

ROW_HEIGHT: Final = 66
BAR_ROW: Final = 30
CHART_HEIGHT: Final = 320
FEW_GRADES: Final = 5
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class OverviewView(QScrollArea):
    """Shows an `Overview`; `chosen` tells (objective, key result or None)."""

    chosen = Signal(int, object)

    def __init__(self, back: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.where = ElidedLabel(role="secondary")
        self.title = label("", "title", wrap=True)
        self._chips = FlowLayout()
        self.chips: list[Chip] = []
        self.chart = TimeChart()
        self.frame = ChartFrame(self.tr("Progress of all objectives"), self.chart)
        self.frame.setFixedHeight(theme.px(CHART_HEIGHT))
        self.rows: list[NeedRow] = []
        self._rows_card = Card(margin=8)
        self._rows_card.body.setSpacing(4)
        self._rows_head = SectionHead(self.tr("What needs most comes first"))
        self.multiples = SmallMultiples()
        self.multiples_frame = ChartFrame(self.tr("Every key result"), self.multiples)
        self.grades = BarsChart()
        self.grades_frame = ChartFrame(self.tr("Grades by period"), self.grades)
        self._back = ActionButton(back, text=self.tr("One objective"))
        self._lay_out()
        self.multiples.chosen.connect(self._choose_small)

    def show_overview(self, found: Overview, name: str, today: date) -> None:
        """Show `found`, the list called `name`."""
        self.where.setText(self.tr("Overview"))
        self.title.setText(name)
        self._show_chips(found)
        self.chart.show_spec(burn_up_spec(found))
        words = self.tr("Mean by weight of {known} of {all} objectives; those without a reading are left out.")
        self.frame.show_note(words.format(known=found.known, all=len(found.rows)))
        self.frame.refresh_table()
        self._show_rows(found)
        smalls = [
            Small(row, result, found.readings.get(result.id, ()))
            for row in found.rows
            for result in row.key_results
        ]
        self.multiples.show_smalls(smalls, today)
        self.multiples_frame.refresh_table()
        self._show_grades(found.grades)

    # ------------------------------------------------------------ what is shown

    def _show_chips(self, found: Overview) -> None:
        for chip in self.chips:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        said = [
            (f"{status_text(status)} {plain_number(found.statuses[status])}", STATUS_ROLES[status])
            for status in ("behind", "at_risk", "on_track", "done")
            if found.statuses[status]
        ]
        if count := found.statuses[None]:
            said.append((self.tr("Not known yet {count}").format(count=plain_number(count)), "neutral"))
        if found.progress is not None:
            said.append((self.tr("Progress {share}").format(share=share_text(found.progress)), "neutral"))
        if found.period and found.rows:
            said.append((days_left_text(found.rows[0].days_left), "neutral"))
        self.chips = [Chip(text, role) for text, role in said]
        for chip in self.chips:
            self._chips.addWidget(chip)

    def _show_rows(self, found: Overview) -> None:
        old, self.rows = self.rows, [NeedRow(row) for row in found.rows]
        for gone in old:
            self._rows_card.body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for made in self.rows:
            made.clicked.connect(self._choose_row)
            self._rows_card.body.addWidget(made)
        self._rows_head.show_count(len(self.rows) or None)
        self._rows_card.setVisible(bool(self.rows))

    def _show_grades(self, grades: tuple[GradeRow, ...]) -> None:
        self.grades.show_bars(
            [_grade_bar(each) for each in grades],
            value_text=grade_text,
            most=1.0,
            empty=self.tr("Grades stand here once the first objective of a period is closed."),
            columns=(self.tr("Period"), self.tr("Mean grade"), self.tr("Success line")),
        )
        count = sum(len(each.grades) for each in grades)
        note = ""
        if 0 < count < FEW_GRADES or 0 < len(grades) < 3:
            words = self.tr("{count} grades in {periods} periods are too few to speak of a trend.")
            if count == 1:
                words = self.tr("One grade is too few to speak of a trend.")
            note = words.format(count=plain_number(count), periods=plain_number(len(grades)))
        self.grades_frame.show_note(note)
        self.grades_frame.refresh_table()
        self.grades_frame.setFixedHeight(theme.px(BAR_ROW * max(len(grades), 3) + 110))

    # ------------------------------------------------------------ slots

    def _choose_row(self) -> None:
        row = self.sender()
        assert isinstance(row, NeedRow)
        self.chosen.emit(row.row.id, None)

    def _choose_small(self, objective_id: int, result_id: int) -> None:
        self.chosen.emit(objective_id, result_id)

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.where, 1)
        head.addWidget(self._back)
        page, column = sheet(bottom=28)
        self.setWidget(page)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addLayout(self._chips)
        column.addWidget(self._rows_head)
        column.addWidget(self._rows_card)
        for frame in (self.frame, self.multiples_frame, self.grades_frame):
            column.addWidget(frame)
        column.addStretch(1)


class NeedRow(QAbstractButton):
    """An objective on one line: its weakest key result, confidence, days left, status and progress."""

    def __init__(self, row: ObjectiveRow) -> None:
        super().__init__()
        self.row = row
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(plain_tip(objective_tip(row)))
        said = [row.title, need_text(row), share_text(row.progress), status_text(row.status) if row.status else ""]
        self.setAccessibleName(", ".join(part for part in said if part))

    def sizeHint(self) -> QSize:
        return QSize(280, theme.px(ROW_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, row = theme.current(), self.row
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.hover)
            painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(look.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 6, 6)
        inner = self.rect().adjusted(8, theme.px(6), -8, -theme.px(8))
        line = QRect(inner.left(), inner.top(), inner.width(), theme.px(20))
        room = line.width()
        if row.status:
            text = status_text(row.status)
            size = chip_size(text)
            chip = QRect(line.right() - size.width(), line.top(), size.width(), size.height())
            paint_chip(painter, chip, text, STATUS_ROLES[row.status])
            room -= size.width() + 12
        _paint_text(painter, line, row.title, theme.font("strong"), room)
        line.translate(0, theme.px(18))
        painter.setPen(look.text2)
        _paint_text(
            painter, line, need_text(row), theme.font("secondary"), line.width() - theme.px(60), quiet=True
        )
        painter.setFont(theme.numerals(theme.font("secondary")))
        painter.setPen(look.text2)
        painter.drawText(line, RIGHT, share_text(row.progress) if row.key_results else "")
        track = QRectF(inner.left(), inner.bottom() - 3, inner.width(), 5)
        role = STATUS_ROLES.get(row.status or "", "accent")
        paint_progress(painter, track, row.progress, role, pace=row.expected)


def need_text(row: ObjectiveRow) -> str:
    """The quiet line of an objective: "Weakest: Setup time 13% · confidence 5 of 10 · 38 days left"."""
    parts = []
    if row.weakest is not None and len(row.key_results) > 1:
        parts.append(
            tr("Weakest: {title} {share}").format(title=row.weakest.title, share=share_text(row.weakest.progress))
        )
    if row.confidence is not None:
        parts.append(tr("confidence {value} of 10").format(value=plain_number(round(row.confidence, 1))))
    if row.is_closed and row.grade is not None:
        parts.append(tr("closed with {grade}").format(grade=grade_text(row.grade)))
    elif row.days_left is not None and not row.is_closed:
        parts.append(days_left_text(row.days_left))
    return " · ".join(parts)


def burn_up_spec(found: Overview) -> ChartSpec:
    """All objectives as one line, the even pace of their period, and the period before laid under it."""
    series = [Series(tr("Progress"), found.burn_up, "area", "accent", has_end=True)]
    stretch = found.stretch
    if stretch is not None:
        series.append(Series(tr("Even pace"), measure.pace_points(stretch), "dashed", "text3"))
    if found.before:
        series.append(Series(tr("Period before"), found.before, "line", "series2"))
    highest = max([1.0, *(share for _, share in (*found.burn_up, *found.before))])
    period = found.period
    days = [day for day, _ in found.burn_up]
    return ChartSpec(
        series,
        x_range=None if period is None else (min([period.first, *days]), max([period.last, *days])),
        y_range=(0.0, highest),
        value_text=share_text,
        empty=tr("The line begins with the first check-in."),
    )


def _grade_bar(each: GradeRow) -> Bar:
    count = len(each.grades)
    name = tr("1 objective") if count == 1 else tr("{count} objectives").format(count=plain_number(count))
    said = tr("Grades: {grades}").format(grades=", ".join(grade_text(grade) for grade in each.grades))
    reached = tr("{count} reached their success line").format(count=plain_number(each.succeeded))
    return Bar(f"{each.period.title} · {name}", each.mean, measure.band(each.mean), note=f"{said}. {reached}.")


def _paint_text(painter: QPainter, line: QRect, text: str, font: QFont, room: int, *, quiet: bool = False) -> None:
    look = theme.current()
    painter.setFont(font)
    painter.setPen(look.text2 if quiet else look.text)
    painter.drawText(line, LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
