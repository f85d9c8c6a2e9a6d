"""The parts of the settings of a journal; each shows some of its choices and tells what they are now."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from app.core import wording
from app.core.settings import Settings
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.actions import button
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.forms import Field, set_in
from app.ui.settings.files import FilesField

TEXT_HEIGHT: Final = 120


class Section(QWidget):
    """Fields under each other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def add(self, name: str, control: QWidget, hint: str = "") -> None:
        """A field under those that are there."""
        self._column.addWidget(Field(name, control, hint=hint))

    def end(self) -> None:
        """Leave the rest of the room empty."""
        self._column.addStretch(1)

    def chosen(self) -> dict[str, Any]:
        """The journal's choices as they stand here, by name; a section may have none."""
        return {}


class GeneralSection(Section):
    """The look, how days and years are divided, and where the journal is."""

    def __init__(self, now: Settings, journal: Path) -> None:
        super().__init__()
        self.theme = Choice(
            [
                Option("system", self.tr("As the system")),
                Option("light", self.tr("Light")),
                Option("dark", self.tr("Dark")),
            ]
        )
        self.theme.set_value(theme.watch().choice)
        self.day_start, self.first_weekday, self.fiscal = QComboBox(), QComboBox(), QComboBox()
        for hour in range(0, 9):
            self.day_start.addItem(self.tr("midnight") if not hour else f"{hour:02}:00", hour)
        self.day_start.setCurrentIndex(max(self.day_start.findData(now.day_start), 0))
        for day in range(7):
            self.first_weekday.addItem(QLocale().standaloneDayName(day + 1), day)
        self.first_weekday.setCurrentIndex(now.first_weekday)
        for month in range(1, 13):
            self.fiscal.addItem(QLocale().standaloneMonthName(month), month)
        self.fiscal.setCurrentIndex(now.fiscal_start_month - 1)
        self.add(self.tr("Look"), self.theme)
        self.add(
            self.tr("A day begins at"),
            self.day_start,
            self.tr("What you write before then still belongs to yesterday."),
        )
        self.add(self.tr("A week begins on"), self.first_weekday)
        self.add(self.tr("The fiscal year begins in"), self.fiscal, self.tr("Quarters and halves follow it."))
        self.add(
            self.tr("Your journal"),
            label(str(journal), "secondary", wrap=True),
            self.tr("One file. Nothing ever leaves this computer by itself."),
        )
        self.end()

    def chosen(self) -> dict[str, Any]:
        return {
            "day_start": self.day_start.currentData(),
            "first_weekday": self.first_weekday.currentData(),
            "fiscal_start_month": self.fiscal.currentData(),
        }


class WritingSection(Section):
    """The question on Today's page, and the files that texts show."""

    def __init__(self, now: Settings, store: Store) -> None:
        super().__init__()
        self._store = store
        self.prompts = QCheckBox(self.tr("Ask a question to write on"))
        self.prompts.setChecked(now.prompts)
        self.questions = button(self.tr("Questions…"), slot=self._show_questions)
        self.questions.setAutoDefault(False)
        asking = QWidget()
        row = QHBoxLayout(asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.prompts, 1)
        row.addWidget(self.questions)
        hint = self.tr("Questions… says which themes are asked, and takes your own.")
        self.add(self.tr("Today"), asking, hint)
        self.templates = QCheckBox(self.tr("Begin an entry of a kind with its template"))
        self.templates.setChecked(now.templates)
        hint = self.tr("Without it every page begins blank. Journal → Templates… changes them.")
        self.add(self.tr("Templates"), self.templates, hint)
        self.files = FilesField(store)
        self.add(self.tr("Pictures and files"), self.files)
        self.end()

    def chosen(self) -> dict[str, Any]:
        return {
            "prompts": self.prompts.isChecked(),
            "templates": self.templates.isChecked(),
        }

    def _show_questions(self) -> None:
        from app.ui.questions.dialog import QuestionsDialog

        QuestionsDialog(self._store, self).open()


class ObjectivesSection(Section):
    """Which verbs are taken for outputs, and how many hours a week has for steps."""

    def __init__(self, now: Settings) -> None:
        super().__init__()
        self._usual = ", ".join(wording.OUTPUT_VERBS)
        self.output_verbs = _lines(now.output_verbs or self._usual)
        self.add(
            self.tr("Verbs that name work, not its effect"),
            self.output_verbs,
            self.tr(
                "An objective that begins with one of them is asked what will be different, and for whom. "
                "With commas between; empty brings the usual ones back."
            ),
        )
        self.weekly_hours = QSpinBox()
        set_in(self.weekly_hours)
        self.weekly_hours.setRange(0, 99)
        self.weekly_hours.setValue(now.weekly_hours)
        self.weekly_hours.setSuffix(self.tr(" hours"))
        self.weekly_hours.setSpecialValueText(self.tr("Not said"))
        self.weekly_hours.setMaximumWidth(theme.px(140))
        self.add(
            self.tr("Hours a week for steps"),
            self.weekly_hours,
            self.tr("The roadmap says it when a week ahead asks for more."),
        )
        self.end()

    def chosen(self) -> dict[str, Any]:
        return {"output_verbs": self._verbs(), "weekly_hours": self.weekly_hours.value()}

    def _verbs(self) -> str:
        said = ", ".join(verb.strip() for verb in self.output_verbs.toPlainText().split(",") if verb.strip())
        return "" if said == self._usual else said


def _lines(text: str) -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(theme.px(TEXT_HEIGHT))
    return made
