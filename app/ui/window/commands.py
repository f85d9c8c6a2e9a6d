"""What the window can do beyond its pages: export, the Trash, settings, what one may ask for on any page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from app.ui.kit import theme
from app.ui.window.part import Part

if TYPE_CHECKING:
    from app.core.items import ItemRow
    from app.ui.palette import Palette
    from app.ui.window.capturing import Capturing
    from app.ui.window.demo import Demo
    from app.ui.window.importing import Importing


class Commands(Part):
    """Carried out for the window; everything it needs is imported when first asked for."""

    @cached_property
    def importing(self) -> Importing:
        """Bringing a diary in."""
        from app.ui.window.importing import Importing

        return Importing(self._window)

    @cached_property
    def capturing(self) -> Capturing:
        """Writing one thing down."""
        from app.ui.window.capturing import Capturing

        return Capturing(self._window)

    @cached_property
    def demo(self) -> Demo:
        """The invented year."""
        from app.ui.window.demo import Demo

        return Demo(self._window)

    @cached_property
    def palette(self) -> Palette:
        """Where any item or command is found."""
        from app.ui.palette import Palette

        made = Palette(self._window, self._window.menus.actions, self._find_items)
        made.item_chosen.connect(self._window.open_item)
        made.search_wanted.connect(self._window.search_journal)
        return made

    def show_palette(self) -> None:
        """Find any item or command."""
        self.palette.rise()

    def _find_items(self, typed: str) -> list[ItemRow]:
        from app.core import items, search

        if self._store is None:
            return []
        with self._store.read() as session:
            return items.item_rows(session, search.matching_item_ids(session, typed, limit=20))

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
        from app.ui.kit.numbers import counted

        if self._store is None:
            return
        with self._store.write() as session:
            count = trash.remove_for_good(session, ids)
            kept = trash.count_of(session, ids)
        said = []
        if count:
            one = self.tr("One entry is gone from the Trash for good; a backup still has it.")
            many = self.tr("{count} entries are gone from the Trash for good; a backup still has them.")
            said.append(counted(count, one, many))
        if kept:
            one = self.tr("One item stays, as other things hang on it.")
            many = self.tr("{count} items stay, as other things hang on them.")
            said.append(counted(kept, one, many))
        if said:  # all may have gone or come back while the backup was made
            self._window.announce(" ".join(said))

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
