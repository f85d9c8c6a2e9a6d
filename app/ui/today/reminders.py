"""What waits beside the page of the day without nagging: a question, verdicts, open boxes, other years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QMenu, QWidget

from app.core.kinds import DueRow
from app.core.prompts import Prompt
from app.core.roadmap import StepRow
from app.core.rows import EntryRow
from app.core.todos import OpenBox
from app.ui.kinds import kind_word
from app.ui.kit import dates, icons
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.lead import reached_first
from app.ui.kit.room import ElidedButton, ElidedLabel
from app.ui.today.cards import RING, SideCard

MOST = 5


class PromptCard(SideCard):
    """A question to write on."""

    another_wanted = Signal()
    off_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.body.setSpacing(6)
        self.head = ElidedLabel(role="hint")
        self.question = label("", "body", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.another = button(self.tr("Another"), role="link", slot=self.another_wanted.emit)
        self.off = button(
            self.tr("No questions"),
            role="link",
            slot=self.off_wanted.emit,
            tip=self.tr("Settings bring them back"),
        )
        row.addWidget(self.another)
        row.addWidget(self.off)
        row.addStretch(1)
        self.add_words(self.head)
        self.add_words(self.question)
        self.body.addLayout(row)
        self.hide()

    def ask(self, prompt: Prompt | None) -> None:
        """Show a question with its theme; None hides the card."""
        if prompt is not None:
            self.head.setText(self.tr("To write on · {theme}").format(theme=prompt.theme))
            self.question.setText(prompt.text)
        self.setVisible(prompt is not None)


class _ListCard(SideCard):
    """A heading over some lines; hidden without any."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.body.setSpacing(2)
        self.add_words(label(heading, "section"))
        self._lines: list[QWidget] = []
        self.hide()

    def show_lines(self, lines: Sequence[QWidget]) -> None:
        here = QApplication.focusWidget()
        held = [line for line in self._lines if here in (line, *line.findChildren(QWidget))]
        at = self._lines.index(held[0]) if held else None
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = list(lines)
        for line in self._lines:
            self.body.addWidget(line)
        self.setVisible(bool(lines))
        if at is not None and lines and (next_one := reached_first(lines[min(at, len(lines) - 1)])):
            next_one.setFocus(Qt.FocusReason.OtherFocusReason)

    def lines(self) -> list[QWidget]:
        """What is on show below the heading."""
        return list(self._lines)


class DueCard(_ListCard):
    """Launches and decisions whose day has come; a click opens one to say what came of it."""

    item_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("What came of it?"))

    def show_rows(self, rows: Sequence[DueRow]) -> None:
        """Show what waits for a verdict."""
        if not self._shows(rows):
            self.show_lines([self._line(row) for row in rows[:MOST]])

    def _line(self, row: DueRow) -> QWidget:
        title = row.title or kind_word(row.kind)
        expected = self.tr("Expected: {what}").format(what=row.expected) if row.expected else title
        return _link(f"{kind_word(row.kind)}: {title}", partial(self.item_chosen.emit, row.id), expected)


class FocusCard(_ListCard):
    """The steps under way, at most three, each with what it serves; a click opens one."""

    item_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("In focus"))

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show the steps."""
        if self._shows(rows):
            return
        lines: list[QWidget] = []
        for row in rows:
            lines.append(_link(row.title, partial(self.item_chosen.emit, row.id)))
            if row.serves:
                sight = ElidedLabel("→ " + row.serves[0], role="hint")
                sight.setContentsMargins(RING, 0, RING, 4)
                lines.append(sight)
        self.show_lines(lines)


class ProofCard(_ListCard):
    """Steps that were finished a while ago: asked once what proves them."""

    proof_wanted = Signal(int, str)

    def __init__(self) -> None:
        super().__init__(self.tr("What proves it?"))

    def show_rows(self, rows: Sequence[StepRow]) -> None:
        """Show the steps."""
        if not self._shows(rows):
            self.show_lines(
                [_link(row.title, partial(self.proof_wanted.emit, row.id, row.title)) for row in rows[:MOST]]
            )


class EarlierCard(_ListCard):
    """The same day of earlier years and months."""

    item_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("On this day"))

    def show_rows(self, found: Sequence[tuple[date, EntryRow]], today: date) -> None:
        """Show the entries, each with how long ago it was."""
        lines = []
        for then, row in found[:MOST]:
            title = row.title or kind_word(row.kind)
            text = f"{dates.distance(then, today)} – {title}"
            lines.append(_link(text, partial(self.item_chosen.emit, row.id)))
        self.show_lines(lines)


class BoxesCard(_ListCard):
    """Check-boxes left open on earlier days: do, take over to today, or drop."""

    settled = Signal(object, str)
    item_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("Left open"))

    def show_rows(self, boxes: Sequence[OpenBox], today: date) -> None:
        """Show the boxes, newest first."""
        if not self._shows(boxes, today):
            self.show_lines([self._line(box, today) for box in boxes[:MOST]])

    def _line(self, box: OpenBox, today: date) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        tick = QCheckBox()
        tick.setAccessibleName(self.tr("Done: {what}").format(what=box.text))
        tick.clicked.connect(lambda: self._tick(box))
        words = ElidedLabel(box.text)
        more = button(
            role="quiet", icon="ellipsis", tip=self.tr("From {day}").format(day=dates.short_day(box.day, today))
        )
        more.setAccessibleName(self.tr("What to do with: {what}").format(what=box.text))
        more.clicked.connect(lambda: self._offer(box, more))
        row.addWidget(tick)
        row.addWidget(words, 1)
        row.addWidget(more)
        return line

    def _tick(self, box: OpenBox) -> None:
        self._shown = None  # one that stays open is shown without its tick again
        self.settled.emit(box, "done")

    def _offer(self, box: OpenBox, over: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, icon, slot in (
            (self.tr("Take over to today"), "calendar-plus", lambda: self.settled.emit(box, "moved")),
            (self.tr("Drop"), "x", lambda: self.settled.emit(box, "dropped")),
            (self.tr("Show its entry"), "arrow-right", lambda: self.item_chosen.emit(box.entry_id)),
        ):
            menu.addAction(icons.icon(icon), text).triggered.connect(slot)
        menu.popup(over.mapToGlobal(over.rect().bottomLeft()))


def _link(text: str, slot: Callable[[], None], tip: str = "") -> QWidget:
    made = ElidedButton(text, "link", tip)
    made.clicked.connect(slot)
    return made
