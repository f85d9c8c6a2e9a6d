"""The people of a career: who is due to be met, what to talk about, and what became of what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, kinds, people
from app.core.journal import file_entry
from app.core.model import Conversation, Entry, Person
from app.core.people import PersonDraft, PersonRow, PromiseState, TalkRow, Whose
from app.core.store import Store
from app.ui.kit import dates, theme
from app.ui.kit.actions import button
from app.ui.kit.asking import AskDialog
from app.ui.kit.empty import EmptyState
from app.ui.kit.lead import FocusLead
from app.ui.kit.listrow import ListRow, ListRowDelegate
from app.ui.kit.rows import RowsModel
from app.ui.kit.watch import watch
from app.ui.roadmap.person import PersonDialog, PersonView
from app.ui.roadmap.words import relation_word

WIDTH: Final = 300


class PeopleView(QWidget):
    """The list at the left, one person at the right.

    Signals:
        announced: A sentence, and how to take back what it tells, or None. item_requested: a talk is wanted.
    """

    announced = Signal(str, object)
    item_requested = Signal(int)

    def __init__(self, store: Store, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._today = store, today
        self._rows: dict[int, PersonRow] = {}
        self._person_id: int | None = None
        self.model: RowsModel[PersonRow] = RowsModel(self._fetch, self._said, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(ListRowDelegate(self._describe, self.view, gutter=8))
        self.view.setProperty("role", "plain")
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(self.tr("People"))
        self.view.selectionModel().currentChanged.connect(lambda index: self._choose(index.row()))
        self.detail = PersonView()
        self.nobody = EmptyState(
            "users",
            self.tr("Who helps you along?"),
            self.tr(
                "Mentors, coaches, sponsors: why each of them, when to meet again, "
                "and what became of their advice. Whoever is named in a conversation stands here as well."
            ),
            self.tr("Add somebody"),
            self.new,
        )
        self.sheets = QStackedWidget()
        self._lay_out()
        self._connect()
        FocusLead(self, lambda: self.view)
        watch(self, store, [Person, Conversation, Entry], self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on show."""
        with self._store.read() as session:
            rows = people.people_rows(session)
        self._rows = {row.id: row for row in rows}
        self.model.show([row.id for row in rows])
        if self._person_id not in self._rows:
            self._person_id = rows[0].id if rows else None
        self.choose(self._person_id)
        self.sheets.setCurrentIndex(int(not rows))

    @property
    def chosen_id(self) -> int | None:
        """Who is shown, None where there is nobody."""
        return self._person_id

    def knows(self, item_id: int) -> bool:
        """Whether this is one of the people."""
        return item_id in self._rows

    def choose(self, person_id: int | None) -> None:
        """Show somebody."""
        place = -1 if person_id is None else self.model.row_of(person_id)
        if place < 0:
            return
        with QSignalBlocker(self.view.selectionModel()):
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(self.model.index(place), flag)
        self._choose(place)

    def new(self) -> None:
        """Ask for somebody new."""
        self._ask(None, PersonDraft(), 0)

    # ------------------------------------------------------------ what is done

    def _choose(self, place: int) -> None:
        if not 0 <= place < len(self.model.ids):
            return
        self._person_id = self.model.ids[place]
        with self._store.read() as session:
            found = people.person_detail(session, self._person_id)
        if found is not None:
            self.detail.show_person(found, self._today)
            talks = [talk.id for talk in found.talks]
            self.detail.mentioned.follow(self._store, self._person_id, but=talks)
        self.view.viewport().update()

    def _edit(self) -> None:
        if (found := self.detail.person) is not None:
            self._ask(found.row.id, found.draft, found.row.rev)

    def _ask(self, person_id: int | None, draft: PersonDraft, rev: int) -> None:
        dialog = PersonDialog(self._store, draft, self, person_id=person_id, rev=rev)
        dialog.kept.connect(self._kept)
        dialog.open()

    def _kept(self, person_id: int) -> None:
        self._person_id = person_id
        self.refresh()

    def _talk(self) -> None:
        """Begin a conversation of today with the person on show, its agenda taken along, and open it."""
        found = self.detail.person
        if found is None:
            return
        now, zone = clock.now(), str(clock.zone())
        with self._store.write() as session:
            made = Conversation(day=self._today, at=now, zone=zone)
            file_entry(session, made, text=found.draft.agenda, now=now)
            values = {"person": found.row.name, "agenda": ""}
            kinds.change_fields(session, made.id, values, rev=made.rev, now=now)
            talk_id = made.id
        self.item_requested.emit(talk_id)

    def _judge(self, talk: TalkRow, state: str) -> None:
        if state != "tried":
            self._keep_advice(talk, state, "")
            return
        title, about = self.tr("What came of it?"), self.tr("Their advice: {advice}").format(advice=talk.advice)
        dialog = AskDialog(self, title, about, self.tr("What happened when you tried it"), may_be_blank=True)
        dialog.answered.connect(lambda said: self._keep_advice(talk, "tried", said))
        dialog.open()

    def _keep_advice(self, talk: TalkRow, state: str, result: str) -> None:
        def keep(state: str, result: str) -> tuple[str, str]:
            with self._store.write() as session:
                return people.judge_advice(session, talk.id, state, result)  # type: ignore[arg-type]

        was = keep(state, result)
        self.announced.emit(self.tr("Noted what became of the advice."), lambda: keep(*was))

    def _settle(self, talk: TalkRow, whose: Whose, state: PromiseState) -> None:
        def settle(state: PromiseState) -> str:
            with self._store.write() as session:
                return people.settle_promise(session, talk.id, whose, state)

        settle(state)
        told = self.tr("Promise kept.") if state == "kept" else self.tr("Promise dropped.")
        self.announced.emit(told, lambda: settle(""))

    # ------------------------------------------------------------ the list

    def _fetch(self, ids: Sequence[int]) -> list[PersonRow]:
        return [self._rows[item_id] for item_id in ids if item_id in self._rows]

    def _said(self, row: PersonRow) -> str:
        return ", ".join(part for part in (row.name, relation_word(row.relation), self._meeting(row)) if part)

    def _describe(self, row: PersonRow, _place: int) -> ListRow:
        advice = {0: "", 1: self.tr("one piece of advice not tried")}
        promises = {0: "", 1: self.tr("one promise open")}
        more_advice, more_promises = (
            self.tr("{count} pieces of advice not tried"),
            self.tr("{count} promises open"),
        )
        parts = (
            self._meeting(row),
            advice.get(row.open_advice, more_advice.format(count=row.open_advice)),
            promises.get(row.open_promises, more_promises.format(count=row.open_promises)),
        )
        return ListRow(row.name, " · ".join(part for part in parts if part), aside=relation_word(row.relation))

    def _meeting(self, row: PersonRow) -> str:
        if row.is_due(self._today):
            return self.tr("Due to meet")
        if row.next_on is not None:
            return self.tr("Meet by {day}").format(day=dates.short_day(row.next_on, self._today))
        if row.last is not None:
            return self.tr("Last met {day}").format(day=dates.relative_day(row.last, self._today))
        return ""

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        add = button(self.tr("Add somebody"), icon="plus", slot=self.new)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.view, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("people")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([theme.px(WIDTH), theme.px(700)])
        self.sheets.addWidget(self.splitter)
        self.sheets.addWidget(self.nobody)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sheets)

    def _connect(self) -> None:
        self.detail.edit.clicked.connect(self._edit)
        self.detail.talk.clicked.connect(self._talk)
        self.detail.judged.connect(self._judge)
        self.detail.settled.connect(self._settle)
        self.detail.talk_chosen.connect(self.item_requested)
