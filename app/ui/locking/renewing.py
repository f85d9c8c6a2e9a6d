"""Working on the file of a journal after its window is closed, when nobody has it open any more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app import APP_NAME
from app.core import passphrase
from app.core.errors import UserError
from app.ui.kit.cards import label
from app.ui.locking.dialog import Renewal

BREATH_S: Final = 0.02


def carry_out(path: Path, renewal: Renewal, *, now: datetime) -> str:
    """Give the journal its new passphrase, or none; returns what to say of it when it is open again."""
    shown = _Patience()
    shown.show()
    failures: list[Exception] = []

    def work() -> None:
        try:
            passphrase.renew(path, renewal.key, slot=renewal.slot, drops_earlier=renewal.drops_earlier, now=now)
        except Exception as error:  # told below, on the thread that has a screen
            failures.append(error)

    thread = Thread(target=work, name="passphrase")
    thread.start()
    while thread.is_alive():
        QCoreApplication.processEvents()
        thread.join(BREATH_S)
    shown.close()
    if failures and not isinstance(failures[0], UserError):
        raise failures[0]
    if failures:
        return _tr("{reason} The journal is as it was.").format(reason=failures[0])
    if renewal.key is None:
        return _tr("The journal needs no passphrase any more. Backups made before still do.")
    if renewal.drops_earlier:
        return _tr("The journal is encrypted, and so is its backup. Those made before are deleted.")
    return _tr(
        "The journal is encrypted, and so is its backup. Earlier backups are as they were (File → Backups…)."
    )


class _Patience(QWidget):
    """Says what is going on; it cannot be closed, for it is soon done."""

    def __init__(self) -> None:
        super().__init__(
            None, Qt.WindowType.Window | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint
        )
        self.setWindowTitle(APP_NAME)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(
            label(_tr("The journal is backed up, copied and compared. Northing starts again in a moment."))
        )
        column.addWidget(bar)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Renewing", text)
