"""The dialogs for the model, for roles and for ladders."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox

from app.core import skills
from app.ui.kit.chart import ChartFrame
from app.ui.skills.ladder import LadderDialog
from app.ui.skills.model import ModelDialog
from app.ui.skills.role import RoleDialog
from tests.ui.skills.conftest import settle

TODAY = date(2026, 11, 23)


def board(store):
    with store.read() as session:
        return skills.board(session, on=TODAY)


def test_a_skill_moves_on_into_the_next_area_and_leaves_the_page(qtbot, page, store):
    before = board(store)
    page.asking.arrange()
    dialog = page.findChild(ModelDialog)
    first = dialog.tree.topLevelItem(0)
    last = first.child(first.childCount() - 1)
    title = last.text(0)
    dialog.tree.setCurrentItem(last)
    dialog._down()
    assert dialog.why.text() == board(store).areas[1].why
    dialog.tree.setCurrentItem(first)
    qtbot.keyClicks(dialog.why, "! ")
    first.child(0).setCheckState(0, Qt.CheckState.Unchecked)
    hidden = first.child(0).text(0)
    dialog.accept()
    whys = [area.why for area in before.areas]
    found = board(store)
    assert found.areas[1].skills[0].title == title
    assert [area.why for area in found.areas] == [f"{whys[0]}!", *whys[1:]]
    assert hidden not in {skill.title for skill in found.skills}


def test_a_role_is_ticked_by_keyboard_beside_a_job_description(qtbot, page, store):
    page.asking.add_role()
    dialog = page.findChild(RoleDialog)
    dialog.accept()
    dialog.name.setText("Head of pricing")
    dialog.text.setPlainText("Sets product strategy and vision")
    item = dialog.asked.topLevelItem(0).child(0)
    assert item.text(2) == "named"
    dialog.asked.setCurrentItem(item)
    qtbot.keyClick(dialog.asked, Qt.Key.Key_4)
    qtbot.keyClick(dialog.asked, Qt.Key.Key_Period)
    dialog.accept()
    found = board(store)
    assert (found.role.title, found.skills[0].expected, found.skills[1].expected) == ("Head of pricing", 4.5, None)


def test_a_level_that_a_role_asks_is_set_by_mouse(qtbot, page, store):
    page.asking.add_role()
    dialog = page.findChild(RoleDialog)
    qtbot.keyClicks(dialog.name, "Head of pricing")
    tree, item = dialog.asked, dialog.asked.topLevelItem(0).child(1)
    level = tree.visualItemRect(item)
    level.setLeft(tree.header().sectionPosition(1))
    level.setWidth(tree.header().sectionSize(1))
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=level.center())
    assert item.checkState(0) == Qt.CheckState.Checked
    editor = tree.viewport().findChild(QDoubleSpinBox)
    assert editor.value() == 3.0
    editor.stepUp()
    dialog.accept()
    assert board(store).skills[1].expected == 3.5


def test_a_ladder_is_shown_before_it_is_written(page, store, tmp_path):
    file = tmp_path / "ladder.csv"
    file.write_text("Category,Parameter,Description,L1,L2,L3,L4,L5,L6\nCraft,Discovery,,a,b,c,d,e,f\nCraft,,,x\n")
    said = []
    page.announced.connect(lambda sentence, undo: said.append(undo))
    page.asking.ladders.show_file(str(file))
    dialog = page.findChild(LadderDialog)
    assert dialog.problems.topLevelItemCount() == 1
    dialog.into.set_value("here")
    dialog._plan()
    assert dialog.primary.text() == "Add skills (1)"
    assert len(board(store).skills) == 27
    dialog.levels[5].setCurrentIndex(0)
    dialog.accept()
    settle()
    assert board(store).skills[-1].anchors == ("a", "b", "c\n\nd", "e", "")
    said[-1]()
    assert len(board(store).skills) == 27


def test_where_a_chart_was_saved_is_said(page, tmp_path):
    said = []
    page.announced.connect(lambda sentence, undo: said.append(sentence))
    for frame in page.findChildren(ChartFrame):
        frame.save_csv(str(tmp_path / "chart.csv"))
    assert len(said) == 8
    assert set(said) == {f"Saved as “{tmp_path / 'chart.csv'}”."}
