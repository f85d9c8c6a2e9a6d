"""What each kind of item is called and which icon stands for it, the same on every page."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

KIND_ICONS: Final = {
    "note": "notebook-pen",
    "conversation": "message-circle",
    "insight": "lightbulb",
    "decision": "scale",
    "win": "trophy",
    "launch": "rocket",
    "telling": "megaphone",
    "learning": "graduation-cap",
    "review": "history",
    "check_in": "circle-check",
    "rating": "radar",
    "objective": "target",
    "key_result": "gauge",
    "skill": "radar",
    "area": "radar",
    "competency_model": "radar",
    "role": "briefcase",
    "period": "calendar",
    "person": "user",
    "step": "route",
    "post": "briefcase",
}

_WORDS: Final[dict[str, Any]] = {
    "note": QT_TRANSLATE_NOOP("kinds", "Note"),
    "conversation": QT_TRANSLATE_NOOP("kinds", "Conversation"),
    "insight": QT_TRANSLATE_NOOP("kinds", "Insight"),
    "decision": QT_TRANSLATE_NOOP("kinds", "Decision"),
    "win": QT_TRANSLATE_NOOP("kinds", "Win"),
    "launch": QT_TRANSLATE_NOOP("kinds", "Launch"),
    "telling": QT_TRANSLATE_NOOP("kinds", "Telling"),
    "learning": QT_TRANSLATE_NOOP("kinds", "Learning"),
    "review": QT_TRANSLATE_NOOP("kinds", "Review"),
    "check_in": QT_TRANSLATE_NOOP("kinds", "Check-in"),
    "rating": QT_TRANSLATE_NOOP("kinds", "Rating"),
    "objective": QT_TRANSLATE_NOOP("kinds", "Objective"),
    "key_result": QT_TRANSLATE_NOOP("kinds", "Key result"),
    "skill": QT_TRANSLATE_NOOP("kinds", "Skill"),
    "area": QT_TRANSLATE_NOOP("kinds", "Area"),
    "competency_model": QT_TRANSLATE_NOOP("kinds", "Competency model"),
    "role": QT_TRANSLATE_NOOP("kinds", "Role"),
    "period": QT_TRANSLATE_NOOP("kinds", "Period"),
    "person": QT_TRANSLATE_NOOP("kinds", "Person"),
    "step": QT_TRANSLATE_NOOP("kinds", "Step"),
    "post": QT_TRANSLATE_NOOP("kinds", "Role held"),
}


def kind_word(kind: str) -> str:
    """The kind as the window calls it, such as "Check-in"."""
    said = _WORDS.get(kind)
    return QCoreApplication.translate("kinds", said) if said else kind.replace("_", " ").capitalize()


def kind_icon(kind: str) -> str:
    """The icon of the kind; a plain sheet for one that is not known."""
    return KIND_ICONS.get(kind, "file-text")
