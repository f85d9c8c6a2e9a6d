"""The menu of what a search can be narrowed to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.core.kinds import SEARCHED_KINDS
from app.ui.journal.searchoffers import DAY_WORDS, linked
from app.ui.kinds import kind_icon, kind_word
from app.ui.kit import icons

if TYPE_CHECKING:
    from app.ui.journal.searchbox import SearchBox

MOST: Final = 20
"""Tags and titles that are offered; typing finds the others."""


class FilterMenu(QMenu):
    """Each choice puts its operator into the box, or takes it out; it ends when it closes."""

    def __init__(self, box: SearchBox, tags: Sequence[str], titles: Sequence[str]) -> None:
        super().__init__(box)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box = box
        self._add_groups(tags, titles)
        self.addSeparator()
        for text, operator in self._states():
            self._add(self, text, operator)
        self.addSeparator()
        best = self.addAction(self.tr("Best match first"))
        best.setCheckable(True)
        best.setChecked(box.best_first)
        best.triggered.connect(box.order)
        keep = self.addAction(icons.icon("save"), self.tr("Keep this search…"))
        keep.setEnabled(box.query.node is not None)
        keep.triggered.connect(box.keep_wanted)

    def _add_groups(self, tags: Sequence[str], titles: Sequence[str]) -> None:
        kinds = self.addMenu(icons.icon("notebook-pen"), self.tr("Kind"))
        for kind in SEARCHED_KINDS:
            self._add(kinds, kind_word(kind), f"kind:{kind.replace('_', '-')}", kind_icon(kind))
        tagged = self.addMenu(icons.icon("tag"), self.tr("Tag"))
        for tag in tags[:MOST]:
            self._add(tagged, f"#{tag}", f"tag:{tag}")
        tagged.setEnabled(not tagged.isEmpty())
        far = self.addMenu(icons.icon("link"), self.tr("Linked with"))
        for title in titles[:MOST]:
            self._add(far, title.replace("&", "&&"), linked(title))
        far.setEnabled(not far.isEmpty())
        when = self.addMenu(icons.icon("calendar"), self.tr("When"))
        for word, text in zip(DAY_WORDS, self._day_texts(), strict=True):
            self._add(when, text, f"on:{word}")
        moods = self.addMenu(icons.icon("smile"), self.tr("Mood and energy"))
        for text, operator in (
            (self.tr("Mood good or great"), "mood:>3"),
            (self.tr("Mood low or bad"), "mood:<3"),
            (self.tr("Energy full or bursting"), "energy:>3"),
            (self.tr("Energy low or empty"), "energy:<3"),
        ):
            self._add(moods, text, operator)

    def _add(self, menu: QMenu, text: str, operator: str, icon: str = "") -> None:
        made = menu.addAction(text)
        if icon:
            made.setIcon(icons.icon(icon))
        made.setCheckable(True)
        made.setChecked(self._box.is_asked(operator))
        made.triggered.connect(self._toggler(operator))

    def _toggler(self, operator: str) -> Callable[[], None]:
        return lambda: self._box.toggle(operator)

    def _states(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Starred"), "is:starred"),
            (self.tr("Kept out of reports"), "is:private"),
            (self.tr("Open check-boxes"), "has:todo"),
            (self.tr("Links"), "has:link"),
            (self.tr("Pictures or files"), "has:file"),
            (self.tr("Waiting for a verdict"), "is:due"),
            (self.tr("In the Trash"), "in:trash"),
        )

    def _day_texts(self) -> tuple[str, ...]:
        return (
            self.tr("Today"), self.tr("Yesterday"), self.tr("This week"), self.tr("Last week"),
            self.tr("This month"), self.tr("Last month"), self.tr("This year"), self.tr("Last year"),
        )  # fmt: skip
