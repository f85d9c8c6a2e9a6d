"""One person: what to talk about, advice and promises still open, talks; and the form of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, people
from app.core.kinds import RELATIONS
from app.core.people import PersonDetail, PersonDraft, Problems, TalkRow
from app.core.store import Store
from app.ui.kit import dates, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, Chip, SectionHead, label
from app.ui.kit.drafting import Drafting
from app.ui.kit.forms import Dialog, Form
from app.ui.mentioned import MentionedIn
from app.ui.roadmap.words import relation_word

CADENCES: Final = (7, 14, 28, 42, 91, 182)


class PersonView(QScrollArea):
    """One person.

    Signals:
        judged: (talk, `tried` or `not_for_me`). settled: (talk, `mine` or `theirs`, `kept` or `dropped`).
        talk_chosen: The id of a talk, or of another text that names the person.
    """

    judged = Signal(object, str)
    settled = Signal(object, str, str)
    talk_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person: PersonDetail | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit = button(self.tr("Edit"), icon="pencil")
        self.talk = button(self.tr("Write down a talk"), role="primary", icon="message-circle")
        self.mentioned = MentionedIn()
        self.mentioned.chosen.connect(self.talk_chosen)
        self._today = date.min

    def show_person(self, found: PersonDetail, today: date) -> None:
        """Show somebody; `mentioned` is to be told by whoever has the store."""
        at = self.verticalScrollBar().value() if self.person and self.person.row.id == found.row.id else 0
        self.person, self._today = found, today
        for each in (self.edit, self.talk, self.mentioned):
            each.setParent(None)
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 12, 20)
        column.setSpacing(12)
        column.addLayout(self._head(found))
        if found.draft.why.strip():
            column.addWidget(label(found.draft.why.strip(), "", wrap=True))
        for text, said in (
            (self.tr("To talk about"), found.draft.agenda),
            (self.tr("What I ask"), found.draft.asks),
        ):
            if said.strip():
                column.addWidget(_section(SectionHead(text), [label(said.strip(), "", wrap=True)]))
        self._add_open(column, found.talks)
        self._add_past(column, found.talks)
        column.addWidget(self.mentioned)
        column.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().setValue(at)

    def _head(self, found: PersonDetail) -> QVBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(found.row.name, "title", wrap=True), 1)
        top.addWidget(self.edit)
        top.addWidget(self.talk)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        row = found.row
        if row.relation:
            chips.addWidget(Chip(relation_word(row.relation)))
        if row.is_due(self._today):
            chips.addWidget(Chip(self.tr("Due to meet"), "warn"))
        elif row.next_on is not None:
            chips.addWidget(Chip(self.tr("Meet by {day}").format(day=dates.short_day(row.next_on, self._today))))
        if row.last is not None:
            told = self.tr("Last met {day}")
            chips.addWidget(Chip(told.format(day=dates.relative_day(row.last, self._today))))
        chips.addStretch(1)
        made = QVBoxLayout()
        made.setSpacing(6)
        made.addLayout(top)
        made.addLayout(chips)
        return made

    def _add_open(self, column: QVBoxLayout, talks: Sequence[TalkRow]) -> None:
        advice = [
            self._line(
                talk.advice,
                dates.short_day(talk.day, self._today),
                (self.tr("Tried…"), partial(self.judged.emit, talk, "tried")),
                (self.tr("Not for me"), partial(self.judged.emit, talk, "not_for_me")),
            )
            for talk in talks
            if talk.advice and not talk.advice_state
        ]
        promises = [
            self._line(
                said,
                who,
                (self.tr("Kept"), partial(self.settled.emit, talk, whose, "kept")),
                (self.tr("Dropped"), partial(self.settled.emit, talk, whose, "dropped")),
            )
            for talk in talks
            for said, state, whose, who in (
                (talk.promised_by_me, talk.mine_state, "mine", self.tr("I promised")),
                (talk.promised_to_me, talk.theirs_state, "theirs", self.tr("They promised")),
            )
            if said and not state
        ]
        for text, lines in ((self.tr("Advice not tried yet"), advice), (self.tr("Open promises"), promises)):
            if lines:
                head = SectionHead(text)
                head.show_count(len(lines))
                column.addWidget(_section(head, lines))

    def _add_past(self, column: QVBoxLayout, talks: Sequence[TalkRow]) -> None:
        lines: list[QWidget] = []
        for talk in talks:
            title = button(talk.title or self.tr("Conversation"), role="link")
            title.clicked.connect(lambda _=False, talk=talk: self.talk_chosen.emit(talk.id))
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            day = label(dates.short_day(talk.day, self._today), "secondary")
            day.setFixedWidth(theme.px(84))
            across.addWidget(day)
            across.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
            across.addStretch(1)
            lines.append(row)
            if talk.advice_state == "tried" and talk.advice:
                said = self.tr("Tried “{advice}”: {result}")
                result = talk.advice_result or self.tr("nothing said")
                lines.append(label(said.format(advice=talk.advice, result=result), "hint", wrap=True))
        head = SectionHead(self.tr("Conversations"))
        head.show_count(len(talks) or None)
        if not lines:
            words = self.tr("None yet. “Write down a talk” begins one with what you want to talk about.")
            lines.append(label(words, "secondary", wrap=True))
        column.addWidget(_section(head, lines))

    def _line(self, text: str, aside: str, *acts: tuple[str, Callable[[], None]]) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(text, "", wrap=True))
        words.addWidget(label(aside, "hint"))
        across.addLayout(words, 1)
        for name, act in acts:
            across.addWidget(button(name, slot=lambda _=False, act=act: act()), 0, Qt.AlignmentFlag.AlignTop)
        return made


class PersonDialog(Dialog):
    """Somebody new, or what is known of somebody; `kept` tells their id."""

    kept = Signal(int)

    def __init__(
        self, store: Store, draft: PersonDraft, parent: QWidget, *, person_id: int | None, rev: int
    ) -> None:
        heading = parent.tr("Add somebody") if person_id is None else parent.tr("Edit person")
        super().__init__(parent, heading, parent.tr("Save"), width=theme.px(520))
        self._store, self._person_id, self._rev = store, person_id, rev
        self.name = QLineEdit(draft.name)
        self.relation, self.cadence = QComboBox(), QComboBox()
        for relation in ("", *RELATIONS):
            self.relation.addItem(relation_word(relation) or self.tr("Not said"), relation)
        self.relation.setCurrentIndex(max(self.relation.findData(draft.relation), 0))
        self._offer_cadences(draft.cadence_days)
        self.why, self.agenda, self.asks = (
            _lines(text, height) for text, height in ((draft.why, 64), (draft.agenda, 84), (draft.asks, 64))
        )
        self.form = Form()
        self.form.add("name", self.tr("Name"), self.name)
        self.form.add_row(
            ("relation", self.tr("Who they are to me"), self.relation),
            ("cadence_days", self.tr("Meet"), self.cadence),
        )
        self.form.add("why", self.tr("Why this person"), self.why)
        self.form.add(
            "agenda", self.tr("To talk about"), self.agenda, hint=self.tr("The next talk begins with it.")
        )
        self.form.add("asks", self.tr("What I ask"), self.asks)
        self.body.addWidget(self.form)
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self.name.textChanged.connect(lambda: self._drafting.touch("name"))
        self.name.setFocus()

    def draft(self) -> PersonDraft:
        """What the form holds."""
        return PersonDraft(
            self.name.text(),
            self.relation.currentData(),
            self.why.toPlainText(),
            self.cadence.currentData(),
            self.agenda.toPlainText(),
            self.asks.toPlainText(),
        )

    def save(self) -> bool:
        now = clock.now()
        with self._store.write() as session:
            if self._person_id is None:
                kept = people.add_person(session, self.draft(), now=now).id
            else:
                kept = self._person_id
                people.edit_person(session, kept, self.draft(), rev=self._rev, now=now)
        self.kept.emit(kept)
        return True

    def _problems(self) -> Problems:
        return self.draft().problems()

    def _offer_cadences(self, own: int | None) -> None:
        names = {
            None: self.tr("When it happens"),
            7: self.tr("Every week"),
            14: self.tr("Every two weeks"),
            28: self.tr("Every four weeks"),
            42: self.tr("Every six weeks"),
            91: self.tr("Every quarter"),
            182: self.tr("Every half year"),
        }
        for days in (None, *sorted({*CADENCES, *([own] if own else [])})):
            self.cadence.addItem(names.get(days, self.tr("Every {count} days").format(count=days)), days)
        self.cadence.setCurrentIndex(max(self.cadence.findData(own), 0))


def _section(head: QWidget, lines: Sequence[QWidget]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(8)
    column.addWidget(head)
    card = Card(margin=12)
    card.body.setSpacing(8)
    for each in lines:
        card.body.addWidget(each)
    column.addWidget(card)
    return made


def _lines(text: str, height: int) -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(theme.px(height))
    return made
