"""The head of the journal's desk: day, kind, and what is done with one press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.core import clock, kinds
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import dates, icons
from app.ui.kit.room import ElidedLabel

ROOM_FOR_WORDS: Final = 480
"""In a desk narrower than this, buttons beside the day show their icons only."""


class DeskHead(QVBoxLayout):
    """Two lines, a layout rather than a widget: what is hung one level deeper is dressed once more.

    Signals:
        kind_wanted: The entry is to be of this kind. marked: A mark's name and whether it is on.
        preview_wanted, source_wanted, trash_wanted: Their button was pressed.
    """

    kind_wanted = Signal(str)
    marked = Signal(str, bool)
    preview_wanted = Signal()
    source_wanted = Signal()
    trash_wanted = Signal()

    def __init__(self, desk: QWidget, aside: QWidget) -> None:
        """`aside` stands at the end of the second line; `desk` owns the menu of kinds."""
        super().__init__()
        self.heading = ElidedLabel(role="title")
        self.subheading = ElidedLabel(role="secondary")
        self.kind_button = QPushButton()
        self.star_button = QPushButton()
        self.private_button = QPushButton()
        self.preview_button = QPushButton()
        self.source_button = QPushButton()
        self.trash_button = QPushButton()
        self._dress()
        self._add_kinds(QMenu(desk))
        self._lay_out(aside)
        self._connect()
        self.make_room(ROOM_FOR_WORDS)

    def show_day(self, day: date, note: str) -> None:
        """Say the day, shorter where there is little room, and below it a word about the entry."""
        today = clock.wall().date()
        shorter = (dates.weekday_and_short_day(day, today), dates.short_day(day, today))
        self.heading.show_text(dates.long_day(day), shorter)
        self.subheading.setText(note)

    def show_kind(self, kind: str) -> None:
        """Say the kind of the entry; hidden where it cannot be another."""
        self.kind_button.setText(f" {kind_word(kind)}")
        self.kind_button.setIcon(icons.icon(kind_icon(kind)))
        self.kind_button.setVisible(kind in kinds.KINDS)

    def show_marks(self, *, starred: bool, private: bool) -> None:
        """Say whether the entry has a star and is kept out of reports."""
        self.star_button.setChecked(starred)
        self.private_button.setChecked(private)

    def toggle_mark(self, name: str) -> None:
        """Press the star or the lock."""
        (self.star_button if name == "starred" else self.private_button).click()

    def clear(self) -> None:
        """Say nothing."""
        self.kind_button.hide()
        self.heading.setText("")
        self.subheading.setText("")

    def make_room(self, width: int) -> None:
        """Say what buttons do in a word where a desk this wide has room for it."""
        has_room = width >= ROOM_FOR_WORDS
        self.preview_button.setText(self.tr(" Preview") if has_room else "")
        self.source_button.setText(self.tr(" Show") if has_room else "")

    def _dress(self) -> None:
        away, source = self.tr("Move to the Trash"), self.tr("Show what this entry is about")
        for button, icon, name, tip in (
            (self.source_button, "arrow-right", source, source),
            (self.preview_button, "eye", self.tr("Preview"), self.tr("Read it as a page (Ctrl+Shift+P)")),
            (self.trash_button, "trash-2", away, away),
        ):
            button.setIcon(icons.icon(icon))
            button.setAccessibleName(name)
            button.setToolTip(tip)
        for button, icon, tip in (
            (self.star_button, "star", self.tr("Star it (Ctrl+D)")),
            (self.private_button, "lock", self.tr("Keep it out of reports (Ctrl+Shift+L)")),
        ):
            button.setIcon(icons.icon(icon, role="text2", on_role="accent"))
            button.setCheckable(True)
            button.setAccessibleName(tip)
            button.setToolTip(tip)
        self.preview_button.setCheckable(True)
        self.kind_button.setToolTip(self.tr("Make it an entry of another kind"))
        self.kind_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for button in (*self._buttons(), self.kind_button):
            button.setProperty("role", "quiet")

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.source_button,
            self.star_button,
            self.private_button,
            self.preview_button,
            self.trash_button,
        )

    def _lay_out(self, aside: QWidget) -> None:
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.heading, 1)
        for button in self._buttons():
            above.addWidget(button)
        below.setSpacing(8)
        below.addWidget(self.kind_button)
        below.addWidget(self.subheading, 1)
        below.addWidget(aside)
        self.setSpacing(4)
        self.addLayout(above)
        self.addLayout(below)
        self.source_button.hide()
        self.kind_button.hide()

    def _add_kinds(self, menu: QMenu) -> None:
        for kind in kinds.KINDS:
            made = menu.addAction(icons.icon(kind_icon(kind)), kind_word(kind))
            made.triggered.connect(self._asker(kind))
        self.kind_button.setMenu(menu)

    def _asker(self, kind: str) -> Callable[[], None]:
        return lambda: self.kind_wanted.emit(kind)

    def _connect(self) -> None:
        self.star_button.clicked.connect(lambda on: self.marked.emit("starred", on))
        self.private_button.clicked.connect(lambda on: self.marked.emit("private", on))
        self.preview_button.clicked.connect(self.preview_wanted)
        self.source_button.clicked.connect(self.source_wanted)
        self.trash_button.clicked.connect(self.trash_wanted)
