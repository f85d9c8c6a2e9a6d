"""Skills: the competency model, rated with evidence and compared with a role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from app.core import clock, journal, skills
from app.core.model import Area, CompetencyModel, Entry, Link, Rating, Role, Setting, Skill, Step
from app.core.settings import settings
from app.core.skills import Board
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.actions import action
from app.ui.kit.chart import tell_saving
from app.ui.kit.lead import FocusLead
from app.ui.kit.watch import watch
from app.ui.skills.asking import Asking
from app.ui.skills.assessment import Assessment
from app.ui.skills.column import SkillColumn
from app.ui.skills.detail import SkillDetail
from app.ui.skills.domain import DomainSheet
from app.ui.skills.mapping import TechnicalMap
from app.ui.skills.models import Models
from app.ui.skills.overview import Overview
from app.ui.skills.reading import Boards, Found

NARROWEST: Final = 408
"""What a sheet needs, so that in a narrow window the list gives way as far as it can."""


class _Sheets(QStackedWidget):
    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(theme.px(NARROWEST), 0))


class SkillsPage(QWidget):
    """List at the left; the overview, one skill, the map, the notebook or the self-assessment at the right.

    What it shows is read beside the window.
    """

    announced = Signal(str, object)
    item_requested = Signal(int)
    step_requested = Signal(int)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._board, self._parts = Board((), None), Board((), None)
        self._skill_id: int | None = None
        self._wanted: int | None = None
        with store.read() as session:
            self._today = journal.today(session, clock.now(), clock.zone())
            calendar = settings(session).calendar
            has_model = skills.has_model(session)
        self._boards = Boards(self, store, self._today)
        self.models = Models(self, store)
        self.overview = Overview(self._today, calendar)
        self.detail = SkillDetail(self._today)
        self.assessment = Assessment(self._today)
        self.domain = DomainSheet(store, self._today)
        self.map = TechnicalMap(self._today)
        self.sheets = _Sheets()
        self._after: QWidget = self.overview
        self._add_actions()
        self.asking = Asking(self, store, self._today)
        self.left = SkillColumn(self.models.button, self._new, (self._notebook, self._map))
        self.model, self.list, self.search = self.left.model, self.left.list, self.left.search
        self._lay_out()
        self._connect()
        FocusLead(self, lambda: self.list)
        tell_saving(self, self.announced)
        if not has_model:
            with store.write() as session:
                skills.plant_model(session, now=clock.now())
        classes = [Skill, Area, CompetencyModel, Role, Rating, Link, Setting, Entry, Step]
        watch(self, store, classes, self._boards.ask)
        self._boards.ask()

    @property
    def shown_item(self) -> int | None:
        """The skill on show."""
        return self._skill_id

    def open_item(self, item_id: int) -> None:
        """Show a skill, or the one that a rating is about; one of another model brings that into use."""
        with self._store.read() as session:
            rating = session.get(Rating, item_id)
        self._wanted = skill_id = rating.skill_id if rating else item_id
        self.models.use_that_of(skill_id)
        if self.asking.row_of(skill_id) is not None:
            self._show_wanted()
        else:
            self._boards.ask()

    # ------------------------------------------------------------ what is shown

    def _show(self, found: Found) -> None:
        self._board, self._parts = found.board, found.parts
        self.asking.show_boards(found.board, found.parts)
        self.models.show_models(found.models, found.board.model, self.asking.model_actions)
        self.map.show_parts(found.parts)
        self.left.show_board(self._board, self._skill_id)
        self.overview.show_board(self._board, found.roles)
        if self.sheets.currentIndex() == 0:
            self.sheets.setCurrentWidget(self.overview)
        if self._wanted is not None:
            self._show_wanted()
        elif self._skill_id is not None and self.sheets.currentWidget() is self.detail:
            self._show_skill(self._skill_id)

    def _show_wanted(self) -> None:
        """Show the skill that was asked for, or the overview when it stands on no page."""
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        if self.model.row_of(wanted) < 0 and any(row.id == wanted for row in self._board.skills):
            self.search.clear()
        self._show_skill(wanted)

    def _show_skill(self, skill_id: int) -> None:
        skill = self.asking.row_of(skill_id)
        if skill is None:
            self._show_overview()
            return
        self._skill_id = skill_id
        self.left.choose(skill_id)
        with self._store.read() as session:
            ratings = skills.ratings_of(session, skill_id)
            evidence = skills.evidence_of(session, skill_id)
            candidates = skills.candidate_evidence(session, skill_id, today=self._today)
            checks = skills.checklist(session, skill_id)
        self.detail.show_skill(skill, ratings, evidence, candidates, checks)
        self.detail.mentioned.follow(self._store, skill_id)
        self._turn_to(self.detail)

    def show_domain(self) -> None:
        """What is known of customers, market, competition and one's product."""
        self.domain.refresh()
        self._open_notebook(self.domain)

    def show_map(self) -> None:
        """The parts of one's product, with how deep one knows each."""
        self._open_notebook(self.map)

    def _open_notebook(self, sheet: QWidget) -> None:
        self._leave_skill()
        self._turn_to(sheet)
        sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_overview(self) -> None:
        self._leave_skill()
        self._turn_to(self.overview)

    def _leave_skill(self) -> None:
        self._skill_id = None
        self.left.choose(None)

    def _turn_to(self, sheet: QWidget) -> None:
        self.left.show()
        self.sheets.setCurrentWidget(sheet)

    def _back(self) -> None:
        """From a part back to the map, from anything else to all skills."""
        if self.sheets.currentWidget() is self.detail and any(
            row.id == self._skill_id for row in self._parts.skills
        ):
            self.show_map()
        else:
            self._show_overview()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current_changed(self, index: QModelIndex) -> None:
        skill = self.model.skill(index.row()) if index.isValid() else None
        if skill is not None:
            self._show_skill(skill.id)

    def _activated(self, index: QModelIndex) -> None:
        self._current_changed(index)
        self.detail.scale.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_to_rate(self, skill_id: int) -> None:
        self.open_item(skill_id)
        self.detail.scale.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------ what is done

    def _keep_rating(self, draft: skills.RatingDraft) -> None:
        self.asking.keep_rating(draft, told=self.sheets.currentWidget() is not self.assessment)

    def _begin_assessment(self) -> None:
        if self._board.skills:
            self._assess_all(self._board)
        else:
            self.asking.say(self.tr("This model has no skills yet. Add one first, or import a ladder."))

    def _assess_parts(self) -> None:
        self._assess_all(self._parts)

    def _assess_all(self, board: Board) -> None:
        self._leave_skill()
        self._after = self.map if board is self._parts else self.overview
        self.left.hide()
        self.sheets.setCurrentWidget(self.assessment)
        self.assessment.begin(board)

    def _end_assessment(self) -> None:
        self._turn_to(self._after)
        (self.map if self._after is self.map else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_since(self, skill_id: int) -> None:
        with self._store.read() as session:
            self.assessment.show_evidence(
                skill_id, skills.candidate_evidence(session, skill_id, today=self._today)
            )

    def _add(self) -> None:
        here = next((row.area_id for row in self._board.skills if row.id == self._skill_id), None)
        self.asking.add_skill(here, then=self.open_item)

    # ------------------------------------------------------------ how it is built

    def _add_actions(self) -> None:
        overview, new = self.overview, QKeySequence(QKeySequence.StandardKey.New).toString()
        look_back = self._at_a_glance(overview.look_back_a_year)
        made = [
            action(self, text, slot=slot, shortcut=keys, icon=icon)
            for text, slot, keys, icon in (
                (self.tr("New skill"), self._add, new, "plus"),
                (self.tr("Domain notebook"), self.show_domain, "Ctrl+Shift+J", "lightbulb"),
                (self.tr("Technical map"), self.show_map, "Ctrl+Shift+T", "map"),
                (self.tr("Assess yourself"), self._begin_assessment, "F8", "list-checks"),
                (self.tr("All skills at a glance"), self._show_overview, "Alt+Home", "radar"),
                (self.tr("Compare with a year ago"), look_back, "Ctrl+Shift+Y", "history"),
                (self.tr("Go to the target role"), self._at_a_glance(overview.role.setFocus), "Alt+R", "goal"),
                (self.tr("Go to the gaps"), self._at_a_glance(overview.show_gaps), "Ctrl+G", "list-ordered"),
                (self.tr("Link evidence…"), self.detail.ask_evidence, "Alt+E", "link"),
                (self.tr("Search skills"), self._search, "Ctrl+F", "search"),
            )
        ]
        self._new, self._notebook, self._map, self._assess = made[:4]

    def _at_a_glance(self, act: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            self._show_overview()
            act()

        return run

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter()
        whole.addWidget(splitter)
        splitter.setObjectName("skills")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.left)
        splitter.addWidget(self.sheets)
        splitter.setSizes([328, 800])
        splitter.setStretchFactor(1, 1)
        blank = QWidget()
        blank.setProperty("role", "page")
        for sheet in (blank, self.overview, self.detail, self.assessment, self.domain, self.map):
            self.sheets.addWidget(sheet)

    def _connect(self) -> None:
        self._boards.read.connect(self._show)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.activated.connect(self._activated)
        for told in (self.domain, self.asking, self.models):
            told.announced.connect(self.announced)
        for source in (self.domain, self.detail):
            source.item_requested.connect(self.item_requested)
        for sheet in (self.domain, self.map, self.detail):
            sheet.back_requested.connect(self._back)
        self.overview.role_chosen.connect(self.asking.choose_role)
        self.overview.target_day_chosen.connect(self.asking.choose_target_day)
        self.overview.step_requested.connect(self.step_requested)
        self.overview.skill_chosen.connect(self._open_to_rate)
        self.overview.assessment_requested.connect(self._begin_assessment)
        self.map.assessment_requested.connect(self._assess_parts)
        self.map.part_requested.connect(self.asking.add_part)
        self.map.part_chosen.connect(self._open_to_rate)
        self.asking.follow(self.detail)
        self.detail.saved.connect(self._keep_rating)
        self.detail.step_requested.connect(self.step_requested)
        self.assessment.rated.connect(self._keep_rating)
        self.assessment.skill_shown.connect(self._tell_since)
        self.assessment.finished.connect(self.asking.say)
        self.assessment.left.connect(self._end_assessment)
