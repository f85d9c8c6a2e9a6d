"""Spelling, by the dictionary that ships."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QMenu

from app.ui.kit.editor import MarkdownEditor, comfort
from app.ui.kit.editor.dictionaries import languages, product_words, usual_language
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
