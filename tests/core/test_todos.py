"""Check-boxes that were left open are found, and settled where they stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.core import journal, todos
from app.core.errors import UserError
from tests.conftest import NOW

DAY = date(2026, 11, 23)
TEXT = "Plan\n\n- [ ] call Ana\n- [x] done\n  1. [ ] write memo\n\n```\n- [ ] code\n```\nNo - [ ] box"


@pytest.fixture
def entry_id(store):
    with store.write() as session:
        for ago, text in ((0, "- [ ] today’s own"), (61, "- [ ] too old")):
            journal.add_entry(session, day=DAY - timedelta(days=ago), now=NOW, zone="UTC", text=text)
        return journal.add_entry(session, day=DAY - timedelta(days=2), now=NOW, zone="UTC", text=TEXT).id


def test_open_boxes_of_the_last_weeks_are_found(store, entry_id):
    with store.read() as session:
        found = todos.open_boxes(session, DAY)
    assert [(box.entry_id, box.text) for box in found] == [(entry_id, "call Ana"), (entry_id, "write memo")]


@pytest.mark.parametrize(("fate", "mark"), [("done", "[x]"), ("moved", "[>]"), ("dropped", "[-]")])
def test_a_box_is_settled_where_it_stands(store, entry_id, fate, mark):
    with store.write() as session:
        box = todos.open_boxes(session, DAY)[1]
        assert todos.settle(session, box, fate, now=NOW) == TEXT
    with store.read() as session:
        assert journal.entry(session, entry_id).text == TEXT.replace("[ ] write memo", f"{mark} write memo")


def test_a_box_that_is_gone_is_said_so(store, entry_id):
    with store.write() as session:
        (box, _) = todos.open_boxes(session, DAY)
        todos.settle(session, box, "done", now=NOW)
        with pytest.raises(UserError):
            todos.settle(session, box, "done", now=NOW)
