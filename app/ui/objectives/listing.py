"""The list of objectives: which period, a search, and a row for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.objectives import Counts, ObjectiveRow, PeriodDraft, PeriodRow, Scope
from app.ui.kit import icons
from app.ui.kit.actions import ActionButton, button, icon_button
from app.ui.kit.cards import SectionHead
from app.ui.kit.empty import EmptyState
from app.ui.kit.lead import FocusLead
from app.ui.objectives.by_period import ObjectiveModel, by_period
from app.ui.objectives.purpose import PurposeStrip
from app.ui.objectives.rows import ObjectiveDelegate

WIDTH = 328
BY_PERIOD = "by_period"
NAME_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class ObjectiveList(QWidget):
    """Shows what the page gives it.

    `chosen` tells the objective, `narrowed` that scope or search changed, `moved` (objective, period or None)
    that one was dragged.
    """

    chosen = Signal(int)
    narrowed = Signal()
    moved = Signal(object, object)

    def __init__(
        self, new: QAction, check_in_due: QAction, overview: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "list")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ObjectiveModel(self)
        self.head = SectionHead(self.tr("Objectives"), ActionButton(new, role="primary", text=self.tr("New")))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search objectives"))
        self.search.setAccessibleName(self.tr("Search objectives"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.due = button("", role="link", slot=check_in_due.trigger)
        self.due.setToolTip(check_in_due.toolTip())
        self.due.hide()
        self.scope = QComboBox()
        self.scope.setAccessibleName(self.tr("Period"))
        self.overview = icon_button(overview)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(ObjectiveDelegate(self.view))
        self.view.setProperty("role", "plain")
        self.view.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.view.setDragDropOverwriteMode(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(self.tr("Objectives"))
        self.unfound = EmptyState(
            "search", self.tr("No objective here says that"), self.tr("Try fewer words, or another period.")
        )
        self.purpose = PurposeStrip()
        self.stack = QStackedWidget()
        for page in (self.view, self.unfound):
            self.stack.addWidget(page)
        self._lay_out()
        self.search.textChanged.connect(lambda _: self.narrowed.emit())
        self.scope.activated.connect(lambda _: self.narrowed.emit())
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.model.moved.connect(self.moved)
        FocusLead(self, lambda: self.view)

    def current_scope(self) -> Scope:
        """Which objectives are to be listed."""
        found: Scope = "open" if self.is_by_period else self.scope.currentData() or "open"
        return found

    @property
    def is_by_period(self) -> bool:
        """Whether what is listed stands under its periods."""
        return bool(self.scope.currentData() == BY_PERIOD)

    @property
    def scope_name(self) -> str:
        """What the list is called: "Q4 2026", "All open"."""
        return str(self.scope.currentData(NAME_ROLE) or "")

    def show_scopes(self, counts: Counts, periods: Sequence[PeriodRow], *, chosen: Scope | None = None) -> None:
        """Offer every list that has something in it, and keep to what is chosen."""
        kept = (self.scope.currentData() or "open") if chosen is None else chosen
        entries: list[tuple[str, Scope | str, int]] = [
            (self.tr("All open"), "open", counts.open),
            (self.tr("All open, by period"), BY_PERIOD, counts.open),
        ]
        entries += [
            (period.title, period.id, counts.by_period[period.id])
            for period in periods
            if period.id in counts.by_period
        ]
        entries += [(self.tr("Backlog"), "backlog", counts.by_period.get(None, 0))]
        entries += [(self.tr("Closed"), "closed", counts.closed)]
        with QSignalBlocker(self.scope):
            self.scope.clear()
            for text, scope, count in entries:
                if count or scope in ("open", kept):
                    self.scope.addItem(f"{text} ({self.locale().toString(count)})", scope)
                    self.scope.setItemData(self.scope.count() - 1, text, NAME_ROLE)
            self.scope.setCurrentIndex(max(self.scope.findData(kept), 0))

    def show_due(self, count: int) -> None:
        """Offer the sheet of all check-ins that are due, where there are any."""
        texts = {1: self.tr("1 check-in is due")}
        self.due.setText(texts.get(count, self.tr("{count} check-ins are due").format(count=count)))
        self.due.setVisible(count > 0)

    def show_rows(
        self, rows: Sequence[ObjectiveRow], *, is_searched: bool, offered: Sequence[PeriodDraft] = ()
    ) -> None:
        """Show `rows`, or that a search found none; by period those `offered` are there to be dropped on."""
        is_none = is_searched and not rows
        grouped = self.is_by_period and not is_none
        self.model.show_rows(by_period(rows, offered, self.tr("Backlog")) if grouped else rows)
        self.view.setDragEnabled(grouped)
        self.head.show_count(len(rows))
        self.stack.setCurrentWidget(self.unfound if is_none else self.view)

    def select(self, objective_id: int | None) -> bool:
        """Select without telling; False when the list does not show it."""
        place = -1 if objective_id is None else self.model.row_of(objective_id)
        index = self.model.index(place) if place >= 0 else QModelIndex()
        with QSignalBlocker(self.view.selectionModel()):
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.view.viewport().update()
        if place >= 0:
            self.view.scrollTo(index)
        return place >= 0

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.ids[index.row()] > 0:
            self.chosen.emit(self.model.ids[index.row()])

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(8)
        top.addWidget(self.head)
        top.addWidget(self.search)
        narrowing = QHBoxLayout()
        narrowing.setSpacing(8)
        narrowing.addWidget(self.scope, 1)
        narrowing.addWidget(self.overview)
        top.addLayout(narrowing)
        top.addWidget(self.due, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        line = QFrame()
        line.setProperty("role", "line")
        column.addWidget(line)
        column.addWidget(self.purpose)
