"""Where is my data?: every place, and a warning where one is due."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from app.core import journal
from app.core.model import Entry
from app.core.store import open_store
from app.core.whereabouts import Whereabouts
from app.ui.settings.backups import BackupsDialog
from app.ui.settings.places import PlacesDialog, sentences
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def test_every_place_is_listed_with_its_size(qtbot, window):
    window.keeping.show_places()
    dialog = window.findChild(PlacesDialog)
    assert window.path in dialog.places.values()
    qtbot.waitUntil(lambda: dialog._sizes[window.path].text().endswith("B"))
    assert (
        dialog._sizes[next(p for p in dialog.places.values() if p.name.endswith(".files"))].text()
        == "not there yet"
    )
    assert dialog.warning.isHidden()


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_others_are_kept_out_by_a_click(qtbot, window):
    window.path.chmod(0o644)
    window.path.parent.chmod(0o755)
    window.keeping.show_places()
    dialog = window.findChild(PlacesDialog)
    qtbot.waitUntil(lambda: "Other people" in dialog.warning.text())
    assert dialog.warning.height() >= dialog.warning.heightForWidth(dialog.warning.width())
    dialog.own_button.click()
    qtbot.waitUntil(dialog.own_button.isHidden)
    assert dialog.warning.isHidden()
    assert window.path.stat().st_mode & 0o777 == 0o600


def test_what_was_set_aside_is_told(qtbot, window):
    aside = window.path.with_name("Journal set aside 2026-11-23 093000Z.northing")
    aside.write_bytes(b"old")
    window.keeping.show_places()
    assert aside in window.findChild(PlacesDialog).places.values()


def test_a_version_from_another_computer_is_compared_and_brought_over(qtbot, window):
    with window.store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Both have it")
    other = window.path.with_name("Journal (Ana's conflicted copy 2026-11-23).northing")
    window.store.copy_to(other)
    with open_store(other) as theirs, theirs.write() as session:
        (entry,) = session.query(Entry).all()
        journal.edit_text(session, entry.id, "Both have it, she more", rev=1, now=NOW)
    third = window.path.with_name("Journal-ANAS-PC.northing")
    window.store.copy_to(third)
    window.keeping.start()
    qtbot.waitUntil(lambda: any("other computers" in said for said in window.messages.texts))
    next(made for made in window.messages.findChildren(QPushButton) if made.text() == "Compare…").click()
    dialog = window.findChild(BackupsDialog)
    assert [dialog.list.item(row).text().split("\n")[0] for row in range(2)] == [other.name, third.name]
    qtbot.waitUntil(lambda: dialog.changes.then.toPlainText() == "Both have it, she more")
    assert dialog.changes.now.toPlainText() == "Both have it"
    dialog.items_button.click()

    def is_here():
        with window.store.read() as session:
            return session.query(Entry).one().text == "Both have it, she more"

    qtbot.waitUntil(is_here)


def test_a_synced_folder_is_told_once(qtbot, window):
    place = Whereabouts("Dropbox", is_on_network=True, conflicts=(Path("Journal (1).northing"),))
    assert len(sentences(place, window)) == 3
    window.keeping._warn_of_place(place)
    assert "Dropbox" in window.messages.texts[0]
    window.messages.clear()
    window.keeping._warn_of_place(place)
    assert window.messages.texts == []
