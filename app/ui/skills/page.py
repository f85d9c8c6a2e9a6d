"""Skills: the competency model, rated with evidence and compared with a role."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.core import clock, items, journal, skills
from app.core.model import Area, Entry, Link, Rating, Role, Setting, Skill, Step
from app.core.settings import settings
from app.core.store import Store
from app.ui.kit import icons
from app.ui.kit.actions import ActionButton, action
from app.ui.kit.cards import label
from app.ui.kit.watch import watch
from app.ui.skills.asking import Asking
from app.ui.skills.assessment import Assessment
from app.ui.skills.detail import SkillDetail
from app.ui.skills.domain import DomainSheet
from app.ui.skills.editing import SkillDialog
from app.ui.skills.listing import SkillDelegate, SkillsModel
from app.ui.skills.overview import Overview


class SkillsPage(QWidget):
    """List at the left; the overview, one skill, or the self-assessment at the right."""

    announced = Signal(str, object)
    item_requested = Signal(int)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._skill_id: int | None = None
        with store.read() as session:
            self._today = journal.today(session, clock.now(), clock.zone())
            calendar = settings(session).calendar
        self.search = QLineEdit()
        self.model = SkillsModel(self)
        self.list = QListView()
        self.overview = Overview(self._today, calendar)
        self.detail = SkillDetail(self._today)
        self.assessment = Assessment(self._today)
        self.domain = DomainSheet(store, self._today)
        self.sheets = QStackedWidget()
        self.left = QWidget()
        self._assess = action(
            self, self.tr("Assess yourself"), slot=self._begin_assessment, shortcut="F8", icon="list-checks"
        )
        self._new = action(
            self, self.tr("New skill"), slot=self._add, shortcut=QKeySequence.StandardKey.New, icon="plus"
        )
        action(
            self, self.tr("All skills at a glance"), slot=self._show_overview, shortcut="Alt+Home", icon="radar"
        )
        action(self, self.tr("Search skills"), slot=self._search, shortcut="Ctrl+F", icon="search")
        action(self, self.tr("Domain notebook"), slot=self.show_domain, shortcut="Ctrl+Shift+J", icon="lightbulb")
        self.asking = Asking(self, store, self._today)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)
        if not self._has_model():
            self._plant()
        watch(self, store, [Skill, Area, Role, Rating, Link, Setting, Entry, Step], self._refresh)
        self._refresh()

    def open_item(self, item_id: int) -> None:
        """Show a skill, or the one that a rating is about."""
        with self._store.read() as session:
            rating = session.get(Rating, item_id)
            skill_id = rating.skill_id if rating else item_id
        if self.model.row_of(skill_id) < 0:
            self.search.clear()
        place = self.model.row_of(skill_id)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place))
            self._show_skill(skill_id)
        else:
            self._show_overview()

    # ------------------------------------------------------------ what is shown

    def _refresh(self) -> None:
        with self._store.read() as session:
            self._board = skills.board(session, on=self._today)
            roles = skills.roles(session)
        self.asking.board = self._board
        self.domain.show_parts(self._board)
        self._list()
        self.overview.show_board(self._board, roles)
        if self._skill_id is not None and self.sheets.currentWidget() is self.detail:
            self._show_skill(self._skill_id)

    def _list(self) -> None:
        blocked = self.list.selectionModel().blockSignals(True)
        self.model.show(self._board, self.search.text())
        place = self.model.row_of(self._skill_id) if self._skill_id is not None else -1
        self.list.setCurrentIndex(self.model.index(place) if place >= 0 else QModelIndex())
        self.list.selectionModel().blockSignals(blocked)

    def _show_skill(self, skill_id: int) -> None:
        skill = next((row for row in self._board.skills if row.id == skill_id), None)
        if skill is None:
            self._show_overview()
            return
        self._skill_id = skill_id
        with self._store.read() as session:
            ratings = skills.ratings_of(session, skill_id)
            evidence = skills.evidence_of(session, skill_id)
            candidates = skills.candidate_evidence(session, skill_id)
            checks = skills.checklist(session, skill_id)
        self.detail.show_skill(skill, ratings, evidence, candidates, checks)
        self.left.show()
        self.sheets.setCurrentWidget(self.detail)

    def show_domain(self) -> None:
        """What is known of customers, market, competition and one's product."""
        self._skill_id = None
        self.list.clearSelection()
        self.left.show()
        self.domain.refresh()
        self.sheets.setCurrentWidget(self.domain)

    def _show_overview(self) -> None:
        self._skill_id = None
        self.list.clearSelection()
        self.left.show()
        self.sheets.setCurrentWidget(self.overview)

    def _current_changed(self, index: QModelIndex) -> None:
        skill = self.model.skill(index.row()) if index.isValid() else None
        if skill is not None:
            self._show_skill(skill.id)

    def _activated(self, index: QModelIndex) -> None:
        self._current_changed(index)
        self.detail.scale.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------ what is done

    def _keep_rating(self, draft: skills.RatingDraft) -> None:
        with self._store.write() as session:
            rating = skills.rate(session, draft, today=self._today, now=clock.now(), zone=clock.zone().key)
        self._refresh()
        if self.sheets.currentWidget() is not self.assessment:
            self.announced.emit(self.tr("Rating saved."), lambda: self._take_back(rating.id))

    def _take_back(self, rating_id: int) -> None:
        with self._store.write() as session:
            items.trash(session, [rating_id], now=clock.now())

    def _say_finished(self, said: str) -> None:
        self.announced.emit(said, None)

    def _begin_assessment(self) -> None:
        self.left.hide()
        self.sheets.setCurrentWidget(self.assessment)
        self.assessment.begin(self._board)

    def _end_assessment(self) -> None:
        self.left.show()
        self._show_overview()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_since(self, skill_id: int) -> None:
        with self._store.read() as session:
            self.assessment.show_evidence(skill_id, skills.candidate_evidence(session, skill_id))

    def _choose_role(self, role_id: int | None) -> None:
        with self._store.write() as session:
            skills.set_target_role(session, role_id)
        self._refresh()

    def _choose_target_day(self, day: date | None) -> None:
        with self._store.write() as session:
            skills.set_target_day(session, day)

    def _add(self) -> None:
        areas = self._board.areas
        if not areas:
            return
        here = next((row.area_id for row in self._board.skills if row.id == self._skill_id), areas[0].id)

        def keep(draft: skills.SkillDraft) -> None:
            with self._store.write() as session:
                made = skills.add_skill(session, draft, now=clock.now())
            self._refresh()
            self.open_item(made.id)

        SkillDialog(self, areas, skills.SkillDraft("", here), keep).open()

    def _has_model(self) -> bool:
        with self._store.read() as session:
            return skills.has_model(session)

    def _plant(self) -> None:
        with self._store.write() as session:
            skills.plant_model(session, now=clock.now())

    # ------------------------------------------------------------ how it is built

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Search skills"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SkillDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(self.tr("Skills"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setContentsMargins(12, 14, 12, 0)
        head.addWidget(label(self.tr("Skills"), "section"), 1)
        head.addWidget(ActionButton(self._new, "primary"))
        searching = QHBoxLayout()
        searching.setContentsMargins(12, 0, 12, 0)
        searching.addWidget(self.search)
        self.left.setProperty("role", "list")
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(searching)
        column.addWidget(self.list, 1)
        for sheet in (self.overview, self.detail, self.assessment, self.domain):
            self.sheets.addWidget(sheet)
        splitter = QSplitter()
        splitter.setObjectName("skills")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.left)
        splitter.addWidget(self.sheets)
        splitter.setSizes([328, 800])
        splitter.setStretchFactor(1, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._list)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.activated.connect(self._activated)
        self.overview.domain_requested.connect(self.show_domain)
        self.domain.back_requested.connect(self._show_overview)
        self.domain.announced.connect(self.announced)
        self.domain.item_requested.connect(self.item_requested)
        self.overview.role_chosen.connect(self._choose_role)
        self.overview.target_day_chosen.connect(self._choose_target_day)
        self.overview.step_requested.connect(self.asking.plan_step)
        self.overview.skill_chosen.connect(self.open_item)
        self.overview.assessment_requested.connect(self._begin_assessment)
        self.asking.announced.connect(self.announced)
        self.domain.map.part_requested.connect(self.asking.add_part)
        self.domain.map.part_chosen.connect(self.open_item)
        self.detail.checklist.ticked.connect(self.asking.tick)
        self.detail.checklist.added.connect(self.asking.add_check)
        self.detail.saved.connect(self._keep_rating)
        self.detail.item_requested.connect(self.item_requested)
        self.detail.back_requested.connect(self._show_overview)
        self.detail.edit_requested.connect(self.asking.edit)
        self.assessment.rated.connect(self._keep_rating)
        self.assessment.skill_shown.connect(self._tell_since)
        self.detail.evidence_requested.connect(self.asking.link_evidence)
        self.detail.unproved.connect(self.asking.unprove)
        self.assessment.finished.connect(self._say_finished)
        self.assessment.left.connect(self._end_assessment)
