"""A journal with the shipped model in it."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.core import skills
from app.core.store import open_store
from app.ui.kit import background, theme
from app.ui.skills.page import SkillsPage
from tests.conftest import NOW


def settle() -> None:
    """Let the page read and show what changed."""
    QApplication.processEvents()
    while background.is_busy():
        # An event loop lets the workers go on, which `QTest.qWait` does not.
        loop = QEventLoop()
        QTimer.singleShot(2, loop.quit)
        loop.exec()
    QApplication.processEvents()


@pytest.fixture(scope="session")
def planted(tmp_path_factory):
    """A journal with the shipped model and the second role as the target, to be copied."""
    path = tmp_path_factory.mktemp("skills") / "Planted.northing"
    store = open_store(path)
    with store.write() as session:
        skills.plant_model(session, now=NOW)
        skills.set_target_role(session, skills.roles(session)[1].id)
    store.close()
    return path


@pytest.fixture
def store(planted, tmp_path):
    made = open_store(shutil.copy(planted, tmp_path / "Journal.northing"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def dressed(qapp):
    """The look, put on once: it takes longer with every widget that lives."""
    theme.install(qapp, "light")


@pytest.fixture
def page(qtbot, dressed, store):
    """The page, shown."""
    made = SkillsPage(store)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    settle()
    return made
