"""Every session of writing leaves a version; versions are compared, brought back and thinned out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import journal, versions
from app.core.errors import UserError
from app.core.model import Version
from tests.conftest import NOW

DAY = date(2026, 11, 23)
HOURS = st.integers(0, 24 * 30).map(lambda hours: NOW + timedelta(hours=hours))


def write(store, *texts, apart=timedelta(hours=1)):
    """One entry written in as many sessions; returns its id."""
    with store.write() as session:
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=texts[0])
        item_id, rev = entry.id, entry.rev
    for number, text in enumerate(texts[1:], 1):
        with store.write() as session:
            rev = journal.edit_text(session, item_id, text, rev=rev, now=NOW + number * apart)
    return item_id


def texts(store, item_id):
    with store.read() as session:
        return [version.text for version in versions.versions_of(session, item_id)]


def test_each_session_of_writing_leaves_a_version(store):
    item_id = write(store, "One", "One two", "One two three")
    assert texts(store, item_id) == ["One two", "One"]


def test_a_text_never_becomes_empty_without_a_version(store):
    item_id = write(store, "Long and dear", "", apart=timedelta(seconds=1))
    assert texts(store, item_id) == ["Long and dear"]


def test_a_version_comes_back_and_what_stood_there_becomes_one(store):
    item_id = write(store, "One", "Two")
    with store.write() as session:
        (old,) = versions.versions_of(session, item_id)
        rev = journal.entry(session, item_id).rev
        versions.restore_version(session, item_id, old.id, rev=rev, now=NOW + timedelta(hours=2))
    with store.read() as session:
        assert journal.entry(session, item_id).text == "One"
    assert texts(store, item_id)[0] == "Two"


def test_a_version_of_another_entry_is_refused(store):
    one, two = write(store, "One", "Two"), write(store, "Three", "Four")
    with store.write() as session:
        (other,) = versions.versions_of(session, two)
        with pytest.raises(UserError):
            versions.restore_version(session, one, other.id, rev=2, now=NOW)


@given(st.text(), st.text())
def test_a_comparison_contains_both_texts_whole(old, new):
    pieces = versions.compared(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != "added") == old
    assert "".join(piece.text for piece in pieces if piece.change != "removed") == new


def test_a_comparison_shows_words_not_lines():
    pieces = versions.compared("The price rose by half.\n", "The price fell by half.\n")
    assert [(piece.change, piece.text) for piece in pieces if piece.change != "same"] == [
        ("removed", "rose"),
        ("added", "fell"),
    ]


def test_a_comparison_of_a_very_long_line_shows_what_changed_within():
    old = "".join(f"In sentence {number} nothing of note befell us. " for number in range(300))
    new = "At the beginning. " + old.replace("sentence 150 nothing", "sentence 150 something") + "And the end."
    changed = [(piece.change, piece.text) for piece in versions.compared(old, new) if piece.change != "same"]
    assert changed == [
        ("added", "At the beginning. "),
        ("removed", "nothing"),
        ("added", "something"),
        ("added", "And the end."),
    ]


def test_old_versions_are_thinned_to_one_a_day(store):
    item_id = write(store, "Now")
    with store.write() as session:
        for days_ago in (1, 100, 100, 100, 101):
            at = NOW - timedelta(days=days_ago)
            session.add(Version(item_id=item_id, at=at, rev=1, title="", text=f"{days_ago}"))
    with store.write() as session:
        assert versions.has_old(session, now=NOW)
        assert versions.thin(session, now=NOW) == 2
        assert not versions.has_old(session, now=NOW)
    assert texts(store, item_id) == ["1", "100", "101"]


@given(st.lists(st.tuples(st.integers(1, 3), HOURS, st.integers(0, 50))))
def test_thinning_leaves_every_day_of_every_item_its_last_and_its_longest_version(found):
    rows = [(number, *row) for number, row in enumerate(found)]
    rows.sort(key=lambda row: (row[1], row[2]), reverse=True)
    gone = set(versions.spare(rows))
    days = {}
    for row in rows:
        days.setdefault((row[1], row[2].date()), []).append(row)
    for held in days.values():
        kept = [row for row in held if row[0] not in gone]
        assert kept[0] == held[0]
        assert max(row[3] for row in kept) == max(row[3] for row in held)
        assert len(kept) <= 2


def test_what_was_emptied_and_begun_anew_outlasts_thinning(store):
    item_id = write(store, "Long and dear, and of many words", "", "b", "", "c", apart=timedelta(minutes=11))
    assert len(texts(store, item_id)) == 2
    with store.write() as session:
        versions.thin(session, now=NOW + timedelta(days=100))
    assert "Long and dear, and of many words" in texts(store, item_id)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(1, 1, 5), 6, date(1, 1, 1)),
    ],
)
def test_months_before_end_where_the_month_does(day, months, before):
    from app.core.days import months_before

    assert months_before(day, months) == before


def test_on_this_day_looks_years_and_months_back_from_the_day_that_is_looked_at(store):
    with store.write() as session:
        for day in (
            DAY,
            date(2026, 10, 23),
            date(2026, 8, 23),
            date(2025, 11, 23),
            date(2020, 11, 23),
            date(2020, 1, 1),
        ):
            journal.add_entry(session, day=day, now=NOW, zone="UTC", text=str(day))
    with store.read() as session:
        found = journal.on_this_day(session, DAY)
        assert [day for day, _ in found] == [
            date(2026, 10, 23),
            date(2026, 8, 23),
            date(2025, 11, 23),
            date(2020, 11, 23),
        ]
        assert [row.title for _, row in found] == [str(day) for day, _ in found]


def test_a_diary_of_another_century_is_looked_back_to(store):
    with store.write() as session:
        for day in (date(1662, 11, 23), date(1669, 11, 23), date(1669, 5, 31)):
            journal.add_entry(session, day=day, now=NOW, zone="UTC", text=f"Of {day}")
    with store.read() as session:
        assert [day.year for day, _ in journal.on_this_day(session, date(2026, 11, 23))] == [1669, 1662]
