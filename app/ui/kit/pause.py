"""A pause of whoever types: what comes up by itself waits for it, and takes no key that was meant for a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

PAUSE_MS: Final = 1500


def when_nobody_types(owner: QObject, then: Callable[[], object]) -> None:
    """Call `then` at once where no text has the keyboard, else after a pause; never once `owner` is gone."""
    before = what_is_typed()
    if before is None:
        then()
        return

    def look() -> None:
        if what_is_typed() == before:
            then()
        else:
            when_nobody_types(owner, then)

    QTimer.singleShot(PAUSE_MS, owner, look)


def what_is_typed() -> tuple[object, ...] | None:
    """Something that each key changes in the text that has the keyboard."""
    field = QApplication.focusWidget()
    if isinstance(field, QTextEdit | QPlainTextEdit) and not field.isReadOnly():
        return field.document().characterCount(), field.textCursor().position()
    if isinstance(field, QLineEdit) and not field.isReadOnly():
        return field.text(), field.cursorPosition()
    return None
