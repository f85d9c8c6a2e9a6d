"""Numbers as people type them, in their own locale or with a plain point."""

from __future__ import annotations

import math
import re
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

LARGEST: Final = 1e15
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009'’_]")


class NotANumber(ValueError):
    """What was typed is no number that can be kept; the message is a sentence for the user."""


def parse_number(text: str, locale: QLocale | None = None) -> float | None:
    """The number in `text`, None when it is blank.

    The locale's own reading comes first ("1.240" is 1240 in German), then a plain point, then a single comma.
    A percent sign at the end is left out.

    Raises:
        NotANumber: it cannot be read, is not finite, or is beyond ±10¹⁵.
    """
    locale = locale or QLocale()
    bare = _SPACES.sub("", text).replace("−", "-").removesuffix("%")
    if not bare:
        return None
    plain = _plain(bare, re.escape(locale.decimalPoint()), re.escape(locale.groupSeparator()))
    if plain is None:
        raise NotANumber(_tr("“{text}” is not a number.").format(text=text.strip()))
    value = float(plain)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise NotANumber(_tr("That number is too large to be kept exactly."))
    return value


def number_text(value: float | None, locale: QLocale | None = None, *, digits: int = 6) -> str:
    """`value` without groups or trailing noughts, as the locale writes it; blank for None."""
    if value is None:
        return ""
    plain = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return ("0" if plain == "-0" else plain).replace(".", (locale or QLocale()).decimalPoint())


def counted(count: int, one: str, many: str) -> str:
    """`one` for a single thing, else `many`; {count} in them is the number as the locale groups it."""
    return (one if count == 1 else many).replace("{count}", QLocale().toString(count))


def _plain(bare: str, point: str, group: str) -> str | None:
    """`bare` for `float`, or None."""
    if group and re.fullmatch(rf"[+-]?\d{{1,3}}({group}\d{{3}})+({point}\d*)?", bare):
        return re.sub(point, ".", re.sub(group, "", bare))
    for mark in (point, r"\.", ","):
        if re.fullmatch(rf"[+-]?(\d+({mark}\d*)?|{mark}\d+)([eE][+-]?\d+)?", bare):
            return re.sub(mark, ".", bare)
    return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("numbers", text)


class NumberField(QLineEdit):
    """A line for a number; shows on leaving it how it was understood."""

    changed = Signal()

    def __init__(self, value: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(number_text(value), parent)
        self.textEdited.connect(self.changed)
        self.editingFinished.connect(self._tidy)

    def value(self) -> float | None:
        """The number, None when blank.

        Raises:
            NotANumber: the text cannot be read; the message says why.
        """
        return parse_number(self.text(), self.locale())

    def problem(self) -> str:
        """Why the text is no number; blank when it is one or nothing."""
        try:
            self.value()
        except NotANumber as error:
            return str(error)
        return ""

    def set_value(self, value: float | None) -> None:
        """Show `value`."""
        self.setText(number_text(value, self.locale()))

    def _tidy(self) -> None:
        if not self.problem():
            self.set_value(self.value())
