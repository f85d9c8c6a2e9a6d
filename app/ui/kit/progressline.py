"""How far long work is: a bar, and about how long it still takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.ui.kit.cards import label
from app.ui.kit.numbers import counted

SURE_AFTER_S: Final = 2.0
"""What is done sooner needs no estimate, and stands on too little for one."""
SURE_AFTER_SHARE: Final = 0.02


class Remaining:
    """About how long work still takes, told from how long its share so far took.

    Args:
        now: Seconds on a clock that only goes forward.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._begun = (0, 0, 0.0)

    def seconds(self, done: int, total: int) -> float | None:
        """What is left of `total` in seconds, at the pace so far; None while that is a guess.

        The pace is counted from the first call; another total, or less done, begins another part of the work.
        """
        now = self._now()
        first, before, since = self._begun
        if total != before or done < first:
            self._begun = first, before, since = done, total, now
        come, taken = done - first, now - since
        if taken < SURE_AFTER_S or come <= SURE_AFTER_SHARE * total:
            return None
        return taken * max(total - done, 0) / come

    def said(self, done: int, total: int) -> str:
        """The same in rounded words, or nothing."""
        seconds = self.seconds(done, total)
        if seconds is None:
            return ""
        if seconds < 10:
            return _tr("A few seconds left")
        if seconds < 55:
            return _tr("About {count} seconds left").format(count=round(seconds / 10) * 10)
        return counted(max(round(seconds / 60), 1), _tr("About a minute left"), _tr("About {count} minutes left"))


class ProgressLine(QWidget):
    """Hidden until work begins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_tr("Progress"))
        self.left = label("", "hint")
        self.left.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.bar)
        column.addWidget(self.left)
        self._remaining = Remaining()
        self.hide()

    def begin(self) -> None:
        """Show that work began, nobody knows yet how much."""
        self._remaining = Remaining()
        self.bar.setRange(0, 0)
        self.left.hide()
        self.show()

    def report(self, done: int, total: int, _text: str = "") -> None:
        """Show that `done` of `total` is done."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        said = self._remaining.said(done, total)
        self.left.setText(said)
        self.left.setVisible(bool(said))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProgressLine", text)
