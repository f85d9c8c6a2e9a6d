"""Settings: what belongs to the journal, and what belongs to this computer."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from app.core.settings import change_settings, settings
from app.core.store import Store
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.forms import Dialog, Field


class SettingsDialog(Dialog):
    """Shows the choices as they are; the theme is tried out at once."""

    def __init__(self, store: Store, preferences: QSettings, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Settings"), parent.tr("Save"), width=480)
        self._store = store
        self._preferences = preferences
        self._theme_before = theme.watch().choice
        with store.read() as session:
            chosen = settings(session)
        self.theme = Choice(
            [
                Option("system", self.tr("As the system")),
                Option("light", self.tr("Light")),
                Option("dark", self.tr("Dark")),
            ]
        )
        self.theme.set_value(self._theme_before)
        self.day_start = QComboBox()
        for hour in range(0, 9):
            self.day_start.addItem(self.tr("midnight") if not hour else f"{hour:02}:00", hour)
        self.day_start.setCurrentIndex(max(self.day_start.findData(chosen.day_start), 0))
        self.first_weekday = QComboBox()
        for day in range(7):
            self.first_weekday.addItem(QLocale().standaloneDayName(day + 1), day)
        self.first_weekday.setCurrentIndex(chosen.first_weekday)
        self.fiscal = QComboBox()
        for month in range(1, 13):
            self.fiscal.addItem(QLocale().standaloneMonthName(month), month)
        self.fiscal.setCurrentIndex(chosen.fiscal_start_month - 1)
        place = label(str(store.path), "secondary", wrap=True)
        for name, control, hint in (
            (self.tr("Look"), self.theme, ""),
            (
                self.tr("A day begins at"),
                self.day_start,
                self.tr("What you write before then still belongs to yesterday."),
            ),
            (self.tr("A week begins on"), self.first_weekday, ""),
            (self.tr("The fiscal year begins in"), self.fiscal, self.tr("Quarters and halves follow it.")),
            (self.tr("Your journal"), place, self.tr("One file. Nothing ever leaves this computer by itself.")),
        ):
            self.body.addWidget(Field(name, control, hint=hint))
        self.prompts = QCheckBox(self.tr("Ask a question to write on"))
        self.prompts.setChecked(chosen.prompts)
        self.own_prompts = QPlainTextEdit(chosen.own_prompts)
        self.own_prompts.setTabChangesFocus(True)
        self.own_prompts.setFixedHeight(theme.px(64))
        self.body.addWidget(Field(self.tr("Today"), self.prompts))
        self.body.addWidget(
            Field(
                self.tr("Questions of your own"),
                self.own_prompts,
                hint=self.tr("One a line. Begin with “weekly:”, “monthly:” or “quarterly:” for rarer ones."),
            )
        )
        self.theme.changed.connect(self._try_theme)

    def save(self) -> bool:
        with self._store.write() as session:
            change_settings(
                session,
                day_start=self.day_start.currentData(),
                first_weekday=self.first_weekday.currentData(),
                fiscal_start_month=self.fiscal.currentData(),
                prompts=self.prompts.isChecked(),
                own_prompts=self.own_prompts.toPlainText(),
            )
        self._preferences.setValue("theme", self.theme.value())
        return True

    def reject(self) -> None:
        theme.watch().choose(self._theme_before)
        super().reject()

    def _try_theme(self, name: object) -> None:
        theme.watch().choose("light" if name == "light" else "dark" if name == "dark" else "system")
