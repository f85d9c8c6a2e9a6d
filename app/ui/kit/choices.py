"""A row of buttons of which one is chosen: kinds, ranges, moods and scores."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QWidget

from app.ui.kit import icons, theme
from app.ui.kit.actions import PushButton

SECOND_DIGIT_WITHIN_S = 0.8


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what it stands for, and what it shows and says."""

    value: object
    text: str = ""
    icon: str = ""
    tip: str = ""


class Choice(QWidget):
    """One of some options; arrow keys move, Tab passes by. `changed` tells what the user chose.

    Optional choices may have nothing chosen: a second click or Delete takes the choice back.
    """

    changed = Signal(object)

    def __init__(
        self, options: Sequence[Option], *, optional: bool = False, spacing: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._optional = optional
        self._digit: tuple[float, int] = (0.0, 0)
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        for place, option in enumerate(self._options):
            self._group.addButton(self._button(option), place)
            self._row.addWidget(self._group.button(place))
        self._row.addStretch(1)
        self._chosen = -1
        self._group.idClicked.connect(self._click)

    def _button(self, option: Option) -> PushButton:
        made = PushButton(option.text)
        made.setProperty("role", "segment")
        made.setCheckable(True)
        if option.icon:
            made.setIcon(icons.icon(option.icon, role="text2", on_role="accent"))
            made.setIconSize(QSize(18, 18))
            if option.text:
                made.setText(f" {option.text}")
        if option.tip:
            made.setToolTip(option.tip)
        if len(option.text) <= 2:
            made.setFixedWidth(theme.px(36))
            made.setStyleSheet("padding: 0")
        made.setAccessibleName(option.tip or option.text)
        return made

    @property
    def buttons(self) -> list[QAbstractButton]:
        """In their order."""
        return self._group.buttons()

    def value(self) -> object:
        """What is chosen; None when nothing is."""
        return self._options[self._chosen].value if self._chosen >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose without telling; a value that is no option chooses nothing."""
        self._show(next((place for place, option in enumerate(self._options) if option.value == value), -1))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for place, option in enumerate(self._options):
            self._group.button(place).setAccessibleName(f"{name}: {option.tip or option.text}")

    def focused_button(self) -> QAbstractButton:
        """The button that the keyboard comes to."""
        return self._group.button(max(self._chosen, 0))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.focused_button().setFocus(reason)

    def _show(self, place: int) -> None:
        self._chosen = place
        self._group.setExclusive(False)
        for each in range(len(self._options)):
            self._group.button(each).setChecked(each == place)
        # Without a choice every button must stay reachable; Qt lets Tab stop at the checked one only.
        self._group.setExclusive(place >= 0)

    def _click(self, place: int) -> None:
        self._choose(-1 if self._optional and place == self._chosen else place)

    def _choose(self, place: int) -> None:
        moved = place != self._chosen
        self._show(place)
        if moved:
            self.changed.emit(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if self._optional and event.key() in (keys.Key_Delete, keys.Key_Backspace):
            self._choose(-1)
        elif event.text().isdigit() and self._by_digit(int(event.text())):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _by_digit(self, digit: int) -> bool:
        """Choose the option that is this number, or two digits typed quickly together."""
        pressed, before = self._digit
        self._digit = (time.monotonic(), digit)
        numbers = [option.value for option in self._options]
        wanted: Sequence[int] = (digit,)
        if time.monotonic() - pressed < SECOND_DIGIT_WITHIN_S:
            wanted = (before * 10 + digit, digit)
        for number in wanted:
            if number in numbers:
                place = numbers.index(number)
                self._choose(place)
                self._group.button(place).setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False


def score_picker(
    low: int,
    high: int,
    *,
    low_text: str = "",
    high_text: str = "",
    faces: Sequence[str] = (),
    tips: Sequence[str] = (),
    optional: bool = True,
) -> Choice:
    """A choice of a whole number from `low` to `high`, with words at both ends.

    Args:
        faces: Names of icons that stand for the numbers. tips: What each number means.
    """
    options = [
        Option(
            number,
            text="" if faces else str(number),
            icon=faces[place] if faces else "",
            tip=tips[place] if tips else str(number),
        )
        for place, number in enumerate(range(low, high + 1))
    ]
    made = Choice(options, optional=optional)
    row = made.layout()
    assert isinstance(row, QHBoxLayout)
    for place, text in ((0, low_text), (row.count(), high_text)):
        if text:
            words = QLabel(text)
            words.setProperty("role", "hint")
            row.insertWidget(place if place == 0 else row.count() - 1, words)
    return made
