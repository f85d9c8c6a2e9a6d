"""Where is my data?: every place in which Northing keeps something, with its size, and what to know about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import paths
from app.core import backups
from app.core.store import Store
from app.core.whereabouts import Whereabouts, whereabouts
from app.ui.kit.actions import button
from app.ui.kit.background import run_in_background
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog

WIDTH = 620


class PlacesDialog(Dialog):
    """Lists the places; sizes and warnings come when they are known."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Where is my data?"), parent.tr("Close"), width=WIDTH)
        self._store = store
        folder = backups.place_of(store)
        self.places = {
            self.tr("Journal"): store.path,
            self.tr("Pictures and files"): paths.files_dir(store.path),
            self.tr("Backups"): folder,
            self.tr("Choices of this computer"): paths.preferences_file(),
            self.tr("Log, without a word of yours"): paths.log_file(),
        }
        self.body.addWidget(
            label(
                self.tr("All of it is on this computer, readable by you alone. Nothing else is kept anywhere."),
                "secondary",
                wrap=True,
            )
        )
        self._sizes = {}
        for name, path in self.places.items():
            size = self._sizes[path] = label("", "hint")
            self.body.addLayout(self._row(name, path, size))
        for place in range(self.buttons.count()):
            item = self.buttons.itemAt(place)
            other = item.widget() if item is not None else None
            if other is not None and other is not self.primary:
                other.hide()  # there is nothing to cancel
        self.warning = label("", "strong", wrap=True)
        self.warning.hide()
        self.body.addWidget(self.warning)
        all_paths, journal = list(self.places.values()), store.path
        run_in_background(self, lambda: ([size_of(path) for path in all_paths], whereabouts(journal)), self._show)

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
        shown = path if path.is_dir() else path.parent

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
        self.warning.setText("\n".join(said))
        self.warning.setVisible(bool(said))


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
    if place.conflicts:
        names = ", ".join(f"“{path.name}”" for path in place.conflicts[:3])
        said.append(
            by.tr(
                "{names} beside the journal looks like a version from another computer. "
                "File → Import a file… brings what only that one has."
            ).format(names=names)
        )
    return said


def size_of(path: Path) -> int | None:
    """Bytes in the file or folder; None where it is not there."""
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return path.stat().st_size
    except OSError:
        return None
