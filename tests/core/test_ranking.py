"""A few letters mean what begins with them, before what merely looks alike."""

from __future__ import annotations

import pytest

from app.core.ranking import ranked

NAMES = [
    "Launch the patient app",
    "Data fluency",
    "Patients rebook before they leave",
    "Group practices recommend us",
    "Practices get paid within a week",
    "Compatible file",
    "Code",
]


def best(typed: str) -> list[str]:
    return [NAMES[place] for place in ranked(typed, NAMES, limit=8)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Pat", ["Patients rebook before they leave", "Launch the patient app", "Compatible file"]),
        ("practices", ["Practices get paid within a week", "Group practices recommend us"]),
        ("week pai", ["Practices get paid within a week"]),
        ("pracitces", ["Group practices recommend us", "Practices get paid within a week"]),
        ("deciszzqx", []),
        ("xy", []),
        ("code-", ["Code"]),
    ],
)
def test_what_begins_so_comes_first_and_what_is_not_alike_does_not_come(typed, found):
    assert sorted(best(typed)) == sorted(found)
    assert best(typed)[:1] == found[:1]


def test_nothing_typed_is_all_in_order():
    assert ranked(" ", NAMES, limit=3) == [0, 1, 2]
