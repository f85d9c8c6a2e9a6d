"""Pictures from untrusted bytes: known formats only, never larger than asked for, decoded off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from app.ui.kit.background import run_in_background

FORMATS: Final = frozenset({"png", "jpeg", "jpg", "gif", "webp", "bmp"})
"""What is drawn; SVG is not among them, for it may point to other files."""

SHARPNESS: Final = 2
"""Pixels decoded for each that is drawn, for screens of twice the density."""


def picture(path: Path, width: int) -> QImage | None:
    """The picture in a file, at most `width` wide as it is drawn; None where it is none that can be shown."""
    return _read(path, lambda _size: QSize(width * SHARPNESS, 1 << 14))


def thumbnail(path: Path, side: int) -> QImage | None:
    """A square cut from the middle of the picture in a file, `side` wide as it is drawn; None where it is none."""
    side *= SHARPNESS

    def room(size: QSize) -> QSize:
        longest = side * max(size.width(), size.height()) // max(1, min(size.width(), size.height()))
        return QSize(min(longest, side * 8), min(longest, side * 8))

    image = _read(path, room)
    if image is None:
        return None
    image = image.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)


def _read(path: Path, room: Callable[[QSize], QSize]) -> QImage | None:
    file = _opened(path)
    if file is None:
        return None
    reader = QImageReader(file)
    reader.setDecideFormatFromContent(True)
    if not reader.canRead() or bytes(reader.format().data()).decode() not in FORMATS:
        return None
    reader.setAutoTransform(True)
    size = reader.size()
    wanted = room(size)
    if size.isValid() and (size.width() > wanted.width() or size.height() > wanted.height()):
        reader.setScaledSize(size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    file.close()
    return None if image.isNull() else image


def read_missing_by(reader: Callable[[Path], bytes | None]) -> None:
    """Let `reader` give what a file holds that is not at its place as it is; it is called on any thread."""
    _readers[:] = [reader]


_readers: Final[list[Callable[[Path], bytes | None]]] = []


def _opened(path: Path) -> QIODevice | None:
    file = QFile(str(path))
    if file.open(QIODevice.OpenModeFlag.ReadOnly):
        return file
    raw = next((raw for reader in _readers if (raw := reader(path)) is not None), None)
    if raw is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(raw))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer


class Pictures(QObject):
    """Pictures as `read` makes them of files, the latest `most` kept; `arrived` tells that one more is there."""

    arrived = Signal()

    def __init__(self, read: Callable[[Path], QImage | None], most: int, parent: QObject) -> None:
        super().__init__(parent)
        self._read, self._most = read, most
        self._held: OrderedDict[Path, QImage | None] = OrderedDict()

    def of(self, path: Path) -> QImage | None:
        """The picture in a file; None while it is read, and for good where there is none."""
        if path in self._held:
            self._held.move_to_end(path)
            return self._held[path]
        self._held[path] = None
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        run_in_background(self, lambda: self._read(path), lambda image: self._take(path, image))
        return None

    def _take(self, path: Path, image: QImage | None) -> None:
        if image is not None:
            self._held[path] = image
            self.arrived.emit()


class Thumbnails(Pictures):
    """Small squares, `side` wide as they are drawn."""

    def __init__(self, side: int, parent: QObject, *, most: int = 400) -> None:
        super().__init__(lambda path: thumbnail(path, side), most, parent)
        self.side = side
