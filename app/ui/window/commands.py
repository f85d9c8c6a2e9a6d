"""What the window can do beyond its pages: import, the Trash, settings, the demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.core import clock

if TYPE_CHECKING:
    from app.core.store import Store
    from app.ui.window.main import MainWindow


class Commands(QObject):
    """Carried out for the window; everything it needs is imported when first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @property
    def _store(self) -> Store | None:
        return self._window.store

    def import_file(self) -> None:
        """Ask for a file and import it."""
        self._ask(folder=False)

    def import_folder(self) -> None:
        """Ask for a folder and import it."""
        self._ask(folder=True)

    def import_path(self, path: str) -> None:
        """Show what would come from `path`."""
        from app.ui.transfer.importing import ImportDialog

        if self._store is None:
            return
        dialog = ImportDialog(self._store, Path(path), self._window)
        dialog.brought.connect(self._brought)
        dialog.open()

    def show_trash(self) -> None:
        """What was thrown away."""
        from app.ui.settings.trash import TrashDialog

        if self._store is not None:
            TrashDialog(self._store, self._window).open()

    def show_settings(self) -> None:
        """Choices of the journal and of this computer."""
        from app.ui.settings.dialog import SettingsDialog

        if self._store is not None:
            SettingsDialog(self._store, self._window.preferences, self._window).open()

    def _ask(self, *, folder: bool) -> None:
        from app.ui.transfer.importing import choose

        if self._store is None:
            return
        dialog = choose(self._window, folder=folder)
        dialog.fileSelected.connect(self.import_path)
        dialog.open()

    def _brought(self, batch: int, count: int) -> None:
        self._window.announce(self.tr("{count} entries imported.").format(count=count), lambda: self._undo(batch))

    def _undo(self, batch: int) -> None:
        from app.core.transfer import bringing

        if self._store is not None:
            with self._store.write() as session:
                count = bringing.undo(session, batch, now=clock.now())
            self._window.announce(self.tr("{count} entries taken back.").format(count=count))
