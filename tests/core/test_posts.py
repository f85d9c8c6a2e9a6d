"""Roles that were held."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core import items, posts
from app.core.errors import FieldError
from app.core.posts import PostDraft
from tests.conftest import NOW

APM = PostDraft(
    "Associate PM", "Terminwerk", "Reminders", "Half a team", "APM", date(2022, 1, 1), date(2024, 6, 30)
)
PM = PostDraft("PM", "Kadenz", first=date(2024, 7, 1))


def rows(store):
    with store.read() as session:
        return posts.posts(session)


def test_they_are_listed_newest_first_and_changed(store):
    with store.write() as session:
        for draft in (APM, PM):
            posts.add_post(session, draft, now=NOW)
    assert [row.draft for row in rows(store)] == [PM, APM]
    old = rows(store)[1]
    changed = PostDraft(**{**{name: getattr(APM, name) for name in APM.__slots__}, "scope": "One team"})
    with store.write() as session:
        posts.edit_post(session, old.id, changed, rev=old.rev, now=NOW + timedelta(hours=3))
    assert rows(store)[1].draft == changed
    with store.write() as session:
        items.trash(session, [old.id], now=NOW)
    assert [row.draft for row in rows(store)] == [PM]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (PostDraft(" ", first=date(2024, 1, 1)), "title"),
        (PostDraft("PM"), "first"),
        (PostDraft("PM", first=date(2024, 1, 2), last=date(2024, 1, 1)), "last"),
        (PostDraft("PM", "x" * 301, first=date(2024, 1, 2)), "employer"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(store, draft, field):
    with pytest.raises(FieldError) as refused, store.write() as session:
        posts.add_post(session, draft, now=NOW)
    assert refused.value.field == field
    assert rows(store) == []
