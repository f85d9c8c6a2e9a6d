"""CSV: which column means what, in which order dates are written, and tables as people leave them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.core.errors import UserError
from app.core.transfer import csv_files
from app.core.transfer.csv_files import Columns
from tests.core.transfer.reading import BERLIN, read, records, remarks, skipped


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_columns_are_told_by_name(tmp_path):
    path = written(
        tmp_path,
        "Title,Content,Date,Time,Tags,Starred,Mood,Priority\n"
        '"A, b","Two\nlines",2024-01-15,09:30,"work, deep",yes,good,High\n'
        "\n"
        "Only title,,2024-01-16,,,,,\n",
    )
    found = read(path, by="CSV")
    first, second = records(found)
    assert first.text == "# A, b\n\nTwo\nlines"
    assert (first.day, first.at) == (date(2024, 1, 15), datetime(2024, 1, 15, 8, 30, tzinfo=UTC))
    assert (first.tags, first.starred, first.mood) == (("work", "deep"), True, 4)
    assert first.extra == {"Priority": "High", "Mood": "good"}
    assert (second.text, second.at) == ("Only title", None)


def test_columns_without_telling_names_are_told_by_what_stands_in_them(tmp_path):
    path = written(
        tmp_path, "2024-01-15;short;A much longer text about the day\n2024-01-16;x;And another long one\n"
    )
    table = csv_files.table(path)
    columns = csv_files.suggested(table)
    assert (columns.day, columns.text) == ("column 1", "column 3")
    assert len(records(read(path, by="CSV"))) == 2


@pytest.mark.parametrize(
    ("cells", "days", "is_guess"),
    [
        (["13/02/2024", "03/04/2024"], [date(2024, 2, 13), date(2024, 4, 3)], False),
        (["02/13/2024", "03/04/2024"], [date(2024, 2, 13), date(2024, 3, 4)], False),
        (["03/04/2024", "05/06/2024"], [date(2024, 4, 3), date(2024, 6, 5)], True),
        (["3. April 2024", "April 5, 2024"], [date(2024, 4, 3), date(2024, 4, 5)], False),
        (["1704106800", "1704193200"], [date(2024, 1, 1), date(2024, 1, 2)], False),
    ],
)
def test_the_order_of_day_and_month_is_found_in_the_whole_column(tmp_path, cells, days, is_guess):
    path = written(tmp_path, "day,text\n" + "".join(f'"{cell}",words\n' for cell in cells))
    found = read(path, by="CSV")
    assert [r.day for r in records(found)] == days
    assert csv_files.suggested(csv_files.table(path)).is_guess is is_guess
    assert bool(remarks(found)) is is_guess


def test_columns_can_be_given(tmp_path):
    path = written(tmp_path, "a,b,c\n03/04/2024,words,more\n")
    columns = Columns(day="a", title="c", text="b", order="mdy")
    (record,) = records(list(csv_files.records(path, zone=BERLIN, columns=columns)))
    assert (record.day, record.text) == (date(2024, 3, 4), "# more\n\nwords")


def test_cells_stay_as_they_are_and_rows_may_be_ragged(tmp_path):
    path = written(
        tmp_path, 'date,text\n2024-01-01,"=HYPERLINK(""x"")"\n2024-01-02,"\t-2+3",beyond\n2024-01-03\nnever,kept\n'
    )
    found = read(path, by="CSV")
    assert [(r.day, r.text) for r in records(found)] == [
        (date(2024, 1, 1), '=HYPERLINK("x")'),
        (date(2024, 1, 2), "\t-2+3"),
        (None, "kept"),
    ]
    assert records(found)[1].extra == {"column 3": "beyond"}
    assert [s.where for s in skipped(found)] == ["table.csv, line 4"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(tmp_path, encoding):
    path = written(tmp_path, "date,text\n2024-01-01,ünïcode\n", encoding)
    assert [r.text for r in records(read(path, by="CSV"))] == ["ünïcode"]


def test_excels_own_first_line_and_semicolons(tmp_path):
    path = written(tmp_path, "sep=;\ndate;text\n2024-01-01;a, b\n")
    assert [r.text for r in records(read(path, by="CSV"))] == ["a, b"]


def test_daylio_moods_become_numbers(tmp_path):
    path = written(
        tmp_path,
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        '2024-01-05,Jan 5,Friday,9:10 pm,rad,"read | run",,Fine day\n',
    )
    (record,) = records(read(path, by="CSV"))
    assert (record.day, record.mood, record.tags, record.text) == (
        date(2024, 1, 5),
        5,
        ("read", "run"),
        "Fine day",
    )
    assert record.at == datetime(2024, 1, 5, 20, 10, tzinfo=UTC)


def test_a_mood_without_words_is_an_entry(tmp_path):
    path = written(
        tmp_path,
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        '2024-01-07,Jan 7,Sunday,9:10 pm,meh,"read | run",,\n'
        "2024-01-06,Jan 6,Saturday,9:10 pm,so so,,,\n"
        "2024-01-05,Jan 5,Friday,9:10 pm,,walk,,\n",
    )
    found = read(path, by="CSV")
    assert [(r.day, r.mood, r.tags, r.text) for r in records(found)] == [
        (date(2024, 1, 7), 3, ("read", "run"), ""),
        (date(2024, 1, 6), None, (), "so so"),
    ]
    assert [one.reason for one in skipped(found)] == ["It has no words."]


def test_notes_of_daylio_may_be_html_and_its_year_stand_apart(tmp_path):
    row = '2024-01-05,Jan 5,Friday,21:10,rad,,,"One<br>two &amp; <b>three</b><ul><li>four</li></ul>"\n'
    new = written(tmp_path, "full_date,date,weekday,time,mood,activities,note_title,note\n" + row)
    assert [r.text for r in records(read(new, by="CSV"))] == ["One  \ntwo & **three**\n\n- four"]
    old = written(tmp_path, "year,date,weekday,time,mood,activities,note\n2018,18 May,Friday,11:54 pm,rad,,Late\n")
    assert [(r.day, r.at) for r in records(read(old, by="CSV"))] == [
        (date(2018, 5, 18), datetime(2018, 5, 18, 21, 54, tzinfo=UTC))
    ]


def test_an_empty_table_is_refused(tmp_path):
    with pytest.raises(UserError, match="no rows"):
        read(written(tmp_path, "\n\n"), by="CSV")


def test_days_as_spreadsheets_count_them(tmp_path):
    (tmp_path / "x.csv").write_text("Date,Note\n45352,a\n45352.75,b\n")
    found = records(read(tmp_path / "x.csv", by="CSV"))
    assert [str(r.day) for r in found] == ["2024-03-01", "2024-03-01"]
    assert [r.at and r.at.hour for r in found] == [None, 17]


def test_spaces_before_quotes_and_lines_above_the_table(tmp_path):
    path = written(tmp_path, '# my diary\n\ndate, text, tags\n2024-01-01, "a, b", x\n2024-01-02, "c ""d""", y\n')
    found = read(path, by="CSV")
    assert [(r.text, r.tags) for r in records(found)] == [("a, b", ("x",)), ('c "d"', ("y",))]
    assert [(one.where, one.said) for one in remarks(found)] == [
        ("table.csv, line 1", "“# my diary” stands above the table and was left out.")
    ]
