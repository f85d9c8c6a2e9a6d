"""Charts by keyboard and mouse, and what they leave out."""

from __future__ import annotations

import math
import subprocess
import sys
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from app.ui.kit import theme
from app.ui.kit.chart import (
    Band,
    Bar,
    BarsChart,
    ChartFrame,
    ChartSpec,
    HeatMap,
    HeatTable,
    Mark,
    RadarChart,
    Series,
    Shape,
    Span,
    TimeChart,
    percent,
    preload,
)
from app.ui.kit.chart.export import csv_text, picture
from app.ui.kit.chart.spec import Table
from app.ui.kit.chart.tableview import TableModel
from app.ui.kit.chart.ticks import date_ticks, value_ticks
from app.ui.kit.choices import Option

TODAY = date(2026, 11, 23)
Key = Qt.Key


def days(count, step=7):
    return [TODAY - timedelta(days=step * back) for back in range(count - 1, -1, -1)]


def season():
    values = [0.0, 0.1, None, 0.3, 0.45]
    return ChartSpec(
        [
            Series(
                "Actual", list(zip(days(5), values, strict=True)), "area", notes={3: "New wording"}, has_end=True
            ),
            Series("Pace", [(days(5)[0], 0.0), (TODAY, 0.5)], "dashed", "text3"),
        ],
        bands=[Band("Forecast", [(TODAY, 0.45, 0.45), (TODAY + timedelta(days=28), 0.7, 0.9)])],
        marks=[Mark(days(5)[1], "Target moved"), Mark(days(5)[1], "Again")],
        spans=[Span(days(5)[2], days(5)[3], "Pause")],
        level=(0.5, "Target"),
        value_text=percent,
    )


def shown(qtbot, chart, width=640, height=360):
    qtbot.addWidget(chart)
    chart.resize(width, height)
    with qtbot.waitExposed(chart):
        chart.show()
    return chart


def settled(qtbot, chart):
    """The picture of a chart once all has its size."""
    qtbot.wait(50)
    return chart.grab().toImage()


@pytest.fixture
def lines(qtbot):
    preload()
    chart = TimeChart()
    chart.show_spec(season())
    return shown(qtbot, chart)


def test_importing_charts_brings_no_numpy():
    code = "import sys, app.ui.kit.chart; sys.exit('numpy' in sys.modules or 'pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_first_chart_waits_for_a_worker_not_the_window(qtbot, monkeypatch):
    for name in [name for name in sys.modules if name == "app.ui.kit.chart.timeplot"]:
        monkeypatch.delitem(sys.modules, name)
    chart = TimeChart()
    chart.show_spec(season())
    assert not chart.is_drawn
    shown(qtbot, chart)
    qtbot.waitUntil(lambda: chart.is_drawn)


def test_the_value_at_the_right_edge_is_whole(qtbot):
    preload()
    chart = TimeChart()
    points = list(zip(days(3), [10.0, 46.0, 14.0], strict=True))
    chart.show_spec(ChartSpec([Series("Entries", points, "area", has_end=True)], x_range=(points[0][0], TODAY)))
    picture = shown(qtbot, chart).grab().toImage()
    ink = theme.current().color("accent")
    inked = [x for x in range(picture.width()) for y in range(picture.height()) if picture.pixelColor(x, y) == ink]
    assert max(inked) > picture.width() - 36


@pytest.mark.parametrize("level", [0.9, 0.97, 1.0])
def test_words_of_spans_and_marks_stand_clear_of_the_target(qtbot, level):
    preload()
    pyqtgraph = sys.modules["pyqtgraph"]
    chart = TimeChart()
    chart.show_spec(
        ChartSpec(
            [Series("Actual", list(zip(days(3), [0.1, 0.2, 0.3], strict=True)))],
            marks=[Mark(days(3)[0], "Moved"), Mark(days(3)[1], "Again")],
            spans=[Span(days(3)[1], TODAY, "Paused")],
            level=(level, "Target"),
            y_range=(0.0, 1.0),
        )
    )
    shown(qtbot, chart)
    settled(qtbot, chart)
    plot = chart.findChild(pyqtgraph.PlotWidget)
    line = plot.spot(days(3)[0].toordinal(), level).y()
    words = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.TextItem)]
    places = {
        item.toPlainText(): item.mapRectToScene(item.boundingRect()).adjusted(4, 4, -4, -4) for item in words
    }
    assert places.keys() == {"Moved", "Again", "Paused", "Target"}
    for one, other in combinations(places.values(), 2):
        assert not one.intersects(other)
    assert not any(place.top() < line < place.bottom() for place in places.values())


def test_the_first_drawing_is_the_one_that_stays(qtbot):
    preload()
    chart = shown(qtbot, TimeChart(), width=900, height=300)
    chart.show_spec(ChartSpec([Series("", list(zip(days(3), [10.0, 46.0, 14.0], strict=True)), has_end=True)]))
    first = settled(qtbot, chart)
    chart.show_spec(chart.spec)
    assert settled(qtbot, chart) == first


def test_longer_numbers_at_the_axis_move_all_that_stands_by_it_at_once(qtbot, lines):
    line = Series("", [(day, 1e6 * at) for at, day in enumerate(days(5))], has_end=True)
    settled(qtbot, lines)
    lines.show_spec(ChartSpec([line], value_text=lambda value: f"{value:,.0f} at last"))
    first = settled(qtbot, lines)
    lines.show_spec(lines.spec)
    assert settled(qtbot, lines) == first


def test_keys_walk_over_known_points(qtbot, lines):
    qtbot.keyClick(lines, Key.Key_Left)
    assert "45%" in lines.accessibleDescription()
    qtbot.keyClick(lines, Key.Key_Left)
    assert "30%" in lines.accessibleDescription()
    assert "New wording" in lines.accessibleDescription()
    qtbot.keyClick(lines, Key.Key_Left)
    assert "10%" in lines.accessibleDescription()
    assert "Target moved" in lines.accessibleDescription()


def test_up_and_down_change_the_line(qtbot, lines):
    qtbot.keyClick(lines, Key.Key_Left)
    qtbot.keyClick(lines, Key.Key_Down)
    assert lines.accessibleDescription().split(", ")[2].startswith("Pace")


def test_enter_and_a_click_tell_the_point(qtbot, lines):
    qtbot.keyClick(lines, Key.Key_Left)
    with qtbot.waitSignal(lines.point_clicked) as told:
        qtbot.keyClick(lines, Key.Key_Return)
    assert told.args == [0, 4]
    spot = lines._where(0, 3).toPoint()
    with qtbot.waitSignal(lines.point_clicked) as told:
        qtbot.mouseClick(lines, Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [0, 3]


def test_hovering_tells_the_nearest_day(qtbot, lines):
    spot = lines._where(0, 3).toPoint()
    qtbot.mouseMove(lines, spot + QPoint(3, 20))
    assert "30%" in lines.tip.text
    assert lines.tip.isVisible()
    assert lines.rect().contains(lines.tip.geometry())


def test_a_point_is_where_its_value_says(lines):
    nought, half = lines._where(1, 0), lines._where(1, 1)
    known = lines._where(0, 3)
    assert nought.y() - known.y() == pytest.approx((nought.y() - half.y()) * 0.6, abs=1.5)
    assert lines._where(0, 2) is None


def test_a_new_theme_is_taken_on(qapp, lines):
    before = picture(lines, ratio=1.0)
    watching = theme.install(qapp, "dark")
    try:
        after = picture(lines, ratio=1.0)
        assert after.pixelColor(2, 200) == theme.load("dark").surface
        assert after != before
    finally:
        watching.choose("light")


@pytest.mark.parametrize("count", [0, 1, 2, 3650])
def test_any_number_of_points_can_be_drawn(qtbot, count):
    preload()
    chart = TimeChart()
    points = [(day, 5 + math.sin(place)) for place, day in enumerate(days(count, 1))]
    for style in ("line", "area", "step", "dashed", "points", "bars"):
        chart.show_spec(ChartSpec([Series("Words", points, style, has_end=True)], empty="Nothing yet."))
    shown(qtbot, chart)
    assert chart.is_empty == (count == 0)
    assert not chart.grab().isNull()
    qtbot.keyClick(chart, Key.Key_Right)
    assert bool(chart.accessibleDescription()) == (count > 0)


def test_numbers_may_be_the_axis(qtbot):
    preload()
    chart = TimeChart()
    chart.show_spec(
        ChartSpec([Series("Seen", [(0.1, 0.2), (0.5, 0.4), (0.9, 0.95)], "points")], value_text=percent)
    )
    shown(qtbot, chart)
    qtbot.keyClick(chart, Key.Key_Left)
    assert chart.accessibleDescription() == "90%, Seen 95%"


def test_the_table_has_a_row_for_each_day(lines):
    table = lines.table()
    assert list(table.columns) == ["Day", "Actual", "Pace", "Forecast ↓", "Forecast ↑", "Note"]
    assert [row[1] for row in table.rows] == [0.0, 0.1, None, 0.3, 0.45, None]
    assert table.rows[1][-1] == "Target moved; Again"


def test_bars_are_read_by_keys_and_clicked(qtbot):
    chart = BarsChart()
    chart.show_bars(
        [Bar("Discovery", 0.4, target=0.5, note="31 entries"), Bar("Delivery", None)], value_text=percent
    )
    shown(qtbot, chart)
    qtbot.keyClick(chart, Key.Key_Down)
    assert chart.accessibleDescription() == "Discovery, Value 40%, Target 50%, 31 entries"
    qtbot.keyClick(chart, Key.Key_Down)
    assert "unknown" in chart.accessibleDescription()
    with qtbot.waitSignal(chart.bar_clicked) as told:
        qtbot.keyClick(chart, Key.Key_Return)
    assert told.args == [1]
    assert chart.table().rows[1] == ("Delivery", None, None)


@pytest.fixture
def radar(qtbot):
    chart = RadarChart()
    axes = ["Customer insight", "Stakeholder management and influence", "Strategy", "Delivery"]
    now, expected = Shape("Now", [4, 2.5, None, 1], hollow={1}), Shape("Expected", [4] * 4, "text3", "dashed")
    chart.show_shapes(axes, [now, expected])
    return shown(qtbot, chart, 460, 420)


def test_a_radar_is_read_by_keys(qtbot, radar):
    qtbot.keyClick(radar, Key.Key_Right)
    qtbot.keyClick(radar, Key.Key_Right)
    assert radar.accessibleDescription() == "Stakeholder management and influence, Now 2.5 (claimed), Expected 4"
    qtbot.keyClick(radar, Key.Key_Right)
    assert "Now unknown" in radar.accessibleDescription()
    with qtbot.waitSignal(radar.axis_clicked) as told:
        qtbot.keyClick(radar, Key.Key_Return)
    assert told.args == [2]


@pytest.mark.parametrize("size", [(320, 300), (460, 420), (900, 700)])
def test_names_around_a_radar_are_whole(qtbot, radar, size):
    radar.resize(*size)
    radius = radar._radius()
    assert all(radar.rect().contains(radar._label_area(place, radius).toRect()) for place in range(4))


@pytest.fixture
def heat(qtbot):
    chart = HeatMap()
    values = {TODAY - timedelta(days=back): float(back % 5) for back in range(0, 700, 2)}
    chart.show_days(values, TODAY - timedelta(days=699), TODAY)
    return shown(qtbot, chart, 860, 460)


def test_a_heat_map_is_read_by_keys(qtbot, heat):
    qtbot.keyClick(heat, Key.Key_Left)
    assert heat.day == TODAY
    assert heat.accessibleDescription() == "Monday, 23 November 2026, 0"
    qtbot.keyClick(heat, Key.Key_Up)
    assert heat.accessibleDescription() == "Sunday, 22 November 2026, unknown"
    with qtbot.waitSignal(heat.day_chosen) as told:
        qtbot.keyClick(heat, Key.Key_Return)
    assert told.args == [TODAY - timedelta(days=1)]
    qtbot.keyClick(heat, Key.Key_Home)
    assert heat.day == TODAY - timedelta(days=699)
    qtbot.keyClick(heat, Key.Key_Up)
    assert heat.day == TODAY - timedelta(days=699)


@pytest.mark.parametrize("back", [0, 1, 330, 500, 699])
def test_a_click_finds_its_day_in_any_year(qtbot, heat, back):
    day = TODAY - timedelta(days=back)
    with qtbot.waitSignal(heat.day_chosen) as told:
        qtbot.mouseClick(
            heat, Qt.MouseButton.LeftButton, pos=heat._weeks.square(day, heat._pitch()).center().toPoint()
        )
    assert told.args == [day]


def test_unknown_nothing_and_something_differ(heat):
    assert [heat._step(value) for value in (None, 0.0, 0.1, 100.0)] == [-1, 0, 1, 4]
    image = picture(heat, ratio=1.0)

    def color(back):
        centre = heat._weeks.square(TODAY - timedelta(days=back), heat._pitch()).center().toPoint()
        return image.pixelColor(centre).name()

    look = theme.current()
    assert color(0) == look.heat[0].name()
    assert color(1) == look.surface.name()
    assert color(4) == look.heat[4].name()


@pytest.fixture
def frame(qtbot):
    preload()
    chart = TimeChart()
    chart.show_spec(season())
    return shown(qtbot, ChartFrame("Progress", chart), 700, 420)


def test_a_frame_shows_the_same_numbers_as_a_table(frame, qtmodeltester):
    frame.show_table(True)
    assert frame.model.rowCount() == 6
    assert frame.model.index(1, 1).data() == "0.10"
    assert frame.model.index(2, 1).data() == "–"
    qtmodeltester.check(frame.model)


def test_a_frame_tells_the_range(qtbot):
    frame = ChartFrame("Effort", BarsChart(), ranges=[Option("q", "Quarter"), Option("y", "Year")])
    qtbot.addWidget(frame)
    assert frame.groupings.isHidden()
    with qtbot.waitSignal(frame.range_changed) as told:
        frame.ranges.setFocus()
        qtbot.keyClick(frame.ranges, Key.Key_Down)
    assert told.args == ["y"]


def test_a_chart_can_be_taken_along(qtbot, frame, tmp_path):
    for save, name in ((frame.save_png, "a.png"), (frame.save_svg, "a.svg"), (frame.save_csv, "a.csv")):
        save(str(tmp_path / name))
    frame.copy_picture()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert "Progress" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    rows = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "Day,Actual,Pace,Forecast ↓,Forecast ↑,Note"
    assert rows[3] == "2026-11-09,,,,,"
    for save, name in ((frame.save_png, "a.png"), (frame.save_svg, "a.svg"), (frame.save_csv, "a.csv")):
        with qtbot.waitSignal(frame.failed) as told:
            save(str(tmp_path / "none" / name))
        assert told.args == [f"“{name}” cannot be written: no such file or directory."]


def test_a_saved_picture_says_its_name_and_its_note(frame, qapp):
    def around():
        frame.copy_picture()
        made = qapp.clipboard().image().size()
        assert made.width() == 2 * frame.chart.width() + 64
        return made.height() - 2 * frame.chart.height()

    bare = around()
    assert bare > 64
    frame.show_note("Readings stand on the days they were taken. " * 6)
    assert around() > bare


def test_dots_that_only_stand_on_their_days_have_no_column(qtbot):
    preload()
    chart = TimeChart()
    rated = Series("Myself", [(TODAY, 2.0)], "step")
    proof = Series("Evidence", [(TODAY, 0.25)], "points", notes={0: "Call with Ana"}, is_measured=False)
    chart.show_spec(ChartSpec([rated, proof]))
    assert chart.table().columns == ["Day", "Myself", "Note"]
    assert chart.table().rows == [[TODAY, 2.0, "Call with Ana"]]
    shown(qtbot, chart, 500, 300)
    chart._tell(1, 0)
    assert chart.tip.text.endswith("Myself 2, Call with Ana")


def test_columns_of_numbers_stand_at_the_right_with_the_same_places(frame):
    frame.model.show(
        Table(["Area", "Level", "Note"], [["Craft", 2.5, ""], ["People", None, "new"], ["Data", 3, ""]])
    )
    shown_cells = [frame.model.index(row, 1).data() for row in range(3)]
    assert shown_cells == ["2.5", "–", "3.0"]
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert frame.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) == int(right)
    assert frame.model.index(1, 1).data(Qt.ItemDataRole.TextAlignmentRole) == int(right)
    assert not frame.model.is_numeric(2)


def test_csv_is_no_formula():
    table = Table(["=A", "B"], [["=1+1", -2.5], ["-3", None], ["@me", TODAY], ["+4,5", "a,b"]])
    assert csv_text(table).splitlines() == ["'=A,B", "'=1+1,-2.5", "-3,", "'@me,2026-11-23", '"\'+4,5","a,b"']


def test_an_empty_table_is_a_proper_model(qtmodeltester):
    qtmodeltester.check(TableModel())


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6), st.integers(2, 8))
def test_value_ticks_cover_and_stay_few(low, span, most):
    ticks = value_ticks(low, low + span, most, str)
    places = [value for value, _ in ticks]
    step = places[1] - places[0]
    assert places[0] <= low + step * 1e-6
    assert places[-1] >= low + span - step
    assert len(ticks) <= most + 2


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 20000), st.integers(120, 2000))
def test_day_labels_never_touch(first, length, width):
    ticks = date_ticks(first, first + timedelta(days=length), width, lambda text: len(text) * 6.0)
    assert ticks
    per_day = width / max(length, 1)
    for (one, before), (other, after) in pairwise(ticks):
        assert (other - one) * per_day >= (len(before) + len(after)) * 3.0


def test_the_heat_table_is_read_by_keys_and_takes_unknown_for_unknown(qtbot):
    chart = shown(qtbot, HeatTable())
    chart.show_cells(("Vision", "Data"), ("Q1", "Q2"), [[1.0, 2.5], [None, 4.0]], most=5.0)
    qtbot.keyClick(chart, Key.Key_Down)
    assert chart.accessibleDescription() == "Vision, Q2 2.5"
    qtbot.keyClick(chart, Key.Key_Down)
    qtbot.keyClick(chart, Key.Key_Left)
    assert chart.accessibleDescription() == "Data, Q1 unknown"
    with qtbot.waitSignal(chart.row_clicked) as told:
        qtbot.keyClick(chart, Key.Key_Return)
    assert told.args == [1]
    assert chart.table().rows == [["Vision", 1.0, 2.5], ["Data", None, 4.0]]
