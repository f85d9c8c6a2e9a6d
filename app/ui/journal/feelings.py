"""Mood and energy, one to five, said with one key or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.kit import theme
from app.ui.kit.choices import Choice, score_picker

MOOD_ICONS: Final = ("annoyed", "frown", "meh", "smile", "laugh")
ENERGY_ICONS: Final = ("battery", "battery-low", "battery-medium", "battery-full", "zap")


def marks_of(mood: int | None, energy: int | None) -> tuple[str, ...]:
    """The icons that say how the writer felt; none for what was not said."""
    return (*((MOOD_ICONS[mood - 1],) if mood else ()), *((ENERGY_ICONS[energy - 1],) if energy else ()))


class FeelingBar(QWidget):
    """Two rows of five, side by side; a second press takes a choice back. `felt` tells (name, 1 to 5 or None)."""

    felt = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mood = score_picker(1, 5, faces=MOOD_ICONS, tips=self._mood_words())
        self.mood.setAccessibleName(self.tr("Mood"))
        self.energy = score_picker(1, 5, faces=ENERGY_ICONS, tips=self._energy_words())
        self.energy.setAccessibleName(self.tr("Energy"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for choice, name in ((self.mood, "mood"), (self.energy, "energy")):
            for made in choice.findChildren(QPushButton):
                made.setProperty("role", "quiet")
                made.setFixedWidth(theme.px(28))
            row.addWidget(choice)
            choice.changed.connect(self._teller(name))

    def show_feelings(self, mood: int | None, energy: int | None) -> None:
        """Show what was said, without telling."""
        self.mood.set_value(mood)
        self.energy.set_value(energy)

    def press(self, name: str, value: int) -> None:
        """Choose as a click does: the same again takes it back."""
        choice: Choice = self.mood if name == "mood" else self.energy
        new = None if choice.value() == value else value
        choice.set_value(new)
        self.felt.emit(name, new)

    def _teller(self, name: str) -> Callable[[object], None]:
        return lambda value: self.felt.emit(name, value)

    def _mood_words(self) -> tuple[str, ...]:
        words = (self.tr("Bad"), self.tr("Low"), self.tr("Even"), self.tr("Good"), self.tr("Great"))
        return tuple(
            self.tr("Mood: {word} (Alt+{key})").format(word=word, key=key) for key, word in enumerate(words, 1)
        )

    def _energy_words(self) -> tuple[str, ...]:
        words = (self.tr("Empty"), self.tr("Low"), self.tr("Enough"), self.tr("Full"), self.tr("Bursting"))
        return tuple(
            self.tr("Energy: {word} (Alt+Shift+{key})").format(word=word, key=key)
            for key, word in enumerate(words, 1)
        )
