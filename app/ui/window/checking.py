"""Looking for damage: everything once a week, and again when it may be whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.core import clock
from app.core.errors import UserError
from app.ui.kit.background import run_in_background
from app.ui.window.part import Part

if TYPE_CHECKING:
    from app.core.integrity import Report

FULL_CHECK_AFTER: Final = timedelta(days=7)
CHECKED: Final = "backups/checked"


class Checking(Part):
    """Reads the window's journal in the background, and brings lost files back from its backups."""

    def look_again(self) -> None:
        """Look at everything, because what was damaged may be whole again."""

        def looked(report: Report) -> None:
            if report.problems:
                self._window.mending.judge(report)
            else:
                self._window.mending.settle()

        self.check_all(looked)

    def check_all(self, then: Callable[[Report], None] | None = None) -> None:
        """Read the whole journal in the background."""
        from app.core import integrity

        assert self._store is not None
        path = self._store.path
        run_in_background(self, lambda: integrity.check(path), then or self._checked_all, failed=self.cannot)

    def _checked_all(self, report: Report) -> None:
        from app.core import backups

        self._window.mending.judge(report)
        if not report.problems:
            self._window.known.keep(CHECKED, clock.now().isoformat())
            store = self._store
            assert store is not None
            run_in_background(
                self, lambda: backups.bring_back_files(store), self._files_mended, failed=self.cannot
            )

    def _files_mended(self, result: tuple[int, list[str]]) -> None:
        mended, lost = result
        if mended:
            one = self.tr("A lost or damaged file came back from the backups.")
            said = self.tr("{count} lost or damaged files came back from the backups.")
            self._window.announce(one if mended == 1 else said.format(count=mended))
        if lost:
            names = ", ".join(f"“{name}”" for name in lost[:5])
            one = self.tr("A file of your entries is lost or damaged, also in the backups: {names}.")
            said = self.tr("{count} files of your entries are lost or damaged, also in the backups: {names}.")
            self._window.refuse((one if len(lost) == 1 else said).format(count=len(lost), names=names))

    def cannot(self, error: Exception) -> None:
        """Say why it could not be looked at."""
        if not isinstance(error, UserError):
            raise error
        if self._store is not None and self._store.is_in_place:  # else it is told what can be done
            self._window.tell(error)

    def is_due(self) -> bool:
        """Whether it is a week since everything was looked at, or it never was."""
        last = self._window.known.value(CHECKED)
        try:
            return not last or clock.now() - datetime.fromisoformat(str(last)) >= FULL_CHECK_AFTER
        except (ValueError, TypeError):
            return True
