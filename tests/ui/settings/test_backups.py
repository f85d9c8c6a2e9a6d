"""Backups from the window: taken in the background, listed with what they would change, gone back to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from app.core import backups, clock, integrity, items, journal
from app.core.settings import change_settings
from app.ui import start
from app.ui.kit import background
from app.ui.settings.backups import BackupsDialog
from app.ui.window.checking import CHECKED
from app.ui.window.keeping import FAILURES
from app.ui.window.known import own_key
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def add(store, *said):
    with store.write() as session:
        return [journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text).id for text in said]


def texts(store):
    with store.read() as session:
        return sorted(journal.entry(session, item_id).text for item_id in journal.entry_ids(session))


@pytest.fixture
def kept(qtbot, window):
    add(window.store, "One", "Two")
    window.keeping.back_up("asked")
    qtbot.waitUntil(lambda: window.keeping.newest is not None)
    return window.keeping.newest


def test_a_backup_is_taken_and_its_age_is_said(qtbot, window, kept):
    assert window.keeping.age.text() == "Backed up just now"
    assert window.messages.texts == ["Backed up and read again: 2 items."]
    clock.fix(NOW + timedelta(minutes=45))
    window.keeping._show_age()
    assert window.keeping.age.text() == "Backed up 45 minutes ago"
    clock.fix(NOW + timedelta(days=3))
    window.keeping._show_age()
    assert window.keeping.age.text() == "Backed up 3 days ago"
    clock.fix(NOW - timedelta(days=3))  # the clock was wrong when it was taken
    window.keeping._show_age()
    assert window.keeping.age.text().startswith("Backed up on ")


def test_the_start_backs_up_what_is_new(qtbot, window):
    add(window.store, "One")
    window.keeping.start()
    qtbot.waitUntil(lambda: window.keeping.newest is not None)
    assert window.keeping.newest.reason == "start"
    assert window.preferences.value(own_key(CHECKED, window.path))


def test_each_journal_is_read_in_full_once_a_week(qtbot, window, monkeypatch, preferences, tmp_path):
    read: list[str] = []
    whole = integrity.check

    def check(path):
        read.append(path.name)
        return whole(path)

    monkeypatch.setattr(integrity, "check", check)

    def begin(opened):
        opened.keeping.start()
        qtbot.waitUntil(lambda: not background.is_busy())

    for days, times in ((0, 1), (6, 1), (7, 2)):
        clock.fix(NOW + timedelta(days=days))
        begin(window)
        assert read.count(window.path.name) == times
    other = start.open_window(tmp_path / "Other.northing", preferences)
    qtbot.addWidget(other)
    qtbot.waitUntil(lambda: other.store is not None, timeout=10_000)
    begin(other)
    assert read.count("Other.northing") == 1
    other.close()


def test_the_status_line_says_nothing_until_it_knows(qtbot, window, kept, preferences):
    path = window.path
    window.close()
    again = start.open_window(path, preferences)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.store is not None, timeout=10_000)
    assert again.keeping.age.isHidden()
    again.keeping.start()
    qtbot.waitUntil(lambda: not again.keeping.age.isHidden())
    assert again.keeping.age.text().startswith("Backed up ")
    assert again.keeping.newest.path == kept.path
    again.close()


def test_a_journal_without_a_backup_says_so(qtbot, window, tmp_path):
    (tmp_path / "file").write_text("x")
    with window.store.write() as session:
        change_settings(session, backup_place=str(tmp_path / "file"))
    window.keeping.start()
    qtbot.waitUntil(lambda: not window.keeping.age.isHidden())
    assert window.keeping.age.text() == "Not backed up"


def test_two_failures_in_a_row_stay_on_screen(qtbot, window, tmp_path):
    (tmp_path / "file").write_text("x")
    with window.store.write() as session:
        change_settings(session, backup_place=str(tmp_path / "file"))
    known = own_key(FAILURES, window.path)
    for failures in ("1", "2"):
        window.keeping.back_up("time")
        qtbot.waitUntil(lambda failures=failures: str(window.preferences.value(known)) == failures)
    (message,) = window.messages._messages
    assert message.lasting
    assert "another place" in message.text
    assert window.keeping.age.text() == "Not backed up"
    next(one for one in message.findChildren(QPushButton) if one.text() == "Backups…").click()
    dialog = window.findChild(BackupsDialog)
    window.messages.show_message(message.text, lasting=True)
    dialog.choose_place(str(tmp_path / "Elsewhere"))
    qtbot.waitUntil(lambda: window.messages.texts == [])
    assert window.keeping.age.text() == "Backed up just now"
    dialog.reject()


def test_the_dialog_says_what_going_back_would_change(qtbot, window, kept):
    add(window.store, "Three")
    (one,) = ids_of(window.store, "One")
    with window.store.write() as session:
        journal.edit_text(session, one, "One and more", rev=1, now=NOW)
    dialog = BackupsDialog(window.store, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.primary.isEnabled)
    assert "changes 1, removes 1 that came later" in dialog.said.text()
    changed = next(row for row in range(2) if dialog.changes.differences[row].change == "changed")
    dialog.changes.list.setCurrentRow(changed)
    qtbot.waitUntil(lambda: dialog.changes.now.toPlainText() == "One and more")
    assert dialog.changes.then.toPlainText() == "One"
    assert dialog.changes.meaning.text() == "Changes to what it said then"
    gone = next(row for row in range(2) if dialog.changes.differences[row].change == "gone")
    dialog.changes.list.setCurrentRow(gone)
    qtbot.waitUntil(lambda: dialog.changes.now.toPlainText() == "Three")
    assert dialog.changes.then.toPlainText() == "(not there)"
    assert not dialog.items_button.isEnabled()


def ids_of(store, *said):
    with store.read() as session:
        return [item_id for item_id in journal.entry_ids(session) if journal.entry(session, item_id).text in said]


def test_going_back_and_forth(qtbot, window, kept):
    window.show_page("journal")
    add(window.store, "Three")
    window.restoring.show_backups()
    dialog = window.findChild(BackupsDialog)
    qtbot.waitUntil(dialog.primary.isEnabled)
    before = window.pages["journal"]
    dialog.accept()
    qtbot.waitUntil(lambda: texts(window.store) == ["One", "Two"])
    qtbot.waitUntil(lambda: window.messages.texts == ["The journal is as it was then."])
    assert window.pages["journal"] is not before
    assert window.preferred_page == "journal"
    assert len(window.pages["journal"].model.ids) == 2
    window.restoring.restore(window.keeping.newest.path, [])
    qtbot.waitUntil(lambda: texts(window.store) == ["One", "Three", "Two"])


def test_another_place_is_used_from_then_on(qtbot, window, kept, tmp_path):
    dialog = BackupsDialog(window.store, window)
    qtbot.addWidget(dialog)
    dialog.choose_place(str(tmp_path / "Elsewhere" / "not there yet"))
    qtbot.waitUntil(lambda: dialog.place.text().startswith(f"Kept in {tmp_path / 'Elsewhere'}"))
    assert dialog.list.count() == 1
    assert backups.place_of(window.store) == tmp_path / "Elsewhere" / "not there yet" / "Journal"
    assert kept.path.exists()


def test_a_place_that_takes_no_backup_is_refused_at_once(qtbot, window, kept, tmp_path):
    (tmp_path / "file").write_text("x")
    dialog = BackupsDialog(window.store, window)
    qtbot.addWidget(dialog)
    dialog.choose_place(str(tmp_path / "file"))
    qtbot.waitUntil(lambda: "go on where they went" in dialog._wrong.text())
    assert backups.place_of(window.store) == kept.path.parent
    assert dialog.list.count() == 1


def test_what_cannot_be_taken_back_waits_for_a_backup(qtbot, window, tmp_path):
    add(window.store, "One")
    done: list[int] = []
    window.keeping.after_backup("delete", lambda: done.append(len(backups.listed(backups.place_of(window.store)))))
    qtbot.waitUntil(lambda: done == [1])
    (tmp_path / "file").write_text("x")
    with window.store.write() as session:
        change_settings(session, backup_place=str(tmp_path / "file"))
    window.keeping.after_backup("delete", lambda: done.append(-1))
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert done == [1]


def test_chosen_items_come_back_alone(qtbot, window, kept):
    (one,) = ids_of(window.store, "One")
    with window.store.write() as session:
        items.trash(session, [one], now=NOW)
    add(window.store, "Three")
    window.restoring.show_backups()
    dialog = window.findChild(BackupsDialog)
    qtbot.waitUntil(dialog.primary.isEnabled)
    back = next(row for row in range(2) if dialog.changes.differences[row].change == "back")
    dialog.changes.list.setCurrentRow(back)
    dialog.items_button.click()
    qtbot.waitUntil(lambda: texts(window.store) == ["One", "Three", "Two"])
    qtbot.waitUntil(lambda: "One item is as it was then." in window.messages.texts)
    window.undo()
    qtbot.waitUntil(lambda: "One item is as it was before." in window.messages.texts)
    assert texts(window.store) == ["Three", "Two"]
    with window.store.read() as session:
        assert [row.title for row, _ in items.trashed_rows(session)] == ["One"]


def test_a_backup_of_all_that_there_is_does_not_look_old(qtbot, window, kept, monkeypatch):
    clock.fix(NOW + timedelta(days=3))
    monkeypatch.setattr(type(window.store), "has_written", False)
    window.keeping._show_age()
    assert window.keeping.age.text() == "Backed up 3 days ago, nothing written since"
