"""One question, answered in a few words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.kit import theme
from app.ui.kit.actions import ENTERS
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog, Field, Outcome

HEIGHT = 84


class Lines(QPlainTextEdit):
    """A few lines: Enter is told, Shift+Enter begins another, Tab goes on."""

    entered = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in ENTERS
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class AskDialog(Dialog):
    """Says what it is about, and asks one thing; `answered` tells what was said, without the space around it."""

    def __init__(
        self, parent: QWidget, title: str, about: str, question: str, *, hint: str = "", may_be_blank: bool = False
    ) -> None:
        super().__init__(parent, title, parent.tr("Keep"))
        self.answered = Outcome()
        self._may_be_blank = may_be_blank
        self.words = Lines()
        self.words.setFixedHeight(theme.px(HEIGHT))
        self.words.entered.connect(self.accept)
        self.words.textChanged.connect(self._judge)
        self.body.addWidget(label(about, "secondary", wrap=True))
        self.body.addWidget(Field(question, self.words, hint=hint))
        self._judge()
        self.words.setFocus()

    def save(self) -> bool:
        self.answered.emit(self.words.toPlainText().strip())
        return True

    def _judge(self) -> None:
        self.primary.setEnabled(self._may_be_blank or bool(self.words.toPlainText().strip()))
