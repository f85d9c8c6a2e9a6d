"""The files of an entry, below its text: what they are called, and what can be done with each."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIcon, QPixmap
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from app.core import files
from app.core.attachments import AttachmentRow
from app.core.errors import reason_of
from app.ui.filing.showing import show_in_folder
from app.ui.kit import icons
from app.ui.kit.actions import button
from app.ui.kit.pictures import SHARPNESS, Thumbnails
from app.ui.kit.room import FlowLayout
from app.ui.kit.tips import plain_tip

SIDE: Final = 20
LONGEST: Final = 28
OPENED: Final = ("image/", "audio/", "video/", "text/plain", "text/csv", "application/pdf", "application/vnd.")
"""What is handed to its program on a click: nothing that a computer would run."""


class FilesBar(QWidget):
    """A button for each file, with its picture where it is one; hidden without any."""

    pointer_wanted = Signal(object)
    away_wanted = Signal(object)
    failed = Signal(str)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._thumbnails = Thumbnails(SIDE, self)
        self._thumbnails.arrived.connect(self._dress)
        self._flow = FlowLayout(self, spacing=4)
        self._buttons: list[QPushButton] = []
        self._opened: tempfile.TemporaryDirectory[str] | None = None
        self.rows: list[AttachmentRow] = []
        self.hide()

    def show_rows(self, rows: Sequence[AttachmentRow]) -> None:
        """Show these files."""
        if list(rows) != self.rows:
            self.rows = list(rows)
            while item := self._flow.takeAt(0):
                if widget := item.widget():
                    widget.hide()
                    widget.deleteLater()
            self._buttons = [self._button(row) for row in rows]
            for made in self._buttons:
                self._flow.addWidget(made)
            self._dress()
        self.setVisible(bool(rows))
        self.updateGeometry()

    def buttons(self) -> list[QPushButton]:
        """The buttons in the order of the files."""
        return list(self._buttons)

    def offer(self, row: AttachmentRow, over: QWidget) -> QMenu:
        """What can be done with a file, as a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = [
            (self.tr("Show it in the text"), "link", partial(self.pointer_wanted.emit, row)),
            (self.tr("Save a copy…"), "download", partial(self._ask_place, row)),
            (self.tr("Show in folder"), "folder-open", partial(self._show_in_folder, row)),
            (self.tr("Take it off this entry"), "x", partial(self.away_wanted.emit, row)),
        ]
        if row.media.startswith(OPENED):
            choices.insert(0, (self.tr("Open"), "external-link", partial(self.open_copy, row)))
        for text, icon, slot in choices:
            menu.addAction(icons.icon(icon), text).triggered.connect(slot)
        menu.popup(over.mapToGlobal(over.rect().bottomLeft()))
        return menu

    def copy_to(self, row: AttachmentRow, target: Path) -> bool:
        """Write a copy of the file to `target`; whether that could be."""
        try:
            raw = files.read(self._folder, row.sha256)
            if raw is None:
                raise FileNotFoundError(2, self.tr("the file is lost or damaged"))
            target.write_bytes(raw)
        except OSError as error:
            why = reason_of(error)
            self.failed.emit(self.tr("“{place}” could not be written: {why}.").format(place=target, why=why))
            return False
        return True

    def open_copy(self, row: AttachmentRow) -> None:
        """Hand a copy of the file, by its own name, to the program for it; copies go when Northing ends."""
        if self._opened is None:
            self._opened = tempfile.TemporaryDirectory(prefix="northing-", ignore_cleanup_errors=True)
        target = Path(self._opened.name) / row.name
        if self.copy_to(row, target):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    def _button(self, row: AttachmentRow) -> QPushButton:
        stem = row.name if len(row.name) <= LONGEST else f"{row.name[:16]}…{row.name[-10:]}"
        size = self.locale().formattedDataSize(row.size)
        made = button(stem, role="quiet", icon="image" if row.is_picture else "paperclip")
        made.setToolTip(plain_tip(f"{row.name}, {size}"))
        made.clicked.connect(lambda: self.offer(row, made))
        return made

    def _dress(self) -> None:
        for row, made in zip(self.rows, self._buttons, strict=True):
            small = self._thumbnails.of(self._folder / row.sha256) if row.is_picture else None
            if small is not None:
                shown = QPixmap.fromImage(small)
                shown.setDevicePixelRatio(SHARPNESS)
                made.setIcon(QIcon(shown))
                made.setIconSize(QSize(SIDE, SIDE))

    def _show_in_folder(self, row: AttachmentRow) -> None:
        show_in_folder(files.place(self._folder, row.sha256) or self._folder / row.sha256)

    def _ask_place(self, row: AttachmentRow) -> None:
        dialog = QFileDialog(self, self.tr("Save a copy"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(row.name)
        dialog.fileSelected.connect(lambda name: self.copy_to(row, Path(name)))
        dialog.open()
