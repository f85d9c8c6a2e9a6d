"""Long work that somebody waits for: how far it is, and a way out that leaves nothing half done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.ui.kit.background import Progress, run_job
from app.ui.kit.progressline import Remaining

T = TypeVar("T")

PATIENCE_MS: Final = 300
"""What is done sooner needs no dialog."""


class WaitDialog(QProgressDialog):
    """Follows one piece of work and goes with it."""

    def __init__(self, parent: QWidget, said: str) -> None:
        super().__init__(said, parent.tr("Cancel"), 0, 0, parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumDuration(PATIENCE_MS)
        self.setAutoReset(False)
        self.setAutoClose(False)
        self._said = said
        self._remaining = Remaining()
        self._job: Progress | None = None
        self.canceled.connect(self._cancel)

    def follow(
        self, work: Callable[[Progress], T], then: Callable[[T], None], *, ends: tuple[type[Exception], ...] = ()
    ) -> None:
        """Run `work` in the background, then `then`; what it raises when cancelled are `ends`."""

        def done(made: T) -> None:
            self._end()
            then(made)

        def failed(error: Exception) -> None:
            self._end()
            if not isinstance(error, ends):
                raise error

        self._job = run_job(self, work, done, on_progress=self._show, failed=failed)

    def _show(self, done: int, total: int, _text: str) -> None:
        if self._job is not None and not self._job.cancelled:
            self.setMaximum(total)
            self.setValue(done)
            if said := self._remaining.said(done, total):
                self.setLabelText(f"{self._said}\n{said}")

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        self.canceled.disconnect(self._cancel)
        self.close()
        self.deleteLater()
