"""What this computer knows of one journal, beside the journal itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings


class Known:
    """Values by name, kept among the preferences for the journal at `path`."""

    def __init__(self, preferences: QSettings, path: Path) -> None:
        self._preferences, self._path = preferences, path

    def keep(self, name: str, value: object) -> None:
        """Know this from now on."""
        self._preferences.setValue(own_key(name, self._path), value)

    def value(self, name: str) -> object:
        """What is known by this name, None where nothing is."""
        return self._preferences.value(own_key(name, self._path))

    def number(self, name: str) -> int:
        """A count; 0 where none is known."""
        value = self.value(name)
        return int(str(value)) if value is not None and str(value).isdigit() else 0


def own_key(name: str, journal: Path) -> str:
    """The name of a choice of this computer that belongs to one journal."""
    return f"{name}/" + str(journal).replace("/", "|").replace("\\", "|")
