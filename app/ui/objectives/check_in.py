"""The check-in dialog: a value, a confidence, a note, a day; two keystrokes and Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QStackedWidget, QWidget

from app.core import clock, objectives
from app.core.objectives import CheckInDraft, KeyResultRow, ObjectiveRow
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.choices import Choice, Option, score_picker
from app.ui.kit.dates import relative_day
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.drafting import Drafting
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.numbers import NumberField
from app.ui.objectives.values import standing_text, way_text


@dataclass(frozen=True, slots=True)
class CheckInTarget:
    """A key result that may be checked in on, under its objective."""

    objective: ObjectiveRow
    key_result: KeyResultRow


class CheckInDialog(Dialog):
    """Writes a check-in on one of `targets`, or changes the one that is named; `kept` tells its id."""

    kept = Signal(int)

    def __init__(
        self,
        store: Store,
        targets: Sequence[CheckInTarget],
        parent: QWidget | None = None,
        *,
        today: date,
        chosen: int | None = None,
        check_in_id: int | None = None,
        first_weekday: int = 0,
    ) -> None:
        heading = self.tr("Check in") if check_in_id is None else self.tr("Change check-in")
        super().__init__(parent, heading, self.tr("Save"), width=theme.px(560))
        self._store, self._targets, self._today = store, tuple(targets), today
        self._check_in_id, self._rev = check_in_id, 0
        self._make_controls(first_weekday)
        self._lay_out()
        places = [target.key_result.id for target in self._targets]
        self.key_result.setCurrentIndex(places.index(chosen) if chosen in places else 0)
        if check_in_id is not None:
            self._load(check_in_id)
        self._show_target()
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self._connect()
        self.value_control.setFocus()

    @property
    def value_control(self) -> QWidget:
        """What takes the value of the key result that is chosen."""
        return self.reached if self._values.currentWidget() is self.reached else self.number

    def save(self) -> bool:
        now, zone = clock.now(), str(clock.zone())
        with self._store.write() as session:
            if self._check_in_id is None:
                kept = objectives.check_in(session, self._draft(), now=now, zone=zone)
            else:
                kept = objectives.edit_check_in(
                    session, self._check_in_id, self._draft(), rev=self._rev, now=now, zone=zone
                )
            kept_id = kept.id
        self.kept.emit(kept_id)
        return True

    # ------------------------------------------------------------ building

    def _make_controls(self, first_weekday: int) -> None:
        self.key_result = QComboBox()
        for target in self._targets:
            self.key_result.addItem(f"{target.key_result.title} — {target.objective.title}")
        self.number = NumberField()
        self.reached = Choice([Option(0.0, self.tr("Not yet")), Option(1.0, self.tr("Reached"))], optional=True)
        self._values = QStackedWidget()
        self._values.addWidget(self.number)
        self._values.addWidget(self.reached)
        self.confidence = score_picker(0, 10, low_text="", high_text="")
        self.day = DayPicker(self._today, self._today, first_weekday=first_weekday)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("What moved it? What did you learn?"))
        self.note.setFixedHeight(theme.px(84))

    def _lay_out(self) -> None:
        self.form = Form()
        self.form.add("key_result_id", self.tr("Key result"), self.key_result)
        for each in (self.number, self.reached):
            each.setAccessibleName(self.tr("Where it stands"))
        self.form.add_row(("value", self.tr("Where it stands"), self._values), ("day", self.tr("Day"), self.day))
        self.form.add(
            "confidence",
            self.tr("Confidence that it will be reached"),
            self.confidence,
            hint=self.tr("0 is no chance, 10 is certain. Leave it out if you cannot tell."),
        )
        self.form.add("note", self.tr("Note"), self.note)
        self.body.addWidget(self.form)
        if len(self._targets) == 1:
            self.form.fields["key_result_id"].hide()

    def _connect(self) -> None:
        self.key_result.currentIndexChanged.connect(self._choose_target)
        self.number.changed.connect(self._touch_value)
        self.reached.changed.connect(self._touch_value)
        self.confidence.changed.connect(self._touch_value)
        self.day.changed.connect(self._touch_day)

    # ------------------------------------------------------------ what it holds

    def _target(self) -> CheckInTarget:
        return self._targets[self.key_result.currentIndex()]

    def _value(self) -> float | None:
        if self._values.currentWidget() is self.reached:
            chosen = self.reached.value()
            return chosen if isinstance(chosen, float) else None
        return None if self.number.problem() else self.number.value()

    def _draft(self) -> CheckInDraft:
        confidence = self.confidence.value()
        return CheckInDraft(
            key_result_id=self._target().key_result.id,
            day=self.day.value() or self._today,
            value=self._value(),
            confidence=confidence if isinstance(confidence, int) else None,
            note=self.note.toPlainText(),
        )

    def _problems(self) -> dict[str, str]:
        result = self._target().key_result
        found = self._draft().problems(
            measure=result.measure, target=result.target, unit_kind=result.unit_kind, today=self._today
        )
        if self._values.currentWidget() is self.number and (wrong := self.number.problem()):
            found["value"] = wrong
        return found

    def _load(self, check_in_id: int) -> None:
        with self._store.read() as session:
            draft, self._rev = objectives.check_in_draft(session, check_in_id)
        places = [target.key_result.id for target in self._targets]
        self.key_result.setCurrentIndex(places.index(draft.key_result_id))
        self.number.set_value(draft.value)
        self.reached.set_value(draft.value)
        self.confidence.set_value(draft.confidence)
        self.day.set_value(draft.day)
        self.note.setPlainText(draft.note)

    def _show_target(self) -> None:
        result = self._target().key_result
        self._values.setCurrentWidget(self.reached if result.measure == "milestone" else self.number)
        shape = result.measure, result.target, result.unit_kind, result.unit
        parts = [way_text(result.measure, result.baseline, *shape[1:])]
        if result.said.value is not None and result.said.value_day:
            last = standing_text(result.measure, result.said.value, *shape[1:])
            day = relative_day(result.said.value_day, self._today)
            parts.insert(0, self.tr("Last: {value}, {day}").format(value=last, day=day))
        self.form.fields["value"].show_hint(" · ".join(parts))

    # ------------------------------------------------------------ slots

    def _choose_target(self) -> None:
        self._show_target()
        self._drafting.judge()

    def _touch_value(self) -> None:
        self._drafting.touch("value", "confidence")

    def _touch_day(self) -> None:
        self._drafting.touch("day")
