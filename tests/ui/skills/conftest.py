"""A journal with the shipped model in it."""

from __future__ import annotations

import pytest

from app.core import skills
from app.ui.kit import theme
from app.ui.skills.page import SkillsPage
from tests.conftest import NOW


@pytest.fixture
def page(qtbot, qapp, store):
    """The page, shown, with the second role as the target."""
    theme.install(qapp, "light")
    with store.write() as session:
        skills.plant_model(session, now=NOW)
        skills.set_target_role(session, skills.roles(session)[1].id)
    made = SkillsPage(store)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made
