"""The checklist on a skill's sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.core import skills
from app.ui.skills.editing import SkillDialog
from tests.ui.skills.conftest import settle


def test_lines_are_added_and_ticked_and_editing_keeps_them(qtbot, page, store):
    skill = page._board.skills[0].id
    page.open_item(skill)
    card = page.detail.checklist
    qtbot.keyClicks(card.field, "Wrote a strategy")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    settle()
    qtbot.keyClick(card.boxes[0], Qt.Key.Key_Space)
    page.asking.edit(skill)
    dialog = page.findChild(SkillDialog)
    dialog.name.setText("Strategy")
    dialog.accept()
    with store.read() as session:
        assert skills.checklist(session, skill) == [(True, "Wrote a strategy")]
