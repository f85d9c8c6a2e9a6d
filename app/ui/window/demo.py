"""The demo: an invented year, in with one click and out with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core import clock
from app.ui.window.part import Part

if TYPE_CHECKING:
    from app.ui.window.main import MainWindow


class Demo(Part):
    """Fills the window's journal with the demo, and takes it out."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._is_loading = False

    def is_there(self) -> bool:
        """Whether the demo is in the journal."""
        from app.core import demo, items

        if self._store is None:
            return False
        with self._store.read() as session:
            return items.standing_batch(session, demo.SOURCE) is not None

    def load(self) -> None:
        """Fill the journal with an invented year."""
        from app.core import demo, journal
        from app.ui.kit.background import run_in_background

        store = self._store
        if store is None or self._is_loading:
            return
        self._is_loading = True
        now, zone = clock.now(), clock.zone()

        def work() -> int:
            with store.read() as session:
                today = journal.today(session, now, zone)
            return demo.load_demo(store, today=today, now=now, zone=zone)

        run_in_background(self, work, self._loaded, failed=self._not_loaded)

    def remove(self) -> None:
        """Take the demo out again."""
        if self._store is not None:
            self._window.keeping.after_backup("delete", self._remove)

    def _remove(self) -> None:
        from app.core import demo

        if self._store is not None:
            with self._store.write() as session:
                demo.remove_demo(session, now=clock.now())
            self._window.announce(self.tr("The demo is gone. What you wrote yourself is still here."))

    def _loaded(self, _batch: int) -> None:
        self._is_loading = False
        self._window.announce(
            self.tr("A year of an invented product manager is in your journal. It goes with one click on Today.")
        )

    def _not_loaded(self, error: Exception) -> None:
        self._is_loading = False
        raise error
