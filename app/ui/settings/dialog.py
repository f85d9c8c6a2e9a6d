"""Settings: what belongs to the journal, and what belongs to this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app import paths
from app.core.autostart import autostart
from app.core.settings import change_settings, settings
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.choices import Choice, Option
from app.ui.kit.forms import Dialog
from app.ui.settings.computer import ComputerSection
from app.ui.settings.sections import GeneralSection, ObjectivesSection, WritingSection


class SettingsDialog(Dialog):
    """Shows the choices as they are, a section at a time; the look is tried out at once.

    Signals:
        removal_wanted: Files that stand in no text any more are to be removed.
    """

    removal_wanted = Signal()

    def __init__(self, store: Store, preferences: QSettings, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Settings"), parent.tr("Save"), width=theme.px(520))
        self._store = store
        self._preferences = preferences
        self._theme_before = theme.watch().choice
        with store.read() as session:
            now = settings(session)
        self.general = GeneralSection(now, store.path)
        self.writing = WritingSection(now, store)
        self.objectives = ObjectivesSection(now)
        self.computer = ComputerSection(
            preferences, autostart(start_command(store.path)), first_weekday=now.first_weekday
        )
        self.sections = (self.general, self.writing, self.objectives, self.computer)
        names = (self.tr("General"), self.tr("Writing"), self.tr("Objectives"), self.tr("This computer"))
        self.shown = Choice([Option(place, name) for place, name in enumerate(names)])
        self.shown.setAccessibleName(self.tr("Section"))
        self.stack = QStackedWidget()
        self.shown.set_value(0)
        self.shown.changed.connect(self._show_section)
        self.body.addWidget(self.shown)
        self.body.addWidget(self.stack, 1)
        for section in self.sections:
            self.stack.addWidget(section)
        self.general.theme.changed.connect(self._try_theme)
        self.writing.files.removal_wanted.connect(self.removal_wanted)

    def save(self) -> bool:
        self.computer.keep()
        values = {name: value for section in self.sections for name, value in section.chosen().items()}
        with self._store.write() as session:
            change_settings(session, **values)
        self._preferences.setValue("theme", self.general.theme.value())
        return True

    def reject(self) -> None:
        theme.watch().choose(self._theme_before)
        super().reject()

    def _show_section(self, place: object) -> None:
        self.stack.setCurrentIndex(int(str(place)))

    def _try_theme(self, name: object) -> None:
        theme.watch().choose("light" if name == "light" else "dark" if name == "dark" else "system")


def start_command(journal: Path) -> list[str]:
    """What the system shall start when its user logs in."""
    other = [] if journal == paths.default_journal() else ["--journal", str(journal)]
    return [*paths.program(), *other, "--in-background"]
