"""A damaged journal on screen: what is safe is said, and every way on works."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from app import paths
from app.core import backups, integrity, journal
from app.core.refusals import PlaceRefused
from app.core.store import open_store
from app.ui import start
from app.ui.kit import background
from app.ui.settings.backups import BackupsDialog
from app.ui.settings.rescue import MissingDialog, RescueDialog
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def end(window):
    """Close the window and its journal, once what is under way in the background has ended."""
    window.close()
    background.shutdown()
    window.store.close()


@pytest.fixture
def path(tmp_path):
    """A journal with forty entries and a backup with the first twenty."""
    with open_store(tmp_path / "Journal.northing") as store:
        for number in range(40):
            with store.write() as session:
                journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=f"Entry {number} " + "word " * 200)
            if number == 19:
                backups.take(store, reason="time", now=NOW)
        return store.path


@pytest.fixture
def opened(qtbot, qapp, path, preferences):
    """The window on that journal after its middle pages were overwritten."""
    raw = bytearray(path.read_bytes())
    raw[40:100] = bytes(60)
    path.write_bytes(raw)
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.findChild(RescueDialog) is not None)
    yield window
    window.close()
    background.shutdown()
    if window.store is not None:
        window.store.close()


def count(store):
    with store.read() as session:
        return len(journal.entry_ids(session))


def test_it_says_what_is_safe_and_goes_back(qtbot, opened, path):
    dialog = opened.findChild(RescueDialog)
    assert str(path) in dialog.said.text()
    assert "20 items" in dialog.choice.list.currentText()
    damaged = path.read_bytes()
    dialog.accept()
    qtbot.waitUntil(lambda: opened.store is not None)
    assert count(opened.store) == 20
    (aside,) = path.parent.glob("*set aside*.northing")
    assert aside.read_bytes() == damaged


def test_what_can_be_read_is_saved_and_used(qtbot, opened, path, tmp_path):
    dialog = opened.findChild(RescueDialog)
    dialog.salvage_to(str(tmp_path / "saved.northing"))
    qtbot.waitUntil(lambda: dialog.primary.text() == "Use the saved journal")
    assert "40 items as they were and 0 in part" in dialog.outcome.text()
    dialog.accept()
    qtbot.waitUntil(lambda: opened.store is not None)
    assert count(opened.store) == 40


def done(window):
    """The button of the message that keeps the ways on at hand."""
    return next(made for made in window.messages.findChildren(QPushButton) if made.text() == "What can be done…")


def test_whoever_closes_the_dialog_finds_it_again(qtbot, opened):
    opened.findChild(RescueDialog).cancel.click()
    qtbot.waitUntil(lambda: opened.findChild(RescueDialog) is None)
    assert "was not opened" in opened.messages.texts[0]
    done(opened).click()
    assert opened.findChild(RescueDialog).isVisible()


def test_what_can_be_read_of_a_broken_file_is_looked_at(qtbot, opened, path):
    before = path.read_bytes()
    opened.findChild(RescueDialog).look_button.click()
    qtbot.waitUntil(lambda: opened.store is not None)
    assert opened.store.is_read_only
    assert count(opened.store) == 40
    assert "what can be read of it" in opened.messages.texts[0]
    opened.restoring.show_backups()
    qtbot.waitUntil(lambda: opened.findChild(RescueDialog) is not None)
    opened.findChild(RescueDialog).reject()
    assert path.read_bytes() == before


def test_words_that_a_damaged_journal_cannot_take_do_not_hold_up_going_back(qtbot, opened, path):
    opened.findChild(RescueDialog).look_button.click()
    qtbot.waitUntil(lambda: opened.store is not None)
    qtbot.keyClicks(opened.first_view.editor, "Typed into what is for reading only")
    done(opened).click()
    opened.findChildren(RescueDialog)[-1].accept()
    qtbot.waitUntil(lambda: opened.locking.ends_for == "again")
    assert not opened.isVisible()
    (kept,) = paths.data_dir().glob("Unsaved text *.md")
    assert "Typed into what is for reading only" in kept.read_text(encoding="utf-8")
    assert "stands in a file" in str(opened.preferences.value("notice"))
    with open_store(path) as store:
        assert count(store) == 20


def test_another_backup_is_chosen_where_the_newest_is_damaged(qtbot, opened, path):
    (newest,) = backups.found_for(path)
    older = newest.path.with_stem("Journal 2026-11-22 093000Z")
    older.write_bytes(newest.path.read_bytes())
    note = newest.path.with_suffix(".json").read_text().replace("2026-11-23T09:30", "2026-11-22T09:30")
    older.with_suffix(".json").write_text(note)
    raw = bytearray(newest.path.read_bytes())
    raw[9000:9100] = b"x" * 100
    newest.path.write_bytes(raw)
    opened.findChild(RescueDialog).accept()
    qtbot.waitUntil(lambda: any("Choose another one" in text for text in opened.messages.texts))
    done(opened).click()
    dialog = opened.findChild(RescueDialog)
    assert dialog.choice.list.count() == 2
    dialog.choice.list.setCurrentIndex(1)
    dialog.accept()
    qtbot.waitUntil(lambda: opened.store is not None)
    assert count(opened.store) == 20


def test_backups_that_were_moved_are_found(qtbot, qapp, path, preferences, tmp_path):
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None)
    assert window.store is not None
    backups.move(window.store, str(tmp_path / "Elsewhere"), now=NOW)
    window.keeping.start()
    qtbot.waitUntil(lambda: window.keeping.newest is not None)
    shutil.rmtree(paths.backups_dir(path))
    end(window)
    path.write_bytes(b"x" * 5000)
    again = start.open_window(path, preferences)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.findChild(RescueDialog) is not None)
    dialog = again.findChild(RescueDialog)
    assert "40 items" in dialog.choice.list.currentText()
    dialog.reject()
    lone = RescueDialog(path, "It is damaged.", again)
    qtbot.addWidget(lone)
    assert "no verified backup" in lone.choice.said.text()
    lone.choice.look_into(str(tmp_path))
    assert "No other" in lone._wrong.text()
    lone.choice.look_into(str(tmp_path / "Elsewhere"))
    assert "40 items" in lone.choice.list.currentText()
    again.close()


@pytest.fixture
def missing(qtbot, qapp, path, preferences):
    """The window on that journal while its file lies elsewhere."""
    path.rename(path.with_name("away"))
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.findChild(MissingDialog) is not None)
    yield window
    window.close()
    background.shutdown()
    if window.store is not None:
        window.store.close()


def test_no_empty_journal_is_made_where_there_was_one(qtbot, missing, path):
    dialog = missing.findChild(MissingDialog)
    assert str(path) in dialog.said.text()
    dialog.cancel.click()
    assert not path.exists()
    titles = [made.text() for made in missing.menus.actions()]
    assert "Backups…" in titles
    assert "Settings…" not in titles
    missing.restoring.show_backups()
    path.with_name("away").rename(path)
    missing.findChildren(MissingDialog)[-1].again_button.click()
    qtbot.waitUntil(lambda: missing.store is not None)
    assert count(missing.store) == 40
    assert "Settings…" in [made.text() for made in missing.menus.actions()]


def test_a_missing_journal_comes_back_from_a_backup(qtbot, missing, path):
    missing.findChild(MissingDialog).accept()
    qtbot.waitUntil(lambda: missing.store is not None)
    assert count(missing.store) == 20
    assert not list(path.parent.glob("*set aside*"))


def test_a_missing_journal_is_begun_anew_when_asked_for(qtbot, missing, path):
    missing.findChild(MissingDialog).begin_button.click()
    qtbot.waitUntil(lambda: missing.store is not None)
    assert count(missing.store) == 0
    assert len(backups.found_for(path)) == 1


def test_looking_only_writes_nothing(qtbot, path, preferences, qapp):
    before = path.read_bytes()
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None)
    window.store.close()
    window.store = None
    window.has_begun = False
    window.mending._look()
    qtbot.waitUntil(lambda: window.store is not None)
    assert window.store.is_read_only
    page = window.show_page("journal")
    assert len(page.model.ids) == 40
    window.keeping.back_up("asked")
    end(window)
    assert path.read_bytes() == before


def damage(window):
    """An entry, a backup of it, and then other words in its place that nobody wrote."""
    from sqlalchemy import text

    with window.store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="True words")
    backups.take(window.store, reason="time", now=NOW)
    with window.store.write() as session:
        session.execute(text("UPDATE item SET text = 'Other words'"))


def test_damage_found_while_open_offers_the_same(qtbot, window):
    damage(window)
    window.keeping.start()
    qtbot.waitUntil(lambda: window.findChild(RescueDialog) is not None)
    window.findChild(RescueDialog).accept()

    def is_back():
        with window.store.read() as session:
            return journal.entry(session, journal.entry_ids(session)[0]).text == "True words"

    qtbot.waitUntil(is_back)
    assert list(window.path.parent.glob("*set aside*.northing"))


def test_a_damaged_item_is_brought_back_alone_and_the_rest_stays(qtbot, window):
    damage(window)
    with window.store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Later words")
    window.keeping.start()
    qtbot.waitUntil(lambda: window.findChild(RescueDialog) is not None)
    rescue = window.findChild(RescueDialog)
    rescue.reject()
    qtbot.waitUntil(lambda: any("damaged" in said for said in window.messages.texts))
    window.mending.offer()
    window.findChildren(RescueDialog)[-1].items_button.click()
    dialog = window.findChild(BackupsDialog)
    qtbot.waitUntil(lambda: dialog.changes.list.count() == 2)
    row = next(row for row in range(2) if dialog.changes.differences[row].change == "changed")
    dialog.changes.list.setCurrentRow(row)
    qtbot.waitUntil(lambda: dialog.changes.now.toPlainText() == "Other words")
    assert dialog.changes.then.toPlainText() == "True words"
    dialog.items_button.click()
    qtbot.waitUntil(lambda: not window.mending.has_ways)
    assert window.messages.texts == ["One item is as it was then."]
    with window.store.read() as session:
        said = {journal.entry(session, item_id).text for item_id in journal.entry_ids(session)}
    assert said == {"True words", "Later words"}
    assert integrity.check(window.path).problems == ()
    assert list(window.path.parent.glob("*set aside*.northing"))


def test_found_damage_waits_until_nobody_types(qtbot, window):
    damage(window)
    with window.store.write() as session:
        item_id = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Page ").id
    window.open_item(item_id)
    window.show()
    window.activateWindow()
    editor = window.show_page("journal").desk.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    window.keeping.start()
    qtbot.waitUntil(lambda: window.mending.has_ways)
    for _ in range(8):
        qtbot.keyClicks(editor, "ab")
        qtbot.wait(300)
    assert window.findChild(RescueDialog) is None
    assert editor.toPlainText().count("ab") == 8
    qtbot.waitUntil(lambda: window.findChild(RescueDialog) is not None)
    dialog = window.findChild(RescueDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_damage_that_only_the_backup_finds_offers_the_same(qtbot, window):
    from sqlalchemy import text

    with window.store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="True words")
    with window.store.write() as session:
        session.execute(text("UPDATE item SET text = 'Other words'"))
    window.keeping.back_up("time")
    qtbot.waitUntil(lambda: window.findChild(RescueDialog) is not None)
    assert "not what was saved" in window.findChild(RescueDialog).said.text()
    window.findChild(RescueDialog).look_button.click()
    assert window.locking.ends_for == "look"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_can_only_be_read_opens_for_reading(qtbot, qapp, path, preferences):
    path.chmod(0o400)
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None)
    assert window.store.is_read_only
    assert "for reading only" in window.messages.texts[0]
    end(window)


def test_a_folder_that_takes_no_new_file_opens_for_reading(qtbot, qapp, path, preferences, monkeypatch):
    before = path.read_bytes()
    may = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != path.parent and may(place, mode))
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None)
    assert window.store.is_read_only
    assert "no new file can be made" in window.messages.texts[0]
    end(window)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(f"{path.name}-*"))


def test_a_journal_that_goes_right_after_it_was_opened_is_told(qtbot, qapp, path, preferences, monkeypatch):
    def gone(window, store):
        window.store = store
        raise PlaceRefused("Its drive is gone.")

    real = start.MainWindow.open
    monkeypatch.setattr(start.MainWindow, "open", gone)
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert "Its drive is gone." in window.messages.texts[0]
    monkeypatch.setattr(start.MainWindow, "open", real)
    window.reopen_requested.emit()
    qtbot.waitUntil(lambda: window.store is not None and not window.store.is_read_only)
    end(window)


def test_a_refused_place_opens_for_reading(qtbot, qapp, path, preferences, monkeypatch):
    def refuse(place):
        raise PlaceRefused("It cannot be written there.")

    monkeypatch.setattr("app.core.store._prepare_place", refuse)
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None)
    assert window.store.is_read_only
    assert window.messages.texts == ["It cannot be written there. It is open for reading only."]
    end(window)


def test_another_journal_can_be_opened_where_this_one_is_none(qtbot, qapp, preferences, tmp_path):
    path = tmp_path / "Letter.northing"
    path.write_text("Dear Ana, " * 900)
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert "is not a Northing journal" in window.messages.texts[0]
    window.messages.findChildren(QPushButton)[0].click()
    dialog = window.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()
    window.close()
    background.shutdown()
    assert path.read_text().startswith("Dear Ana")
