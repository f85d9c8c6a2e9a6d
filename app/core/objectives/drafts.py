"""Drafts: what a form holds before it is saved, and what is still wrong with it.

A form asks `problems` at each key and shows each sentence at its field; the command refuses the same draft with a
`FieldError`, so that no other way into the journal is laxer than the form.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.core.errors import FieldError
from app.core.words import normal_text

Problems = dict[str, str]
"""Name of a draft's field → the sentence to show there."""

MEASURES: Final = ("increase", "decrease", "milestone", "hold_above", "hold_below", "checklist")
UNIT_KINDS: Final = ("number", "percent", "currency", "duration")
COMMITMENTS: Final = ("committed", "aspirational")
OPEN_STATES: Final = ("draft", "active", "paused")
SPANS: Final = ("quarter", "half", "year", "custom")

LARGEST: Final = 1e15
"""Beyond this, neighbouring whole numbers are no longer told apart with their decimals, and charts overflow."""

LONGEST_TITLE: Final = 300
LONGEST_CHECKLIST: Final = 1000
LARGEST_WEIGHT: Final = 1000.0
LONGEST_RHYTHM: Final = 366


def refuse(problems: Problems) -> None:
    """Raise the first of `problems` as a `FieldError`; do nothing when there is none."""
    for field, sentence in problems.items():
        raise FieldError(field, sentence)


def one_line(text: str) -> str:
    """`text` as a title: normal form, one line, no space around it."""
    return " ".join(normal_text(text).split())


@dataclass(frozen=True, slots=True)
class PeriodDraft:
    """A span of days with a name, both ends included; quarters, halves and years are named by the calendar."""

    span: str
    first: date
    last: date
    title: str

    def problems(self) -> Problems:
        """What keeps this period from being saved."""
        found = _title_problems(self.title, "Name the period, such as “Sabbatical” or “First 100 days”.")
        if self.span not in SPANS:
            found["span"] = "Choose a quarter, a half, a year, or days of your own."
        if self.last < self.first:
            found["last"] = "The last day lies before the first. Choose a later day."
        return found


@dataclass(frozen=True, slots=True)
class ObjectiveDraft:
    """An objective as its form holds it; `why` names the outcome and for whom.

    Attributes:
        period: None is the backlog.
        parent_id: The objective that this one serves, if any.
        weight: How much it counts beside its siblings; 1.0 is ordinary.
    """

    title: str = ""
    why: str = ""
    area: str = ""
    period: PeriodDraft | None = None
    commitment: str = "committed"
    state: str = "active"
    parent_id: int | None = None
    weight: float = 1.0

    def problems(self) -> Problems:
        """What keeps this objective from being saved, as far as the draft alone can tell."""
        found = _title_problems(self.title, "Say in a few words what you want to achieve.")
        if self.commitment not in COMMITMENTS:
            found["commitment"] = "Choose whether this is committed or aspirational."
        if self.state not in OPEN_STATES:
            found["state"] = "Choose draft, active or paused; closing has a form of its own."
        if self.period and (wrong := self.period.problems()):
            found["period"] = next(iter(wrong.values()))
        return found | _weight_problems(self.weight)


@dataclass(frozen=True, slots=True)
class PauseDraft:
    """Days on which an objective rests, both included; without a `last` it rests until it is resumed."""

    first: date
    last: date | None = None
    reason: str = ""

    def problems(self) -> Problems:
        """What keeps this pause from being saved."""
        if self.last and self.last < self.first:
            return {"last": "The last day lies before the first. Choose a later day."}
        return {}


@dataclass(frozen=True, slots=True)
class ClosingDraft:
    """The close of an objective as its form holds it.

    Attributes:
        grade: 0.0 to 1.0. suggested: What the progress suggests, None where nothing was read.
        reason: Why the grade is another than the one suggested.
        why, helped, hindered, ahead: The retrospective: why it ended so, what helped, what hindered, what next.
    """

    grade: float
    suggested: float | None = None
    reason: str = ""
    why: str = ""
    helped: str = ""
    hindered: str = ""
    ahead: str = ""

    @property
    def is_own_grade(self) -> bool:
        """Whether the grade is another than the one suggested, by the tenth that is shown."""
        return self.suggested is not None and round(self.grade, 1) != round(self.suggested, 1)

    def problems(self) -> Problems:
        """What keeps the objective from being closed so."""
        found: Problems = {}
        if not 0.0 <= self.grade <= 1.0:
            return {"grade": "Choose a grade from 0.0 to 1.0."}
        if self.is_own_grade and not self.reason.strip():
            found["reason"] = "Say why the grade is another than the progress suggests."
        return found


@dataclass(frozen=True, slots=True)
class KeyResultDraft:
    """A key result as its form holds it.

    Attributes:
        baseline: Where it began; a milestone, a checklist and a hold need none.
        target: Where it should end; for a hold the line to stay on the right side of, for a checklist how many
            things are on it, for a milestone nothing.
        rhythm_days: Days from one check-in to the next; 0 is "when I like".
    """

    title: str = ""
    measure: str = "increase"
    baseline: float | None = None
    target: float | None = None
    unit: str = ""
    unit_kind: str = "number"
    due: date | None = None
    weight: float = 1.0
    rhythm_days: int = 7
    guard: str = ""
    text: str = ""

    def problems(self, period: PeriodDraft | None = None) -> Problems:
        """What keeps this key result from being saved under an objective of `period`."""
        found = _title_problems(self.title, "Name what is measured, such as “Week-1 activation”.")
        if self.measure not in MEASURES:
            found["measure"] = "Choose how this is measured."
        if self.unit_kind not in UNIT_KINDS:
            found["unit_kind"] = "Choose a number, a percentage, money or a duration."
        found |= self._number_problems()
        if self.due and period and self.due < period.first:
            found["due"] = f"This day lies before {period.title} begins. Choose a later one."
        if not 0 <= self.rhythm_days <= LONGEST_RHYTHM:
            found["rhythm_days"] = "Choose between every day and once a year."
        return found | _weight_problems(self.weight)

    def _number_problems(self) -> Problems:
        if self.measure == "milestone":
            return {}
        if self.measure == "checklist":
            whole = self.target is not None and math.isfinite(self.target) and self.target == int(self.target)
            if whole and 1 <= (self.target or 0) <= LONGEST_CHECKLIST:
                return {}
            return {"target": f"Say how many things are on the list, from 1 to {LONGEST_CHECKLIST}."}
        found: Problems = {}
        moves = self.measure in ("increase", "decrease")
        if (moves or self.baseline is not None) and (
            wrong := number_problem(self.baseline, "Enter where it stands today, such as 32.")
        ):
            found["baseline"] = wrong
        if wrong := number_problem(self.target, "Enter the number to reach, such as 50."):
            found["target"] = wrong
        return found or self._direction_problems() or self._sign_problems()

    def _direction_problems(self) -> Problems:
        baseline, target = self.baseline, self.target
        if baseline is None or target is None or self.measure not in ("increase", "decrease"):
            return {}
        if baseline == target:
            return {"target": "Baseline and target are the same, so there is no way to go. Change one of them."}
        if self.measure == "increase" and target < baseline:
            return {"target": "This lies below the baseline. Raise it, or choose “Decrease”."}
        if self.measure == "decrease" and target > baseline:
            return {"target": "This lies above the baseline. Lower it, or choose “Increase”."}
        return {}

    def _sign_problems(self) -> Problems:
        baseline, target = self.baseline, self.target
        if self.unit_kind == "duration":
            for field, value in (("baseline", baseline), ("target", target)):
                if value is not None and value < 0:
                    return {field: "A duration cannot be below zero."}
        if (
            self.unit_kind == "percent"
            and target is not None
            and target < 0
            and (baseline is None or baseline >= 0)
        ):
            return {"target": "A share cannot fall below zero. Use a plain number for rates of change."}
        return {}


@dataclass(frozen=True, slots=True)
class CheckInDraft:
    """A check-in as its form holds it: a value, a confidence, or both; "nothing to report" is not a value.

    Attributes:
        value: In the key result's own unit; a milestone is 0 or 1, a checklist how many things are done.
        confidence: 0 (no chance) to 10 (certain) that the key result will be reached.
        note: Markdown; the text of the entry.
    """

    key_result_id: int
    day: date
    value: float | None = None
    confidence: int | None = None
    note: str = ""

    def problems(self, *, measure: str, target: float | None, unit_kind: str, today: date) -> Problems:
        """What keeps this check-in from being saved on a key result of that `measure` and `unit_kind`."""
        found: Problems = {}
        if self.value is None and self.confidence is None:
            found["value"] = "Enter a value, a confidence or both."
        elif self.value is not None and (wrong := _reading_problem(self.value, measure, target, unit_kind)):
            found["value"] = wrong
        if self.confidence is not None and not 0 <= self.confidence <= 10:
            found["confidence"] = "Choose a confidence from 0 to 10."
        if self.day > today:
            found["day"] = "This day has not come yet. Choose today or an earlier day."
        return found


def number_problem(value: float | None, missing: str) -> str:
    """Why `value` is no number to measure with: `missing` when there is none; "" when it is fine."""
    if value is None:
        return missing
    if not math.isfinite(value):
        return "This is not a number. Enter one, such as 4.5."
    if abs(value) > LARGEST:
        return "This number is too large to draw. Use a larger unit, such as millions."
    return ""


def plain(value: float | None) -> float | None:
    """`value` as a float without a negative zero, which would be shown as “-0”."""
    return None if value is None else float(value) + 0.0


def _reading_problem(value: float, measure: str, target: float | None, unit_kind: str) -> str:
    if wrong := number_problem(value, ""):
        return wrong
    if measure == "milestone" and value not in (0.0, 1.0):
        return "A milestone is reached (1) or not (0)."
    if measure == "checklist" and not (value == int(value) and 0 <= value <= (target or 0)):
        return f"Say how many of the {target or 0:g} things are done."
    if unit_kind == "duration" and value < 0 and measure not in ("milestone", "checklist"):
        return "A duration cannot be below zero."
    return ""


def _title_problems(title: str, missing: str) -> Problems:
    title = one_line(title)
    if not title:
        return {"title": missing}
    if len(title) > LONGEST_TITLE:
        return {"title": f"This is longer than {LONGEST_TITLE} characters. Put the rest into the text below."}
    return {}


def _weight_problems(weight: float) -> Problems:
    if math.isfinite(weight) and 0 < weight <= LARGEST_WEIGHT:
        return {}
    return {"weight": f"Enter a weight above 0, at most {LARGEST_WEIGHT:g}; 1 is ordinary."}
