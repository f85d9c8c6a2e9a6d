"""A journal with objectives, and pages that are on screen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale

from app.core import objectives
from app.core.objectives import CheckInDraft, KeyResultDraft, ObjectiveDraft, PeriodDraft
from app.core.store import open_store
from app.ui.kit import theme
from app.ui.objectives.page import ObjectivesPage
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
Q4 = PeriodDraft("quarter", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026")
ACTIVATION = KeyResultDraft("Week-1 activation", "increase", 32.0, 50.0, "%", "percent")
SPEED = KeyResultDraft("Setup time", "decrease", 11.0, 5.0, "min", "duration")


@pytest.fixture(autouse=True, scope="module")
def _light(qapp):
    theme.install(qapp, "light")


@pytest.fixture(autouse=True)
def _english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "Journal.northing")
    yield store
    store.close()


@pytest.fixture
def add(store):
    """Add an objective with key results; returns its id."""

    def make(title="Grow activation", *drafts, period=Q4, **fields):
        with store.write() as session:
            made = objectives.add_objective(session, ObjectiveDraft(title, period=period, **fields), now=NOW).id
            for draft in drafts:
                objectives.add_key_result(session, made, draft, now=NOW)
        return made

    return make


@pytest.fixture
def check_in(store):
    """Check in on the first key result of an objective; returns the check-in's id."""

    def make(objective_id, value, *, days_ago=0, confidence=None, note="", place=0):
        with store.write() as session:
            results = objectives.plan(session, objective_id).key_results
            day = TODAY - timedelta(days=days_ago)
            draft = CheckInDraft(results[place].id, day, value, confidence, note)
            return objectives.check_in(session, draft, now=NOW, zone="UTC").id

    return make


@pytest.fixture
def plan_of(store):
    def read(objective_id):
        with store.read() as session:
            return objectives.plan(session, objective_id)

    return read


@pytest.fixture
def detail_of(store):
    def read(objective_id):
        with store.read() as session:
            return objectives.objective_detail(session, objective_id, TODAY)

    return read


@pytest.fixture
def page(qtbot, store):
    """The page on the journal as it is when this is called."""

    def make():
        made = ObjectivesPage(store)
        made.resize(1100, 900)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        return made

    return make
