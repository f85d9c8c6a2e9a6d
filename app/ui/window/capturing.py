"""The small box in which one writes one thing down, from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core import clock
from app.ui.window.part import Part

if TYPE_CHECKING:
    from app.ui.journal.capture import CaptureDialog
    from app.ui.window.main import MainWindow


class Capturing(Part):
    """Opens the box, and keeps what stands in it when it or the window closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._begun = ""
        self._capturing: CaptureDialog | None = None

    def capture(self, *, alone: bool = False) -> None:
        """Write one thing down, from anywhere; `alone` without the window, which stays where it is."""
        from app.ui.journal.capture import CaptureDialog

        if self._capturing is not None:
            self._capturing.raise_()
            self._capturing.activateWindow()
        elif self._store is not None:
            dialog = CaptureDialog(self._store, None if alone else self._window, self._begun)
            dialog.kept.connect(self._captured)
            dialog.left.connect(self._keep_begun)
            dialog.finished.connect(self._end_capture)
            self._capturing = dialog
            dialog.setWindowIcon(self._window.windowIcon())
            dialog.open()
            if alone:
                dialog.raise_()
                dialog.activateWindow()

    @property
    def box(self) -> CaptureDialog | None:
        """The small box, while it is open."""
        return self._capturing

    def has_captured_all(self) -> bool:
        """Keep what stands in the small box, as when the window closes over it; whether nothing is left in it."""
        if self._capturing is not None and self.captured.strip():
            self._capturing.accept()
        return not self.captured.strip()

    @property
    def captured(self) -> str:
        """What stands in the small box and is kept nowhere yet."""
        return self._capturing.words.toPlainText() if self._capturing is not None else ""

    def _end_capture(self) -> None:
        self._capturing = None

    def _keep_begun(self, text: str) -> None:
        """What was closed without keeping it stands there again next time."""
        self._begun = text

    def _captured(self, item_id: int) -> None:
        from app.core import capture

        self._begun = ""
        store = self._store
        assert store is not None

        def undo() -> None:
            with store.write() as session:
                capture.take_back(session, item_id, now=clock.now())

        self._window.announce(self.tr("It stands in today's journal."), undo)
