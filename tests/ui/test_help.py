"""Help as a person uses it: find, read, look up a key, copy the facts."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from app.core import guide, journal
from app.core.licences import licences
from app.ui.help.about import AboutDialog
from app.ui.help.guide import GuideDialog
from app.ui.help.keys import KeysDialog
from tests.conftest import NOW


def opened(window, kind: type[QDialog]):
    (dialog,) = [found for found in window.findChildren(QDialog) if isinstance(found, kind)]
    return dialog


def test_every_page_of_the_guide_has_a_title_and_its_words_find_it():
    pages = guide.pages()
    assert len(pages) >= 6
    assert all(page.title and page.text.startswith("# ") for page in pages)
    assert guide.matching("BACKUP damage", pages)[0].name == "5-safety"
    assert guide.matching("no such word anywhere", pages) == []
    assert guide.matching("", pages) == list(pages)


def test_the_guide_is_searched_while_one_types(qtbot, window):
    window.helping.show_guide()
    dialog = opened(window, GuideDialog)
    qtbot.keyClicks(dialog.search, "forecast")
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["Objectives and key results"]
    assert "Theil" not in dialog.page.toPlainText()
    assert "The forecast is a range" in dialog.page.toPlainText()
    qtbot.keyClicks(dialog.search, "xyzzy")
    assert dialog.list.isHidden()
    assert not dialog.nothing.isHidden()


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
