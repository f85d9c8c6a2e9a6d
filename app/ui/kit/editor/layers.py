"""What lies over the text without being part of it: matches, and all but the paragraph in focus stepping back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.ui.kit import theme
from app.ui.kit.editor.comfort import comfort
from app.ui.kit.editor.text import as_units

MOST_MATCHES: Final = 500


class Layers(QObject):
    """The extra selections of an editor, which know of each other here only."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._matches: list[QTextEdit.ExtraSelection] = []
        self._found: list[QTextEdit.ExtraSelection] = []
        self._dimmed: tuple[int, int] | None = None

    def show_matches(self, spans: Sequence[tuple[int, int]], text: str) -> None:
        """Mark parts of `text`, (start, end) in characters."""
        units = text if text.isascii() else ""
        self._matches = []
        for start, end in spans[:MOST_MATCHES]:
            first = start if units else len(as_units(text[:start]))
            last = end if units else first + len(as_units(text[start:end]))
            self._matches.append(self._marked(first, last))
        self._show()

    def show_found(self, places: Sequence[tuple[int, int]]) -> None:
        """Mark what is found within the text, (start, end) in units of UTF-16."""
        if places or self._found:
            self._found = [self._marked(*place) for place in places[:MOST_MATCHES]]
            self._show()

    def restyle(self) -> None:
        """Show what is marked in the colours in force."""
        for made in (*self._matches, *self._found):
            _dress(made)
        if self._matches or self._found:
            self._show()

    def follow_cursor(self) -> None:
        """Let all but the paragraph of the cursor step back, when that is wanted."""
        dimmed = None
        if comfort().is_on("focus"):
            block = self._editor.textCursor().block()
            dimmed = (block.position(), block.position() + block.length() - 1)
        if dimmed is not None or self._dimmed is not None:
            self._dimmed = dimmed
            self._show()

    def _show(self) -> None:
        dims = []
        if self._dimmed is not None:
            end = self._editor.document().characterCount() - 1
            for first, last in ((0, self._dimmed[0]), (min(self._dimmed[1], end), end)):
                made = self._over(first, last)
                made.format.setForeground(theme.current().text_disabled)
                dims.append(made)
        self._editor.setExtraSelections([*dims, *self._matches, *self._found])

    def _marked(self, first: int, last: int) -> QTextEdit.ExtraSelection:
        made = self._over(first, last)
        _dress(made)
        return made

    def _over(self, first: int, last: int) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        return made


def _dress(marked: QTextEdit.ExtraSelection) -> None:
    look = QTextCharFormat()
    look.setBackground(theme.current().match)
    look.setForeground(theme.current().text)
    marked.format = look
