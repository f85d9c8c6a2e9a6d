"""Career ladders: read with every remark, planned, and written once."""

from __future__ import annotations

import codecs
from collections import Counter

import pytest
from sqlalchemy import select

from app.core import skills
from app.core.errors import UserError
from app.core.model import Area, Item
from app.core.transfer.ladder import bring_ladder, plan_ladder, read_ladder, suggested_levels
from tests.conftest import NOW

TABLE = (
    "\ufeffCategory;Parameter;Description;Junior;Middle;Senior\n"
    "Craft;Discovery;Find problems;asks;frames;leads\n"
    ";Delivery;;ships;;scales;too;much\n"
    "Craft;discovery;again;a;b;c\n"
    "People;;nobody;a;b;c\n"
    "People;Hiring;;;;\n"
)
LEVELS_ABOVE = (
    "# Research\n\n## Level 1\n\n### 🎯 Knowledge\n\nKnows.\n\n## Level 2\n### Knowledge\nKnows more.\n\n- Much\n"
)
LEVELS_BELOW = "Lost words\n\n# Craft\n## Discovery\n### Level 1: learns\nAsks.\n### L3\nLeads.\n"
HEAD = (
    '---\nsidebarTitle: "📄 Generic"\ntopics:\n  - title: "🧠 Knowledge"\n    content:\n'
    '      - level: 1\n        criteria: ["Asks", "Reads"]\n      - level: six\n'
    "      - level: 2\n        criteria: []\n---\n"
)


def read(tmp_path, name, text):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_ladder(file)


def test_a_table_is_read_and_what_is_odd_is_named_by_its_line(tmp_path):
    ladder = read(tmp_path, "ladder.csv", TABLE)
    assert ladder.levels == ("Junior", "Middle", "Senior")
    assert [(each.area, each.title, each.levels) for each in ladder.skills] == [
        ("Craft", "Discovery", ("asks", "frames", "leads")),
        ("Craft", "Delivery", ("ships", "", "scales")),
        ("People", "Hiring", ("", "", "")),
    ]
    assert ladder.problems == (
        (3, "has more cells than the head has names; those are left out."),
        (3, "says nothing for level 2 of “Delivery”."),
        (4, "names “discovery” a second time and is left out."),
        (5, "has no name of a skill and is left out."),
        (6, "describes no level of “Hiring”; it comes without anchors."),
    )


@pytest.mark.parametrize(
    ("text", "skills_", "levels"),
    [
        (LEVELS_ABOVE, [("Research", "Knowledge", ("Knows.", "Knows more.\n- Much"))], ("Level 1", "Level 2")),
        (LEVELS_BELOW, [("Craft", "Discovery", ("Asks.", "", "Leads."))], ("Level 1: learns", "Level 2", "L3")),
        (HEAD, [("Generic", "Knowledge", ("- Asks\n- Reads", ""))], ("Level 1", "Level 2")),
    ],
)
def test_markdown_is_read_whichever_way_its_headings_stand(tmp_path, text, skills_, levels):
    ladder = read(tmp_path, "ladder.md", text)
    assert [(each.area, each.title, each.levels) for each in ladder.skills] == skills_
    assert ladder.levels == levels


def test_lines_that_belong_nowhere_are_told(tmp_path):
    assert (1, "stands under no level of a skill and is left out.") in read(
        tmp_path, "l.md", LEVELS_BELOW
    ).problems


def test_giant_cells_and_foreign_encodings_are_read_and_told(tmp_path):
    text = "Category,Parameter,Description,1\nArt,Führung,," + "x" * 10_000 + "\n"
    ladder = read(tmp_path, "l.csv", text.encode("cp1252"))
    assert (ladder.skills[0].title, len(ladder.skills[0].levels[0])) == ("Führung", 4_000)
    assert any("10,000 characters" in sentence for _, sentence in ladder.problems)
    assert ladder.problems[0][0] == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("name", "text"), [("l.csv", TABLE), ("l.tsv", TABLE.replace(",", "\t")), ("l.md", LEVELS_BELOW)]
)
def test_a_byte_order_mark_belongs_to_no_name(tmp_path, encoding, name, text):
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    plain = read(tmp_path, name, text)
    ladder = read(tmp_path, name, mark + text.encode(encoding))
    assert (ladder.levels, ladder.skills, ladder.problems) == (plain.levels, plain.skills, plain.problems)


def test_a_name_twice_in_headings_adds_to_the_first(tmp_path):
    ladder = read(tmp_path, "l.md", "# Craft\n\n" + "## Discovery\n\n### Level 1\n\nAsks.\n\n" * 2)
    assert [(each.title, each.levels) for each in ladder.skills] == [("Discovery", ("Asks.\nAsks.",))]
    assert ladder.problems == ((13, "tells of “Discovery” a second time; it is added to the first."),)


@pytest.mark.parametrize("text", ["", "# Only\n\nwords", "---\ntopics: 3\n---\n", "\x00\x01\x02"])
def test_what_is_no_ladder_is_refused_with_what_to_do(tmp_path, text):
    with pytest.raises(UserError):
        read(tmp_path, "l.md", text)


def test_more_levels_than_five_are_spread():
    assert suggested_levels(3) == (1, 2, 3)
    assert suggested_levels(6) == (1, 2, 3, 3, 4, 5)
    assert suggested_levels(1) == (1,)


def test_a_ladder_is_planned_then_written_once(store, tmp_path):
    ladder = read(tmp_path, "ladder.csv", TABLE)
    mapping = (1, 1, 5)
    with store.read() as session:
        plan = plan_ladder(session, ladder, mapping)
    assert plan.new_areas == ("Craft", "People")
    assert plan.skills[0][1] == ("asks\n\nframes", "", "", "", "leads")
    with store.write() as session:
        made = bring_ladder(session, ladder, mapping, now=NOW)
        assert Counter(session.get(Item, each).kind for each in made) == {"area": 2, "skill": 3}
    with store.write() as session:
        assert bring_ladder(session, ladder, mapping, now=NOW) == []
        assert len(session.scalars(select(Area)).all()) == 2
    with store.read() as session:
        (craft, people) = skills.board(session, on=NOW.date()).areas
    assert ([row.title for row in craft.skills], people.skills[0].title) == (["Discovery", "Delivery"], "Hiring")


MATRIX = """# Growth

Read this first.

| Level | Title | Scope |
| --- | --- | --- |
| 1 | Junior | a task |

## Craft

| Competency | L1 | L2 | L3 |
|:---|:--:|---|---|
| **Discovery** | asks | frames<br>tests | leads \\| teaches |
| Delivery | ships | | scales |

## People

| Skills | Junior (L1) | Mid (L2) | Senior (L3) |
| --- | --- | --- | --- |
| Hiring | joins | runs | shapes |

| Skill | Junior | Senior |
|---|---|---|
| Budget | knows | plans |

## Where I am

| Competency | Current | Target | Gap |
|---|---|---|---|
| Discovery | 60% | 80% | more tests |
"""


def test_tables_in_markdown_with_a_column_for_each_level(tmp_path):
    ladder = read(tmp_path, "growth.md", MATRIX)
    assert ladder.levels == ("L1", "L2", "L3")
    assert [(each.area, each.title, each.levels) for each in ladder.skills] == [
        ("Craft", "Discovery", ("asks", "frames\ntests", "leads | teaches")),
        ("Craft", "Delivery", ("ships", "", "scales")),
        ("People", "Hiring", ("joins", "runs", "shapes")),
    ]
    assert ladder.problems == (
        (14, "says nothing for level 2 of “Delivery”."),
        (24, "begins a table with other levels than the first; it is left out."),
        (0, "7 lines stand in no table of levels and are left out."),
    )


def test_a_matrix_whose_first_column_is_called_by_its_levels(tmp_path):
    ladder = read(
        tmp_path, "m.md", "## Depth\n\n| Level | IC1 | IC2 |\n|---|---|---|\n| **Coding** | learns | does |\n"
    )
    assert [(each.area, each.title, each.levels) for each in ladder.skills] == [
        ("Depth", "Coding", ("learns", "does"))
    ]


def test_bold_lines_that_name_a_level_stand_for_headings(tmp_path):
    text = (
        "## From L4 to L5\n\n### Strategy\n\n**L4 (now):**\n- one area\n\n**L5**:\n- a platform\n"
        "\n### Shipping\n\n__Level 5__\n- many teams\n**Note** well\n"
    )
    ladder = read(tmp_path, "steps.md", text)
    assert [(each.area, each.title, each.levels[3:]) for each in ladder.skills] == [
        ("From L4 to L5", "Strategy", ("- one area", "- a platform")),
        ("From L4 to L5", "Shipping", ("", "- many teams\n**Note** well")),
    ]
