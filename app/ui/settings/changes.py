"""What going back would change: the items, and what each says then and now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from app.core import days
from app.core.backups import Difference
from app.core.words import shared_start
from app.ui.kinds import kind_word
from app.ui.kit import icons
from app.ui.kit.cards import label
from app.ui.kit.editor.text import as_units

MOST_LISTED = 500
_ICONS = {"back": "plus", "changed": "pencil", "gone": "minus"}


class Changes(QWidget):
    """Lists differences; below stands what the one that is looked at says.

    Attributes:
        differences: What is listed, row by row; more may follow that are not.

    Signals:
        looked_at: A difference whose texts are wanted. chosen: Others are selected.
    """

    looked_at = Signal(object)
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.differences: list[Difference] = []
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What would change"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.meaning = label("", "hint", wrap=True)
        self.then = _pane(self.tr("What it said then"))
        self.now = _pane(self.tr("What it says now"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(self.meaning)
        texts = QHBoxLayout()
        for head, pane in ((self.tr("Then"), self.then), (self.tr("Now"), self.now)):
            beside = QVBoxLayout()
            beside.addWidget(label(head, "label"))
            beside.addWidget(pane)
            texts.addLayout(beside, 1)
        column.addLayout(texts, 1)
        self.list.currentRowChanged.connect(self._look)
        self.list.itemSelectionChanged.connect(self.chosen)

    def show_differences(self, found: Sequence[Difference]) -> None:
        """List these, the first `MOST_LISTED` of them."""
        self.differences = list(found)
        self.list.clear()
        for one in self.differences[:MOST_LISTED]:
            day = days.day_of_moment(one.moment)
            title = one.title or (self.tr("Empty page") if one.kind == "note" else kind_word(one.kind))
            row = QListWidgetItem(f"{day}   {title}" if day else title)
            row.setIcon(icons.icon(_ICONS[one.change], role="text2"))
            row.setToolTip(self._change(one.change))
            self.list.addItem(row)
        self._say("", "", "")
        self.list.setCurrentRow(0 if self.differences else -1)
        self.chosen.emit()

    def show_texts(self, one: Difference, now: str | None, then: str | None) -> None:
        """What a difference says; nothing happens when another is looked at by now."""
        at = self.list.currentRow()
        if 0 <= at < len(self.differences) and self.differences[at] is one:
            said = [self.tr("(not there)") if text is None else text for text in (then, now)]
            self._say(self._change(one.change), *said)

    def uids(self) -> list[str]:
        """Those that are selected and can be brought back."""
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return [self.differences[row].uid for row in rows if self.differences[row].change != "gone"]

    def _look(self, place: int) -> None:
        if 0 <= place < len(self.differences):
            self.looked_at.emit(self.differences[place])

    def _say(self, meaning: str, then: str, now: str) -> None:
        self.meaning.setText(meaning)
        same = shared_start(then, now)
        for pane, said in ((self.then, then), (self.now, now)):
            pane.setPlainText(said)
            cursor = pane.textCursor()
            cursor.setPosition(len(as_units(said[:same])))
            pane.setTextCursor(cursor)  # where they part is what one looks for
            pane.centerCursor()

    def _change(self, change: str) -> str:
        return {
            "back": self.tr("Comes back: it is not in the journal now"),
            "changed": self.tr("Changes to what it said then"),
            "gone": self.tr("Goes: it was not in the journal then"),
        }[change]


def _pane(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    return made
