"""The objective's form: what, why, when, and the key results that say whether it was reached."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, objectives, wording
from app.core.objectives import KeyResultDraft, ObjectiveDraft, PeriodDraft, Plan, PlannedKeyResult
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import SectionHead, label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.drafting import Drafting
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.numbers import NumberField
from app.ui.objectives.hints import HintLines
from app.ui.objectives.key_result_editor import KeyResultEditor
from app.ui.objectives.period_field import PeriodField

WIDTH: Final = 680


class ObjectiveDialog(Dialog):
    """Makes an objective or changes one, key results included, as one action; `kept` tells its id."""

    kept = Signal(int)

    def __init__(
        self,
        store: Store,
        plan: Plan,
        parent: QWidget | None = None,
        *,
        today: date,
        periods: Sequence[PeriodDraft] = (),
        parents: Sequence[tuple[int, str]] = (),
        areas: Sequence[str] = (),
        verbs: Collection[str] = wording.OUTPUT_VERBS,
        first_weekday: int = 0,
        purpose: str = "",
    ) -> None:
        heading = self.tr("New objective") if plan.id is None else self.tr("Edit objective")
        super().__init__(parent, heading, self.tr("Save"), width=theme.px(WIDTH))
        self._store, self._plan, self._today = store, plan, today
        self._verbs, self._first_weekday = verbs, first_weekday
        self.editors: list[KeyResultEditor] = []
        self._make_controls(plan.draft, periods, parents, areas)
        self._lay_out(purpose)
        for planned in plan.key_results:
            self._add_editor(planned)
        if plan.id is None and not plan.key_results:
            self._add_editor(PlannedKeyResult(KeyResultDraft()))
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self._connect()
        self.title.setFocus()

    def plan(self) -> Plan:
        """What the form holds; key results that nobody began are left out."""
        held = tuple(editor.planned() for editor in self.editors)
        begun = tuple(each for each in held if each.id is not None or each.draft != KeyResultDraft())
        return replace(self._plan, draft=self._draft(), key_results=begun)

    def add_key_result(self) -> KeyResultEditor:
        """Show the fields of one more key result, ready to be typed into."""
        made = self._add_editor(PlannedKeyResult(KeyResultDraft()))
        self._drafting.judge()
        made.show()
        content = self._content
        content.resize(content.width(), content.sizeHint().height())  # it has to have a place to be scrolled to
        made.title.setFocus()
        self._scroll.ensureWidgetVisible(made)
        return made

    def save(self) -> bool:
        with self._store.write() as session:
            kept = objectives.keep_plan(session, self.plan(), today=self._today, now=clock.now()).id
        self.kept.emit(kept)
        return True

    # ------------------------------------------------------------ building

    def _make_controls(
        self,
        draft: ObjectiveDraft,
        periods: Sequence[PeriodDraft],
        parents: Sequence[tuple[int, str]],
        areas: Sequence[str],
    ) -> None:
        self.title = QLineEdit(draft.title)
        self.title.setPlaceholderText(self.tr("Grow activation of new teams"))
        self.why = QPlainTextEdit(draft.why)
        self.why.setTabChangesFocus(True)
        self.why.setFixedHeight(theme.px(64))
        self.period = PeriodField(periods, draft.period, self._today, self._first_weekday)
        self.area = QComboBox()
        self.area.setEditable(True)
        self.area.addItems(list(areas))
        self.area.setCurrentText(draft.area)
        self.commitment = Choice(
            [
                Option("committed", self.tr("Committed"), tip=self.tr("Will be done; 1.0 is success")),
                Option("aspirational", self.tr("Aspirational"), tip=self.tr("A stretch; 0.7 is success")),
            ]
        )
        self.commitment.set_value(draft.commitment)
        self.weight = NumberField(draft.weight)
        self.weight.setToolTip(self.tr("How much it counts beside others; 1 is ordinary"))
        self.is_draft = QCheckBox(self.tr("Still a draft"))
        self.is_draft.setChecked(draft.state == "draft")
        self.is_draft.setToolTip(self.tr("A draft has no pace and asks for no check-in"))
        self.is_draft.setVisible(draft.state != "paused")
        self.serves = QComboBox()
        self.serves.addItem(self.tr("Nothing above it"), None)
        for parent_id, title in parents:
            self.serves.addItem(title, parent_id)
        self.serves.setCurrentIndex(max(self.serves.findData(draft.parent_id), 0))
        for combo in (self.serves, self.area):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _lay_out(self, purpose: str) -> None:
        self.form = Form()
        if purpose:
            self.form.add_widget(label(self.tr("Your purpose: “{text}”").format(text=purpose), "hint", wrap=True))
        self.hints = HintLines()
        self.form.add("title", self.tr("Objective"), self.title)
        self.form.add_widget(self.hints)
        self.form.add("why", self.tr("Why"), self.why, hint=self.tr("Which outcome, for whom?"))
        self.form.add_row(("period", self.tr("Period"), self.period), ("area", self.tr("Area"), self.area))
        self.form.add_row(
            ("commitment", self.tr("Kind"), self.commitment), ("parent_id", self.tr("Serves"), self.serves)
        )
        self.form.add_row(("weight", self.tr("Weight"), self.weight), ("state", self.tr("State"), self.is_draft))
        self.form.fields["state"].setHidden(self._plan.draft.state == "paused")
        self._results = QVBoxLayout()
        self._results.setSpacing(10)
        more = button(self.tr("Add key result"), icon="plus", slot=self.add_key_result)
        more.setAutoDefault(False)
        content = self._content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addSpacing(4)
        column.addWidget(SectionHead(self.tr("Key results"), more))
        column.addWidget(
            label(self.tr("Two to four numbers that would convince a sceptic that it was reached."), "hint")
        )
        column.addLayout(self._results)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        QWidget.setTabOrder(self.is_draft, self.hints.take)  # Tab after the title is for the why
        self.body.addWidget(self._scroll)
        self.resize(theme.px(WIDTH), theme.px(700))

    def _connect(self) -> None:
        self.title.textEdited.connect(self._touch_title)
        self.hints.rewording.connect(self._reword)
        self.why.textChanged.connect(self._judge)
        self.period.changed.connect(self._touch_period)
        self.serves.currentIndexChanged.connect(self._touch_parent)
        self.weight.changed.connect(self._touch_weight)
        self.is_draft.toggled.connect(self._judge)

    def _add_editor(self, planned: PlannedKeyResult) -> KeyResultEditor:
        made = KeyResultEditor(planned, today=self._today, verbs=self._verbs, first_weekday=self._first_weekday)
        made.changed.connect(self._judge)
        made.gone.connect(self._remove_editor)
        made.moved.connect(self._move_editor)
        self.editors.append(made)
        self._results.addWidget(made)
        return made

    # ------------------------------------------------------------ what it holds

    def _draft(self) -> ObjectiveDraft:
        return replace(
            self._plan.draft,
            title=self.title.text(),
            why=self.why.toPlainText(),
            area=self.area.currentText(),
            period=self.period.value(),
            commitment=str(self.commitment.value()),
            parent_id=self.serves.currentData(),
            weight=self._weight(),
            state=self._state(),
        )

    def _weight(self) -> float:
        return 0.0 if self.weight.problem() else self.weight.value() or 0.0

    def _state(self) -> str:
        if self._plan.draft.state == "paused":
            return "paused"
        return "draft" if self.is_draft.isChecked() else "active"

    def _problems(self) -> dict[str, str]:
        draft = self._draft()
        found = draft.problems()
        if wrong_weight := self.weight.problem():
            found["weight"] = wrong_weight
        said = " ".join((draft.title, draft.why)) if draft.title.strip() else ""
        hints = wording.hints(said, "objective", output_verbs=self._verbs)
        is_output = any(hint.kind == "output" for hint in hints)
        self.hints.show_hints(hints, wording.rewritten() if is_output and "__" not in draft.title else "")
        for place, editor in enumerate(self.editors):
            if editor.planned().id is None and editor.planned().draft == KeyResultDraft():
                continue
            wrong = editor.problems(draft.period)
            found |= {f"key_results.{place}.{name}": sentence for name, sentence in wrong.items()}
        return found

    # ------------------------------------------------------------ slots

    def _reword(self, words: str) -> None:
        self.title.selectAll()
        self.title.insert(words)
        self._touch_title()

    def _touch_title(self) -> None:
        self._drafting.touch("title")

    def _touch_period(self) -> None:
        self._drafting.touch("period")

    def _touch_parent(self) -> None:
        self._drafting.touch("parent_id")

    def _touch_weight(self) -> None:
        self._drafting.touch("weight")

    def _judge(self) -> None:
        self._drafting.judge()

    def _remove_editor(self) -> None:
        editor = self.sender()
        assert isinstance(editor, KeyResultEditor)
        place = self.editors.index(editor)
        self.editors.remove(editor)
        self._results.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        near: QWidget = self.editors[min(place, len(self.editors) - 1)].title if self.editors else self.title
        near.setFocus()
        self._drafting.judge()

    def _move_editor(self, by: int) -> None:
        editor = self.sender()
        assert isinstance(editor, KeyResultEditor)
        place = self.editors.index(editor)
        target = min(max(place + by, 0), len(self.editors) - 1)
        self.editors.insert(target, self.editors.pop(place))
        self._results.removeWidget(editor)
        self._results.insertWidget(target, editor)
        self._scroll.ensureWidgetVisible(editor)
