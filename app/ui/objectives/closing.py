"""Closing an objective with a grade and a look back; dropping it; carrying forward what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core import measure, objectives
from app.core.objectives import CarriedRow, ClosingDraft, ObjectiveRow, PeriodDraft
from app.ui.kit import theme
from app.ui.kit.cards import Chip, SectionHead, label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.drafting import Drafting
from app.ui.kit.forms import Dialog, Form, Outcome
from app.ui.objectives.period_field import PeriodField
from app.ui.objectives.values import grade_text, share_text, way_text

WIDTH: Final = 720


class CloseDialog(Dialog):
    """`decided` tells the `ClosingDraft`, and whether what is left is to be carried forward then."""

    def __init__(self, row: ObjectiveRow, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            self.tr("Close “{title}”").format(title=row.title),
            self.tr("Close objective"),
            width=theme.px(WIDTH),
        )
        self.decided = Outcome()
        self._row, self._draft = row, objectives.suggested_closing(row)
        self._make_controls()
        self._lay_out()
        self._drafting = Drafting(self, self.form.fields, self.primary, lambda: self.draft().problems())
        self.grade.changed.connect(self._choose)
        self.reason.textEdited.connect(self._touch)
        self._show_grade()
        self.grade.setFocus()

    def draft(self) -> ClosingDraft:
        """What the form holds."""
        tenths = self.grade.value()
        assert isinstance(tenths, int)
        return replace(
            self._draft,
            grade=tenths / 10,
            reason=self.reason.text() if not self.form.fields["reason"].isHidden() else "",
            why=self.texts["why"].toPlainText(),
            helped=self.texts["helped"].toPlainText(),
            hindered=self.texts["hindered"].toPlainText(),
            ahead=self.texts["ahead"].toPlainText(),
        )

    def save(self) -> bool:
        self.decided.emit(self.draft(), self.carry.isChecked())
        return True

    def _make_controls(self) -> None:
        self.grade = Choice([Option(tenths, grade_text(tenths / 10)) for tenths in range(11)], spacing=3)
        self.grade.set_value(round(self._draft.grade * 10))
        self.band = Chip("")
        self.reason = QLineEdit()
        self.texts: dict[str, QPlainTextEdit] = {}
        self.carry = QCheckBox(self.tr("Then carry forward what is left"))
        for name in ("why", "helped", "hindered", "ahead"):
            made = self.texts[name] = QPlainTextEdit()
            made.setTabChangesFocus(True)
            made.setFixedHeight(theme.px(62))

    def _lay_out(self) -> None:
        self.form = Form()
        graded = QWidget()
        row = QHBoxLayout(graded)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.grade)
        row.addWidget(self.band)
        row.addStretch(1)
        graded.setFocusProxy(self.grade.focused_button())
        self.form.add("grade", self.tr("Grade"), graded, hint=self._suggestion())
        self.form.add("reason", self.tr("Why this grade and not the one suggested?"), self.reason)
        self.form.add_widget(SectionHead(self.tr("Looking back")))
        words = self.tr("What you write here becomes an entry of today. All of it may be left out.")
        self.form.add_widget(label(words, "hint", wrap=True))
        self.form.add_row(
            ("why", self.tr("Why did it end so?"), self.texts["why"]),
            ("helped", self.tr("What helped?"), self.texts["helped"]),
        )
        self.form.add_row(
            ("hindered", self.tr("What hindered?"), self.texts["hindered"]),
            ("ahead", self.tr("What next?"), self.texts["ahead"]),
        )
        self.form.add_widget(self.carry)
        self.body.addWidget(self.form)

    def _suggestion(self) -> str:
        line = self.tr("success is 1.0") if self._row.commitment == "committed" else self.tr("success is 0.7")
        kind = self.tr("Committed") if self._row.commitment == "committed" else self.tr("Aspirational")
        if self._draft.suggested is None:
            return self.tr("Nothing was read, so nothing is suggested. {kind}: {line}.").format(
                kind=kind, line=line
            )
        return self.tr(
            "{grade} suggested by a progress of {share}, on {known} of {all} key results. {kind}: {line}."
        ).format(
            grade=grade_text(self._draft.suggested),
            share=share_text(self._row.progress),
            known=self._row.known,
            all=len(self._row.key_results),
            kind=kind,
            line=line,
        )

    def _show_grade(self) -> None:
        grade = self.draft().grade
        words = {"good": self.tr("Most of it"), "warn": self.tr("Part of it"), "bad": self.tr("Little of it")}
        band = measure.band(grade)
        has_succeeded = measure.has_succeeded(grade, self._row.commitment)
        self.band.show_text(self.tr("Success") if has_succeeded else words[band], band)
        self.form.fields["reason"].setVisible(self.draft().is_own_grade)

    def _choose(self) -> None:
        self._show_grade()
        self._drafting.judge()

    def _touch(self) -> None:
        self._drafting.touch("reason")


class DropDialog(Dialog):
    """Stops an objective without a grade; `decided` tells the reason, which may be blank."""

    def __init__(self, row: ObjectiveRow, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            self.tr("Drop “{title}”").format(title=row.title),
            self.tr("Drop objective"),
            width=theme.px(460),
        )
        self.decided = Outcome()
        words = self.tr("It gets no grade and takes no more check-ins. What was written stays.")
        self.body.addWidget(label(words, "secondary", wrap=True))
        self.reason = QLineEdit()
        self.form = Form()
        self.form.add("reason", self.tr("Why?"), self.reason)
        self.body.addWidget(self.form)
        self.reason.setFocus()

    def save(self) -> bool:
        self.decided.emit(self.reason.text())
        return True


class CarryDialog(Dialog):
    """`decided` tells the period (None is the backlog) and the key results that stay behind."""

    def __init__(
        self,
        row: ObjectiveRow,
        carried: Sequence[CarriedRow],
        periods: Sequence[PeriodDraft],
        parent: QWidget | None = None,
        *,
        today: date,
        first_weekday: int = 0,
    ) -> None:
        heading = self.tr("Carry “{title}” forward").format(title=row.title)
        super().__init__(parent, heading, self.tr("Carry forward"), width=theme.px(520))
        self.decided = Outcome()
        closed = row.period.draft if row.period else None
        offered = [period for period in periods if period != closed and period.last >= today]
        after = [
            period for period in offered if closed and period.span == closed.span and period.first > closed.last
        ]
        self.period = PeriodField(offered, next(iter(after or offered), None), today, first_weekday)
        self.boxes = {each.key_result_id: self._box(each) for each in carried}
        self.form = Form()
        self.form.add("period", self.tr("To"), self.period)
        if carried:
            self.form.add_widget(label(self.tr("Key results, from where they stand"), "field"))
        self.body.addWidget(self.form)
        self.body.addWidget(_scrolled(list(self.boxes.values())))
        words = self.tr("The old objective stays closed with its grade. Check-ins are not copied.")
        self.body.addWidget(label(words, "hint", wrap=True))
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self.period.changed.connect(self._touch)
        self.period.setFocus()

    def save(self) -> bool:
        left = [result_id for result_id, box in self.boxes.items() if not box.isChecked()]
        self.decided.emit(self.period.value(), left)
        return True

    def _box(self, carried: CarriedRow) -> QCheckBox:
        draft = carried.draft
        if draft is None:
            made = QCheckBox(self.tr("{title}: reached, stays behind").format(title=carried.title))
            made.setEnabled(False)
            return made
        way = way_text(draft.measure, draft.baseline, draft.target, draft.unit_kind, draft.unit)
        made = QCheckBox(f"{carried.title}: {way}")
        made.setChecked(True)
        return made

    def _problems(self) -> dict[str, str]:
        chosen = self.period.value()
        wrong = next(iter(chosen.problems().values()), "") if chosen else ""
        return {"period": wrong} if wrong else {}

    def _touch(self) -> None:
        self._drafting.touch("period")


def _scrolled(boxes: Sequence[QWidget]) -> QScrollArea:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for box in boxes:
        column.addWidget(box)
    column.addStretch(1)
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setWidget(content)
    made.setFixedHeight(min(content.sizeHint().height() + 4, theme.px(220)))
    return made
