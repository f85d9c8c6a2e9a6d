"""Setting objectives and checking in through their forms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QWidget

from app.core import clock, objectives
from app.core.days import Calendar
from app.core.objectives import KeyResultDraft, ObjectiveDraft, PeriodDraft, Plan, calendar_periods
from app.ui.objectives.check_in import CheckInDialog, CheckInTarget
from app.ui.objectives.form import ObjectiveDialog
from app.ui.objectives.sheet import CheckInSheet
from tests.conftest import NOW
from tests.ui.objectives.conftest import ACTIVATION, Q4, SPEED, TODAY

LATER = TODAY + timedelta(days=8)
SIGNED = KeyResultDraft("Partner signed", "milestone")
LIST = KeyResultDraft("Interviews", "checklist", None, 4.0)


@pytest.fixture
def window(qtbot):
    """What the dialogs stand on; they delete themselves when they close."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def form(window, store):
    def make(plan=None, **options):
        plan = plan or Plan(ObjectiveDraft(period=Q4))
        made = ObjectiveDialog(
            store, plan, window, today=TODAY, periods=calendar_periods(TODAY, Calendar()), **options
        )
        made.open()
        return made

    return make


@pytest.fixture
def checking(window, store):
    def make(chosen=None, **options):
        with store.read() as session:
            rows = objectives.objective_board(session, today=TODAY)
        targets = [CheckInTarget(row, result) for row in rows for result in row.key_results]
        made = CheckInDialog(store, targets, window, chosen=chosen, today=TODAY, **options)
        made.open()
        return made

    return make


def kept(qtbot, made):
    """The id that the form tells after Enter."""
    with qtbot.waitSignal(made.kept) as told:
        qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return told.args[0]


# ---------------------------------------------------------------- the objective's form


def test_tab_after_the_title_is_for_the_why_whatever_is_asked_about_the_title(qtbot, form):
    made = form()
    qtbot.keyClicks(made.title, "Ship the billing module")
    assert made.hints.take.isVisible()
    qtbot.keyClick(made.title, Qt.Key.Key_Tab)
    assert made.focusWidget() is made.why
    qtbot.keyClicks(made.why, "So that practices are paid")
    assert made.title.text() == "Ship the billing module"
    reached = []
    while made.focusWidget() not in reached:
        reached.append(made.focusWidget())
        made.focusNextChild()
    assert made.hints.take in reached


def test_one_more_key_result_is_in_sight(qtbot, form):
    made = form()
    made.resize(680, 500)
    qtbot.waitUntil(made.isVisible)
    added = [made.add_key_result() for _ in range(3)][-1]
    seen = made._scroll.viewport().rect()
    top = added.title.mapTo(made._scroll.viewport(), added.title.rect().topLeft())
    assert seen.contains(top)


def test_an_objective_is_set_by_typing(form, qtbot, plan_of):
    made = form()
    qtbot.keyClicks(made.title, "Grow activation")
    qtbot.keyClicks(made.why, "So that teams stay")
    editor = made.editors[0]
    qtbot.keyClicks(editor.title, "Week-1 activation")
    editor.unit_kind.setCurrentIndex(editor.unit_kind.findData("percent"))
    qtbot.keyClicks(editor.unit, "%")
    qtbot.keyClicks(editor.baseline, "32")
    qtbot.keyClicks(editor.target, "50")
    plan = plan_of(kept(qtbot, made))
    assert plan.draft == ObjectiveDraft("Grow activation", "So that teams stay", period=Q4)
    assert [result.draft for result in plan.key_results] == [ACTIVATION]


def test_a_title_is_enough(form, qtbot, plan_of):
    made = form()
    assert not made.primary.isEnabled()
    assert made.form.fields["title"].error == ""
    qtbot.keyClicks(made.title, "Grow")
    assert made.primary.isEnabled()
    assert plan_of(kept(qtbot, made)).key_results == ()


def test_what_is_wrong_is_said_at_the_field_and_save_is_off(form, qtbot):
    made = form()
    qtbot.keyClicks(made.title, "Grow")
    editor = made.editors[0]
    qtbot.keyClicks(editor.title, "Activation")
    assert not made.primary.isEnabled()
    assert editor.fields["baseline"].error == ""
    qtbot.keyClicks(editor.baseline, "abc")
    assert editor.fields["baseline"].error == "“abc” is not a number."
    editor.baseline.clear()
    qtbot.keyClicks(editor.baseline, "32")
    qtbot.keyClicks(editor.target, "32")
    assert "the same" in editor.fields["target"].error
    assert not made.primary.isEnabled()
    qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert made.isVisible()
    qtbot.keyClicks(editor.target, "0")
    assert editor.fields["target"].error == ""
    assert made.primary.isEnabled()


@pytest.mark.parametrize("text", ["nan", "inf", "1e308", "-1e999"])
def test_numbers_that_are_none_are_refused(form, qtbot, text):
    made = form()
    qtbot.keyClicks(made.title, "Grow")
    editor = made.editors[0]
    qtbot.keyClicks(editor.title, "x")
    qtbot.keyClicks(editor.baseline, "1")
    qtbot.keyClicks(editor.target, text)
    assert editor.fields["target"].error
    assert not made.primary.isEnabled()


def test_a_cleared_title_is_refused(form, qtbot, add, plan_of):
    made = form(plan_of(add("Grow")))
    made.title.selectAll()
    qtbot.keyClick(made.title, Qt.Key.Key_Delete)
    assert made.form.fields["title"].error
    assert not made.primary.isEnabled()


def test_the_measure_decides_which_fields_there_are(form):
    editor = form().editors[0]

    def shown(measure):
        editor.measure.setCurrentIndex(editor.measure.findData(measure))
        return [name for name in ("baseline", "target", "unit_kind", "unit") if not editor.fields[name].isHidden()]

    assert shown("increase") == ["baseline", "target", "unit_kind", "unit"]
    assert shown("hold_above") == ["target", "unit_kind", "unit"]
    assert shown("checklist") == ["target"]
    assert shown("milestone") == []


def test_key_results_are_added_moved_and_removed(form, qtbot, add, plan_of):
    plan = plan_of(add("Grow", ACTIVATION, SPEED))
    made = form(plan)
    fresh = made.add_key_result()
    qtbot.waitUntil(fresh.title.hasFocus)
    qtbot.keyClicks(fresh.title, "Partner signed")
    fresh.measure.setCurrentIndex(fresh.measure.findData("milestone"))
    fresh.moved.emit(-1)
    made.editors[0].gone.emit()
    assert [editor.title.text() for editor in made.editors] == ["Partner signed", "Setup time"]
    after = plan_of(kept(qtbot, made))
    assert [result.draft for result in after.key_results] == [SIGNED, SPEED]


def test_days_of_ones_own_make_a_period(form, qtbot, plan_of):
    made = form()
    qtbot.keyClicks(made.title, "Land well")
    made.period.combo.setCurrentIndex(made.period.combo.count() - 1)
    assert not made.primary.isEnabled()
    qtbot.keyClicks(made.period.name, "First 100 days")
    made.period.last.set_value(TODAY + timedelta(days=99))
    plan = plan_of(kept(qtbot, made))
    assert plan.draft.period == PeriodDraft("custom", TODAY, TODAY + timedelta(days=99), "First 100 days")


def test_the_backlog_and_parents_are_chosen(form, qtbot, add, plan_of):
    parent = add("Lead a product line", period=None)
    made = form(parents=[(parent, "Lead a product line")])
    qtbot.keyClicks(made.title, "Grow")
    made.period.combo.setCurrentIndex(made.period.combo.count() - 2)
    made.serves.setCurrentIndex(1)
    draft = plan_of(kept(qtbot, made)).draft
    assert (draft.period, draft.parent_id) == (None, parent)


def test_a_form_that_is_late_says_so_and_keeps_what_was_typed(form, qtbot, add, plan_of, store):
    made_id = add("Grow")
    made = form(plan_of(made_id))
    qtbot.keyClicks(made.title, "late")
    with store.write() as session:
        plan = objectives.plan(session, made_id)
        draft = ObjectiveDraft("Early", period=Q4)
        objectives.edit_objective(session, made_id, draft, rev=plan.rev, now=NOW)
    made.accept()
    assert made.isVisible()
    assert "changed elsewhere" in made.wrong
    assert made.title.text().endswith("late")


def test_an_output_is_asked_what_it_is_for(form, qtbot):
    made = form()
    qtbot.keyClicks(made.title, "Launch the new onboarding")
    assert "Launch" in made.hints.text
    assert made.primary.isEnabled()
    made.title.clear()
    qtbot.keyClicks(made.title, "New teams see value in their first week")
    assert made.hints.text == ""


def test_a_key_result_is_asked_for_what_no_field_says(form, qtbot):
    editor = form().editors[0]
    qtbot.keyClicks(editor.title, "Activation of new teams")
    assert "number" in editor.hints.text
    qtbot.keyClicks(editor.target, "50")
    assert editor.hints.text == ""


def test_a_wording_that_answers_can_be_taken_and_taken_back(form, qtbot):
    made = form()
    editor = made.editors[0]
    qtbot.keyClicks(editor.title, "Launch the new onboarding")
    editor.hints.take.click()
    assert editor.title.text() == "Launch the new onboarding: from __ to __ for __ by Dec 31"
    editor.title.undo()
    assert editor.title.text() == "Launch the new onboarding"


def test_ones_own_list_of_output_verbs_counts(form, qtbot):
    made = form(verbs=["ponder"])
    qtbot.keyClicks(made.title, "Launch help for new teams")
    assert made.hints.text == ""
    made.title.clear()
    qtbot.keyClicks(made.title, "Ponder help for new teams")
    assert "Ponder" in made.hints.text


# ---------------------------------------------------------------- the check-in


def test_a_value_and_enter_check_in(checking, add, qtbot, detail_of):
    made = add("Grow", ACTIVATION)
    shown = checking()
    qtbot.waitUntil(shown.number.hasFocus)
    with qtbot.waitSignal(shown.kept):
        qtbot.keyClicks(shown.number, "41.5")
        qtbot.keyClick(shown.number, Qt.Key.Key_Return)
    (row,) = detail_of(made).check_ins
    assert (row.value, row.confidence, row.day, row.note) == (41.5, None, TODAY, "")


def test_confidence_note_and_a_past_day_come_along(checking, add, qtbot, detail_of):
    made = add("Grow", ACTIVATION)
    shown = checking()
    qtbot.keyClicks(shown.number, "41")
    qtbot.keyClick(shown.confidence.focused_button(), Qt.Key.Key_7)
    qtbot.keyClicks(shown.note, "Invite step won #growth")
    shown.day.set_value(date(2026, 11, 20))
    kept(qtbot, shown)
    (row,) = detail_of(made).check_ins
    assert (row.value, row.confidence, row.day, row.note) == (
        41.0,
        7,
        date(2026, 11, 20),
        "Invite step won #growth",
    )


def test_numbers_are_read_in_the_users_locale(checking, add, qtbot, detail_of):
    QLocale.setDefault(QLocale("de_DE"))
    made = add("Grow", SPEED)
    shown = checking()
    qtbot.keyClicks(shown.number, "6,2")
    kept(qtbot, shown)
    assert detail_of(made).check_ins[0].value == 6.2


def test_an_empty_check_in_is_no_check_in(checking, add, qtbot):
    add("Grow", ACTIVATION)
    shown = checking()
    assert not shown.primary.isEnabled()
    qtbot.keyClicks(shown.number, "x")
    assert shown.form.fields["value"].error == "“x” is not a number."
    shown.number.clear()
    shown.number.changed.emit()
    assert shown.form.fields["value"].error == "Enter a value, a confidence or both."
    qtbot.keyClick(shown.confidence.focused_button(), Qt.Key.Key_3)
    assert shown.primary.isEnabled()


def test_a_day_to_come_is_refused(checking, add, qtbot):
    add("Grow", ACTIVATION)
    shown = checking()
    qtbot.keyClicks(shown.number, "41")
    shown.day.set_value(TODAY + timedelta(days=1))
    shown.day.changed.emit(shown.day.value())
    assert shown.form.fields["day"].error
    assert not shown.primary.isEnabled()


def test_a_milestone_is_reached_by_a_button(checking, add, qtbot, detail_of):
    made = add("Grow", SIGNED)
    shown = checking()
    assert shown.value_control is shown.reached
    qtbot.keyClick(shown.reached.focused_button(), Qt.Key.Key_1)
    kept(qtbot, shown)
    assert detail_of(made).row.progress == 1.0


def test_a_checklist_counts_to_its_length(checking, add, qtbot, detail_of):
    made = add("Grow", LIST)
    shown = checking()
    qtbot.keyClicks(shown.number, "5")
    assert shown.form.fields["value"].error == "Say how many of the 4 things are done."
    shown.number.clear()
    qtbot.keyClicks(shown.number, "3")
    kept(qtbot, shown)
    assert detail_of(made).row.progress == 0.75


def test_the_key_result_can_be_chosen_in_the_dialog(checking, add, qtbot, detail_of, plan_of):
    made = add("Grow", ACTIVATION, SIGNED)
    activation, signed = (result.id for result in plan_of(made).key_results)
    shown = checking(chosen=signed)
    assert shown.value_control is shown.reached
    shown.key_result.setCurrentIndex(0)
    qtbot.keyClicks(shown.number, "41")
    kept(qtbot, shown)
    assert detail_of(made).check_ins[0].key_result_id == activation


def test_a_check_in_is_changed(checking, add, check_in, qtbot, detail_of):
    made = add("Grow", ACTIVATION)
    entry = check_in(made, 41.0, confidence=5, note="First")
    shown = checking(check_in_id=entry)
    assert (shown.number.text(), shown.confidence.value(), shown.note.toPlainText()) == ("41", 5, "First")
    shown.number.clear()
    qtbot.keyClicks(shown.number, "42")
    assert kept(qtbot, shown) == entry
    (row,) = detail_of(made).check_ins
    assert (row.value, row.confidence, row.note) == (42.0, 5, "First")


# ---------------------------------------------------------------- the sheet of all that is due


@pytest.fixture
def sheet(window, store):
    def make():
        with store.read() as session:
            due = objectives.due_check_ins(session, LATER)
        made = CheckInSheet(store, due, window, today=LATER)
        made.open()
        return made

    return make


@pytest.fixture
def _later():
    clock.fix(NOW + timedelta(days=8))


@pytest.mark.usefixtures("_later")
def test_a_sheet_keeps_the_lines_that_say_something(sheet, add, qtbot, detail_of):
    made = add("Grow", ACTIVATION, SPEED, SIGNED)
    shown = sheet()
    activation, speed, signed = shown.lines
    qtbot.waitUntil(activation.number.hasFocus)
    assert not shown.primary.isEnabled()
    qtbot.keyClicks(activation.number, "41")
    activation.confidence.setCurrentIndex(8)
    qtbot.keyClicks(activation.note, "Invite step")
    signed.reached.setCurrentIndex(2)
    assert shown.primary.text() == "Save 2 check-ins"
    with qtbot.waitSignal(shown.kept) as told:
        qtbot.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    detail = detail_of(made)
    assert told.args[0] == [row.id for row in detail.check_ins]
    kept = {(row.value, row.confidence, row.note, row.day) for row in detail.check_ins}
    assert kept == {(41.0, 7, "Invite step", LATER), (1.0, None, "", LATER)}
    assert speed.is_blank


@pytest.mark.usefixtures("_later")
def test_a_sheet_says_what_is_wrong_at_the_line(sheet, add, qtbot):
    add("Grow", ACTIVATION, SPEED)
    shown = sheet()
    first, second = shown.lines
    qtbot.keyClicks(first.number, "41")
    qtbot.keyClicks(second.number, "-1")
    assert second.wrong.text() == "A duration cannot be below zero."
    assert not shown.primary.isEnabled()
    second.number.clear()
    second.number.changed.emit()
    qtbot.keyClicks(second.note, "Only a note")
    assert second.wrong.text() == "Enter a value, a confidence or both."
    assert not shown.primary.isEnabled()


def test_the_form_says_how_much_it_counts_and_whether_it_is_a_draft(page, add, store, qtbot):
    made = add("Grow activation", ACTIVATION)
    shown = page()
    shown.commands.edit.trigger()
    (form,) = [child for child in shown.findChildren(ObjectiveDialog) if child.isVisible()]
    form.weight.setText("0")
    form.weight.textEdited.emit("0")
    assert not form.primary.isEnabled()
    form.weight.setText("2.5")
    form.weight.textEdited.emit("2.5")
    form.is_draft.setChecked(True)
    form.accept()
    with store.read() as session:
        draft, _ = objectives.objective_draft(session, made)
    assert (draft.weight, draft.state) == (2.5, "draft")
