"""The real window, filled and painted without a screen, always the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from app.core import clock, demo, guide, journal
from app.core.store import open_store
from app.ui import start
from app.ui.kit import background, theme
from app.ui.kit.slices import Slices
from app.ui.roadmap.page import RoadmapPage
from app.ui.settings.dialog import SettingsDialog
from app.ui.window import MainWindow
from app.ui.window.pages import PAGES

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SIZE = (1280, 820)
GUIDE_SIZE = (1079, 760)
SHARP = 1.5
LONG = 240
LOOKS: dict[theme.Choice, str] = {"light": "", "dark": "-dark"}
SETTLED_MS = 60
GIVEN_UP_MS = 15_000

PAGE_NAMES = tuple(kind.name for kind in PAGES)


def wait_until(reached: Callable[[], bool]) -> None:
    """Let events go on until `reached`; a bug when it takes longer than `GIVEN_UP_MS`."""
    loop, gone = QEventLoop(), 0
    while not reached():
        QTimer.singleShot(10, loop.quit)
        loop.exec()
        gone += 10
        assert gone < GIVEN_UP_MS, "the window does not come to rest"


def wait(milliseconds: int) -> None:
    """Let events go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def make_demo(path: Path) -> None:
    """A journal at `path` with the demo in it."""
    store = open_store(path)
    demo.load_demo(store, today=NOW.date(), now=NOW, zone=clock.zone())
    store.close()


@contextmanager
def opened(path: Path, preferences: Path) -> Iterator[MainWindow]:
    """The window on the journal at `path`, in the light, alive."""
    chosen = QSettings(str(preferences), QSettings.Format.IniFormat)
    chosen.setValue("theme", "light")
    window = start.open_window(path, chosen)
    window.resize(*SIZE)
    try:
        wait_until(lambda: window.store is not None)
        yield window
    finally:
        window.close()
        background.shutdown()
        if window.store is not None:
            window.store.close()
        window.deleteLater()


def make_guide(journal: Path, preferences: Path) -> None:
    """Make the pictures of the user guide anew: pages without the window around them, and a dialog."""
    with opened(journal, preferences) as window:
        window.resize(*GUIDE_SIZE)
        for look, ending in LOOKS.items():
            for page in PAGE_NAMES:
                picture(window, page, look)
                if page == "journal":
                    _show_something_long(window)
                _keep(window.stack, page + ending)
            roadmap = window.show_page("roadmap")
            assert isinstance(roadmap, RoadmapPage)
            for view in ("timeline", "people", "board"):
                roadmap.show_view(view)
                wait(SETTLED_MS)
                if view != "board":
                    _keep(window.stack, view + ending)
            window.commands.show_settings()
            dialog = window.findChild(SettingsDialog)
            assert dialog is not None
            dialog.shown.set_value(dialog.sections.index(dialog.computer))
            dialog.stack.setCurrentWidget(dialog.computer)
            wait(SETTLED_MS)
            _keep(dialog, "computer" + ending, scale=1)
            dialog.reject()
            wait(SETTLED_MS)


def _show_something_long(window: MainWindow) -> None:
    """The newest entry with some text to look at."""
    assert window.store is not None
    with window.store.read() as session:
        for item_id in journal.entry_ids(session):
            opened_one = journal.entry(session, item_id)
            if opened_one is not None and len(opened_one.text) > LONG:
                break
        else:
            raise LookupError("the demo says nothing long")
    window.open_item(item_id)
    wait(SETTLED_MS)


def _keep(widget: QWidget, name: str, *, scale: float = SHARP) -> None:
    """Save in the guide what `widget` shows, in its 256 commonest colours: the difference cannot be seen.

    Args:
        scale: Dots for each pixel; a picture wider than the page is shown as wide as the page, so sharper.
    """
    image = QImage((widget.size().toSizeF() * scale).toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    widget.render(image)
    counted = Counter(memoryview(image.constBits()).cast("I"))
    table = [colour for colour, _ in counted.most_common(256)]
    fewer = image.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)
    fewer.save(str(guide.FOLDER / "pictures" / f"{name}.png"), quality=0)


def picture(window: MainWindow, page: str, look: theme.Choice) -> QPixmap:
    """`page` as it looks when everything on it has been read."""
    theme.watch().choose(look)
    shown = window.show_page(page)
    assert shown is not None

    def is_at_rest() -> bool:
        return not background.is_busy() and not window.findChildren(Slices)

    wait_until(is_at_rest)
    wait(SETTLED_MS)
    wait_until(is_at_rest)
    wait(SETTLED_MS)
    return window.grab()
