"""From nothing to a window that can be typed in; the slow imports happen after its first picture."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from app import APP_NAME, paths
from app.core import clock
from app.core.first import FirstPage, first_page
from app.ui.kit import theme
from app.ui.kit.editor import comfort
from app.ui.kit.instance import claim
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.core.store import Store

TIDY_EVERY_MS: Final = 6 * 3_600_000

CORE: Final = (
    "app.core.writing",
    "app.core.objectives",
    "app.core.roadmap",
    "app.core.templates",
    "app.core.passphrase",
    "app.core.reminders",
    "app.core.searches",
)
FIRST_PAGE: Final = (
    "app.ui.kit.pictures",
    "app.ui.kit.editor.findbar",
    "app.ui.kit.editor.completion",
    "app.ui.filing",
    "app.ui.templates",
    "app.ui.writing",
    "app.ui.today.cards",
    "app.ui.today.page",
    "app.ui.window.searches",
)
REST: Final = (
    "app.core.bulk",
    "app.core.calendar_file",
    "app.core.domain",
    "app.core.lanes",
    "app.core.learning_return",
    "app.core.load",
    "app.core.people",
    "app.core.posts",
    "app.core.search",
    "app.core.skills",
    "app.core.transfer.bringing",
    "app.core.transfer.check_ins_csv",
    "app.core.transfer.ladder",
    "app.core.wording",
    "spylls.hunspell",
)
"""What the first page and the other pages need: a worker imports what is of the core, the window what uses Qt."""


def run(journal: Path, *, in_background: bool = False, write: bool = False, look: bool = False) -> int:
    """Show the window on `journal` until it is closed; returns the exit code.

    Args:
        in_background: Wait in the tray, or minimised where there is none.
        write: Open the small box to write one thing down, here or in the window that is open already.
        look: Open the journal for reading only.
    """
    qapp = application()
    alone = claim(journal, quietly=in_background, write=write)
    if alone is None:
        return 0
    window = open_window(journal, preferences(), in_background=in_background, look=look)
    window.painted.connect(lambda: alone.answer(window, window.locking.lock_when_asked))
    alone.write_wanted.connect(window.habits.write)
    if write:
        window.ready.connect(window.commands.capturing.capture)
    window.painted.connect(lambda: _end_when_told(window))
    window.ready.connect(_keep_crashes)
    code = qapp.exec()
    if window.locking.ends_for:
        finish(window)
        window.locking.carry_on()
        alone.release()
        window.locking.start_again()
        return code
    alone.release()  # sealing a large journal takes a second, in which a new start need not wait
    finish(window)
    return code


def _end_when_told(window: MainWindow) -> None:
    from app.ui.kit.ending import end_when_told

    end_when_told(window, window.habits.quit)


def _keep_crashes() -> None:
    from app.ui import errors

    errors.keep_crashes(paths.crash_file())


def finish(window: MainWindow) -> None:
    """Close the journal of a window that is closed, with the seal on it by which later damage is found."""
    from app.core import indexing, integrity
    from app.core.errors import UserError

    store = window.store
    if store is None or store.is_closed:
        return
    with suppress(UserError):  # it stays unsealed then, as after a crash
        if not store.is_in_place:
            from app.ui.window.moving import keep_unchosen

            keep_unchosen(window)
        elif not store.is_read_only and not integrity.is_sealed(store.path):
            indexing.catch_up(store)
            integrity.seal(store)
    store.close()


def application() -> QApplication:
    """The one QApplication, dressed."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        qapp = existing
    else:
        qapp = QApplication([*sys.argv[:1], "-style", "fusion"])
        qapp.setProperty(theme.FUSION, not os.environ.get("QT_STYLE_OVERRIDE"))
    qapp.setApplicationName(APP_NAME)
    qapp.setApplicationDisplayName(APP_NAME)
    qapp.setDesktopFileName("northing")
    return qapp


def preferences() -> QSettings:
    """Choices of this computer: window places, theme."""
    return QSettings(str(paths.preferences_file()), QSettings.Format.IniFormat)


def theme_choice(chosen: QSettings) -> theme.Choice:
    """The theme that was chosen on this computer; as the system has it until then."""
    kept = chosen.value("theme")
    return "light" if kept == "light" else "dark" if kept == "dark" else "system"


def open_window(
    journal: Path, chosen: QSettings, *, in_background: bool = False, look: bool = False
) -> MainWindow:
    """Show the window at once; its store opens in the background after the first picture.

    Args:
        look: For reading only.
    """
    qapp = application()
    reading = _Reading(journal)
    reading.start()
    theme.install(qapp, theme_choice(chosen))
    comfort().remember_in(chosen)
    window = MainWindow(journal, reading.page(), chosen)
    is_locked = reading.page().is_locked
    if is_locked:
        window.locking.ask()
        window.locking.unlocked.connect(lambda: _open_store(window, look=look))
    window.reopen_requested.connect(lambda: _open_store(window, look=look))
    # Queued: whoever waits for the picture hears of it before the work that follows.
    window.painted.connect(
        lambda: _begin(window, is_locked=is_locked, look=look), Qt.ConnectionType.QueuedConnection
    )
    if in_background:
        _wait_unseen(window)
    else:
        window.show()
    window.first_view.editor.moveCursor(QTextCursor.MoveOperation.End)  # one goes on where one stopped
    (window.locking.view or window.first_view.editor).setFocus()
    return window


def _wait_unseen(window: MainWindow) -> None:
    from app.ui.kit.tray import has_tray
    from app.ui.window.habits import wants_tray

    if not (wants_tray(window) and has_tray()):
        window.showMinimized()
    window.habits.apply()  # also where the journal is locked, one can get at it
    window.begin()


class _Reading(Thread):
    """Reads the first page while the theme and its fonts are loaded."""

    def __init__(self, journal: Path) -> None:
        super().__init__(name="first page", daemon=True)
        self._journal = journal
        self._wall = clock.wall()
        self._page = FirstPage(self._wall.date())

    def run(self) -> None:
        self._page = first_page(self._journal, wall=self._wall)

    def page(self) -> FirstPage:
        """What was read; waits for it. Empty where the file could not even be looked at: opening it says why."""
        self.join()
        return self._page


def _begin(window: MainWindow, *, is_locked: bool, look: bool) -> None:
    from app.ui import errors
    from app.ui.kit.background import run_in_background

    errors.keep_log(paths.log_file())
    errors.catch_all(window, window.tell)
    later = Qt.ConnectionType.QueuedConnection
    window.ready.connect(lambda: run_in_background(window, errors.log_start, lambda _: None), later)
    window.ready.connect(lambda: _read_ahead(window), later)
    window.ready.connect(lambda: _show_icon(window), later)
    if is_locked:  # while somebody types the passphrase
        _show_icon(window)
        run_in_background(window, _import_core, lambda _: None)
    else:
        _open_store(window, look=look)


def _open_store(window: MainWindow, *, look: bool) -> None:
    """Import what the first page needs, open the store, and bring them together."""
    from app.ui.kit.background import run_in_background
    from app.ui.kit.slices import Slices, imports

    def bring_together(store: Store) -> None:
        from app.core import files
        from app.core.errors import UserError
        from app.ui.kit import pictures

        pictures.read_missing_by(files.read_at)
        try:
            window.open(store)
        except UserError as error:  # what could be opened a moment ago is gone or refuses
            window.store = None
            store.close()
            window.cannot_open(error)

    def go_on(store: Store) -> None:
        Slices(window, imports(FIRST_PAGE), lambda: bring_together(store))

    known = window.mending.backup_place
    run_in_background(window, lambda: _load(window.path, known, look=look), go_on, failed=window.cannot_open)


def _load(path: Path, backup_place: str, *, look: bool) -> Store:
    """Open the journal, or make one where there never was any."""
    _import_core()
    from app.core.store import open_store

    if look:
        from app.core.looking import look_at

        return look_at(path)
    from app.core import backups
    from app.core.errors import UserError

    backups.require_there(path, backup_place)
    store = open_store(path)
    with suppress(UserError):
        store.changed_elsewhere()  # what others write counts from here on
    return store


def _import_core() -> None:
    """What the first page needs and is slow to import, and names nothing of Qt's; and the zone's name."""
    for name in CORE:
        import_module(name)
    clock.zone()


def _show_icon(window: MainWindow) -> None:
    """For title bars and window lists that do not know the desktop entry."""
    from app.ui.kit.icons import app_icon

    if window.windowIcon().isNull():
        window.setWindowIcon(app_icon())


def _read_ahead(window: MainWindow) -> None:
    """Import the other pages while nobody waits for them; what is loaded by then is never garbage."""
    from app.ui.kit.background import run_in_background
    from app.ui.kit.garbage import keep_what_is_loaded
    from app.ui.kit.slices import Slices, imports, modules_in
    from app.ui.window.pages import PAGES

    def names() -> Iterator[str]:
        yield "app.ui.kit.chart"
        from app.ui.kit.chart.timechart import PLOT

        for package in ("app.ui.kit", *(kind.module.rpartition(".")[0] for kind in PAGES)):
            yield from modules_in(package, but=PLOT)

    def import_pages(_loaded: None) -> None:
        Slices(window, imports(names()), go_on)

    def go_on() -> None:
        keep_what_is_loaded()
        _keep_tidy(window)

    keep_what_is_loaded()
    run_in_background(window, _import_rest, import_pages)


def _import_rest() -> None:
    """What the other pages need of the core, and what SQLAlchemy would do at the first query."""
    from app.core.store import get_ready

    get_ready()
    for name in REST:
        import_module(name)


def _keep_tidy(window: MainWindow) -> None:
    """Now and from time to time, for a window that stays in the tray for weeks: thin versions, empty the Trash."""
    from app.ui.kit.background import run_in_background

    def tidy() -> None:
        store = window.store
        if store is not None and not store.is_read_only:
            run_in_background(window, lambda: _tidy(store), window.commands.remove_for_good)

    now_and_then = QTimer(window, interval=TIDY_EVERY_MS)
    now_and_then.setObjectName("tidying")
    now_and_then.timeout.connect(tidy)
    now_and_then.start()
    tidy()


def _tidy(store: Store) -> list[int]:
    """What is done for the journal when nobody waits; returns the items that leave the Trash for good."""
    from app.core import passphrase, trash, versions

    passphrase.settle_files(store)
    with store.read() as session:
        is_due = versions.has_old(session, now=clock.now())
        outdated = trash.outdated(session, now=clock.now())
    if is_due:
        with store.write() as session:
            versions.thin(session, now=clock.now())
    return outdated
