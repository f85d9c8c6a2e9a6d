"""Every mapped class: the whole schema's names in one place."""

from app.core.model.attachments import Attachment
from app.core.model.base import Instant, Model, instant_text, new_uid, parse_instant
from app.core.model.entries import Entry
from app.core.model.items import Batch, Item, ItemTag, Link, Origin, Setting, Tag, Version, digest_of
from app.core.model.kinds import Conversation, Decision, Insight, Launch, Learning, Telling, Win
from app.core.model.objectives import CheckIn, Goalpost, KeyResult, Objective, Pause, Period, Purpose
from app.core.model.people import Person
from app.core.model.posts import Post
from app.core.model.reviews import Review
from app.core.model.skills import Anchor, Area, CompetencyModel, Rating, Role, RoleLevel, Skill
from app.core.model.steps import Step, StepOrder

__all__ = [
    "Anchor",
    "Area",
    "Attachment",
    "Batch",
    "CheckIn",
    "CompetencyModel",
    "Conversation",
    "Decision",
    "Entry",
    "Goalpost",
    "Insight",
    "Instant",
    "Item",
    "ItemTag",
    "KeyResult",
    "Launch",
    "Learning",
    "Link",
    "Model",
    "Objective",
    "Origin",
    "Pause",
    "Period",
    "Person",
    "Post",
    "Purpose",
    "Rating",
    "Review",
    "Role",
    "RoleLevel",
    "Setting",
    "Skill",
    "Step",
    "StepOrder",
    "Tag",
    "Telling",
    "Version",
    "Win",
    "digest_of",
    "instant_text",
    "new_uid",
    "parse_instant",
]
