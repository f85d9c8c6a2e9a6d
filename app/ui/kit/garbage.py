"""Python's cyclic garbage, collected on the GUI thread only.

What lies in a cycle may be a widget, and a widget destroyed on another thread takes the process along. Python
collects on whichever thread happens to allocate, so from the first worker on it is this timer that asks for it.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

LOOK_EVERY_MS: Final = 1000
COLLECTS: Final = "collects_garbage"
"""The property of an application that has a collector."""


class GuiThreadCollector(QObject):
    """Collects each generation when Python itself would, but only between two events of the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def collect_if_due(self) -> int:
        """Collect the oldest generation whose threshold is passed; returns which, -1 for none."""
        if gc.get_count()[0] <= gc.get_threshold()[0]:
            return -1
        counts, thresholds = gc.get_count(), gc.get_threshold()
        oldest = max((age for age in (1, 2) if counts[age] > thresholds[age]), default=0)
        gc.collect(oldest)
        return oldest


def keep_what_is_loaded() -> None:
    """Leave everything that lives now out of later collections.

    Modules and classes stay anyway, and looking at them takes tens of milliseconds each time.
    """
    gc.freeze()


def collect_on_gui_thread() -> None:
    """See to it that garbage is collected on the application's own thread from now on; harmless when repeated."""
    qapp = QCoreApplication.instance()
    if qapp is not None and not qapp.property(COLLECTS):
        # Looking through the children makes PySide6 know all of their classes: 10 ms.
        qapp.setProperty(COLLECTS, True)
        GuiThreadCollector(qapp)
