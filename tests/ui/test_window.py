"""The window as a person uses it: typing, finding, throwing away, changing one's mind."""

from __future__ import annotations

import errno
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from app import paths
from app.core import backups, clock, items, journal, objectives
from app.core.model import Entry
from app.core.store import open_store
from app.ui import errors, start
from app.ui.kit import background, theme
from app.ui.kit.editor import SaveState
from app.ui.settings.trash import TrashDialog
from app.ui.transfer.importing import ImportDialog
from app.ui.window.places import clamped
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def texts(store):
    with store.read() as session:
        return [
            entry.text for entry in session.query(Entry).filter(Entry.deleted_at.is_(None)).order_by(Entry.moment)
        ]


def add(store, *said, day=DAY):
    with store.write() as session:
        return [journal.add_entry(session, day=day, now=NOW, zone="UTC", text=text).id for text in said]


def titles(page):
    return [page.model.index(place).data() for place in range(page.model.rowCount())]


def test_typing_on_the_first_page_is_saved_and_said_so(qtbot, window):
    view = window.first_view
    qtbot.keyClicks(view.editor, "Talked with Ana about pricing #pricing")
    assert view.state.text() == "Typing…"
    qtbot.waitUntil(lambda: view.state.text() == "Saved", timeout=3000)
    assert texts(window.store) == ["Talked with Ana about pricing #pricing"]


def test_what_is_typed_before_the_store_is_open_is_saved_when_it_is(qtbot, qapp, tmp_path, preferences):
    window = start.open_window(tmp_path / "Slow.northing", preferences)
    qtbot.addWidget(window)
    qtbot.keyClicks(window.first_view.editor, "Early words")
    assert window.store is None
    qtbot.waitUntil(lambda: window.store is not None, timeout=10_000)
    qtbot.waitUntil(lambda: texts(window.store) == ["Early words"], timeout=3000)
    window.close()
    window.store.close()


def test_closing_saves_the_last_word(qtbot, window):
    window.first_view.autosaver._timer.setInterval(10**6)
    qtbot.keyClicks(window.first_view.editor, "Last word")
    window.close()
    assert texts(window.store) == ["Last word"]


def test_leaving_a_page_saves_it(qtbot, window):
    page = window.show_page("journal")
    qtbot.mouseClick(page.column.new_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.desk.editor, "Half a thought")
    window.show_page("today")
    assert texts(window.store) == ["Half a thought"]


def test_each_entry_keeps_its_own_text_when_one_switches_quickly(qtbot, window):
    one, two = add(window.store, "One", "Two")
    page = window.show_page("journal")
    page.open_item(one)
    qtbot.keyClicks(page.desk.editor, "! ")
    page.open_item(two)
    qtbot.keyClicks(page.desk.editor, "? ")
    page.open_item(one)
    assert sorted(texts(window.store)) == ["! One", "? Two"]


def test_search_narrows_the_list_as_one_types(qtbot, window):
    add(window.store, "Pricing call with Ana", "Roadmap review", "Ana: pricing follow-up")
    page = window.show_page("journal")
    qtbot.keyClicks(page.search, "ana pri")
    assert [title.split(" ", 1)[1] for title in titles(page)] == [
        "Ana: pricing follow-up",
        "Pricing call with Ana",
    ]
    qtbot.keyClicks(page.search, " zebra")
    assert page.entries.currentWidget() is page.entries.unfound
    page.search.clear()
    assert len(titles(page)) == 3


def test_trash_undo_and_bring_back(qtbot, window):
    (entry,) = add(window.store, "Precious")
    page = window.show_page("journal")
    page.open_item(entry)
    qtbot.mouseClick(page.desk.head.trash_button, Qt.MouseButton.LeftButton)
    assert titles(page) == []
    assert window.messages.texts == ["Moved to the Trash."]
    page.commands.restore(entry)
    assert texts(window.store) == ["Precious"]
    page.commands.trash(entry)
    dialog = TrashDialog(window.store, window)
    qtbot.addWidget(dialog)
    dialog.list.setCurrentRow(0)
    dialog.accept()
    assert texts(window.store) == ["Precious"]


def test_what_lies_in_the_trash_is_removed_for_good_after_a_backup(qtbot, window):
    ids = add(window.store, "First", "Second")
    with window.store.write() as session:
        items.trash(session, ids, now=NOW)
    window.commands.show_trash()
    dialog = window.findChild(TrashDialog)
    assert not dialog.remove_button.isEnabled()
    dialog.list.setCurrentRow(0)
    qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.messages.texts))
    assert window.messages.texts[-1].startswith("One entry is gone")
    with window.store.read() as session:
        assert len(items.trashed_rows(session)) == 1
    assert backups.latest(backups.place_of(window.store)).reason == "delete"


def test_of_what_went_meanwhile_nothing_is_said(qtbot, monkeypatch, window):
    said = []
    monkeypatch.setattr(window, "announce", said.append)
    first, second = add(window.store, "First", "Second")
    with window.store.write() as session:
        goal = objectives.add_objective(session, objectives.ObjectiveDraft("Stays"), now=NOW).id
        items.trash(session, [first, second, goal], now=NOW)
    for ids in ([first], [first], [first, second, goal]):
        window.commands.remove_for_good(ids)
        qtbot.waitUntil(lambda: not background.is_busy())
    qtbot.waitUntil(lambda: len(said) > 1)
    assert said == [
        "One entry is gone from the Trash for good; a backup still has it.",
        "One entry is gone from the Trash for good; a backup still has it. "
        "One item stays, as other things hang on it.",
    ]


def test_the_trash_keeps_entries_for_thirty_days_and_then_lets_them_go_with_a_backup(
    qtbot, monkeypatch, window, preferences
):
    # The first window is closed, but lives on beside the others, where it would tidy their journal.
    monkeypatch.setattr(window.commands, "remove_for_good", lambda _ids: None)
    first, second, kept = add(window.store, "Thrown away first", "Thrown away second", "Kept")
    with window.store.write() as session:
        items.trash(session, [first], now=NOW - timedelta(days=2))
        items.trash(session, [second], now=NOW)
    path, last = window.path, window
    for days, left in ((29, ["Thrown away second"]), (31, [])):
        assert last.close()
        clock.fix(NOW + timedelta(days=days))
        last = start.open_window(path, preferences)
        qtbot.addWidget(last)
        qtbot.waitUntil(lambda there=last: bool(there.messages.texts), timeout=20_000)
        assert last.messages.texts[-1].startswith("One entry is gone from the Trash for good; a backup")
        with last.store.read() as session:
            assert [row.title for row, _ in items.trashed_rows(session)] == left
            assert journal.entry_ids(session) == [kept]
    last.close()


def test_a_window_that_stays_open_empties_the_trash_too(qtbot, window):
    (gone,) = add(window.store, "Thrown away")
    with window.store.write() as session:
        items.trash(session, [gone], now=NOW)
    qtbot.waitUntil(lambda: window.findChild(QTimer, "tidying") is not None, timeout=20_000)
    clock.fix(NOW + timedelta(days=31))
    window.findChild(QTimer, "tidying").timeout.emit()
    qtbot.waitUntil(lambda: bool(window.messages.texts), timeout=20_000)
    assert window.messages.texts[-1].startswith("One entry is gone from the Trash for good; a backup")
    with window.store.read() as session:
        assert items.trashed_rows(session) == []


def test_an_entry_changed_elsewhere_shows_when_nobody_types(qtbot, window):
    (entry,) = add(window.store, "Before")
    page = window.show_page("journal")
    page.open_item(entry)
    with window.store.write() as session:
        journal.edit_text(session, entry, "After", rev=1, now=NOW)
    qtbot.waitUntil(lambda: page.desk.editor.text() == "After")


def test_a_conflict_keeps_both_texts(qtbot, window):
    (entry,) = add(window.store, "Base")
    page = window.show_page("journal")
    page.open_item(entry)
    page.desk.autosaver._timer.setInterval(10**6)
    qtbot.keyClicks(page.desk.editor, "Mine ")
    with window.store.write() as session:
        journal.edit_text(session, entry, "Theirs", rev=1, now=NOW)
    page.flush()
    assert sorted(texts(window.store)) == ["Mine Base", "Theirs"]


def test_a_full_disk_keeps_the_text_and_says_so(qtbot, window, monkeypatch):
    from app.core.refusals import PlaceRefused
    from app.core.writing import Writing

    page = window.show_page("journal")
    page.desk.begin(DAY)
    kept = Writing.save

    def full(self, text):
        raise PlaceRefused("The disk is full.")

    monkeypatch.setattr(Writing, "save", full)
    qtbot.keyClicks(page.desk.editor, "Do not lose me")
    assert not page.flush()
    assert page.desk.state.text() == "Not saved yet"
    assert window.messages.texts == ["The disk is full."]
    window.close()
    assert window.isVisible()
    monkeypatch.setattr(Writing, "save", kept)
    assert page.flush()
    assert texts(window.store) == ["Do not lose me"]


def test_the_calendar_opens_days_and_offers_empty_ones(qtbot, window):
    (entry,) = add(window.store, "Old day", day=date(2026, 11, 3))
    page = window.show_page("journal")
    page.go_to_day(date(2026, 11, 3))
    assert page.desk.entry_id == entry
    page.go_to_day(date(2026, 11, 5))
    qtbot.keyClicks(page.desk.editor, "Belated")
    page.flush()
    with window.store.read() as session:
        assert journal.page_of(session, date(2026, 11, 5)) == page.desk.entry_id


def test_preview_shows_marks_as_what_they_mean(qtbot, window):
    (entry,) = add(window.store, "# Head\n\n- [x] done\n\n<script>alert(1)</script>")
    page = window.show_page("journal")
    page.open_item(entry)
    qtbot.mouseClick(page.desk.head.preview_button, Qt.MouseButton.LeftButton)
    shown = page.desk.preview.toPlainText()
    assert "☑" in shown
    assert "# Head" not in shown
    assert "<script>" in shown


def test_only_a_demo_that_is_there_can_be_removed(qtbot, window):
    def offered():
        return [made.text() for made in window.menus.actions() if "demo" in made.text()]

    assert offered() == ["Fill with the demo journal"]
    window.commands.demo.load()
    qtbot.waitUntil(lambda: offered() == ["Remove the demo journal"], timeout=20_000)


def test_every_page_opens_by_keyboard_and_offers_its_actions(qtbot, window):
    for number, name in enumerate(window.rail.entries, start=1):
        if name == "settings":
            continue
        qtbot.keyClick(window, str(number).encode()[0], Qt.KeyboardModifier.ControlModifier)
        assert window.preferred_page == name
    assert any(action.text() == "Trash…" for action in window.menus.actions())


def test_what_lies_on_the_desk_is_marked_in_the_list_when_a_key_opens_the_page(qtbot, window):
    with window.store.write() as session:
        entry = journal.add_entry(session, day=date(2026, 11, 23), now=NOW, zone="UTC", text="Marked").id
    qtbot.keyPress(window.windowHandle(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = window.pages["journal"]
    qtbot.keyRelease(window.windowHandle(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert page.desk.entry_id == entry
    assert page.selected_ids() == [entry]


def test_a_page_keeps_its_actions_when_another_was_shown(qtbot, window):
    names = [name for name in window.rail.entries if name != "settings"]
    before = {}
    for name in names:
        before[name] = [action.text() for action in window.show_page(name).actions()]
    for name in names:
        assert [action.text() for action in window.show_page(name).actions()] == before[name]


def test_a_splitter_stands_where_it_was_left(qtbot, window, preferences):
    from PySide6.QtWidgets import QSplitter

    from app.ui.window import places

    splitter = window.show_page("journal").findChild(QSplitter)
    splitter.setSizes([400, 500])
    sizes = splitter.sizes()
    places.remember(window, preferences)
    splitter.setSizes([300, 600])
    places.restore_splitters(window.show_page("journal"), preferences)
    assert splitter.sizes() == sizes


def test_import_from_the_window_can_be_undone(qtbot, window, tmp_path):
    file = tmp_path / "old.journal"
    file.write_text(
        "[2020-01-02 09:00] First day. It rained.\n\n[2020-01-03 09:00] Second day.\n", encoding="utf-8"
    )
    window.commands.importing.import_path(str(file))
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.primary.isEnabled(), timeout=5000)
    assert "2 entries" in dialog.primary.text()
    with qtbot.waitSignal(dialog.brought, timeout=5000):
        dialog.accept()
    assert len(texts(window.store)) == 2
    assert window.messages.texts == ["2 entries imported."]
    window.messages.act()
    qtbot.waitUntil(lambda: texts(window.store) == [])


def test_the_last_import_can_be_taken_back_long_after_its_message_went(qtbot, window, tmp_path):
    def offered():
        return [made for made in window.menus.actions() if made.text().startswith("Take back")]

    assert offered() == []
    for name, text in (("old", "First day. It rained."), ("newer", "Second day.")):
        file = tmp_path / f"{name}.journal"
        file.write_text(f"[2020-01-02 09:00] {text}\n", encoding="utf-8")
        window.commands.importing.import_path(str(file))
        dialog = next(each for each in window.findChildren(ImportDialog) if each.isVisible())
        qtbot.waitUntil(lambda dialog=dialog: dialog.primary.isEnabled(), timeout=5000)
        with qtbot.waitSignal(dialog.brought, timeout=5000):
            dialog.accept()
    window.messages.show_message("Something else happened.")
    for name, left in (("newer.journal", 1), ("old.journal", 0)):
        [back] = offered()
        assert back.text() == f"Take back the import of “{name}”"
        back.trigger()
        qtbot.waitUntil(lambda left=left: len(texts(window.store)) == left, timeout=5000)
    assert offered() == []


def test_an_entry_of_the_demo_on_a_hidden_desk_is_no_other_when_the_demo_comes_again(qtbot, window):
    def bring():
        window.commands.demo.load()
        qtbot.waitUntil(window.commands.demo.is_there, timeout=20_000)

    bring()
    desk = window.show_page("journal").desk
    window.show_page("today")
    window.commands.demo.remove()
    qtbot.waitUntil(lambda: not window.commands.demo.is_there(), timeout=20_000)
    with window.store.write() as session:
        journal.add_entry(session, day=date(2026, 11, 23), now=NOW, zone="UTC", text="My own")
    bring()
    page = window.show_page("journal")

    def lies_on_the_desk():
        with window.store.read() as session:
            entry = session.get(Entry, desk.entry_id or 0)
        chosen = page.model.ids[page.timeline.currentIndex().row()]
        return entry is not None and (desk.editor.text(), chosen) == (entry.text, entry.id)

    qtbot.waitUntil(lies_on_the_desk, timeout=2000)


def test_the_demo_is_no_import_to_take_back(qtbot, window):
    window.commands.demo.load()
    qtbot.waitUntil(window.commands.demo.is_there, timeout=20_000)
    assert not [made for made in window.menus.actions() if made.text().startswith("Take back")]


def test_dark_or_light_is_one_command_and_stays(window, preferences):
    [switch] = [made for made in window.menus.actions() if made.text() == "Dark or light"]
    for name in ("dark", "light"):
        switch.trigger()
        assert theme.current().name == name
        assert preferences.value("theme") == name


def test_an_empty_journal_offers_to_import_a_file_or_a_folder(qtbot, window):
    file, folder = window.pages["today"].welcome.bring.menu().actions()
    for made, mode in ((file, QFileDialog.FileMode.ExistingFile), (folder, QFileDialog.FileMode.Directory)):
        made.trigger()
        dialog = next(each for each in window.findChildren(QFileDialog) if each.isVisible())
        assert dialog.fileMode() == mode
        dialog.reject()


def test_an_unknown_file_is_refused_with_a_sentence(qtbot, window, tmp_path):
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    window.commands.importing.import_path(str(file))
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.said.text() == "Nothing was imported.", timeout=5000)
    assert not dialog.primary.isEnabled()
    dialog.reject()


def test_a_journal_that_cannot_open_says_why_and_typed_words_are_kept(qtbot, qapp, tmp_path, preferences):
    path = tmp_path / "picture.northing"
    path.write_bytes(b"\x89PNG" * 500)
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.keyClicks(window.first_view.editor, "Typed in vain?")
    qtbot.waitUntil(lambda: bool(window.messages.texts), timeout=10_000)
    assert "not a Northing journal" in window.messages.texts[0]
    assert path.read_bytes() == b"\x89PNG" * 500
    window.close()
    kept = list(paths.data_dir().glob("Unsaved text*.md"))
    assert [file.read_text(encoding="utf-8") for file in kept] == ["Typed in vain?"]


def test_a_journal_out_of_reach_is_tried_again_with_the_words_typed_meanwhile(qtbot, qapp, tmp_path, preferences):
    drive = tmp_path / "drive"
    drive.write_text("not connected", encoding="utf-8")
    window = start.open_window(drive / "Journal.northing", preferences)
    qtbot.addWidget(window)
    qtbot.keyClicks(window.first_view.editor, "Typed before the drive came back")
    qtbot.waitUntil(lambda: bool(window.messages.texts), timeout=10_000)
    drive.unlink()
    again = next(one for one in window.messages.findChildren(QPushButton) if one.text() == "Try again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.store is not None, timeout=10_000)
    assert window.has_all_saved()
    with window.store.read() as session:
        assert session.query(Entry).one().text == "Typed before the drive came back"
    window.close()
    window.store.close()


def test_a_window_whose_words_cannot_be_saved_can_be_closed_and_leaves_them_in_a_file(qtbot, window, full_disk):
    with full_disk():
        qtbot.keyClicks(window.first_view.editor, "Not to be lost")
        assert not window.close()
        buttons = window.messages.findChildren(QPushButton)
        leave = next(one for one in buttons if "leave it in a file" in one.text())
        qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
        assert not window.isVisible()
    (kept,) = paths.data_dir().glob("Unsaved text*.md")
    assert kept.read_text(encoding="utf-8") == "Not to be lost"


def test_place_and_page_are_remembered(qtbot, qapp, tmp_path, preferences, window):
    window.resize(780, 560)
    window.close()
    again = start.open_window(tmp_path / "Journal.northing", preferences)
    qtbot.addWidget(again)
    size = again.size()
    qtbot.waitUntil(lambda: again.store is not None, timeout=10_000)
    again.close()
    again.store.close()
    assert (size.width(), size.height()) == (780, 560)


@pytest.mark.parametrize(
    "wanted",
    [QRect(-5000, -5000, 800, 600), QRect(9000, 10, 800, 600), QRect(0, 0, 9000, 9000), QRect(10, 10, 300, 300)],
)
def test_no_window_stands_off_every_screen(wanted):
    screens = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)]
    placed = clamped(wanted, screens)
    assert any(screen.contains(placed) for screen in screens)


def test_an_error_ends_as_a_sentence_or_without_words_in_the_log(qtbot, window):
    def secret():
        raise ValueError("my secret diary")

    with pytest.raises(ValueError, match="secret") as raised:
        secret()
    said = errors.described(raised.value)
    assert "secret diary" not in said
    assert "ValueError" in said
    assert Path(__file__).name in said
    assert sys.excepthook is not sys.__excepthook__


def test_what_the_system_refuses_is_said_by_the_file_it_is_about(qtbot, window):
    error = OSError(errno.EIO, os.strerror(errno.EIO), "/media/drive/Journal.northing")
    sys.excepthook(OSError, error, None)
    assert window.messages.texts[-1] == (
        "“/media/drive/Journal.northing” cannot be reached: input/output error. Is its drive connected?"
    )
    assert not window.findChildren(QMessageBox)


def test_of_a_page_that_could_not_be_built_nothing_stays(qtbot, window, monkeypatch):
    from app.core.refusals import PlaceRefused
    from app.core.store import Store

    def gone(_store):
        raise PlaceRefused("Its drive is gone.")

    before = set(window.stack.children())
    with monkeypatch.context() as patched:
        patched.setattr(Store, "read", gone)
        with pytest.raises(PlaceRefused):
            window.show_page("objectives")
    qtbot.waitUntil(lambda: set(window.stack.children()) == before)
    assert window.preferred_page == "today"
    assert window.show_page("objectives") is window.stack.currentWidget()


def test_saved_is_only_said_after_the_commit(qtbot, window):
    page = window.show_page("journal")
    page.desk.begin(DAY)
    seen = []

    def look(state):
        if state is SaveState.SAVED:
            other = open_store(window.store.path)
            seen.extend(texts(other))
            other.close()

    page.desk.autosaver.state_changed.connect(look)
    qtbot.keyClicks(page.desk.editor, "Durable")
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert seen == ["Durable"]


def test_restoring_from_the_trash_elsewhere_shows_in_the_list(qtbot, window):
    (entry,) = add(window.store, "Back again")
    page = window.show_page("journal")
    with window.store.write() as session:
        items.trash(session, [entry], now=NOW)
    qtbot.waitUntil(lambda: titles(page) == [])
    with window.store.write() as session:
        items.restore(session, [entry])
    qtbot.waitUntil(lambda: len(titles(page)) == 1)


@pytest.mark.timeout(20)  # Qt would wait for thirty seconds
def test_a_lock_that_a_bad_disk_left_beside_the_preferences_holds_nothing_up(window, tmp_path):
    from app.ui.window import places

    preferences = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    lock = tmp_path / "window.ini.lock"
    lock.write_text(f"{os.getpid()}\npython\nhere\n", encoding="utf-8")
    places.remember(window, preferences)
    assert not lock.exists()
    assert "geometry" in (tmp_path / "window.ini").read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "key"), [("today", Qt.Key.Key_T), ("journal", Qt.Key.Key_J)])
def test_the_menu_of_a_page_opens_by_its_letter(qtbot, window, page, key):
    window.show_page(page)
    qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert menu.actions() == window.pages[page].actions()
    menu.close()
