"""What can be done in the life of an objective: pause, judge, move, copy, reopen; and each taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.core import clock, items, objectives
from app.core.objectives import ClosingDraft, ObjectiveDetail, ObjectiveRow, PauseDraft, PeriodDraft
from app.core.settings import settings
from app.core.store import Store
from app.ui.kit.actions import action
from app.ui.kit.dates import short_day
from app.ui.objectives.closing import CarryDialog, CloseDialog, DropDialog
from app.ui.objectives.lifecycle import PauseDialog, PeriodDialog, StatusDialog
from app.ui.objectives.values import grade_text, status_text


class LifeCommands(QObject):
    """Actions on the objective that the page shows.

    Signals:
        kept: (objective, None) that an action made or changed.
        announced: A sentence, and how to take back what it tells, or None.
    """

    kept = Signal(int, object)
    announced = Signal(str, object)

    def __init__(self, page: QWidget, store: Store) -> None:
        super().__init__(page)
        self._page, self._store = page, store
        self._row: ObjectiveRow | None = None
        self._is_carried = False
        self._today = date.min
        tr = self.tr
        self.begin = action(page, tr("Begin objective"), slot=self._begin, icon="circle-dot")
        self.judge = action(page, tr("Status…"), slot=self._judge, icon="gauge")
        self.pause = action(page, tr("Pause objective…"), slot=self._pause, icon="pause")
        self.resume = action(page, tr("Resume objective"), slot=self._resume, icon="refresh-cw")
        self.move = action(page, tr("Move to another period…"), slot=self._move, icon="calendar-days")
        self.duplicate = action(page, tr("Duplicate objective"), slot=self._duplicate, icon="copy")
        self.close = action(page, tr("Close objective…"), slot=self._close, shortcut="Ctrl+Shift+E", icon="flag")
        self.drop = action(page, tr("Drop objective…"), slot=self._drop, icon="circle-slash")
        self.carry = action(page, tr("Carry forward…"), slot=self._carry, icon="corner-down-right")
        self.reopen = action(page, tr("Reopen objective"), slot=self._reopen, icon="undo-2")

    @property
    def actions(self) -> Sequence[QAction]:
        """In the order of the menu."""
        life = (self.begin, self.judge, self.pause, self.resume, self.move, self.duplicate)
        return (*life, self.close, self.drop, self.carry, self.reopen)

    def follow(self, detail: ObjectiveDetail | None, today: date) -> None:
        """Act from now on on the objective of `detail`."""
        self._row, self._today = detail.row if detail else None, today
        self._is_carried = detail is not None and detail.carried_to is not None
        row = self._row
        state = row.state if row else ""
        possible = {
            self.begin: state == "draft",
            self.judge: state == "active",
            self.pause: state == "active",
            self.resume: state == "paused",
            self.move: state in ("draft", "active", "paused"),
            self.duplicate: bool(state),
            self.close: state in ("active", "paused"),
            self.drop: state in ("draft", "active", "paused"),
            self.carry: state in ("closed", "dropped") and not self._is_carried,
            self.reopen: state in ("closed", "dropped"),
        }
        for each, is_possible in possible.items():
            each.setEnabled(is_possible)
            each.setVisible(is_possible)

    # ------------------------------------------------------------ beginning

    def _begin(self) -> None:
        row = self._shown()
        self._set_state(row.id, "active")
        told = self.tr("“{title}” is under way.").format(title=row.title)
        self._tell(told, lambda: self._set_state(row.id, "draft"))
        self.kept.emit(row.id, None)

    def _set_state(self, objective_id: int, state: str) -> None:
        with self._store.write() as session:
            draft, rev = objectives.objective_draft(session, objective_id)
            objectives.edit_objective(session, objective_id, replace(draft, state=state), rev=rev, now=clock.now())

    # ------------------------------------------------------------ pausing

    def _pause(self) -> None:
        dialog = PauseDialog(self._page, today=self._today, first_weekday=self._first_weekday())
        dialog.decided.connect(self._keep_pause)
        dialog.open()

    def _keep_pause(self, draft: PauseDraft) -> None:
        row = self._shown()
        with self._store.write() as session:
            pause_id = objectives.pause_objective(session, row.id, draft, now=clock.now()).id

        def undo() -> None:
            with self._store.write() as session:
                objectives.forget_pause(session, pause_id, now=clock.now())

        told = self.tr("“{title}” rests from {day} on.")
        self._tell(told.format(title=row.title, day=short_day(draft.first, self._today)), undo)

    def _resume(self) -> None:
        row = self._shown()
        with self._store.write() as session:
            objectives.resume_objective(session, row.id, today=self._today, now=clock.now())
        self._tell(self.tr("“{title}” goes on.").format(title=row.title), None)

    # ------------------------------------------------------------ status

    def _judge(self) -> None:
        row = self._shown()
        dialog = StatusDialog(row, row.suggested, self._page)
        dialog.decided.connect(self._keep_status)
        dialog.open()

    def _keep_status(self, status: str | None, reason: str) -> None:
        row = self._shown()
        before = (row.status, row.own_reason) if row.own_reason else (None, "")
        self._set_status(row.id, status, reason)
        said = self.tr("“{title}”: {status}.").format(
            title=row.title, status=status_text(status) if status else self.tr("status by its pace")
        )
        self._tell(said, lambda: self._set_status(row.id, *before))

    def _set_status(self, objective_id: int, status: str | None, reason: str) -> None:
        with self._store.write() as session:
            objectives.set_status(session, objective_id, status, reason=reason, today=self._today, now=clock.now())

    # ------------------------------------------------------------ moving and copying

    def _move(self) -> None:
        row = self._shown()
        with self._store.read() as session:
            offered = objectives.offered_periods(session, self._today)
        dialog = PeriodDialog(
            self.tr("Move “{title}”").format(title=row.title),
            self.tr("Move"),
            offered,
            row.period.draft if row.period else None,
            self._page,
            today=self._today,
            first_weekday=self._first_weekday(),
        )
        dialog.decided.connect(self._keep_period)
        dialog.open()

    def _keep_period(self, period: PeriodDraft | None) -> None:
        self.move_to(self._shown(), period)

    def move_to(self, row: ObjectiveRow, period: PeriodDraft | None) -> None:
        """Put an objective into a period, or with None into the backlog."""
        before = row.period.draft if row.period else None
        if before == period:
            return
        self._set_period(row.id, period)
        place = period.title if period else self.tr("the backlog")
        told = self.tr("Moved “{title}” to {place}.").format(title=row.title, place=place)
        self._tell(told, lambda: self._set_period(row.id, before))
        self.kept.emit(row.id, None)

    def _set_period(self, objective_id: int, period: PeriodDraft | None) -> None:
        with self._store.write() as session:
            objectives.move_to_period(session, objective_id, period, now=clock.now())

    def _duplicate(self) -> None:
        row = self._shown()
        with self._store.write() as session:
            made = objectives.duplicate_objective(session, row.id, now=clock.now()).id

        def undo() -> None:
            with self._store.write() as session:
                objectives.trash_objective(session, made, now=clock.now())

        self._tell(self.tr("A draft of “{title}” stands beside it.").format(title=row.title), undo)
        self.kept.emit(made, None)

    # ------------------------------------------------------------ closing

    def _close(self) -> None:
        dialog = CloseDialog(self._shown(), self._page)
        dialog.decided.connect(self._keep_close)
        dialog.open()

    def _keep_close(self, draft: ClosingDraft, carries: bool) -> None:
        row, now, zone = self._shown(), clock.now(), str(clock.zone())
        with self._store.write() as session:
            review = objectives.close_objective(session, row.id, draft, today=self._today, now=now, zone=zone)
            review_id = review.id if review else None

        def undo() -> None:
            with self._store.write() as session:
                objectives.reopen_objective(session, row.id, now=clock.now())
                if review_id is not None:
                    items.trash(session, [review_id], now=clock.now())

        told = self.tr("Closed “{title}” with {grade}.")
        self._tell(told.format(title=row.title, grade=grade_text(draft.grade)), undo)
        self.kept.emit(row.id, None)
        if carries:
            self._carry()

    def _drop(self) -> None:
        dialog = DropDialog(self._shown(), self._page)
        dialog.decided.connect(self._keep_drop)
        dialog.open()

    def _keep_drop(self, reason: str) -> None:
        row = self._shown()
        with self._store.write() as session:
            objectives.drop_objective(session, row.id, reason=reason, today=self._today, now=clock.now())

        def undo() -> None:
            with self._store.write() as session:
                objectives.reopen_objective(session, row.id, now=clock.now())

        self._tell(self.tr("Dropped “{title}”.").format(title=row.title), undo)
        self.kept.emit(row.id, None)

    def _carry(self) -> None:
        row = self._shown()
        with self._store.read() as session:
            carried = objectives.carried_rows(session, row.id)
            offered = objectives.offered_periods(session, self._today)
        dialog = CarryDialog(
            row, carried, offered, self._page, today=self._today, first_weekday=self._first_weekday()
        )
        dialog.decided.connect(self._keep_carried)
        dialog.open()

    def _keep_carried(self, period: PeriodDraft | None, left: Sequence[int]) -> None:
        row = self._shown()
        with self._store.write() as session:
            made = objectives.carry_forward(session, row.id, period, leave_out=left, now=clock.now()).id

        def undo() -> None:
            with self._store.write() as session:
                objectives.trash_objective(session, made, now=clock.now())

        place = period.title if period else self.tr("the backlog")
        self._tell(self.tr("Carried “{title}” forward to {place}.").format(title=row.title, place=place), undo)
        self.kept.emit(made, None)

    def _reopen(self) -> None:
        row = self._shown()
        with self._store.write() as session:
            objectives.reopen_objective(session, row.id, now=clock.now())
        self._tell(self.tr("“{title}” is open again.").format(title=row.title), None)

    # ------------------------------------------------------------ what they share

    def _shown(self) -> ObjectiveRow:
        assert self._row is not None
        return self._row

    def _first_weekday(self) -> int:
        with self._store.read() as session:
            return settings(session).first_weekday

    def _tell(self, sentence: str, undo: Callable[[], None] | None) -> None:
        self.announced.emit(sentence, undo)
