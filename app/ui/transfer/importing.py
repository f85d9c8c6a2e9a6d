"""Import: read, show what would come, then bring it as one batch that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core import clock
from app.core.errors import UserError
from app.core.progress import Cancelled
from app.core.store import Store
from app.core.transfer import bringing
from app.core.transfer.bringing import Outcome, Plan
from app.core.transfer.records import Remark
from app.ui.kit import dates, theme
from app.ui.kit.actions import button
from app.ui.kit.background import Progress, run_in_background, run_job
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.progressline import ProgressLine
from app.ui.transfer.columns import ColumnsForm
from app.ui.transfer.outcomes import OutcomesView
from app.ui.transfer.questions import QuestionsForm
from app.ui.transfer.reading import STEP, Answers, Read, read

WIDTH: Final = 760
ELSEWHERE: Final = ("check_in", "skill")
"""Kinds of rows that dialogs of their own read."""


class ImportDialog(Dialog):
    """Reads `path` at once; nothing is written before the button is pressed.

    Signals:
        brought: (batch id, how many came, whether these are items of any kind, not only entries).
        elsewhere: (kind, path) of a table whose rows are what another dialog reads.
    """

    brought = Signal(int, int, bool)
    elsewhere = Signal(str, str)

    def __init__(self, store: Store, path: Path, parent: QWidget) -> None:
        super().__init__(
            parent, parent.tr("Import “{name}”").format(name=path.name), parent.tr("Import"), width=theme.px(WIDTH)
        )
        self._store = store
        self._path = path
        self._plan: Plan | None = None
        self._job: Progress | None = None
        self._is_bringing = False
        self._told = self._number = 0
        self.kinds: Choice | None = None
        self.columns: ColumnsForm | None = None
        self.questions: QuestionsForm | None = None
        self.said = label(self.tr("Reading…"), "", wrap=True)
        self.bar = ProgressLine()
        self.outcomes = OutcomesView()
        self.outcomes.hide()
        self.save_list = button(self.tr("Save this list…"), role="quiet", slot=self._save_list)
        self.save_list.setAutoDefault(False)
        self.save_list.hide()
        self.buttons.insertWidget(0, self.save_list)
        for part in (self.said, self.bar, self.outcomes):
            self.body.addWidget(part)
        self._read()

    # ------------------------------------------------------------ reading

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        path, store, said = self._path, self._store, self._answers()
        self._start(lambda progress: read(store, path, said, progress), self._show)

    def _answers(self) -> Answers:
        columns = self.columns.value() if self.columns is not None else None
        kind = str(self.kinds.value()) if self.kinds is not None else "note"
        if self.questions is None:
            return Answers(clock.zone(), kind=kind, columns=columns)
        return Answers(self.questions.zone, self.questions.by_file, kind, columns)

    def _show(self, found: Read) -> None:
        self._job = None
        if found.elsewhere:
            self._take_kind(found.elsewhere)
            return
        if self.questions is None:
            self.questions = QuestionsForm(found.zones, clock.zone())
            self.questions.changed.connect(self._read)
            self.body.insertWidget(1, self.questions)
        self.questions.ask_about(found.plan.fresh)
        if found.table is not None and found.columns is not None:
            if self.kinds is None:
                self.kinds = self._ask_kind()
            if self.columns is None:
                self.columns = ColumnsForm(found.table, found.columns)
                self.columns.changed.connect(self._read)
                self.body.insertWidget(2, self.columns)
                self.columns.show()  # at once: it is given the keyboard
                self.columns.controls[0].setFocus()
            self.columns.ask_for_order(found.columns.is_guess)
        self._show_plan(found.plan)

    def _ask_kind(self) -> Choice:
        """Ask what each row of a table is."""
        kinds = Choice(
            [
                Option("note", self.tr("An entry")),
                Option(STEP, self.tr("A step")),
                Option("check_in", self.tr("A check-in…")),
                Option("skill", self.tr("A skill of a ladder…")),
            ]
        )
        kinds.set_value("note")
        kinds.changed.connect(self._take_kind)
        form = Form()
        form.add("kind", self.tr("Each row is"), kinds)
        self.body.insertWidget(1, form)
        return kinds

    def _take_kind(self, kind: object) -> None:
        """Read the rows as this, or leave them to the dialog that does."""
        if kind in ELSEWHERE:
            self.elsewhere.emit(str(kind), str(self._path))
            self.reject()
            return
        if self.columns is not None:
            self.body.removeWidget(self.columns)
            self.columns.deleteLater()
            self.columns = None
        self._read()

    def _show_plan(self, plan: Plan) -> None:
        self._plan = plan
        self.bar.hide()
        self.say("")
        self.said.setText(" ".join(self._summary(plan)))
        if self.columns is None:
            self.outcomes.show_outcomes(plan.outcomes)
        else:
            self.outcomes.show_outcomes(plan.outcomes, "comes", of_table_in=self._answers().zone.key)
        self._lead_in_order()
        self.outcomes.setVisible(bool(plan.outcomes))
        self.save_list.setVisible(bool(plan.outcomes))
        count = len(plan.fresh)
        if not count:
            said = self.tr("Import")
        elif plan.surroundings is not None:
            said = self.tr("Import one item") if count == 1 else self.tr("Import {count} items")
        else:
            said = self.tr("Import one entry") if count == 1 else self.tr("Import {count} entries")
        self.primary.setText(said.format(count=self.locale().toString(count)))
        self.primary.setEnabled(bool(plan.fresh))
        if plan.fresh and self.cancel.hasFocus():
            self.primary.setFocus()
        self.make_room()

    def _lead_in_order(self) -> None:
        """Tab goes as the eye does: what is asked, the list, the buttons."""
        asked = [self.kinds.buttons if self.kinds else (), self.columns.controls if self.columns else ()]
        way = [one for part in asked for one in part]
        way += [*(self.questions.controls if self.questions else ()), *self.outcomes.controls]
        way += [self.save_list, self.cancel, self.primary]
        for one, following in pairwise(way):
            self.setTabOrder(one, following)

    def _summary(self, plan: Plan) -> Iterator[str]:
        """What would come, in sentences."""

        def counted(one: str, several: str, count: int) -> str:
            return (one if count == 1 else several).format(count=self.locale().toString(count), source=plan.source)

        come = self.tr("{source}: one entry would come."), self.tr("{source}: {count} entries would come.")
        if plan.surroundings is not None:
            come = self.tr("{source}: one item would come."), self.tr("{source}: {count} items would come.")
        if not plan.fresh:
            come = (self.tr("{source}: nothing new would come."),) * 2
        yield counted(*come, len(plan.fresh))
        days = sorted({record.day for record in plan.fresh if record.day is not None})
        if days:
            first, last = dates.day_and_year(days[0]), dates.day_and_year(days[-1])
            said = self.tr("All of {first}.") if len(days) == 1 else self.tr("They reach from {first} to {last}.")
            yield said.format(first=first, last=last)
        if undated := sum(record.day is None and record.item is None for record in plan.fresh):
            one = self.tr("One carries no possible day and comes on today's, tagged “undated”.")
            yield counted(
                one, self.tr("{count} carry no possible day and come on today's, tagged “undated”."), undated
            )
        if plan.known:
            yield counted(self.tr("One is already there."), self.tr("{count} are already there."), plan.known)
        if plan.skipped:
            cannot = (
                self.tr("One cannot come; it is named below."),
                self.tr("{count} cannot come; they are named below."),
            )
            yield counted(*cannot, len(plan.skipped))
        if plan.remarks and plan.fresh:
            yield self.tr("Some come differently than they stood there; see “Worth knowing”.")

    # ------------------------------------------------------------ bringing

    def save(self) -> bool:
        plan, store = self._plan, self._store
        if plan is None or self._job is not None:
            return False
        now, zone = clock.now(), self._answers().zone.key
        self._is_bringing = True
        self._told = len(plan.remarks)
        for form in (self.kinds, self.columns, self.questions):
            if form is not None:
                form.setEnabled(False)
        self._start(
            lambda progress: bringing.bring(store, plan, now=now, zone=zone, progress=progress.report),
            self._finish,
        )
        return False

    def _finish(self, batch: int | None) -> None:
        self._job = None
        assert self._plan is not None
        if batch is not None:
            self.brought.emit(batch, len(self._plan.fresh), self._plan.surroundings is not None)
        if late := self._plan.remarks[self._told :]:
            self._show_late(late)
        else:
            super().reject()

    def _show_late(self, remarks: Sequence[Remark]) -> None:
        """What turned out differently while it was written; the dialog stays until it is closed."""
        for part in (self.columns, self.questions, self.bar, self.save_list, self.primary):
            if part is not None:
                part.hide()
        self.said.setText(self.tr("All entries came. What is to know about them is named below."))
        self.outcomes.show_outcomes([Outcome("said", None, one.where, one.said) for one in remarks])
        self.cancel.setText(self.tr("Close"))
        self.cancel.setEnabled(True)
        self.cancel.setFocus()

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
            if self._is_bringing:  # closes when nothing of it is left, or when it was too late
                self.cancel.setEnabled(False)
                return
            self._job = None
        super().reject()

    # ------------------------------------------------------------ inside

    def _start(self, work: Callable[[Progress], object], then: Callable[..., None]) -> None:
        """Work in the background; what work before it says from now on is passed over."""
        self._number += 1
        number = self._number

        def done(made: object) -> None:
            if number == self._number:
                then(made)

        def failed(error: Exception) -> None:
            if number == self._number:
                self._fail(error)

        self.primary.setEnabled(False)
        self.bar.begin()
        self._job = run_job(self, work, done, on_progress=self.bar.report, failed=failed)

    def _save_list(self) -> None:
        dialog = QFileDialog(self, self.tr("Where to"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.tr("Import of {name}").format(name=self._path.stem) + ".csv")
        dialog.fileSelected.connect(self.save_list_to)
        dialog.open()

    def save_list_to(self, target: str) -> None:
        """Write what becomes of each record to a file."""
        plan = self._plan
        if plan is not None:
            run_in_background(
                self,
                lambda: bringing.write_report(plan, Path(target)),
                lambda _: self.say(""),
                failed=lambda error: self.say(str(error)),
            )

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._is_bringing = False
        self.bar.hide()
        if isinstance(error, Cancelled):
            super().reject()
        elif isinstance(error, UserError):
            self.cancel.setEnabled(True)
            self.outcomes.hide()
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
