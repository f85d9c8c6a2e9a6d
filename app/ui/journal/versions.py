"""What an entry said before: a list of its versions, and what changed since each."""

from __future__ import annotations

import html
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from app.core import clock, journal, versions
from app.core.store import Store
from app.core.versions import Piece, VersionRow
from app.ui.kit import dates, theme
from app.ui.kit.cards import label
from app.ui.kit.forms import Dialog

WIDTH = 860
HEIGHT = 440
CHANGE = "change"
ABOVE = 60
"""What stands above the first change when it is shown."""


class VersionsDialog(Dialog):
    """Shows the versions of one entry; the chosen one can be brought back. `restored` tells that it was."""

    restored = Signal()

    def __init__(self, store: Store, item_id: int, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Versions"), parent.tr("Bring this version back"), width=WIDTH)
        self._store, self._item_id = store, item_id
        self._rows: list[VersionRow] = []
        self._text, self._rev = "", 0
        self.list = QListWidget()
        self.list.setFixedWidth(theme.px(180))
        self.list.setSpacing(theme.px(3))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Versions, newest first"))
        self.difference = QTextBrowser()
        self.difference.setOpenLinks(False)
        self.difference.setAccessibleName(self.tr("What changed since this version"))
        self.nothing = label(
            self.tr("Nothing was kept yet: each session of writing leaves a version of what stood before."),
            "secondary",
            wrap=True,
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.difference, 1)
        self.legend = label("", "hint", wrap=True)
        self.body.addLayout(row)
        self.body.addWidget(self.legend)
        self.body.addWidget(self.nothing)
        self.list.currentRowChanged.connect(self._compare)
        theme.watch().changed.connect(self._compare_again)
        self._fill()
        self.list.setFocus()

    def save(self) -> bool:
        version = self._rows[self.list.currentRow()]
        with self._store.write() as session:
            versions.restore_version(session, self._item_id, version.id, rev=self._rev, now=clock.now())
        self.restored.emit()
        return True

    def _fill(self) -> None:
        with self._store.read() as session:
            entry = journal.entry(session, self._item_id)
            self._rows = versions.versions_of(session, self._item_id)
        if entry is not None:
            self._text, self._rev = entry.text, entry.rev
        for version in self._rows:
            said = self.tr("{when}\n1 word") if version.words == 1 else self.tr("{when}\n{words} words")
            said = said.format(when=_when(version.at), words=f"{version.words:,}")
            item = QListWidgetItem(said)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.list.addItem(item)
        for widget in (self.list, self.difference, self.legend):
            widget.setVisible(bool(self._rows))
        self.difference.setMinimumHeight(theme.px(HEIGHT) if self._rows else 0)
        self.nothing.setVisible(not self._rows)
        self.primary.setEnabled(bool(self._rows))
        if self._rows:
            self.list.setCurrentRow(0)

    def _compare_again(self) -> None:
        self._compare(self.list.currentRow())

    def _compare(self, place: int) -> None:
        if 0 <= place < len(self._rows):
            version = self._rows[place]
            self.difference.setHtml(_page(versions.compared(version.text, self._text)))
            self.difference.scrollToAnchor(CHANGE)
            bar = self.difference.verticalScrollBar()
            bar.setValue(bar.value() - theme.px(ABOVE))
            is_same = version.text == self._text
            self.legend.setText(
                self.tr("The same as what stands there now.")
                if is_same
                else self.tr("Struck through: only in this version. Underlined: came since.")
            )
            self.primary.setEnabled(not is_same)


def _when(at: datetime) -> str:
    local = at.astimezone(clock.zone())
    return f"{dates.weekday_and_short_day(local.date(), clock.now().date())}, {local:%H:%M}"


def _page(pieces: list[Piece]) -> str:
    look = theme.current()
    styles = {
        "same": f"color: {look.text.name()}",
        "added": f"color: {look.good.name()}; background: {look.good_soft.name()}; text-decoration: underline",
        "removed": f"color: {look.bad.name()}; background: {look.bad_soft.name()}; text-decoration: line-through",
    }
    spans = [f'<span style="{styles[piece.change]}">{html.escape(piece.text)}</span>' for piece in pieces]
    first = next((place for place, piece in enumerate(pieces) if piece.change != "same"), 0)
    said = "".join((*spans[:first], f'<a name="{CHANGE}"></a>', *spans[first:]))
    return f'<div style="white-space: pre-wrap; font-size: {theme.px(13)}px">{said}</div>'
