"""Choosing a backup while the journal itself cannot be asked where they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core import backups, clock, keys
from app.core.backups import Backup
from app.ui.kit import dates
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.numbers import counted
from app.ui.settings.unlocking import UnlockRow

MOST_LISTED = 60


class BackupChoice(QWidget):
    """Offers the verified backups of the journal at `path`, newest first, and looks for others.

    Args:
        place: A folder that was chosen for backups, "" for none.
        found: What to say above those that are found.

    Signals:
        usable: Whether the chosen one can be gone back to. refused: Why something was not done, "" for nothing.
    """

    usable = Signal(bool)
    refused = Signal(str)

    def __init__(self, path: Path, place: str, found: str) -> None:
        super().__init__()
        self._found = found
        self._folder = backups.folder_of(path, place)
        self.backups: list[Backup] = []
        self.said = label("", "strong", wrap=True)
        self.list = QComboBox()
        self.list.setAccessibleName(self.tr("Backup to go back to"))
        self.list.currentIndexChanged.connect(self._follow)
        self.search_button = button(self.tr("Look for &others…"), slot=self._ask_folder)
        self.search_button.setAutoDefault(False)
        self.unlock = UnlockRow()
        self.unlock.opened.connect(self._follow)
        self.unlock.opened.connect(lambda: self.refused.emit(""))
        self.unlock.refused.connect(self.refused)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.list, 1)
        row.addWidget(self.search_button)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.said)
        column.addLayout(row)
        column.addWidget(self.unlock)
        self._show([*backups.found_for(path), *backups.listed(self._folder)])

    @property
    def chosen(self) -> Backup | None:
        """The one to go back to."""
        place = self.list.currentIndex()
        return self.backups[place] if place >= 0 else None

    @property
    def is_usable(self) -> bool:
        """Whether there is a chosen one, and it can be read."""
        return self.chosen is not None and not keys.is_locked(self.chosen.path)

    def look_into(self, folder: str) -> None:
        """List the backups in this folder and the folders in it, too."""
        below = sorted(place for place in Path(folder).glob("*") if place.is_dir())
        found = [backup for place in (Path(folder), *below) for backup in backups.listed(place)]
        before = len(self.backups)
        self._show([*self.backups, *found])
        none = self.tr("No other verified backup is in {folder}.").format(folder=folder)
        self.refused.emit("" if len(self.backups) > before else none)

    def _show(self, found: list[Backup]) -> None:
        verified = {backup.path: backup for backup in found if backup.is_verified}
        self.backups = sorted(verified.values(), key=backups.age_of, reverse=True)[:MOST_LISTED]
        self.list.clear()
        self.list.addItems([self._named(backup) for backup in self.backups])
        self.list.setVisible(bool(self.backups))
        none = self.tr("There is no verified backup in {folder}. If yours are elsewhere, look there first.")
        self.said.setText(self._found if self.backups else none.format(folder=self._folder))
        self._follow()

    def _named(self, backup: Backup) -> str:
        local = backup.at.astimezone(clock.zone())
        said = self.tr("{day}, {time}, {items}")
        if keys.is_encrypted(backup.path):
            said = self.tr("{day}, {time}, {items}, encrypted")
        items = counted(backup.items, self.tr("one item"), self.tr("{count} items"))
        return said.format(day=dates.long_day(local.date()), time=f"{local:%H:%M}", items=items)

    def _follow(self, _place: int = 0) -> None:
        """Ask for the passphrase of the chosen one where it needs one."""
        self.unlock.hide()
        if self.chosen is not None and not self.is_usable:
            self.unlock.ask(self.chosen.path)
        self.usable.emit(self.is_usable)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Where other backups are"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.look_into)
        dialog.open()
