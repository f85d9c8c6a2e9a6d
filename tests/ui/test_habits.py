"""Habits of the desktop: reminders, the tray that is never the only way out, starting unseen, other journals."""

from __future__ import annotations

import subprocess
import sys
from datetime import time, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QProcess, Qt, QTime
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app import paths
from app.core import autostart, clock, journal, naming
from app.core.reminders import Plan, plan_of
from app.core.store import open_store
from app.ui import start
from app.ui.journal.capture import CaptureDialog
from app.ui.kit import tray as trays
from app.ui.kit.instance import claim
from app.ui.settings.dialog import SettingsDialog
from tests.conftest import NOW

SAID = "Time to write a line about the day, if you like."
EVERY_DAY = Plan(frozenset(range(7)), (time(10, 0),))


@pytest.fixture(autouse=True)
def ended(monkeypatch, tmp_path):
    """How often the program was ended; without that the events of the tests would end, too."""
    times = []
    monkeypatch.setattr(QCoreApplication, "exit", lambda *_: times.append(1))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(trays.QSystemTrayIcon, "setVisible", lambda *_: None)  # offscreen has no tray to look for
    yield times
    QGuiApplication.setQuitOnLastWindowClosed(True)


@pytest.fixture
def shown(monkeypatch):
    """A desktop with a tray, and what its notifications say."""
    said = []

    def notify(_tray, title, text):
        said.append((title, text))
        return True

    monkeypatch.setattr(trays, "has_tray", lambda: True)
    monkeypatch.setattr(trays.Tray, "notify", notify)
    return said


def remind(window, plan=EVERY_DAY):
    window.preferences.setValue("reminders/plan", plan.stored())
    window.habits.apply()
    return window.habits.reminding


def at(hours, minutes=0):
    clock.fix(NOW.replace(hour=0, minute=0) + timedelta(hours=hours, minutes=minutes), "UTC")


def act(window, text):
    (message,) = [message for message in window.messages._messages if message.text == SAID]
    (pressed,) = [each for each in message.findChildren(type(window.keeping.age)) if each.text() == text]
    pressed.click()


def test_a_reminder_comes_once_at_its_time_and_again_when_put_off(window, shown):
    reminding = remind(window)
    assert window.messages.texts == []
    at(10, 1)
    reminding.look()
    assert window.messages.texts == [SAID]
    assert shown == [("Northing", SAID)] or window.isActiveWindow()
    act(window, "In an hour")
    reminding.look()
    assert window.messages.texts == []
    at(11, 2)
    reminding.look()
    assert window.messages.texts == [SAID]
    window.show_page("journal")
    act(window, "Write")
    assert window.preferred_page == "today"
    at(12)
    reminding.look()
    assert window.messages.texts == []


def test_it_is_silent_once_something_is_written_and_goes_when_one_writes(qtbot, window, shown):
    reminding = remind(window)
    at(10, 1)
    reminding.look()
    assert window.messages.texts == [SAID]
    with window.store.write() as session:
        journal.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text="A line")
    reminding.look()
    assert window.messages.texts == []
    at(34, 1)  # the next day
    reminding.look()
    assert window.messages.texts == [SAID]
    window.messages.clear()
    at(58, 1)
    with window.store.write() as session:
        journal.add_entry(session, day=clock.now().date(), now=clock.now(), zone="UTC", text="Another")
    reminding.look()
    assert window.messages.texts == []


def test_missed_ones_are_shown_once_at_the_next_start(qtbot, window, preferences, tmp_path):
    remind(window)
    at(5 * 24 + 8)  # five were missed
    again = start.open_window(tmp_path / "Journal.northing", preferences)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.store is not None, timeout=10_000)
    assert again.messages.texts.count(SAID) == 1
    again.messages.clear()
    again.habits.apply()
    assert again.messages.texts == []
    again.habits.quit()
    again.store.close()


def test_without_a_plan_nothing_is_made_for_it(window):
    assert window.habits.tray is None
    reminding = remind(window)
    window.preferences.setValue("reminders/plan", Plan().stored())
    window.habits.apply()
    assert not reminding._minute.isActive()


def test_closing_leaves_it_in_the_tray_only_where_that_is_chosen_and_there_is_one(
    window, shown, ended, monkeypatch
):
    window.preferences.setValue("tray", "true")
    window.habits.apply()
    window.close()
    assert not window.isVisible()
    assert window.habits.keeps_open
    assert not QGuiApplication.quitOnLastWindowClosed()
    window.habits.tray.chosen.emit()
    assert window.isVisible()
    monkeypatch.setattr(trays, "has_tray", lambda: False)  # the tray is gone: closing must end it
    assert not window.habits.keeps_open
    assert ended == []
    window.close()
    assert ended == [1]


def test_quit_ends_it_from_the_tray_and_saves_the_last_word(qtbot, window, shown, ended):
    window.preferences.setValue("tray", "true")
    window.habits.apply()
    window.first_view.autosaver._timer.setInterval(10**6)
    qtbot.keyClicks(window.first_view.editor, "Last word")
    (leave,) = [made for made in window.habits.tray.menu.actions() if made.text() == "Quit"]
    leave.trigger()
    assert not window.isVisible()
    assert ended == [1]
    with window.store.read() as session:
        ids = journal.entry_ids(session)
        assert [row.title for row in journal.entry_rows(session, ids)] == ["Last word"]


def test_one_thing_is_written_down_from_the_tray(qtbot, window, shown, ended):
    window.preferences.setValue("tray", "true")
    window.habits.apply()
    window.close()
    assert not window.isVisible()
    next(made for made in window.habits.tray.menu.actions() if made.text() == "Write it down…").trigger()
    box = window.commands.capturing.box
    assert box.isVisible()
    assert not window.isVisible()
    qtbot.keyClicks(box.words, "Told @Ana #sales")
    assert box.said.text() == "#sales   @Ana, new here"
    qtbot.keyClick(box.words, Qt.Key.Key_Return)
    with window.store.read() as session:
        (entry,) = journal.entry_rows(session, journal.entry_ids(session, matching="tag:sales"))
        assert entry.title == "Told @Ana #sales"
        assert [use.name for use in naming.uses(session)] == ["Ana"]
    assert not window.isVisible()
    assert not ended
    window.habits.write()
    qtbot.keyClicks(window.commands.capturing.box.words, "Half a thought")
    window.habits.quit()
    assert window.commands.capturing.box is None
    assert ended
    with window.store.read() as session:
        assert len(journal.entry_ids(session)) == 2


def test_what_is_added_beside_the_window_shows_in_it(qtbot, window):
    page = window.show_page("journal")
    words = [sys.executable, "-m", "app", "--journal", str(window.path), "add", "Beside the window #web"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as adding:
        qtbot.waitUntil(lambda: adding.poll() is not None, timeout=20_000)
        assert adding.returncode == 0
    qtbot.waitUntil(lambda: len(page.model.ids) == 1, timeout=10_000)
    assert page.model.row(0).title == "Beside the window #web"


def test_the_end_of_the_session_is_not_held_up_by_the_tray(qapp, window, shown):
    window.preferences.setValue("tray", "true")
    window.habits.apply()
    window.habits._end_session()
    assert window.close()


def test_started_in_the_background_it_opens_the_journal_without_being_seen(qtbot, tmp_path, preferences, shown):
    preferences.setValue("tray", "true")
    window = start.open_window(tmp_path / "Unseen.northing", preferences, in_background=True)
    qtbot.addWidget(window)
    assert window.habits.tray.is_at_hand  # before the journal is open, which may ask for a passphrase
    qtbot.waitUntil(lambda: window.store is not None, timeout=10_000)
    assert not window.isVisible()
    window.habits.rise()
    assert window.isVisible()
    window.habits.quit()
    window.store.close()


def test_without_a_tray_it_starts_minimised(qtbot, tmp_path, preferences):
    preferences.setValue("tray", "true")
    window = start.open_window(tmp_path / "Unseen.northing", preferences, in_background=True)
    qtbot.addWidget(window)
    assert window.isMinimized()
    qtbot.waitUntil(lambda: window.store is not None, timeout=10_000)
    window.close()
    window.store.close()


def test_the_choices_of_this_computer_are_kept_and_followed(qtbot, window, shown):
    window.commands.show_settings()
    section = window.findChild(SettingsDialog).computer
    assert section.days.value() == frozenset()
    for day in (0, 4):
        qtbot.mouseClick(section.days.buttons[day], Qt.MouseButton.LeftButton)
    section.times.edits[0].setTime(QTime(8, 15))
    qtbot.mouseClick(section.times.more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(section.times.more, Qt.MouseButton.LeftButton)
    assert section.times.more.isHidden()
    qtbot.mouseClick(section.times.fewer, Qt.MouseButton.LeftButton)
    section.tray.setChecked(True)
    section.start.setChecked(True)
    window.findChild(SettingsDialog).accept()
    assert plan_of(window.preferences.value("reminders/plan")) == Plan(
        frozenset({0, 4}), (time(8, 15), time(12, 15))
    )
    assert window.habits.keeps_open
    made = autostart.autostart([])
    assert made.is_on
    assert "--in-background" in made.file.read_text(encoding="utf-8")
    window.preferences.setValue("tray", "false")
    window.habits.apply()


def test_another_journal_opens_beside_this_one(window, monkeypatch):
    asked = []

    def started(*words):
        asked.append(words)
        return False, 0

    monkeypatch.setattr(QProcess, "startDetached", started)
    window.habits.open_journal(str(window.path))
    assert asked == []
    window.habits.open_journal("/elsewhere/Team.northing")
    program, *words = paths.program()
    assert asked == [(program, [*words, "--journal", "/elsewhere/Team.northing"])]
    assert window.messages.texts == ["Northing could not be started once more."]


def test_the_page_is_ready_to_type_on_where_the_desktop_is_slow_to_give_the_window_the_keyboard(
    qtbot, tmp_path, preferences
):
    window = start.open_window(tmp_path / "Slow.northing", preferences, in_background=True)  # not in front, so far
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None, timeout=10_000)
    assert window.focusWidget() is window.first_view.editor
    window.close()
    window.store.close()


def test_one_goes_on_where_today_s_page_ends(qtbot, tmp_path, preferences):
    path = tmp_path / "Journal.northing"
    store = open_store(path)
    with store.write() as session:
        journal.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text="The morning.")
    store.close()
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None, timeout=10_000)
    qtbot.keyClicks(window.first_view.editor, " The evening.")
    assert window.first_view.editor.text() == "The morning. The evening."
    qtbot.waitUntil(lambda: not window.windowIcon().isNull())
    window.close()
    window.store.close()


def test_the_desktop_finds_a_new_window_its_place(qtbot, window):
    assert not window.testAttribute(Qt.WidgetAttribute.WA_Moved)  # a place of our own would hide its title bar


def test_another_start_has_something_to_write_down(qtbot, window, tmp_path):
    alone = claim(window.path)
    alone.answer(window, lambda: "no")
    alone.write_wanted.connect(window.habits.write)
    words = [sys.executable, "-m", "app", "--journal", str(window.path), "--write"]
    window.hide()
    for _ in range(2):
        with subprocess.Popen(words) as asking:
            qtbot.waitUntil(lambda: asking.poll() is not None, timeout=20_000)
            assert asking.returncode == 0
    qtbot.waitUntil(lambda: window.commands.capturing.box is not None)
    assert len([each for each in QApplication.topLevelWidgets() if isinstance(each, CaptureDialog)]) == 1
    assert not window.isVisible()
    with subprocess.Popen(words[:-1]) as asking:
        qtbot.waitUntil(lambda: asking.poll() is not None, timeout=20_000)
    qtbot.waitUntil(window.isVisible)
    alone.release()
    window.commands.capturing.box.reject()
