"""Why a number says what it says: the rows and the formula behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.core import measure
from app.core.measure import Reading, Trend
from app.core.objectives import KeyResultRow, ObjectiveRow
from app.ui.kit.dates import short_day
from app.ui.kit.numbers import counted
from app.ui.objectives.values import plain_number, share_text, standing_text, status_text, tr, value_text


def result_tip(
    result: KeyResultRow,
    row: ObjectiveRow,
    readings: Sequence[Reading],
    today: date,
    *,
    confidences: Sequence[Reading] = (),
) -> str:
    """How a key result of the objective `row` with these `readings` stands as it does, a line each.

    Args:
        confidences: (day, 0 to 10) as they were said, oldest first.
    """
    lines = [result.title]
    said = result.said
    if said.value is None or said.value_day is None:
        return "\n".join([*lines, tr("Unknown: nothing was read yet. Unknown is not zero.")])
    shown = standing_text(result.measure, said.value, result.target, result.unit_kind, result.unit)
    lines.append(tr("Last: {value} on {day}").format(value=shown, day=short_day(said.value_day, today)))
    lines.append(_formula(result, readings))
    if result.expected is not None:
        pace = tr("Even pace today: {share}").format(share=share_text(result.expected))
        buffer = _buffer(result, row, today)
        lines.append(f"{pace} · {buffer}" if buffer else pace)
    if result.status:
        lines.append(tr("Status: {status}").format(status=status_text(result.status)))
    if trend := measure.confidence_trend(measure.last_of_each_day(confidences)):
        lines.append(trend_text(trend))
    if result.due_on:
        lines.append(tr("Next check-in: {day}").format(day=short_day(result.due_on, today)))
    if result.guard:
        lines.append(tr("Must not suffer: {guard}").format(guard=result.guard))
    return "\n".join(lines)


def objective_tip(row: ObjectiveRow) -> str:
    """How an objective's progress and status come about."""
    if row.progress is None:
        return tr("Unknown: no key result was read yet.")
    parts = [
        tr("{title}: {share} × weight {weight}").format(
            title=result.title,
            share=tr("unknown, left out")
            if result.progress is None
            else share_text(measure.capped(result.progress)),
            weight=plain_number(result.weight),
        )
        for result in row.key_results
    ]
    mean = tr("Mean of {known} of {all} key results, each capped at 100%: {share}")
    lines = [mean.format(known=row.known, all=len(row.key_results), share=share_text(row.progress)), *parts]
    if row.expected is not None and not row.is_closed:
        lines.append(tr("Even pace today: {share}").format(share=share_text(row.expected)))
    if row.own_reason:
        lines.append(tr("Status set by you: {reason}").format(reason=row.own_reason))
    elif row.status:
        lines.append(
            tr("On track is at least 90% of the pace, behind is less than 60%: {status}").format(
                status=status_text(row.status)
            )
        )
    return "\n".join(lines)


def trend_text(trend: Trend) -> str:
    """ "Confidence falling, 0.5 a week over 6 check-ins"."""
    words = {
        "rising": tr("Confidence rising, {change} a week over {count} check-ins"),
        "falling": tr("Confidence falling, {change} a week over {count} check-ins"),
        "steady": tr("Confidence steady over {count} check-ins"),
    }
    change = plain_number(round(abs(trend.weekly), 1))
    return words[trend.direction].format(change=change, count=trend.readings)


def _formula(result: KeyResultRow, readings: Sequence[Reading]) -> str:
    share = share_text(result.progress)
    if result.measure in ("increase", "decrease"):
        return tr("({value} − {baseline}) ÷ ({target} − {baseline}) = {share}").format(
            value=_plain(result.said.value),
            baseline=_plain(result.baseline),
            target=_plain(result.target),
            share=share,
        )
    if result.measure == "checklist":
        return tr("{done} ÷ {all} = {share}").format(
            done=_plain(result.said.value), all=_plain(result.target), share=share
        )
    if result.measure == "milestone":
        return tr("A milestone is 0% or 100%")
    count = len(measure.last_of_each_day(readings))
    return tr("Share of {count} readings on the right side of {target}: {share}").format(
        count=count, target=value_text(result.target, result.unit_kind, result.unit), share=share
    )


def _buffer(result: KeyResultRow, row: ObjectiveRow, today: date) -> str:
    stretch = row.stretch
    if stretch is None:
        return ""
    if result.due:
        stretch = measure.Stretch(stretch.first, max(result.due, stretch.first), stretch.pauses)
    days = measure.buffer_days(result.progress, stretch, today)
    if days is None:
        return ""
    if days < 0:
        return counted(round(-days), tr("1 day behind the line"), tr("{count} days behind the line"))
    return counted(round(days), tr("1 day of buffer"), tr("{count} days of buffer"))


def _plain(value: float | None) -> str:
    return "–" if value is None else plain_number(value)
