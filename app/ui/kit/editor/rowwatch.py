"""Tables in the editor are put straight when the cursor leaves them."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QTextEdit

from app.ui.kit.editor import edits


class RowWatch(QObject):
    """Knows the row of a table that the cursor of `editor` stands in."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._row: QTextBlock | None = None
        self._is_aligning = False

    def forget(self) -> None:
        """Another text is shown."""
        self._row = None

    def follow_cursor(self) -> None:
        """Put the table straight that the cursor has left, where anything was typed."""
        block, row = self._editor.textCursor().block(), self._row
        self._row = block if block.text().lstrip().startswith("|") else None
        if row is not None and row.isValid() and row != block and not self._is_aligning:
            found = edits.table_at(row)
            if found is not None and not 0 <= block.blockNumber() - found[0].blockNumber() < len(found[1]):
                self._align(row)

    def _align(self, row: QTextBlock) -> None:
        self._is_aligning = True
        if self._editor.document().isModified():
            edits.align_table(row)
        self._is_aligning = False
