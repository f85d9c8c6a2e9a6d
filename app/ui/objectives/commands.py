"""What can be done on the objectives page: its actions, the dialogs they open, and how each is taken back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from app.core import clock, items, objectives
from app.core.objectives import ObjectiveDetail, ObjectiveDraft, PeriodDraft, Plan
from app.core.settings import settings
from app.core.store import Store
from app.ui.kit.actions import action
from app.ui.objectives.checking_in import CheckIns
from app.ui.objectives.form import ObjectiveDialog
from app.ui.objectives.hints import output_verbs
from app.ui.objectives.purpose import PurposeDialog


class ObjectiveCommands(QObject):
    """The actions of a page.

    Signals:
        kept: (objective, key result or None) that an action made or changed.
        announced: A sentence, and how to take back what it tells, or None.
    """

    kept = Signal(int, object)
    announced = Signal(str, object)

    def __init__(self, page: QWidget, store: Store) -> None:
        super().__init__(page)
        self._page, self._store = page, store
        self._detail: ObjectiveDetail | None = None
        self._result_id: int | None = None
        self._period: PeriodDraft | None = None
        self._today = date.min
        self.check_ins = CheckIns(page, store)
        self.check_ins.kept.connect(self.kept)
        self.check_ins.announced.connect(self.announced)
        tr, keys = self.tr, QKeySequence.StandardKey
        self.new = action(page, tr("New objective…"), slot=self._new, shortcut=keys.New, icon="plus")
        self.check_in = action(
            page, tr("Check in…"), slot=self._check_in, shortcut="Ctrl+Shift+C", icon="circle-check"
        )
        self.check_in_due = action(
            page,
            tr("Check in on what is due…"),
            slot=self.check_ins.open_due,
            shortcut="Ctrl+Shift+D",
            icon="list-checks",
        )
        self.edit = action(page, tr("Edit objective…"), slot=self._edit, shortcut="Ctrl+E", icon="pencil")
        self.import_check_ins = action(
            page,
            tr("Import check-ins…"),
            slot=lambda: self.check_ins.choose_import(self._result_id),
            icon="import",
        )
        self.export_check_ins = action(
            page, tr("Export check-ins…"), slot=self.check_ins.choose_export, icon="upload"
        )
        self.say_purpose = action(page, tr("Purpose…"), slot=self._say_purpose, icon="compass")
        self.trash = action(
            page, tr("Move objective to Trash"), slot=self._trash, shortcut=keys.Delete, icon="trash-2"
        )

    def follow(
        self, detail: ObjectiveDetail | None, result_id: int | None, *, period: PeriodDraft | None, today: date
    ) -> None:
        """Act from now on on `detail` and its selected key result; new objectives begin in `period`."""
        self._detail, self._result_id, self._period, self._today = detail, result_id, period, today
        is_closed = detail is not None and detail.row.is_closed
        self.edit.setEnabled(detail is not None and not is_closed)
        self.check_in.setEnabled(not is_closed)
        self.trash.setEnabled(detail is not None)

    # ------------------------------------------------------------ dialogs

    def _new(self) -> None:
        self._open_form(Plan(ObjectiveDraft(period=self._period)))

    def _edit(self) -> None:
        if self._detail is None:
            return
        with self._store.read() as session:
            plan = objectives.plan(session, self._detail.row.id)
        self._open_form(plan)

    def _open_form(self, plan: Plan) -> None:
        with self._store.read() as session:
            chosen = settings(session)
            offered = objectives.offered_periods(session, self._today)
            parents = objectives.possible_parents(session, plan.id)
            areas = objectives.areas(session)
            purposes = objectives.purposes(session)
        dialog = ObjectiveDialog(
            self._store,
            plan,
            self._page,
            today=self._today,
            periods=offered,
            parents=parents,
            areas=areas,
            verbs=output_verbs(chosen.output_verbs),
            first_weekday=chosen.first_weekday,
            purpose=purposes[0].text if purposes else "",
        )
        dialog.kept.connect(lambda objective_id: self.kept.emit(objective_id, None))
        dialog.open()

    def _check_in(self) -> None:
        self.check_ins.open(self._result_id, objective_id=self._detail.row.id if self._detail else None)

    def _say_purpose(self) -> None:
        with self._store.read() as session:
            rows = objectives.purposes(session)
        PurposeDialog(self._store, rows, self._page, today=self._today).open()

    def _trash(self) -> None:
        if self._detail is None:
            return
        row = self._detail.row
        with self._store.write() as session:
            gone = objectives.trash_objective(session, row.id, now=clock.now())

        def undo() -> None:
            with self._store.write() as session:
                items.restore(session, gone)
            self.kept.emit(row.id, None)

        self.announced.emit(self.tr("Moved “{title}” to the Trash.").format(title=row.title), undo)
