"""Check-ins from and to CSV, and tables as people's programs write them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import items, journal, objectives
from app.core.errors import UserError
from app.core.objectives import ClosingDraft, KeyResultDraft
from app.core.progress import Cancelled
from app.core.transfer import bringing, check_ins_csv, tables
from app.core.transfer.check_ins_csv import Mapping
from tests.conftest import NOW
from tests.core.test_objectives import ACTIVATION, TODAY, add_key_result, add_objective, check_in, readings


@pytest.fixture
def file(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def plan(store, path, **changes):
    table = tables.read_table(path)
    mapping = replace(check_ins_csv.suggested_mapping(table), **changes)
    return check_ins_csv.plan_check_ins(store, table, mapping, name=path.name, today=TODAY)


def bring(store, made, **options):
    return check_ins_csv.bring_check_ins(store, made, now=NOW, zone="UTC", **options)


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("41", ".", 41.0),
        ("-41.5", ".", -41.5),
        ("\u22121,240.5", ".", -1240.5),
        ("1.240,5", ",", 1240.5),
        ("1 240,5", ",", 1240.5),
        ("1\u202f240,5 €", ",", 1240.5),
        ("1'240.5", ".", 1240.5),
        ("CHF 1’240.50", ".", 1240.5),
        ("62 %", ".", 62.0),
        ("$1,000,000", ".", 1e6),
        ("-$5", ".", -5.0),
        ("(12.5)", ".", -12.5),
        ("6.2 min", ".", 6.2),
        (".5", ".", 0.5),
        ("1e3", ".", 1000.0),
        ("", ".", None),
        (" – ", ".", None),
    ],
)
def test_numbers_as_people_write_them(text, decimal, number):
    assert tables.number_in(text, decimal) == number


@pytest.mark.parametrize(
    "text", ["n/a", "1.2.3", "1,24,0", "12 34", "3 of 7", "12/13", "1,5", "NaN", "inf", "--5"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        tables.number_in(text, ".")


@given(st.floats(-1e15, 1e15), st.sampled_from(".,"))
def test_a_number_is_read_back_in_either_form(number, decimal):
    assert tables.number_in(repr(number).replace(".", decimal), decimal) == number


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1.5", "2"], "."),
        (["1,5", "2"], ","),
        (["1.240,5"], ","),
        (["1,240.5"], "."),
        (["1.240", "2"], None),
        (["1.240", "2.5"], "."),
        (["1.5", "2,5"], None),
        (["12.345", "1.2345"], "."),
        ([], None),
    ],
)
def test_the_decimal_mark_is_told_by_what_can_mean_one_thing_only(texts, mark):
    assert tables.decimal_mark(texts) == mark


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_every_make_are_read(file, delimiter, encoding):
    rows = [("Day", "Value", "Note"), ("2026-11-01", "41", f'"Café{delimiter} two\nlines"'), ("2026-11-02", "42")]
    table = tables.read_table(file("\r\n".join(delimiter.join(row) for row in rows), encoding))
    assert table.columns == ("Day", "Value", "Note")
    assert table.rows[0][1] == ("2026-11-01", "41", f"Café{delimiter} two\nlines")
    assert table.rows[1] == (4, ("2026-11-02", "42", ""))


@pytest.mark.parametrize("text", ["", "Day,Value\n", "\n\n"])
def test_what_holds_no_table_is_refused(file, text):
    with pytest.raises(UserError, match="no table"):
        tables.read_table(file(text))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        tables.read_table(tmp_path / "gone.csv")


# ---------------------------------------------------------------- bringing


def test_a_metric_export_comes_in_whole(store, file):
    result = add_key_result(store, add_objective(store))
    made = plan(
        store,
        file("Datum;Wert;Kommentar\n01.11.2026;41,5;Invite #growth\n02.11.2026;;nothing\n13.11.2026;1.042,25;\n"),
        key_result_id=result,
    )
    assert [(skipped.where, skipped.reason) for skipped in made.skipped] == [
        ("line 3", "Enter a value, a confidence or both.")
    ]
    assert bring(store, made)
    assert readings(store, result) == [
        (date(2026, 11, 1), 41.5, None, "Invite #growth"),
        (date(2026, 11, 13), 1042.25, None, ""),
    ]
    with store.read() as session:
        (row, *_) = journal.entry_rows(session, journal.entry_ids(session, matching="invite"))
        assert row.tags == ("growth",)


def test_a_second_run_changes_nothing(store, file):
    result = add_key_result(store, add_objective(store))
    check_in(store, result, 40.0, day=date(2026, 11, 2))
    path = file("Date,Value\n2026-11-01,41\n2026-11-02,40\n2026-11-01,41\n")
    first = plan(store, path, key_result_id=result)
    assert (len(first.fresh), first.known) == (1, 2)
    bring(store, first)
    second = plan(store, path, key_result_id=result)
    assert (len(second.fresh), second.known) == (0, 3)
    assert bring(store, second) is None


def test_one_undo_takes_all_back_and_a_new_run_brings_it_again(store, file):
    result = add_key_result(store, add_objective(store))
    path = file("Date,Value,Note\n2026-11-01,41,a #tag\n2026-11-02,40,b\n")
    batch = bring(store, plan(store, path, key_result_id=result))
    with store.write() as session:
        assert bringing.undo(session, batch, now=NOW) == 2
    assert readings(store, result) == []
    with store.read() as session:
        assert items.tag_counts(session) == []
    assert bring(store, plan(store, path, key_result_id=result))


def test_what_cannot_come_says_why(store, file):
    made = add_objective(store, "Open")
    add_key_result(store, made)
    closed = add_objective(store, "Closed")
    add_key_result(store, closed, replace(ACTIVATION, title="Old"))
    add_key_result(store, made, KeyResultDraft("Twice", "milestone"))
    add_key_result(store, made, KeyResultDraft("Twice", "milestone"))
    with store.write() as session:
        objectives.close_objective(session, closed, ClosingDraft(1.0), today=TODAY, now=NOW, zone="UTC")
    lines = [
        ("2026-11-01", "week-1 ACTIVATION", "41", "7"),
        ("2026-11-31", "Week-1 activation", "41", "7"),
        ("", "Week-1 activation", "41", "7"),
        ("2026-12-24", "Week-1 activation", "41", "7"),
        ("2026-11-01", "Week-1 activation", "forty", "7"),
        ("2026-11-01", "Week-1 activation", "41", "7.5"),
        ("2026-11-01", "Week-1 activation", "41", "70"),
        ("2026-11-01", "Week-1 activation", "1e300", ""),
        ("2026-11-01", "Nobody", "41", "7"),
        ("2026-11-01", "Twice", "1", "7"),
        ("2026-11-01", "Old", "41", "7"),
    ]
    text = "Date,Metric,Value,Confidence\n" + "".join(",".join(line) + "\n" for line in lines)
    planned = plan(store, file(text))
    assert len(planned.fresh) == 1
    assert [skipped.reason for skipped in planned.skipped] == [
        "“2026-11-31” is no day.",
        "There is no day.",
        "This day has not come yet. Choose today or an earlier day.",
        "“forty” is no number.",
        "The confidence “7.5” is not a whole number from 0 to 10.",
        "Choose a confidence from 0 to 10.",
        "This number is too large to draw. Use a larger unit, such as millions.",
        "There is no “Nobody”.",
        "There are 2 key results called “Twice”.",
        "The objective “Closed” is closed.",
    ]


def test_cancelling_leaves_the_journal_as_it_was(store, file, monkeypatch):
    monkeypatch.setattr(check_ins_csv, "CHUNK", 2)
    result = add_key_result(store, add_objective(store))
    path = file("Date,Value\n" + "".join(f"2026-11-{day:02},{day}\n" for day in range(1, 8)))
    made = plan(store, path, key_result_id=result)
    seen = []

    def progress(done, total):
        seen.append((done, total))
        return done < 4

    with pytest.raises(Cancelled):
        bring(store, made, progress=progress)
    assert seen == [(0, 7), (2, 7), (4, 7)]
    assert readings(store, result) == []
    assert bring(store, made)
    assert len(readings(store, result)) == 7


def test_brought_check_ins_pass_beside_what_their_day_holds(store, file):
    result = add_key_result(store, add_objective(store))
    with store.write() as session:
        for _ in range(3):
            journal.add_entry(session, day=date(2026, 11, 1), now=NOW, zone="UTC", text="Note")
    bring(store, plan(store, file("Date,Value\n2026-11-01,1\n2026-11-01,2\n"), key_result_id=result))
    assert [value for _, value, *_ in readings(store, result)] == [1.0, 2.0]
    with store.read() as session:
        assert len(journal.entry_ids(session)) == 5


# ---------------------------------------------------------------- out and in again


def test_what_is_written_out_comes_back_equal(store, file, tmp_path):
    made = add_objective(store, "=Grow", why="x")
    first = add_key_result(store, made, replace(ACTIVATION, title="+Activation"))
    second = add_key_result(store, made, replace(ACTIVATION, title="Teams", unit="teams", unit_kind="number"))
    check_in(store, first, 41.25, confidence=7, note="-Dropped, then “rose”\n\n- twice", day=date(2026, 11, 2))
    check_in(store, second, 1240.0, day=date(2026, 11, 1))
    check_in(store, second, None, confidence=3, note="'quoted'")
    before = readings(store, first), readings(store, second)
    out = io.StringIO(newline="")
    with store.read() as session:
        assert check_ins_csv.export_check_ins(session, out) == 3
        entries = journal.entry_ids(session)
    assert "'=Grow,'+Activation,41.25" in out.getvalue()
    path = file(out.getvalue())
    assert plan(store, path).known == 3
    with store.write() as session:
        bringing.remove(session, entries)
    planned = plan(store, path)
    assert planned.skipped == []
    bring(store, planned)
    assert (readings(store, first), readings(store, second)) == before


def test_only_the_objectives_asked_for_are_written(store):
    one, two = add_objective(store, "One"), add_objective(store, "Two")
    check_in(store, add_key_result(store, one), 41.0)
    check_in(store, add_key_result(store, two), 42.0)
    out = io.StringIO(newline="")
    with store.read() as session:
        assert check_ins_csv.export_check_ins(session, out, objective_ids=[two]) == 1
    assert "One" not in out.getvalue()


def test_a_mapping_needs_no_names(store, file):
    result = add_key_result(store, add_objective(store))
    table = tables.read_table(file("a,b,c\nx,11/24/2025,3\ny,12/01/2025,4\n"))
    mapping = check_ins_csv.suggested_mapping(table)
    assert mapping == Mapping(day=1, value=2, order="mdy")
    made = check_ins_csv.plan_check_ins(
        store, table, replace(mapping, key_result_id=result), name="x", today=TODAY
    )
    assert [draft.day for draft in made.fresh] == [date(2025, 11, 24), date(2025, 12, 1)]
