"""Every mapped class: the whole schema's names in one place."""

from app.core.model.base import Instant, Model, instant_text, new_uid, parse_instant
from app.core.model.entries import Entry
from app.core.model.items import Batch, Item, ItemTag, Link, Origin, Setting, Tag, Version, digest_of
from app.core.model.objectives import CheckIn, Goalpost, KeyResult, Objective, Pause, Period, Purpose
from app.core.model.reviews import Review
from app.core.model.skills import Anchor, Area, Rating, Role, RoleLevel, Skill

__all__ = [
    "Anchor",
    "Area",
    "Batch",
    "CheckIn",
    "Entry",
    "Goalpost",
    "Instant",
    "Item",
    "ItemTag",
    "KeyResult",
    "Link",
    "Model",
    "Objective",
    "Origin",
    "Pause",
    "Period",
    "Purpose",
    "Rating",
    "Review",
    "Role",
    "RoleLevel",
    "Setting",
    "Skill",
    "Tag",
    "Version",
    "digest_of",
    "instant_text",
    "new_uid",
    "parse_instant",
]
