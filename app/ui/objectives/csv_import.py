"""Check-ins from a table: which column says what, what would come, then all of it as one batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QSizePolicy, QWidget

from app.core import clock
from app.core.errors import UserError
from app.core.objectives import KeyResultRow, ObjectiveRow
from app.core.progress import Cancelled
from app.core.store import Store
from app.core.transfer import loop_habits
from app.core.transfer.check_ins_csv import (
    CheckInPlan,
    Mapping,
    bring_check_ins,
    plan_check_ins,
    suggested_mapping,
)
from app.core.transfer.tables import Table, read_table
from app.ui.kit import theme
from app.ui.kit.background import Progress, run_job
from app.ui.kit.cards import label
from app.ui.kit.chart.spec import Table as ShownTable
from app.ui.kit.chart.tableview import TableModel, TableView
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.progressline import ProgressLine

Made = TypeVar("Made")

WIDTH: Final = 680
SHOWN_ROWS: Final = 20
ROWS_AT_ONCE: Final = 5
MOST_SAID: Final = 200
SINGLE: Final = ("day", "value", "confidence", "note", "objective")


class CheckInsImportDialog(Dialog):
    """Reads `path` at once and says anew what would come whenever the mapping changes.

    Nothing is written before the button is pressed. `brought` tells (batch id, how many check-ins came).
    """

    brought = Signal(int, int)

    def __init__(
        self,
        store: Store,
        path: Path,
        rows: Sequence[ObjectiveRow],
        parent: QWidget | None = None,
        *,
        today: date,
        chosen: int | None = None,
    ) -> None:
        title = self.tr("Import check-ins from “{name}”").format(name=path.name)
        super().__init__(parent, title, self.tr("Import"), width=theme.px(WIDTH))
        self._store, self._path, self._today, self._chosen = store, path, today, chosen
        self._results = [(row, result) for row in rows if not row.is_closed for result in row.key_results]
        self._table: Table | None = None
        self._plan: CheckInPlan | None = None
        self._job: Progress | None = None
        self._is_bringing = False
        self._make_controls()
        self._lay_out()
        self._start(lambda _: _table_in(path), self._show_table)

    @property
    def mapping(self) -> Mapping:
        """What the controls say."""
        columns = {name: self.columns[name].currentData() for name in SINGLE}
        kind, number = self.key_result.currentData() or ("", None)
        made = Mapping(**columns, decimal=self.decimal.currentData(), order=self.order.currentData())
        if kind == "column":
            return replace(made, key_result=number)
        return replace(made, key_result_id=number, objective=None)

    def save(self) -> bool:
        plan, store = self._plan, self._store
        if plan is None or self._job is not None:
            return False
        now, zone = clock.now(), clock.zone().key
        self._form.setEnabled(False)
        self._is_bringing = True
        self._start(
            lambda progress: bring_check_ins(store, plan, now=now, zone=zone, progress=progress.report),
            self._finish,
        )
        return False

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
            if self._is_bringing:  # closes when nothing of it is left, or when it was too late
                self.cancel.setEnabled(False)
                return
            self._job = None
        super().reject()

    # ------------------------------------------------------------ steps

    def _start(self, work: Callable[[Progress], Made], then: Callable[[Made], None]) -> None:
        self.primary.setEnabled(False)
        self.bar.begin()
        self._job = run_job(self, work, then, on_progress=self.bar.report, failed=self._fail)

    def _show_table(self, table: Table) -> None:
        self._job = None
        self._table = table
        self._model.show(ShownTable(table.columns, [cells for _, cells in table.rows[:SHOWN_ROWS]]))
        self.view.show()
        locale = QLocale()
        guess = suggested_mapping(
            table,
            decimal="," if locale.decimalPoint() == "," else ".",
            order="mdy" if locale.dateFormat(QLocale.FormatType.ShortFormat).upper().startswith("M") else "dmy",
        )
        for name in SINGLE:
            self._offer(self.columns[name], table, getattr(guess, name), is_needed=name == "day")
        self._offer_key_results(table, guess)
        self.decimal.setCurrentIndex(self.decimal.findData(guess.decimal))
        self.order.setCurrentIndex(self.order.findData(guess.order))
        for combo in (*self.columns.values(), self.key_result, self.decimal, self.order):
            combo.currentIndexChanged.connect(self._read_anew)
        self._form.show()
        self._read_anew()

    def _read_anew(self) -> None:
        if self._job is not None:
            self._job.cancel()
        assert self._table is not None
        store, table, mapping, name, today = self._store, self._table, self.mapping, self._path.name, self._today
        self._form.fields["objective"].setVisible(mapping.key_result is not None)
        self._start(
            lambda _: (mapping, plan_check_ins(store, table, mapping, name=name, today=today)), self._show_plan
        )

    def _show_plan(self, found: tuple[Mapping, CheckInPlan]) -> None:
        mapping, plan = found
        if mapping != self.mapping:  # another one is under way
            return
        self._job = None
        self._plan = plan
        self.bar.hide()
        count = self.locale().toString(len(plan.fresh))
        parts = [self.tr("{count} check-ins would come.").format(count=count)]
        if plan.fresh:
            days = [draft.day for draft in plan.fresh]
            parts.append(
                self.tr("They reach from {first} to {last}.").format(
                    first=min(days).isoformat(), last=max(days).isoformat()
                )
            )
        if plan.known:
            parts.append(self.tr("{count} are already there.").format(count=self.locale().toString(plan.known)))
        if plan.skipped:
            parts.append(
                self.tr("{count} cannot come; each is named below.").format(
                    count=self.locale().toString(len(plan.skipped))
                )
            )
        if self._table is not None and self._table.remark:
            parts.append(self._table.remark)
        self.said.setText(" ".join(parts))
        lines = [f"{skipped.where}: {skipped.reason}" for skipped in plan.skipped[:MOST_SAID]]
        if len(plan.skipped) > MOST_SAID:
            lines.append(self.tr("… and {count} more").format(count=len(plan.skipped) - MOST_SAID))
        self.details.setPlainText("\n".join(lines))
        self.details.setVisible(bool(lines))
        self.primary.setText(self.tr("Import {count} check-ins").format(count=count))
        self.primary.setEnabled(bool(plan.fresh))
        self.make_room()

    def _finish(self, batch: int | None) -> None:
        self._job = None
        assert self._plan is not None
        if batch is not None:
            self.brought.emit(batch, len(self._plan.fresh))
        super().reject()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._is_bringing = False
        self.cancel.setEnabled(True)
        self.bar.hide()
        if isinstance(error, Cancelled):
            super().reject()
        elif isinstance(error, UserError):
            self.said.setText(self.tr("Nothing was imported."))
            self.say(str(error))
        else:
            super().reject()
            raise error

    # ------------------------------------------------------------ building

    def _offer(self, combo: QComboBox, table: Table, guess: int | None, *, is_needed: bool) -> None:
        if not is_needed:
            combo.addItem(self.tr("None"), None)
        for place, name in enumerate(table.columns):
            combo.addItem(name or self.tr("Column {number}").format(number=place + 1), place)
        combo.setCurrentIndex(max(combo.findData(guess), 0))

    def _offer_key_results(self, table: Table, guess: Mapping) -> None:
        combo = self.key_result
        chosen = 0
        for row, result in self._results:
            if result.id == self._chosen:
                chosen = combo.count()
            combo.addItem(self._name(row, result), ("result", result.id))
        for place, name in enumerate(table.columns):
            if place == guess.key_result:
                chosen = combo.count()
            shown = name or self.tr("Column {number}").format(number=place + 1)
            combo.addItem(self.tr("As the column “{name}” says").format(name=shown), ("column", place))
        combo.setCurrentIndex(chosen)

    def _name(self, row: ObjectiveRow, result: KeyResultRow) -> str:
        return f"{result.title}  —  {row.title}"

    def _make_controls(self) -> None:
        self.said = label(self.tr("Reading…"), "", wrap=True)
        self.bar = ProgressLine()
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("What does not come, and why"))
        self.details.setMaximumHeight(theme.px(120))
        self.details.hide()
        self._model = TableModel(self)
        self.view = TableView(self._model)
        self.view.setAccessibleName(self.tr("The first rows of the file"))
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.view.setFixedHeight(theme.px(34 + 32 * ROWS_AT_ONCE))
        self.view.hide()
        self.columns = {name: _combo() for name in SINGLE}
        self.key_result, self.decimal, self.order = _combo(), _combo(), _combo()
        self.decimal.addItem(self.tr("With a point: 1,234.5"), ".")
        self.decimal.addItem(self.tr("With a comma: 1.234,5"), ",")
        self.order.addItem(self.tr("Day first: 31/12/2026"), "dmy")
        self.order.addItem(self.tr("Month first: 12/31/2026"), "mdy")

    def _lay_out(self) -> None:
        self._form = Form()
        self._form.add_row(
            ("day", self.tr("Day"), self.columns["day"]),
            ("value", self.tr("Value"), self.columns["value"]),
            ("confidence", self.tr("Confidence"), self.columns["confidence"]),
            ("note", self.tr("Note"), self.columns["note"]),
        )
        self._form.add("key_result", self.tr("Key result"), self.key_result)
        self._form.add_row(
            ("objective", self.tr("Objective"), self.columns["objective"]),
            ("decimal", self.tr("Decimals"), self.decimal),
            ("order", self.tr("Days such as 03/04/2026"), self.order),
        )
        self._form.hide()
        for part in (self.view, self._form, self.said, self.bar, self.details):
            self.body.addWidget(part)


def _table_in(path: Path) -> Table:
    return loop_habits.table(path) if loop_habits.is_export(path) else read_table(path)


def _combo() -> QComboBox:
    made = QComboBox()
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
