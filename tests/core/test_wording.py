"""Hints ask for what a wording leaves open, and never for what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import wording

ALL = {"output", "number", "baseline", "beneficiary", "date"}


def asked(text, subject="key_result", **more):
    return {hint.kind for hint in wording.hints(text, subject, **more)}


def test_a_whole_key_result_is_asked_nothing():
    assert asked("Raise week-1 activation from 32 % to 50 % for new teams by 31 December") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Launch the new onboarding flow",
        "Shipping the partner API for admins",
        "We will deliver the pricing page",
        "To implement single sign-on",
        "Better reports and roll out dashboards",
        "Redesigned the whole checkout",
    ],
)
def test_outputs_are_questioned(text):
    assert "output" in asked(text, "objective")


@pytest.mark.parametrize(
    "text",
    [
        "Reduce the time to launch from 8 to 3 days",
        "Customers launch their first project alone",
        "Readers trust our releases",
        "Runners find a group in a minute",
        "Hold churn below 2 % for small teams",
    ],
)
def test_outcomes_are_not(text):
    assert "output" not in asked(text, "objective")


def test_the_hint_points_at_the_verb():
    text = "Better reports, and rolled out dashboards"
    (hint,) = [hint for hint in wording.hints(text, "objective") if hint.kind == "output"]
    assert text[hint.start : hint.start + hint.length] == "rolled out"
    assert "“rolled out”" in hint.sentence


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("More teams finish their setup by March", {"number"}),
        ("D7 retention of B2B teams rises by Q3 2026", {"number"}),
        ("50 % of new teams finish setup by 2026-12-31", {"baseline"}),
        ("Twice as many teams finish setup this quarter", set()),
        ("Activation from 32 to 50 by end of year", {"beneficiary"}),
        ("Activation for admins 32 → 50 %", {"date"}),
        ("Answer support tickets in 4 hours, currently 9", {"beneficiary", "date"}),
        ("Own the market 50 ways for teams", {"baseline", "date"}),
        ("Costs for teams fall by decreasing waste", {"number", "date"}),
        ("Revenue of €1,240 a month by Q2", {"baseline", "beneficiary"}),
    ],
)
def test_what_is_missing_is_asked_for(text, missing):
    assert asked(text) == missing


def test_an_objective_is_asked_for_its_outcome_only():
    assert asked("Make onboarding feel effortless", "objective") == {"beneficiary"}
    assert asked("New teams feel at home from day one", "objective") == set()


@given(st.text(max_size=80), st.sampled_from(["objective", "key_result"]), st.sets(st.sampled_from(sorted(ALL))))
def test_what_the_form_says_already_is_never_asked_for(text, subject, known):
    found = wording.hints(text, subject, known=known)
    kinds = [hint.kind for hint in found]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) - {"output"} <= ALL - known
    for hint in found:
        assert 0 <= hint.start <= hint.start + hint.length <= len(text)


def test_nobody_is_asked_while_still_typing():
    assert wording.hints("Launch it", "key_result") == []


def test_the_list_of_verbs_is_the_users_own():
    assert "output" in asked("Grok the market deeply", output_verbs=["grok"])
    assert "output" not in asked("Launch the market report", output_verbs=["grok"])
    assert "output" not in asked("Launch the market report", output_verbs=[""])


def test_the_frame_has_blanks_where_nothing_is_known():
    assert wording.rewritten() == "From __ to __ for __ by __"
    assert wording.rewritten("Activation", baseline="32 %", target="50 %", by="31 Dec") == (
        "Activation: from 32 % to 50 % for __ by 31 Dec"
    )
