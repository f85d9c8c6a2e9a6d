"""One question a day from the packs that are on, and none again before all others had their turn."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from app.core import prompts
from app.core.prompts import CADENCES, Pack, PackError, Prompt, prompt_of, put_packs
from app.core.settings import Settings, change_settings, settings
from tests.conftest import NOW

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
SHIPPED = prompts.packs(Settings())
WORDS = st.text("abc déÅ:-?", min_size=1, max_size=12).map(str.strip).filter(bool)
QUESTIONS = st.builds(Prompt, st.just(""), st.sampled_from(CADENCES), WORDS)
OWN = st.builds(
    lambda name, found, on: Pack(name, prompts.lines(found), on), WORDS, st.lists(QUESTIONS), st.booleans()
)


def is_ordinary(day):
    return day.weekday() != 4 or (day + timedelta(days=7)).month == day.month


def kept(store, wanted):
    with store.write() as session:
        put_packs(session, wanted, today=NOW.date())
    with store.read() as session:
        return prompts.packs(settings(session))


# ---------------------------------------------------------------- turns


@examples(max_examples=30, deadline=None)
@given(DAYS, st.lists(OWN, max_size=4), st.lists(st.booleans(), min_size=len(SHIPPED), max_size=len(SHIPPED)))
def test_no_question_comes_again_before_all_others_of_its_pool(day, own, on):
    held = [replace(pack, is_on=is_on) for pack, is_on in zip(SHIPPED, on, strict=True)] + own
    pool = prompts.asked(held)
    often = ("daily", "weekly")
    last: dict[str, int] = {}
    turns = dict.fromkeys(CADENCES, 0)
    for ahead in range(800):
        found = prompt_of(pool, day + timedelta(days=ahead))
        if found is None:
            continue
        cadence = "daily" if found.cadence in often else found.cadence
        size = sum(each.cadence in (often if cadence == "daily" else (cadence,)) for each in pool)
        turns[cadence] += 1
        assert turns[cadence] - last.get(found.text, -size) >= size
        last[found.text] = turns[cadence]


LETTERS = st.lists(st.sampled_from("abcdefghijklmnop"), min_size=2, unique=True)


@examples(max_examples=60, deadline=None)
@given(DAYS, st.lists(LETTERS, min_size=2, max_size=4))
def test_turns_go_on_where_they_were_when_packs_change(day, changes):
    """What stays is asked in the order in which it would have been, today's question first."""

    def asked_from(first, pool, moved):
        days = (first + timedelta(days=ahead) for ahead in range(2 * len(pool)))
        return [prompt_of(pool, day, moved=moved).text for day in days]

    pools = [[Prompt("", "daily", letter) for letter in letters] for letters in changes]
    moved: dict[str, int] = {}
    for before, after in itertools.pairwise(pools):
        stays = {each.text for each in before} & {each.text for each in after}
        without = [text for text in asked_from(day, before, moved) if text in stays]
        moved = prompts._moved(before, after, moved, day)
        following = [text for text in asked_from(day, after, moved) if text in stays]
        assert following[: len(stays)] == without[: len(stays)]
        day += timedelta(days=3)


def test_a_new_question_leaves_todays_as_it_is(store):
    today = NOW.date()
    with store.read() as session:
        chosen = settings(session)
    before = prompt_of(prompts.asked(prompts.packs(chosen)), today)
    put = kept(store, [*SHIPPED, Pack("Mine", "\n".join(f"Question {number}?" for number in range(7)))])
    with store.read() as session:
        moved = prompts.turns(settings(session))
    assert prompt_of(prompts.asked(put), today, moved=moved) == before
    assert prompts.turns(Settings(prompt_turns="[1")) == prompts.turns(Settings(prompt_turns="[1]")) == {}


@given(DAYS)
def test_months_quarters_and_years_end_with_their_own_question(day):
    found = prompt_of(prompts.asked(SHIPPED), day)
    assert (found.cadence in ("daily", "weekly")) == is_ordinary(day)


def test_another_one_is_another():
    day = date(2026, 11, 23)
    texts = [prompt_of(prompts.asked(SHIPPED), day, another=step).text for step in range(20)]
    assert len(set(texts)) == 20


def test_without_questions_there_is_none():
    assert prompt_of((), date(2026, 11, 23)) is None


# ---------------------------------------------------------------- packs


def test_a_question_says_its_cadence_or_is_for_any_day():
    assert prompts.questions("What now?\n\nmonthly: Whom did I teach?\n12:30 is lunch?") == (
        Prompt("", "daily", "What now?"),
        Prompt("", "monthly", "Whom did I teach?"),
        Prompt("", "daily", "12:30 is lunch?"),
    )


@given(st.lists(QUESTIONS))
def test_questions_written_as_lines_are_read_as_they_were(found):
    assert list(prompts.questions(prompts.lines(found))) == found


def test_the_shipped_themes_come_in_their_order_with_forty_questions():
    assert [pack.name for pack in SHIPPED][:2] == ["Clarity of strategy", "Outcomes over outputs"]
    assert len(prompts.asked(SHIPPED)) == 40
    assert all(pack.is_shipped and pack.is_as_shipped and pack.is_on for pack in SHIPPED)


def test_only_packs_that_are_on_are_asked_with_their_theme_and_each_question_once():
    held = [Pack("A", "One?\nweekly: Two?"), Pack("B", "Off?", is_on=False), Pack("C", "two?\nThree?\nThree?")]
    assert [(each.theme, each.text) for each in prompts.asked(held)] == [
        ("A", "One?"),
        ("A", "Two?"),
        ("C", "Three?"),
    ]


def test_only_what_differs_is_kept_so_that_later_questions_come(store):
    wanted = [
        replace(SHIPPED[0], is_on=False),
        replace(SHIPPED[1], text="Mine?"),
        *SHIPPED[2:],
        Pack("Own", "Why?"),
    ]
    found = kept(store, wanted)
    assert list(found) == wanted
    assert not found[1].is_as_shipped
    assert prompts.as_shipped(found[1]) == SHIPPED[1]
    with store.read() as session:
        said = settings(session).prompt_packs
    assert [sorted(one) for one in json.loads(said)] == [["on", "theme"], ["text", "theme"], ["name", "text"]]
    assert kept(store, SHIPPED) == SHIPPED
    with store.read() as session:
        assert settings(session).prompt_packs == ""


def test_questions_from_before_there_were_packs_are_a_pack_of_their_own(store):
    with store.write() as session:
        change_settings(session, own_prompts="Who was helped?\nmonthly: Who taught me?")
    with store.read() as session:
        found = prompts.packs(settings(session))
    assert found[-1] == Pack("My questions", "Who was helped?\nmonthly: Who taught me?")
    assert kept(store, found) == found
    with store.read() as session:
        assert settings(session).own_prompts == ""


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "null",
        "3",
        '"text"',
        '[1, null, [], {"theme": 3, "text": {}}]',
        "[" * 100_000,
        '[{"theme": "Decisions"}]',
    ],
)
def test_what_was_kept_and_is_broken_is_as_shipped(said):
    assert prompts.packs(Settings(prompt_packs=said)) == SHIPPED


def test_words_written_into_a_theme_that_is_shipped_no_more_stay():
    said = json.dumps([{"theme": "Long gone", "text": "Mine?"}, {"theme": "Gone too", "on": False}])
    assert prompts.packs(Settings(prompt_packs=said)) == (*SHIPPED, Pack("Long gone", "Mine?"))


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ([Pack("  ", "Why?")], "name", "Give the pack a name."),
        ([Pack("x" * 61, "Why?")], "name", "A name has at most 60 characters."),
        ([Pack("decisions", "Why?")], "name", "Two packs are called “decisions”."),
        ([Pack("Own", " \n")], "text", "Write a question, or delete the pack."),
        ([Pack("Own", "monthly:")], "text", "Write a question, or delete the pack."),
        ([Pack("Own", "y" * 501)], "text", "A question has at most 500 characters; “" + "y" * 40 + "…” has more."),
        ([Pack(f"Own {n}", "Why?") for n in range(61)], "name", "There are more than 60 packs of your own."),
        ([Pack("Own", "\n".join(f"{n}?" for n in range(1990)))], "text", "There are more than 2,000 questions."),
        ([Pack("Own", "\n".join("y" * 499 for n in range(201)))], "text", "Your questions have more than 100,000"),
    ],
)
def test_what_cannot_be_kept_is_said_of_its_pack(store, wrong, field, said):
    with pytest.raises(PackError) as error:
        kept(store, [*SHIPPED, *wrong])
    assert (error.value.place, error.value.field) == (len(SHIPPED) + len(wrong) - 1, field)
    assert str(error.value).startswith(said)
    with store.read() as session:
        assert settings(session).prompt_packs == ""


def test_an_emptied_theme_is_rather_turned_off(store):
    with pytest.raises(PackError, match="Write a question, or take its tick away"):
        kept(store, [replace(SHIPPED[0], text="")])


def test_brought_questions_join_those_that_are_there_and_none_comes_twice():
    held = [*SHIPPED, Pack("Own", "weekly: Why?\n")]
    brought = [*SHIPPED, Pack("OWN", "why?\nmonthly: How?"), Pack("New", "When?\nHow?")]
    found, count = prompts.joined(held, brought)
    assert count == 2
    assert found == [*SHIPPED, Pack("Own", "weekly: Why?\nmonthly: How?"), Pack("New", "When?")]
    assert prompts.joined(found, brought) == (found, 0)
