"""What forms hand over of a step, and what it may be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.core.repeating import is_rule

FORMS: Final = (
    "education", "workshop", "conference", "reading", "practice", "mentoring", "coaching", "role", "project",
)  # fmt: skip
STATES: Final = ("idea", "planned", "doing", "done", "dropped")
HORIZONS: Final = ("now", "next", "later")
OPEN: Final = ("idea", "planned", "doing")

LONGEST_TITLE: Final = 300
LONGEST_STEP: Final = timedelta(days=366 * 100)
LARGEST: Final = 1e9

Problems = dict[str, str]


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What a form holds of a step.

    Attributes:
        serves: Ids of the key results, skills and objectives that it serves.
        hours_*, cost_*: None when not said.
        repeats, repeats_from: see `Step`. after: steps that come before this one.
    """

    title: str = ""
    form: str = "practice"
    notes: str = ""
    state: str = "idea"
    horizon: str = "next"
    first: date | None = None
    last: date | None = None
    apply_by: date | None = None
    parent_id: int | None = None
    hours_planned: float | None = None
    hours_spent: float | None = None
    cost_planned: float | None = None
    cost_spent: float | None = None
    currency: str = ""
    provider: str = ""
    place: str = ""
    url: str = ""
    serves: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    repeats: str = ""
    repeats_from: str = "plan"

    def problems(self) -> Problems:
        """What keeps this step from being saved: field name → sentence."""
        found: Problems = {}
        if not self.title.strip():
            found["title"] = "Say what the step is, such as “Shadow three sales calls”."
        elif len(self.title) > LONGEST_TITLE:
            found["title"] = f"A title has at most {LONGEST_TITLE} characters."
        for name, value, known in (
            ("form", self.form, FORMS),
            ("state", self.state, STATES),
            ("horizon", self.horizon, HORIZONS),
        ):
            if value not in known:
                found[name] = "Choose one of those that are offered."
        if self.repeats and self.first is None:
            found["repeats"] = "Say when it begins first; it comes again from there."
        elif self.repeats and not is_rule(self.repeats, self.first or date.min):
            found["repeats"] = "This rule names no days. Choose one that is offered."
        if self.repeats_from not in ("plan", "done"):
            found["repeats_from"] = "Choose one of those that are offered."
        if self.last is not None and self.first is None:
            found["first"] = "Say when it begins, or leave the end open."
        elif self.first is not None and self.last is not None:
            if self.last < self.first:
                found["last"] = "It cannot end before it begins."
            elif self.last - self.first > LONGEST_STEP:
                found["last"] = "A step of more than a hundred years is none. Check the year."
        for name in ("hours_planned", "hours_spent", "cost_planned", "cost_spent"):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and 0 <= value <= LARGEST):
                found[name] = "Enter a number from 0 to a thousand million."
        return found


@dataclass(frozen=True, slots=True)
class Finish:
    """What the finish of a step asks; both may stay blank."""

    learned: str = ""
    differently: str = ""
