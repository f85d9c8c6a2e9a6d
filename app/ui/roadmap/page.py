"""The roadmap: the steps from where one stands to where one wants to be, on a board and in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.core import clock, journal, posts, roadmap
from app.core.lanes import lanes_of
from app.core.model import KeyResult, Link, Objective, Post, Setting, Skill, Step
from app.core.posts import PostRow
from app.core.roadmap import StepRow
from app.core.settings import settings
from app.core.store import Store
from app.ui.kit.actions import action, button
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.empty import EmptyState
from app.ui.kit.lead import FocusLead
from app.ui.kit.watch import watch
from app.ui.roadmap.board import Board
from app.ui.roadmap.commands import StepCommands
from app.ui.roadmap.heads import LaneChoice, LoadChip
from app.ui.roadmap.history import RoleHistoryDialog
from app.ui.roadmap.people import PeopleView
from app.ui.roadmap.sharing import Sharing
from app.ui.roadmap.table import StepTable
from app.ui.roadmap.timeline import Timeline

VIEWS: Final = ("board", "timeline", "table", "people")


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
        self.load = LoadChip(self._today, self._first_weekday)
        self.view = Choice(
            [
                Option("board", self.tr("Board"), icon="columns-2"),
                Option("timeline", self.tr("Timeline"), icon="calendar-days"),
                Option("table", self.tr("Table"), icon="table"),
                Option("people", self.tr("People"), icon="users"),
            ]
        )
        self.lanes = LaneChoice()
        self.zoom = Choice(
            [
                Option("month", self.tr("Month")),
                Option("quarter", self.tr("Quarter")),
                Option("year", self.tr("Year")),
            ]
        )
        self.zoom.set_value("quarter")
        self._rows: dict[int, StepRow] = {}
        self.commands = StepCommands(self, store, today=self._today, first_weekday=self._first_weekday)
        self.sharing = Sharing(self, store, today=self._today)
        self.table = StepTable(self._today)
        self.people = PeopleView(store, self._today)
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
        FocusLead(self, lambda: self.board.columns["now"])
        watch(self, store, [Step, Link, KeyResult, Objective, Skill, Setting, Post], self._refresh)
        self._refresh()

    @property
    def shown_item(self) -> int | None:
        """The step that is chosen, or the person among people."""
        if self.sheets.currentWidget() is self.people:
            return self.people.chosen_id
        return row.id if (row := self._chosen()) is not None else None

    def open_item(self, item_id: int) -> None:
        """Show a step, or a person."""
        with self._store.read() as session:
            held = any(post.id == item_id for post in posts.posts(session))
        if held:
            self._show_history()
            return
        if item_id not in self._rows:
            self.people.refresh()  # it may have been out of sight when somebody was added
        if self.people.knows(item_id):
            self.show_view("people")
            self.people.choose(item_id)
            return
        if self.view.value() == "people":
            self.show_view("board")
        for shown in (self.board, self.timeline, self.table):
            shown.choose(item_id)

    def show_view(self, name: str) -> None:
        """Show the board, the timeline, the table or the people."""
        self.view.set_value(name)
        self._show_view(name)

    # ------------------------------------------------------------ what is shown

    def _refresh(self) -> None:
        with self._store.read() as session:
            rows = roadmap.steps(session, today=self._today)
            weekly_hours = settings(session).weekly_hours
            held = [_as_row(post, self._today) for post in posts.posts(session)]
        self.load.show_rows(rows, weekly_hours)
        self._rows = {row.id: row for row in rows}
        self.board.show_rows(rows)
        self.table.show_rows(rows)
        self._show_lanes([*rows, *held])
        undated = sum(row.first is None for row in rows)
        self.count.setText(f"{len(rows):,}" if rows else "")
        one = self.tr("One step has no days yet and stands on the board only.")
        more = self.tr("{count} steps have no days yet and stand on the board only.")
        self._undated.setText(one if undated == 1 else more.format(count=undated))
        self._undated.setVisible(bool(undated))
        self._show_view(str(self.view.value()), empty=not rows)

    def _show_lanes(self, rows: Sequence[StepRow]) -> None:
        by = self.lanes.currentData()
        with self._store.read() as session:
            named = lanes_of(session, by)
        self.timeline.show_rows(rows, lanes=by, named_lanes=named)

    def _show_view(self, name: object, *, empty: bool | None = None) -> None:
        is_empty = not self._rows if empty is None else empty
        sheets: dict[object, QWidget] = {"timeline": self._in_time, "table": self.table}
        sheet = self.people if name == "people" else self.nothing if is_empty else sheets.get(name, self.board)
        before = self.sheets.currentWidget()
        had_focus = before is not None and before.isAncestorOf(self.focusWidget() or self)
        self.sheets.setCurrentWidget(sheet)
        if had_focus:
            sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> StepRow | None:
        shown = self.sheets.currentWidget()
        if shown is self.table:
            return self.table.chosen()
        row = self.timeline.chosen() if shown is self._in_time else self.board.chosen()
        return row if row is None or row.id > 0 else None

    # ------------------------------------------------------------ what is done

    def _new(self) -> None:
        self.commands.ask(None)

    def _kept(self, step_id: int) -> None:
        self._refresh()
        self.open_item(step_id)

    def _place(self, step_id: int, column: str, before_id: int | None) -> None:
        self.commands.place(self._rows[step_id], column, before_id)

    def _change(self, step_id: int, field: str, value: object) -> None:
        self.commands.change(self._rows[step_id], field, value)

    def _with_chosen(self, act: Callable[[StepRow], None]) -> Callable[[], None]:
        def run() -> None:
            if (row := self._chosen()) is not None:
                act(row)

        return run

    def _finish(self, row: StepRow) -> None:
        if row.state != "done":
            self.commands.finish(row)

    def _show_history(self) -> None:
        dialog = RoleHistoryDialog(self._store, self, today=self._today, first_weekday=self._first_weekday)
        dialog.announced.connect(self.announced)
        dialog.open()

    def _open(self, item_id: int) -> None:
        if item_id < 0:
            self._show_history()
        else:
            self.commands.ask(item_id)

    def _refuse(self, sentence: str) -> None:
        self.announced.emit(sentence, None)

    # ------------------------------------------------------------ how it is built

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.tr("Roadmap"), "title"))
        head.addWidget(self.count)
        head.addSpacing(12)
        head.addWidget(self.view)
        head.addStretch(1)
        head.addWidget(self.load)
        head.addWidget(self.new_button)
        self._undated = label("", "hint")
        self._in_time = QWidget()
        inside = QVBoxLayout(self._in_time)
        inside.setContentsMargins(0, 0, 0, 0)
        by = QHBoxLayout()
        by.addWidget(self.lanes)
        by.addStretch(1)
        by.addWidget(self.zoom)
        inside.addLayout(by)
        inside.addWidget(self.timeline, 1)
        inside.addWidget(self._undated)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 20, 12)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.sheets, 1)
        for sheet in (self.board, self._in_time, self.table, self.people, self.nothing):
            self.sheets.addWidget(sheet)

    def _connect(self) -> None:
        self.view.changed.connect(self._show_view)
        self.lanes.activated.connect(self._refresh)
        self.zoom.changed.connect(self.timeline.set_zoom)
        self.board.placed.connect(self._place)
        for shown in (self.board, self.timeline, self.table):
            shown.opened.connect(self._open)
        self.timeline.moved.connect(self.commands.move)
        self.timeline.drawn.connect(self.commands.draw)
        self.table.edited.connect(self._change)
        self.table.refused.connect(self._refuse)
        self.commands.kept.connect(self._kept)
        self.commands.item_wanted.connect(self.item_requested)
        for told in (self.commands.announced, self.sharing.announced, self.people.announced):
            told.connect(self.announced)
        self.people.item_requested.connect(self.item_requested)

    def _add_actions(self) -> None:
        chosen, commands = self._with_chosen, self.commands
        for text, slot, keys, icon in (
            (self.tr("New step"), self._new, QKeySequence(QKeySequence.StandardKey.New).toString(), "plus"),
            (self.tr("Edit the step…"), chosen(lambda row: commands.ask(row.id)), "Ctrl+E", "pencil"),
            (self.tr("Finish the step…"), chosen(self._finish), "Ctrl+Return", "circle-check"),
            (self.tr("Show the board"), lambda: self.show_view("board"), "Ctrl+Shift+1", "columns-2"),
            (self.tr("Show the timeline"), lambda: self.show_view("timeline"), "Ctrl+Shift+2", "calendar-days"),
            (self.tr("Show the table"), lambda: self.show_view("table"), "Ctrl+Shift+3", "table"),
            (self.tr("Show the people"), lambda: self.show_view("people"), "Ctrl+Shift+4", "users"),
            (self.tr("Add somebody…"), self.people.new, "", "user"),
            (self.tr("Roles I held…"), self._show_history, "", "briefcase"),
            (self.tr("One page for a mentor…"), self.sharing.ask_poster, "Ctrl+P", "printer"),
            (self.tr("Calendar file…"), self.sharing.ask_calendar, "", "calendar-plus"),
            (self.tr("What learning brought…"), self.sharing.show_returns, "", "graduation-cap"),
            (self.tr("Move the step to the Trash"), chosen(commands.trash), "Ctrl+Shift+Del", "trash-2"),
        ):
            action(self, text, slot=slot, shortcut=keys, icon=icon)


def _as_row(post: PostRow, today: date) -> StepRow:
    """A role that was held as the timeline draws it: its number is below nought, for it is no step."""
    draft = post.draft
    where = ", ".join(part for part in (draft.employer, draft.product) if part)
    title = f"{draft.title}, {where}" if where else draft.title
    state = "done" if draft.last else "doing"
    last = draft.last or max(today, draft.first or today)
    return StepRow(
        -post.id, post.rev, title, "role", state, "now", draft.first, last, None, None, None, None, 0.0, None
    )
