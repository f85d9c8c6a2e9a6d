"""The form of a step, and what its finish asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core import clock, journal, roadmap
from app.core.days import Calendar, Period
from app.core.roadmap import FORMS, HORIZONS, OPEN, STATES, Finish, Problems, StepDraft
from app.core.store import Store
from app.ui.kinds import kind_icon
from app.ui.kit import icons, theme
from app.ui.kit.cards import label
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.drafting import Drafting
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.numbers import NotANumber, number_text, parse_number
from app.ui.mentioned import MentionedIn
from app.ui.roadmap.words import FORM_ICONS, word

WIDTH: Final = 640
CHECKS: Final = 6
QUARTERS: Final = 6
_NUMBERS: Final = ("hours_planned", "hours_spent", "cost_planned", "cost_spent")


class StepDialog(Dialog):
    """Makes a step or changes one; `kept` tells its id, `item_wanted` another item that leads to it."""

    kept = Signal(int)
    item_wanted = Signal(int)

    def __init__(
        self,
        store: Store,
        parent: QWidget | None = None,
        *,
        today: date,
        step_id: int | None = None,
        draft: StepDraft | None = None,
        first_weekday: int = 0,
    ) -> None:
        heading = self.tr("New step") if step_id is None else self.tr("Edit step")
        super().__init__(parent, heading, self.tr("Save"), width=theme.px(WIDTH))
        self._store, self._today, self._step_id, self._rev = store, today, step_id, 0
        self._draft = draft or StepDraft()
        self._lines: list[list[str]] = []
        with store.read() as session:
            self._quarters = _quarters(journal.calendar(session), today)
            self._servable = roadmap.servable(session)
            self._others = roadmap.steps(session, today=today)
            if step_id is not None:
                self._draft, self._rev = roadmap.draft_of(session, step_id)
                self._lines = roadmap.line_of_sight(session, step_id)
        self._make_controls(first_weekday)
        self._begun = self.draft()
        self.mentioned = MentionedIn()
        self.mentioned.follow(store, step_id)
        self.mentioned.chosen.connect(self._go)
        self._lay_out()
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self._connect()
        self.title.setFocus()

    def save(self) -> bool:
        now = clock.now()
        with self._store.write() as session:
            if self._step_id is None:
                kept = roadmap.add_step(session, self.draft(), now=now).id
            else:
                kept = self._step_id
                roadmap.edit_step(session, kept, self.draft(), rev=self._rev, today=self._today, now=now)
        self.kept.emit(kept)
        return True

    def draft(self) -> StepDraft:
        """What the form holds.

        Raises:
            NotANumber: a number is none.
        """
        numbers = {name: parse_number(getattr(self, name).text()) for name in _NUMBERS}
        return StepDraft(
            title=self.title.text(),
            form=self.kind.currentData(),
            notes=self.notes.toPlainText(),
            state=self.state.currentData(),
            horizon=self.horizon.currentData(),
            first=self.first.value(),
            last=self.last.value(),
            apply_by=self.apply_by.value(),
            parent_id=self.parent_step.currentData(),
            after=_checked(self.after),
            repeats=self.repeats.currentData(),
            repeats_from=self.repeats_from.currentData(),
            currency=self.currency.text().strip(),
            provider=self.provider.text().strip(),
            place=self.place.text().strip(),
            url=self.url.text().strip(),
            serves=_checked(self.serves),
            **numbers,
        )

    def _go(self, item_id: int) -> None:
        """Leave for what names the step, with nothing in the form that would be lost."""
        if self._problems() or self.draft() != self._begun:
            self.say(self.tr("Save or cancel first: the form has changes that are not kept yet."))
        else:
            self.reject()
            self.item_wanted.emit(item_id)

    def _problems(self) -> Problems:
        wrong: Problems = {}
        for name in _NUMBERS:
            try:
                parse_number(getattr(self, name).text())
            except NotANumber as error:
                wrong[name] = str(error)
        return wrong or self.draft().problems()

    # ------------------------------------------------------------ building

    def _make_controls(self, first_weekday: int) -> None:
        held = self._draft
        self.title = QLineEdit(held.title)
        self.title.setPlaceholderText(self.tr("What will you do?"))
        self.kind = _combo([(name, word(name), FORM_ICONS[name]) for name in FORMS], held.form)
        self.state = _combo([(name, word(name), "") for name in STATES], held.state)
        self.horizon = _combo([(name, word(name), "") for name in HORIZONS], held.horizon)
        self.first, self.last, self.apply_by = (
            DayPicker(self._today, day, optional=True, first_weekday=first_weekday)
            for day in (held.first, held.last, held.apply_by)
        )
        self.quarter = _combo(
            [("", self.tr("Days of its own"), ""), *((name, name, "") for name in self._quarters)], ""
        )
        self._show_quarter()
        self.hours_planned, self.hours_spent, self.cost_planned, self.cost_spent = (
            QLineEdit(number_text(getattr(held, name))) for name in _NUMBERS
        )
        self.currency, self.provider, self.place, self.url = (
            QLineEdit(text) for text in (held.currency, held.provider, held.place, held.url)
        )
        self.notes = QPlainTextEdit(held.notes)
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(theme.px(76))
        self.serves = _check_list([(each[0], kind_icon(each[1]), each[2]) for each in self._servable], held.serves)
        others = [row for row in self._others if row.id != self._step_id]
        possible = [row for row in others if row.state in OPEN or row.id in held.after]
        self.after = _check_list([(row.id, FORM_ICONS[row.form], row.title) for row in possible], held.after)
        self.parent_step = QComboBox()
        self.parent_step.addItem(self.tr("A step of its own"), None)
        for row in others:
            if row.parent_id is None or row.id == held.parent_id:
                self.parent_step.addItem(icons.icon(FORM_ICONS[row.form]), row.title, row.id)
        self.parent_step.setCurrentIndex(max(self.parent_step.findData(held.parent_id), 0))
        self.repeats = _combo([(rule, text, "") for rule, text in self._rules(held.repeats).items()], held.repeats)
        self.repeats_from = _combo(
            [("plan", self.tr("from its plan"), ""), ("done", self.tr("after the last time done"), "")],
            held.repeats_from,
        )
        for box in (self.parent_step, self.repeats, self.repeats_from):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _take_quarter(self) -> None:
        """Give the step the whole quarter that was chosen."""
        found = self._quarters.get(self.quarter.currentData())
        if found is not None:
            self.first.set_value(found.first)
            self.last.set_value(found.last)
            self._drafting.touch("first", "last")

    def _show_quarter(self) -> None:
        """Name the quarter that the days are, if they are one."""
        days = self.first.value(), self.last.value()
        named = next((name for name, each in self._quarters.items() if (each.first, each.last) == days), "")
        self.quarter.setCurrentIndex(max(self.quarter.findData(named), 0))

    def _rules(self, own: str) -> dict[str, str]:
        known = {
            "": self.tr("Once"),
            "FREQ=WEEKLY": self.tr("Every week"),
            "FREQ=WEEKLY;INTERVAL=2": self.tr("Every two weeks"),
            "FREQ=MONTHLY": self.tr("Every month"),
            "FREQ=MONTHLY;INTERVAL=3": self.tr("Every quarter"),
            "FREQ=YEARLY": self.tr("Every year"),
        }
        return known if own in known else known | {own: own}

    def _lay_out(self) -> None:
        form = self.form = Form()
        form.add("title", self.tr("Step"), self.title)
        form.add_row(
            ("form", self.tr("Kind"), self.kind),
            ("state", self.tr("State"), self.state),
            ("horizon", self.tr("Column"), self.horizon),
        )
        form.add_row(
            ("quarter", self.tr("When"), self.quarter),
            ("first", self.tr("Begins"), self.first),
            ("last", self.tr("Ends"), self.last),
            ("apply_by", self.tr("Apply by"), self.apply_by),
        )
        form.add(
            "serves",
            self.tr("What it serves"),
            self.serves,
            hint=self.tr("A step that serves nothing is shown so, not forbidden."),
        )
        form.add("notes", self.tr("Notes"), self.notes)
        form.add_row(
            ("parent_id", self.tr("Part of"), self.parent_step),
            ("repeats", self.tr("Comes again"), self.repeats),
            ("repeats_from", self.tr("Counted"), self.repeats_from),
        )
        form.add("after", self.tr("Comes after"), self.after)
        form.fields["after"].setVisible(bool(self.after.count()))
        form.add_row(
            ("hours_planned", self.tr("Hours planned"), self.hours_planned),
            ("hours_spent", self.tr("Hours spent"), self.hours_spent),
            ("cost_planned", self.tr("Cost planned"), self.cost_planned),
            ("cost_spent", self.tr("Cost spent"), self.cost_spent),
            ("currency", self.tr("Currency"), self.currency),
        )
        form.add_row(
            ("provider", self.tr("With whom"), self.provider),
            ("place", self.tr("Where"), self.place),
            ("url", self.tr("Link"), self.url),
        )
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for line in self._lines:
            column.addWidget(label("→ " + "  →  ".join(line), "hint", wrap=True))
        column.addWidget(self.mentioned)
        column.addWidget(form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setProperty("role", "plain")
        scroll.setMinimumHeight(theme.px(440))
        self.body.addWidget(scroll)

    def _connect(self) -> None:
        touch = self._drafting.touch
        self.title.textChanged.connect(lambda: touch("title"))
        for name in ("first", "last", "apply_by"):
            getattr(self, name).changed.connect(lambda: touch("first", "last", "apply_by"))
            getattr(self, name).changed.connect(self._show_quarter)
        self.quarter.activated.connect(self._take_quarter)
        for name in _NUMBERS:
            getattr(self, name).textChanged.connect(lambda _text, name=name: touch(name))
        for box in (self.kind, self.state, self.horizon, self.parent_step):
            box.currentIndexChanged.connect(self._drafting.judge)
        self.repeats.currentIndexChanged.connect(lambda: touch("repeats"))
        self.after.itemChanged.connect(lambda: touch("after"))


class FinishDialog(Dialog):
    """Two lines, both of which may stay blank; `finished_step` tells it, and the id of the one that comes next."""

    finished_step = Signal(int, object)

    def __init__(self, store: Store, step_id: int, title: str, parent: QWidget, *, today: date) -> None:
        super().__init__(parent, parent.tr("Done: {title}").format(title=title), parent.tr("Finish"))
        self._store, self._step_id, self._today = store, step_id, today
        self.learned, self.differently = QLineEdit(), QLineEdit()
        self.form = Form()
        self.form.add("learned", self.tr("What I learned"), self.learned)
        self.form.add(
            "differently",
            self.tr("What I do differently now"),
            self.differently,
            hint=self.tr("In thirty days Today asks once what proves it."),
        )
        self.body.addWidget(self.form)
        self.learned.setFocus()

    def save(self) -> bool:
        finish = Finish(self.learned.text(), self.differently.text())
        with self._store.write() as session:
            following = roadmap.finish_step(session, self._step_id, finish, today=self._today, now=clock.now())
        self.finished_step.emit(self._step_id, following)
        return True


def _quarters(calendar: Calendar, today: date) -> dict[str, Period]:
    """This quarter and the five after it, by name."""
    found: dict[str, Period] = {}
    at: Period | None = calendar.quarter_of(today)
    while at is not None and len(found) < QUARTERS:
        found[at.name] = at
        at = calendar.next(at)
    return found


def _check_list(options: Sequence[tuple[int, str, str]], checked: Sequence[int]) -> QListWidget:
    """A list of (number, icon, text), those `checked` first."""
    made = QListWidget()
    made.setProperty("role", "boxed")
    made.setFixedHeight(theme.px(10 + 28 * min(max(len(options), 1), CHECKS)))
    for number, icon, text in options:
        item = QListWidgetItem(icons.icon(icon), text)
        item.setData(Qt.ItemDataRole.UserRole, number)
        is_checked = number in checked
        item.setCheckState(Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked)
        made.insertItem(0 if is_checked else made.count(), item)
    return made


def _checked(of: QListWidget) -> tuple[int, ...]:
    found = [of.item(place) for place in range(of.count())]
    return tuple(
        item.data(Qt.ItemDataRole.UserRole) for item in found if item.checkState() == Qt.CheckState.Checked
    )


def _combo(options: Sequence[tuple[str, str, str]], chosen: str) -> QComboBox:
    made = QComboBox()
    for value, text, icon in options:
        if icon:
            made.addItem(icons.icon(icon), text, value)
        else:
            made.addItem(text, value)
    made.setCurrentIndex(max(made.findData(chosen), 0))
    return made
