"""From a gap to a step that closes it: what could be done, one press away from being planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.core import clock, journal
from app.core.proposals import GapRow, Proposal, gap_proposals, own_step
from app.core.roadmap import StepDraft
from app.core.settings import settings
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, SectionHead, label
from app.ui.kit.forms import Dialog
from app.ui.kit.numbers import counted, number_text
from app.ui.roadmap.commands import StepCommands
from app.ui.roadmap.words import word


class GapSteps(QObject):
    """Leads from gaps to the form of a step, over whatever page is on screen; `announced` tells what came."""

    announced = Signal(str, object)

    def __init__(self, parent: QWidget, store: Store) -> None:
        super().__init__(parent)
        self._parent, self._store = parent, store
        with store.read() as session:
            today = journal.today(session, clock.now(), clock.zone())
            first_weekday = settings(session).first_weekday
        self._today = today
        self._commands = StepCommands(parent, store, today=today, first_weekday=first_weekday)
        self._commands.kept.connect(self._say)

    def open(self, skill_id: int | None = None) -> None:
        """Show the weightiest gaps, or one skill, with steps that may help."""
        dialog = GapsDialog(self._store, self._parent, today=self._today, skill_id=skill_id)
        dialog.planned.connect(self._ask)
        dialog.open()

    def _ask(self, draft: StepDraft) -> None:
        self._commands.ask(None, draft)

    def _say(self, step_id: int) -> None:
        said = self.tr("The step is on the roadmap.")
        self.announced.emit(said, lambda: self._commands.take_back(step_id))


class GapsDialog(Dialog):
    """Shows the weightiest gaps with steps that may close them; `planned` tells a `StepDraft` to begin with."""

    planned = Signal(object)

    def __init__(self, store: Store, parent: QWidget, *, today: date, skill_id: int | None = None) -> None:
        super().__init__(parent, parent.tr("A step to grow by"), parent.tr("Close"), width=theme.px(680))
        self.cancel.hide()
        self._today = today
        self.plans: list[QPushButton] = []
        with store.read() as session:
            role, gaps = gap_proposals(session, today=today, skill_id=skill_id)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(10)
        if skill_id is not None and gaps:
            said = self.tr("What may help. Plan one of them, in your own words.")
        elif not role:
            said = self.tr("Choose a target role on the Skills page first; its gaps stand here then.")
        elif not gaps:
            said = self.tr("Nothing that is rated lies below what “{role}” asks.").format(role=role)
        else:
            said = self.tr("What “{role}” asks most of. Plan one of them, in your own words.").format(role=role)
        column.addWidget(label(said, "secondary", wrap=True))
        for gap in gaps:
            self._add(column, gap)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        self.body.addWidget(scroll)
        self.resize(theme.px(700), theme.px(620 if gaps else 180))
        if self.plans:
            self.plans[0].setFocus()

    def _add(self, column: QVBoxLayout, gap: GapRow) -> None:
        level = number_text(gap.level) if gap.level is not None else "–"
        asked = number_text(gap.expected) if gap.expected is not None else ""
        name = self.tr("{skill}: {level} of {expected}") if asked else self.tr("{skill}: {level}")
        column.addWidget(SectionHead(name.format(skill=gap.skill, level=level, expected=asked)))
        if gap.aim:
            column.addWidget(label(self.tr("Next: {aim}").format(aim=gap.aim), "hint", wrap=True))
        if gap.under_way:
            under_way = self.tr("Under way: {steps}").format(steps=", ".join(gap.under_way))
            column.addWidget(label(under_way, "hint", wrap=True))
        card = Card(margin=12)
        card.body.setSpacing(8)
        for proposal in gap.proposals:
            card.body.addWidget(self._line(proposal))
        own = button(self.tr("Something of your own…"), role="quiet", icon="plus")
        own.setAutoDefault(False)
        own.clicked.connect(partial(self._hand_over, own_step(gap)))
        card.body.addWidget(own, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)

    def _line(self, proposal: Proposal) -> QWidget:
        draft = proposal.draft
        parts = [word(draft.form), counted(proposal.weeks, self.tr("1 week"), self.tr("{count} weeks"))]
        if draft.hours_planned:
            parts.append(self.tr("{hours} h").format(hours=number_text(draft.hours_planned)))
        if proposal.again:
            parts.append(self.tr("you did this before"))
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(draft.title, "", wrap=True))
        words.addWidget(label(" · ".join(parts), "hint"))
        across.addLayout(words, 1)
        plan = button(self.tr("Plan…"), slot=partial(self._plan, proposal))
        plan.setAccessibleName(self.tr("Plan: {step}").format(step=draft.title))
        plan.setAutoDefault(True)
        self.plans.append(plan)
        across.addWidget(plan)
        return made

    def _plan(self, proposal: Proposal) -> None:
        last = self._today + timedelta(days=7 * proposal.weeks - 1)
        draft = replace(proposal.draft, state="planned", first=self._today, last=last)
        self._hand_over(draft)

    def _hand_over(self, draft: StepDraft, *_: object) -> None:
        super().reject()
        self.planned.emit(draft)
