"""The domain notebook on screen: shelves and their freshness, old beliefs, competitors, customer contact."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, domain, items
from app.core.domain import Competitor, Notebook
from app.core.model import Entry, ItemTag, Link, Person, Setting
from app.core.settings import change_settings, settings
from app.core.store import Store
from app.ui.kit import dates, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, Chip, SectionHead, label
from app.ui.kit.chart import Bar, BarsChart, ChartFrame
from app.ui.kit.forms import set_in
from app.ui.kit.numbers import counted
from app.ui.kit.sheet import scrolling, sheet
from app.ui.kit.tips import plain_tip
from app.ui.kit.watch import watch
from app.ui.skills.noting import AnswerDialog, InsightDialog, word

_ID: Final = Qt.ItemDataRole.UserRole
MOVES: Final = 5
BELIEFS: Final = 5
ROW: Final = 28
MOST_ROWS: Final = 16


class DomainSheet(QWidget):
    """Reads the notebook when shown and whenever something in it changed."""

    announced = Signal(str, object)
    item_requested = Signal(int)
    back_requested = Signal()

    def __init__(self, store: Store, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._today = store, today
        self.fresh, self.contacts = BarsChart(), BarsChart()
        self.fresh_frame = ChartFrame(self.tr("How fresh it is"), self.fresh)
        self.contacts_frame = ChartFrame(self.tr("In touch with customers, by month"), self.contacts)
        self.wanted = QSpinBox()
        set_in(self.wanted)
        self.wanted.setRange(0, 200)
        self.wanted.setSpecialValueText(self.tr("No target"))
        self.wanted.setSuffix(self.tr(" a month"))
        self.wanted.setAccessibleName(self.tr("Contacts wanted a month"))
        self.shelves = QTreeWidget()
        self.beliefs = Card()
        self.competitors = QVBoxLayout()
        self._lay_out()
        self.wanted.editingFinished.connect(self._keep_wanted)
        self.shelves.itemActivated.connect(self._open_item)
        watch(self, store, [Entry, Link, ItemTag, Person, Setting], self.refresh)

    def refresh(self) -> None:
        """Read it all anew."""
        with self._store.read() as session:
            book = domain.notebook(session, today=self._today)
            wanted = settings(session).contacts_wanted
        self.wanted.setValue(wanted)
        self._show_shelves(book)
        self._show_beliefs(book)
        self._show_competitors(book)
        self._show_contacts(book, wanted)

    def _show_shelves(self, book: Notebook) -> None:
        bars = [
            Bar(
                word(shelf.name),
                round(shelf.freshness, 2),
                note=counted(len(shelf.insights), self.tr("one insight"), self.tr("{count} insights")),
            )
            for shelf in book.shelves
        ]
        columns = (self.tr("Shelf"), self.tr("Freshness"), "")
        most = max([shelf.freshness for shelf in book.shelves] + [3.0])
        self.fresh.show_bars(bars, value_text=lambda value: f"{value:.1f}", most=most, columns=columns)
        self.fresh_frame.refresh_table()
        self.shelves.clear()
        for shelf in book.shelves:
            top = QTreeWidgetItem(self.shelves, [f"{word(shelf.name)} · {len(shelf.insights)}"])
            top.setFont(0, theme.font("strong"))
            for row in shelf.insights:
                said = [row.title, word(row.source), dates.short_day(row.day, self._today), f"{row.worth:.0%}"]
                item = QTreeWidgetItem(top, said)
                item.setData(0, _ID, row.id)
                item.setToolTip(0, plain_tip(row.so_what or row.title))
                item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            top.setExpanded(True)
        rows = len(book.shelves) + sum(len(shelf.insights) for shelf in book.shelves)
        head = self.shelves.header().sizeHint().height()
        self.shelves.setFixedHeight(head + theme.px(ROW) * min(rows, MOST_ROWS) + 8)

    def _show_beliefs(self, book: Notebook) -> None:
        _clear(self.beliefs.body, 1)
        found = book.oldest_beliefs[:BELIEFS]
        if not found:
            said = self.tr("Nothing that other entries lean on is worth less than half by now.")
            self.beliefs.body.addWidget(label(said, "secondary", wrap=True))
        for row in found:
            text = self.tr("{title} · {age}, worth {worth}, {held} lean on it").format(
                title=row.title, age=dates.short_day(row.day, self._today), worth=f"{row.worth:.0%}", held=row.held
            )
            self.beliefs.body.addWidget(self._link(text, row.id))

    def _show_competitors(self, book: Notebook) -> None:
        _clear(self.competitors, 0)
        if not book.competitors:
            card = Card()
            card.body.addWidget(label(self.tr("Competitors"), "section"))
            said = self.tr(
                "Tag an insight about the competition with a name, such as #acme, and its card stands here."
            )
            card.body.addWidget(label(said, "secondary", wrap=True))
            self.competitors.addWidget(card)
        for each in book.competitors:
            self.competitors.addWidget(self._card(each))

    def _card(self, each: Competitor) -> Card:
        card = Card()
        answer = button(self.tr("Decide…"), icon="scale", slot=lambda _=False, name=each.name: self.answer(name))
        card.body.addWidget(SectionHead(f"#{each.name}", answer))
        line = QHBoxLayout()
        line.addWidget(Chip(word(each.answer) if each.answer else self.tr("Not decided")))
        if each.review_on is not None:
            due = each.review_on <= self._today
            day = dates.short_day(each.review_on, self._today)
            said = self.tr("Look again: {day}").format(day=day)
            line.addWidget(Chip(said, "warn" if due else "neutral"))
        line.addStretch(1)
        card.body.addLayout(line)
        for move in each.moves[:MOVES]:
            card.body.addWidget(
                self._link(f"{dates.short_day(move.day, self._today)}   {word(move.title)}", move.id)
            )
        return card

    def _show_contacts(self, book: Notebook, wanted: int) -> None:
        bars = [
            Bar(dates.month_text(first), float(count), target=float(wanted) if wanted else None)
            for first, count in reversed(book.contacts)
        ]
        columns = (self.tr("Month"), self.tr("Contacts"), self.tr("Wanted"))
        most = float(max([count for _, count in book.contacts] + [wanted, 4]))
        self.contacts.show_bars(bars, value_text=lambda value: f"{value:.0f}", most=most, columns=columns)
        self.contacts_frame.refresh_table()

    def answer(self, name: str) -> None:
        """Ask what to do about a competitor."""

        def keep(answer: str, why: str, review_on: date | None) -> None:
            with self._store.write() as session:
                made = domain.answer_competitor(
                    session,
                    name,
                    answer=answer,
                    why=why,
                    review_on=review_on,
                    day=self._today,
                    now=clock.now(),
                    zone=clock.zone().key,
                )
            said = self.tr("Decided about #{name}; it stands in today's journal.").format(name=name)
            self.announced.emit(said, lambda: self._take_back(made))

        AnswerDialog(self, name, self._today, keep).open()

    def note_insight(self) -> None:
        """Ask for an insight."""

        def keep(said: str, shelf: str, source: str, so_what: str) -> None:
            with self._store.write() as session:
                made = domain.note_insight(
                    session,
                    said=said,
                    shelf=shelf,
                    source=source,
                    so_what=so_what,
                    day=self._today,
                    now=clock.now(),
                    zone=clock.zone().key,
                )
            self.announced.emit(self.tr("It stands in today's journal."), lambda: self._take_back(made))

        InsightDialog(self, keep).open()

    def _take_back(self, item_id: int) -> None:
        with self._store.write() as session:
            items.trash(session, [item_id], now=clock.now())

    def _keep_wanted(self) -> None:
        with self._store.write() as session:
            change_settings(session, contacts_wanted=self.wanted.value())

    def _open_item(self, item: QTreeWidgetItem) -> None:
        if (found := item.data(0, _ID)) is not None:
            self.item_requested.emit(found)

    def _link(self, text: str, item_id: int) -> QWidget:
        return button(text, role="link", slot=lambda _=False: self.item_requested.emit(item_id))

    def _back(self) -> None:
        self.back_requested.emit()

    def _lay_out(self) -> None:
        self.shelves.setHeaderLabels([self.tr("Insight"), self.tr("Source"), self.tr("Day"), self.tr("Worth")])
        self.shelves.setAccessibleName(self.tr("Insights by shelf"))
        head = self.shelves.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.beliefs.body.addWidget(label(self.tr("Oldest beliefs that others lean on"), "section"))
        self.fresh_frame.show_note(
            self.tr(
                "Each insight counts 1 on its day and half as much after its half-life: customers and product "
                "180 days, market 365, competition 90, unless it says so itself."
            )
        )
        self.contacts_frame.show_note(
            self.tr("Insights from interviews, observation, support and sales, and talks with customers.")
        )
        self.contacts_frame.add_control(self.wanted)
        self.competitors.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(button(self.tr("All skills"), role="quiet", icon="arrow-left", slot=self._back))
        top.addStretch(1)
        note = button(self.tr("Note an insight"), role="primary", icon="lightbulb", slot=self.note_insight)
        top.addWidget(note)
        shelf = Card()
        shelf.body.addWidget(self.shelves)
        content, column = sheet()
        scrolling(content, self)
        column.addLayout(top)
        column.addWidget(label(self.tr("Domain notebook"), "title"))
        for card in (self.fresh_frame, shelf, self.beliefs):
            column.addWidget(card)
        column.addLayout(self.competitors)
        column.addWidget(self.contacts_frame)
        column.addStretch(1)


def _clear(layout: QVBoxLayout, first: int) -> None:
    while (item := layout.takeAt(first)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
