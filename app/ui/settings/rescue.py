"""A damaged journal: what is safe, and the ways on, none of which changes the damaged file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from app.core import backups, clock, keys
from app.core.backups import Backup
from app.core.errors import UserError
from app.core.salvage import Salvaged, salvage
from app.ui.kit import dates
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import Card, label
from app.ui.kit.forms import Dialog
from app.ui.settings.unlocking import UnlockRow

WIDTH = 600
MOST_LISTED = 60
LOOKING = 2
"""How the dialog ended: neither accepted nor rejected."""


class RescueDialog(Dialog):
    """Offers to go back to a verified backup, to look only, or to save what can be read.

    Args:
        place: A folder that was chosen for backups, "" for none: the journal cannot be asked any more.

    Signals:
        look_requested: Open it for reading only. restore_requested: Put the journal at this path in its place.
    """

    look_requested = Signal()
    restore_requested = Signal(object)

    def __init__(self, path: Path, sentence: str, parent: QWidget, *, place: str = "") -> None:
        super().__init__(
            parent,
            parent.tr("This journal cannot be read as it is"),
            parent.tr("Go back to the backup"),
            width=WIDTH,
        )
        self._path = path
        self._salvaged_to: Path | None = None
        self._folder = backups.folder_of(path, place)
        self.backups: list[Backup] = []
        self.said = label(sentence, "", wrap=True)
        self.safe = label("", "strong", wrap=True)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Backup to go back to"))
        self.choice.currentIndexChanged.connect(self._follow)
        self.choice.activated.connect(self._go_back_after_all)
        self.search_button = button(self.tr("Look for &others…"), slot=self._ask_folder)
        self.search_button.setAutoDefault(False)
        self.unlock = UnlockRow()
        self.unlock.opened.connect(lambda: self.primary.setEnabled(True))
        self.unlock.refused.connect(self.say)
        self.outcome = label("", "secondary", wrap=True)
        self.look_button = button(self.tr("&Look at it only"), slot=self._look)
        self.save_button = button(self.tr("&Save what can be read…"), slot=self._ask_target)
        self.body.addWidget(self.said)
        self.body.addWidget(self.safe)
        which = QHBoxLayout()
        which.setSpacing(8)
        which.addWidget(self.choice, 1)
        which.addWidget(self.search_button)
        which.addStretch(0)
        self.body.addLayout(which)
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
        self._list([*backups.found_for(path), *backups.listed(self._folder)])

    @property
    def chosen(self) -> Backup | None:
        """The backup to go back to."""
        place = self.choice.currentIndex()
        return self.backups[place] if place >= 0 else None

    def save(self) -> bool:
        source = self._salvaged_to or (self.chosen.path if self.chosen else None)
        assert source is not None
        self.restore_requested.emit(source)
        return True

    def look_into(self, folder: str) -> None:
        """List the backups in this folder and the folders in it, too."""
        below = sorted(place for place in Path(folder).glob("*") if place.is_dir())
        found = [backup for place in (Path(folder), *below) for backup in backups.listed(place)]
        before = len(self.backups)
        self._list([*self.backups, *found])
        self.say(
            ""
            if len(self.backups) > before
            else self.tr("No other verified backup is in {folder}.").format(folder=folder)
        )

    def salvage_to(self, target: str) -> None:
        """Save what can be read into the new journal `target`."""
        source = self._path
        self.say("")
        self.outcome.setText(self.tr("Reading…"))
        self.save_button.setEnabled(False)
        run_in_background(self, lambda: salvage(source, Path(target)), self._salvaged, failed=self._fail)

    def _list(self, found: list[Backup]) -> None:
        """Offer those that were read again in full, the newest first."""
        verified = {backup.path: backup for backup in found if backup.is_verified}
        self.backups = sorted(verified.values(), key=lambda backup: backup.at, reverse=True)[:MOST_LISTED]
        self.choice.clear()
        self.choice.addItems([self._named(backup) for backup in self.backups])
        self.choice.setVisible(bool(self.backups))
        self.safe.setText(
            self.tr("Safe are the backups below. Going back to one keeps the damaged file beside it.")
            if self.backups
            else self.tr(
                "There is no verified backup in {folder}. If yours are elsewhere, look there first."
            ).format(folder=self._folder)
        )
        self._follow()

    def _named(self, backup: Backup) -> str:
        local = backup.at.astimezone(clock.zone())
        return self.tr("{day}, {time}, {count} items").format(
            day=dates.long_day(local.date()), time=f"{local:%H:%M}", count=QLocale().toString(backup.items)
        )

    def _follow(self, _place: int = 0) -> None:
        """Ask for the passphrase of the chosen one where it needs one."""
        if self._salvaged_to is not None:
            return
        is_locked = self.chosen is not None and keys.is_locked(self.chosen.path)
        self.primary.setEnabled(self.chosen is not None and not is_locked)
        self.unlock.hide()
        if self.chosen is not None and is_locked:
            self.unlock.ask(self.chosen.path)

    def _go_back_after_all(self, _place: int) -> None:
        """Somebody chooses a backup although what can be read was saved."""
        self._salvaged_to = None
        self.primary.setText(self.tr("Go back to the backup"))
        self._follow()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Where other backups are"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.look_into)
        dialog.open()

    def _look(self) -> None:
        self.done(LOOKING)
        self.look_requested.emit()

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the new journal goes"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("northing")
        dialog.setDirectory(str(self._path.parent))
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
