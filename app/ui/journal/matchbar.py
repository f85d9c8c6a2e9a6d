"""Matches of the search within the entry on the desk: how many, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.kit.actions import button
from app.ui.kit.editor import MarkdownEditor


class MatchBar(QWidget):
    """Marks spans in an editor and walks through them; hidden while there are none."""

    def __init__(self, editor: MarkdownEditor) -> None:
        super().__init__()
        self._editor = editor
        self._spans: Sequence[tuple[int, int]] = ()
        self._at = -1
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

    def show_spans(self, spans: Sequence[tuple[int, int]]) -> None:
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
