"""The personal roadmap: steps with what they serve, moved, finished, and followed up to the purpose.

A module a noun; everything meant for others is named here.
"""

from app.core.roadmap.drafts import FORMS, HORIZONS, OPEN, STATES, Finish, Problems, StepDraft
from app.core.roadmap.rows import FOCUS, SERVED, StepRow, in_focus, proofs_due, steps
from app.core.roadmap.sight import line_of_sight, servable
from app.core.roadmap.step import (
    add_step,
    change_step,
    draft_of,
    edit_step,
    finish_step,
    move_step,
    place_step,
    prove_step,
    put_back,
)

__all__ = [
    "FOCUS",
    "FORMS",
    "HORIZONS",
    "OPEN",
    "SERVED",
    "STATES",
    "Finish",
    "Problems",
    "StepDraft",
    "StepRow",
    "add_step",
    "change_step",
    "draft_of",
    "edit_step",
    "finish_step",
    "in_focus",
    "line_of_sight",
    "move_step",
    "place_step",
    "proofs_due",
    "prove_step",
    "put_back",
    "servable",
    "steps",
]
