"""Markdown source with quiet styling."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QResizeEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app.ui.kit import theme
from app.ui.kit.editor import keys, lines
from app.ui.kit.editor.highlight import MarkdownHighlighter

COLUMN: Final = 720
"""Widest line of text in pixels: longer ones are hard to read."""

LONGEST: Final = 5_000_000
MOST_MATCHES: Final = 500
_MARKS: Final = {Qt.Key.Key_B: "**", Qt.Key.Key_I: "*"}
_STORABLE: Final = str.maketrans({"\x00": None, "\u2028": "\n", "\u2029": "\n", "\ufdd0": None, "\ufdd1": None})


def text_font() -> QFont:
    """The font of running text: two pixels larger than the window's own."""
    made = theme.font("body")
    made.setPixelSize(theme.px(15))
    return made


def storable(text: str) -> str:
    """`text` as the editor can hold and give back: LF line ends, no NUL, no Unicode line separators."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_STORABLE)


class MarkdownEditor(QTextEdit):
    """Edits Markdown as plain text. `text()` gives back exactly what was set or typed.

    Lists go on with Enter, nest with Tab, tables go from cell to cell; Ctrl+Enter or a click ticks a check-box,
    Ctrl+B, Ctrl+I and Ctrl+K mark the selection, and Ctrl+click asks for a link.

    Attributes:
        markdown_of: Makes Markdown of pasted HTML; without it HTML is pasted as its text.
    """

    refused = Signal(str)
    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.document().setDefaultFont(text_font())
        self.setProperty("role", "bare")
        self.markdown_of: Callable[[str], str] | None = None
        self._highlighter = MarkdownHighlighter(self.document())
        theme.watch().changed.connect(self._restyle)

    def text(self) -> str:
        """The text, LF between lines, every other character as it was typed."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        """Show another text; the history of undo starts anew."""
        self.setPlainText(storable(text))
        self._space_lines()
        self.document().setModified(False)

    def apply_text(self, text: str) -> None:
        """Make the text `text` by the smallest edit, as if typed: undo, cursor and styling survive."""
        old, new = self.text(), storable(text)
        if old == new:
            return
        most = min(len(old), len(new))
        start = 0
        while start < most and old[start] == new[start]:
            start += 1
        end = 0
        while end < most - start and old[-1 - end] == new[-1 - end]:
            end += 1
        cursor = self.textCursor()
        cursor.setPosition(_units(old, start))
        cursor.setPosition(_units(old, len(old) - end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new[start : len(new) - end])

    def append_line(self, line: str) -> None:
        """Type a line at the end, as a reader would expect it: below what stands there."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(line if not self.text() or self.text().endswith("\n") else f"\n{line}")

    def show_matches(self, spans: Sequence[tuple[int, int]]) -> None:
        """Mark parts of the text, (start, end) in characters, until the next call."""
        look, text = theme.current(), self.text()
        selections = []
        for start, end in spans[:MOST_MATCHES]:
            made = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(_units(text, start))
            cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
            made.cursor = cursor
            made.format.setBackground(look.match)
            made.format.setForeground(look.text)
            selections.append(made)
        self.setExtraSelections(selections)

    def select_part(self, start: int, end: int) -> None:
        """Select a part of the text, in characters, and bring it into sight."""
        text, cursor = self.text(), self.textCursor()
        cursor.setPosition(_units(text, start))
        cursor.setPosition(_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def position(self) -> int:
        """Where the cursor stands, in characters."""
        units = self.textCursor().selectionStart()
        return len(self.text().encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "replace"))

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = storable(source.text())
        if len(text) + self.document().characterCount() > LONGEST:
            self.refused.emit(
                self.tr(
                    "That is too long to paste: one entry holds up to 5 million characters. Nothing was pasted."
                )
            )
            return
        if source.hasText() and self.textCursor().hasSelection() and keys.is_address(text):
            keys.make_link(self, text.strip())
        elif source.hasHtml() and self.markdown_of is not None:
            made = storable(self.markdown_of(source.html())).strip("\n")
            self.textCursor().insertText(unicodedata.normalize("NFC", made or text))
        elif source.hasText():
            self.textCursor().insertText(unicodedata.normalize("NFC", text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and modifiers == Qt.KeyboardModifier.ControlModifier:
            keys.tick(self)
        elif is_enter and not modifiers and keys.enter(self):
            event.accept()
        elif modifiers == Qt.KeyboardModifier.ControlModifier and Qt.Key(key) in _MARKS:
            keys.wrap(self, _MARKS[Qt.Key(key)])
        elif modifiers == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_K:
            keys.make_link(self)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays in the text where it has something to do there."""
        if keys.to_cell(self, forward=forward) or keys.nest(self, deeper=forward):
            return True
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cursor = self.cursorForPosition(event.position().toPoint())
        block, at = cursor.block(), cursor.positionInBlock()
        if event.button() == Qt.MouseButton.LeftButton:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                target = keys.link_at(block.text(), keys.index_of(block.text(), at))
                if target:
                    self.link_requested.emit(target)
                    return
            elif lines.box_at(block.text(), at) and self.cursorRect(cursor).adjusted(-14, 0, 14, 0).contains(
                event.position().toPoint()
            ):
                keys.tick(self, block)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cursor = self.cursorForPosition(event.position().toPoint())
        block = cursor.block()
        target = keys.link_at(block.text(), keys.index_of(block.text(), cursor.positionInBlock()))
        self.viewport().setToolTip(
            self.tr("{target}\nCtrl+click opens it").format(target=target) if target else ""
        )
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(0, (self.width() - COLUMN) // 2)  # the event has the size of the viewport, margins taken off
        if side != self.viewportMargins().left():
            self.setViewportMargins(side, 0, side, 0)

    def sizeHint(self) -> QSize:
        return QSize(COLUMN, 480)

    def _restyle(self) -> None:
        self.document().setDefaultFont(text_font())
        self._highlighter.restyle()

    def _space_lines(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(128, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        cursor.mergeBlockFormat(spaced)


def _units(text: str, length: int) -> int:
    """Qt counts UTF-16 units."""
    return len(text[:length].encode("utf-16-le", "surrogatepass")) // 2
