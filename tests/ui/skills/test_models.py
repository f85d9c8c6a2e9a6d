"""Several competency models on the page: chosen, added, renamed, put away, thrown away, and each undone."""

from __future__ import annotations

from datetime import date

import pytest

from app.core import skills
from app.core.model import Skill
from app.ui.skills.editing import SkillDialog
from app.ui.skills.ladder import LadderDialog
from app.ui.skills.models import NameDialog
from tests.conftest import NOW
from tests.ui.skills.conftest import settle

TODAY = date(2026, 11, 23)


@pytest.fixture
def undo(page):
    """What takes the last announced thing back."""
    said = []
    page.announced.connect(lambda sentence, back: said.append(back))

    def run():
        settle()
        said.pop()()
        settle()

    return run


def named(page):
    return [row.text().split("   ")[0] for row in page.models.choices]


def ask(page, act, name):
    act()
    dialog = next(each for each in page.findChildren(NameDialog) if each.isVisible())
    dialog.name.setText(name)
    dialog.accept()
    settle()
    return dialog


def test_an_empty_model_is_added_filled_and_taken_back(page, store, undo):
    refused = ask(page, page.models.add, "product management")
    assert refused.form.fields["title"].error == "Another model has this name."
    refused.reject()
    settle()
    ask(page, page.models.add, "Acme & sons")
    assert (page.models.button.accessibleName(), page.model.rowCount()) == ("Competency model: Acme & sons", 0)
    page._begin_assessment()
    assert page.sheets.currentWidget() is page.overview
    page._new.trigger()
    dialog = page.findChild(SkillDialog)
    dialog.name.setText("Discovery")
    dialog.accept()
    settle()
    assert page.detail.title.text() == "Discovery"
    assert page.model.rowCount() == 2
    page.models.choices[0].trigger()
    settle()
    assert page.model.rowCount() == 34


def test_an_added_model_is_taken_back(page, undo):
    ask(page, page.models.add, "Acme")
    undo()
    assert named(page) == ["Product management"]


def test_a_model_is_renamed_put_away_and_thrown_away_and_each_is_undone(page, store, undo):
    ask(page, page.models.add, "Acme")
    ask(page, page.models.rename, "Acme 2")
    assert named(page) == ["Product management", "Acme 2"]
    undo()
    assert named(page) == ["Product management", "Acme"]
    page.models.archive()
    settle()
    assert (page.models.button.text(), named(page)) == ("Product management", ["Product management", "Acme"])
    assert not page.models._acts[2].isEnabled()
    undo()
    assert page.models.button.text() == "Acme"
    page.models.trash()
    settle()
    assert named(page) == ["Product management"]
    undo()
    assert page.models.button.text() == "Acme"


def test_a_ladder_becomes_a_model_with_roles_and_goes_with_one_undo(page, store, undo, tmp_path):
    file = tmp_path / "ladder.csv"
    file.write_text("Category,Parameter,Description,Junior,Senior\nCraft,Discovery,,asks,frames\n")
    page.asking.ladders.show_file(str(file))
    dialog = page.findChild(LadderDialog)
    dialog.name.setText("")
    dialog.accept()
    assert dialog.isVisible()
    dialog.name.setText("Acme")
    dialog.accept()
    settle()
    assert page.models.button.text() == "Acme"
    roles = [page.overview.role.itemText(place) for place in range(page.overview.role.count())]
    assert roles == ["No target role", "Junior", "Senior"]
    undo()
    assert (page.models.button.text(), page.model.rowCount()) == ("Product management", 34)


def test_a_skill_of_another_model_brings_that_into_use(page, store):
    with store.write() as session:
        acme = skills.add_model(session, "Acme", now=NOW)
        skills.use_model(session, acme)
        skills.arrange(session, [skills.PlacedArea(None, "Craft")], now=NOW)
        area = skills.arrangement(session)[0].id
        assert area is not None
        skills.add_skill(session, skills.SkillDraft("Discovery", area), now=NOW)
        shipped = session.query(Skill).filter_by(title="Clarity of message").one().id
    settle()
    page.open_item(shipped)
    settle()
    assert (page.models.button.text(), page.detail.title.text()) == ("Product management", "Clarity of message")
