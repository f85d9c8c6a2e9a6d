"""One text as its source, as the page it makes, or both side by side."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter

from app.ui.kit.editor import MarkdownEditor
from app.ui.kit.editor.preview import MarkdownPreview

Sheet = Literal["write", "read", "beside"]

PAUSE_MS: Final = 250
LONG, LONG_PAUSE_MS = 40_000, 2000
HALF: Final = 1000


class Sheets(QSplitter):
    """An editor and its preview, one of them or both. `turned` tells which since."""

    turned = Signal(str)

    def __init__(self, editor: MarkdownEditor, preview: MarkdownPreview) -> None:
        super().__init__()
        self._editor, self._preview = editor, preview
        self._is_scrolling = False
        self.sheet: Sheet = "write"
        self.pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.pause.timeout.connect(self.render_page)
        editor.textChanged.connect(self._wait)
        for each in (editor, preview):
            each.verticalScrollBar().valueChanged.connect(self._scroll_along)
        self.setChildrenCollapsible(False)

    def hang_in(self) -> None:
        """Take both in once the splitter has its place: else they are dressed at every level above."""
        self.addWidget(self._editor)
        self.addWidget(self._preview)
        self._preview.hide()

    def toggle(self, sheet: Sheet) -> None:
        """Show this, or go back to writing."""
        self.turn_to(sheet if self.sheet != sheet else "write")

    def turn_to(self, sheet: Sheet) -> None:
        """Show the source, the page, or both at the same place."""
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.sheet = sheet
        self._editor.setVisible(sheet != "read")
        self._preview.setVisible(sheet != "write")
        self.turned.emit(sheet)
        if sheet == "beside":
            self.setSizes([HALF, HALF])
        self.render_page()
        if had_focus or sheet == "read":
            (self._preview if sheet == "read" else self._editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def render_page(self) -> None:
        """Make the page anew, where it is shown."""
        if self.sheet != "write":
            self._preview.show_markdown(self._editor.text())
            self._scroll_along()

    def _wait(self) -> None:
        """Render when the typing pauses; a long text not at every breath."""
        is_long = self._editor.document().characterCount() > LONG
        self.pause.start(LONG_PAUSE_MS if is_long else PAUSE_MS)

    def _scroll_along(self) -> None:
        """Source and page show the same part of the text, whichever of them is scrolled."""
        here, there = self._editor.verticalScrollBar(), self._preview.verticalScrollBar()
        if self.sender() is there:
            here, there = there, here
        if self.sheet == "beside" and here.maximum() and not self._is_scrolling:
            self._is_scrolling = True
            there.setValue(round(here.value() / here.maximum() * there.maximum()))
            self._is_scrolling = False
