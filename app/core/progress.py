"""How long work says how far it is, and how it is told to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Progress = Callable[[int, int], bool]
"""Called with how much is done and how much there is; False asks for an end."""


class Cancelled(Exception):
    """`Progress` asked for an end. The transaction is to be given up; nothing was changed and nothing is left."""


def go_on(progress: Progress, done: int, total: int) -> None:
    """Say how far it is.

    Raises:
        Cancelled: an end is asked for.
    """
    if not progress(done, total):
        raise Cancelled


def in_chunks(things: Sequence[T], size: int, progress: Progress = lambda *_: True) -> Iterator[Sequence[T]]:
    """Parts of `size` in their order, so that no statement grows too long; says before each how far it is.

    Raises:
        Cancelled: an end is asked for.
    """
    for start in range(0, len(things), size):
        go_on(progress, start, len(things))
        yield things[start : start + size]
