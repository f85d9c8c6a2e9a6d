"""The keyboard sheet: every shortcut there is, read from the actions that have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.ui.kit.actions import plain
from app.ui.kit.cards import label

SIZE = (560, 620)
Group = tuple[str, Sequence[tuple[str, str]]]


def groups_of(menus: Iterable[tuple[str, Sequence[QAction]]]) -> list[Group]:
    """Menus as headings with (what it does, its keys), without what has no keys."""
    found: list[Group] = []
    for name, actions in menus:
        lines = [
            (plain(made.text()), made.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for made in actions
            if not made.shortcut().isEmpty()
        ]
        if lines:
            found.append((plain(name), lines))
    return found


class KeysDialog(QDialog):
    """Lists `groups`; typing narrows them."""

    def __init__(self, groups: Sequence[Group], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard"))
        self.resize(*SIZE)
        self._groups = [*groups, (self.tr("In an entry"), self._in_text())]
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find what you want to do"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(label(self.tr("Keyboard"), "section"))
        column.addWidget(self.search)
        column.addWidget(self.area, 1)
        self.search.textChanged.connect(self._fill)
        self._fill("")
        self.search.setFocus()

    def lines(self) -> list[tuple[str, str]]:
        """What is on show: (what it does, its keys)."""
        return list(self._lines)

    def _fill(self, typed: str) -> None:
        words = typed.casefold().split()
        self._lines: list[tuple[str, str]] = []
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        row = 0
        for name, lines in self._groups:
            found = [
                line for line in lines if all(word in f"{name} {' '.join(line)}".casefold() for word in words)
            ]
            if not found:
                continue
            head = label(name, "strong")
            head.setContentsMargins(0, 10 if row else 0, 0, 2)
            grid.addWidget(head, row, 0, 1, 2)
            for what, keys in found:
                row += 1
                grid.addWidget(label(what), row, 0)
                grid.addWidget(_keys(keys), row, 1, Qt.AlignmentFlag.AlignRight)
                self._lines.append((what, keys))
            row += 1
        if not self._lines:
            grid.addWidget(label(self.tr("No shortcut for that. Ctrl+K finds every command."), "secondary"), 0, 0)
        grid.setRowStretch(row + 1, 1)
        self.area.setWidget(held)

    def _in_text(self) -> list[tuple[str, str]]:
        shown = QKeySequence.SequenceFormat.NativeText
        return [
            (self.tr("Undo what you typed"), QKeySequence(QKeySequence.StandardKey.Undo).toString(shown)),
            (self.tr("Redo"), QKeySequence("Ctrl+Shift+Z").toString(shown)),
            (self.tr("Accept and close a dialog"), QKeySequence("Ctrl+Return").toString(shown)),
            (self.tr("Leave a dialog"), QKeySequence("Esc").toString(shown)),
        ]


def _keys(text: str) -> QLabel:
    made = label(text, "secondary")
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
