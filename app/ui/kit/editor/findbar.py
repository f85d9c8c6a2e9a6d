"""Find and replace within one text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.ui.kit.actions import ENTERS, button
from app.ui.kit.editor.layers import MOST_MATCHES
from app.ui.kit.editor.markdown import MarkdownEditor


class FindBar(QWidget):
    """Enter finds the next, Shift+Enter the one before, Esc closes; replacing all is one step of undo.

    Where one types what to replace with, Enter replaces what is found and goes on.
    """

    def __init__(self, edit: MarkdownEditor) -> None:
        super().__init__()
        self._edit = edit
        self.sought = QLineEdit()
        self.sought.setPlaceholderText(self.tr("Find in this entry"))
        self.sought.setAccessibleName(self.tr("Find in this entry"))
        self.put = QLineEdit()
        self.put.setPlaceholderText(self.tr("Replace with"))
        self.put.setAccessibleName(self.tr("Replace with"))
        self.said = QLabel()
        self.said.setProperty("role", "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 6)
        row.setSpacing(6)
        row.addWidget(self.sought, 2)
        row.addWidget(button(role="quiet", icon="chevron-up", slot=self.back, tip=self.tr("The one before")))
        row.addWidget(button(role="quiet", icon="chevron-down", slot=self.ahead, tip=self.tr("The next one")))
        row.addWidget(self.put, 2)
        row.addWidget(button(self.tr("Replace"), slot=self.replace))
        row.addWidget(button(self.tr("All"), slot=self.replace_all, tip=self.tr("Replace all")))
        row.addWidget(self.said)
        row.addWidget(button(role="quiet", icon="x", slot=self.leave, tip=self.tr("Close (Esc)")))
        self.sought.textChanged.connect(self._count)
        self.hide()

    @Slot()
    def rise(self) -> None:
        """Show the bar, with what is selected to be found."""
        selected = self._edit.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self.sought.setText(selected)
        self.show()
        self.sought.selectAll()
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._count()

    def leave(self) -> None:
        """Hide the bar and go back to the text."""
        self.hide()
        self._edit.layers.show_found(())
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def ahead(self) -> bool:
        """Select the next one, from the end to the beginning; whether there is one."""
        return self._find(QTextDocument.FindFlag(0))

    def back(self) -> bool:
        """Select the one before."""
        return self._find(QTextDocument.FindFlag.FindBackward)

    def replace(self) -> None:
        """Replace what is selected if it is what is sought, and go to the next."""
        cursor = self._edit.textCursor()
        if cursor.selectedText().casefold() == self.sought.text().casefold() and self.sought.text():
            cursor.insertText(self.put.text())
        self.ahead()
        self._count()

    def replace_all(self) -> None:
        """Replace every one, as one step of undo."""
        count, document = 0, self._edit.document()
        if self.sought.text():
            cursor = QTextCursor(document)
            cursor.beginEditBlock()
            found = document.find(self.sought.text(), 0)
            while not found.isNull():
                found.insertText(self.put.text())
                count += 1
                found = document.find(self.sought.text(), found)
            cursor.endEditBlock()
        self._edit.layers.show_found(())
        self.said.setText(self.tr("{count} replaced").format(count=count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in ENTERS:
            here = self.focusWidget()
            if isinstance(here, QPushButton):
                here.click()
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.back()
            elif here is self.put:
                self.replace()
            else:
                self.ahead()
        else:
            super().keyPressEvent(event)

    def follow(self) -> None:
        """Look through another text."""
        if not self.isHidden():
            self._count()

    def _find(self, flags: QTextDocument.FindFlag) -> bool:
        found = bool(self.sought.text()) and self._goes(self.sought.text(), flags)
        if found:
            self._count()
        return found

    def _goes(self, text: str, flags: QTextDocument.FindFlag) -> bool:
        if self._edit.find(text, flags):
            return True
        cursor = self._edit.textCursor()
        is_back = flags == QTextDocument.FindFlag.FindBackward
        place = QTextCursor.MoveOperation.End if is_back else QTextCursor.MoveOperation.Start
        cursor.movePosition(place)
        self._edit.setTextCursor(cursor)
        return self._edit.find(text, flags)

    def _count(self) -> None:
        sought = self.sought.text().casefold()
        count = self._edit.toPlainText().casefold().count(sought) if sought else 0
        places = self._places() if count else []
        self._edit.layers.show_found(places)
        cursor = self._edit.textCursor()
        here = (cursor.selectionStart(), cursor.selectionEnd())
        said = self.tr("{place} of {count}") if here in places else self.tr("{count} found")
        place = places.index(here) + 1 if here in places else 0
        self.said.setText(said.format(place=f"{place:,}", count=f"{count:,}") if sought else "")

    def _places(self) -> list[tuple[int, int]]:
        """Where the first `MOST_MATCHES` stand."""
        document = self._edit.document()
        made: list[tuple[int, int]] = []
        found = document.find(self.sought.text(), 0)
        while not found.isNull() and len(made) < MOST_MATCHES:
            made.append((found.selectionStart(), found.selectionEnd()))
            found = document.find(self.sought.text(), found)
        return made
