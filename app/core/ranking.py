"""Which names a few letters are likely to mean: what begins so, then words of it, then what is merely like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LIKE: Final = 78
"""How much alike, of 100, a name must be that does not hold what was typed."""
MISTYPED: Final = 4
"""From how many letters on a slip of the finger is thought of."""


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
    from rapidfuzz import fuzz  # 2 MB that no start needs

    scores = []
    for place, name in enumerate(names):
        plain = _plain(name)
        parts = {plain, plain[: len(wanted)], *plain.split()}
        score = max((fuzz.ratio(wanted, part, score_cutoff=LIKE) for part in parts), default=0.0)
        if score:
            scores.append((-score, place))
    return [place for _, place in sorted(scores)][:limit]


def _plain(text: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in text.casefold()).split())
