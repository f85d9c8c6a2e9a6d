"""Pieces of evidence: tick boxes for what may prove a skill, and a dialog that searches the journal for more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.core import journal, search, skills
from app.core.skills import EvidenceRow
from app.core.store import Store
from app.ui.kinds import kind_icon
from app.ui.kit import dates, icons, theme
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog
from app.ui.kit.tips import plain_tip

MOST: Final = 60
SHOWN: Final = 4


def reason_text(reason: str) -> str:
    """Why an entry may prove a skill."""
    said = {
        "link": QCoreApplication.translate("pieces", "linked to it"),
        "tag": QCoreApplication.translate("pieces", "tagged with it"),
        "words": QCoreApplication.translate("pieces", "speaks of it"),
    }
    return said.get(reason, "")


class PieceBoxes(QWidget):
    """Candidates as tick boxes under a line that says what they are; nothing when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._boxes: list[tuple[int, QCheckBox]] = []

    def offer(self, said: str, pieces: Sequence[EvidenceRow], today: date, *, most: int = SHOWN) -> None:
        """Show `pieces`, none ticked."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes = []
        self.setVisible(bool(pieces))
        if pieces:
            self._column.addWidget(label(said, "field", wrap=True))
        for piece in pieces[:most]:
            text = f"{dates.short_day(piece.day, today)}   {piece.title}"
            box = QCheckBox(text.replace("&", "&&"))
            box.setToolTip(reason_text(piece.reason))
            self._boxes.append((piece.id, box))
            self._column.addWidget(box)

    def tick(self, pieces: Collection[int]) -> None:
        """Tick those of `pieces` that are offered."""
        for piece, box in self._boxes:
            box.setChecked(piece in pieces)

    @property
    def boxes(self) -> list[QCheckBox]:
        """The tick boxes, in order."""
        return [box for _, box in self._boxes]

    @property
    def ticked(self) -> tuple[int, ...]:
        """The entries that are ticked."""
        return tuple(item for item, box in self._boxes if box.isChecked())


class EvidenceDialog(Dialog):
    """Entries that prove a skill: candidates first, then whatever the search finds. `keep` gets their ids."""

    def __init__(
        self, parent: QWidget, store: Store, skill_id: int, title: str, today: date, keep: Callable[..., None]
    ) -> None:
        super().__init__(
            parent, parent.tr("What proves “{skill}”?").format(skill=title), parent.tr("Link them"), width=600
        )
        self._store, self._skill_id, self._today, self._keep = store, skill_id, today, keep
        self._ticked: dict[int, None] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the journal"))
        self.search.setAccessibleName(self.tr("Search the journal"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.said = label("", "hint", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Entries"))
        self.list.setMinimumHeight(theme.px(280))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self.search, self.said, self.list):
            self.body.addWidget(part)
        self.primary.setEnabled(False)
        self.search.textChanged.connect(self._find)
        self.list.itemChanged.connect(self._tick)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search, self.list.setFocus)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._find()
        self.search.setFocus()

    def _find(self) -> None:
        typed = self.search.text().strip()
        with self._store.read() as session:
            if typed:
                query = journal.query_for(session, typed, today=self._today)
                ids = search.matching_entry_ids(session, query, limit=MOST)
                rows = skills.found_evidence(session, ids)
            else:
                rows = skills.candidate_evidence(session, self._skill_id, today=self._today, limit=MOST)
        if rows:
            said = (
                self.tr("Down goes to the list, Space ticks, Ctrl+Enter links.")
                if typed
                else self.tr("Since the last rating. Space ticks, Ctrl+Enter links.")
            )
        elif typed:
            said = self.tr("Nothing in the journal says that.")
        else:
            said = self.tr("Nothing new is linked to it, tagged with it or speaks of it. Search for it above.")
        self.said.setText(said)
        self._fill(rows)

    def _fill(self, rows: list[EvidenceRow]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            reason = reason_text(row.reason)
            text = f"{dates.short_day(row.day, self._today)}   {row.title}" + (f"   · {reason}" if reason else "")
            item = QListWidgetItem(icons.icon(kind_icon(row.kind)), text)
            item.setToolTip(plain_tip(row.title))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if row.id in self._ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        if rows:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def _tick(self, item: QListWidgetItem) -> None:
        piece = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked[piece] = None
        else:
            self._ticked.pop(piece, None)
        self.primary.setEnabled(bool(self._ticked))

    def save(self) -> bool:
        self._keep(tuple(self._ticked))
        return True
