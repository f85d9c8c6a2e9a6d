"""The technical map: parts with a depth, proven by a dated entry, and what to ask next."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from app.core import journal, skills
from app.ui.skills.mapping import PartDialog
from tests.conftest import NOW
from tests.ui.skills.conftest import settle

TODAY = date(2026, 11, 23)


def add_part(page, name):
    page.asking.add_part()
    dialog = next(each for each in page.findChildren(PartDialog) if each.isVisible())
    dialog.name.setText(name)
    dialog.accept()
    settle()


def test_a_part_is_mapped_rated_and_proven_by_keyboard(qtbot, page, store):
    page.show_map()
    assert page.map.nothing.isVisible()
    add_part(page, "Billing")
    add_part(page, "Search")
    view = page.map
    first = "What is it for, and who looks after it?"
    assert [view.list.topLevelItem(place).text(3) for place in (0, 1)] == [first, first]
    assert view.heat.table().rows == [["Billing", None, None, None, None], ["Search", None, None, None, None]]
    view.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert page.detail.title.text() == "Billing"
    qtbot.keyClick(page.detail.scale, Qt.Key.Key_5)
    assert page.detail.scale.level is None
    qtbot.keyClick(page.detail.scale, Qt.Key.Key_2)
    page.detail.save.click()
    settle()
    part = page._parts.skills[0]
    assert page.detail.state.text == "Claimed: 0 of 1 pieces of evidence"
    with store.write() as session:
        piece = journal.add_entry(session, day=TODAY, now=NOW, zone="UTC", text="Drew billing with Ana").id
        skills.prove(session, [piece], part.id, now=NOW)
    settle()
    assert page.detail.state.text == "Proven"
    page._back()
    assert page.sheets.currentWidget() is view
    assert view.heat.table().rows[-1] == ["Billing", "proven", "proven", "", ""]
    assert view.list.topLevelItem(1).text(3) == "What was given up to build it this way?"


def test_the_parts_are_gone_through_like_skills_and_stand_outside_of_the_model(qtbot, page, store):
    page.show_map()
    for name in ("Billing", "Search"):
        add_part(page, name)
    page.map.assessment_requested.emit()
    assert page.assessment.count.text() == "1 of 2"
    for level in (Qt.Key.Key_1, Qt.Key.Key_4):
        qtbot.keyClick(page.assessment.scale, level)
        qtbot.keyClick(page.assessment.scale, Qt.Key.Key_Return)
    settle()
    assert page.sheets.currentWidget() is page.map
    assert [part.now.level for part in page._parts.skills] == [1, 4]
    assert len(page.overview.radar.table().rows) == 7
