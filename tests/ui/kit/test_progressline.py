from __future__ import annotations

import pytest

from app.ui.kit.progressline import ProgressLine, Remaining


class Ticking:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("after", "done", "said"),
    [
        (1, 50, ""),
        (4, 1, ""),
        (4, 40, "A few seconds left"),
        (20, 40, "About 30 seconds left"),
        (40, 40, "About a minute left"),
        (200, 40, "About 5 minutes left"),
    ],
)
def test_what_is_left_is_told_from_the_pace_so_far(after, done, said):
    clock = Ticking()
    remaining = Remaining(clock)
    assert remaining.said(0, 100) == ""
    clock.now += after
    assert remaining.said(done, 100) == said


def test_another_part_of_the_work_has_a_pace_of_its_own():
    clock = Ticking()
    remaining = Remaining(clock)
    remaining.said(0, 100)
    clock.now += 60
    assert remaining.said(90, 100) == "A few seconds left"
    assert remaining.said(10, 1000) == ""
    clock.now += 10
    assert remaining.seconds(110, 1000) == pytest.approx(89)


def test_the_line_is_there_from_the_beginning_of_work_on(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    assert line.isHidden()
    line.begin()
    assert not line.isHidden()
    assert line.bar.maximum() == 0
    line.report(3, 7)
    assert (line.bar.value(), line.bar.maximum()) == (3, 7)
    assert line.left.isHidden()
