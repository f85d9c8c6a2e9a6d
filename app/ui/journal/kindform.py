"""The fields of an entry's kind, above its text; kept while one types, as the text is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from app.core.errors import FieldError
from app.core.kinds import KINDS, FieldSpec
from app.ui.kit import theme
from app.ui.kit.choices import Choice, Option
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.forms import Field

KEPT_AFTER_MS: Final = 400
TEXT_HEIGHT: Final = 52

_LABELS: Final[dict[str, Any]] = {
    "win.change": QT_TRANSLATE_NOOP("KindForm", "What changed"),
    "win.for_whom": QT_TRANSLATE_NOOP("KindForm", "For whom"),
    "win.before": QT_TRANSLATE_NOOP("KindForm", "Before"),
    "win.after": QT_TRANSLATE_NOOP("KindForm", "After"),
    "win.my_part": QT_TRANSLATE_NOOP("KindForm", "My part"),
    "win.helped_by": QT_TRANSLATE_NOOP("KindForm", "Who helped"),
    "launch.shipped": QT_TRANSLATE_NOOP("KindForm", "What shipped"),
    "launch.expected": QT_TRANSLATE_NOOP("KindForm", "The effect I expect"),
    "launch.know_on": QT_TRANSLATE_NOOP("KindForm", "When we will know"),
    "launch.verdict": QT_TRANSLATE_NOOP("KindForm", "What it did"),
    "launch.verdict_note": QT_TRANSLATE_NOOP("KindForm", "How we know"),
    "decision.choice": QT_TRANSLATE_NOOP("KindForm", "What I chose"),
    "decision.options": QT_TRANSLATE_NOOP("KindForm", "Among which options"),
    "decision.expected": QT_TRANSLATE_NOOP("KindForm", "What I expect of it"),
    "decision.probability": QT_TRANSLATE_NOOP("KindForm", "How likely, in percent"),
    "decision.review_on": QT_TRANSLATE_NOOP("KindForm", "When to look back"),
    "decision.verdict": QT_TRANSLATE_NOOP("KindForm", "What came of it"),
    "decision.verdict_note": QT_TRANSLATE_NOOP("KindForm", "What I learn from that"),
    "conversation.person": QT_TRANSLATE_NOOP("KindForm", "With whom"),
    "conversation.agenda": QT_TRANSLATE_NOOP("KindForm", "About what"),
    "conversation.advice": QT_TRANSLATE_NOOP("KindForm", "Their advice"),
    "conversation.promised_by_me": QT_TRANSLATE_NOOP("KindForm", "What I promised"),
    "conversation.promised_to_me": QT_TRANSLATE_NOOP("KindForm", "What they promised"),
    "insight.so_what": QT_TRANSLATE_NOOP("KindForm", "So what"),
    "insight.shelf": QT_TRANSLATE_NOOP("KindForm", "About"),
    "insight.source": QT_TRANSLATE_NOOP("KindForm", "How I know"),
    "insight.half_life_days": QT_TRANSLATE_NOOP("KindForm", "Half-life, in days"),
    "telling.told": QT_TRANSLATE_NOOP("KindForm", "What I told"),
    "telling.to_whom": QT_TRANSLATE_NOOP("KindForm", "To whom"),
    "telling.said_back": QT_TRANSLATE_NOOP("KindForm", "What they said back"),
    "learning.learned": QT_TRANSLATE_NOOP("KindForm", "What I learned"),
    "learning.source": QT_TRANSLATE_NOOP("KindForm", "From what"),
    "learning.differently": QT_TRANSLATE_NOOP("KindForm", "What I do differently now"),
}
_CHOICES: Final[dict[str, Any]] = {
    "customers": QT_TRANSLATE_NOOP("KindForm", "Customers"),
    "market": QT_TRANSLATE_NOOP("KindForm", "Market"),
    "competition": QT_TRANSLATE_NOOP("KindForm", "Competition"),
    "product": QT_TRANSLATE_NOOP("KindForm", "Our product"),
    "interview": QT_TRANSLATE_NOOP("KindForm", "Interview"),
    "data": QT_TRANSLATE_NOOP("KindForm", "Data"),
    "experiment": QT_TRANSLATE_NOOP("KindForm", "Experiment"),
    "observation": QT_TRANSLATE_NOOP("KindForm", "Observation"),
    "support": QT_TRANSLATE_NOOP("KindForm", "Support"),
    "sales": QT_TRANSLATE_NOOP("KindForm", "Sales"),
    "report": QT_TRANSLATE_NOOP("KindForm", "Report"),
    "hearsay": QT_TRANSLATE_NOOP("KindForm", "Hearsay"),
    "moved": QT_TRANSLATE_NOOP("KindForm", "It moved something"),
    "came_true": QT_TRANSLATE_NOOP("KindForm", "It came true"),
    "did_not": QT_TRANSLATE_NOOP("KindForm", "It did not"),
    "cannot_tell": QT_TRANSLATE_NOOP("KindForm", "Cannot tell"),
}


def said(text: str) -> str:
    """A label or a choice in the language of the window."""
    return QCoreApplication.translate("KindForm", text)


def choice_word(choice: str) -> str:
    """A choice of a field as the window calls it."""
    return said(_CHOICES[choice])


class KindForm(QWidget):
    """Shows the fields of one kind; what changed is handed to `keep`, which saves it and says when it cannot.

    Signals:
        changed: Something was typed or chosen that is not kept yet. kept: It is.
    """

    changed = Signal()
    kept = Signal()

    def __init__(self, keep: Callable[[Mapping[str, Any]], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keep = keep
        self._kind = ""
        self._held: dict[str, Any] = {}
        self.fields: dict[str, Field] = {}
        self._people: Sequence[str] = ()
        self._today = date.min
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 8, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._timer = QTimer(self, singleShot=True, interval=KEPT_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        self.hide()

    def show_kind(self, kind: str, values: Mapping[str, Any], *, today: date, people: Sequence[str] = ()) -> None:
        """Show what `values` say in the fields of `kind`; a kind without fields takes no room."""
        self._timer.stop()
        specs = KINDS[kind].fields if kind in KINDS else ()
        if kind != self._kind or tuple(people) != tuple(self._people) or today != self._today:
            self._kind, self._people, self._today = kind, people, today
            self._build(specs)
        for spec in specs:
            self._put(spec, values.get(spec.name))
        self._held = self.values()
        self._show_verdict(values)
        self.setVisible(bool(specs))

    def values(self) -> dict[str, Any]:
        """What the fields say now, by name.

        Raises:
            FieldError: a number is none.
        """
        return {spec.name: self._taken(spec) for spec in self._specs()}

    def flush(self) -> bool:
        """Keep now what is not kept yet; False when something cannot be, which its field then says."""
        self._timer.stop()
        for field in self.fields.values():
            field.show_error("")
        try:
            values = self.values()
            fresh = {name: value for name, value in values.items() if value != self._held.get(name)}
            if fresh:
                self._keep(fresh)
        except FieldError as error:
            if error.field in self.fields:
                self.fields[error.field].show_error(str(error))
            return False
        if fresh:
            self._held = values
            self._show_verdict(values)
            self.kept.emit()
        return True

    def has_unsaved(self) -> bool:
        """Whether something is typed that is not kept yet."""
        return self._timer.isActive()

    def texts(self) -> list[tuple[QLineEdit | QPlainTextEdit, str]]:
        """What is written in the fields on show, with where it stands, from the first on."""
        found: list[tuple[QLineEdit | QPlainTextEdit, str]] = []
        for field in self.fields.values():
            control = field.control.lineEdit() if isinstance(field.control, QComboBox) else field.control
            if isinstance(control, QPlainTextEdit) and not field.isHidden():
                found.append((control, control.toPlainText()))
            elif isinstance(control, QLineEdit) and not field.isHidden():
                found.append((control, control.text()))
        return found

    def focus_first(self) -> None:
        """Go to the first field."""
        for field in self.fields.values():
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self._timer.isActive():
            self.flush()
        return False

    def hideEvent(self, event: object) -> None:
        if self._timer.isActive():
            self.flush()

    # ------------------------------------------------------------ building

    def _specs(self) -> Sequence[FieldSpec]:
        return KINDS[self._kind].fields if self._kind in KINDS else ()

    def _build(self, specs: Sequence[FieldSpec]) -> None:
        for field in self.fields.values():
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = {}
        place = 0
        for spec in specs:
            control = self._control(spec)
            control.installEventFilter(self)
            field = Field(said(_LABELS[f"{self._kind}.{spec.name}"]), control)
            self.fields[spec.name] = field
            is_wide = spec.shape == "text" or isinstance(control, Choice)
            place += place % 2 if is_wide else 0
            self._grid.addWidget(field, place // 2, place % 2, 1, 2 if is_wide else 1, Qt.AlignmentFlag.AlignTop)
            place += 2 if is_wide else 1
        for column in range(2):
            self._grid.setColumnStretch(column, 1)

    def _control(self, spec: FieldSpec) -> QWidget:
        if spec.shape == "text":
            text = QPlainTextEdit()
            text.setTabChangesFocus(True)
            text.setFixedHeight(theme.px(TEXT_HEIGHT))
            text.textChanged.connect(self._touch)
            return text
        if spec.shape == "day":
            day = DayPicker(self._today, optional=True)
            day.changed.connect(self._touch)
            return day
        if spec.shape == "choice" and spec.judges:
            verdict = Choice([Option(choice, choice_word(choice)) for choice in spec.choices], optional=True)
            verdict.changed.connect(self._touch)
            return verdict
        if spec.shape == "choice":
            box = QComboBox()
            box.addItem("—", "")
            for choice in spec.choices:
                box.addItem(choice_word(choice), choice)
            box.currentIndexChanged.connect(self._touch)
            return box
        if spec.shape == "person":
            who = QComboBox()
            who.setEditable(True)
            who.addItems(["", *self._people])
            who.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            who.currentTextChanged.connect(self._touch)
            return who
        line = QLineEdit()
        line.textEdited.connect(self._touch)
        return line

    def _touch(self, *_: object) -> None:
        if not self._timer.isActive():
            self._timer.start()
        self.changed.emit()

    # ------------------------------------------------------------ what the controls hold

    def _put(self, spec: FieldSpec, value: Any) -> None:
        control = self.fields[spec.name].control
        self.fields[spec.name].show_error("")
        blocked = control.blockSignals(True)
        if isinstance(control, QPlainTextEdit):
            control.setPlainText(value or "")
        elif isinstance(control, DayPicker | Choice):
            control.set_value(value or None)
        elif isinstance(control, QComboBox) and control.isEditable():
            control.setEditText(value or "")
        elif isinstance(control, QComboBox):
            control.setCurrentIndex(max(control.findData(value or ""), 0))
        elif isinstance(control, QLineEdit):
            control.setText("" if value is None else str(value))
        control.blockSignals(blocked)

    def _taken(self, spec: FieldSpec) -> Any:
        control = self.fields[spec.name].control
        if isinstance(control, QPlainTextEdit):
            return control.toPlainText()
        if isinstance(control, DayPicker | Choice):
            return control.value()
        if isinstance(control, QComboBox):
            return control.currentText() if control.isEditable() else control.currentData()
        assert isinstance(control, QLineEdit)
        typed = control.text().strip()
        if spec.shape != "number":
            return control.text()
        if typed and not typed.removesuffix("%").strip().isdecimal():
            sentence = self.tr("Enter a whole number from {low} to {high}.")
            raise FieldError(spec.name, sentence.format(low=spec.low, high=f"{spec.high:,}"))
        return int(typed.removesuffix("%").strip()) if typed else None

    def _show_verdict(self, values: Mapping[str, Any]) -> None:
        """The verdict is asked for when its day has come, and shown once it is given."""
        due = KINDS[self._kind].due if self._kind in KINDS else ""
        day = values.get(due) if due else None
        ripe = bool(values.get("verdict")) or (isinstance(day, date) and day <= self._today)
        for spec in self._specs():
            if spec.judges:
                self.fields[spec.name].setVisible(ripe)
