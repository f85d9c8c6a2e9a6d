"""What the search box offers while somebody types: operators, and what may follow each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit

from app.core.kinds import SEARCHED_KINDS
from app.core.query import HAS, OPERATORS, PLACES, STATES
from app.ui.kit.actions import ENTERS
from app.ui.kit.popups import handed_on

DAY_WORDS: Final = (
    "today",
    "yesterday",
    "this_week",
    "last_week",
    "this_month",
    "last_month",
    "this_year",
    "last_year",
)
OFFERED: Final = 8
_LAST: Final = re.compile(r"(?P<minus>-?)(?:(?P<name>[a-z]+):)?(?P<part>[^\s\"():]*)$", re.IGNORECASE)


class SearchOffers(QObject):
    """Completes what is typed in a field. `left` tells that Return was pressed with nothing chosen."""

    left = Signal()

    def __init__(
        self, field: QLineEdit, tags: Callable[[], Sequence[str]], titles: Callable[[str], Sequence[str]]
    ) -> None:
        super().__init__(field)
        self._field, self._tags, self._titles = field, tags, titles
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setWidget(field)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[str].connect(self._complete)  # type: ignore[index]
        self.popup.installEventFilter(self)
        field.textEdited.connect(self.offer)

    @property
    def popup(self) -> QAbstractItemView:
        """The list of what is offered."""
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if handed_on(self.popup, event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take(event.key())
        return False

    def offer(self, text: str) -> None:
        """Offer how the word that is being typed in `text` may end."""
        found = self._completions(text[: self._field.cursorPosition()])
        if not found:
            self.popup.hide()
            return
        self._words.setStringList(found)
        self._completer.complete()

    def _completions(self, text: str) -> list[str]:
        match = _LAST.search(text)
        if match is None:
            return []
        name, part = (match["name"] or "").lower(), match["part"].casefold()
        if part.startswith("#") and not name:
            fitting = [tag for tag in self._tags() if tag.casefold().startswith(part[1:])]
            return [f"#{tag}" for tag in fitting if tag.casefold() != part[1:]][:OFFERED]
        if not name:
            return [f"{each}:" for each in OPERATORS if len(part) > 1 and each.startswith(part)]
        if name == "link":
            return [linked(title) for title in self._titles(part)[:OFFERED]]
        values: Sequence[str] = {
            "tag": self._tags(),
            "kind": tuple(kind.replace("_", "-") for kind in SEARCHED_KINDS),
            "from": DAY_WORDS,
            "to": DAY_WORDS,
            "on": DAY_WORDS,
            "has": HAS,
            "in": PLACES,
            "is": STATES,
            "mood": ("1", "2", "3", "4", "5"),
            "energy": ("1", "2", "3", "4", "5"),
        }.get(name, ())
        fitting = [value for value in values if value.casefold().startswith(part.lstrip("#")) and value != part]
        return [f"{name}:{value}" for value in fitting[:OFFERED]]

    def _take(self, key: int) -> bool:
        """Tab takes the offer, Enter only what was chosen of it: else the search is meant as it stands."""
        if key not in (*ENTERS, Qt.Key.Key_Tab):
            return False
        chosen = [index.data() for index in self.popup.selectedIndexes()]
        self.popup.hide()
        if chosen or key == Qt.Key.Key_Tab:
            self._complete(chosen[0] if chosen else self._words.stringList()[0])
        else:
            self.left.emit()
        return True

    def _complete(self, chosen: str) -> None:
        place = self._field.cursorPosition()
        before, after = self._field.text()[:place], self._field.text()[place:]
        match = _LAST.search(before)
        start = match.start() + len(match["minus"]) if match else place
        end = "" if chosen.endswith(":") else " "
        self._field.setText(before[:start] + chosen + end + after.lstrip())
        self._field.setCursorPosition(start + len(chosen) + len(end))
        if chosen.endswith(":"):
            self.offer(self._field.text())


def linked(title: str) -> str:
    """The operator that asks for what is linked with `title`."""
    return 'link:"{}"'.format(title.replace('"', ""))
