"""Places in time for many new items at once; no two items have the same (see `docs/decisions`)."""

from __future__ import annotations

from collections.abc import Iterable


class FreeMoments:
    """Gives out the moments that are not among `taken`, each once."""

    def __init__(self, taken: Iterable[int]) -> None:
        self._next = {moment: moment + 1 for moment in taken}  # each says where to look on

    def take(self, wanted: int) -> int:
        """The moment `wanted`, or the next free one after it."""
        moment = wanted
        while moment in self._next:
            moment = self._next[moment]
        self._next[moment] = self._next[wanted] = moment + 1
        return moment
