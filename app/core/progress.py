"""How long work says how far it is, and how it is told to end."""

from __future__ import annotations

from collections.abc import Callable

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
