"""The roles one held: a list of them, and the form of one."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.core import clock, items, posts
from app.core.posts import PostDraft, PostRow, Problems
from app.core.store import Store
from app.ui.kit import dates, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, label
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.drafting import Drafting
from app.ui.kit.forms import Dialog, Form


class RoleHistoryDialog(Dialog):
    """Lists them, newest first. `announced` tells what was done, and how to take it back."""

    announced = Signal(str, object)

    def __init__(self, store: Store, parent: QWidget, *, today: date, first_weekday: int = 0) -> None:
        super().__init__(parent, parent.tr("Roles I held"), parent.tr("Close"), width=theme.px(600))
        self.cancel.hide()
        self._store, self._today, self._first_weekday = store, today, first_weekday
        self.body.addWidget(
            label(self.tr("Where the roadmap comes from: they stand on the timeline before today."), "secondary")
        )
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setMinimumHeight(theme.px(240))
        self.body.addWidget(self._scroll)
        self.add = button(self.tr("Add a role"), icon="plus", slot=self.new)
        self.add.setAutoDefault(False)
        self.buttons.insertWidget(0, self.add)
        self._read()

    def new(self) -> None:
        """Ask for one more."""
        self._ask(None)

    def _read(self) -> None:
        with self._store.read() as session:
            self.rows = posts.posts(session)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for row in self.rows:
            column.addWidget(self._card(row))
        if not self.rows:
            column.addWidget(label(self.tr("None yet. Begin with the one you hold."), "hint"))
        column.addStretch(1)
        self._scroll.setWidget(inside)

    def _card(self, row: PostRow) -> QWidget:
        draft = row.draft
        made = Card(margin=12)
        made.body.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(label(draft.title, "strong", wrap=True), 1)
        for text, slot in ((self.tr("Edit"), self._ask), (self.tr("Remove"), self._remove)):
            each = button(text, role="link", slot=partial(slot, row))
            each.setAutoDefault(False)
            top.addWidget(each)
        made.body.addLayout(top)
        assert draft.first is not None
        ends = dates.short_day(draft.last, self._today) if draft.last else self.tr("today")
        parts = [draft.employer, draft.product, draft.level]
        parts.append(f"{dates.short_day(draft.first, self._today)} – {ends}")
        made.body.addWidget(label(" · ".join(part for part in parts if part), "secondary", wrap=True))
        if draft.scope.strip():
            made.body.addWidget(label(draft.scope.strip(), "hint", wrap=True))
        return made

    def _ask(self, row: PostRow | None) -> None:
        dialog = PostDialog(self._store, self, row=row, today=self._today, first_weekday=self._first_weekday)
        dialog.kept.connect(self._read)
        dialog.open()

    def _remove(self, row: PostRow) -> None:
        with self._store.write() as session:
            items.trash(session, [row.id], now=clock.now())

        def undo() -> None:
            with self._store.write() as session:
                items.restore(session, [row.id])

        self._read()
        self.announced.emit(self.tr("“{title}” was moved to the Trash.").format(title=row.draft.title), undo)


class PostDialog(Dialog):
    """A role that was held; `kept` tells that it is written down."""

    kept = Signal()

    def __init__(
        self, store: Store, parent: QWidget, *, row: PostRow | None, today: date, first_weekday: int
    ) -> None:
        heading = parent.tr("Add a role") if row is None else parent.tr("Edit role")
        super().__init__(parent, heading, parent.tr("Save"), width=theme.px(520))
        self._store, self._row = store, row
        held = row.draft if row else PostDraft()
        self.title, self.employer, self.product, self.level = (
            QLineEdit(text) for text in (held.title, held.employer, held.product, held.level)
        )
        self.first, self.last = (
            DayPicker(today, day, optional=True, first_weekday=first_weekday) for day in (held.first, held.last)
        )
        self.scope = QPlainTextEdit(held.scope)
        self.scope.setTabChangesFocus(True)
        self.scope.setFixedHeight(theme.px(84))
        self.form = Form()
        self.form.add("title", self.tr("Role"), self.title)
        self.form.add_row(
            ("employer", self.tr("Employer"), self.employer), ("product", self.tr("Product"), self.product)
        )
        self.form.add_row(
            ("first", self.tr("From"), self.first),
            ("last", self.tr("To, or no day while you hold it"), self.last),
            ("level", self.tr("Level"), self.level),
        )
        hint = self.tr("How many people, which market, which number was yours.")
        self.form.add("scope", self.tr("Scope"), self.scope, hint=hint)
        self.body.addWidget(self.form)
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self.title.textChanged.connect(lambda: self._drafting.touch("title"))
        for each in (self.first, self.last):
            each.changed.connect(lambda: self._drafting.touch("first", "last"))
        self.title.setFocus()

    def draft(self) -> PostDraft:
        """What the form holds."""
        return PostDraft(
            self.title.text(),
            self.employer.text(),
            self.product.text(),
            self.scope.toPlainText(),
            self.level.text(),
            self.first.value(),
            self.last.value(),
        )

    def save(self) -> bool:
        now = clock.now()
        with self._store.write() as session:
            if self._row is None:
                posts.add_post(session, self.draft(), now=now)
            else:
                posts.edit_post(session, self._row.id, self.draft(), rev=self._row.rev, now=now)
        self.kept.emit()
        return True

    def _problems(self) -> Problems:
        return self.draft().problems()
