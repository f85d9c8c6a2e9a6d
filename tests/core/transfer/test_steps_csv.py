"""Tables whose rows are steps of the roadmap."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.core.errors import UserError
from app.core.model import Step
from app.core.transfer import bringing, csv_files, steps_csv
from tests.conftest import NOW
from tests.core.transfer.reading import remarks, skipped

TABLE = """Step;Type;Status;Start;Due;Hours;Price;Link;Owner
Course on pricing;Course;in progress;01.11.2026;24.12.2026;12,5;1.200,00 €;https://example.org;me
Read a book;book;;;;;;;
Odd;foo;bar;31.13.2026;;some;;;
;;;;;;;;nobody
Backwards;workshop;done;05.01.2026;01.01.2026;;;;
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "steps.csv"
    path.write_text(TABLE, encoding="utf-8")
    return csv_files.table(path)


def found(table, columns=None):
    columns = columns or steps_csv.suggested(table)
    return list(steps_csv.records(table, columns, today=date(2026, 11, 23), now=NOW))


def brought(store, table):
    plan = bringing.plan(store, "CSV", "steps.csv", found(table))
    return plan, bringing.bring(store, plan, now=NOW, zone="UTC")


def test_rows_become_steps_and_what_cannot_be_read_stands_in_their_notes(store, table):
    plan, _ = brought(store, table)
    assert [one.reason for one in plan.skipped] == ["It has no title.", "It cannot end before it begins."]
    with store.read() as session:
        course, book, odd = session.scalars(select(Step).order_by(Step.id))
        assert (course.form, course.state, course.horizon) == ("education", "doing", "now")
        assert (course.first, course.last) == (date(2026, 11, 1), date(2026, 12, 24))
        assert (course.hours_planned, course.cost_planned) == (12.5, 1200)
        assert (course.url, course.text) == ("https://example.org", "- Owner: me")
        assert (book.form, book.state, book.horizon, book.first) == ("reading", "idea", "later", None)
        assert odd.text == "- Type: foo\n- Status: bar\n- Start: 31.13.2026\n- Hours: some"
    assert len(remarks(found(table))) == 4
    assert len(skipped(found(table))) == 2


def test_a_second_time_nothing_comes_and_undo_takes_all(store, table):
    _, batch = brought(store, table)
    again, nothing = brought(store, table)
    assert (again.known, nothing) == (3, None)
    with store.write() as session:
        assert bringing.undo(session, batch, now=NOW) == 3
    with store.read() as session:
        assert session.scalars(select(Step)).all() == []
    assert brought(store, table)[0].known == 0


def test_columns_can_be_said(table):
    columns = steps_csv.chosen(table, {"notes": "Owner", "title": "Type"}, "mdy")
    assert (columns.title, columns.notes, columns.form, columns.order) == ("Type", "Owner", None, "mdy")
    with pytest.raises(UserError, match="no column “Gone”"):
        steps_csv.chosen(table, {"notes": "Gone"}, None)
    with pytest.raises(UserError, match="has no “mood”"):
        steps_csv.chosen(table, {"mood": "Owner"}, None)
