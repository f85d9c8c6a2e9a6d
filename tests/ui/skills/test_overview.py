"""All skills at a glance, and the gaps."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from app.core import roadmap, skills
from tests.conftest import NOW
from tests.ui.skills.conftest import settle

TODAY = date(2026, 11, 23)


def rate(store, level, day, count=27):
    with store.write() as session:
        for skill in skills.board(session, on=TODAY).skills[:count]:
            skills.rate(session, skills.RatingDraft(skill.id, level, day), today=TODAY, now=NOW, zone="UTC")
    settle()


def test_the_slider_compares_with_a_past_day(qtbot, page, store):
    rate(store, 1, date(2026, 1, 10))
    rate(store, 3, date(2026, 10, 10))
    overview = page.overview
    columns = overview.radar.table().columns
    overview.past.setFocus()
    for _ in range(5):
        qtbot.keyClick(overview.past, Qt.Key.Key_Left)
    assert overview.past_day == date(2026, 6, 23)
    table = overview.radar.table()
    assert len(table.columns) == len(columns) + 1
    assert {row[-1] for row in table.rows} == {1.0}


def test_the_past_is_played_only_when_asked(qtbot, page, store):
    rate(store, 1, date(2026, 8, 10))
    rate(store, 3, date(2026, 10, 10))
    overview = page.overview
    page.show()
    days = []
    overview.past.valueChanged.connect(lambda: days.append(overview.past_day))
    qtbot.wait(300)
    assert days == []
    qtbot.mouseClick(overview.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: overview.past_day is None and len(days) > 1)
    assert days == [date(2026, 7, 23), date(2026, 8, 23), date(2026, 9, 23), date(2026, 10, 23), None]
    qtbot.mouseClick(overview.play, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(overview.play, Qt.MouseButton.LeftButton)
    stood = len(days)
    qtbot.wait(300)
    assert len(days) == stood


def test_every_chart_has_its_numbers_as_a_table(page, store):
    rate(store, 2, date(2026, 9, 1))
    overview = page.overview
    rows = {}
    for name in ("radar", "areas", "skills", "quarters", "trend"):
        overview.view.set_value(name)
        overview.view.changed.emit(name)
        rows[name] = len(overview.charts.currentWidget().chart.table().rows)
    assert rows == {"radar": 7, "areas": 7, "skills": 27, "quarters": 27, "trend": 2}


def test_the_gap_table_is_sound_and_opens_a_skill(qtbot, qtmodeltester, page, store):
    rate(store, 1, date(2026, 9, 1), count=5)
    model = page.overview.gaps.model
    qtmodeltester.check(model)
    qtmodeltester.check(page.model)
    assert model.rowCount() == 5
    table = page.overview.gaps.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.sheets.currentWidget() is page.detail


def test_p_asks_the_window_for_a_step(qtbot, page, store):
    rate(store, 1, date(2026, 9, 1), count=2)
    gap = page.overview.gaps.model.row(0)
    with qtbot.waitSignal(page.step_requested) as told:
        qtbot.keyClick(page.overview.gaps.table, Qt.Key.Key_P)
    assert told.args == [gap.skill.id]
    with store.write() as session:
        roadmap.add_step(session, roadmap.StepDraft("Write the memo", serves=(gap.skill.id,)), now=NOW)
    settle()
    assert page.overview.gaps.model.row(0).skill.steps == ("Write the memo",)


def test_a_model_of_few_areas_stands_on_the_radar_by_its_skills(qtbot, page, store):
    with store.write() as session:
        model = skills.add_model(session, "My ladder", now=NOW)
        skills.use_model(session, model)
        skills.arrange(session, [skills.PlacedArea(None, "Craft")], now=NOW)
        craft = skills.arrangement(session)[0].id
        made = [
            skills.add_skill(session, skills.SkillDraft(name, craft or 0), now=NOW).id
            for name in ("Data", "Talk", "Plan")
        ]
    settle()
    overview = page.overview
    assert [row[0] for row in overview.radar.table().rows] == ["Data", "Talk", "Plan"]
    assert not overview._origin.isVisibleTo(overview)
    with qtbot.waitSignal(overview.skill_chosen) as told:
        overview.radar.axis_clicked.emit(1)
    assert told.args == [made[1]]


def test_an_area_on_the_radar_leads_to_how_it_went(page, store):
    rate(store, 2, date(2026, 9, 1))
    overview = page.overview
    overview.radar.axis_clicked.emit(2)
    assert overview.charts.currentWidget() is overview.frames["trend"]
    assert overview.trend_area.currentText() == "Domain expertise"


def test_all_of_it_is_in_sight_in_the_smallest_window(qtbot, page, store):
    rate(store, 1, date(2026, 1, 10))
    page.resize(704, 470)
    settle()
    area = page.overview.findChild(QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    assert page.list.width() > 200
