"""Errors that a person can act on. Everything else is a bug and ends in a log."""

from __future__ import annotations

from typing import ClassVar


class UserError(Exception):
    """What went wrong and what to do next, as one clear sentence for the screen.

    Raise it with the sentence itself: ``raise UserError("Enter a number, such as 4.5.")``.

    Attributes:
        is_said_in_place: Whether the dialog that it came up in says it, and not the window.
    """

    is_said_in_place: ClassVar[bool] = True


class Damage(UserError):
    """What is kept is damaged: there are ways on, which the window offers."""

    is_said_in_place = False


class FieldError(UserError):
    """A `UserError` about one field of a form.

    Attributes:
        field: Name of the draft's attribute that has to change.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def reason_of(error: OSError) -> str:
    """What the system says of a file, to stand within a sentence: "no space left on device"."""
    return (error.strerror or str(error)).lower()
