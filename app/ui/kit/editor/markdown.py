"""Markdown source with quiet styling: what is shown is what is stored, character for character."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app.ui.kit import theme
from app.ui.kit.editor import edits, keys, mouse
from app.ui.kit.editor.comfort import comfort
from app.ui.kit.editor.layers import Layers
from app.ui.kit.editor.looks import LINE_HEIGHT, text_font
from app.ui.kit.editor.pasting import has_files, pasted
from app.ui.kit.editor.rowwatch import RowWatch
from app.ui.kit.editor.spelling import SpellMarks, speller
from app.ui.kit.editor.styler import Styler
from app.ui.kit.editor.tally import Tally
from app.ui.kit.editor.text import LONGEST, as_units, from_units, has_unbreakable_stretch, storable

COLUMN: Final = 720
"""Widest line of text in pixels at scale 1: longer ones are hard to read."""

_WRAP: Final = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


class MarkdownEditor(QTextEdit):
    """Edits Markdown as plain text. `text()` gives back exactly what was set or typed.

    Lists go on with Enter, nest with Tab, tables go from cell to cell; Ctrl+Enter or a click ticks a check-box;
    Ctrl+click or Alt+Enter asks for a link.

    Signals:
        refused: Why something was not taken in, in a sentence. link_requested: What a link points to, see `links`.
        find_wanted: Find within the text.
        files_offered: Pictures or files were pasted or dropped; see `takes_files`.

    Attributes:
        markdown_of: Turns what was copied from a web page into Markdown; without it the plain text is pasted.
        key_filter: Sees every key first; True ends it there.
        takes_files: Whether somebody takes what `files_offered` offers.
    """

    refused = Signal(str)
    link_requested = Signal(str)
    find_wanted = Signal()
    files_offered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takes_files = False
        self.markdown_of: Callable[[str], str] | None = None
        self.key_filter: Callable[[QKeyEvent], bool] | None = None
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.setProperty("role", "bare")
        self._asked = ""
        self._has_unseen = False
        self._wrap(_WRAP)
        self.document().setDefaultFont(text_font(comfort().zoom))
        self._edited = -1
        self._below = 0
        self.document().contentsChange.connect(self._watch_edit)
        self.styler = Styler(self.document())
        self.styler.restyle(comfort().zoom)
        self.styler.misspelled = SpellMarks(self, self.styler.style_again, lambda: self._edited)
        speller().taught.connect(self._restyle)
        self.layers = Layers(self)
        self._rows = RowWatch(self)
        self.tally = Tally(self.document())
        theme.watch().changed.connect(self._restyle)
        comfort().changed.connect(self._restyle)
        self.cursorPositionChanged.connect(self._follow_cursor)
        self.textChanged.connect(self._style_changed)
        self.verticalScrollBar().valueChanged.connect(self.style_seen)
        self.set_text("")

    # ------------------------------------------------------------ the text

    def text(self) -> str:
        """The text, LF between lines, every other character as it was typed."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        """Show another text; the history of undo starts anew."""
        text, document = storable(text), self.document()
        self._rows.forget()
        self._wrap(QTextOption.WrapMode.WrapAnywhere if has_unbreakable_stretch(text) else _WRAP)
        document.setUndoRedoEnabled(False)
        document.clear()
        # Behind a character that goes again: a cursor that comes back from the end lays out the whole text.
        cursor = QTextCursor(document)
        cursor.setBlockFormat(_spaced())
        cursor.insertText(" ")
        self.setTextCursor(QTextCursor(document))
        cursor.beginEditBlock()
        cursor.insertText(text)
        cursor.setPosition(0)
        cursor.deleteChar()
        cursor.endEditBlock()
        document.setUndoRedoEnabled(True)
        document.setModified(False)

    def apply_text(self, text: str) -> None:
        """Make the text `text` by the smallest edit, as if typed: undo, cursor and styling survive."""
        edits.replace_text(self.document(), self.text(), storable(text))

    def append_line(self, line: str) -> None:
        """Type a line at the end, as a reader would expect it: below what stands there."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(line if not cursor.block().text() else f"\n{line}")

    def show_matches(self, spans: Sequence[tuple[int, int]]) -> None:
        """Mark parts of the text, (start, end) in characters, until the next call."""
        self.layers.show_matches(spans, self.text() if spans else "")

    def select_part(self, start: int, end: int) -> None:
        """Select a part of the text, in characters, and bring it into sight."""
        text, cursor = self.text(), self.textCursor()
        cursor.setPosition(len(as_units(text[:start])))
        cursor.setPosition(len(as_units(text[:end])), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def position(self) -> int:
        """Where the cursor stands, in characters."""
        text, units = self.text(), self.textCursor().selectionStart()
        return units if text.isascii() else len(from_units(as_units(text)[:units]))

    # ------------------------------------------------------------ keys and mouse

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and keys.is_own(self, event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and keys.is_tab(event):
                if (self.key_filter is not None and self.key_filter(event)) or keys.tab(self, event):
                    return True
                return bool(self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab))
        return super().event(event)

    def focusNextPrevChild(self, ahead: bool) -> bool:
        return QWidget.focusNextPrevChild(self, ahead)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.key_filter is not None and self.key_filter(event):
            return
        if not keys.press(self, event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not mouse.press(self, event):
            super().mousePressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.viewport().setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        mouse.hover(self, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not mouse.wheel(event):
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        mouse.offer_menu(self, event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.takes_files and has_files(source):
            self.files_offered.emit(source)
        else:
            self.take(source, plain=False)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml() or (self.takes_files and has_files(source))

    def take(self, source: QMimeData, *, plain: bool) -> None:
        """Type what was copied, web pages as Markdown unless `plain`; an address over words makes them a link."""
        cursor = self.textCursor()
        room = LONGEST - self.document().characterCount()
        text = pasted(source, None if plain else self.markdown_of, room)
        if text is None:
            self.refused.emit(
                self.tr(
                    "That is too long to paste: one entry holds up to 5 million characters, and 200,000 lines are "
                    "taken at once. Nothing was pasted."
                )
            )
        elif cursor.hasSelection() and not plain and edits.is_address(text) and "\n" not in edits.selected(cursor):
            edits.link(self, text.strip())
        elif text:
            text = unicodedata.normalize("NFC", storable(text))
            if has_unbreakable_stretch(text):
                self._wrap(QTextOption.WrapMode.WrapAnywhere)
            cursor.insertText(text)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    # ------------------------------------------------------------ how it looks

    def style_seen(self) -> None:
        """Style what is in sight, and a screen above and below."""
        height = self.height()  # the viewport, when asked for, brings PySide's every widget class with it
        first = self.cursorForPosition(QPoint(0, -height)).block()
        last = self.cursorForPosition(QPoint(0, height * 2)).block()
        self.styler.style(first, last)

    def setPlaceholderText(self, text: str) -> None:
        """Ask `text` on an empty page, as much of it as one line holds: Qt cuts off the next one."""
        self._asked = text
        room = self.width() - self.viewportMargins().right() - 2 * round(self.document().documentMargin())
        metrics = QFontMetrics(self.document().defaultFont())
        super().setPlaceholderText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()
        self.setPlaceholderText(self._asked)
        if self.hasFocus():
            self._keep_line()
        self.style_seen()

    def sizeHint(self) -> QSize:
        return QSize(COLUMN, 480)

    def _set_margins(self) -> None:
        # By the widget: the event has the size of the viewport, margins taken off.
        # All room is beyond the lines, so that they begin below the heading.
        side = max(0, self.width() - round(COLUMN * max(comfort().zoom, 1)))
        below = self._below if comfort().is_on("typewriter") else 0
        margins = self.viewportMargins()
        if (margins.right(), margins.bottom()) != (side, below):
            self.setViewportMargins(0, 0, side, below)
            if self.document().textWidth() > self.width() - side:  # on a page that is about to be shown
                self.setLineWrapColumnOrWidth(0)  # lays the lines out anew

    def _restyle(self) -> None:
        self.document().setDefaultFont(text_font(comfort().zoom))
        self.styler.restyle(comfort().zoom)
        self._set_margins()
        self.setPlaceholderText(self._asked)
        self._keep_line()
        self.style_seen()
        self.layers.restyle()
        self.layers.follow_cursor()

    def _follow_cursor(self) -> None:
        self.layers.follow_cursor()
        if self._edited >= 0 and self.textCursor().position() != self._edited:
            typed, self._edited = self.document().findBlock(self._edited), -1
            self.styler.style_again([typed])
        self._keep_line()
        self._rows.follow_cursor()

    def _keep_line(self) -> None:
        """Where one writes as on a typewriter, the line in place; below the end as much room as that takes."""
        if not comfort().is_on("typewriter"):
            return
        bar, shown, place = self.verticalScrollBar(), self.viewport().height(), self.height() * 2 // 5
        line = self.cursorRect().center().y()
        tall = bar.maximum() + shown if bar.maximum() else round(self.document().size().height())
        self._below = min(max(self.height() - place - (tall - bar.value() - line), 0), self.height() - place)
        self._set_margins()
        bar.setValue(bar.value() + line - place)

    def _watch_edit(self, position: int, _removed: int, added: int) -> None:
        is_typed = self.document().isUndoRedoEnabled()  # else a text is shown
        self._edited = position + added if is_typed else -1  # a word that ends here may be half typed
        self._has_unseen |= added > 120  # what is typed is styled at once; a large edit once it is laid out

    def _style_changed(self) -> None:
        if self._has_unseen:
            self._has_unseen = False
            self.style_seen()

    def _wrap(self, mode: QTextOption.WrapMode) -> None:
        if self.document().defaultTextOption().wrapMode() is not mode:
            option = QTextOption()
            option.setWrapMode(mode)
            self.document().setDefaultTextOption(option)


def _spaced() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(LINE_HEIGHT, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
    return made
