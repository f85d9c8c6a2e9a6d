"""Pictures and files into the entry that is being written: pasted, dropped or chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from app import paths
from app.core import attachments, clock
from app.core.attachments import AttachmentRow, Kept
from app.core.errors import UserError
from app.core.store import Store
from app.core.writing import Writing
from app.ui.filing.bar import FilesBar
from app.ui.kit.background import run_in_background
from app.ui.kit.editor import Autosaver, MarkdownEditor

MOST_AT_ONCE: Final = 100


class Filing(QObject):
    """Serves one editor: takes in what is offered to it, and keeps `bar`, the files below it, in step.

    Signals:
        began: An entry began with a file (its id). failed: Why a file was not taken in, in a sentence.
        taken_off: A sentence of a file that is off the entry, and how it comes back.
    """

    began = Signal(int)
    failed = Signal(str)
    taken_off = Signal(str, object)

    def __init__(
        self,
        store: Store,
        editor: MarkdownEditor,
        autosaver: Autosaver,
        writing: Callable[[], Writing | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._store, self._editor, self._autosaver, self._writing = store, editor, autosaver, writing
        self.folder = paths.files_dir(store.path)
        self.bar = FilesBar(self.folder, parent)
        self.bar.pointer_wanted.connect(lambda row: self._point_to([row]))
        self.bar.away_wanted.connect(self._take_off)
        self.bar.failed.connect(self.failed)
        editor.takes_files = True
        editor.files_offered.connect(self._take)

    def follow(self) -> None:
        """Show the files of what is being written."""
        writing = self._writing()
        rows: list[AttachmentRow] = []
        if writing is not None and writing.id is not None:
            with self._store.read() as session:
                rows = attachments.on_show(session, writing.id, self._editor.text())
        self.bar.show_rows(rows)

    def place(self, target: str) -> Path | None:
        """Where the file lies that the text calls `target`; None where it calls something else so."""
        row = attachments.named(self.bar.rows, target)
        return self.folder / row.sha256 if row else None

    def offer(self, target: str) -> bool:
        """Offer what can be done with the file that the text calls `target`; whether there is one."""
        row = attachments.named(self.bar.rows, target)
        if row is not None:
            self.bar.offer(row, self.bar.buttons()[self.bar.rows.index(row)])
        return row is not None

    def take_files(self, files: Sequence[Path]) -> None:
        """Keep copies of files of this computer and point to them at the cursor."""
        if len(files) > MOST_AT_ONCE:
            self.failed.emit(self.tr("More than {most} files at once are too many.").format(most=MOST_AT_ONCE))
        elif files:
            self._keep(lambda: self._kept(files))

    def choose(self) -> None:
        """Ask for files."""
        if self._writing() is None:
            return
        dialog = QFileDialog(self._editor.window(), self.tr("Attach files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.take_files([Path(name) for name in names]))
        dialog.open()

    def _take(self, offered: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in offered.urls() if url.isLocalFile()]
        image = offered.imageData()
        if files:
            self.take_files(files)
        elif isinstance(image, QImage) and not image.isNull():
            name = f"{clock.now().astimezone(clock.zone()):%Y-%m-%d %H.%M.%S}.png"
            self._keep(lambda: ([attachments.keep(self.folder, name, _png(image))], []))

    def _kept(self, files: Sequence[Path]) -> tuple[list[Kept], list[UserError]]:
        """Copies of those that can be read, and why others cannot."""
        kept, refused = [], []
        for file in files:
            try:
                kept.append(attachments.keep_file(self.folder, file))
            except UserError as error:
                refused.append(error)
        return kept, refused

    def _keep(self, work: Callable[[], tuple[list[Kept], list[UserError]]]) -> None:
        writing = self._writing()
        if writing is not None and self._autosaver.flush():
            run_in_background(self, work, lambda made: self._take_in(writing, *made), failed=self._fail)

    def _take_in(self, writing: Writing, kept: list[Kept], refused: list[UserError]) -> None:
        if kept:
            self._attach(writing, kept)
        if refused:
            self._fail(refused[0])

    def _attach(self, writing: Writing, kept: list[Kept]) -> None:
        begins = writing.id is None
        is_here = writing is self._writing()
        if is_here and not self._autosaver.flush():
            return
        rows = writing.attach(kept)
        if is_here:
            self._point_to(rows)
            self._autosaver.flush()
            self.follow()
        else:  # another entry was opened meanwhile
            writing.append("\n".join(row.pointer for row in rows))
        if begins and writing.id is not None:
            self.began.emit(writing.id)

    def _point_to(self, rows: Sequence[AttachmentRow]) -> None:
        """Pictures stand on lines of their own, other files within the line."""
        cursor = self._editor.textCursor()
        has_picture = any(row.is_picture for row in rows)
        before = cursor.block().text()[: cursor.selectionStart() - cursor.block().position()]
        lead = "\n" if has_picture and before.strip() else ""
        glue = "\n" if has_picture else ", "
        cursor.insertText(lead + glue.join(row.pointer for row in rows) + ("\n" if has_picture else ""))
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()

    def _take_off(self, row: AttachmentRow) -> None:
        """Take a file off the entry, and what points to it out of its text."""
        writing = self._writing()
        if writing is None or writing.id is None or not self._autosaver.flush():
            return
        item_id, before = writing.id, self._editor.text()
        after = attachments.without(before, row)
        self._editor.apply_text(after)
        self._autosaver.flush()
        with self._store.write() as session:
            attachments.detach(session, item_id, row)
        self.follow()

        def bring_back() -> None:
            with self._store.write() as session:
                attachments.bring_back(session, item_id, row, now=clock.now())
            now_here = self._writing()
            if now_here is not None and now_here.id == item_id and self._editor.text() == after:
                self._editor.apply_text(before)
                self._autosaver.flush()
            self.follow()

        self.taken_off.emit(self.tr("“{name}” is off this entry.").format(name=row.name), bring_back)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(str(error))


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
