"""Tags as the journal keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.core.transfer.decoding import cleaned

LONGEST: Final = 100
_INVISIBLE: Final = re.compile("[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def tags_of(*sources: object) -> tuple[str, ...]:
    """Names from lists of names, or of things that have a name; each once, without # or @, empty ones left out."""
    found: dict[str, str] = {}
    for source in sources:
        for one in source if isinstance(source, list | tuple) else [source]:
            if isinstance(one, dict):
                one = one.get("name") or one.get("title")
            if isinstance(one, str) and (tag := _tag(one)):
                found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def listed(text: str) -> list[str]:
    """Names that stand in one text, set apart by commas, semicolons or line ends."""
    return [part for part in re.split(r"[,;\n]", text) if part.strip()]


def without(tags: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """`tags` that are not among `others`, whatever their case."""
    known = {other.casefold() for other in others}
    return tuple(tag for tag in tags if tag.casefold() not in known)


def _tag(name: str) -> str:
    text, _ = cleaned(_INVISIBLE.sub(" ", name))
    return " ".join(text.split()).lstrip("#@").strip()[:LONGEST]
