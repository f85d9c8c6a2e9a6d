"""The checklist on a skill's sheet, and the technical map in the domain notebook."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core import skills
from app.ui.skills.editing import SkillDialog
from app.ui.skills.experience import PartDialog


def test_lines_are_added_and_ticked_and_editing_keeps_them(qtbot, page, store):
    skill = page._board.skills[0].id
    page.open_item(skill)
    card = page.detail.checklist
    qtbot.keyClicks(card.field, "Wrote a strategy")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    qtbot.keyClick(card.boxes[0], Qt.Key.Key_Space)
    page.asking.edit(skill)
    dialog = page.findChild(SkillDialog)
    dialog.name.setText("Strategy")
    dialog.accept()
    with store.read() as session:
        assert skills.checklist(session, skill) == [(True, "Wrote a strategy")]


def test_a_part_is_put_on_the_map_with_what_to_ask_next(qtbot, page):
    page.show_domain()
    page.asking.add_part()
    dialog = page.findChild(PartDialog)
    dialog.name.setText("Billing")
    dialog.accept()
    QApplication.processEvents()
    (line,) = page.domain.map.lines
    assert line.text() == "Billing · depth 0 of 4 · next to ask: I can name it and say what it is for"
    line.click()
    assert page.detail.title.text() == "Billing"
