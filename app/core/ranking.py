"""Which names a few letters are likely to mean: what begins so, then words of it, then what is merely like it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

LIKE: Final = 78
"""How much alike, of 100, a name must be that does not hold what was typed."""
MISTYPED: Final = 4
"""From how many letters on a slip of the finger is thought of."""

KNOWN: Final = 4_000
"""Names of which the plain form is kept: the same are looked through at every key."""

_BETWEEN: Final = re.compile(r"[\W_]+")


def ranked(typed: str, names: Sequence[str], *, limit: int) -> list[int]:
    """Places in `names` that fit, the best first, in the given order where they fit as well; all for nothing."""
    wanted = _plain(typed)
    if not wanted:
        return list(range(min(len(names), limit)))
    words = wanted.split()
    groups: tuple[list[int], list[int], list[int]] = ([], [], [])
    for place, name in enumerate(names):
        plain = _plain(name)
        if plain.startswith(wanted):
            groups[0].append(place)
        elif wanted in plain:
            groups[1 if f" {wanted}" in plain else 2].append(place)
        elif len(words) > 1 and all(any(part.startswith(word) for part in plain.split()) for word in words):
            groups[1].append(place)
    found = [place for group in groups for place in group]
    return (found or _alike(wanted, names, limit))[:limit]


def _alike(wanted: str, names: Sequence[str], limit: int) -> list[int]:
    if len(wanted) < MISTYPED:
        return []
    from rapidfuzz import fuzz, process  # 2 MB that no start needs

    parts: list[str] = []
    owners: list[int] = []
    for place, name in enumerate(names):
        plain = _plain(name)
        own = (plain, plain[: len(wanted)], *plain.split())
        parts += own
        owners += [place] * len(own)
    best: dict[int, float] = {}
    for _, score, at in process.extract(wanted, parts, scorer=fuzz.ratio, score_cutoff=LIKE, limit=None):
        best[owners[at]] = max(score, best.get(owners[at], 0.0))
    return sorted(best, key=lambda place: (-best[place], place))[:limit]


@lru_cache(maxsize=KNOWN)
def _plain(text: str) -> str:
    return _BETWEEN.sub(" ", text.casefold()).strip()
