"""Periods: the spans that objectives stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import items
from app.core.model import Period
from app.core.objectives.drafts import PeriodDraft, one_line, refuse


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period as lists show it; both days belong to it."""

    id: int
    span: str
    first: date
    last: date
    title: str

    @property
    def draft(self) -> PeriodDraft:
        """The same span as a form holds it."""
        return PeriodDraft(self.span, self.first, self.last, self.title)


# ---------------------------------------------------------------- queries


def periods(session: Session) -> list[PeriodRow]:
    """Every living period, latest first; of those that begin together, the longest first."""
    query = (
        select(Period.id, Period.span, Period.first, Period.last, Period.title)
        .where(Period.deleted_at.is_(None))
        .order_by(Period.first.desc(), Period.last.desc(), Period.id)
    )
    return [PeriodRow(*row) for row in session.execute(query)]


def calendar_periods(today: date, fiscal_start_month: int = 1) -> list[PeriodDraft]:
    """This and the next quarter, half and year, then the quarter before, as the calendar names them.

    Where the fiscal year does not begin in January it is named by the calendar year in which it ends: "Q1 FY27".
    """
    spans = [(months, step) for months in (3, 6, 12) for step in (0, 1)] + [(3, -1)]
    found = [_calendar_period(today, months, step, fiscal_start_month) for months, step in spans]
    return [period for period in found if period is not None]


def _calendar_period(today: date, months: int, step: int, fiscal_start_month: int) -> PeriodDraft | None:
    """The stretch of `months` months that holds `today`, or `step` after it; None beyond the calendar's ends."""
    month = today.year * 12 + today.month - 1
    into = (month - (fiscal_start_month - 1)) % 12
    first = month - into % months + step * months
    if not 12 <= first <= date.max.year * 12 + 12 - months:
        return None
    begins = date(first // 12, first % 12 + 1, 1)
    after = first + months
    ends = (
        date.max if after > date.max.year * 12 + 11 else date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    )
    place = (first - (fiscal_start_month - 1)) % 12 // months + 1
    year = (first - (fiscal_start_month - 1) - (place - 1) * months + fiscal_start_month - 1 + 11) // 12
    named = str(year) if fiscal_start_month == 1 else f"FY{year % 100:02}"
    span = {3: "quarter", 6: "half", 12: "year"}[months]
    prefix = {3: f"Q{place} ", 6: f"H{place} ", 12: ""}[months]
    return PeriodDraft(span, begins, ends, prefix + named)


# ---------------------------------------------------------------- commands


def period_for(session: Session, draft: PeriodDraft, *, now: datetime) -> Period:
    """The living period that `draft` describes, made if there is none.

    Quarters, halves and years are one and the same when their days are; custom periods also need the same name.

    Raises:
        FieldError: the draft is not sound.
    """
    refuse(draft.problems())
    query = select(Period).where(
        Period.span == draft.span,
        Period.first == draft.first,
        Period.last == draft.last,
        Period.deleted_at.is_(None),
    )
    title = one_line(draft.title)
    for known in session.scalars(query):
        if draft.span != "custom" or known.title.casefold() == title.casefold():
            return known
    new = Period(span=draft.span, first=draft.first, last=draft.last, title=title)
    return items.add_item(session, new, now=now)
