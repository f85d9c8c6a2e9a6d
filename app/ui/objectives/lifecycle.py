"""Short forms in the life of an objective: a pause, a status of one's own, another period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.objectives import ObjectiveRow, PauseDraft, PeriodDraft
from app.ui.kit import theme
from app.ui.kit.cards import label
from app.ui.kit.choices import Choice, Option
from app.ui.kit.daypicker import DayPicker
from app.ui.kit.drafting import Drafting
from app.ui.kit.forms import Dialog, Form, Outcome
from app.ui.objectives.period_field import PeriodField
from app.ui.objectives.values import status_text


class PauseDialog(Dialog):
    """Days on which an objective rests; `decided` tells the `PauseDraft`."""

    def __init__(self, parent: QWidget | None = None, *, today: date, first_weekday: int = 0) -> None:
        super().__init__(parent, self.tr("Pause objective"), self.tr("Pause"), width=theme.px(460))
        self.decided = Outcome()
        self.first = DayPicker(today, today, first_weekday=first_weekday)
        self.last = DayPicker(today, None, optional=True, first_weekday=first_weekday)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("Parental leave, another fire, waiting for the platform"))
        self.form = Form()
        self.form.add_row(("first", self.tr("From"), self.first), ("last", self.tr("Until"), self.last))
        self.form.add("reason", self.tr("Why"), self.reason)
        self.body.addWidget(self.form)
        words = self.tr(
            "These days do not count against the pace. Without a last day it rests until you resume it."
        )
        self.body.addWidget(label(words, "hint", wrap=True))
        self._drafting = Drafting(self, self.form.fields, self.primary, lambda: self.draft().problems())
        self.first.changed.connect(self._touch)
        self.last.changed.connect(self._touch)
        self.reason.setFocus()

    def draft(self) -> PauseDraft:
        """What the form holds."""
        first = self.first.value()
        assert first is not None
        return PauseDraft(first, self.last.value(), self.reason.text())

    def save(self) -> bool:
        self.decided.emit(self.draft())
        return True

    def _touch(self) -> None:
        self._drafting.touch("first", "last")


class StatusDialog(Dialog):
    """A status against what the pace suggests, with its reason; `decided` tells (status or None, reason)."""

    def __init__(self, row: ObjectiveRow, suggested: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, self.tr("Status"), self.tr("Save"), width=theme.px(500))
        self.decided = Outcome()
        said = status_text(suggested) if suggested else self.tr("nothing yet")
        options = [Option("", self.tr("By the pace"), tip=self.tr("The pace says: {status}").format(status=said))]
        options += [Option(status, status_text(status)) for status in ("on_track", "at_risk", "behind")]
        self.status = Choice(options)
        self.status.set_value(row.status if row.own_reason else "")
        self.reason = QLineEdit(row.own_reason)
        self.reason.setPlaceholderText(self.tr("What the numbers do not show yet"))
        self.form = Form()
        self.form.add("status", self.tr("It stands"), self.status, hint=options[0].tip)
        self.form.add("reason", self.tr("Because"), self.reason)
        self.body.addWidget(self.form)
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self.status.changed.connect(self._choose)
        self.reason.textEdited.connect(self._touch)
        self._show_reason()

    def save(self) -> bool:
        self.decided.emit(self.status.value() or None, self.reason.text())
        return True

    def _problems(self) -> dict[str, str]:
        if self.status.value() and not self.reason.text().strip():
            return {"reason": self.tr("Say why, in a few words.")}
        return {}

    def _show_reason(self) -> None:
        self.form.fields["reason"].setVisible(bool(self.status.value()))

    def _choose(self) -> None:
        self._show_reason()
        self._drafting.judge()
        if self.status.value():
            self.reason.setFocus()

    def _touch(self) -> None:
        self._drafting.touch("reason")


class PeriodDialog(Dialog):
    """Another period for an objective, or the backlog; `decided` tells the `PeriodDraft` or None."""

    def __init__(
        self,
        title: str,
        primary: str,
        periods: Sequence[PeriodDraft],
        chosen: PeriodDraft | None,
        parent: QWidget | None = None,
        *,
        today: date,
        first_weekday: int = 0,
    ) -> None:
        super().__init__(parent, title, primary, width=theme.px(420))
        self.decided = Outcome()
        self.period = PeriodField(periods, chosen, today, first_weekday)
        self.form = Form()
        self.form.add("period", self.tr("Period"), self.period)
        self.body.addWidget(self.form)
        self._drafting = Drafting(self, self.form.fields, self.primary, self._problems)
        self.period.changed.connect(self._touch)
        self.period.setFocus()

    def save(self) -> bool:
        self.decided.emit(self.period.value())
        return True

    def _problems(self) -> dict[str, str]:
        chosen = self.period.value()
        wrong = next(iter(chosen.problems().values()), "") if chosen else ""
        return {"period": wrong} if wrong else {}

    def _touch(self) -> None:
        self._drafting.touch("period")
