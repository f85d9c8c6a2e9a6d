"""Periods: the spans that objectives stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import items
from app.core.days import Calendar
from app.core.model import Period
from app.core.objectives.drafts import PeriodDraft, one_line, refuse
from app.core.settings import settings


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


def calendar_periods(today: date, calendar: Calendar) -> list[PeriodDraft]:
    """This and the next quarter, half and year, then the quarter before, as the calendar names them."""
    return [
        PeriodDraft(period.kind, period.first, period.last, period.name)
        for period in calendar.periods_around(today)
    ]


def offered_periods(session: Session, today: date) -> list[PeriodDraft]:
    """What a form offers: the calendar's periods around today, then custom ones that are not over."""
    offered = calendar_periods(today, settings(session).calendar)
    own = [period.draft for period in periods(session) if period.span == "custom" and period.last >= today]
    return offered + own


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
