"""One objective on the page: its words, its numbers, its chart, its check-ins and what is linked with it."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.core.objectives import CheckInRow, KeyResultRow, ObjectiveDetail
from app.ui.kinds import kind_word
from app.ui.kit import dates, icons
from app.ui.kit.actions import ActionButton, button
from app.ui.kit.cards import Card, Chip, SectionHead, label
from app.ui.kit.room import ElidedLabel, FlowLayout
from app.ui.kit.sheet import sheet
from app.ui.kit.tips import plain_tip
from app.ui.objectives.cards import KeyResultCards, Line, Lines
from app.ui.objectives.explain import objective_tip, result_tip
from app.ui.objectives.progress import ProgressFrame
from app.ui.objectives.values import (
    STATUS_ROLES,
    days_left_text,
    due_text,
    grade_text,
    plain_number,
    share_text,
    standing_text,
    status_text,
)

FEW: Final = 6


class ObjectiveView(QScrollArea):
    """Shows an objective. `item_chosen` asks for another item, `check_in_chosen` for one of its check-ins."""

    item_chosen = Signal(int)
    check_in_chosen = Signal(int)
    result_chosen = Signal(int)

    def __init__(self, edit: QAction, check_in: QAction, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: ObjectiveDetail | None = None
        self._before: ObjectiveDetail | None = None
        self._result_id: int | None = None
        self._today = date.min
        self._shows_all, self._shows_all_evidence = False, False
        self.setAccessibleName(self.tr("Objective"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.where = ElidedLabel(role="secondary")
        self.title = label("", "title", wrap=True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.why = label("", "", wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._chips = FlowLayout()
        self.chips: list[Chip] = []
        self.cards = KeyResultCards()
        self.frame = ProgressFrame()
        self.chart = self.frame.lines
        self.unmeasured = label(
            self.tr("No key results yet. Edit the objective and add the number that would prove it."),
            "secondary",
            wrap=True,
        )
        self.check_ins, self.evidence = Lines(), Lines()
        self._check_in_head = SectionHead(self.tr("Check-ins"))
        self._evidence_head = SectionHead(self.tr("Linked with this objective"))
        self._evidence_note = label("", "secondary", wrap=True)
        self._more = button("", role="link", slot=self._show_more)
        self._more_evidence = button("", role="link", slot=self._show_more_evidence)
        self._buttons = (
            _menu_button(menu, self.tr("More to do with this objective")),
            ActionButton(edit, text=self.tr("Edit")),
            ActionButton(check_in, role="primary"),
        )
        self._lay_out()
        self._connect()

    @property
    def result_id(self) -> int | None:
        """The key result that is selected."""
        return self._result_id

    @property
    def detail(self) -> ObjectiveDetail | None:
        """What is on show."""
        return self._detail

    def show_detail(
        self,
        detail: ObjectiveDetail,
        today: date,
        *,
        result_id: int | None = None,
        before: ObjectiveDetail | None = None,
    ) -> None:
        """Show `detail`, with the key result `result_id` selected where it has it.

        Args:
            before: The objective that it was carried from.
        """
        self._before = before
        is_other = self._detail is None or self._detail.row.id != detail.row.id
        self._detail, self._today = detail, today
        results = detail.row.key_results
        wanted = result_id if result_id is not None else self._result_id
        known = [result.id for result in results]
        self._result_id = wanted if wanted in known else next(iter(known), None)
        at = 0 if is_other else self.verticalScrollBar().value()
        self._shows_all = self._shows_all and not is_other
        self._shows_all_evidence = self._shows_all_evidence and not is_other
        self._show_words(detail)
        tips = [
            result_tip(
                result,
                detail.row,
                detail.readings_of(result.id),
                today,
                confidences=detail.confidences_of(result.id),
            )
            for result in results
        ]
        self.cards.show_rows(results, tips, chosen=self._result_id)
        self.unmeasured.setVisible(not results)
        self._show_chart()
        self._show_check_ins()
        self._show_evidence()
        self.verticalScrollBar().setValue(at)

    # ------------------------------------------------------------ what is shown

    def _show_words(self, detail: ObjectiveDetail) -> None:
        row = detail.row
        place = [row.period.title if row.period else self.tr("Backlog"), row.area]
        if detail.parent:
            place.append(detail.parent[1])
        self.where.setText("  ›  ".join(part for part in place if part))
        self.title.setText(row.title)
        self.why.setText(detail.why)
        self.why.setVisible(bool(detail.why.strip()))
        for chip in self.chips:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        tip = objective_tip(row)
        self.chips = []
        for text, role in self._chip_texts(detail):
            chip = Chip(text, role)
            chip.setToolTip(plain_tip(tip))
            self._chips.addWidget(chip)
            self.chips.append(chip)

    def _chip_texts(self, detail: ObjectiveDetail) -> list[tuple[str, str]]:
        row = detail.row
        found: list[tuple[str, str]] = []
        if row.state == "closed" and row.grade is not None:
            found.append((self.tr("Closed with {grade}").format(grade=grade_text(row.grade)), "neutral"))
        elif row.state != "active":
            names = {"draft": self.tr("Draft"), "paused": self.tr("Paused"), "dropped": self.tr("Dropped")}
            found.append((names.get(row.state, self.tr("Closed")), "neutral"))
        if row.status:
            found.append((status_text(row.status), STATUS_ROLES[row.status]))
        if row.progress is not None:
            found.append((self.tr("Progress {share}").format(share=share_text(row.progress)), "neutral"))
        if row.weakest is not None and len(row.key_results) > 1:
            weakest = self.tr("Weakest: {title} {share}")
            found.append(
                (
                    weakest.format(title=_short(row.weakest.title), share=share_text(row.weakest.progress)),
                    "neutral",
                )
            )
        if row.confidence is not None:
            found.append(
                (
                    self.tr("Confidence {value} of 10").format(value=plain_number(round(row.confidence, 1))),
                    "neutral",
                )
            )
        if row.period and not row.is_closed:
            due = due_text(row.period.last, self._today)
            found.append((f"{due} · {days_left_text(row.days_left)}", "neutral"))
        names = {"committed": self.tr("Committed"), "aspirational": self.tr("Aspirational")}
        found.append((names[row.commitment], "neutral"))
        return found

    def _result(self) -> KeyResultRow | None:
        if self._detail is None or self._result_id is None:
            return None
        return self._detail.key_result(self._result_id)

    def _show_chart(self) -> None:
        if self._detail is not None:
            self.frame.show_result(self._detail, self._result(), self._before, self._today)

    def _show_check_ins(self) -> None:
        assert self._detail is not None
        rows = list(reversed(self._detail.check_ins))
        results = {result.id: result for result in self._detail.row.key_results}
        shown = rows if self._shows_all else rows[:FEW]
        self.check_ins.show_lines([self._check_in_line(row, results[row.key_result_id]) for row in shown])
        self._check_in_head.show_count(len(rows) or None)
        self._more.setText(self.tr("Show all {count}").format(count=len(rows)))
        self._more.setVisible(len(shown) < len(rows))
        self._check_in_box.setVisible(bool(rows))

    def _check_in_line(self, row: CheckInRow, result: KeyResultRow) -> Line:
        said = []
        if row.value is not None:
            said.append(standing_text(result.measure, row.value, result.target, result.unit_kind, result.unit))
        if row.confidence is not None:
            said.append(self.tr("confidence {value}").format(value=row.confidence))
        note = row.note.strip().splitlines()
        text = result.title if not note else f"{result.title} — {note[0]}"
        return Line(row.id, dates.short_day(row.day, self._today), text, " · ".join(said))

    def _show_evidence(self) -> None:
        assert self._detail is not None
        rows = self._detail.evidence
        self.evidence.show_lines(
            [
                Line(
                    row.id,
                    dates.short_day(row.day, self._today) if row.day else "",
                    row.title or row.excerpt or self.tr("Empty page"),
                    kind_word(row.kind),
                    is_chip=True,
                )
                for row in (rows if self._shows_all_evidence else rows[:FEW])
            ]
        )
        self._more_evidence.setText(self.tr("Show all {count}").format(count=len(rows)))
        self._more_evidence.setVisible(len(rows) > FEW and not self._shows_all_evidence)
        self._evidence_head.show_count(len(rows) or None)
        self._evidence_note.setText(self._evidence_text(self._detail))
        self._evidence_note.setVisible(bool(self._evidence_note.text()))

    def _evidence_text(self, detail: ObjectiveDetail) -> str:
        if not detail.evidence:
            return self.tr(
                "Nothing is linked yet. Write [[{title}]] in an entry to link it with this objective."
            ).format(title=_short(detail.row.title))
        last = detail.evidence_day
        if last is None or (self._today - last).days < 14:
            return ""
        return self.tr("No evidence for {count} days.").format(count=(self._today - last).days)

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.where, 1)
        for each in self._buttons:
            head.addWidget(each)
        page, column = sheet(bottom=28)
        self.setWidget(page)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addWidget(self.why)
        column.addLayout(self._chips)
        column.addSpacing(2)
        column.addWidget(self.cards)
        column.addWidget(self.unmeasured)
        column.addWidget(self.frame)
        self._check_in_box = _box(self._check_in_head, self.check_ins, self._more)
        column.addWidget(self._check_in_box)
        column.addWidget(_box(self._evidence_head, self.evidence, self._more_evidence, self._evidence_note))
        column.addStretch(1)

    def _connect(self) -> None:
        self.cards.chosen.connect(self._choose_result)
        self.frame.check_in_chosen.connect(self.check_in_chosen)
        self.check_ins.chosen.connect(self.check_in_chosen)
        self.evidence.chosen.connect(self.item_chosen)

    # ------------------------------------------------------------ slots

    def _choose_result(self, result_id: int) -> None:
        self._result_id = result_id
        self._show_chart()
        self.result_chosen.emit(result_id)

    def _show_more(self) -> None:
        self._shows_all = True
        self._show_check_ins()

    def _show_more_evidence(self) -> None:
        self._shows_all_evidence = True
        self._show_evidence()


def _menu_button(menu: QMenu, text: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icons.icon("ellipsis"))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return made


def _box(head: QWidget, *content: QWidget) -> QWidget:
    """A section: its head above a card."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(8)
    column.addWidget(head)
    card = Card(margin=8)
    card.body.setSpacing(2)
    for each in content:
        card.body.addWidget(each)
    column.addWidget(card)
    return made


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
