"""Writing into the domain notebook: an insight, and what to do about a competitor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.core.domain import ANSWERS
from app.core.kinds import SHELVES, SOURCES
from app.ui.kit import theme
from app.ui.kit.choices import Choice, Option
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.forms import Dialog, Form


def word(name: str) -> str:
    """A shelf, a source or an answer as the window calls it."""
    said = {
        "customers": QCoreApplication.translate("domain", "Customers"),
        "market": QCoreApplication.translate("domain", "Market"),
        "competition": QCoreApplication.translate("domain", "Competition"),
        "product": QCoreApplication.translate("domain", "Our product"),
        "interview": QCoreApplication.translate("domain", "Interview"),
        "data": QCoreApplication.translate("domain", "Data"),
        "experiment": QCoreApplication.translate("domain", "Experiment"),
        "observation": QCoreApplication.translate("domain", "Observation"),
        "support": QCoreApplication.translate("domain", "Support"),
        "sales": QCoreApplication.translate("domain", "Sales"),
        "report": QCoreApplication.translate("domain", "Report"),
        "hearsay": QCoreApplication.translate("domain", "Hearsay"),
        "match": QCoreApplication.translate("domain", "Match"),
        "differ": QCoreApplication.translate("domain", "Differ"),
        "ignore": QCoreApplication.translate("domain", "Ignore"),
    }
    return said.get(name, name)


class InsightDialog(Dialog):
    """What was learned, about what, from where, and so what; `keep` writes it."""

    def __init__(self, parent: QWidget, keep: Callable[[str, str, str, str], None]) -> None:
        super().__init__(parent, parent.tr("Note an insight"), parent.tr("Keep it"))
        self._keep = keep
        self.form = Form()
        self.said = QPlainTextEdit()
        self.said.setFixedHeight(theme.px(72))
        self.said.setTabChangesFocus(True)
        self.shelf = Choice([Option(name, word(name)) for name in SHELVES])
        self.shelf.set_value(SHELVES[0])
        self.source = QComboBox()
        self.source.addItem(self.tr("Not said"), "")
        for name in SOURCES:
            self.source.addItem(word(name), name)
        self.so_what = QLineEdit()
        self.form.add("said", self.tr("What did you learn? (#name for a competitor)"), self.said)
        self.form.add("shelf", self.tr("About"), self.shelf)
        self.form.add("source", self.tr("Where from"), self.source)
        self.form.add("so_what", self.tr("So what?"), self.so_what)
        self.body.addWidget(self.form)
        self.said.setFocus()

    def save(self) -> bool:
        said = self.said.toPlainText()
        if not self.form.show_errors({} if said.strip() else {"said": self.tr("Say what you learned.")}):
            return False
        self._keep(said, str(self.shelf.value()), self.source.currentData(), self.so_what.text())
        return True


class AnswerDialog(Dialog):
    """Match, differ or ignore, why, and when to look again."""

    def __init__(
        self, parent: QWidget, name: str, today: date, keep: Callable[[str, str, date | None], None]
    ) -> None:
        super().__init__(parent, parent.tr("What about #{name}?").format(name=name), parent.tr("Decide"))
        self._keep, self._today = keep, today
        self.form = Form()
        self.choice = Choice([Option(answer, word(answer)) for answer in ANSWERS])
        self.choice.set_value("differ")
        self.why = QPlainTextEdit()
        self.why.setFixedHeight(theme.px(64))
        self.why.setTabChangesFocus(True)
        self.review = DayPicker(today, None, optional=True)
        self.form.add("answer", self.tr("Answer"), self.choice)
        self.form.add("why", self.tr("Why"), self.why)
        self.form.add("review_on", self.tr("Look again on"), self.review)
        self.body.addWidget(self.form)
        self.choice.setFocus()

    def save(self) -> bool:
        day = self.review.value()
        wrong = {"review_on": self.tr("A review lies ahead.")} if day is not None and day < self._today else {}
        if not self.form.show_errors(wrong):
            return False
        self._keep(str(self.choice.value()), self.why.toPlainText(), day)
        return True
