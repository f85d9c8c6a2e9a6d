"""Rating: a whole round by keyboard, one from anywhere, and what proves it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.core import journal, skills
from app.ui.skills.pieces import EvidenceDialog
from app.ui.skills.quick import RatingDialog
from tests.conftest import NOW
from tests.ui.skills.conftest import settle

TODAY = date(2026, 11, 23)


def write(store, text, day=TODAY):
    with store.write() as session:
        return journal.add_entry(session, day=day, now=NOW, zone="UTC", text=text).id


def board(store):
    with store.read() as session:
        return skills.board(session, on=TODAY)


def first_skill(store):
    return board(store).skills[0]


def begin(page):
    page._assess.trigger()
    return page.assessment


def test_a_whole_round_is_done_by_keyboard_alone(qtbot, page, store):
    assessment = begin(page)
    assert page.left.isHidden()
    said = []
    page.announced.connect(lambda sentence, undo: said.append(sentence))
    for _ in range(27):
        qtbot.keyClick(assessment.scale, Qt.Key.Key_3)
        qtbot.keyClick(assessment.scale, Qt.Key.Key_Period)
        qtbot.keyClick(assessment.scale, Qt.Key.Key_Return)
    assert {skill.now.level for skill in board(store).skills} == {3.5}
    assert said == ["27 skills rated for the first time."]
    assert not page.left.isHidden()


def test_a_round_is_left_and_taken_up_where_it_was(qtbot, page, store):
    assessment = begin(page)
    for _ in range(2):
        qtbot.keyClick(assessment.scale, Qt.Key.Key_2)
        qtbot.keyClick(assessment.scale, Qt.Key.Key_Return)
    third = assessment.title.text()
    qtbot.keyClick(assessment.scale, Qt.Key.Key_Escape)
    settle()
    assessment = begin(page)
    assert (assessment.title.text(), assessment.count.text()) == (third, "3 of 27")
    qtbot.keyClick(assessment.scale, Qt.Key.Key_S)
    qtbot.keyClick(assessment.scale, Qt.Key.Key_B)
    assert assessment.title.text() == third


def test_what_was_written_since_is_ticked_as_evidence(qtbot, page, store):
    skill = first_skill(store)
    pieces = [write(store, f"Strategy memo {number}", TODAY - timedelta(number)) for number in (1, 2)]
    settle()
    assessment = begin(page)
    assert [box.text().split("   ")[1] for box in assessment.pieces.boxes] == [
        "Strategy memo 1",
        "Strategy memo 2",
    ]
    for box in assessment.pieces.boxes:
        qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.keyClick(assessment.scale, Qt.Key.Key_3)
    qtbot.keyClick(assessment.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    now = first_skill(store).now
    assert (now.level, now.is_claimed) == (3, False)
    with store.read() as session:
        assert {row.id for row in skills.evidence_of(session, skill.id)} == set(pieces)


def test_evidence_is_searched_for_linked_and_taken_away(qtbot, page, store):
    skill = first_skill(store)
    piece = write(store, "A talk on pricing", TODAY - timedelta(400))
    page.open_item(skill.id)
    page.asking.link_evidence(skill.id)
    dialog = page.findChild(EvidenceDialog)
    qtbot.keyClicks(dialog.search, "pricing")
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.accept()
    with store.read() as session:
        assert [row.id for row in skills.evidence_of(session, skill.id)] == [piece]
    page.asking.unprove(piece, skill.id)
    with store.read() as session:
        assert skills.evidence_of(session, skill.id) == []


def test_a_mentors_rating_from_anywhere(qtbot, page, store):
    dialog = RatingDialog(store, page)
    dialog.skill.setCurrentText("no such skill")
    dialog.accept()
    assert board(store).skills[1].others == {}
    assert not dialog.scale.isEnabled()
    dialog.skill.setCurrentText(board(store).skills[1].title.upper())
    assert dialog.scale.isEnabled()
    texts = [row.text() for row in dialog.anchors.findChildren(QLabel) if not row.isHidden()]
    assert board(store).skills[1].anchors[0] in texts
    dialog.skill.setCurrentIndex(1)
    dialog.source.set_value("mentor")
    qtbot.keyClick(dialog.scale, Qt.Key.Key_4)
    with qtbot.waitSignal(dialog.kept) as told:
        dialog.accept()
    assert board(store).skills[1].others == {"mentor": (TODAY, 4.0)}
    told.args[1]()
    assert board(store).skills[1].others == {}


def test_what_was_begun_stays_while_other_things_change(qtbot, page, store):
    first, second = (row.id for row in board(store).skills[:2])
    page.open_item(first)
    form = page.detail.form
    qtbot.keyClick(form.scale, Qt.Key.Key_4)
    qtbot.keyClicks(form.note, "Ran it alone")
    write(store, "Something else")
    settle()
    assert (form.scale.level, form.note.toPlainText()) == (4, "Ran it alone")
    page.open_item(second)
    assert (form.scale.level, form.note.toPlainText()) == (None, "")
    page.open_item(first)
    qtbot.keyClick(form.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert form.note.toPlainText() == ""
    with store.read() as session:
        assert [(row.level, row.note) for row in skills.ratings_of(session, first)] == [(4, "Ran it alone")]


def test_a_note_of_the_assessment_waits_for_its_skill(qtbot, page, store):
    assessment = begin(page)
    qtbot.keyClicks(assessment.note, "Half a thought")
    qtbot.keyClick(assessment.scale, Qt.Key.Key_Escape)
    begin(page)
    assert assessment.note.toPlainText() == "Half a thought"


def test_those_rated_lately_are_gone_through_too_when_one_says_so(qtbot, page, store):
    assessment = begin(page)
    qtbot.keyClick(assessment.scale, Qt.Key.Key_2)
    qtbot.keyClick(assessment.scale, Qt.Key.Key_Return)
    qtbot.keyClick(assessment.scale, Qt.Key.Key_Escape)
    settle()
    begin(page)
    assert (assessment.count.text(), assessment.through_all.text()) == ("2 of 27", "Also the 1 rated lately")
    qtbot.keyClick(assessment.scale, Qt.Key.Key_A)
    assert assessment.count.text() == "1 of 27"
