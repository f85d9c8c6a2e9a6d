"""jrnl's text journals and its JSON export."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from app.core.errors import UserError
from tests.core.transfer.reading import files, read, records, remarks, skipped

JOURNAL = """\
[2024-03-04 09:15] Roadmap review with @ana. *
Three steps moved.

[x] not a date
[link](https://example.org) neither
[2024-03-05 21:00] Quiet day. Read two chapters.
[2024-03-06 07:00 AM] Only a title

[2024-03-31 02:30:00 AM] In the hour that clocks skip
"""


def test_entries_begin_at_dates_in_brackets(tmp_path):
    (tmp_path / "work.txt").write_text(JOURNAL, encoding="utf-8")
    found = records(read(tmp_path / "work.txt", by="jrnl"))
    assert [(r.day, r.starred, r.tags) for r in found] == [
        (date(2024, 3, 4), True, ("ana",)),
        (date(2024, 3, 5), False, ()),
        (date(2024, 3, 6), False, ()),
        (date(2024, 3, 31), False, ()),
    ]
    assert found[0].text == (
        "# Roadmap review with @ana.\n\nThree steps moved.\n\n[x] not a date\n[link](https://example.org) neither"
    )
    assert found[1].text == "# Quiet day.\n\nRead two chapters."
    assert found[2].text == "Only a title"
    assert found[0].at == datetime(2024, 3, 4, 8, 15, tzinfo=UTC)


def test_a_local_time_is_never_moved_to_another_day(tmp_path):
    (tmp_path / "j.txt").write_text("[2024-01-01 00:10] Just after midnight\n", encoding="utf-8")
    assert records(read(tmp_path / "j.txt", by="jrnl"))[0].day == date(2024, 1, 1)


def test_text_and_json_of_one_journal_have_the_same_keys(tmp_path):
    (tmp_path / "j.txt").write_text("[2024-03-04 09:15] Title here. *\nBody\ntoo\n", encoding="utf-8")
    entry = {
        "title": "Title here.",
        "body": "Body\ntoo",
        "date": "2024-03-04",
        "time": "09:15",
        "tags": ["@Ana"],
        "starred": True,
    }
    (tmp_path / "j.json").write_text(json.dumps({"tags": {"@Ana": 1}, "entries": [entry]}), encoding="utf-8")
    (text,), (exported,) = (
        records(read(tmp_path / "j.txt", by="jrnl")),
        records(read(tmp_path / "j.json", by="jrnl")),
    )
    assert text.key == exported.key
    assert text.text == exported.text == "# Title here.\n\nBody\ntoo"
    assert exported.tags == ("Ana",)
    assert exported.starred


def test_a_folder_says_the_day_even_if_headers_give_the_time_only(tmp_path):
    folder = files(
        tmp_path,
        {"2020/08/29.txt": "[09:30] Early\n\n[21:00] Late\n", "2020/09/01.txt": "[2020-09-01 10:00] Next\n"},
    )
    found = records(read(folder, by="jrnl"))
    assert [(r.day, r.text) for r in found] == [
        (date(2020, 8, 29), "Early"),
        (date(2020, 8, 29), "Late"),
        (date(2020, 9, 1), "Next"),
    ]


@pytest.mark.parametrize(
    ("headers", "day"),
    [
        (["31.12.2023 23:59", "01.02.2024 10:00"], date(2024, 2, 1)),
        (["12/31/2023 11:59 PM", "02/01/2024 10:00 AM"], date(2024, 2, 1)),
        (["Sunday, 31 December 2023 10:00", "1. Februar 2024 10:00"], date(2024, 2, 1)),
    ],
)
def test_other_date_formats_are_read_by_what_the_whole_file_says(tmp_path, headers, day):
    (tmp_path / "j.txt").write_text("\n".join(f"[{h}] Entry" for h in headers), encoding="utf-8")
    found = records(read(tmp_path / "j.txt", by="jrnl"))
    assert [r.day for r in found] == [date(2023, 12, 31), day]


def test_what_stands_before_the_first_date_and_what_has_none_is_kept(tmp_path):
    entries = [
        {"title": "No date", "body": "", "date": "2023-02-30", "time": "09:00", "tags": [], "starred": False}
    ]
    (tmp_path / "j.json").write_text(json.dumps({"tags": {}, "entries": [*entries, "nonsense"]}), encoding="utf-8")
    found = read(tmp_path / "j.json", by="jrnl")
    assert [(r.day, r.text) for r in records(found)] == [(None, "No date")]
    assert len(remarks(found)) == 1
    assert [s.where for s in skipped(found)] == ["j.json, entry 2"]


@pytest.mark.parametrize("first", ["2013-06-09 15:39", "09.06.2013 15:39", "2013-06-09 03:39 PM"])
def test_before_version_two_dates_stood_without_brackets(tmp_path, first):
    second = first.replace("09", "10", 1)
    journal = f"{first} My first entry.\nSome body.\n[2020-01-01 10:00] is no date here\n\n{second} Life.\n"
    (tmp_path / "old.txt").write_text(journal, encoding="utf-8")
    found = records(read(tmp_path / "old.txt", by="jrnl"))
    assert [r.day for r in found] == [date(2013, 6, 9), date(2013, 6, 10)]
    assert found[0].text.endswith("[2020-01-01 10:00] is no date here")


def test_a_month_without_a_day_is_read_as_jrnl_reads_it(tmp_path):
    (tmp_path / "j.txt").write_text("[2019-07-18 14:23] One\n\n[2019-07 14:23] Two\n", encoding="utf-8")
    assert [r.day for r in records(read(tmp_path / "j.txt", by="jrnl"))] == [date(2019, 7, 18), date(2019, 7, 1)]


def test_an_encrypted_journal_says_how_to_decrypt_it(tmp_path):
    (tmp_path / "secret.txt").write_text("gAAAAABl" + "x" * 200, encoding="utf-8")
    with pytest.raises(UserError, match="jrnl --decrypt"):
        read(tmp_path / "secret.txt", by="jrnl")


def test_a_folder_with_a_file_for_each_entry(tmp_path):
    one = {"title": "T", "body": "b", "date": "2024-03-01", "time": "10:00", "tags": ["@a"], "starred": True}
    folder = files(
        tmp_path / "out",
        {"2024-03-01_t.json": json.dumps(one), "2024-03-02_u.json": json.dumps(one | {"date": "2024-03-02"})},
    )
    found = records(read(folder, by="jrnl"))
    assert [(str(r.day), r.text, r.tags, r.starred) for r in found] == [
        ("2024-03-01", "# T\n\nb", ("a",), True),
        ("2024-03-02", "# T\n\nb", ("a",), True),
    ]
