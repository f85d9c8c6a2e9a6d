"""Matches of the search within the entry on the desk: how many, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.editor import MarkdownEditor
from app.ui.kit.editor.text import as_units

LONG: Final = 100_000
"""Characters of a text that takes longer to be looked through than a key may."""
PAUSE_MS: Final = 200

Spans = Sequence[tuple[int, int]]
Line = QLineEdit | QPlainTextEdit


class MatchBar(QWidget):
    """Marks spans in an editor and walks through them, those in the fields above it first; hidden without any."""

    def __init__(self, editor: MarkdownEditor, fields: Callable[[], Sequence[tuple[Line, str]]] = tuple) -> None:
        super().__init__()
        self._editor, self._fields = editor, fields
        self._spans: Spans = ()
        self._above: Sequence[tuple[Line, int, int]] = ()
        self._find: Callable[[str], Spans] | None = None
        self._at = -1
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_beside)
        self.count = QLabel()
        self.count.setProperty("role", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.count)
        row.addWidget(
            button(role="quiet", icon="chevron-up", slot=self.back, tip=self.tr("Match before (Shift+F3)"))
        )
        row.addWidget(button(role="quiet", icon="chevron-down", slot=self.ahead, tip=self.tr("Next match (F3)")))
        self.hide()

    def look_for(self, find: Callable[[str], Spans] | None) -> None:
        """Mark what `find` finds in the text: at once, or in a pause and beside the typing where it is long."""
        self._find = find
        self._pause.stop()
        self._above = [
            (line, len(as_units(said[:start])), len(as_units(said[start:end])))
            for line, said in (self._fields() if find else ())
            for start, end in (find(said) if find else ())
        ]
        if find is None:
            self.show_spans(())
        elif self._editor.document().characterCount() < LONG:
            self.show_spans(find(self._editor.text()))
        else:
            self._pause.start()

    def _look_beside(self) -> None:
        find, text = self._find, self._editor.text()
        if find is None:
            return

        def then(spans: Spans) -> None:
            if find is self._find and text == self._editor.text():
                self.show_spans(spans)

        run_in_background(self, lambda: find(text), then)

    def show_spans(self, spans: Spans) -> None:
        """Mark these parts of the text; where they are the same as before, so is the place among them."""
        at = self._at - len(self._above)
        stays = spans == self._spans and (
            0 <= self._at < len(self._above) or (0 <= at < len(spans) and self._editor.position() == spans[at][0])
        )
        self._spans, self._at = spans, self._at if stays else -1
        self._editor.show_matches(spans)
        self.setVisible(bool(spans or self._above))
        self._tell()

    def ahead(self) -> None:
        """To the next match, from the last to the first."""
        above, here = len(self._above), self._editor.position()
        after = [above + place for place, (start, _) in enumerate(self._spans) if start > here]
        if 0 <= self._at < above:
            self._go(self._at + 1)
        elif self._at < 0 and not any(start < here for start, _ in self._spans):
            self._go(0)
        else:
            self._go(after[0] if after else 0)

    def back(self) -> None:
        """To the match before, from the first to the last."""
        above, here = len(self._above), self._editor.position()
        before = [above + place for place, (start, _) in enumerate(self._spans) if start < here]
        if 0 <= self._at < above or not before:
            self._go((self._at if 0 <= self._at < above else above) - 1)
        else:
            self._go(before[-1])

    def _go(self, place: int) -> None:
        total = len(self._above) + len(self._spans)
        if not total:
            return
        was, self._at = self._at, place % total
        if self._at < len(self._above):
            line, start, length = self._above[self._at]
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            _select(line, start, length)
        else:
            if 0 <= was < len(self._above):
                self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._editor.select_part(*self._spans[self._at - len(self._above)])
        self._tell()

    def _tell(self) -> None:
        total = f"{len(self._above) + len(self._spans):,}"
        if self._at < 0:
            said = self.tr("1 match") if total == "1" else self.tr("{total} matches").format(total=total)
        else:
            said = self.tr("{place} of {total}").format(place=f"{self._at + 1:,}", total=total)
        self.count.setText(said)


def _select(line: Line, start: int, length: int) -> None:
    if isinstance(line, QLineEdit):
        line.setSelection(start, length)
    else:
        cursor = line.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        line.setTextCursor(cursor)
