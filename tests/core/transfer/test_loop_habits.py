"""Loop Habit Tracker: what was done and what was not; a day that says neither is no reading."""

from __future__ import annotations

import pytest

from app.core.errors import UserError
from app.core.transfer import loop_habits, reader_for
from tests.core.transfer.reading import files, zipped

HABITS = (
    "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,"
    "Target Value,Archived?\n"
    "001,Meditate,YES_NO,Did you?,,1,1,#FF8F00,,,,false\n"
    "002,Run,NUMERICAL,How far?,,1,1,#00897B,km,AT_LEAST,2,false\n"
)
ALL = (
    "Date,Meditate,Run,\n2024-03-05,3,3,\n2024-03-04,1,-1,\n2024-03-03,2,2500,\n2024-03-02,0,0,\n"
    "2024-03-01,-1,12000,\n"
)


@pytest.fixture
def archive(tmp_path):
    return zipped(tmp_path / "Loop.zip", {"Habits.csv": HABITS, "Checkmarks.csv": ALL, "Scores.csv": "Date\n"})


def test_codes_are_told_apart(archive):
    table = loop_habits.table(archive)
    assert sorted(cells for _, cells in table.rows) == [
        ("2024-03-01", "Run", "12", "km", ""),
        ("2024-03-02", "Meditate", "0", "", ""),
        ("2024-03-02", "Run", "0", "km", ""),
        ("2024-03-03", "Meditate", "1", "", ""),
        ("2024-03-03", "Run", "2.5", "km", ""),
    ]
    assert table.remark.startswith("5 days are left out")


def test_words_and_notes_of_newer_archives(tmp_path):
    own = 'Date,Value,Notes\n2024-03-02,NO,Sick\n2024-03-01,YES_MANUAL,"Early, too"\n2024-02-29,YES_AUTO,\n'
    contents: dict[str, str | bytes] = {
        "Habits.csv": HABITS,
        "Checkmarks.csv": ALL,
        "001 Meditate/Checkmarks.csv": own,
    }
    table = loop_habits.table(zipped(tmp_path / "Loop.zip", contents))
    said = [cells for _, cells in table.rows if cells[1] == "Meditate"]
    assert said == [("2024-03-02", "Meditate", "0", "", "Sick"), ("2024-03-01", "Meditate", "1", "", "Early, too")]


def test_what_is_no_such_archive(tmp_path, archive):
    assert loop_habits.is_export(archive)
    assert not loop_habits.is_export(zipped(tmp_path / "other.zip", {"a.md": "x"}))
    assert not loop_habits.is_export(tmp_path / "gone.zip")
    with pytest.raises(UserError, match="Import check-ins"):
        reader_for(archive)
    empty = zipped(tmp_path / "empty.zip", {"Habits.csv": HABITS, "Checkmarks.csv": "Date,Meditate,\n"})
    with pytest.raises(UserError, match="holds no day"):
        loop_habits.table(empty)


def test_an_unpacked_archive_is_read_like_a_packed_one(tmp_path, archive):
    contents: dict[str, str | bytes] = {"Habits.csv": HABITS, "Checkmarks.csv": ALL}
    for folder in (
        files(tmp_path / "Loop", contents),
        files(tmp_path / "kept", {f"Loop Habits/{name}": text for name, text in contents.items()}),
    ):
        assert loop_habits.is_export(folder)
        assert loop_habits.table(folder).rows == loop_habits.table(archive).rows
    assert not loop_habits.is_export(files(tmp_path / "kept", {"diary.md": "More than habits."}))


def test_names_of_habits_that_loop_does_not_quote_or_cannot_name_a_folder_by(tmp_path):
    contents: dict[str, str | bytes] = {
        "Habits.csv": (
            'Position,Name,Type,Unit\n001,"Eat, drink",YES_NO,\n002,Бег,NUMERICAL,km\n003,Read,YES_NO,\n'
        ),
        "Checkmarks.csv": "Date,Eat, drink,Бег,Read,\n2024-03-02,YES_MANUAL,2500,NO,\n",
        "001 Eat drink/Checkmarks.csv": "Date,Value,Notes\n2024-03-02,YES_MANUAL,\n",
        "002/Checkmarks.csv": "Date,Value,Notes\n2024-03-02,2500,Far\n2024-03-01,SKIP,Ill\n2024-02-29,NO,\n",
        "003 Read/Checkmarks.csv": "Date,Value,Notes\n2024-03-02,NO,\n",
    }
    table = loop_habits.table(zipped(tmp_path / "Loop.zip", contents))
    assert sorted(cells for _, cells in table.rows) == [
        ("2024-02-29", "Бег", "0", "km", ""),
        ("2024-03-02", "Eat, drink", "1", "", ""),
        ("2024-03-02", "Read", "0", "", ""),
        ("2024-03-02", "Бег", "2.5", "km", "Far"),
    ]
    assert table.remark.endswith("A note on such days stays in Loop.")
