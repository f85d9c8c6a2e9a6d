"""The objectives page: what it lists and shows, opened, searched, undone, by mouse and keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import event

from app.core import clock, items, journal, objectives
from app.core.objectives import CheckInDraft, ClosingDraft, PeriodDraft
from app.core.transfer import bringing
from app.ui.objectives.check_in import CheckInDialog
from app.ui.objectives.form import ObjectiveDialog
from app.ui.objectives.purpose import PurposeDialog
from app.ui.objectives.sheet import CheckInSheet
from tests.conftest import NOW
from tests.ui.objectives.conftest import ACTIVATION, Q4, SPEED, TODAY


def titles(page):
    return [row.title for row in (page.list.model.row(place) for place in range(page.list.model.rowCount()))]


def chips(page):
    return [chip.text for chip in page.view.chips]


def lines(lines):
    return [(button.line.lead, button.line.text, button.line.aside) for button in lines.buttons]


def dialog(page, kind):
    (found,) = [child for child in page.findChildren(kind) if child.isVisible()]
    return found


def test_an_empty_journal_teaches_and_begins_the_first_objective(page, qtbot):
    shown = page()
    assert shown.right.currentWidget() is shown.unset
    shown.unset.action.click()
    qtbot.waitUntil(dialog(shown, ObjectiveDialog).title.hasFocus)


def test_the_page_opens_on_the_period_of_today(page, add):
    add("Now")
    add("All year", period=PeriodDraft("year", date(2026, 1, 1), date(2026, 12, 31), "2026"))
    add("Later", period=None)
    shown = page()
    assert titles(shown) == ["Now"]
    assert shown.view.title.text() == "Now"


def test_an_objective_shows_its_numbers(page, add, check_in):
    made = add("Grow activation", ACTIVATION, SPEED, area="Growth squad", why="So that teams stay")
    check_in(made, 35.0, days_ago=14)
    check_in(made, 41.0, confidence=7, note="Invite step won")
    check_in(made, 6.2, place=1, confidence=8)
    shown = page()
    assert shown.view.where.text() == "Q4 2026  ›  Growth squad"
    assert shown.view.why.text() == "So that teams stay"
    assert chips(shown) == [
        "On track",
        "Progress 65%",
        "Weakest: Week-1 activation 50%",
        "Confidence 7.5 of 10",
        "Due Dec 31 · 38 days left",
        "Committed",
    ]
    assert [card.accessibleName() for card in shown.view.cards.cards] == [
        "Week-1 activation, 41%, 50%, At risk",
        "Setup time, 6.2\u00a0min, 80%, On track",
    ]
    assert lines(shown.view.check_ins) == [
        ("Nov 23", "Setup time", "6.2\u00a0min · confidence 8"),
        ("Nov 23", "Week-1 activation — Invite step won", "41% · confidence 7"),
        ("Nov 9", "Week-1 activation", "35%"),
    ]


def test_the_card_drives_the_chart(page, add, check_in, qtbot):
    made = add("Grow", ACTIVATION, SPEED)
    check_in(made, 41.0)
    check_in(made, 6.2, place=1)
    shown = page()
    assert shown.view.chart.spec.level[0] == 50.0
    qtbot.mouseClick(shown.view.cards.cards[1], Qt.MouseButton.LeftButton)
    assert shown.view.chart.spec.level[0] == 5.0
    assert shown.view.chart.spec.series[0].points == [(TODAY, 6.2)]


def test_other_changes_keep_the_card_and_the_objective(page, add, check_in, qtbot):
    add("First")
    made = add("Grow", ACTIVATION, SPEED)
    shown = page()
    shown.open_item(made)
    shown.view.cards.cards[1].click()
    chosen = shown.view.result_id
    check_in(made, 41.0)
    qtbot.waitUntil(lambda: len(shown.view.check_ins.buttons) == 1)
    assert (shown.objective_id, shown.view.result_id) == (made, chosen)
    assert shown.list.view.currentIndex().row() == 1


def test_the_list_follows_the_keyboard(page, add, qtbot):
    add("First")
    add("Second")
    shown = page()
    shown.list.view.setFocus()
    qtbot.keyClick(shown.list.view, Qt.Key.Key_Down)
    assert shown.view.title.text() == "Second"


def test_search_narrows_and_says_when_nothing_is_found(page, add, qtbot):
    add("Grow", ACTIVATION)
    add("Shrink churn")
    shown = page()
    qtbot.keyClicks(shown.list.search, "activ")
    assert titles(shown) == ["Grow"]
    qtbot.keyClicks(shown.list.search, "xyz")
    assert shown.list.stack.currentWidget() is shown.list.unfound
    shown.list.search.clear()
    assert titles(shown) == ["Grow", "Shrink churn"]


def test_lists_are_offered_with_their_counts(page, add, store):
    add("Now")
    add("Backlog", period=None)
    over = add("Over")
    with store.write() as session:
        objectives.close_objective(session, over, ClosingDraft(0.7), today=TODAY, now=NOW, zone="UTC")
    shown = page()
    texts = [shown.list.scope.itemText(place) for place in range(shown.list.scope.count())]
    assert texts == ["All open (2)", "All open, by period (2)", "Q4 2026 (2)", "Backlog (1)", "Closed (1)"]
    shown.list.scope.setCurrentIndex(3)
    shown.list.scope.activated.emit(3)
    assert titles(shown) == ["Backlog"]


@pytest.mark.parametrize("kind", ["objective", "key result", "check-in", "period"])
def test_items_open_wherever_the_list_stands(page, add, check_in, store, plan_of, kind):
    add("Now")
    made = add("Later", ACTIVATION, period=PeriodDraft("quarter", date(2027, 1, 1), date(2027, 3, 31), "Q1 2027"))
    wanted = {
        "objective": made,
        "key result": plan_of(made).key_results[0].id,
        "check-in": check_in(made, 41.0),
    }
    shown = page()
    with store.read() as session:
        wanted["period"] = next(period.id for period in objectives.periods(session) if period.title == "Q1 2027")
    shown.list.search.setText("now")
    shown.open_item(wanted[kind])
    if kind == "period":
        shown.list.search.clear()
    assert shown.view.title.text() == "Later"
    assert titles(shown) == ["Later"]


def test_trash_and_undo(page, add, qtbot):
    made = add("Grow", ACTIVATION)
    add("Other")
    shown = page()
    shown.open_item(made)
    with qtbot.waitSignal(shown.announced) as told:
        shown.commands.trash.trigger()
    sentence, undo = told.args
    assert "Grow" in sentence
    qtbot.waitUntil(lambda: titles(shown) == ["Other"])
    undo()
    assert shown.view.title.text() == "Grow"
    assert titles(shown) == ["Grow", "Other"]


def test_a_closed_objective_offers_to_be_reopened_only(page, add, store, qtbot):
    made = add("Grow", ACTIVATION)
    with store.write() as session:
        objectives.close_objective(session, made, ClosingDraft(0.7), today=TODAY, now=NOW, zone="UTC")
    shown = page()
    commands = shown.commands
    assert "Closed with 0.7" in chips(shown)
    reopen = shown.life.reopen
    assert not commands.edit.isEnabled()
    assert not commands.check_in.isEnabled()
    reopen.trigger()
    qtbot.waitUntil(commands.edit.isEnabled)
    assert not reopen.isEnabled()


def test_evidence_leads_to_its_item(page, add, store, qtbot):
    made = add("Grow", ACTIVATION)
    with store.write() as session:
        note = journal.add_entry(session, day=date(2026, 11, 1), now=NOW, zone="UTC", text="Proof").id
        items.link(session, note, made, "proves", now=NOW)
    shown = page()
    assert lines(shown.view.evidence) == [("Nov 1", "Proof", "Note")]
    with qtbot.waitSignal(shown.item_requested) as asked:
        shown.view.evidence.buttons[0].click()
    assert asked.args == [note]


def test_a_check_in_line_opens_the_check_in(page, add, check_in):
    made = add("Grow", ACTIVATION)
    check_in(made, 41.0, note="Why")
    shown = page()
    shown.view.check_ins.buttons[0].click()
    opened = dialog(shown, CheckInDialog)
    assert (opened.number.text(), opened.note.toPlainText()) == ("41", "Why")


def test_what_is_due_is_told_and_kept_at_once(page, add, qtbot, detail_of):
    made = add("Grow", ACTIVATION, SPEED)
    shown = page()
    assert shown.list.due.isHidden()
    with qtbot.waitSignal(shown.announced) as told:
        shown.commands.check_in_due.trigger()
    assert told.args == ["No check-in is due.", None]
    clock.fix(NOW + timedelta(days=8))
    shown.refresh()
    assert shown.list.due.text() == "2 check-ins are due"
    shown.list.due.click()
    sheet = dialog(shown, CheckInSheet)
    qtbot.keyClicks(sheet.lines[0].number, "41")
    with qtbot.waitSignal(shown.announced) as told:
        qtbot.keyClick(sheet.lines[0].number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.list.due.text() == "1 check-in is due")
    told.args[1]()
    assert detail_of(made).check_ins == ()


def test_the_purpose_is_said_shown_and_asked_about(page, store, qtbot, add):
    shown = page()
    strip = shown.list.purpose
    strip.opened.emit()
    asked = dialog(shown, PurposeDialog)
    assert not asked.primary.isEnabled()
    qtbot.keyClicks(asked.text, "To help teams decide well")
    qtbot.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with store.read() as session:
        (row,) = objectives.purposes(session)
    assert (row.text, row.since) == ("To help teams decide well", TODAY)
    assert not strip.asks
    clock.fix(NOW + timedelta(days=90))
    shown.refresh()
    assert strip.asks
    strip.confirm.click()
    qtbot.waitUntil(lambda: not strip.asks)
    shown.commands.new.trigger()
    words = [each.text() for each in dialog(shown, ObjectiveDialog).findChildren(QLabel)]
    assert "Your purpose: “To help teams decide well”" in words


def test_every_action_has_words_and_the_main_ones_a_shortcut(page):
    shown = page()
    keys = {made.text(): made.shortcut().toString() for made in shown.actions()}
    assert all(keys)
    assert keys["New objective…"] == "Ctrl+N"
    assert keys["Check in…"] == "Ctrl+Shift+C"


def test_the_number_of_statements_does_not_grow_with_rows(page, add, check_in, store, qtbot):
    heard = []
    with store.read() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *arguments: heard.append(arguments[2]))

    def count():
        QApplication.processEvents()
        heard.clear()
        shown.refresh()
        return len([statement for statement in heard if not statement.startswith("BEGIN")])

    made = add("Grow", ACTIVATION)
    check_in(made, 41.0)
    shown = page()
    before = count()
    for number in range(12):
        other = add(f"Objective {number}", ACTIVATION, SPEED)
        check_in(other, 41.0)
        check_in(made, 41.0)
    assert count() == before


def drop(page, title, on):
    """Drop the row called `title` on the row called `on`, as the view does it."""
    model = page.list.model
    of = {model.row(place).title: model.index(place) for place in range(model.rowCount())}
    data = model.mimeData([of[title]])
    assert model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, of[on])
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, of[on])


def test_an_objective_is_dragged_to_another_period_and_back(page, add, qtbot, qtmodeltester):
    add("Grow activation")
    add("Learn pricing", period=None)
    shown = page()
    place = shown.list.scope.findText("All open, by period (2)")
    shown.list.scope.setCurrentIndex(place)
    shown.list.scope.activated.emit(place)
    before = titles(shown)
    assert before == [
        "2026",
        "H2 2026",
        "Q4 2026",
        "Grow activation",
        "Q1 2027",
        "H1 2027",
        "2027",
        "Backlog",
        "Learn pricing",
    ]
    qtmodeltester.check(shown.list.model)
    told = []
    shown.announced.connect(lambda sentence, undo: told.append((sentence, undo)))
    drop(shown, "Grow activation", "Q1 2027")
    assert titles(shown)[3:5] == ["Q1 2027", "Grow activation"]
    drop(shown, "Learn pricing", "Grow activation")
    assert titles(shown)[3:6] == ["Q1 2027", "Grow activation", "Learn pricing"]
    assert [sentence for sentence, _ in told] == [
        "Moved “Grow activation” to Q1 2027.",
        "Moved “Learn pricing” to Q1 2027.",
    ]
    for _, undo in reversed(told):
        undo()
    qtbot.waitUntil(lambda: titles(shown) == before)


def test_a_heading_is_no_choice(page, add, qtbot):
    add("Grow activation")
    shown = page()
    place = shown.list.scope.findText("All open, by period (1)")
    shown.list.scope.setCurrentIndex(place)
    shown.list.scope.activated.emit(place)
    shown.list.view.setFocus()
    qtbot.keyClick(shown.list.view, Qt.Key.Key_Home)
    assert shown.view.title.text() == "Grow activation"
    assert not shown.list.model.flags(shown.list.model.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_the_model_behaves(page, add, qtmodeltester):
    add("One", period=Q4)
    add("Two", period=Q4)
    qtmodeltester.check(page().list.model)


def test_a_daily_number_is_shown_in_part_or_by_week(page, add, store, qtbot):
    made = add("Sync errors", ACTIVATION, period=None)
    with store.read() as session:
        result = objectives.objective_detail(session, made, TODAY).row.key_results[0].id
    with store.write() as session:
        for ago in range(60):
            draft = CheckInDraft(result, TODAY - timedelta(days=ago), 20.0 + ago % 7)
            objectives.check_in(session, draft, now=NOW, zone="UTC")
    frame = page().view.frame
    assert not frame.ranges.isHidden()
    assert not frame.groupings.isHidden()
    assert len(frame.lines.spec.series[0].points) == 60
    frame.groupings.setCurrentIndex(1)
    frame.groupings.activated.emit(1)
    assert len(frame.lines.spec.series[0].points) == 10
    frame.ranges.setCurrentIndex(3)
    frame.ranges.activated.emit(3)
    assert frame.lines.spec.x_range == (TODAY - timedelta(days=28), TODAY)


def test_a_few_readings_offer_no_choice_of_range(page, add, check_in):
    check_in(add("Grow", ACTIVATION), 41.0)
    frame = page().view.frame
    assert frame.ranges.isHidden()
    assert frame.groupings.isHidden()


def test_a_card_tells_where_the_confidence_goes(page, add, check_in):
    made = add("Grow", ACTIVATION)
    for weeks, confidence in ((3, 8), (2, 7), (1, 6), (0, 5)):
        check_in(made, 41.0, days_ago=7 * weeks, confidence=confidence)
    assert "Confidence falling, 1 a week over 4 check-ins" in page().view.cards.cards[0].toolTip()


def test_when_the_objective_on_show_is_gone_for_good_the_first_of_the_list_takes_its_place(
    qtbot, page, add, store
):
    add("Stays")
    gone = add("Taken back with its import")
    shown = page()
    shown.open_item(gone)
    assert shown.view.title.text() == "Taken back with its import"
    with store.write() as session:
        bringing.remove(session, [gone])
    qtbot.waitUntil(lambda: titles(shown) == ["Stays"])
    assert shown.right.currentWidget() is shown.view
    assert shown.view.title.text() == "Stays"
