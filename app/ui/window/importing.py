"""Bringing a diary in from the window, and taking the last one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.core import clock
from app.core.words import counted
from app.ui.window.part import Part

if TYPE_CHECKING:
    from app.ui.kit.background import Progress


class Importing(Part):
    """Asks for files and folders, shows what would come, brings it, and takes it back."""

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
        dialog.elsewhere.connect(self._import_elsewhere)
        dialog.open()

    def _import_elsewhere(self, kind: str, path: str) -> None:
        """Show what would come from a table of check-ins, or of skills."""
        from app.ui.objectives.checking_in import CheckIns
        from app.ui.skills.ladder import Ladders

        assert self._store is not None
        if kind == "check_in":
            check_ins = CheckIns(self._window, self._store)
            check_ins.announced.connect(self._window.announce)
            check_ins.import_from(path)
        else:
            ladders = Ladders(self._window, self._store)
            ladders.announced.connect(self._window.announce)
            ladders.show_file(path)

    def _ask(self, *, folder: bool) -> None:
        from app.ui.transfer.importing import choose

        if self._store is None:
            return
        dialog = choose(self._window, folder=folder)
        dialog.fileSelected.connect(self.import_path)
        dialog.open()

    def _brought(self, batch: int, count: int, are_items: bool) -> None:
        if are_items:
            said = counted(count, self.tr("One item imported."), self.tr("{count} items imported."))
        else:
            said = counted(count, self.tr("One entry imported."), self.tr("{count} entries imported."))
        self._window.announce(said, lambda: self._undo(batch, are_items=are_items))

    def last_import(self) -> str:
        """The name of the newest import that can be taken back, or nothing."""
        last = self._last_import()
        return last[1] if last else ""

    def undo_import(self) -> None:
        """Take the newest import back, long after its message went."""
        if last := self._last_import():
            self._undo(last[0], are_items=True)

    def _last_import(self) -> tuple[int, str] | None:
        from app.core import demo
        from app.core.transfer import bringing

        if self._store is None:
            return None
        with self._store.read() as session:
            return bringing.last_import(session, besides=demo.SOURCE)

    def _undo(self, batch: int, *, are_items: bool) -> None:
        self._window.keeping.after_backup("delete", lambda: self._take_back(batch, are_items=are_items))

    def _take_back(self, batch: int, *, are_items: bool) -> None:
        from app.core.progress import Cancelled
        from app.core.transfer import bringing
        from app.ui.kit.waiting import WaitDialog

        store, now = self._store, clock.now()
        if store is None:
            return

        def work(job: Progress) -> int:
            return bringing.take_back(store, batch, now=now, progress=job.report)

        def then(count: int) -> None:
            if are_items:
                said = counted(count, self.tr("One item taken back."), self.tr("{count} items taken back."))
            else:
                said = counted(count, self.tr("One entry taken back."), self.tr("{count} entries taken back."))
            self._window.announce(said)

        waiting = WaitDialog(self._window, self.tr("Taking the import back…"))
        waiting.follow(work, then, ends=(Cancelled,))
