"""Backups: which there are, what going back to one would change, and going back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app import paths
from app.core import backups, clock
from app.core.backups import Backup, Difference
from app.core.errors import UserError, reason_of
from app.core.refusals import JournalLocked
from app.core.store import Store
from app.ui.kit import dates, icons
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog
from app.ui.kit.numbers import counted
from app.ui.settings.changes import MOST_LISTED, Changes
from app.ui.settings.unlocking import UnlockRow

WIDTH = 860
LIST_WIDTH = 304
HEIGHT = 380


class BackupsDialog(Dialog):
    """Lists the backups, newest first; the right side shows what the chosen one would change.

    Signals:
        restore_requested: The path of the backup to go back to, and the uids to bring back ([] for all).
        backup_requested: Take one now. place_changed: Backups go elsewhere from now on; the first one there.
    """

    restore_requested = Signal(object, object)
    backup_requested = Signal()
    place_changed = Signal(object)

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Backups"), parent.tr("Go back to this backup"), width=WIDTH)
        self._store = store
        self._folder = backups.place_of(store)
        self._backups: list[Backup] = []
        self.place = label("", "secondary", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Backups, newest first"))
        self.list.setMinimumWidth(LIST_WIDTH)
        self.list.setIconSize(QSize(16, 16))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.said = label("", "strong", wrap=True)
        self.unlock = UnlockRow()
        self.unlock.opened.connect(lambda: self._choose(self.list.currentRow()))
        self.unlock.refused.connect(self.said.setText)
        self.changes = Changes()
        self.items_button = button(self.tr("Bring back only these"), slot=self._bring_items)
        self.items_button.setEnabled(False)
        self.list.currentRowChanged.connect(self._choose)
        self.changes.looked_at.connect(self._read)
        self.changes.chosen.connect(lambda: self.items_button.setEnabled(bool(self.changes.uids())))
        self.other_button = button(
            self.tr("Compare another file…"), role="quiet", icon="scale", slot=self._ask_other
        )
        self.other_button.setAutoDefault(False)
        self._lay_out()
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """List what lies there now."""
        self._folder = backups.place_of(self._store)
        self._backups = backups.listed(self._folder)
        self.place.setText(
            self.tr("Kept in {folder}: every backup is a whole journal and was read again in full.").format(
                folder=self._folder
            )
            if self._backups
            else self.tr("There is no backup in {folder} yet.").format(folder=self._folder)
        )
        self.list.clear()
        for backup in self._backups:
            self.list.addItem(self._row(backup))
        self.primary.setEnabled(False)
        self.changes.show_differences([])
        self.changes.hide()
        self.said.setText(
            self.tr("Choose a backup to see what would change.")
            if self._backups
            else self.tr(
                "“Back up now” takes the first one; otherwise it comes by itself once something is written."
            )
        )
        self.list.setCurrentRow(0 if self._backups else -1)

    def save(self) -> bool:
        backup = self._backups[self.list.currentRow()]
        self.restore_requested.emit(backup.path, [])
        return True

    # ------------------------------------------------------------ the list

    def _row(self, backup: Backup) -> QListWidgetItem:
        local = backup.at.astimezone(clock.zone())
        when = f"{dates.weekday_and_short_day(local.date(), clock.wall().date())}, {local:%H:%M}"
        size = QLocale().formattedDataSize(backup.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        if backup.reason == "other":
            when, count = backup.path.name, self.tr("of {when}").format(when=when)
        elif backup.is_verified:
            count = counted(backup.items, self.tr("one item"), self.tr("{count} items"))
        else:
            count = self.tr("not verified")
        told = when if backup.reason == "other" else f"{when} · {self._reason(backup.reason)}"
        made = QListWidgetItem(f"{told}\n{count} · {size}")
        made.setIcon(icons.icon("shield-check" if backup.is_verified else "circle-question-mark", role="text2"))
        made.setSizeHint(QSize(LIST_WIDTH, 48))
        made.setToolTip(str(backup.path))
        return made

    def _reason(self, reason: str) -> str:
        return {
            "start": self.tr("at a start"),
            "time": self.tr("while you worked"),
            "migration": self.tr("before an update"),
            "import": self.tr("before an import"),
            "delete": self.tr("before a deletion"),
            "restore": self.tr("before going back"),
            "asked": self.tr("asked for"),
            "passphrase": self.tr("passphrase changed"),
        }.get(reason, self.tr("unknown"))

    def _choose(self, place: int) -> None:
        self.changes.show_differences([])
        self.primary.setEnabled(False)
        if self.unlock.isAncestorOf(self.focusWidget()):
            self.list.setFocus()
        self.unlock.hide()
        if not 0 <= place < len(self._backups):
            return
        self.said.setText(self.tr("Comparing…"))
        store, path = self._store, self._backups[place].path

        def show(found: list[Difference]) -> None:
            if self.list.currentRow() == place and self._backups[place].path == path:
                self.changes.show_differences(found)
                self._say_differences(found)
                self.primary.setEnabled(True)

        run_in_background(self, lambda: backups.differences(store, path), show, failed=self._cannot_read)

    def _cannot_read(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.said.setText(str(error))
        self.changes.hide()
        if isinstance(error, JournalLocked):
            self.said.setText(self.tr("It was made under another passphrase."))
            self.unlock.ask(self._backups[self.list.currentRow()].path, takes_focus=False)

    # ------------------------------------------------------------ what would change

    def _say_differences(self, found: Sequence[Difference]) -> None:
        self.changes.setVisible(bool(found))
        if not found:
            self.said.setText(self.tr("Every entry in this backup is as it is now."))
            return
        counts = Counter(one.change for one in found)
        parts = [
            text.format(count=QLocale().toString(counts[change]))
            for change, text in (
                ("changed", self.tr("changes {count}")),
                ("back", self.tr("brings back {count}")),
                ("gone", self.tr("removes {count} that came later")),
            )
            if counts[change]
        ]
        more = (
            self.tr(" The first {count} are listed.").format(count=MOST_LISTED) if len(found) > MOST_LISTED else ""
        )
        self.said.setText(
            self.tr("Going back {changes}. The journal as it is now is backed up before.").format(
                changes=self.tr(", ").join(parts)
            )
            + more
        )

    def _read(self, one: Difference) -> None:
        if self.list.currentRow() < 0:
            return
        store, path = self._store, self._backups[self.list.currentRow()].path

        def show(found: tuple[str | None, str | None]) -> None:
            self.changes.show_texts(one, *found)

        run_in_background(self, lambda: backups.texts(store, path, one.uid), show, failed=self._cannot_read)

    def _bring_items(self) -> None:
        self.restore_requested.emit(self._backups[self.list.currentRow()].path, self.changes.uids())
        super().reject()

    # ------------------------------------------------------------ another file

    def compare(self, *others: Path) -> None:
        """List journal files above the backups, conflict copies for instance, and choose the first one."""
        chosen, before = self.list.currentRow(), len(self._backups)
        self.list.setCurrentRow(-1)
        for path in reversed(others):
            try:
                stat = path.stat()
            except OSError as error:
                self.say(self.tr("“{path}” cannot be read: {why}.").format(path=path, why=reason_of(error)))
                continue
            at = datetime.fromtimestamp(stat.st_mtime, UTC)
            self._backups.insert(0, Backup(path, at, "other", 0, 0, stat.st_size))
            self.list.insertItem(0, self._row(self._backups[0]))
        self.list.setCurrentRow(0 if len(self._backups) > before else chosen)

    def _ask_other(self) -> None:
        dialog = QFileDialog(self, self.tr("A journal to compare with yours"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Journals (*{suffix})").format(suffix=paths.JOURNAL_SUFFIX))
        dialog.setDirectory(str(self._store.path.parent))
        dialog.fileSelected.connect(lambda chosen: self.compare(Path(chosen)))
        dialog.open()

    # ------------------------------------------------------------ the place

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _ask_place(self) -> None:
        dialog = QFileDialog(self, self.tr("Where backups go"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.choose_place)
        dialog.open()

    def choose_place(self, folder: str) -> None:
        """Put backups into `folder` from now on; those in the old one stay where they are."""
        store, now = self._store, clock.now()
        chosen = "" if Path(folder) == self._usual() else folder
        self.say("")
        self.place.setText(self.tr("Backing up to {folder}…").format(folder=folder))
        run_in_background(
            self, lambda: backups.move(store, chosen, now=now), self._moved, failed=self._cannot_move
        )

    def _moved(self, made: Backup) -> None:
        self.place_changed.emit(made)
        self.refresh()

    def _cannot_move(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.refresh()
        self.say(self.tr("{reason} Backups go on where they went.").format(reason=str(error)))

    def _usual(self) -> Path:
        return backups.folder_of(self._store.path).parent

    def _back_up(self) -> None:
        self.backup_requested.emit()
        super().reject()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignLeft)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(8, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.said)
        side.addWidget(self.unlock)
        side.addWidget(self.changes, 1)
        side.addStretch(0)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(left)
        parts.addWidget(right)
        parts.setStretchFactor(1, 1)
        parts.setChildrenCollapsible(False)
        parts.setMinimumHeight(HEIGHT)
        self.body.addWidget(self.place)
        self.body.addWidget(parts, 1)
        for place, made in enumerate(
            (
                button(self.tr("Back up now"), slot=self._back_up),
                button(self.tr("Other place…"), slot=self._ask_place),
                button(self.tr("Open folder"), slot=self._open_folder),
            )
        ):
            made.setAutoDefault(False)
            self.buttons.insertWidget(place, made)
        self.items_button.setAutoDefault(False)
        self.buttons.insertWidget(self.buttons.count() - 1, self.items_button)
