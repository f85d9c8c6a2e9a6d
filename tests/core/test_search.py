"""The language of the search box: what it finds, what it explains, and that nothing breaks it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import items, journal, kinds, search
from app.core.query import parsed, without
from tests.conftest import NOW

DAY = date(2026, 11, 23)
HOSTILE = [
    '"', '""', "'", "*", "a*", "*a", "a AND", "OR", "NOT", "NEAR(", "NEAR(a b, 99999999999)", "(", ")",
    "((((((((", "a:b", "text:x", "rowid:1", "^a", "a + b", "-a", "{a b}: c", "\\", "%", "_", "%%%", "é",
    "e\u0301", "日記", "🙂", "a" * 100_000, "a OR " * 5000 + "a", '" OR 1=1 --', "'; drop table entry; --",
    "x' UNION SELECT sql FROM sqlite_master --", "../../etc/passwd", "\u202e", "[a-z]+", "(a+)+$", "\t",
    " ", "tag:", "date:9999-99-99", "from:9999-99-99", "date:>", "-", "--", "?", "NOT NOT a",
    "-(a OR tag:x)", "mood:9", 'tag:"', "in:", "a\x00b", "\x1f", "a OR", "OR a", ") a (",
    "is:starred OR has:todo -kind:win",
]  # fmt: skip


@pytest.fixture
def diary(store):
    """Nine entries that differ in what a search can ask for."""

    def put(text, days_ago=0, kind="note", **marks):
        new = kinds.class_of(kind)(day=DAY - timedelta(days=days_ago), zone="UTC")
        item_id = journal.file_entry(session, new, text=text, now=NOW).id
        if marks:
            journal.set_marks(session, [item_id], **marks)
        return item_id

    with store.write() as session:
        put("Pricing call with Ana #sales", 1, mood=4)
        put("Pricing page shipped #sales/europe", 2, "launch")
        put("Churn fell in clinics", 10, "win", starred=True, energy=2)
        put("Retention talk with José", 20, "conversation", mood=2)
        put("- [ ] write to Ana\n- [x] done", 40)
        put("今日は産品経理と話した。", 50)
        put("ทดสอบภาษาไทย", 60)
        put("Roadmap review, see https://example.org", 400, private=True)
        put("Old plan, thrown away", 500)
        items.trash(session, [journal.entry_ids(session, matching="thrown")[0]], now=NOW)
    return store


def found(store, text, **how):
    with store.read() as session:
        query = journal.query_for(session, text, today=DAY)
        ids = journal.entry_ids(session, matching=query, **how)
        return [row.title for row in journal.entry_rows(session, ids, matching=query)]


PRICING = ["Pricing call with Ana #sales", "Pricing page shipped #sales/europe"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("pricing", PRICING),
        ("pric", PRICING),
        ("pric ", []),
        ("pric* ana", PRICING[:1]),
        ('"call with"', PRICING[:1]),
        ("pricing -ana", PRICING[1:]),
        ("pricing NOT ana", PRICING[1:]),
        ("churn OR retention", ["Churn fell in clinics", "Retention talk with José"]),
        ("(churn OR retention) jose", ["Retention talk with José"]),
        ("call AND pricing", PRICING[:1]),
        ("tag:sales", PRICING),
        ("tag:#Sales/Europe", PRICING[1:]),
        ("-tag:sales pricing", []),
        ("kind:win", ["Churn fell in clinics"]),
        ("kind:win OR kind:launch", [PRICING[1], "Churn fell in clinics"]),
        ("kind:launch pricing", PRICING[1:]),
        ("from:last_week pricing", PRICING),
        ("to:2025", ["Roadmap review, see https://example.org"]),
        ("on:yesterday", PRICING[:1]),
        ('on:"3 weeks ago"', []),
        ("mood:4", PRICING[:1]),
        ("mood:<3", ["Retention talk with José"]),
        ("mood:2-4", [PRICING[0], "Retention talk with José"]),
        ("energy:>1", ["Churn fell in clinics"]),
        ("has:todo", ["write to Ana"]),
        ("has:link", ["Roadmap review, see https://example.org"]),
        ("has:tag -kind:launch", PRICING[:1]),
        ("is:starred", ["Churn fell in clinics"]),
        ("is:private", ["Roadmap review, see https://example.org"]),
        ("in:trash plan", ["Old plan, thrown away"]),
        ("in:trash", ["Old plan, thrown away"]),
        ("in:title done", []),
        ("plan", []),
        ("jose", ["Retention talk with José"]),
        ("産品", ["今日は産品経理と話した。"]),
        ("経理", ["今日は産品経理と話した。"]),
        ("品話", []),
        ("話", ["今日は産品経理と話した。"]),
        ("ภาษา", ["ทดสอบภาษาไทย"]),
        ("pricing tag:sales from:2026-11-22 mood:4", PRICING[:1]),
    ],
)
def test_what_is_asked_for_is_found_newest_first(diary, text, titles):
    assert found(diary, text) == titles


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_any_text_is_a_query(diary, text):
    found(diary, text)
    found(diary, f"pricing {text}")
    found(diary, text, best_first=True)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["a", "OR", "NOT", "(", ")", '"', "-", "tag:x", "mood:3", "AND", "in:trash", "*"]),
        max_size=12,
    ).map(" ".join)
)
def test_nothing_that_is_typed_is_an_error(tmp_path_factory, text):
    store = _shared(tmp_path_factory)
    found(store, text)
    search.match_spans("Some text a b c", parsed(text, today=DAY))


_stores = []


def _shared(factory):
    from app.core.store import open_store

    if not _stores:
        _stores.append(open_store(factory.mktemp("search") / "J.northing"))
    return _stores[0]


@pytest.fixture(autouse=True, scope="module")
def _closed():
    yield
    for store in _stores:
        store.close()
    _stores.clear()


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("pricing mood:9", "mood:9"),
        ("from:blah x", "from:blah"),
        ("kind:frog", "kind:frog"),
        ("in:space", "in:space"),
    ],
)
def test_an_operator_that_cannot_be_understood_is_named_and_left_out(text, typed):
    ((named, reason),) = parsed(text, today=DAY).problems
    assert named == typed
    assert reason


def test_an_operator_that_is_being_typed_is_no_problem_yet():
    assert parsed("pricing tag:", today=DAY).problems == ()


def test_an_unknown_operator_is_read_as_words(diary):
    assert found(diary, "call:with") == PRICING[:1]


def test_a_filter_can_be_taken_out_of_the_text():
    assert without('a tag:x "b c"', "tag:x") == 'a "b c"'


def test_the_best_match_comes_first_when_asked_for(store):
    with store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="churn churn churn")
        journal.add_entry(
            session, day=DAY, now=NOW, zone="UTC", text="a long text in which churn stands once " * 3
        )
    assert found(store, "churn ")[0].startswith("a long")
    assert found(store, "churn ", best_first=True)[0] == "churn churn churn"


@pytest.mark.parametrize(
    ("said", "text", "marked"),
    [
        ("Café, cafeteria and CAFE", "cafe", ["Café", "cafeteria", "CAFE"]),
        ("Café, cafeteria", "cafe ", ["Café"]),
        ("price rise, price  rise", '"price rise"', ["price rise", "price  rise"]),
        ("one two", "two OR one -three", ["one", "two"]),
        ("産品経理と産品", "産品", ["産品", "産品"]),
        ("ﬁne print", "fine", ["ﬁne"]),
    ],
)
def test_matches_are_marked_where_they_stand(said, text, marked):
    spans = search.match_spans(said, parsed(text, today=DAY))
    assert [said[start:end] for start, end in spans] == marked


def test_a_snippet_shows_what_matched_in_scripts_without_spaces(diary):
    with diary.read() as session:
        query = journal.query_for(session, "経理", today=DAY)
        (row,) = journal.entry_rows(session, journal.entry_ids(session, matching=query), matching=query)
    assert "\x02経理\x03" in row.snippet


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date:9999-99-99", "No operator is called “date:”"),
        ("-rowid:1 pricing", "No operator is called “rowid:”"),
        ("a" * 100_000, "first 2,000 characters"),
        ("a OR " * 300, "first 60 words"),
    ],
)
def test_what_is_read_otherwise_than_it_looks_is_remarked(text, said):
    assert said in parsed(text, today=DAY).remarks[0][1]


def test_times_addresses_and_plain_words_need_no_remark():
    assert not parsed("10:30 https://example.org/a re: follow-up", today=DAY).remarks


def test_the_same_asked_often_is_asked_once():
    assert parsed("a OR a OR a OR b ", today=DAY) == parsed("a OR b ", today=DAY)


def test_an_underline_parts_words_and_is_none(store):
    with store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="Read the snake_case_name of it")
    for text in ("case", "snake_case", '"case_name"', "_case_", "_ case"):
        assert found(store, text) == ["Read the snake_case_name of it"], text
        with store.read() as session:
            query = journal.query_for(session, text, today=DAY)
        assert search.match_spans("Read the snake_case_name of it", query), text
    assert parsed("_", today=DAY).node is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Lunch with Søren", ("soren", "SØREN", "sor", "søren ", '"with soren"')),
        ("Łódź and Małgorzata", ("lodz", "lódź", "malgorzata ", "małg", "łod")),
        ("Đorđe asked", ("dorde", "DORĐE ", "dord", '"dorde asked"')),
        ("The old world told", ("øld ", "wørłđ", "tołd")),
    ],
)
def test_letters_with_a_stroke_are_found_by_those_without_and_shown(store, said, asked):
    with store.write() as session:
        journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=said)
    for text in asked:
        assert found(store, text) == [said], text
        with store.read() as session:
            query = journal.query_for(session, text, today=DAY)
            assert search.match_spans(said, query), text


def test_a_sharp_s_is_found_by_two_and_two_by_one(store):
    with store.write() as session:
        for text in ("Besuch in der Großen Straße", "Masse und Strasse"):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=text)
    both = ["Masse und Strasse", "Besuch in der Großen Straße"]
    for text in ("strasse", "STRASSE ", "straße ", "strass", "stras", "strass* "):
        assert found(store, text) == both, text
    assert found(store, '"grossen strasse"') == both[1:]
    assert found(store, "-strasse masse") == []
    with store.read() as session:
        query = journal.query_for(session, "strasse", today=DAY)
        assert search.match_spans(both[1], query) == [(21, 27)]
        assert len(search.matching_item_ids(session, "grossen stras")) == 1


def test_a_title_without_spaces_is_found_by_a_part_of_it(diary):
    with diary.read() as session:
        assert len(search.matching_item_ids(session, "経理")) == 1
        assert not search.matching_item_ids(session, "経産")
    with diary.write() as session:
        far = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="第3回 会議")
        near = journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text="One more\n\n第3回 会議 was long")
        items.link(session, near.id, far.id, "mentions", now=NOW)
    assert found(diary, "in:title 会議") == ["第3回 会議"]
    assert found(diary, "会議 ") == ["One more", "第3回 会議"]
    assert found(diary, "link:会議") == ["One more"]
    assert found(diary, 'link:"第3回 会議"') == ["One more"]
    with diary.write() as session:
        somebody = kinds.person_named(session, "佐藤 花子", now=NOW)
        items.link(session, near.id, somebody.id, "mentions", now=NOW)
        assert search.matching_item_ids(session, "花") == [somebody.id]
    assert found(diary, "link:花子") == ["One more"]


@pytest.mark.parametrize(
    "text", ["11月", "11月23", "2026年11", "年11月23日 kpi", "NOT 12月 23日", "月1日 OR 11月", "KPI改善", "改善 "]
)
def test_numbers_and_letters_among_characters_are_found_with_them(store, text):
    with store.write() as session:
        for said in ("2026年11月23日、KPI改善", "2026年12月1日、会議", "112月"):
            journal.add_entry(session, day=DAY, now=NOW, zone="UTC", text=said)
    wanted = ["2026年11月23日、KPI改善"]
    assert found(store, text) == (["2026年12月1日、会議", *wanted] if "OR" in text else wanted)


def test_moods_that_there_are_not_are_said_and_turned_ones_understood(diary):
    assert found(diary, "mood:4-2") == found(diary, "mood:2-4") != []
    for text in ("mood:>5", "energy:<1"):
        assert parsed(text, today=DAY).problems[0][1].startswith("Say a number")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("#sales ", PRICING),
        ("#Sales", PRICING),
        ("#sal", PRICING),
        ("#sal ", []),
        ("#sales/europe", PRICING[1:]),
        ("call -#sales/europe ", PRICING[:1]),
        ("#sales OR #zebra", PRICING),
        ("#1", []),
    ],
)
def test_a_tag_is_asked_for_as_it_is_written(diary, text, wanted):
    assert found(diary, text) == wanted
