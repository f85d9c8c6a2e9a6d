"""Mood and energy, one to five, said with one key or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.core.journal import DayMark
from app.ui.kit import theme
from app.ui.kit.choices import Choice, score_picker

MOOD_ICONS: Final = ("annoyed", "frown", "meh", "smile", "laugh")
ENERGY_ICONS: Final = ("battery", "battery-low", "battery-medium", "battery-full", "zap")


def marks_of(mood: int | None, energy: int | None) -> tuple[str, ...]:
    """The icons that say how the writer felt; none for what was not said."""
    return (*((MOOD_ICONS[mood - 1],) if mood else ()), *((ENERGY_ICONS[energy - 1],) if energy else ()))


def bend_of(mood: float | None) -> float | None:
    """A mean mood as the bend of a mouth, from -1 to 1; None where none was said."""
    return None if mood is None else (mood - 3) / 2


def day_note(mark: DayMark) -> str:
    """What a calendar says of a day: its entries, words and mean mood, which is left out where none was said."""
    told = QCoreApplication.translate
    said = told("feelings", "1 entry" if mark.entries == 1 else "{count} entries").format(count=mark.entries)
    said += ", " + told("feelings", "1 word" if mark.words == 1 else "{count} words").format(
        count=f"{mark.words:,}"
    )
    if mark.mood is not None:
        said += ", " + told("feelings", "mood {mood} of 5").format(mood=f"{mark.mood:.1f}".removesuffix(".0"))
    return said


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
