"""What can be done on the objectives page: its actions, the dialogs they open, and how each is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from app.core import clock, items, objectives
from app.core.objectives import ObjectiveDetail, ObjectiveDraft, ObjectiveRow, PeriodDraft, Plan
from app.core.settings import settings
from app.core.store import Store
from app.ui.kit.actions import action
from app.ui.objectives.check_in import CheckInDialog, CheckInTarget
from app.ui.objectives.form import ObjectiveDialog
from app.ui.objectives.hints import output_verbs
from app.ui.objectives.purpose import PurposeDialog
from app.ui.objectives.sheet import CheckInSheet
from app.ui.objectives.values import standing_text


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
        tr, keys = self.tr, QKeySequence.StandardKey
        self.new = action(page, tr("New objective…"), slot=self._new, shortcut=keys.New, icon="plus")
        self.check_in = action(
            page, tr("Check in…"), slot=self._check_in, shortcut="Ctrl+Shift+C", icon="circle-check"
        )
        self.check_in_due = action(
            page,
            tr("Check in on what is due…"),
            slot=self._check_in_due,
            shortcut="Ctrl+Shift+D",
            icon="list-checks",
        )
        self.edit = action(page, tr("Edit objective…"), slot=self._edit, shortcut="Ctrl+E", icon="pencil")
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

    def open_check_in(self, check_in_id: int) -> None:
        """Show a check-in, to be changed; one of a closed objective only says why it stays as it is."""
        with self._store.read() as session:
            draft, _ = objectives.check_in_draft(session, check_in_id)
        self._open_check_in(draft.key_result_id, check_in_id)

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
        self._open_check_in(self._result_id, None)

    def _open_check_in(self, chosen: int | None, check_in_id: int | None) -> None:
        with self._store.read() as session:
            rows = objectives.objective_board(session, today=self._today, scope="open")
            first_weekday = settings(session).first_weekday
        targets = _targets(rows, first=self._detail.row.id if self._detail else None)
        if check_in_id is not None and chosen not in [target.key_result.id for target in targets]:
            self.announced.emit(self.tr("This objective is closed; its check-ins stay as they were."), None)
            return
        if not targets:
            self.announced.emit(
                self.tr("There is no key result to check in on yet. Set an objective first."), None
            )
            return
        dialog = CheckInDialog(
            self._store,
            targets,
            self._page,
            today=self._today,
            chosen=chosen,
            check_in_id=check_in_id,
            first_weekday=first_weekday,
        )
        is_new = check_in_id is None
        dialog.kept.connect(lambda kept_id: self._checked_in(kept_id, is_new=is_new))
        dialog.open()

    def _check_in_due(self) -> None:
        with self._store.read() as session:
            due = objectives.due_check_ins(session, self._today)
            first_weekday = settings(session).first_weekday
        if not due:
            self.announced.emit(self.tr("No check-in is due."), None)
            return
        sheet = CheckInSheet(self._store, due, self._page, today=self._today, first_weekday=first_weekday)
        sheet.kept.connect(self._checked_in_on_due)
        sheet.open()

    def _checked_in_on_due(self, ids: list[int]) -> None:
        def undo() -> None:
            with self._store.write() as session:
                items.trash(session, ids, now=clock.now())

        told = self.tr("1 check-in kept.") if len(ids) == 1 else self.tr("{count} check-ins kept.")
        self.announced.emit(told.format(count=len(ids)), undo)

    def _say_purpose(self) -> None:
        with self._store.read() as session:
            rows = objectives.purposes(session)
        PurposeDialog(self._store, rows, self._page, today=self._today).open()

    # ------------------------------------------------------------ what happened, and how to take it back

    def _checked_in(self, check_in_id: int, *, is_new: bool) -> None:
        with self._store.read() as session:
            draft, _ = objectives.check_in_draft(session, check_in_id)
            place = objectives.place_of(session, check_in_id)
            result, _ = objectives.key_result_draft(session, draft.key_result_id)
        assert place is not None
        said = standing_text(result.measure, draft.value, result.target, result.unit_kind, result.unit)
        if draft.value is None:
            said = self.tr("confidence {value}").format(value=draft.confidence)
        told = self.tr("Checked in on {title}: {value}") if is_new else self.tr("Changed {title}: {value}")

        def undo() -> None:
            with self._store.write() as session:
                items.trash(session, [check_in_id], now=clock.now())

        self.announced.emit(told.format(title=result.title, value=said), undo if is_new else None)
        self.kept.emit(*place)

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


def _targets(rows: Sequence[ObjectiveRow], *, first: int | None) -> list[CheckInTarget]:
    """Every key result of `rows`, those of the objective `first` before the others."""
    ordered = sorted(rows, key=lambda row: row.id != first)
    return [CheckInTarget(row, result) for row in ordered for result in row.key_results]
