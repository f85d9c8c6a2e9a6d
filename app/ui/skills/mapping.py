"""The technical map: parts of one's product, how deep one knows each, and the next thing to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.core.skills import Board, SkillRow
from app.ui.kit import dates, theme
from app.ui.kit.actions import button
from app.ui.kit.cards import Card, label
from app.ui.kit.chart import ChartFrame, HeatTable
from app.ui.kit.empty import EmptyState
from app.ui.kit.forms import Dialog, Form
from app.ui.kit.sheet import scrolling, sheet

_ID: Final = Qt.ItemDataRole.UserRole
CLAIMED: Final = 1.0
PROVEN: Final = 2.0
ROW: Final = 28


def depth_texts() -> tuple[str, ...]:
    """What the four depths look like: editorial defaults, to be edited like any anchor."""
    return (
        QCoreApplication.translate("depths", "I can name it and say what it is for"),
        QCoreApplication.translate("depths", "I can draw it, and what it talks to"),
        QCoreApplication.translate("depths", "I can explain its trade-offs"),
        QCoreApplication.translate("depths", "I can estimate what a change to it takes"),
    )


def question(part: SkillRow) -> str:
    """What to ask somebody who builds it, to get to the next depth."""
    asked = (
        QCoreApplication.translate("depths", "What is it for, and who looks after it?"),
        QCoreApplication.translate("depths", "What does it talk to? Draw it with me."),
        QCoreApplication.translate("depths", "What was given up to build it this way?"),
        QCoreApplication.translate("depths", "What would a small change take?"),
    )
    depth = int(part.now.level or 0)
    if depth < len(asked):
        return asked[depth]
    if part.now.is_claimed:
        return QCoreApplication.translate("depths", "Which of my estimates came true?")
    return QCoreApplication.translate("depths", "What changed since we last spoke?")


class TechnicalMap(QWidget):
    """A square for each part and depth, then the parts with what to ask; the least known first."""

    part_chosen = Signal(int)
    part_requested = Signal()
    assessment_requested = Signal()
    back_requested = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._parts: list[SkillRow] = []
        self.heat = HeatTable()
        self.frame = ChartFrame(self.tr("How deep I know it"), self.heat)
        self.asking = Card()
        self.list = QTreeWidget()
        self.nothing = EmptyState(
            "map",
            self.tr("Which parts is your product made of?"),
            self.tr(
                "Name them: billing, search, the event pipeline. For each say how deep you know it, and the map "
                "tells what to ask next. A dated entry proves a depth."
            ),
            self.tr("New part"),
            self._more,
        )
        self._lay_out()
        self.heat.row_clicked.connect(self._choose)
        self.list.itemActivated.connect(self._open)

    def show_parts(self, board: Board) -> None:
        """Show what is known of each part."""
        self._parts = sorted(board.skills, key=lambda part: part.now.level or 0.0)
        for shown in (self.frame, self.asking, self._go_through):
            shown.setVisible(bool(self._parts))
        self.nothing.setVisible(not self._parts)
        heads = [self.tr("Name it"), self.tr("Draw it"), self.tr("Explain it"), self.tr("Estimate it")]
        self.heat.show_cells(
            [part.title for part in self._parts],
            heads,
            [_depths(part, len(heads)) for part in self._parts],
            most=PROVEN,
            value_text=self._word,
            in_words=True,
        )
        self.frame.refresh_table()
        self.frame.updateGeometry()
        self._list()

    def _list(self) -> None:
        before = self.list.currentItem()
        at = before.data(0, _ID) if before is not None else None
        self.list.clear()
        for part in self._parts:
            level = "–" if part.now.level is None else self.locale().toString(part.now.level, "g", 2)
            proof = self.tr("nothing yet")
            if part.proved:
                proof = dates.short_day(part.proved[-1], self._today)
            item = QTreeWidgetItem(self.list, [part.title, level, proof, question(part)])
            item.setData(0, _ID, part.id)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(3, question(part))
            if part.id == at:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if first is not None and self.list.currentItem() is None:
            self.list.setCurrentItem(first)
        head = self.list.header().sizeHint().height()
        self.list.setFixedHeight(head + theme.px(ROW) * len(self._parts) + 8)

    def _word(self, value: float) -> str:
        return self.tr("proven") if value == PROVEN else self.tr("claimed") if value == CLAIMED else ""

    def _choose(self, place: int) -> None:
        self.part_chosen.emit(self._parts[place].id)

    def _open(self, item: QTreeWidgetItem) -> None:
        self.part_chosen.emit(item.data(0, _ID))

    def _more(self) -> None:
        self.part_requested.emit()

    def _assess(self) -> None:
        self.assessment_requested.emit()

    def _back(self) -> None:
        self.back_requested.emit()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        (self.list if self._parts else self.nothing).setFocus(reason)

    def _lay_out(self) -> None:
        self.list.setHeaderLabels(
            [self.tr("Part"), self.tr("Depth"), self.tr("Proven on"), self.tr("Next thing to ask")]
        )
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("Parts of my product"))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.list.header()
        for place in (0, 1, 2):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.asking.body.addWidget(label(self.tr("What to ask next"), "section"))
        self.asking.body.addWidget(self.list)
        self.frame.show_note(
            self.tr(
                "Strong is proven by a dated entry, faint is claimed, hollow is not rated. "
                "The map is the same in every model."
            )
        )
        top = QHBoxLayout()
        top.addWidget(button(self.tr("All skills"), role="quiet", icon="arrow-left", slot=self._back))
        top.addStretch(1)
        self._go_through = button(self.tr("Go through them"), icon="list-checks", slot=self._assess)
        top.addWidget(self._go_through)
        top.addWidget(button(self.tr("New part"), role="primary", icon="plus", slot=self._more))
        content, column = sheet()
        scrolling(content, self)
        column.addLayout(top)
        column.addWidget(label(self.tr("Technical map"), "title"))
        for part in (self.frame, self.asking, self.nothing):
            column.addWidget(part)
        column.addStretch(1)


def _depths(part: SkillRow, count: int) -> Sequence[float | None]:
    """For each depth whether it is proven, claimed or not reached; unknown while the part is not rated."""
    if part.now.level is None:
        return [None] * count
    level, proven = part.now.level, part.now.proven or 0.0
    return [
        PROVEN if min(proven, level) >= depth else CLAIMED if level >= depth else 0.0
        for depth in range(1, count + 1)
    ]


class PartDialog(Dialog):
    """Asks for the name of a part."""

    def __init__(self, parent: QWidget, keep: Callable[[str], None]) -> None:
        super().__init__(parent, parent.tr("A part of your product"), parent.tr("Put it on the map"))
        self._keep = keep
        self.form = Form()
        self.name = QLineEdit()
        self.form.add("title", self.tr("Name, such as: billing, search, the event pipeline"), self.name)
        self.body.addWidget(self.form)
        self.name.setFocus()

    def save(self) -> bool:
        name = self.name.text()
        if not self.form.show_errors({} if name.strip() else {"title": self.tr("Name the part.")}):
            return False
        self._keep(name)
        return True
