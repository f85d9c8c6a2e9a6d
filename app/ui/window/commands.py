"""What the window can do beyond its pages: import, the Trash, settings, the demo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.core import clock
from app.ui.kit import theme

if TYPE_CHECKING:
    from app.core.store import Store
    from app.ui.journal.capture import CaptureDialog
    from app.ui.kit.background import Progress
    from app.ui.window.main import MainWindow


class Commands(QObject):
    """Carried out for the window; everything it needs is imported when first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._loading = False
        self._begun = ""
        self._capturing: CaptureDialog | None = None

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

    def switch_look(self) -> None:
        """Make light dark and dark light; it stays so."""
        look: theme.Choice = "light" if theme.current().is_dark else "dark"
        theme.watch().choose(look)
        self._window.preferences.setValue("theme", look)

    def write(self, kind: str) -> None:
        """Begin an entry of `kind` on the journal's page."""
        if page := self._window.show_page("journal"):
            page.new_entry(kind)  # type: ignore[attr-defined]

    def search_journal(self) -> None:
        """Go to the journal's search, from anywhere."""
        if page := self._window.show_page("journal"):
            page.focus_search()  # type: ignore[attr-defined]

    def capture(self, *, alone: bool = False) -> None:
        """Write one thing down, from anywhere; `alone` without the window, which stays where it is."""
        from app.ui.journal.capture import CaptureDialog

        if self._capturing is not None:
            self._capturing.raise_()
            self._capturing.activateWindow()
        elif self._store is not None:
            dialog = CaptureDialog(self._store, None if alone else self._window, self._begun)
            dialog.kept.connect(self._captured)
            dialog.left.connect(self._keep_begun)
            dialog.finished.connect(self._end_capture)
            self._capturing = dialog
            dialog.setWindowIcon(self._window.windowIcon())
            dialog.open()
            if alone:
                dialog.raise_()
                dialog.activateWindow()

    @property
    def box(self) -> CaptureDialog | None:
        """The small box, while it is open."""
        return self._capturing

    def has_captured_all(self) -> bool:
        """Keep what stands in the small box, as when the window closes over it; whether nothing is left in it."""
        if self._capturing is not None and self.captured.strip():
            self._capturing.accept()
        return not self.captured.strip()

    @property
    def captured(self) -> str:
        """What stands in the small box and is kept nowhere yet."""
        return self._capturing.words.toPlainText() if self._capturing is not None else ""

    def _end_capture(self) -> None:
        self._capturing = None

    def _keep_begun(self, text: str) -> None:
        """What was closed without keeping it stands there again next time."""
        self._begun = text

    def _captured(self, item_id: int) -> None:
        from app.core import capture

        self._begun = ""
        store = self._store
        assert store is not None

        def undo() -> None:
            with store.write() as session:
                capture.take_back(session, item_id, now=clock.now())

        self._window.announce(self.tr("It stands in today's journal."), undo)

    def check_in(self) -> None:
        """Check in on a key result, whatever page is on screen."""
        from app.ui.objectives.checking_in import CheckIns

        if self._store is not None:
            check_ins = CheckIns(self._window, self._store)
            check_ins.announced.connect(self._window.announce)
            check_ins.open()

    def rate(self) -> None:
        """Rate one skill, whatever page is on screen."""
        from app.ui.skills.quick import RatingDialog

        if self._store is not None:
            dialog = RatingDialog(self._store, self._window)
            dialog.kept.connect(self._window.announce)
            dialog.open()

    def plan_step(self, skill_id: int | None = None) -> None:
        """Find a step for the weightiest gaps, or for one skill, whatever page is on screen."""
        from app.ui.roadmap.gaps import GapSteps

        if self._store is not None:
            steps = GapSteps(self._window, self._store)
            steps.announced.connect(self._window.announce)
            steps.open(skill_id)

    def export(self) -> None:
        """Ask what to export, and where to."""
        self.export_only(())

    def export_only(self, ids: Sequence[int]) -> None:
        """Ask in which format and where to export these items; without any, what to export as well."""
        from app.ui.transfer.exporting import ExportDialog

        if self._store is None or not self._window.has_all_saved():
            return
        dialog = ExportDialog(self._store, self._window, ids)
        dialog.exported.connect(self._exported)
        dialog.open()

    def _exported(self, path: str, count: int) -> None:
        said = (
            self.tr("One item exported to “{path}”.")
            if count == 1
            else self.tr("{count} items exported to “{path}”.")
        )
        self._window.announce(said.format(count=f"{count:,}", path=path))

    def show_trash(self) -> None:
        """What was thrown away."""
        from app.ui.settings.trash import TrashDialog

        if self._store is not None:
            dialog = TrashDialog(self._store, self._window)
            dialog.removal_wanted.connect(self.remove_for_good)
            dialog.open()

    def remove_for_good(self, ids: Sequence[int]) -> None:
        """Back up, then remove these entries, which lie in the Trash."""
        if self._store is not None and ids:
            self._window.keeping.after_backup("delete", lambda: self._remove_for_good(ids))

    def _remove_for_good(self, ids: Sequence[int]) -> None:
        from app.core import trash

        if self._store is None:
            return
        with self._store.write() as session:
            count = trash.remove_for_good(session, ids)
        kept = len(ids) - count
        one = self.tr("One entry is gone from the Trash for good; a backup still has it.")
        said = self.tr("{count} entries are gone from the Trash for good; a backup still has them.")
        said = one if count == 1 else said
        if kept:
            said += " " + self.tr("{kept} others have things that hang on them, and stay.")
        self._window.announce(said.format(count=f"{count:,}", kept=f"{kept:,}"))

    def show_settings(self) -> None:
        """Choices of the journal and of this computer."""
        from app.ui.settings.dialog import SettingsDialog

        if self._store is not None:
            dialog = SettingsDialog(self._store, self._window.preferences, self._window)
            dialog.accepted.connect(self._window.habits.apply)
            dialog.removal_wanted.connect(self.remove_idle_files)
            dialog.open()

    def remove_idle_files(self) -> None:
        """Back up, then remove the pictures and files that no text mentions any more."""
        self._window.keeping.after_backup("delete", self._remove_idle_files)

    def _remove_idle_files(self) -> None:
        from app import paths
        from app.core import attachments
        from app.ui.kit.background import run_in_background

        store = self._store
        if store is None:
            return

        def work() -> int:
            with store.write() as session:
                return len(attachments.sweep(session, paths.files_dir(store.path)).files)

        def tell(count: int) -> None:
            said = self.tr("{count} files are gone for good; a backup still has them.")
            said = self.tr("One file is gone for good; a backup still has it.") if count == 1 else said
            self._window.announce(said.format(count=f"{count:,}"))

        run_in_background(self, work, tell)

    def show_questions(self) -> None:
        """The questions that Today asks, to be chosen and changed."""
        from app.ui.questions.dialog import QuestionsDialog

        if self._store is not None:
            QuestionsDialog(self._store, self._window).open()

    def has_demo(self) -> bool:
        """Whether the demo is in the journal."""
        from app.core import demo, items

        if self._store is None:
            return False
        with self._store.read() as session:
            return items.standing_batch(session, demo.SOURCE) is not None

    def load_demo(self) -> None:
        """Fill the journal with an invented year."""
        from app.core import demo, journal
        from app.ui.kit.background import run_in_background

        store = self._store
        if store is None or self._loading:
            return
        self._loading = True
        now, zone = clock.now(), clock.zone()

        def work() -> int:
            with store.read() as session:
                today = journal.today(session, now, zone)
            return demo.load_demo(store, today=today, now=now, zone=zone)

        run_in_background(self, work, self._loaded, failed=self._not_loaded)

    def remove_demo(self) -> None:
        """Take the demo out again."""
        if self._store is not None:
            self._window.keeping.after_backup("delete", self._remove_demo)

    def _remove_demo(self) -> None:
        from app.core import demo

        if self._store is not None:
            with self._store.write() as session:
                demo.remove_demo(session, now=clock.now())
            self._window.announce(self.tr("The demo is gone. What you wrote yourself is still here."))

    def _loaded(self, _batch: int) -> None:
        self._loading = False
        self._window.announce(
            self.tr("A year of an invented product manager is in your journal. It goes with one click on Today.")
        )

    def _not_loaded(self, error: Exception) -> None:
        self._loading = False
        raise error

    def _ask(self, *, folder: bool) -> None:
        from app.ui.transfer.importing import choose

        if self._store is None:
            return
        dialog = choose(self._window, folder=folder)
        dialog.fileSelected.connect(self.import_path)
        dialog.open()

    def _brought(self, batch: int, count: int, are_items: bool) -> None:
        if are_items:
            said = self.tr("One item imported.") if count == 1 else self.tr("{count} items imported.")
        else:
            said = self.tr("One entry imported.") if count == 1 else self.tr("{count} entries imported.")
        self._window.announce(said.format(count=f"{count:,}"), lambda: self._undo(batch, are_items=are_items))

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
                said = self.tr("One item taken back.") if count == 1 else self.tr("{count} items taken back.")
            else:
                said = self.tr("One entry taken back.") if count == 1 else self.tr("{count} entries taken back.")
            self._window.announce(said.format(count=f"{count:,}"))

        waiting = WaitDialog(self._window, self.tr("Taking the import back…"))
        waiting.follow(work, then, ends=(Cancelled,))
