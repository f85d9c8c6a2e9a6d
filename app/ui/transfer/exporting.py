"""Export: what, in which format, where to; with progress, and nothing half done left behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QWidget

from app.core import clock, items, journal
from app.core.errors import UserError
from app.core.progress import Cancelled
from app.core.store import Store
from app.core.transfer import exporting
from app.core.transfer.own.scope import WHOLE, Scope
from app.ui.kit.background import Progress, run_job
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.progressline import ProgressLine

WIDTH = 560


class ExportDialog(Dialog):
    """Asks what to export, then where to.

    Signals:
        exported: (path, how many items).
    """

    exported = Signal(str, int)

    def __init__(self, store: Store, parent: QWidget, only: Sequence[int] = ()) -> None:
        """Of all that there is, or `only` of these items."""
        super().__init__(parent, parent.tr("Export"), parent.tr("Export…"), width=WIDTH)
        self._store = store
        self._only = tuple(only)
        self._job: Progress | None = None
        self._said = ""
        with store.read() as session:
            today = journal.today(session, clock.now(), clock.zone())
            tags = [name for name, _ in items.tag_counts(session)]
        self.format = Choice(
            [
                Option("json", self.tr("JSON")),
                Option("markdown", self.tr("Markdown")),
                Option("html", self.tr("Web page")),
                Option("csv", self.tr("CSV")),
            ]
        )
        self.format.set_value("json")
        self.explained = label("", "secondary", wrap=True)
        self.first = DayPicker(today, optional=True, none=self.tr("The first day"))
        self.last = DayPicker(today, optional=True, none=self.tr("The last day"))
        self.tag = _choice(self.tr("Any tag"), [(f"#{name}", name) for name in tags])
        self.objective = _choice(
            self.tr("Any objective"), [(title, uid) for uid, title in exporting.objectives(store.path)]
        )
        self.private = QCheckBox(self.tr("With what is &private"))
        self.bar = ProgressLine()
        self._form = Form()
        self._form.add("format", self.tr("&Format"), self.format)
        self._form.add_widget(self.explained)
        if self._only:
            count = len(self._only)
            said = (
                self.tr("The entry that is selected") if count == 1 else self.tr("The {count} that are selected")
            )
            self._form.add_widget(label(said.format(count=f"{count:,}"), "strong"))
        else:
            self._form.add_row(
                ("first", self.tr("F&rom"), self.first),
                ("last", self.tr("&To"), self.last),
            )
            self._form.add_row(
                ("tag", self.tr("Ta&g"), self.tag),
                ("objective", self.tr("&Objective"), self.objective),
            )
        self._form.add_widget(self.private)
        self._form.add_widget(self.bar)
        self.body.addWidget(self._form)
        self.format.changed.connect(self._follow)
        self.private.toggled.connect(self._explain)
        self._follow()

    def scope(self) -> Scope:
        """What is chosen; all that there is, where nothing is left out of a lossless format."""
        chosen = Scope(
            self.first.value(),
            self.last.value(),
            str(self.tag.currentData() or ""),
            str(self.objective.currentData() or ""),
            private=self.private.isChecked(),
            only=self._only,
        )
        is_lossless = self.format.value() in ("json", "markdown")
        return WHOLE if is_lossless and chosen == Scope(private=True) else chosen

    def save(self) -> bool:
        dialog = QFileDialog(self, self.tr("Where to"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        suffix = exporting.SINGLE_FILES.get(str(self.format.value()), "")
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{self._store.path.stem} {clock.wall().date()}{suffix}")
        dialog.fileSelected.connect(self.export_to)
        dialog.open()
        return False

    def export_to(self, target: str) -> None:
        """Write it to `target`; the dialog closes when it is done."""
        path, scope, format, now = self._store.path, self.scope(), str(self.format.value()), clock.now()
        self.say("")
        self.primary.setEnabled(False)
        self._form.setEnabled(False)
        self.bar.begin()
        self._job = run_job(
            self,
            lambda progress: exporting.export(
                path, Path(target), format=format, scope=scope, now=now, progress=progress.report
            ),
            self._finish,
            on_progress=self.bar.report,
            failed=self._fail,
        )

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()  # `_fail` closes, when nothing of it is left
            return
        super().reject()

    def _follow(self) -> None:
        said = {
            "json": self.tr("One file with tags, links, versions and numbers. Northing takes it back as it was."),
            "markdown": self.tr(
                "A folder with a file for each item, for any editor. Northing takes back all that is in it."
            ),
            "html": self.tr("One page to read and to print. It loads nothing from the network."),
            "csv": self.tr("A folder with a table for each kind, for a spreadsheet."),
        }
        self._said = said[str(self.format.value())]
        self.private.setChecked(self.format.value() == "json")
        self._explain()

    def _explain(self) -> None:
        """What the format is, and what of the journal is not in it."""
        if self.private.isChecked():
            kept = ""
        elif self.format.value() in ("json", "markdown"):
            kept = self.tr("What is private and what lies in the Trash is left out.")
        else:
            kept = self.tr("What is private is left out.")
        self.explained.setText(f"{self._said} {kept}".strip())

    def _finish(self, made: exporting.Exported) -> None:
        self._job = None
        self.exported.emit(str(made.path), made.items)
        super().reject()

    def _fail(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            super().reject()
        elif isinstance(error, UserError):
            self.bar.hide()
            self._form.setEnabled(True)
            self.primary.setEnabled(True)
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
            self.say(str(error))
        else:
            super().reject()
            raise error


def _choice(none: str, options: list[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.addItem(none, "")
    for text, value in options:
        made.addItem(text, value)
    return made
