"""Forms: a label above each control, and what is wrong said under it, never in a box."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit import theme
from app.ui.kit.actions import button, is_ctrl_enter


class Field(QWidget):
    """A control with its label above and one line below: a hint, or what is wrong."""

    def __init__(self, label: str, control: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        self._label = QLabel(label)
        self._label.setProperty("role", "field")
        self._label.setBuddy(control)
        self._line = QLabel(hint)
        self._line.setWordWrap(True)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        if not control.accessibleName():
            control.setAccessibleName(label.replace("&", ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(control)
        column.addWidget(self._line)
        self.show_error("")

    @property
    def error(self) -> str:
        """What the field says is wrong, blank when nothing is."""
        return self._line.text() if self._line.property("role") == "error" else ""

    def show_hint(self, text: str) -> None:
        """Say something else below the control when nothing is wrong."""
        self._hint = text
        self.show_error(self.error)

    def show_label(self, text: str) -> None:
        """Call the field something else."""
        self._label.setText(text)
        self.control.setAccessibleName(text.replace("&", ""))

    def show_error(self, text: str) -> None:
        """Say under the control what is wrong with it; blank takes that back."""
        self._line.setText(text or self._hint)
        self._line.setVisible(bool(text or self._hint))
        self.control.setAccessibleDescription(text or self._hint)
        for widget, name, value in (
            (self._line, "role", "error" if text else "hint"),
            (self.control, "wrong", bool(text)),
        ):
            if widget.property(name) != value:
                widget.setProperty(name, value)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


class Form(QWidget):
    """Fields under each other, found by name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def add(self, name: str, label: str, control: QWidget, *, hint: str = "") -> Field:
        """A field on a line of its own."""
        made = self.fields[name] = Field(label, control, hint=hint)
        self._column.addWidget(made)
        return made

    def add_row(self, *fields: tuple[str, str, QWidget]) -> None:
        """Fields (name, label, control) side by side, equally wide."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, label, control in fields:
            made = self.fields[name] = Field(label, control)
            row.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def add_widget(self, widget: QWidget) -> None:
        """Anything else, on a line of its own."""
        self._column.addWidget(widget)

    def show_errors(self, errors: Mapping[str, str]) -> bool:
        """Say what is wrong, by field name, and go to the first such field; returns whether nothing is."""
        first = None
        for name, field in self.fields.items():
            field.show_error(errors.get(name, ""))
            if errors.get(name) and first is None:
                first = field
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return not errors


def set_in(box: QAbstractSpinBox) -> None:
    """Give room before the text of `box`, which a style sheet cannot."""
    if edit := box.findChild(QLineEdit):
        edit.setTextMargins(theme.px(8), 0, 0, 0)


class Outcome:
    """What a dialog hands to whoever keeps it; what cannot be kept is raised, which no signal does."""

    def __init__(self) -> None:
        self._keepers: list[Callable[..., object]] = []

    def connect(self, keeper: Callable[..., object]) -> None:
        """Have `keeper` called with what was decided."""
        self._keepers.append(keeper)

    def emit(self, *decided: object) -> None:
        """Hand it over.

        Raises:
            Exception: it could not be kept.
        """
        for keeper in self._keepers:
            keeper(*decided)


class Dialog(QDialog):
    """A title, a body, a line for what is wrong, and buttons: the primary one at the right.

    Esc cancels, Ctrl+Enter accepts from anywhere, and the first control has the keyboard. Show it with `open()`.
    Subclasses fill `body` and override `save`, which returns whether to close. Where that raises what
    `is_said_in_place`, the dialog says it and stays, with all that was typed; anything else goes on.
    """

    def __init__(self, parent: QWidget | None, title: str, primary: str, *, width: int = 480) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        heading = QLabel(title)
        heading.setProperty("role", "section")
        heading.setWordWrap(True)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._wrong = QLabel()
        self._wrong.setProperty("role", "error")
        self._wrong.setWordWrap(True)
        self._wrong.setTextFormat(Qt.TextFormat.PlainText)
        self._wrong.hide()
        self.primary: QPushButton = button(primary, role="primary", slot=self.accept)
        self.primary.setDefault(True)
        self.cancel = button(self.tr("Cancel"), slot=self.reject)
        self.cancel.setAutoDefault(False)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.primary)
        line = QFrame()
        line.setProperty("role", "line")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addLayout(self.body, 1)
        column.addWidget(self._wrong)
        column.addWidget(line)
        column.addLayout(self.buttons)

    def save(self) -> bool:
        """Do what the primary button promises; False keeps the dialog open."""
        return True

    def accept(self) -> None:
        if not self.primary.isEnabled():
            return
        try:
            is_done = self.save()
        except Exception as error:
            if not getattr(error, "is_said_in_place", False):
                raise
            self.say(str(error))
            return
        if is_done:
            super().accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() in (None, self.primary, self.cancel):
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
            self.focusNextChild()
            if self.focusWidget() is self.cancel:  # nothing else to go to, and Enter means the other one
                self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        self.make_room()

    @property
    def wrong(self) -> str:
        """What is said to be wrong with the whole, "" for nothing."""
        return self._wrong.text()

    def say(self, wrong: str) -> None:
        """Say what is wrong with the whole; blank takes it back."""
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.make_room()

    def make_room(self) -> None:
        """Grow where what is said now takes more lines: a window does not do so for words that wrap."""
        column = self.layout()
        if column is not None and self.isVisible():
            column.activate()
            tall = column.totalHeightForWidth(self.width()) if column.hasHeightForWidth() else 0
            self.resize(self.width(), max(self.height(), tall, self.minimumSizeHint().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_ctrl_enter(event):
            self.accept()
        else:
            super().keyPressEvent(event)
