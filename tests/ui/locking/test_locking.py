"""A locked journal on screen: nothing shows before the passphrase, nothing typed is lost by locking."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date

import pytest
from PySide6.QtCore import QProcess, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

from app import paths
from app.core import attachments, backups, journal, keys, passphrase
from app.core.settings import settings
from app.core.store import open_store
from app.ui import start
from app.ui.filing import FilesBar
from app.ui.kit import background
from app.ui.kit.idle import IdleWatch
from app.ui.kit.instance import ask_to_lock, claim
from app.ui.kit.pictures import picture
from app.ui.locking.dialog import PassphraseDialog, Renewal
from app.ui.locking.renewing import carry_out
from app.ui.settings.backups import BackupsDialog
from app.ui.settings.rescue import MissingDialog, RescueDialog
from tests.conftest import NOW

DAY = date(2026, 11, 23)
SAID = "correct horse battery"


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch, made_locked):
    monkeypatch.setattr(keys, "ROUNDS", 1000)
    keys.forget()
    yield
    keys.forget()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A plain journal with one entry, as bytes."""
    path = tmp_path_factory.mktemp("made") / "Journal.northing"
    with open_store(path) as store, store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Words under lock")
    return path.read_bytes()


@pytest.fixture
def path(made, tmp_path):
    (tmp_path / "Journal.northing").write_bytes(made)
    return tmp_path / "Journal.northing"


@pytest.fixture(scope="module")
def made_locked(made, tmp_path_factory):
    """A folder with that journal locked, and its recovery code."""
    folder = tmp_path_factory.mktemp("locked")
    path = folder / "Journal.northing"
    path.write_bytes(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "ROUNDS", 1000)
        code, key = passphrase.new_code(), keys.new_key(SAID)
        passphrase.change(path, key, slot=passphrase.slot_for(key, code))
    return folder, code


@pytest.fixture
def code(path, made_locked):
    """The recovery code of the journal, which is locked from now on."""
    folder, code = made_locked
    shutil.copytree(folder, path.parent, dirs_exist_ok=True)
    return code


@pytest.fixture
def window(qtbot, qapp, path, code, preferences):
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    yield window
    window.close()
    background.shutdown()
    if window.store is not None:
        window.store.close()


def enter(qtbot, window, said):
    view = window.locking.view
    view.field.clear()
    qtbot.keyClicks(view.field, said)
    qtbot.keyClick(view.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.locking.view is None or view.field.isEnabled())


def lock_action(window):
    return next(made for made in window.menus.actions() if made.shortcut().toString() == "Ctrl+L")


def opened(qtbot, window, said=SAID):
    enter(qtbot, window, said)
    qtbot.waitUntil(lambda: window.store is not None)
    return window.store


def test_nothing_shows_before_the_passphrase(qtbot, window):
    view = window.locking.view
    assert "recovery code" in view.hint.text()
    assert window.stack.currentWidget() is view
    assert window.first_view.newest.model().rowCount() == 0
    assert window.rail.isHidden()
    assert window.show_page("journal") is None
    enter(qtbot, window, "not the one")
    assert "does not open" in view.said.text()
    assert view.field.hasSelectedText()
    assert window.store is None
    store = opened(qtbot, window)
    assert window.stack.currentWidget() is window.pages["today"]
    assert window.first_view.editor.text() == "Words under lock"
    assert window.rail.isVisible()
    with store.read() as session:
        assert len(journal.entry_ids(session)) == 1


def test_the_recovery_code_opens_it(qtbot, window, code):
    opened(qtbot, window, code.lower().replace("-", ""))
    (said,) = window.messages.texts
    assert "choose a new one" in said
    next(made for made in window.messages.findChildren(QPushButton) if made.text() == "Passphrase…").click()
    window.findChild(PassphraseDialog).reject()


def test_little_can_be_done_while_it_is_locked(qtbot, window):
    def titles():
        return [made.text() for made in window.menus.actions()]

    qtbot.waitUntil(lambda: not window.menus._go.isEmpty())
    assert "Open another journal…" in titles()
    assert "Backups…" not in titles()
    assert "Back up now" not in titles()
    opened(qtbot, window)
    assert "Backups…" in titles()


def test_whoever_guesses_waits_longer_each_time(qtbot, window):
    view = window.locking.view
    view._second.setInterval(100)
    for number in range(3):
        enter(qtbot, window, f"guess {number}")
    assert "next try in" in view.said.text()
    assert view.is_waiting
    assert not view.unlock_button.isEnabled()
    qtbot.waitUntil(lambda: not view.is_waiting)
    assert "next try" not in view.said.text()
    opened(qtbot, window)


def test_what_is_typed_can_be_shown(qtbot, window):
    field = window.locking.view.field
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.eye.trigger()
    assert field.echoMode() is QLineEdit.EchoMode.Normal


def test_locking_saves_and_starts_again(qtbot, window, path, monkeypatch):
    assert window.locking.lock_when_asked() == "locked"
    store = opened(qtbot, window)
    begun = []
    monkeypatch.setattr(QProcess, "startDetached", lambda _program, words: begun.append(words))
    window.first_view.autosaver._timer.setInterval(10**6)
    qtbot.keyClicks(window.first_view.editor, "Last word. ")
    lock_action(window).trigger()
    assert window.locking.ends_for == "lock"
    assert not window.isVisible()
    with store.read() as session:
        assert journal.entry_rows(session, journal.entry_ids(session))[0].excerpt.endswith("Last word. ")
    window.locking.start_again()
    assert begun[0][-2:] == ["--journal", str(path)]


def test_it_locks_itself_unless_a_dialog_is_open(qtbot, window):
    opened(qtbot, window)
    assert window.locking.idle.minutes == 10
    dialog = QDialog(window)
    dialog.open()
    window.locking.idle.look(10**12)
    assert window.locking.ends_for == ""
    dialog.close()
    window.locking.idle.look(2 * 10**12)
    assert window.locking.ends_for == "lock"


def test_a_touch_puts_it_off(qtbot, window):
    opened(qtbot, window)
    told = []
    watch = IdleWatch(window)
    watch.idle.connect(lambda: told.append(1))
    watch.watch(0)
    watch.look(10**12)
    assert told == []
    watch.watch(5)
    watch.look(watch._touched + 299)
    assert told == []
    watch.look(watch._touched + 300)
    assert told == [1]


@pytest.mark.parametrize("answer", ["ends", "locked", "no"])
def test_another_process_asks_for_the_lock(qtbot, window, path, answer):
    alone = claim(path)

    def lock():
        if answer == "ends":
            alone.release()
        return answer

    alone.answer(window, lock)
    with subprocess.Popen([sys.executable, "-m", "app", "--journal", str(path), "lock"]) as asking:
        qtbot.waitUntil(lambda: asking.poll() is not None, timeout=20_000)
        assert asking.returncode == (3 if answer == "no" else 0)
    alone.release()
    assert ask_to_lock(path)


@pytest.fixture
def plain(qtbot, qapp, path, preferences):
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.store is not None)
    yield window
    window.close()
    background.shutdown()
    if window.store is not None:
        window.store.close()


def asked(qtbot, window):
    window.locking.show_passphrase()
    return window.findChild(PassphraseDialog)


def test_a_passphrase_is_chosen_with_its_code(qtbot, plain, path, preferences):
    lock_action(plain).trigger()
    dialog = plain.findChild(PassphraseDialog)
    assert dialog.form.fields["current"].isHidden()
    dialog.new.setText("short")
    dialog.accept()
    assert "8 characters" in dialog.form.fields["passphrase"].error
    dialog.new.setText(SAID)
    dialog.again.setText(SAID + "!")
    dialog.accept()
    assert "not the same" in dialog.form.fields["again"].error
    dialog.again.setText(SAID)
    dialog.drops_earlier.setChecked(True)
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.sheet.isVisible())
    assert not dialog.primary.isEnabled()
    code = dialog.sheet.code.text()
    dialog.sheet.save_to(str(path.with_name("code.txt")))
    assert code in path.with_name("code.txt").read_text(encoding="utf-8")
    qtbot.waitUntil(lambda: dialog.sheet.code.height() >= dialog.sheet.code.sizeHint().height())
    dialog.sheet.is_kept.setChecked(True)
    dialog.accept()
    assert plain.locking.ends_for == "renewal"
    background.shutdown()  # as the end of the program does
    start.finish(plain)
    plain.locking.carry_on()
    assert "is encrypted" in QSettings(preferences.fileName(), QSettings.Format.IniFormat).value("notice")
    keys.forget()
    for said in (SAID, code):
        keys.forget()
        passphrase.unlock(path, said)
    (newest,) = backups.listed(backups.folder_of(path))
    assert newest.reason == "passphrase"
    assert b"Words under lock" not in newest.path.read_bytes()


def test_the_old_passphrase_is_asked_for(qtbot, window):
    opened(qtbot, window)
    dialog = asked(qtbot, window)
    dialog.choice.set_value("remove")
    dialog._show()
    dialog.current.setText("not the one")
    dialog.accept()
    qtbot.waitUntil(lambda: bool(dialog.form.fields["current"].error))
    dialog.current.setText(SAID)
    dialog.accept()
    qtbot.waitUntil(lambda: window.locking.renewal is not None)
    assert window.locking.renewal.key is None


def test_a_damaged_one_is_told_from_a_wrong_passphrase_and_rescued(qtbot, qapp, path, code, preferences):
    passphrase.unlock(path, SAID)
    with open_store(path) as store:
        backups.take(store, reason="asked", now=NOW)
    keys.forget()
    raw = bytearray(path.read_bytes())
    raw[100:2000] = bytes(1900)
    path.write_bytes(raw)
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    enter(qtbot, window, "not the one")
    assert "does not open" in window.locking.view.said.text()
    enter(qtbot, window, SAID)
    qtbot.waitUntil(lambda: window.findChild(RescueDialog) is not None)
    window.findChild(RescueDialog).accept()
    qtbot.waitUntil(lambda: window.store is not None)
    with window.store.read() as session:
        assert len(journal.entry_ids(session)) == 1
    assert window.store.key is not None
    assert b"Words under lock" not in path.read_bytes()
    window.close()
    background.shutdown()
    window.store.close()


def back_up(path):
    """Take a backup of the encrypted journal, and lock it again."""
    passphrase.unlock(path, SAID)
    with open_store(path) as store:
        backups.take(store, reason="asked", now=NOW)
    keys.forget()


def test_a_destroyed_one_comes_back_from_a_backup_with_the_passphrase(qtbot, qapp, path, code, preferences):
    back_up(path)
    path.write_bytes(bytes(path.stat().st_size))
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.findChild(RescueDialog) is not None)
    dialog = window.findChild(RescueDialog)
    assert not dialog.primary.isEnabled()
    dialog.choice.unlock.field.setText(SAID)
    dialog.choice.unlock.button.click()
    qtbot.waitUntil(dialog.primary.isEnabled)
    dialog.accept()
    qtbot.waitUntil(lambda: window.store is not None)
    assert window.store.key is not None
    assert b"Words under lock" not in path.read_bytes()
    window.close()
    background.shutdown()
    window.store.close()


def test_a_missing_one_comes_back_encrypted_by_its_code(qtbot, qapp, path, code, preferences):
    back_up(path)
    path.unlink()
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.findChild(MissingDialog) is not None)
    dialog = window.findChild(MissingDialog)
    assert dialog.choice.list.currentText().endswith("encrypted")
    assert not dialog.primary.isEnabled()
    assert dialog.focusWidget() is dialog.choice.unlock.field
    dialog.choice.unlock.field.setText("not the one")
    dialog.choice.unlock.button.click()
    qtbot.waitUntil(lambda: "does not open" in dialog._wrong.text())
    dialog.choice.unlock.field.setText(code)
    dialog.choice.unlock.button.click()
    qtbot.waitUntil(dialog.primary.isEnabled)
    assert dialog._wrong.isHidden()
    dialog.accept()
    qtbot.waitUntil(lambda: window.store is not None)
    assert window.store.key is not None
    assert b"Words under lock" not in path.read_bytes()
    window.close()
    background.shutdown()
    window.store.close()


def test_a_plain_backup_in_its_place_is_told_and_can_be_encrypted(qtbot, qapp, path, code, preferences):
    with open_store(path.with_name("Plain.northing")) as plain:
        made = backups.take(plain, reason="asked", now=NOW)
    back_up(path)
    path.unlink()
    window = start.open_window(path, preferences)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.findChild(MissingDialog) is not None)
    dialog = window.findChild(MissingDialog)
    dialog.choice.look_into(str(made.path.parent))
    dialog.choice.list.setCurrentIndex([backup.path for backup in dialog.choice.backups].index(made.path))
    dialog.accept()
    qtbot.waitUntil(lambda: any("is not encrypted" in text for text in window.messages.texts))
    assert window.store.key is None
    window.messages.act()
    assert window.findChild(PassphraseDialog) is not None
    window.close()
    background.shutdown()
    window.store.close()


def test_pictures_are_sealed_and_shown(qtbot, window, path, tmp_path):
    opened(qtbot, window)
    folder = paths.files_dir(path)
    drawn = QImage(40, 30, QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.red)
    drawn.save(str(tmp_path / "red.png"))
    kept = attachments.keep_file(folder, tmp_path / "red.png")
    assert [file.suffix for file in folder.iterdir()] == [".sealed"]
    shown = picture(folder / kept.sha256, 40)
    assert shown is not None
    assert shown.pixelColor(5, 5).name() == "#ff0000"
    with window.store.write() as session:
        entry = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="![](red.png)")
        (row,) = attachments.attach(session, entry.id, [kept], now=NOW)
    bar = FilesBar(folder, window)
    assert bar.copy_to(row, tmp_path / "copy.png")
    assert (tmp_path / "copy.png").read_bytes() == (tmp_path / "red.png").read_bytes()


def test_a_backup_under_another_passphrase_asks_for_that_one(qtbot, window, path):
    store = opened(qtbot, window)
    backups.take(store, reason="asked", now=NOW)
    window.locking.idle.watch(0)
    window.close()
    store.close()
    passphrase.change(path, keys.new_key("quite another one"))
    keys.forget()
    passphrase.unlock(path, "quite another one")
    with open_store(path) as now:
        dialog = BackupsDialog(now, window)
        qtbot.waitUntil(lambda: not dialog.unlock.isHidden())
        assert not dialog.primary.isEnabled()
        dialog.unlock.field.setText("no")
        dialog.unlock.button.click()
        qtbot.waitUntil(lambda: "does not open" in dialog.said.text())
        dialog.unlock.field.setText(SAID)
        dialog.unlock.button.click()
        qtbot.waitUntil(dialog.primary.isEnabled)
        assert dialog.unlock.isHidden()


def test_the_time_until_it_locks_is_kept(qtbot, window):
    store = opened(qtbot, window)
    dialog = asked(qtbot, window)
    dialog.lock_after.setCurrentIndex(dialog.lock_after.findData(0))
    dialog.lock_after.activated.emit(0)
    with store.read() as session:
        assert settings(session).lock_after == 0
    assert window.locking.idle.minutes == 0


def test_a_failure_is_told_at_the_next_start(qtbot, qapp, path):
    with open_store(path) as other, other.read() as session:
        journal.entry_ids(session)
        said = carry_out(path, Renewal(keys.new_key(SAID)), now=NOW)
    assert "holds the journal" in said
    assert "as it was" in said
    assert not keys.is_locked(path)
