"""Backups: verified copies of the whole journal, thinned with age, and the way back from them."""

from app.core.backups.place import (
    Backup,
    BackupDamaged,
    age_of,
    folder_of,
    found_for,
    latest,
    listed,
    place_of,
    require_there,
)
from app.core.backups.preview import Difference, differences, texts
from app.core.backups.restoring import (
    BroughtBack,
    bring_back_files,
    lost_its_passphrase,
    replace_damaged,
    restore,
    restore_items,
    take_back_items,
)
from app.core.backups.taking import is_due, move, take, verify
from app.core.backups.thinning import surplus

__all__ = [
    "Backup",
    "BackupDamaged",
    "BroughtBack",
    "Difference",
    "age_of",
    "bring_back_files",
    "differences",
    "folder_of",
    "found_for",
    "is_due",
    "latest",
    "listed",
    "lost_its_passphrase",
    "move",
    "place_of",
    "replace_damaged",
    "require_there",
    "restore",
    "restore_items",
    "surplus",
    "take",
    "take_back_items",
    "texts",
    "verify",
]
