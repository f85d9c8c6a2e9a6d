"""Stable names for records, so that a second import of the same file changes nothing."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

_PLAIN: Final = re.compile(r"[\w.:+-]{1,80}", re.ASCII)
"""Ids as programs give them; anything else is made one."""


def digest(*parts: object) -> str:
    """32 hex digits that stand for `parts`, for sources that give no id."""
    joined = "\x1f".join(str(part) for part in parts)
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Keys:
    """Hands out each key once within a file: an id that stands twice with other text is no reason to lose text."""

    def __init__(self, source: str, kind: str) -> None:
        self._prefix = f"{source}:{kind}"
        self._given: set[str] = set()
        self._said: set[tuple[str, str]] = set()
        self._twins: dict[str, int] = {}

    def of(self, identity: object, text: str) -> str | None:
        """The key of the record called `identity`; None when it stood here before with the very same text."""
        plain = str(identity)
        key = f"{self._prefix}:{plain if _PLAIN.fullmatch(plain) else digest(plain)}"
        said = digest(text)
        if (key, said) in self._said:
            return None
        self._said.add((key, said))
        if key in self._given:
            key = f"{key}:{said[:16]}"
        self._given.add(key)
        return key

    def of_text(self, when: object, text: str) -> str:
        """The key of a record that only its date and text tell apart; twins are counted, for both were written."""
        key = f"{self._prefix}:{digest(when, text)}"
        self._twins[key] = self._twins.get(key, 0) + 1
        return key if self._twins[key] == 1 else f"{key}:{self._twins[key]}"
