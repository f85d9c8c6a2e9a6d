"""Objectives with their key results and check-ins: queries, commands, drafts.

A module a noun; everything meant for others is named here.
"""

from app.core.objectives.board import (
    Counts,
    Group,
    Scope,
    groups,
    objective_board,
    objective_counts,
    objective_ids,
)
from app.core.objectives.carrying import CarriedRow, LineageRow, carried_rows, carry_forward, lineage
from app.core.objectives.check_ins import (
    CheckInRow,
    check_in,
    check_in_draft,
    check_ins,
    edit_check_in,
    place_of,
)
from app.core.objectives.detail import EvidenceRow, GoalpostRow, ObjectiveDetail, objective_detail
from app.core.objectives.drafts import (
    CheckInDraft,
    KeyResultDraft,
    ObjectiveDraft,
    PauseDraft,
    PeriodDraft,
    Problems,
)
from app.core.objectives.history import objective_confidence, objective_progress, progress_of
from app.core.objectives.key_results import (
    add_key_result,
    edit_key_result,
    goalposts,
    key_result_draft,
    order_key_results,
    trash_key_result,
)
from app.core.objectives.objective import (
    add_objective,
    areas,
    close_objective,
    drop_objective,
    edit_objective,
    move_to_period,
    objective_draft,
    possible_parents,
    reopen_objective,
    set_status,
    trash_objective,
)
from app.core.objectives.pauses import PauseRow, forget_pause, pause_objective, pauses, resume_objective
from app.core.objectives.periods import PeriodRow, calendar_periods, period_for, periods
from app.core.objectives.planning import Plan, PlannedKeyResult, keep_plan, plan
from app.core.objectives.purpose import PurposeRow, confirm_purpose, is_worth_asking, purposes, say_purpose
from app.core.objectives.readings import Newest
from app.core.objectives.standing import (
    DueRow,
    KeyResultRow,
    ObjectiveRow,
    due_check_ins,
    is_due,
    objective_rows,
)

__all__ = [
    "CarriedRow",
    "CheckInDraft",
    "CheckInRow",
    "Counts",
    "DueRow",
    "EvidenceRow",
    "GoalpostRow",
    "Group",
    "KeyResultDraft",
    "KeyResultRow",
    "LineageRow",
    "Newest",
    "ObjectiveDetail",
    "ObjectiveDraft",
    "ObjectiveRow",
    "PauseDraft",
    "PauseRow",
    "PeriodDraft",
    "PeriodRow",
    "Plan",
    "PlannedKeyResult",
    "Problems",
    "PurposeRow",
    "Scope",
    "add_key_result",
    "add_objective",
    "areas",
    "calendar_periods",
    "carried_rows",
    "carry_forward",
    "check_in",
    "check_in_draft",
    "check_ins",
    "close_objective",
    "confirm_purpose",
    "drop_objective",
    "due_check_ins",
    "edit_check_in",
    "edit_key_result",
    "edit_objective",
    "forget_pause",
    "goalposts",
    "groups",
    "is_due",
    "is_worth_asking",
    "keep_plan",
    "key_result_draft",
    "lineage",
    "move_to_period",
    "objective_board",
    "objective_confidence",
    "objective_counts",
    "objective_detail",
    "objective_draft",
    "objective_ids",
    "objective_progress",
    "objective_rows",
    "order_key_results",
    "pause_objective",
    "pauses",
    "period_for",
    "periods",
    "place_of",
    "plan",
    "possible_parents",
    "progress_of",
    "purposes",
    "reopen_objective",
    "resume_objective",
    "say_purpose",
    "set_status",
    "trash_key_result",
    "trash_objective",
]
