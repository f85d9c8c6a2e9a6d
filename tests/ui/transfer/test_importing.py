"""The import dialog: what becomes of each record, which column says what, Cancel, and one Undo."""

from __future__ import annotations

import csv
import json
import os
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from app.core.model import Entry, Step
from app.core.transfer import bringing
from app.ui.skills.ladder import LadderDialog
from app.ui.transfer.importing import ImportDialog
from tests.conftest import NOW

TABLE = "When;What;Mood;Where\n03/04/2024;Hello;good;Berlin\n04/05/2024;=1+1;bad;Rome\n;no date;;\n05/06/2024;;;\n"


def entries(store):
    with store.read() as session:
        return list(session.scalars(select(Entry).where(Entry.deleted_at.is_(None)).order_by(Entry.moment)))


def opened(qtbot, window, path):
    window.commands.importing.import_path(str(path))
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog._job is None, timeout=5000)
    return dialog


def shown(dialog):
    model = dialog.outcomes.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def choose(dialog, state):
    choice = dialog.outcomes.choice
    choice._choose(next(place for place, option in enumerate(choice._options) if option.value == state))


@pytest.fixture
def diary(tmp_path):
    path = tmp_path / "Journal.json"
    made = [
        {"uuid": f"{n:032X}", "creationDate": "2024-02-29T12:00:00Z", "timeZone": "UTC", "text": f"# Day {n}\n\nx"}
        for n in range(3)
    ]
    path.write_text(json.dumps({"metadata": {"version": "1.0"}, "entries": [*made, {"uuid": "B", "text": 7}]}))
    return path


def test_each_record_is_named_with_what_becomes_of_it(qtbot, window, diary):
    dialog = opened(qtbot, window, diary)
    assert dialog.said.text() == (
        "Day One: 3 entries would come. All of 29 February 2024. One cannot come; it is named below."
    )
    assert shown(dialog) == [["Journal.json, entry 4 (B)", "Its text is no text."]]
    choose(dialog, "comes")
    assert [row[1] for row in shown(dialog)] == ["Day 0", "Day 1", "Day 2"]
    assert entries(window.store) == []
    with qtbot.waitSignal(dialog.brought, timeout=5000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [entry.title for entry in entries(window.store)] == ["Day 0", "Day 1", "Day 2"]
    assert window.messages.texts == ["3 entries imported."]


def test_a_second_time_everything_is_there_already(qtbot, window, diary):
    dialog = opened(qtbot, window, diary)
    with qtbot.waitSignal(dialog.brought, timeout=5000):
        dialog.accept()
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is None)
    again = opened(qtbot, window, diary)
    assert "3 are already there." in again.said.text()
    assert not again.primary.isEnabled()
    again.reject()


def test_the_list_can_be_saved(qtbot, window, diary, tmp_path):
    dialog = opened(qtbot, window, diary)
    dialog.save_list_to(str(tmp_path / "list.csv"))
    qtbot.waitUntil(lambda: (tmp_path / "list.csv").is_file() and dialog._wrong.text() == "")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["state", "day", "what", "why"]
    assert rows[1] == ["comes", "2024-02-29", "Day 0", ""]
    assert rows[4] == ["skipped", "", "Journal.json, entry 4 (B)", "Its text is no text."]
    dialog.save_list_to(str(tmp_path / "gone" / "list.csv"))
    qtbot.waitUntil(lambda: "cannot be written" in dialog._wrong.text())
    dialog.reject()


def test_columns_of_a_table_are_guessed_and_can_be_said(qtbot, window, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    dialog = opened(qtbot, window, path)
    form = dialog.columns
    assert (form.value().day, form.value().mood) == ("When", "Mood")
    assert "please choose" in form.fields["order"]._line.text()
    form.order.setCurrentIndex(form.order.findData("mdy"))
    form.combos["text"].setCurrentIndex(form.combos["text"].findData("Where"))
    form.combos["title"].setCurrentIndex(form.combos["title"].findData("What"))
    qtbot.waitUntil(lambda: dialog._job is None, timeout=5000)
    assert form.fields["order"]._line.text() == ""
    with qtbot.waitSignal(dialog.brought, timeout=5000):
        dialog.accept()
    found = {entry.text: (str(entry.day), entry.mood) for entry in entries(window.store)}
    assert found["# Hello\n\nBerlin"] == ("2024-03-04", 4)
    assert found["# =1+1\n\nRome"] == ("2024-04-05", 2)
    assert "no date" in found
    assert len(found) == 3


def test_the_rows_of_a_table_show_all_that_its_columns_say(qtbot, window, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(
        "date,title,text,tags,mood,star\n2024-03-01,Head,some words,a|b,good,yes\n2024-03-02,,alone,,,\n"
    )
    dialog = opened(qtbot, window, path)
    assert [row[1:] for row in shown(dialog)] == [
        ["Head", "some words", "a, b", "4", "★"],
        ["alone", "alone", "", "", ""],
    ]
    dialog.reject()


def press_kind(dialog, said):
    (button,) = [made for made in dialog.kinds.findChildren(QPushButton) if made.text().startswith(said)]
    button.click()


def test_rows_of_a_table_can_be_steps(qtbot, window, tmp_path):
    path = tmp_path / "steps.csv"
    path.write_text("Title,Status,Start\nShadow three calls,doing,2024-03-01\nRead,,\n", encoding="utf-8")
    dialog = opened(qtbot, window, path)
    press_kind(dialog, "A step")
    qtbot.waitUntil(lambda: dialog._job is None, timeout=5000)
    assert dialog.said.text() == "CSV: 2 items would come. All of 1 March 2024."
    assert [row[1:] for row in shown(dialog)] == [
        ["Shadow three calls", "", "practice", "doing"],
        ["Read", "", "practice", "idea"],
    ]
    state = dialog.columns.combos["state"]
    state.setCurrentIndex(0)
    qtbot.waitUntil(lambda: dialog._job is None, timeout=5000)
    with qtbot.waitSignal(dialog.brought, timeout=5000):
        dialog.accept()
    assert window.messages.texts == ["2 items imported."]
    with window.store.read() as session:
        assert [step.state for step in session.scalars(select(Step).order_by(Step.id))] == ["planned", "idea"]


def test_tables_of_check_ins_and_ladders_go_to_their_own_dialogs(qtbot, window, tmp_path):
    path = tmp_path / "any.csv"
    path.write_text("Area,Skill,Senior\nCraft,Discovery,Leads it\n", encoding="utf-8")
    press_kind(opened(qtbot, window, path), "A skill")
    qtbot.waitUntil(lambda: window.findChild(LadderDialog) is not None)
    window.findChild(LadderDialog).reject()
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is None)
    press_kind(opened(qtbot, window, path), "A check-in")
    none = ["There is no key result to check in on yet. Set an objective first."]
    assert window.messages.texts == none
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is None)
    window.messages.clear()
    with zipfile.ZipFile(tmp_path / "Loop.zip", "w") as archive:
        archive.writestr("Habits.csv", "Position,Name\n001,Run\n")
        archive.writestr("Checkmarks.csv", "Date,Run,\n2024-03-01,2,\n")
    window.commands.importing.import_path(str(tmp_path / "Loop.zip"))
    qtbot.waitUntil(lambda: window.messages.texts == none)


def test_tab_goes_as_the_eye_does(qtbot, window, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("date,time,text\n2024-03-01,21:30,words\n", encoding="utf-8")
    dialog = opened(qtbot, window, path)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in (*dialog.columns.controls, dialog.outcomes.table)))
    way = []
    for _ in range(13):
        way.append(dialog.focusWidget().accessibleName())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert way == [
        "Day", "Time", "Title", "Text", "Tags", "Mood", "Star", "Days such as 03/04/2026",
        "Times without a zone are of", "Show: Would come 1", "What becomes of each entry",
        dialog.save_list.accessibleName(), dialog.cancel.accessibleName(),
    ]  # fmt: skip
    dialog.reject()


def test_a_damaged_picture_is_told_when_all_else_has_come(qtbot, window, tmp_path):
    words = "x ![](dayone-moment://P)"
    made = {"uuid": "A", "creationDate": "2024-03-01T09:00:00Z", "timeZone": "UTC", "text": words}
    journal = {"metadata": {"version": "1.0"}, "entries": [made | {"photos": [{"identifier": "P", "md5": "aa"}]}]}
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("J.json", json.dumps(journal))
        archive.writestr("photos/aa.jpeg", b"picture" * 100)
    path.write_bytes(path.read_bytes().replace(b"picturepicture", b"picturePicture", 1))
    dialog = opened(qtbot, window, path)
    with qtbot.waitSignal(dialog.brought, timeout=5000):
        dialog.accept()
    assert dialog.isVisible()
    assert shown(dialog)[0][0] == "x"
    assert "did not come along" in shown(dialog)[0][1]
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is None)
    assert len(entries(window.store)) == 1


def test_what_carries_no_date_is_asked_about(qtbot, window, tmp_path):
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Idea.md").write_text("no date")
    os.utime(vault / "Idea.md", (1_500_000_000, 1_500_000_000))
    dialog = opened(qtbot, window, vault)
    asked = dialog.questions
    assert not asked.fields["zone"].isVisible()
    assert shown(dialog) == [["14 Jul 2017", "Idea"]]
    choose(dialog, "said")
    assert shown(dialog) == [
        ["vault", "This note carries no date; the day is the one on which the file was last changed."]
    ]
    qtbot.keyClick(asked.undated, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog._job is None, timeout=5000)
    assert "One carries no possible day and comes on today's" in dialog.said.text()
    assert shown(dialog) == [["vault", "This note carries no date."]]
    with qtbot.waitSignal(dialog.brought, timeout=5000):
        dialog.accept()
    assert [entry.day for entry in entries(window.store)] == [NOW.date()]
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is None)
    again = opened(qtbot, window, vault)
    assert "nothing new would come" in again.said.text()
    again.reject()


def test_times_without_a_zone_are_of_the_zone_that_is_said(qtbot, window, tmp_path):
    path = tmp_path / "keep.json"
    made = {"title": "t", "textContent": "late", "userEditedTimestampUsec": 1_690_500_000_000_000}
    path.write_text(json.dumps(made | {"createdTimestampUsec": 1_690_500_000_000_000}))  # 23:20 UTC
    dialog = opened(qtbot, window, path)
    zones = dialog.questions.zones
    zones.setCurrentText("Europe/Berlin")
    zones.activated.emit(zones.currentIndex())
    qtbot.waitUntil(lambda: dialog._job is None, timeout=5000)
    with qtbot.waitSignal(dialog.brought, timeout=5000):
        dialog.accept()
    (entry,) = entries(window.store)
    assert (str(entry.day), entry.zone) == ("2023-07-28", "Europe/Berlin")


def test_cancel_while_it_writes_leaves_nothing(qtbot, window, diary):
    dialog = opened(qtbot, window, diary)
    gone = []
    dialog.finished.connect(gone.append)
    dialog.accept()
    dialog.reject()
    qtbot.waitUntil(lambda: bool(gone), timeout=5000)
    assert entries(window.store) == []


def test_what_was_written_before_cancel_came_is_told_and_can_be_taken_back(qtbot, window, diary, monkeypatch):
    bring = bringing.bring
    monkeypatch.setattr(
        bringing, "bring", lambda *args, **kinds: bring(*args, **kinds | {"progress": lambda *_: True})
    )
    dialog = opened(qtbot, window, diary)
    dialog.accept()
    dialog.reject()
    qtbot.waitUntil(lambda: window.messages.texts == ["3 entries imported."], timeout=5000)


def test_a_damaged_file_says_so_and_the_dialog_stays(qtbot, window, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    dialog = opened(qtbot, window, tmp_path / "x.zip")
    assert dialog.said.text() == "Nothing was imported."
    assert "damaged" in dialog._wrong.text()
    assert not dialog.outcomes.isVisible()
    dialog.reject()
