"""One window for one file: a second start raises the first."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS: Final = 1500
WORD_MS: Final = 100
END_MS: Final = 10_000
LOCK: Final = b"lock"
WRITE: Final = b"write"
NO: Final = b"no"


class Claim(QObject):
    """This process is the one that has `path` open, until `release`.

    Signals:
        write_wanted: Another start has something to write down; the window is raised by then.
    """

    write_wanted = Signal()

    def __init__(self, lock: QLockFile | None, name: str) -> None:
        super().__init__()
        self._lock = lock
        self._name = name
        self._server: QLocalServer | None = None
        self._asker: QLocalSocket | None = None

    def answer(self, window: QWidget, lock: Callable[[], str]) -> None:
        """Raise `window` when another start asks for the same file, but not to write; `lock` when it is asked to.

        Args:
            lock: Locks the file: "ends" where the program ends for that, "locked" where it is so, else "no".
        """
        from PySide6.QtNetwork import QLocalServer

        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)

        def raise_window() -> None:
            connection = server.nextPendingConnection()
            if connection is None:
                return
            word = bytes(connection.readAll().data()) if connection.waitForReadyRead(WORD_MS) else b""
            if word and word != WRITE:
                self._asker = connection  # where the program ends it hears of it when the file is let go of
                said = lock() if word == LOCK else "no"
                if said == "ends":
                    return
                self._asker = None
                connection.write(said.encode())
                connection.waitForBytesWritten(ANSWER_MS)
                connection.disconnectFromServer()
                return
            connection.deleteLater()
            if word == WRITE:
                self.write_wanted.emit()
                return
            window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

        server.newConnection.connect(raise_window)
        server.listen(self._name)

    def release(self) -> None:
        """Let another process have the file."""
        if self._asker is not None:
            self._asker.abort()
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.unlock()


def claim(path: Path, *, quietly: bool = False, write: bool = False) -> Claim | None:
    """Have `path` for this process; None when another has it, whose window is then raised unless `quietly`.

    With `write` that one is asked to let something be written down instead.

    Where no lock can be made (a read-only folder) the claim holds nothing: opening the file says why.
    """
    place = path.absolute()
    name = _name_of(place)
    lock = QLockFile(str(place.with_name(place.name + ".lock")))
    lock.setStaleLockTime(0)
    if os.path.isdir(place.parent) or _made(place.parent):
        if lock.tryLock(0):
            return Claim(lock, name)
        if lock.error() is QLockFile.LockError.LockFailedError:
            if not quietly:
                _ask_to_rise(name, WRITE if write else b"")
            return None
    return Claim(None, name)


def ask_to_lock(path: Path) -> bool:
    """Have whatever window shows the file locked; False where it stays open."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_name_of(path.absolute()))
    if not socket.waitForConnected(ANSWER_MS):
        return True  # nobody shows it
    socket.write(LOCK)
    socket.waitForBytesWritten(ANSWER_MS)
    if socket.waitForReadyRead(END_MS):
        return bytes(socket.readAll().data()) != NO
    return socket.state() is QLocalSocket.LocalSocketState.UnconnectedState


def _name_of(place: Path) -> str:
    digest = QCryptographicHash.hash(str(place).encode(), QCryptographicHash.Algorithm.Sha256)
    return "northing-" + digest.toHex().toStdString()[:16]


def _made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError:
        return False
    return True


def _ask_to_rise(name: str, word: bytes) -> None:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if socket.waitForConnected(ANSWER_MS):
        if word:
            socket.write(word)
            socket.waitForBytesWritten(ANSWER_MS)
            socket.waitForDisconnected(WORD_MS)
        socket.disconnectFromServer()
