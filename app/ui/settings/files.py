"""How many pictures and files the journal keeps, and the removal of those that no entry has any more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import paths
from app.core import attachments
from app.core.attachments import Unused
from app.core.model import Attachment
from app.core.store import Store
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import label
from app.ui.kit.watch import watch


class FilesField(QWidget):
    """Counts beside the window: a journal may have thousands. `removal_wanted` asks to remove what is idle."""

    removal_wanted = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._folder = paths.files_dir(store.path)
        self.said = label(self.tr("Counting…"), "secondary", wrap=True)
        self.remove_button = button(
            self.tr("Remove"), role="danger", icon="trash-2", slot=self.removal_wanted.emit
        )
        self.remove_button.setAutoDefault(False)
        self.remove_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.said, 1)
        row.addWidget(self.remove_button)
        watch(self, store, [Attachment], self._count)
        self._count()

    def _count(self) -> None:
        run_in_background(self, self._look, lambda found: self._say(*found))

    def _look(self) -> tuple[tuple[int, int], Unused]:
        with self._store.read() as session:
            return attachments.kept_files(self._folder), attachments.unused(session, self._folder)

    def _say(self, kept: tuple[int, int], idle: Unused) -> None:
        count, size = kept
        size_text = self.locale().formattedDataSize
        said = self.tr("None yet. Paste or drop one into a page.")
        if count:
            said = self.tr("{count} kept beside the journal, {size}.").format(count=count, size=size_text(size))
        if idle.files:
            said += " " + self.tr("{count} of them, {size}, stand in no text and no version any more.").format(
                count=len(idle.files), size=size_text(idle.size)
            )
        self.said.setText(said)
        self.remove_button.setVisible(bool(idle.files))
