"""One sitting with the demo by keyboard alone: assess all, choose a role, prove three gaps, look back a year."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core import roadmap, skills
from app.ui.window import MainWindow
from tests.conftest import NOW
from tests.ui.skills.conftest import settle

TODAY = NOW.date()
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
KEY = Qt.Key


@pytest.fixture
def store(tmp_path, demo_journal):
    """The demo, where the window opens its journal."""
    shutil.copy(demo_journal, tmp_path / "Journal.northing")


def here():
    """The widget that the keyboard is in; a desktop gives it back to the window when a dialog closes."""
    if QApplication.activeWindow() is None:
        shown = (
            each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()
        )
        next(shown).activateWindow()
        settle()
    found = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert found is not None, "the keyboard is nowhere"
    return found


def press(*keys, held=Qt.KeyboardModifier.NoModifier):
    """Press keys where the keyboard is, as a person would."""
    for key in keys:
        QTest.keyClick(here(), key, held)
        settle()


def type_in(text):
    QTest.keyClicks(here(), text)
    settle()


def assess(levels):
    """Go through all skills: a level each, every fourth with half more, one said as before, one with a note."""
    for place, level in enumerate(levels):
        if place == 5:
            press(KEY.Key_Equal)
        else:
            press(KEY(KEY.Key_0 + level), *([KEY.Key_Period] if place % 4 == 0 else []))
        if place == 2:
            while here().accessibleName() != "Note":
                press(KEY.Key_Tab)
            type_in("Ran it alone since spring")
            press(KEY.Key_Return, held=CTRL)
        else:
            press(KEY.Key_Return)


def prove(word):
    """Link two entries that say `word` to the skill on show."""
    press(KEY.Key_E, held=ALT)
    type_in(word)
    press(KEY.Key_Down, KEY.Key_Space, KEY.Key_Down, KEY.Key_Space)
    press(KEY.Key_Return, held=CTRL)


def test_a_whole_sitting_by_keyboard_alone(qtbot, store, window):
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(KEY.Key_5, held=CTRL)
    page = window.pages["skills"]

    press(KEY.Key_F8)
    assert page.assessment.count.text() == "1 of 27"
    assess([2 + place % 3 for place in range(27)])
    assert page.sheets.currentWidget() is page.overview
    with window.store.read() as session:
        board = skills.board(session, on=TODAY)
    assert {skill.now.day for skill in board.skills} == {TODAY}
    assert board.skills[0].now.level == 2.5

    press(KEY.Key_R, held=ALT)
    while page.overview.role.currentText() != "Principal / lead PM":
        press(KEY.Key_Down)
    gaps = page.overview.gaps.model
    assert gaps.rowCount() > 3

    wanted = [gaps.row(place).skill.id for place in range(3)]
    for place, word in enumerate(("clinic", "team", "call")):
        press(KEY.Key_G, held=CTRL)
        press(*[KEY.Key_Up] * 3, *[KEY.Key_Down] * place, KEY.Key_Return)
        assert page._skill_id == wanted[place]
        prove(word)
        press(KEY.Key_Escape)
    with window.store.read() as session:
        assert all(len(skills.evidence_of(session, skill)) >= 2 for skill in wanted)

    press(KEY.Key_G, held=CTRL)
    press(KEY.Key_P, KEY.Key_Return)
    press(KEY.Key_Return, held=CTRL)
    chosen = gaps.row(page.overview.gaps.table.currentIndex().row())
    with window.store.read() as session:
        newest = max(roadmap.steps(session, today=TODAY), key=lambda step: step.id)
    assert newest.serves == (chosen.skill.title,)

    press(KEY.Key_Y, held=CTRL | SHIFT)
    assert page.overview.past_day == TODAY.replace(year=TODAY.year - 1)
    table = page.overview.radar.table()
    assert len(table.columns) == 5
    assert all(row[-1] is not None for row in table.rows)
    press(KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Right, KEY.Key_Right)
    assert page.overview.view.value() == "skills"
    assert "Change" in page.overview.bars.table().columns
