"""A line of quiet links to other things, on as many lines as they need; no room when there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.room import FlowLayout

LONGEST = 34
AT_ONCE = 4
"""Links that are shown before somebody asks for all."""


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
        """Show the first of these (number, text), and the way to the others."""
        self._show(links, AT_ONCE if len(links) > AT_ONCE + 1 else len(links))

    def _show(self, links: Sequence[tuple[int, str]], count: int) -> None:
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        made = []
        for number, text in links[:count]:
            short = text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
            made.append(button(short, role="link", slot=self._chooser(number), tip=text))
        if made:
            words = label(self._text, "hint")
            words.setMinimumHeight(made[0].sizeHint().height())
            self._flow.addWidget(words)
        if count < len(links):
            said = self.tr("{count} more").format(count=len(links) - count)
            made.append(button(said, role="link", slot=lambda: self._show_all(links)))
        for link in made:
            self._flow.addWidget(link)
        self.setVisible(bool(links))
        self.updateGeometry()

    def _show_all(self, links: Sequence[tuple[int, str]]) -> None:
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._show(links, len(links))
        if (
            had_focus
            and (next_one := self._flow.itemAt(AT_ONCE + 1)) is not None
            and next_one.widget() is not None
        ):
            next_one.widget().setFocus()  # type: ignore[union-attr]

    def _chooser(self, number: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(number)
