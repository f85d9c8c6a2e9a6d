"""Check-ins from anywhere: one, all that are due, from a table, to a table; and each taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core import clock, items, journal, objectives
from app.core.objectives import ObjectiveRow
from app.core.settings import settings
from app.core.store import Store
from app.core.transfer import bringing
from app.core.transfer.check_ins_csv import export_check_ins
from app.ui.errors import writing
from app.ui.objectives.check_in import CheckInDialog, CheckInTarget
from app.ui.objectives.csv_import import CheckInsImportDialog
from app.ui.objectives.sheet import CheckInSheet
from app.ui.objectives.values import standing_text


class CheckIns(QObject):
    """Opens the dialogs of check-ins over `page`.

    Signals:
        kept: (objective, key result) that a check-in was about.
        announced: A sentence, and how to take back what it tells, or None.
    """

    kept = Signal(int, object)
    announced = Signal(str, object)

    def __init__(self, page: QWidget, store: Store) -> None:
        super().__init__(page)
        self._page, self._store = page, store

    def open(self, chosen: int | None = None, *, objective_id: int | None = None) -> None:
        """Ask for a check-in on the key result `chosen`; those of `objective_id` are offered first."""
        self._open(chosen, None, objective_id)

    def change(self, check_in_id: int) -> None:
        """Show a check-in, to be changed; one of a closed objective only says why it stays as it is."""
        with self._store.read() as session:
            draft, _ = objectives.check_in_draft(session, check_in_id)
        self._open(draft.key_result_id, check_in_id, None)

    def open_due(self) -> None:
        """Ask for all that are due at once."""
        today = self._today()
        with self._store.read() as session:
            due = objectives.due_check_ins(session, today)
            first_weekday = settings(session).first_weekday
        if not due:
            self.announced.emit(self.tr("No check-in is due."), None)
            return
        sheet = CheckInSheet(self._store, due, self._page, today=today, first_weekday=first_weekday)
        sheet.kept.connect(self._kept_many)
        sheet.open()

    def choose_import(self, chosen: int | None = None) -> None:
        """Ask for a table, and show what would come from it; the key result `chosen` is offered first."""
        dialog = QFileDialog(self._page, self.tr("Import check-ins"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Tables and Loop's archives (*.csv *.tsv *.txt *.zip)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(lambda path: self.import_from(path, chosen))
        dialog.open()

    def import_from(self, path: str, chosen: int | None = None) -> None:
        """Show what would come from the table at `path`."""
        today = self._today()
        with self._store.read() as session:
            rows = objectives.objective_board(session, today=today, scope="open")
        if not any(row.key_results for row in rows):
            self._say_there_is_none()
            return
        dialog = CheckInsImportDialog(self._store, Path(path), rows, self._page, today=today, chosen=chosen)
        dialog.brought.connect(self._brought)
        dialog.open()

    def choose_export(self) -> None:
        """Ask where to, and write every check-in there as a table."""
        dialog = QFileDialog(self._page, self.tr("Export check-ins"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Tables (*.csv)")])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.tr("check-ins {day}.csv").format(day=self._today().isoformat()))
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write every check-in to `path` as a table.

        Raises:
            UserError: it cannot be written.
        """
        with (
            writing(Path(path)),
            self._store.read() as session,
            open(path, "w", encoding="utf-8-sig", newline="") as file,
        ):
            count = export_check_ins(session, file)
        told = self.tr("{count} check-ins exported to “{path}”.")
        self.announced.emit(told.format(count=self._page.locale().toString(count), path=path), None)

    # ------------------------------------------------------------ dialogs

    def _open(self, chosen: int | None, check_in_id: int | None, first: int | None) -> None:
        today = self._today()
        with self._store.read() as session:
            rows = objectives.objective_board(session, today=today, scope="open")
            first_weekday = settings(session).first_weekday
        targets = _targets(rows, first=first)
        if check_in_id is not None and chosen not in [target.key_result.id for target in targets]:
            self.announced.emit(self.tr("This objective is closed; its check-ins stay as they were."), None)
            return
        if not targets:
            self._say_there_is_none()
            return
        dialog = CheckInDialog(
            self._store,
            targets,
            self._page,
            today=today,
            chosen=chosen,
            check_in_id=check_in_id,
            first_weekday=first_weekday,
        )
        is_new = check_in_id is None
        dialog.kept.connect(lambda kept_id: self._kept_one(kept_id, is_new=is_new))
        dialog.open()

    def _say_there_is_none(self) -> None:
        self.announced.emit(self.tr("There is no key result to check in on yet. Set an objective first."), None)

    def _today(self) -> date:
        with self._store.read() as session:
            return journal.today(session, clock.now(), clock.zone())

    # ------------------------------------------------------------ what happened, and how to take it back

    def _kept_one(self, check_in_id: int, *, is_new: bool) -> None:
        with self._store.read() as session:
            draft, _ = objectives.check_in_draft(session, check_in_id)
            place = objectives.place_of(session, check_in_id)
            result, _ = objectives.key_result_draft(session, draft.key_result_id)
        assert place is not None
        said = standing_text(result.measure, draft.value, result.target, result.unit_kind, result.unit)
        if draft.value is None:
            said = self.tr("confidence {value}").format(value=draft.confidence)
        told = self.tr("Checked in on {title}: {value}") if is_new else self.tr("Changed {title}: {value}")
        undo = (lambda: self._trash([check_in_id])) if is_new else None
        self.announced.emit(told.format(title=result.title, value=said), undo)
        self.kept.emit(*place)

    def _kept_many(self, ids: list[int]) -> None:
        told = self.tr("1 check-in kept.") if len(ids) == 1 else self.tr("{count} check-ins kept.")
        self.announced.emit(told.format(count=len(ids)), lambda: self._trash(ids))

    def _trash(self, ids: list[int]) -> None:
        with self._store.write() as session:
            items.trash(session, ids, now=clock.now())

    def _brought(self, batch: int, count: int) -> None:
        def undo() -> None:
            with self._store.write() as session:
                bringing.undo(session, batch, now=clock.now())

        told = self.tr("{count} check-ins imported.")
        self.announced.emit(told.format(count=self._page.locale().toString(count)), undo)


def _targets(rows: Sequence[ObjectiveRow], *, first: int | None) -> list[CheckInTarget]:
    """Every key result of `rows`, those of the objective `first` before the others."""
    ordered = sorted(rows, key=lambda row: row.id != first)
    return [CheckInTarget(row, result) for row in ordered for result in row.key_results]
