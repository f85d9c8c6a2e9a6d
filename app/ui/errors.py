"""Where every exception ends: a sentence in the window, or a log entry and a dialog. Never entry text."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app import APP_NAME, __version__
from app.core import machine
from app.core.errors import UserError, reason_of
from app.ui.kit.background import on_gui_thread
from app.ui.kit.saving import refusal

log = logging.getLogger("northing")


def keep_log(path: Path) -> None:
    """Write the log to `path`, three files of 200 kB at most; without a place for it, go on without."""
    if any(getattr(kept, "baseFilename", "") == str(path.absolute()) for kept in log.handlers):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return
    log.addHandler(_LaterFile(path))
    log.setLevel(logging.INFO)


def log_start() -> None:
    """Note which Northing began, on what."""
    log.info("%s %s, %s, Python %s", APP_NAME, __version__, machine.system(), platform.python_version())


class _LaterFile(logging.Handler):
    """A log file that is begun with its first line: what turns it over brings sockets and queues, and 5 ms."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.baseFilename = str(path.absolute())
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self.baseFilename, maxBytes=200_000, backupCount=2, encoding="utf-8", delay=True
            )
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def keep_crashes(path: Path) -> None:
    """Let `path` tell, from now on, where the program was when Qt or a driver brought it down; nothing else."""
    try:
        file = path.open("a", encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(file)  # keeps the file open until the end, as it must


def catch_all(window: QWidget, say: Callable[[UserError], None]) -> None:
    """Send every exception that nobody caught to `say` (it has a sentence) or to the log and a dialog."""

    def end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, UserError):
            say(error)
        elif isinstance(error, OSError):
            log.error(described(error))
            say(UserError(_reason(error)))
        else:
            log.error(described(error))
            _tell(window, kind.__name__)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if threading.current_thread() is threading.main_thread():
            end(kind, error, trace)
        else:
            on_gui_thread(lambda: end(kind, error, trace))

    sys.excepthook = hook
    threading.excepthook = lambda args: hook(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Say in a sentence why `file` cannot be written, where the disk refuses it within.

    Raises:
        UserError: it cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise UserError(refusal(file, error)) from error


def described(error: BaseException) -> str:
    """The exception's type and where it passed; not its message, which may quote what was written."""
    lines = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([type(error).__name__, *lines])


def _reason(error: OSError) -> str:
    """What a disk or the system refused, as a sentence."""
    if not error.filename:
        return _tr("The system refuses this: {reason}.").format(reason=reason_of(error))
    said = _tr("“{file}” cannot be reached: {reason}. Is its drive connected?")
    return said.format(file=error.filename, reason=reason_of(error))


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)


def _tell(window: QWidget, kind: str) -> None:

    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(APP_NAME)
    box.setText(_tr("Something in {app} went wrong ({kind}).").format(app=APP_NAME, kind=kind))
    box.setInformativeText(
        _tr(
            "What you wrote is kept and you can go on. "
            "Where it happened stands in the log; the log never holds your words."
        )
    )
    box.open()
