"""One window for one file: a second start raises the first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

ANSWER_MS: Final = 1500


class Claim(QObject):
    """This process is the one that has `path` open, until `release`."""

    def __init__(self, lock: QLockFile | None, name: str) -> None:
        super().__init__()
        self._lock = lock
        self._name = name
        self._server: QLocalServer | None = None

    def answer(self, window: QWidget) -> None:
        """Raise `window` whenever another start asks for the same file."""
        from PySide6.QtNetwork import QLocalServer

        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)

        def raise_window() -> None:
            connection = server.nextPendingConnection()
            if connection is not None:
                connection.deleteLater()
            window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

        server.newConnection.connect(raise_window)
        server.listen(self._name)

    def release(self) -> None:
        """Let another process have the file."""
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.unlock()


def claim(path: Path) -> Claim | None:
    """Have `path` for this process; None when another has it, whose window is then raised.

    Where no lock can be made (a read-only folder) the claim holds nothing: opening the file says why.
    """
    place = path.absolute()
    digest = QCryptographicHash.hash(str(place).encode(), QCryptographicHash.Algorithm.Sha256)
    name = "northing-" + digest.toHex().toStdString()[:16]
    lock = QLockFile(str(place.with_name(place.name + ".lock")))
    lock.setStaleLockTime(0)
    if place.parent.is_dir() or _made(place.parent):
        if lock.tryLock(0):
            return Claim(lock, name)
        if lock.error() is QLockFile.LockError.LockFailedError:
            _ask_to_rise(name)
            return None
    return Claim(None, name)


def _made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError:
        return False
    return True


def _ask_to_rise(name: str) -> None:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if socket.waitForConnected(ANSWER_MS):
        socket.disconnectFromServer()
