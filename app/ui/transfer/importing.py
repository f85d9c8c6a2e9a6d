"""Import: read, show what would come, then bring it as one batch that can be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QProgressBar, QWidget

from app.core import clock
from app.core.errors import UserError
from app.core.store import Store
from app.core.transfer import bringing, reader_for
from app.ui.kit.background import Progress, run_job
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog

WIDTH = 520
MOST_SAID = 200


class ImportDialog(Dialog):
    """Reads `path` at once; nothing is written before the button is pressed.

    Signals:
        brought: (batch id, how many entries came).
    """

    brought = Signal(int, int)

    def __init__(self, store: Store, path: Path, parent: QWidget) -> None:
        super().__init__(
            parent, parent.tr("Import “{name}”").format(name=path.name), parent.tr("Import"), width=WIDTH
        )
        self._store = store
        self._path = path
        self._plan: bringing.Plan | None = None
        self._job: Progress | None = None
        self.said = label(self.tr("Reading…"), "", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("What does not come, and why"))
        self.details.hide()
        for part in (self.said, self.bar, self.details):
            self.body.addWidget(part)
        self.primary.setEnabled(False)
        self._read()

    def _read(self) -> None:
        path, store, zone = self._path, self._store, clock.zone()

        def work(progress: Progress) -> bringing.Plan:
            def tell(done: int, total: int) -> None:
                if not progress.report(done, total):
                    raise bringing.Cancelled

            reader = reader_for(path)
            return bringing.plan(store, reader.name, path.name, reader.records(path, zone=zone, progress=tell))

        self._job = run_job(self, work, self._show_plan, on_progress=self._show_progress, failed=self._fail)

    def _show_plan(self, plan: bringing.Plan) -> None:
        self._job = None
        self._plan = plan
        self.bar.hide()
        parts = [
            self.tr("{source}: {count} entries would come.").format(source=plan.source, count=len(plan.fresh))
        ]
        if plan.known:
            parts.append(self.tr("{count} are already there.").format(count=plan.known))
        if plan.skipped:
            parts.append(self.tr("{count} cannot come; each is named below.").format(count=len(plan.skipped)))
        if plan.fresh:
            first, last = _days(plan)
            parts.append(self.tr("They reach from {first} to {last}.").format(first=first, last=last))
        self.said.setText(" ".join(parts))
        lines = [f"{skipped.where}: {skipped.reason}" for skipped in plan.skipped]
        lines += [f"{remark.where}: {remark.said}" for remark in plan.remarks]
        if lines:
            if len(lines) > MOST_SAID:
                lines[MOST_SAID:] = [self.tr("… and {count} more").format(count=len(lines) - MOST_SAID)]
            self.details.setPlainText("\n".join(lines))
            self.details.show()
        self.primary.setText(self.tr("Import {count} entries").format(count=len(plan.fresh)))
        self.primary.setEnabled(bool(plan.fresh))

    def save(self) -> bool:
        plan, store = self._plan, self._store
        if plan is None:
            return False
        self.primary.setEnabled(False)
        self.bar.show()
        now, zone = clock.now(), clock.zone().key
        self._job = run_job(
            self,
            lambda progress: bringing.bring(store, plan, now=now, zone=zone, progress=progress.report),
            self._finish,
            on_progress=self._show_progress,
            failed=self._fail,
        )
        return False

    def _finish(self, batch: int | None) -> None:
        self._job = None
        assert self._plan is not None
        if batch is not None:
            self.brought.emit(batch, len(self._plan.fresh))
        super().reject()

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().reject()

    def _show_progress(self, done: int, total: int, _text: str) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.bar.hide()
        if isinstance(error, bringing.Cancelled):
            super().reject()
        elif isinstance(error, UserError):
            self.said.setText(self.tr("Nothing was imported."))
            self.say(str(error))
        else:
            super().reject()
            raise error


def choose(parent: QWidget, *, folder: bool) -> QFileDialog:
    """The dialog that asks what to import; `fileSelected` tells the answer."""
    dialog = QFileDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if folder:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setWindowTitle(parent.tr("Import a folder"))
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setWindowTitle(parent.tr("Import a file"))
    return dialog


def _days(plan: bringing.Plan) -> tuple[str, str]:
    days = sorted(record.day for record in plan.fresh if record.day is not None)
    return (days[0].isoformat(), days[-1].isoformat()) if days else ("–", "–")
