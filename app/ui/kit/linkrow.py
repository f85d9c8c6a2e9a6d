"""A line of quiet links to other things, on as many lines as they need; no room when there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.room import FlowLayout

LONGEST = 34


class LinkRow(QWidget):
    """A word for what the links are, then the links; `chosen` tells the number behind one."""

    chosen = Signal(int)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._flow = FlowLayout(self, spacing=6)
        self.hide()

    def texts(self) -> list[str]:
        """What the links say."""
        return [self._flow.itemAt(place).widget().text() for place in range(1, self._flow.count())]  # type: ignore[union-attr]

    def show_links(self, links: Sequence[tuple[int, str]]) -> None:
        """Show these (number, text)."""
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        made = []
        for number, text in links:
            short = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
            made.append(button(short, role="link", slot=self._chooser(number), tip=text))
        if made:
            words = label(self._text, "hint")
            words.setMinimumHeight(made[0].sizeHint().height())
            self._flow.addWidget(words)
        for link in made:
            self._flow.addWidget(link)
        self.setVisible(bool(links))
        self.updateGeometry()

    def _chooser(self, number: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(number)
