"""A damaged journal: what is safe, and the ways on, none of which changes the damaged file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core import backups, clock, keys
from app.core.errors import UserError
from app.core.salvage import Salvaged, salvage
from app.ui.kit import dates
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import Card, label
from app.ui.kit.forms import Dialog
from app.ui.settings.unlocking import UnlockRow

WIDTH = 600


class RescueDialog(Dialog):
    """Offers to go back to the newest verified backup, to look only, or to save what can be read.

    Signals:
        look_requested: Open it for reading only. restore_requested: Put the journal at this path in its place.
    """

    look_requested = Signal()
    restore_requested = Signal(object)

    def __init__(self, path: Path, sentence: str, parent: QWidget) -> None:
        super().__init__(
            parent,
            parent.tr("This journal cannot be read as it is"),
            parent.tr("Go back to the backup"),
            width=WIDTH,
        )
        self._path = path
        self._salvaged_to: Path | None = None
        known = [backup for backup in backups.found_for(path) if backup.is_verified]
        self.newest = known[0] if known else None
        self.said = label(sentence, "", wrap=True)
        self.safe = label(self._safe_text(), "strong", wrap=True)
        self.unlock = UnlockRow()
        self.unlock.opened.connect(lambda: self.primary.setEnabled(True))
        self.unlock.refused.connect(self.say)
        self.outcome = label("", "secondary", wrap=True)
        self.look_button = button(self.tr("&Look at it only"), slot=self._look)
        self.save_button = button(self.tr("&Save what can be read…"), slot=self._ask_target)
        self.body.addWidget(self.said)
        self.body.addWidget(self.safe)
        self.body.addWidget(self.unlock)
        ways = Card()
        for made, text in (
            (
                self.look_button,
                self.tr("Opens the journal for reading. Nothing in it changes, nothing can be written."),
            ),
            (
                self.save_button,
                self.tr("Reads the file piece by piece into a new journal. The damaged one stays as it is."),
            ),
        ):
            made.setAutoDefault(False)
            ways.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            ways.body.addWidget(label(text, "hint", wrap=True))
        self.body.addWidget(ways)
        self.body.addWidget(self.outcome)
        is_locked = self.newest is not None and keys.is_locked(self.newest.path)
        self.primary.setEnabled(self.newest is not None and not is_locked)
        if self.newest is not None and is_locked:
            self.unlock.ask(self.newest.path)

    def save(self) -> bool:
        source = self._salvaged_to or (self.newest.path if self.newest else None)
        assert source is not None
        self.restore_requested.emit(source)
        return True

    def salvage_to(self, target: str) -> None:
        """Save what can be read into the new journal `target`."""
        source = self._path
        self.say("")
        self.outcome.setText(self.tr("Reading…"))
        self.save_button.setEnabled(False)
        run_in_background(self, lambda: salvage(source, Path(target)), self._salvaged, failed=self._fail)

    def _safe_text(self) -> str:
        if self.newest is None:
            return self.tr(
                "There is no verified backup in {folder}. If yours are elsewhere, look there first."
            ).format(folder=backups.folder_of(self._path))
        local = self.newest.at.astimezone(clock.zone())
        return self.tr(
            "Safe is the backup of {day}, {time}, with {count} items. "
            "Going back to it keeps the damaged file beside it."
        ).format(day=dates.long_day(local.date()), time=f"{local:%H:%M}", count=self.newest.items)

    def _look(self) -> None:
        self.look_requested.emit()
        super().reject()

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the new journal goes"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("northing")
        dialog.selectFile(f"{self._path.stem} saved.northing")
        dialog.fileSelected.connect(self.salvage_to)
        dialog.open()

    def _salvaged(self, made: Salvaged) -> None:
        self.outcome.setText(
            self.tr("“{path}” holds {whole} items as they were and {part} in part (tagged “damaged”).").format(
                path=made.path, whole=made.whole, part=made.in_part
            )
        )
        self._salvaged_to = made.path
        self.primary.setText(self.tr("Use the saved journal"))
        self.primary.setEnabled(True)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.outcome.setText("")
        self.save_button.setEnabled(True)
        self.say(str(error))
