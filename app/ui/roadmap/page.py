"""The roadmap: the steps from where one stands to where one wants to be, on a board and in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.core import clock, items, journal, roadmap
from app.core.model import KeyResult, Link, Objective, Skill, Step
from app.core.roadmap import StepDraft, StepRow
from app.core.store import Store
from app.ui.kit.actions import action, button
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.empty import EmptyState
from app.ui.kit.watch import watch
from app.ui.roadmap.board import Board, column_of
from app.ui.roadmap.dialog import FinishDialog, StepDialog
from app.ui.roadmap.timeline import Timeline

VIEWS: Final = ("board", "timeline")


class RoadmapPage(QWidget):
    """The same steps as a board of Now, Next, Later and Done, and as bars in time."""

    announced = Signal(str, object)
    item_requested = Signal(int)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        with store.read() as session:
            self._today = journal.today(session, clock.now(), clock.zone())
            self._first_weekday = journal.calendar(session).first_weekday
        self.count = label("", "hint")
        self.view = Choice(
            [
                Option("board", self.tr("Board"), icon="columns-2"),
                Option("timeline", self.tr("Timeline"), icon="calendar-days"),
            ]
        )
        self.lanes = Choice([Option("form", self.tr("By kind")), Option("serves", self.tr("By what it serves"))])
        self.lanes.set_value("form")
        self.zoom = Choice(
            [
                Option("month", self.tr("Month")),
                Option("quarter", self.tr("Quarter")),
                Option("year", self.tr("Year")),
            ]
        )
        self.zoom.set_value("quarter")
        self.board = Board(self._today)
        self.timeline = Timeline(self._today)
        self.nothing = EmptyState(
            "route",
            self.tr("Which step is next?"),
            self.tr(
                "A course, a mentor, a talk, a new project: each step serves a key result or a skill, "
                "and its finish asks what you do differently."
            ),
            self.tr("Plan the first step"),
            self._new,
        )
        self.sheets = QStackedWidget()
        self.new_button: QPushButton = button(self.tr(" New step"), role="primary", icon="plus", slot=self._new)
        self._lay_out()
        self._connect()
        self._add_actions()
        self.view.set_value("board")
        self.setFocusProxy(self.board.columns["now"])
        watch(self, store, [Step, Link, KeyResult, Objective, Skill], self._refresh)
        self._refresh()

    def open_item(self, item_id: int) -> None:
        """Choose a step."""
        self.board.choose(item_id)
        self.timeline.choose(item_id)

    def show_view(self, name: str) -> None:
        """Show the board or the timeline."""
        self.view.set_value(name)
        self._show_view(name)

    # ------------------------------------------------------------ what is shown

    def _refresh(self) -> None:
        with self._store.read() as session:
            rows = roadmap.steps(session, today=self._today)
        self.board.show_rows(rows)
        self.timeline.show_rows(rows)
        undated = sum(row.first is None for row in rows)
        self.count.setText(f"{len(rows):,}" if rows else "")
        one = self.tr("One step has no days yet and stands on the board only.")
        more = self.tr("{count} steps have no days yet and stand on the board only.")
        self._undated.setText(one if undated == 1 else more.format(count=undated))
        self._undated.setVisible(bool(undated))
        self._show_view(str(self.view.value()), empty=not rows)

    def _show_view(self, name: object, *, empty: bool | None = None) -> None:
        is_empty = self.sheets.currentWidget() is self.nothing if empty is None else empty
        sheet = self.nothing if is_empty else self._in_time if name == "timeline" else self.board
        self.sheets.setCurrentWidget(sheet)
        for choice in (self.lanes, self.zoom):
            choice.setVisible(sheet is self._in_time)

    def _chosen(self) -> StepRow | None:
        return self.timeline.chosen() if self.sheets.currentWidget() is self._in_time else self.board.chosen()

    # ------------------------------------------------------------ what is done

    def _new(self) -> None:
        self._ask(None)

    def _ask(self, step_id: int | None, draft: StepDraft | None = None) -> None:
        dialog = StepDialog(
            self._store, self, today=self._today, step_id=step_id, draft=draft, first_weekday=self._first_weekday
        )
        dialog.kept.connect(self._kept)
        dialog.open()

    def _kept(self, step_id: int) -> None:
        self._refresh()
        self.open_item(step_id)

    def _draw(self, form: str, first: date, last: date) -> None:
        self._ask(None, StepDraft(form=form or "practice", first=first, last=last, state="planned"))

    def _move(self, step_id: int, first: date, last: date | None) -> None:
        with self._store.write() as session:
            before = roadmap.move_step(
                session, step_id, first=first, last=last, today=self._today, now=clock.now()
            )
        self.announced.emit(self.tr("The step was moved."), lambda: self._move_back(step_id, *before))

    def _move_back(self, step_id: int, first: date | None, last: date | None) -> None:
        with self._store.write() as session:
            roadmap.move_step(session, step_id, first=first, last=last, today=self._today, now=clock.now())

    def _place(self, step_id: int, column: str, before_id: int | None) -> None:
        rows = {row.id: row for name in self.board.columns.values() for row in name.rows()}
        row = rows[step_id]
        if column == "done" and row.state != "done":
            self._finish(row)
            return
        is_back = column != "done" and row.state in ("done", "dropped")
        state = "doing" if column == "now" else "planned" if is_back or row.state == "doing" else row.state
        state = row.state if column == column_of(row) else state
        horizon = None if column == "done" else column
        with self._store.write() as session:
            was = roadmap.place_step(
                session,
                step_id,
                horizon=horizon,
                state=state,
                before_id=before_id,
                today=self._today,
                now=clock.now(),
            )
        self._refresh()
        self.board.choose(step_id)
        if column != column_of(row):
            self.announced.emit(self.tr("Moved on the board."), self._undo_place(step_id, was))

    def _undo_place(self, step_id: int, was: tuple[str, str, float]) -> Callable[[], None]:
        def undo() -> None:
            with self._store.write() as session:
                roadmap.put_back(session, step_id, was, today=self._today, now=clock.now())

        return undo

    def _finish(self, row: StepRow) -> None:
        dialog = FinishDialog(self._store, row.id, row.title, self, today=self._today)
        was = row.horizon, row.state, row.position
        dialog.finished_step.connect(
            lambda step_id: self.announced.emit(
                self.tr("Done: {title}").format(title=row.title), self._undo_place(step_id, was)
            )
        )
        dialog.open()

    def _finish_chosen(self) -> None:
        if (row := self._chosen()) is not None and row.state != "done":
            self._finish(row)

    def _edit_chosen(self) -> None:
        if (row := self._chosen()) is not None:
            self._ask(row.id)

    def _trash_chosen(self) -> None:
        if (row := self._chosen()) is None:
            return
        with self._store.write() as session:
            items.trash(session, [row.id], now=clock.now())

        def undo() -> None:
            with self._store.write() as session:
                items.restore(session, [row.id])

        self.announced.emit(self.tr("Moved to the Trash."), undo)

    # ------------------------------------------------------------ how it is built

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.tr("Roadmap"), "title"))
        head.addWidget(self.count)
        head.addSpacing(12)
        head.addWidget(self.view)
        head.addWidget(self.lanes)
        head.addWidget(self.zoom)
        head.addStretch(1)
        head.addWidget(self.new_button)
        self._undated = label("", "hint")
        self._in_time = QWidget()
        inside = QVBoxLayout(self._in_time)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.timeline, 1)
        inside.addWidget(self._undated)
        for sheet in (self.board, self._in_time, self.nothing):
            self.sheets.addWidget(sheet)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 20, 12)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.sheets, 1)

    def _connect(self) -> None:
        self.view.changed.connect(self._show_view)
        self.lanes.changed.connect(self._arrange)
        self.zoom.changed.connect(self.timeline.set_zoom)
        self.board.placed.connect(self._place)
        self.board.opened.connect(self._ask)
        self.timeline.opened.connect(self._ask)
        self.timeline.moved.connect(self._move)
        self.timeline.drawn.connect(self._draw)

    def _arrange(self, lanes: object) -> None:
        with self._store.read() as session:
            rows = roadmap.steps(session, today=self._today)
        self.timeline.show_rows(rows, lanes="serves" if lanes == "serves" else "form")

    def _add_actions(self) -> None:
        for text, slot, keys, icon in (
            (self.tr("New step"), self._new, QKeySequence(QKeySequence.StandardKey.New).toString(), "plus"),
            (self.tr("Edit the step…"), self._edit_chosen, "F2", "pencil"),
            (self.tr("Finish the step…"), self._finish_chosen, "Ctrl+Return", "circle-check"),
            (self.tr("Show the board"), lambda: self.show_view("board"), "Ctrl+Shift+1", "columns-2"),
            (self.tr("Show the timeline"), lambda: self.show_view("timeline"), "Ctrl+Shift+2", "calendar-days"),
            (self.tr("Move the step to the Trash"), self._trash_chosen, "Ctrl+Backspace", "trash-2"),
        ):
            action(self, text, slot=slot, shortcut=keys, icon=icon)
