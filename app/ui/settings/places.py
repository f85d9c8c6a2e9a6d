"""Where is my data?: every place in which Northing keeps something, with its size, and what to know about it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import paths
from app.core import backups
from app.core.errors import UserError
from app.core.store import Store
from app.core.whereabouts import Whereabouts, keep_to_oneself, set_aside, whereabouts
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog
from app.ui.kit.numbers import counted

WIDTH = 620
MOST_ASIDE = 3
MOST_NAMED = 3


class PlacesDialog(Dialog):
    """Lists the places; sizes and warnings come when they are known."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Where is my data?"), parent.tr("Close"), width=WIDTH)
        self._store = store
        self.places = self._known(store.path, backups.place_of(store))
        self.body.addWidget(
            label(
                self.tr("What you write is kept in these places and nowhere else. Nothing leaves them by itself."),
                "secondary",
                wrap=True,
            )
        )
        self._sizes = {}
        for name, path in self.places.items():
            size = self._sizes[path] = label("", "hint")
            self.body.addLayout(self._row(name, path, size))
        self.cancel.hide()  # there is nothing to cancel
        self.warning = label("", "strong", wrap=True)
        self.warning.hide()
        self.own_button = button(self.tr("Keep others out"), icon="lock", slot=self._keep_others_out)
        self.own_button.setAutoDefault(False)
        self.own_button.hide()
        self.body.addWidget(self.warning)
        self.body.addWidget(self.own_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self._look()

    def _known(self, journal: Path, folder: Path) -> dict[str, Path]:
        """Places by name; those that not everybody has only where they are."""
        found = {
            self.tr("Journal"): journal,
            self.tr("Pictures and files"): paths.files_dir(journal),
            self.tr("Backups"): folder,
        }
        aside = set_aside(journal)
        for number, path in enumerate(aside[-MOST_ASIDE:], start=1):
            found[self.tr("Set aside when a backup took its place ({number})").format(number=number)] = path
        unsaved = sorted(paths.data_dir().glob("Unsaved text *.md"))
        for path in unsaved[-1:]:
            found[self.tr("Text that could not be saved")] = path
        if os.path.exists(paths.recovery_file(journal)):
            found[self.tr("Recovery file, useless without the code")] = paths.recovery_file(journal)
        found[self.tr("Choices of this computer")] = paths.preferences_file()
        found[self.tr("Log, without a word of yours")] = paths.log_file()
        return found

    def _look(self) -> None:
        all_paths, journal = list(self.places.values()), self._store.path
        run_in_background(self, lambda: ([size_of(path) for path in all_paths], whereabouts(journal)), self._show)

    def _keep_others_out(self) -> None:
        self.say("")
        try:
            keep_to_oneself(self._store.path)
        except UserError as error:
            self.say(str(error))
        self._look()

    def _row(self, name: str, path: Path, size: QWidget) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(name, "field"))
        head.addWidget(size)
        head.addStretch(1)
        words.addLayout(head)
        place = label(str(path), "secondary", wrap=True)
        words.addWidget(place)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        shown = path if os.path.isdir(path) else path.parent

        def reveal() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))

        opens = button(self.tr("Open folder"), role="quiet", slot=reveal)
        opens.setAutoDefault(False)
        opens.setAccessibleName(self.tr("Open the folder of: {name}").format(name=name))
        row.addWidget(opens)
        return row

    def _show(self, found: tuple[list[int | None], Whereabouts]) -> None:
        sizes, place = found
        for shown, size in zip(self._sizes.values(), sizes, strict=True):
            shown.setText(
                self.tr("not there yet")
                if size is None
                else QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
            )
        said = sentences(place, self)
        self.warning.setText("\n\n".join(said))
        self.warning.setVisible(bool(said))
        self.own_button.setVisible(place.is_open_to_others)
        if layout := self.layout():
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))


def sentences(place: Whereabouts, by: QWidget) -> list[str]:
    """What a person should know about the place of the journal, nothing where all is well."""
    said = []
    if place.synced_by:
        said.append(
            by.tr(
                "{service} carries this folder to other computers, piece by piece. Close Northing here before you "
                "open it there, or let {service} have the backups and keep the journal elsewhere."
            ).format(service=place.synced_by)
        )
    if place.is_on_network:
        said.append(
            by.tr(
                "The journal lies on a network drive, where two computers cannot lock a file reliably. "
                "Open it from one computer at a time."
            )
        )
    if place.is_open_to_others:
        said.append(
            by.tr(
                "Other people who use this computer may read the journal. “Where is my data?” can keep them out."
            )
        )
    if place.conflicts:
        names = ", ".join(f"“{path.name}”" for path in place.conflicts[:MOST_NAMED])
        one = by.tr(
            "{names} beside the journal looks like a version from another computer. "
            "File → Backups… compares it with yours, and brings over what you choose."
        )
        many = by.tr(
            "{names} beside the journal look like versions from other computers. "
            "File → Backups… compares each with yours, and brings over what you choose."
        )
        more = " …" if len(place.conflicts) > MOST_NAMED else ""
        said.append(counted(len(place.conflicts), one, many).format(names=names + more))
    return said


def size_of(path: Path) -> int | None:
    """Bytes in the file, with the log of a journal that is open, or in the folder; None where it is not there."""
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        log = path.with_name(path.name + "-wal")
        return path.stat().st_size + (log.stat().st_size if log.exists() else 0)
    except OSError:
        return None
