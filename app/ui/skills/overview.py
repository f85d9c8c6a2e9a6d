"""All skills at a glance: claimed, proven and expected as a radar or as bars, against any past day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.core.insights import mean_of
from app.core.skills import AreaRow, Board, RoleRow, SkillRow
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, label
from app.ui.kit.chart import Bar, BarsChart, ChartFrame, RadarChart, Shape
from app.ui.kit.choices import Choice, Option

AGES = (("none", 0), ("month", 30), ("quarter", 91), ("half", 182), ("year", 365))


class Overview(QWidget):
    """Charts of the whole board, the target role, and the three weightiest gaps."""

    role_chosen = Signal(object)
    past_chosen = Signal(object)
    skill_chosen = Signal(int)
    assessment_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = Board((), None)
        self._today = date(2000, 1, 1)
        self._filling = False
        self.role = QComboBox()
        self.role.setAccessibleName(self.tr("Target role"))
        self.past = QComboBox()
        self.past.setAccessibleName(self.tr("Compare with"))
        self.view = Choice(
            [
                Option("radar", self.tr("Radar")),
                Option("bars", self.tr("Bars")),
                Option("skills", self.tr("Skills")),
            ]
        )
        self.view.set_value("radar")
        self.radar = RadarChart()
        self.bars = BarsChart()
        self.radar_frame = ChartFrame(self.tr("Areas"), self.radar)
        self.bars_frame = ChartFrame(self.tr("Levels"), self.bars)
        self.charts = QStackedWidget()
        self.gaps = Card()
        self._lay_out()
        self.role.activated.connect(self._choose_role)
        self.past.activated.connect(self._choose_past)
        self.view.changed.connect(self._draw)
        self.bars.bar_clicked.connect(self._choose_bar)

    def show_board(self, board: Board, roles: list[RoleRow], today: date) -> None:
        """Show the board; `roles` can be compared with."""
        self._board, self._today = board, today
        self.role.clear()
        self.role.addItem(self.tr("No target role"), None)
        for role in roles:
            self.role.addItem(role.title, role.id)
        if board.role is not None:
            self.role.setCurrentIndex(self.role.findData(board.role.id))
        self._draw()
        self._show_gaps()

    def _draw(self) -> None:
        if self.view.value() == "radar":
            self._draw_radar()
            self.charts.setCurrentWidget(self.radar_frame)
        else:
            self._draw_bars()
            self.charts.setCurrentWidget(self.bars_frame)

    def _draw_radar(self) -> None:
        areas = [area for area in self._board.areas if area.skills]
        claimed = [_mean(area, _level) for area in areas]
        proven = [
            _mean(area, lambda skill: (skill.now.proven or 0.0) if skill.now.level else None) for area in areas
        ]
        hollow = {place for place, area in enumerate(areas) if any(skill.now.is_claimed for skill in area.skills)}
        shapes = [Shape(self.tr("Claimed"), claimed, "text3", "line", frozenset(hollow))]
        shapes.append(Shape(self.tr("Proven"), proven, "accent", "filled"))
        if self._board.role is not None:
            expected = [_mean(area, lambda skill: skill.expected) for area in areas]
            shapes.append(Shape(self._board.role.title, expected, "series2", "dashed"))
        if any(skill.past is not None for skill in self._board.skills):
            past = [_mean(area, lambda skill: skill.past.level if skill.past else None) for area in areas]
            shapes.append(Shape(self.past.currentText(), past, "series3", "line"))
        empty = self.tr("Rate a skill, and its area shows here.")
        self.radar.show_shapes([area.title for area in areas], shapes, empty=empty)
        rated = sum(skill.now.level is not None for skill in self._board.skills)
        self.radar_frame.show_note(
            self.tr("Means of rated skills: {rated} of {all} are rated. Unrated ones are left out.").format(
                rated=rated, all=len(self._board.skills)
            )
        )
        self.radar_frame.refresh_table()

    def _draw_bars(self) -> None:
        if self.view.value() == "skills":
            bars = [
                Bar(skill.title, skill.now.level, _role_of(skill), skill.expected, self._change(skill))
                for skill in self._board.skills
            ]
        else:
            bars = [
                Bar(area.title, _mean(area, _level), "accent", _mean(area, lambda skill: skill.expected))
                for area in self._board.areas
            ]
        columns = (self.tr("Skill"), self.tr("Level"), self.tr("Expected"))
        self.bars.show_bars(bars, value_text=lambda level: f"{level:.1f}", most=5.0, columns=columns)
        self.bars_frame.refresh_table()

    def _change(self, skill: SkillRow) -> str:
        if skill.past is None or skill.past.level is None or skill.now.level is None:
            return ""
        change = skill.now.level - skill.past.level
        return self.tr("unchanged") if not change else f"{change:+g}"

    def _show_gaps(self) -> None:
        while (item := self.gaps.body.takeAt(1)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        named = {skill.id: skill for skill in self._board.skills}
        if self._board.role is None:
            said = self.tr("Choose a target role above to see what it asks that you do not show yet.")
            self.gaps.body.addWidget(label(said, "secondary", wrap=True))
        elif not self._board.gaps:
            said = self.tr("No rated skill is below what {role} asks.").format(role=self._board.role.title)
            self.gaps.body.addWidget(label(said, "secondary", wrap=True))
        for skill_id, missing in self._board.gaps[:3]:
            skill = named[skill_id]
            text = self.tr("{skill}: {level} of {expected}").format(
                skill=skill.title, level=f"{skill.now.level:g}", expected=f"{skill.expected:g}"
            )
            go = button(text, role="link", slot=lambda _=False, chosen=skill_id: self.skill_chosen.emit(chosen))
            go.setToolTip(self.tr("{missing} below").format(missing=f"{missing:g}"))
            self.gaps.body.addWidget(go)

    def _choose_role(self) -> None:
        self.role_chosen.emit(self.role.currentData())

    def _choose_past(self) -> None:
        days = self.past.currentData()
        self.past_chosen.emit(self._today - timedelta(days=days) if days else None)

    def _choose_bar(self, place: int) -> None:
        if self.view.value() == "skills":
            self.skill_chosen.emit(self._board.skills[place].id)

    def _lay_out(self) -> None:
        texts = {
            "none": self.tr("No comparison"),
            "month": self.tr("A month ago"),
            "quarter": self.tr("Three months ago"),
            "half": self.tr("Half a year ago"),
            "year": self.tr("A year ago"),
        }
        for name, days in AGES:
            self.past.addItem(texts[name], days)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.tr("Where you stand"), "title"), 1)
        head.addWidget(button(self.tr("Assess yourself"), role="primary", icon="list-checks", slot=self._assess))
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self.view)
        choices.addStretch(1)
        choices.addWidget(self.past)
        choices.addWidget(self.role)
        for frame in (self.radar_frame, self.bars_frame):
            self.charts.addWidget(frame)
        self.gaps.body.addWidget(label(self.tr("Three weightiest gaps"), "section"))
        said = self.tr(
            "The shipped model and its expected levels are editorial defaults, generalised from public frameworks "
            "and not validated by a study. All of it is yours to edit."
        )
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(choices)
        column.addWidget(self.charts, 1)
        column.addWidget(self.gaps)
        column.addWidget(label(said, "hint", wrap=True))
        scroll = QScrollArea()
        scroll.setProperty("role", "page")
        scroll.setWidgetResizable(True)
        content.setProperty("role", "page")
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _assess(self) -> None:
        self.assessment_requested.emit()


def _mean(area: AreaRow, of: Callable[[SkillRow], float | None]) -> float | None:
    return mean_of(of(skill) for skill in area.skills).value


def _level(skill: SkillRow) -> float | None:
    return skill.now.level


def _role_of(skill: SkillRow) -> str:
    return "text3" if skill.now.is_stale else "accent"
