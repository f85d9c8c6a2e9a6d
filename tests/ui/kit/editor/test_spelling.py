"""Spelling, by the dictionary that ships."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QFileDialog, QMenu

from app.ui.kit.editor import MarkdownEditor, comfort, dictionaries
from app.ui.kit.editor.dictionaries import languages, product_words, usual_language
from app.ui.kit.editor.menu import comfort_menu
from app.ui.kit.editor.ownwords import OwnWordsDialog
from app.ui.kit.editor.spelling import speller, word_at
from app.ui.kit.editor.spellmenu import offer_spelling


@pytest.fixture
def edit(qtbot, tmp_path):
    comfort().remember_in(QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))
    comfort().choose_language("en_US")
    made = MarkdownEditor()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def wrong(edit, line=0):
    block = edit.document().findBlockByNumber(line)
    wave = QTextCharFormat.UnderlineStyle.SpellCheckUnderline
    return [
        block.text()[made.start : made.start + made.length]
        for made in block.layout().formats()
        if made.format.underlineStyle() == wave
    ]


def test_wrong_words_are_marked_and_right_ones_are_not(qtbot, edit):
    edit.set_text(
        "The roadmap for teh onboarding, by GitHub, QBR and Søren’s recieved memo in the café.\n"
        "`teh` #recieve @teh [[teh]] https://teh.org teh.org [a](teh) ![](teh%20x.png) Привет 定价 v2x don't"
    )
    qtbot.waitUntil(lambda: len(wrong(edit)) > 2, timeout=20_000)
    assert wrong(edit) == ["teh", "Søren’s", "recieved"]
    assert wrong(edit, 1) == []


def test_a_word_is_left_alone_while_it_is_typed(qtbot, edit):
    edit.set_text("teh ")
    qtbot.waitUntil(lambda: wrong(edit) == ["teh"], timeout=20_000)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(edit, "teh")
    assert wrong(edit) == ["teh"]
    qtbot.keyClick(edit, Qt.Key.Key_Space)
    assert wrong(edit) == ["teh", "teh"]


def test_the_menu_offers_words_and_the_dictionary_learns(qtbot, edit):
    edit.set_text("say teh and xyzzyq")
    qtbot.waitUntil(lambda: wrong(edit) == ["teh", "xyzzyq"], timeout=20_000)
    cursor = edit.textCursor()
    cursor.setPosition(5)
    menu = QMenu(edit)
    offer_spelling(menu, edit, cursor)
    qtbot.waitUntil(lambda: any(made.data() == "the" for made in menu.actions()), timeout=20_000)
    next(made for made in menu.actions() if made.data() == "the").trigger()
    assert edit.text() == "say the and xyzzyq"
    edit.undo()
    assert edit.text() == "say teh and xyzzyq"
    edit.moveCursor(cursor.MoveOperation.Start)
    speller().learn("xyzzyq")
    assert wrong(edit) == ["teh"]
    assert comfort().words == ["xyzzyq"]


def test_a_word_is_taken_out_of_the_own_dictionary_again(qtbot, edit):
    edit.set_text("say teh and xyzzyq")
    qtbot.waitUntil(lambda: wrong(edit) == ["teh", "xyzzyq"], timeout=20_000)
    speller().learn("xyzzyq")
    speller().learn("teh")
    assert wrong(edit) == []
    dialog = OwnWordsDialog(edit)
    qtbot.addWidget(dialog)
    dialog.words.setPlainText("teh\n\n  Krolm ")
    dialog.accept()
    assert comfort().words == ["Krolm", "teh"]
    qtbot.waitUntil(lambda: wrong(edit) == ["xyzzyq"], timeout=20_000)


def test_a_slip_of_two_letters_is_put_right_first(qtbot, edit):
    edit.set_text("Teh plan")
    qtbot.waitUntil(lambda: wrong(edit) == ["Teh"], timeout=20_000)
    found = []
    speller().suggest("Teh", found.extend)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    assert found[0] == "The"


@pytest.fixture
def german(tmp_path):
    (tmp_path / "de_DE.aff").write_text("SET UTF-8\nTRY esianrtäöü\n", encoding="utf-8")
    (tmp_path / "de_DE.dic").write_text("3\nHaus\nist\nschön\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["files", "extension"])
def test_a_dictionary_is_added_and_the_one_of_the_system_comes_back(qtbot, edit, german, form):
    chosen = german / "de_DE.dic"
    if form == "extension":
        chosen = german / "dict-de.oxt"
        with zipfile.ZipFile(chosen, "w") as packed:
            for ending in (".aff", ".dic"):
                packed.write(german / f"de_DE{ending}", f"dictionaries/de_DE{ending}")
    edit.set_text("Haus ist roadmap word schn")
    qtbot.waitUntil(lambda: wrong(edit) == ["Haus", "ist", "schn"], timeout=20_000)
    languages_menu = comfort_menu(edit, edit).actions()[-1].menu()
    languages_menu.aboutToShow.emit()
    next(made for made in languages_menu.actions() if made.text() == "&Add a dictionary…").trigger()
    dialog = edit.findChild(QFileDialog)
    dialog.fileSelected.emit(str(chosen))
    dialog.close()
    qtbot.waitUntil(lambda: wrong(edit) == ["word", "schn"], timeout=20_000)
    languages_menu.aboutToShow.emit()
    assert [made.text() for made in languages_menu.actions() if made.isChecked()] == ["Deutsch"]
    languages_menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: wrong(edit) == ["Haus", "ist", "schn"], timeout=20_000)


def test_a_damaged_dictionary_is_told_and_spelling_goes_on(qtbot, edit, german):
    edit.set_text("Haus teh")
    qtbot.waitUntil(lambda: wrong(edit) == ["Haus", "teh"], timeout=20_000)
    (german / "de_DE.aff").write_bytes(b"SET NOPE\nSFX")
    with qtbot.waitSignal(speller().refused, timeout=20_000) as told:
        dictionaries.adopt(german / "de_DE.aff")
        comfort().choose_language("de_DE")
    assert "“de_DE” cannot be read" in told.args[0]
    qtbot.waitUntil(lambda: wrong(edit) == ["Haus", "teh"], timeout=20_000)
    (german / "lone.aff").write_text("SET UTF-8")
    assert dictionaries.adopt(german / "lone.aff") == []


def test_spelling_is_switched_off(qtbot, edit):
    edit.set_text("teh")
    edit.set_text("teh .")
    qtbot.waitUntil(lambda: wrong(edit) == ["teh"], timeout=20_000)
    comfort().switch("spelling", on=False)
    assert wrong(edit) == []


@pytest.mark.parametrize(
    ("locale", "name"),
    [("en_GB", "en_GB"), ("en_AU", "en_GB"), ("en_CA", "en_US"), ("de_AT", "de_DE"), ("fi_FI", "en_US")],
)
def test_the_dictionary_follows_the_system(locale, name):
    assert usual_language(locale, ["en_US", "en_GB", "de_DE"]) == name


def test_what_ships_is_there(qapp):
    assert {"en_US", "en_GB"} <= set(languages())
    assert {"OKR", "roadmap"} <= product_words()
    assert word_at("a word here", 4) == (2, 6)
