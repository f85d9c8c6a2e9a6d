"""One start, timed from outside: prints `painted` and `ready` with the seconds since the parent's clock.

python -m bench.launch empty|JOURNAL [warm]

The warm one goes on while the other pages are loaded and ends as it should, so that what a start leaves for the
next is there.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

WARM_MS = 3000


def _say(word: str) -> None:
    print(word, time.monotonic(), flush=True)


def main() -> None:
    """Start, say what is reached, and end."""
    if sys.argv[1] == "empty":
        from PySide6.QtCore import QTimer
        from PySide6.QtGui import QPaintEvent
        from PySide6.QtWidgets import QApplication, QMainWindow

        class Empty(QMainWindow):
            def paintEvent(self, event: QPaintEvent) -> None:
                QTimer.singleShot(0, _end)

        def _end() -> None:
            _say("painted")
            os._exit(0)

        qapp = QApplication([])
        window = Empty()
        window.resize(1280, 820)
        window.show()
        qapp.exec()
        return
    from app import paths
    from app.ui.kit.lean import start_lean

    start_lean(paths.code_file())
    from PySide6.QtCore import QTimer

    from app.ui import start

    qapp = start.application()
    shown = start.open_window(Path(sys.argv[1]), start.preferences())
    shown.painted.connect(lambda: _say("painted"))
    shown.ready.connect(_ready if len(sys.argv) < 3 else lambda: QTimer.singleShot(WARM_MS, qapp.quit))
    qapp.exec()
    start.finish(shown)


def _ready() -> None:
    _say("ready")
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            print("rss", int(line.split()[1]) / 1024, flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
