"""A key result within an objective's form: what is measured, from where to where, and by when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.core import wording
from app.core.objectives import KeyResultDraft, PeriodDraft, PlannedKeyResult
from app.ui.kit import icons
from app.ui.kit.actions import button
from app.ui.kit.cards import Card
from app.ui.kit.dates import short_day
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.forms import Field
from app.ui.kit.numbers import NumberField
from app.ui.objectives.hints import HintLines
from app.ui.objectives.values import measure_texts, unit_kind_texts, value_text

MOVING: Final = ("increase", "decrease")
HOLDING: Final = ("hold_above", "hold_below")


class KeyResultEditor(Card):
    """One key result of a form; `changed` asks the form to judge it, `gone` and `moved` ask it to act."""

    changed = Signal()
    gone = Signal()
    moved = Signal(int)

    def __init__(
        self,
        planned: PlannedKeyResult,
        parent: QWidget | None = None,
        *,
        today: date,
        verbs: Collection[str] = wording.OUTPUT_VERBS,
        first_weekday: int = 0,
    ) -> None:
        super().__init__(parent, margin=14)
        self._planned, self._verbs, self._today = planned, verbs, today
        self._touched: set[str] = set()
        self.fields: dict[str, Field] = {}
        self._make_controls(planned.draft, today, first_weekday)
        self._lay_out()
        self._connect()
        self._show_measure()

    def planned(self) -> PlannedKeyResult:
        """What the form holds."""
        return PlannedKeyResult(self._draft(), self._planned.id, self._planned.rev)

    def problems(self, period: PeriodDraft | None) -> dict[str, str]:
        """What is wrong with it, by field; said under those that were touched."""
        draft = self._draft()
        self._show_hints(draft, period)
        found = draft.problems(period)
        for name, control in (("baseline", self.baseline), ("target", self.target), ("weight", self.weight)):
            if not self.fields[name].isHidden() and (wrong := control.problem()):
                found[name] = wrong
        for name, field in self.fields.items():
            field.show_error(found.get(name, "") if name in self._touched else "")
        if hidden := {"due", "rhythm_days", "weight", "guard"} & found.keys() & self._touched:
            self._more.setVisible(bool(hidden))
        return found

    # ------------------------------------------------------------ building

    def _make_controls(self, draft: KeyResultDraft, today: date, first_weekday: int) -> None:
        self.title = QLineEdit(draft.title)
        self.title.setPlaceholderText(self.tr("Week-1 activation of new teams"))
        self.measure = _combo(measure_texts(), draft.measure)
        self.baseline, self.target = NumberField(draft.baseline), NumberField(draft.target)
        self.unit_kind = _combo(unit_kind_texts(), draft.unit_kind)
        self.unit = QLineEdit(draft.unit)
        self.due = DayPicker(today, draft.due, optional=True, first_weekday=first_weekday)
        self.rhythm = _combo(self._rhythms(draft.rhythm_days), draft.rhythm_days)
        self.weight = NumberField(draft.weight)
        self.guard = QLineEdit(draft.guard)
        self.guard.setPlaceholderText(self.tr("Support tickets stay below 40 a week"))

    def _rhythms(self, own: int) -> dict[object, str]:
        known: dict[object, str] = {
            1: self.tr("Every day"),
            7: self.tr("Every week"),
            14: self.tr("Every two weeks"),
            30: self.tr("Every month"),
            91: self.tr("Every quarter"),
            0: self.tr("When I like"),
        }
        return known if own in known else known | {own: self.tr("Every {count} days").format(count=own)}

    def _lay_out(self) -> None:
        self.body.addLayout(
            self._row(
                ("title", self.tr("Key result"), self.title, 5), ("measure", self.tr("Measure"), self.measure, 3)
            )
        )
        self.body.addLayout(
            self._row(
                ("baseline", self.tr("From"), self.baseline, 3),
                ("target", self.tr("To"), self.target, 3),
                ("unit_kind", self.tr("Written as"), self.unit_kind, 3),
                ("unit", self.tr("Unit"), self.unit, 3),
            )
        )
        self.hints = HintLines()
        self.body.addWidget(self.hints)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(8)
        more.addLayout(
            self._row(
                ("due", self.tr("Due"), self.due, 3),
                ("rhythm_days", self.tr("Check in"), self.rhythm, 3),
                ("weight", self.tr("Weight"), self.weight, 2),
            )
        )
        more.addLayout(self._row(("guard", self.tr("What must not suffer"), self.guard, 1)))
        self._more.hide()
        self.body.addWidget(self._more)
        self.body.addLayout(self._foot())

    def _row(self, *parts: tuple[str, str, QWidget, int]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        for name, text, control, stretch in parts:
            field = self.fields[name] = Field(text, control)
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        return row

    def _foot(self) -> QLayout:
        foot = QHBoxLayout()
        foot.setSpacing(2)
        self._toggle = button(self.tr("Due day, rhythm, weight, guard"), role="link", slot=self._show_more)
        self._toggle.setAutoDefault(False)
        foot.addWidget(self._toggle)
        foot.addStretch(1)
        foot.addWidget(_icon_button("arrow-up", self.tr("Move up"), self._up))
        foot.addWidget(_icon_button("arrow-down", self.tr("Move down"), self._down))
        foot.addWidget(_icon_button("trash-2", self.tr("Remove this key result"), self._go))
        return foot

    def _connect(self) -> None:
        for name, signal in (
            ("title", self.title.textEdited),
            ("baseline", self.baseline.changed),
            ("target", self.target.changed),
            ("unit", self.unit.textEdited),
            ("due", self.due.changed),
            ("weight", self.weight.changed),
            ("guard", self.guard.textEdited),
            ("rhythm_days", self.rhythm.currentIndexChanged),
        ):
            signal.connect(lambda *_, name=name: self._touch(name))
        self.hints.rewording.connect(self._reword)
        self.measure.currentIndexChanged.connect(self._change_measure)
        self.unit_kind.currentIndexChanged.connect(self._change_measure)

    # ------------------------------------------------------------ what it holds

    def _draft(self) -> KeyResultDraft:
        before = self._planned.draft
        measure = str(self.measure.currentData())
        is_number = measure in MOVING or measure in HOLDING
        return KeyResultDraft(
            title=self.title.text(),
            measure=measure,
            baseline=_number(self.baseline) if measure in MOVING else None,
            target=_number(self.target) if measure != "milestone" else None,
            unit=self.unit.text() if is_number else "",
            unit_kind=str(self.unit_kind.currentData()) if is_number else "number",
            due=self.due.value(),
            weight=_number(self.weight) or 0.0,
            rhythm_days=int(self.rhythm.currentData()),
            guard=self.guard.text(),
            text=before.text,
        )

    def _show_hints(self, draft: KeyResultDraft, period: PeriodDraft | None) -> None:
        """Ask for what neither the title nor another field says."""
        known: set[wording.Kind] = {"beneficiary"}
        if draft.measure in ("milestone", "checklist") or draft.target is not None:
            known |= {"number"}
        if draft.measure not in MOVING or draft.baseline is not None or draft.target is None:
            known |= {"baseline"}
        if draft.due or period:
            known |= {"date"}
        found = wording.hints(draft.title, "key_result", known=known, output_verbs=self._verbs)
        self.hints.show_hints(found, self._frame(draft, period) if "__" not in draft.title else "")

    def _frame(self, draft: KeyResultDraft, period: PeriodDraft | None) -> str:
        """The wording "from … to … for … by …" with what the fields say already."""
        ends = draft.due or (period.last if period else None)
        return wording.rewritten(
            draft.title,
            baseline="" if draft.baseline is None else value_text(draft.baseline, draft.unit_kind, draft.unit),
            target="" if draft.target is None else value_text(draft.target, draft.unit_kind, draft.unit),
            by="" if ends is None else short_day(ends, self._today),
        )

    def _reword(self, words: str) -> None:
        self.title.selectAll()
        self.title.insert(words)
        self._touch("title")

    def _show_measure(self) -> None:
        """Show the fields that the measure needs, under the names that they have then."""
        measure = str(self.measure.currentData())
        is_number = measure in MOVING or measure in HOLDING
        self.fields["baseline"].setVisible(measure in MOVING)
        self.fields["target"].setVisible(measure != "milestone")
        self.fields["unit_kind"].setVisible(is_number)
        self.fields["unit"].setVisible(is_number)
        names = {"hold_above": self.tr("At or above"), "hold_below": self.tr("At or below")}
        names["checklist"] = self.tr("How many things")
        self.fields["target"].show_label(names.get(measure, self.tr("To")))
        examples = {
            "percent": "%",
            "currency": self.locale().currencySymbol(),
            "duration": self.tr("min"),
            "number": self.tr("teams"),
        }
        self.unit.setPlaceholderText(examples[str(self.unit_kind.currentData())])

    # ------------------------------------------------------------ slots

    def _touch(self, name: str) -> None:
        self._touched.add(name)
        if name == "baseline" and self.target.text():
            self._touched.add("target")
        self.changed.emit()

    def _change_measure(self) -> None:
        self._show_measure()
        if self.target.text():
            self._touched.add("target")
        self.changed.emit()

    def _show_more(self) -> None:
        self._more.setVisible(self._more.isHidden())
        if self._more.isVisible():
            self.due.setFocus()

    def _up(self) -> None:
        self.moved.emit(-1)

    def _down(self) -> None:
        self.moved.emit(1)

    def _go(self) -> None:
        self.gone.emit()


def _combo(texts: Mapping[object, str] | Mapping[str, str], chosen: object) -> QComboBox:
    made = QComboBox()
    for key, text in texts.items():
        made.addItem(text, key)
    made.setCurrentIndex(list(texts).index(chosen))
    return made


def _icon_button(icon: str, text: str, slot: Callable[[], None]) -> QToolButton:
    made = QToolButton()
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(16, 16))
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(slot)
    return made


def _number(field: NumberField) -> float | None:
    return None if field.problem() else field.value()
