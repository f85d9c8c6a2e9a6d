"""The objectives page: the list at the left, one objective at the right."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QWidget

from app.core import clock, objectives
from app.core.model import CheckIn, Goalpost, KeyResult, Link, Objective, Pause, Period, Purpose, Setting
from app.core.objectives import ObjectiveDetail, ObjectiveRow, PeriodDraft, PurposeRow, calendar_periods
from app.core.settings import Settings, settings
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.actions import action
from app.ui.kit.chart import tell_saving
from app.ui.kit.empty import EmptyState
from app.ui.kit.lead import FocusLead
from app.ui.kit.watch import watch
from app.ui.objectives.commands import ObjectiveCommands
from app.ui.objectives.life import LifeCommands
from app.ui.objectives.listing import WIDTH, ObjectiveList
from app.ui.objectives.overview import OverviewView
from app.ui.objectives.view import ObjectiveView

WATCHED: Final = (Objective, KeyResult, CheckIn, Period, Pause, Goalpost, Link, Purpose, Setting)


class ObjectivesPage(QWidget):
    """Objectives, key results and check-ins of one journal.

    Signals:
        announced: A sentence, and how to take back what it tells, or None.
        item_requested: An item of another page is wanted.
    """

    announced = Signal(str, object)
    item_requested = Signal(int)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._today, self._settings = date.min, Settings()
        self._rows: list[ObjectiveRow] = []
        self._objective_id: int | None = None
        self._purpose: PurposeRow | None = None
        self.commands = ObjectiveCommands(self, store)
        self.life = LifeCommands(self, store)
        self.show_overview = action(
            self,
            self.tr("Overview of the list"),
            slot=self._show_overview,
            shortcut="Ctrl+Shift+O",
            icon="chart-column",
            checkable=True,
        )
        self.list = ObjectiveList(self.commands.new, self.commands.check_in_due, self.show_overview)
        menu = QMenu(self)
        menu.addActions([*self.life.actions, self.commands.trash])
        self.view = ObjectiveView(self.commands.edit, self.commands.check_in, menu)
        self.unset = EmptyState(
            "target",
            self.tr("What will be different?"),
            self.tr(
                "An objective says what to achieve and for whom; its key results are the numbers that prove it."
            ),
            self.tr("Set the first objective"),
            self.commands.new.trigger,
        )
        self.overview = OverviewView(self.show_overview)
        self.nothing = QWidget()
        self.right = QStackedWidget()
        self._lay_out()
        self._connect()
        action(self, self.tr("Search objectives"), slot=self._search, shortcut=QKeySequence.StandardKey.Find)
        FocusLead(self, lambda: self.list.view)
        tell_saving(self, self.announced)
        watch(self, store, WATCHED, self.refresh)
        self._start()

    @property
    def objective_id(self) -> int | None:
        """The objective on show."""
        return self._objective_id

    @property
    def shown_item(self) -> int | None:
        """The same, for the way back."""
        return self._objective_id

    def open_item(self, item_id: int) -> None:
        """Show an objective, or the one that a key result or check-in belongs to, or a period's objectives."""
        with self._store.read() as session:
            place = objectives.place_of(session, item_id)
            periods = {period.id for period in objectives.periods(session)}
        if place is not None:
            self._open(*place)
        elif self._purpose is not None and item_id == self._purpose.id:
            self.commands.say_purpose.trigger()
        elif item_id in periods:
            self._objective_id = None
            self._narrow_to(item_id)
            self.refresh()

    def refresh(self) -> None:
        """Read again what is on show."""
        self._read_list()
        if self._objective_id is None and self._rows:
            self._objective_id = self._rows[0].id
        self.list.select(self._objective_id)
        self._show_objective()

    # ------------------------------------------------------------ reading

    def _start(self) -> None:
        """Show the shortest period around today that has objectives, else all that are open."""
        self._read_today()
        with self._store.read() as session:
            counts, known = objectives.objective_counts(session), objectives.periods(session)
        here = [
            period
            for period in known
            if period.first <= self._today <= period.last and period.id in counts.by_period
        ]
        shortest = min(here, key=lambda period: period.last - period.first, default=None)
        self.list.show_scopes(counts, known, chosen="open" if shortest is None else shortest.id)
        self.refresh()

    def _read_today(self) -> None:
        with self._store.read() as session:
            self._settings = settings(session)
        self._today = self._settings.calendar.day_of(clock.now(), clock.zone())

    def _read_list(self) -> None:
        self._read_today()
        matching = self.list.search.text()
        with self._store.read() as session:
            self.list.show_scopes(objectives.objective_counts(session), objectives.periods(session))
            purposes = objectives.purposes(session)
            due = len(objectives.due_check_ins(session, self._today))
            self._rows = objectives.objective_board(
                session, today=self._today, scope=self.list.current_scope(), matching=matching
            )
            offered = objectives.offered_periods(session, self._today) if self.list.is_by_period else []
        offered = [period for period in offered if period.last >= self._today and not matching.strip()]
        self.list.show_rows(self._rows, is_searched=bool(matching.strip()), offered=offered)
        self.list.show_due(due)
        self._purpose = purposes[0] if purposes else None
        self.list.purpose.show_purpose(self._purpose, self._today)

    def _narrow_to(self, scope: objectives.Scope) -> None:
        with self._store.read() as session:
            counts, known = objectives.objective_counts(session), objectives.periods(session)
        self.list.show_scopes(counts, known, chosen=scope)

    def _show_objective(self, result_id: int | None = None) -> None:
        if self.show_overview.isChecked():
            self._read_overview()
            return
        detail = self._detail()
        if detail is None and self._rows:  # it is gone for good
            self._objective_id = self._rows[0].id
            self.list.select(self._objective_id)
            detail = self._detail()
        if detail is None:
            self._objective_id = None
            is_first = not self._rows and not self.list.search.text().strip()
            self.right.setCurrentWidget(self.unset if is_first else self.nothing)
        else:
            before = None if detail.carried_from is None else self._read(detail.carried_from)
            self.view.show_detail(detail, self._today, result_id=result_id, before=before)
            self.right.setCurrentWidget(self.view)
        self._follow()

    def _read_overview(self) -> None:
        with self._store.read() as session:
            found = objectives.overview(session, today=self._today, scope=self.list.current_scope())
        self.overview.show_overview(found, self.list.scope_name, self._today)
        self.list.select(None)
        self.right.setCurrentWidget(self.overview)
        self._follow()

    def _detail(self) -> ObjectiveDetail | None:
        return None if self._objective_id is None else self._read(self._objective_id)

    def _read(self, objective_id: int) -> ObjectiveDetail | None:
        with self._store.read() as session:
            return objectives.objective_detail(session, objective_id, self._today)

    def _open(self, objective_id: int, result_id: int | None) -> None:
        """Show an objective, in a list that holds it."""
        self._objective_id = objective_id
        self.show_overview.setChecked(False)
        self._read_list()
        if not self.list.select(objective_id):
            with self._store.read() as session:
                found = objectives.objective_rows(session, [objective_id], self._today)
            with QSignalBlocker(self.list.search):
                self.list.search.clear()
            if found and found[0].period:
                self._narrow_to(found[0].period.id)
            elif found:
                self._narrow_to("closed" if found[0].is_closed else "backlog")
            self._read_list()
            self.list.select(objective_id)
        self._show_objective(result_id)

    # ------------------------------------------------------------ slots

    def _choose(self, objective_id: int) -> None:
        self._objective_id = objective_id
        self.show_overview.setChecked(False)
        self._show_objective()

    def _narrow(self) -> None:
        """Show what the list's scope and search ask for; keep the objective while it is among it."""
        self._read_list()
        if self._objective_id not in {row.id for row in self._rows}:
            self._objective_id = self._rows[0].id if self._rows else None
        self.list.select(self._objective_id)
        self._show_objective()

    def _show_overview(self) -> None:
        self.list.select(self._objective_id)
        self._show_objective()
        if self.show_overview.isChecked():
            self.overview.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_in_overview(self, objective_id: int, result_id: int | None) -> None:
        self._open(objective_id, result_id)
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        """Let the actions act on the objective on show; on none while the overview is."""
        is_shown = self._objective_id is not None and not self.show_overview.isChecked()
        detail = self.view.detail if is_shown else None
        result_id = self.view.result_id if detail else None
        self.commands.follow(detail, result_id, period=self._new_period(), today=self._today)
        self.life.follow(detail, self._today)

    def _new_period(self) -> PeriodDraft | None:
        """Where a new objective begins: in the period on show unless it is over, else in this quarter."""
        scope = self.list.current_scope()
        if scope == "backlog":
            return None
        with self._store.read() as session:
            shown = next((period for period in objectives.periods(session) if period.id == scope), None)
        if shown is not None and shown.last >= self._today:
            return shown.draft
        return calendar_periods(self._today, self._settings.calendar)[0]

    def _confirm_purpose(self) -> None:
        if self._purpose is not None:
            with self._store.write() as session:
                objectives.confirm_purpose(session, self._purpose.id, today=self._today)

    def _search(self) -> None:
        self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.search.selectAll()

    def _show_kept(self, objective_id: int, result_id: int | None) -> None:
        self._open(objective_id, result_id)

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        row.addWidget(self.splitter)
        self.right.setProperty("role", "page")
        self.right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.splitter.setObjectName("objectives")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([theme.px(WIDTH), theme.px(860)])
        self.list.setMinimumWidth(theme.px(240))
        for page in (self.nothing, self.unset, self.view, self.overview):
            self.right.addWidget(page)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.narrowed.connect(self._narrow)
        self.list.moved.connect(self.life.move_to)
        self.list.purpose.opened.connect(self.commands.say_purpose.trigger)
        self.list.purpose.confirmed.connect(self._confirm_purpose)
        self.view.result_chosen.connect(self._follow)
        self.view.check_in_chosen.connect(self.commands.check_ins.change)
        self.overview.chosen.connect(self._choose_in_overview)
        self.view.item_chosen.connect(self.item_requested)
        for commands in (self.commands, self.life):
            commands.kept.connect(self._show_kept)
            commands.announced.connect(self.announced)
