"""A list keeps its place by id, whatever the model shows next."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QListView

from app.ui.kit.place import keep_place
from app.ui.kit.rows import RowsModel


@dataclass
class Row:
    id: int


@pytest.fixture
def view(qtbot):
    made = QListView()
    model = RowsModel(lambda ids: [Row(each) for each in ids], lambda row: f"Row {row.id}", made)
    made.setModel(model)
    keep_place(made)
    qtbot.addWidget(made)
    made.resize(200, 200)
    with qtbot.waitExposed(made):
        made.show()
    model.show(list(range(1000)))
    return made


def selected(view):
    return [view.model().ids[index.row()] for index in view.selectionModel().selectedRows()]


def current(view):
    return view.model().ids[view.currentIndex().row()]


def test_selection_follows_its_id(view):
    view.setCurrentIndex(view.model().index(10))
    view.model().show([5000, *range(1000)])
    assert (current(view), selected(view)) == (10, [10])
    assert view.currentIndex().row() == 11


def test_what_went_away_gives_its_place_to_its_neighbour(view):
    view.setCurrentIndex(view.model().index(10))
    view.model().show([each for each in range(1000) if each != 10])
    assert (current(view), selected(view)) == (11, [11])


def test_the_last_row_gives_way_to_the_one_before(view):
    view.setCurrentIndex(view.model().index(999))
    view.model().show(list(range(999)))
    assert current(view) == 998


def test_the_scroll_position_stays_with_its_row(view):
    view.scrollTo(view.model().index(500), QListView.ScrollHint.PositionAtTop)
    view.model().show([each for each in range(1000) if each != 3])
    top = view.indexAt(view.viewport().rect().topLeft())
    assert view.model().ids[top.row()] == 500


def test_nothing_selected_stays_so(view):
    view.model().show(list(range(10)))
    assert selected(view) == []
    view.model().show([])
    assert not view.currentIndex().isValid()
