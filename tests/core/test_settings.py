"""Choices travel with the file, and a file that says nonsense still opens."""

from __future__ import annotations

import pytest

from app.core.days import Calendar
from app.core.model import Setting
from app.core.settings import Settings, change_settings, settings


def test_choices_are_kept_and_divide_time(store):
    with store.write() as session:
        change_settings(session, day_start=4, first_weekday=6, fiscal_start_month=10)
    with store.read() as session:
        assert settings(session).calendar == Calendar(first_weekday=6, fiscal_start_month=10, day_start=4)


@pytest.mark.parametrize("said", ["99", "-1", '"4"', "null", "true", "4.5", "{", "[]", "1e999"])
@pytest.mark.parametrize("key", ["day_start", "first_weekday", "fiscal_start_month"])
def test_a_choice_that_cannot_be_has_its_default(store, key, said):
    with store.write() as session:
        session.add(Setting(key=key, value=said))
    with store.read() as session:
        assert settings(session) == Settings()
        assert settings(session).calendar == Calendar()


def test_a_choice_nobody_knows_is_refused(store):
    with store.write() as session, pytest.raises(TypeError):
        change_settings(session, colour="red")
