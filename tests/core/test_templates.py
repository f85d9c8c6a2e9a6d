"""Templates are filled in with what the journal knows, and are no text before something is written into them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import journal, kinds, templates
from app.core.errors import FieldError
from app.core.settings import change_settings
from app.core.templates import Template, fill
from app.core.writing import Writing
from tests.conftest import NOW

DAY = date(2026, 11, 23)


def test_every_kind_has_a_template_whose_variables_are_known():
    assert list(templates.shipped()) == list(kinds.KINDS)
    told = dict.fromkeys(templates.VARIABLES, "x")
    for text in templates.shipped().values():
        assert text.startswith(("#", "- [ ] "))
        filled = fill(text, told)
        assert "{{" not in filled.text
        assert 0 < filled.at < len(filled.text)


def test_variables_are_filled_in_and_the_cursor_is_placed():
    filled = fill("# {{date}} in week {{ week }}\n{{cursor}}\nend {{unknown}}", {"date": "today", "week": "48"})
    assert filled.text == "# today in week 48\n\nend {{unknown}}"
    assert filled.text[: filled.at] == "# today in week 48\n"


def test_an_empty_list_goes_with_its_heading():
    text = "# Day\n\n## Left open\n{{boxes}}\n\n## Then\nwords"
    assert fill(text, {"boxes": ""}).text == "# Day\n\n## Then\nwords"
    assert fill(text, {"boxes": "- [ ] call"}).text == "# Day\n\n## Left open\n- [ ] call\n\n## Then\nwords"


@given(st.text())
def test_any_text_can_be_filled_in(text):
    filled = fill(text, {"boxes": "", "date": "{{date}}"})
    assert 0 <= filled.at <= len(filled.text)


def test_the_boxes_of_the_last_day_before_are_listed(store):
    with store.write() as session:
        for day, text in ((19, "- [ ] older"), (20, "- [ ] call Ana\n- [x] done"), (23, "- [ ] today's own")):
            journal.add_entry(session, day=date(2026, 11, day), now=NOW, zone="UTC", text=text)
    with store.read() as session:
        assert templates.lists(session, DAY)["boxes"] == "- [ ] call Ana"
        assert templates.calendar_words(session, DAY) == {
            "week": "48", "next_week": "49", "quarter": "Q4 2026", "year": "2026"
        }  # fmt: skip


def test_own_templates_are_kept_and_the_shipped_ones_are_not(store):
    with store.write() as session:
        held = templates.templates(session)
        templates.put_templates(
            session, [*held, Template("note", "Weekly 1:1", "## Wins\n"), Template("win", "A", "x")]
        )
    with store.read() as session:
        assert [each.name for each in templates.templates(session) if each.name] == ["A", "Weekly 1:1"]
        assert templates.beginning(session, "note") == ""
        assert templates.beginning(session, "win") == templates.shipped()["win"]
    with store.write() as session:
        templates.put_templates(session, [Template("note", "", "Good morning")])
        assert templates.beginning(session, "note") == "Good morning"
        change_settings(session, templates=False)
        assert templates.beginning(session, "note") == ""
        assert templates.beginning(session, "win") == ""


@pytest.mark.parametrize(
    "wanted",
    [
        [Template("note", "Twice", "a"), Template("win", "twice", "b")],
        [Template("note", "n" * 61, "a")],
        [Template("note", "Long", "x" * 20_001)],
        [Template("note", f"No. {number}", "a") for number in range(61)],
    ],
)
def test_what_cannot_be_kept_is_refused(store, wanted):
    with pytest.raises(FieldError), store.write() as session:
        templates.put_templates(session, wanted)


def test_a_template_is_no_entry_until_it_is_changed(store):
    writing = Writing(store, DAY, now=lambda: NOW, zone=lambda: ZoneInfo("UTC"))
    writing.untouched = "# Monday\n"
    writing.save("# Monday\n")
    assert writing.id is None
    writing.save("# Monday\nA word")
    assert writing.id is not None
    writing.save("# Monday\n")
    with store.read() as session:
        assert journal.entry(session, writing.id).text == "# Monday\n"
