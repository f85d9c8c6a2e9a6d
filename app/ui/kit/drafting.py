"""Forms that are judged while one types: sentences under the fields, and Save off while anything is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from app.ui.kit.forms import Field


class Drafting(QObject):
    """Asks `problems` (field name → sentence) at each `touch` and shows what it says.

    A field that nobody touched keeps its hint: an empty form is no list of reproaches.
    """

    def __init__(
        self,
        owner: QObject,
        fields: Mapping[str, Field],
        primary: QPushButton,
        problems: Callable[[], Mapping[str, str]],
    ) -> None:
        super().__init__(owner)
        self._fields = fields
        self._primary = primary
        self._problems = problems
        self._touched: set[str] = set()
        self.judge()

    def touch(self, *names: str) -> None:
        """Say that somebody changed these fields; from now on they are told what is wrong with them."""
        self._touched.update(names)
        self.judge()

    def judge(self) -> bool:
        """Judge what the form holds now; returns whether it may be kept."""
        found = self._problems()
        for name, field in self._fields.items():
            field.show_error(found.get(name, "") if name in self._touched else "")
        self._primary.setEnabled(not found)
        return not found
