"""How somebody likes to write: size of the text, focus, typewriter, spelling; one choice for all editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

ZOOMS: Final = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_FOLDER: Final = "editor"


class Comfort(QObject):
    """The choices in force; `changed` tells every editor. Kept on this computer, not in the journal."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: QSettings | None = None
        self._zoom = 1.0
        self._on: dict[str, bool] = {}
        self._language = ""
        self._words: list[str] = []

    @property
    def zoom(self) -> float:
        """Size of the text as a factor."""
        return self._zoom

    def is_on(self, choice: str) -> bool:
        """Whether `focus`, `typewriter`, `spelling` or `beside` is switched on."""
        return self._on.get(choice, choice == "spelling")

    def remember_in(self, preferences: QSettings) -> None:
        """Take the choices from there, and keep them there from now on."""
        self._kept = preferences
        kept = preferences.value(f"{_FOLDER}/zoom")
        try:
            self._zoom = min(max(float(str(kept)), ZOOMS[0]), ZOOMS[-1]) if kept is not None else 1.0
        except ValueError:
            self._zoom = 1.0
        self._language = str(preferences.value(f"{_FOLDER}/language") or "")
        self._words = str(preferences.value(f"{_FOLDER}/words") or "").split("\n")
        self._words = [word for word in self._words if word]
        self._on = {
            choice: str(preferences.value(f"{_FOLDER}/{choice}")) == "true"
            for choice in ("focus", "typewriter", "spelling", "beside")
            if preferences.value(f"{_FOLDER}/{choice}") is not None
        }
        self.changed.emit()

    @property
    def language(self) -> str:
        """The dictionary that was chosen, "" for the one of the system."""
        return self._language

    @property
    def words(self) -> list[str]:
        """The user's own dictionary."""
        return list(self._words)

    def learn(self, word: str) -> None:
        """Put a word into the user's own dictionary."""
        self.put_words([*self._words, word])

    def put_words(self, words: Iterable[str]) -> None:
        """Make these the user's own dictionary."""
        self._words = sorted({word.strip() for word in words if word.strip()})
        self._keep("words", "\n".join(self._words))

    def choose_language(self, name: str) -> None:
        """Check spelling by this dictionary."""
        self._language = name
        self._keep("language", name)

    def switch(self, choice: str, *, on: bool) -> None:
        """Switch a choice on or off."""
        self._on[choice] = on
        self._keep(choice, "true" if on else "false")

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller text by so many steps; 0 is the size it began with."""
        nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - self._zoom))
        self._zoom = ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)] if steps else 1.0
        self._keep("zoom", str(self._zoom))

    def _keep(self, name: str, value: str) -> None:
        if self._kept is not None:
            self._kept.setValue(f"{_FOLDER}/{name}", value)
        self.changed.emit()


def comfort() -> Comfort:
    """The application's own `Comfort`."""
    qapp = QApplication.instance()
    if not isinstance(qapp, QApplication):
        raise RuntimeError("a QApplication comes first")
    found = qapp.property("editor_comfort")
    if isinstance(found, Comfort):
        return found
    made = Comfort(qapp)
    qapp.setProperty("editor_comfort", made)
    return made
