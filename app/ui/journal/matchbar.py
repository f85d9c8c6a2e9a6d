"""Matches of the search within the entry on the desk: how many, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.editor import MarkdownEditor

LONG: Final = 100_000
"""Characters of a text that takes longer to be looked through than a key may."""
PAUSE_MS: Final = 200

Spans = Sequence[tuple[int, int]]


class MatchBar(QWidget):
    """Marks spans in an editor and walks through them; hidden while there are none."""

    def __init__(self, editor: MarkdownEditor) -> None:
        super().__init__()
        self._editor = editor
        self._spans: Spans = ()
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
        stays = (
            0 <= self._at < len(spans) and spans == self._spans and self._editor.position() == spans[self._at][0]
        )
        self._spans, self._at = spans, self._at if stays else -1
        self._editor.show_matches(spans)
        self.setVisible(bool(spans))
        self._tell()

    def ahead(self) -> None:
        """To the next match, from the last to the first."""
        if self._spans:
            here = self._editor.position()
            after = [place for place, (start, _) in enumerate(self._spans) if start > here]
            first = self._at < 0 and self._spans[0][0] >= here
            self._go(0 if first else after[0] if after else 0)

    def back(self) -> None:
        """To the match before, from the first to the last."""
        if self._spans:
            here = self._editor.position()
            before = [place for place, (start, _) in enumerate(self._spans) if start < here]
            self._go(before[-1] if before else len(self._spans) - 1)

    def _go(self, place: int) -> None:
        self._at = place
        self._editor.select_part(*self._spans[place])
        self._tell()

    def _tell(self) -> None:
        total = f"{len(self._spans):,}"
        if self._at < 0:
            said = self.tr("1 match") if total == "1" else self.tr("{total} matches").format(total=total)
        else:
            said = self.tr("{place} of {total}").format(place=f"{self._at + 1:,}", total=total)
        self.count.setText(said)
