"""Help as a person uses it: find, read, look up a key, copy the facts."""

from __future__ import annotations

import re
import subprocess
import sys

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog

from app.core import guide, journal
from app.core.licences import licences
from app.ui import errors
from app.ui.help.about import AboutDialog
from app.ui.help.guide import GuideDialog
from app.ui.help.keys import KeysDialog
from app.ui.kit.actions import plain
from app.ui.window.pages import PAGES
from tests.conftest import NOW


def opened(window, kind: type[QDialog]):
    (dialog,) = [found for found in window.findChildren(QDialog) if isinstance(found, kind)]
    return dialog


def test_every_page_of_the_guide_has_a_title_and_its_words_find_it():
    pages = guide.pages()
    assert all(page.title and page.text.startswith("# ") for page in pages)
    assert guide.matching("BACKUP going", pages)[0].name == "backups"
    assert {kind.name for kind in PAGES} <= {page.name for page in pages}
    assert guide.matching("no such word anywhere", pages) == []
    assert guide.matching("", pages) == list(pages)


def test_the_guide_is_searched_while_one_types(qtbot, window):
    window.helping.show_guide()
    dialog = opened(window, GuideDialog)
    qtbot.keyClicks(dialog.search, "forecast")
    assert dialog.list.item(0).text() == "Check-ins, pace and forecast"  # its title says it, so it comes first
    assert "The forecast is a range" in dialog.page.toPlainText()
    assert [mark.cursor.selectedText() for mark in dialog.page.extraSelections()] == ["forecast"] * 2
    dialog.search.setText("your words")  # said far below, too
    assert any(mark.cursor.blockNumber() > 0 for mark in dialog.page.extraSelections())
    qtbot.keyClicks(dialog.search, "xyzzy")
    assert dialog.list.isHidden()
    assert not dialog.nothing.isHidden()


def test_every_link_of_the_guide_leads_somewhere_and_every_picture_is_there():
    pages = guide.pages()
    names = {page.name for page in pages}
    shown = set()
    for page in pages:
        for mark, target in re.findall(r"(!?)\[[^\]]+\]\(([^)]+)\)", page.text):
            if mark:
                files = guide.picture(target), guide.picture(target, dark=True)
                assert all(files), (page.name, target)
                shown |= {file.name for file in files}
            else:
                assert target in names, (page.name, target)
    assert {file.name for file in (guide.FOLDER / "pictures").iterdir()} == shown
    assert guide.picture("../01-first-day.md") is None


def test_every_command_that_the_guide_names_is_one(window):
    """Words in italics that name a menu entry, and keys in bold, are as they are on screen."""
    for kind in PAGES:
        window.show_page(kind.name)
    doable = [made for page in [window, *window.pages.values()] for made in page.findChildren(QAction)]
    keys = {made.shortcut().toString() for made in doable}
    texts = {plain(made.text()) for made in doable}
    for page in guide.pages():
        text = " ".join(page.text.split())
        for named in re.findall(r"\*\*((?:Ctrl|Shift|Alt)\+[^*]+|F\d)\*\*", text):
            assert named in keys | {"Shift+Enter", "Alt+Down"}, (page.name, named)
        for menu, named in re.findall(r"\*(File|Help|Objectives|Format|Journal) → ([^*]+)\*", text):
            assert plain(named) in texts, (page.name, menu, named)


def test_the_guide_opens_where_one_is_and_links_lead_on(qtbot, window):
    window.show_page("skills")
    window.helping.show_guide_here()
    dialog = opened(window, GuideDialog)
    assert dialog.shown.name == "skills"
    dialog.search.setText("tray")
    dialog.page.link_requested.emit("backups")
    assert dialog.shown.name == "backups"
    assert dialog.search.text() == ""


def test_the_keyboard_sheet_lists_what_the_menus_can_do(qtbot, window):
    qtbot.waitUntil(lambda: bool(window.menus.actions()))
    window.helping.show_keys()
    dialog = opened(window, KeysDialog)
    assert ("Find anything", "Ctrl+K") in dialog.lines()
    assert ("Keyboard", "F1") in dialog.lines()
    qtbot.keyClicks(dialog.search, "settings")
    assert dialog.lines() == [("Settings", "Ctrl+,")]


def test_diagnostics_hold_versions_and_not_a_word_of_the_journal(qtbot, window):
    with window.store.write() as session:
        journal.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text="Zanzibar negotiations #secret")
    window.helping.show_about()
    dialog = opened(window, AboutDialog)
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "Northing: " in copied
    assert "1 note" in copied
    assert "anzibar" not in copied
    assert "secret" not in copied


def test_diagnostics_are_one_command_away(qtbot, window):
    with window.store.write() as session:
        journal.add_entry(session, day=NOW.date(), now=NOW, zone="UTC", text="Zanzibar negotiations #secret")
    (copy,) = [made for made in window.menus.actions() if made.text() == "Copy diagnostics"]
    copy.trigger()
    copied = QGuiApplication.clipboard().text()
    assert "Portable: no" in copied
    assert "Crashes: " in copied
    assert "on offscreen" in copied
    assert "Look: light, shown light" in copied
    assert "anzibar" not in copied
    assert window.messages.texts[0].startswith("Copied")


def test_the_log_goes_round_in_three_files_and_holds_no_word_of_an_entry(tmp_path, monkeypatch):
    path = tmp_path / "logs" / "northing.log"
    monkeypatch.setattr(errors.log, "handlers", [])
    errors.keep_log(path)
    errors.keep_log(path)
    assert len(errors.log.handlers) == 1
    try:
        for _ in range(4000):
            try:
                raise ValueError("my secret diary")
            except ValueError as error:
                errors.log.error(errors.described(error))
        errors.log.error("x" * 190_000)
        for _ in range(3):
            errors.log.error("y" * 150_000)
    finally:
        errors.log.handlers[0].close()
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["northing.log", "northing.log.1", "northing.log.2"]
    assert all(0 < file.stat().st_size <= 200_000 for file in files)
    assert not any("secret" in file.read_text(encoding="utf-8") for file in files)


def test_a_crash_tells_where_it_was_and_nothing_more(tmp_path):
    path = tmp_path / "crash.log"
    script = (
        "import ctypes; from pathlib import Path; from app.ui import errors;"
        f"errors.keep_crashes(Path({str(path)!r})); words = 'my secret diary'; ctypes.string_at(0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    said = path.read_text(encoding="utf-8")
    assert "Fatal Python error" in said or "Windows fatal exception" in said
    assert "secret" not in said


def test_every_part_comes_with_its_licence():
    texts = {licence.name: licence.text for licence in licences()}
    assert next(iter(texts)) == "Northing"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts["Qt and PySide6"]
    for name in (
        "SQLCipher, SQLite, OpenSSL",
        "Inter",
        "JetBrains Mono",
        "Lucide",
        "numpy",
        "SQLAlchemy",
        "pyqtgraph",
    ):
        assert len(texts[name]) > 300, name
