"""The check-in sheet: every key result that waits, a line each, kept as one action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, objectives
from app.core.objectives import CheckInDraft, DueRow
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.dates import relative_day
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.forms import Dialog
from app.ui.kit.numbers import NumberField
from app.ui.kit.room import ElidedLabel
from app.ui.objectives.values import standing_text

WIDTH: Final = 900


class CheckInSheet(Dialog):
    """A line for each of `due`; lines left blank are no check-ins. `kept` tells the ids of those that were."""

    kept = Signal(object)

    def __init__(
        self,
        store: Store,
        due: Sequence[DueRow],
        parent: QWidget | None = None,
        *,
        today: date,
        first_weekday: int = 0,
    ) -> None:
        super().__init__(parent, self.tr("Check in on what is due"), self.tr("Save"), width=theme.px(WIDTH))
        self._store, self._today = store, today
        self.day = DayPicker(today, today, first_weekday=first_weekday)
        self.day.setAccessibleName(self.tr("Day of all these check-ins"))
        self.day.changed.connect(self.judge)
        self.lines = [SheetLine(self, each, today) for each in due]
        self._lay_out()
        self.judge()
        if self.lines:
            self.lines[0].control.setFocus()

    def drafts(self) -> list[CheckInDraft]:
        """The lines that say something."""
        day = self.day.value() or self._today
        return [line.draft(day) for line in self.lines if not line.is_blank]

    def save(self) -> bool:
        now, zone = clock.now(), str(clock.zone())
        with self._store.write() as session:
            made = [objectives.check_in(session, draft, now=now, zone=zone) for draft in self.drafts()]
            ids = [each.id for each in made]
        self.kept.emit(ids)
        return True

    def _lay_out(self) -> None:
        hint = label(self.tr("Leave out what you do not know; a blank line is no check-in."), "hint")
        top = QHBoxLayout()
        top.addWidget(hint, 1)
        top.addWidget(self.day)
        self.body.addLayout(top)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 10, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        heads = (self.tr("Key result"), self.tr("Last"), self.tr("Now"), self.tr("Confidence"), self.tr("Note"))
        for column, (text, stretch) in enumerate(zip(heads, (5, 3, 2, 0, 5), strict=True)):
            grid.addWidget(label(text, "field"), 0, column)
            grid.setColumnStretch(column, stretch)
        for place, line in enumerate(self.lines):
            line.put(grid, 2 * place + 1)
        grid.setRowStretch(2 * len(self.lines) + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        self.body.addWidget(scroll, 1)
        self.resize(theme.px(WIDTH), min(theme.px(210 + 50 * len(self.lines)), theme.px(660)))

    def judge(self) -> None:
        """Say at each line what is wrong with it, and on the button how many would be kept."""
        day = self.day.value() or self._today
        wrong = [line.problem(day) for line in self.lines]
        self.say(
            self.tr("This day has not come yet. Choose today or an earlier day.") if day > self._today else ""
        )
        self.primary.setEnabled(not any(wrong) and any(not line.is_blank for line in self.lines))
        count = len(self.drafts())
        texts = {0: self.tr("Save"), 1: self.tr("Save 1 check-in")}
        self.primary.setText(texts.get(count, self.tr("Save {count} check-ins").format(count=count)))


class SheetLine(QObject):
    """The controls of one key result."""

    def __init__(self, sheet: CheckInSheet, due: DueRow, today: date) -> None:
        super().__init__(sheet)
        self._due, self._today = due, today
        result = due.key_result
        self.number = NumberField()
        self.reached = QComboBox()
        for text, value in (("–", None), (self.tr("Not yet"), 0.0), (self.tr("Reached"), 1.0)):
            self.reached.addItem(text, value)
        self.control: QWidget = self.reached if result.measure == "milestone" else self.number
        self.confidence = QComboBox()
        self.confidence.addItem("–", None)
        for score in range(11):
            self.confidence.addItem(str(score), score)
        self.note = QLineEdit()
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        for control, name in (
            (self.control, self.tr("Now")),
            (self.confidence, self.tr("Confidence")),
            (self.note, self.tr("Note")),
        ):
            control.setAccessibleName(f"{result.title}: {name}")
        self.number.changed.connect(sheet.judge)
        self.reached.currentIndexChanged.connect(sheet.judge)
        self.confidence.currentIndexChanged.connect(sheet.judge)
        self.note.textEdited.connect(sheet.judge)

    @property
    def is_blank(self) -> bool:
        """Whether it says neither value nor confidence; a note alone is kept from being lost by `problem`."""
        return self._value() is None and self._confidence() is None and not self.note.text().strip()

    def draft(self, day: date) -> CheckInDraft:
        """What the line holds."""
        return CheckInDraft(self._due.key_result.id, day, self._value(), self._confidence(), self.note.text())

    def problem(self, day: date) -> str:
        """Why the line cannot be kept; blank when it can, or says nothing."""
        result, found = self._due.key_result, ""
        if self.control is self.number and self.number.problem():
            found = self.number.problem()
        elif not self.is_blank:
            wrong = self.draft(day).problems(
                measure=result.measure, target=result.target, unit_kind=result.unit_kind, today=self._today
            )
            found = next(iter(wrong.values()), "")
        self.wrong.setText(found)
        self.wrong.setVisible(bool(found))
        return found

    def put(self, grid: QGridLayout, row: int) -> None:
        """Place the controls on a line of the grid, what is wrong below it."""
        title = ElidedLabel(self._due.key_result.title, role="strong")
        title.setMinimumWidth(theme.px(150))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(title)
        names.addWidget(ElidedLabel(self._due.objective.title, role="hint"))
        grid.addLayout(names, row, 0)
        last = label(self._last(), "secondary")
        for column, widget in enumerate((last, self.control, self.confidence, self.note), start=1):
            grid.addWidget(widget, row, column)
        grid.addWidget(self.wrong, row + 1, 1, 1, 4)

    def _last(self) -> str:
        said, result = self._due.key_result.said, self._due.key_result
        if said.value is None or said.value_day is None:
            return self.tr("no reading yet")
        value = standing_text(result.measure, said.value, result.target, result.unit_kind, result.unit)
        return f"{value}, {relative_day(said.value_day, self._today)}"

    def _value(self) -> float | None:
        if self.control is self.reached:
            chosen: float | None = self.reached.currentData()
            return chosen
        return None if self.number.problem() else self.number.value()

    def _confidence(self) -> int | None:
        chosen: int | None = self.confidence.currentData()
        return chosen
