"""The page to read: what it shows, what it links, what it never loads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from app.ui.kit.editor.preview import MarkdownPreview, html_of


@pytest.fixture
def preview(qtbot):
    made = MarkdownPreview()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def test_headings_have_the_sizes_of_the_source(preview):
    preview.show_markdown("# One\n\n## Two\n\nwords")
    block = preview.document().begin()
    sizes = [block.begin().fragment().charFormat().font().pixelSize()]
    block = block.next()
    sizes.append(block.begin().fragment().charFormat().font().pixelSize())
    assert sizes == [23, 19]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see [[The memo]]", "[[The memo]]"),
        ("with @Ana-Lima", "@Ana-Lima"),
        ("about #pricing/eu now", "#pricing/eu"),
        ("see [this](https://example.org)", "https://example.org"),
    ],
)
def test_what_names_something_is_a_link(qtbot, preview, text, link):
    html = html_of(text)
    href = html.split('href="')[1].split('"')[0]
    with qtbot.waitSignal(preview.link_requested) as asked:
        preview.anchorClicked.emit(QUrl(href))
    assert asked.args == [link]


def test_a_link_shows_the_words_that_are_given_for_its_title():
    assert ">the memo</a>" in html_of("see [[Pricing memo|the memo]]")
    assert ">Pricing memo|</a>" in html_of("see [[Pricing memo|]]")
    assert html_of("![[Memo#Goals]] Oh![[Memo]]").count("!") == 1


@pytest.mark.parametrize("text", ["`#tag @ana [[x]]`", "```\n#tag @ana [[x]]\n```", "a&amp;b x&#39;y a@b.c 5 #1"])
def test_code_and_signs_are_no_links(text):
    assert "item:" not in html_of(text)


def test_boxes_and_tables_are_drawn(preview):
    preview.show_markdown("- [x] done\n- [ ] open\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n\n> said\n")
    assert "☑  done" in preview.toPlainText()
    assert "☐  open" in preview.toPlainText()
    assert preview.toPlainText().strip().endswith("said")


def test_lines_of_the_source_are_lines_of_the_page(preview):
    preview.show_markdown("Called Ana\nand Priya\n\n- one\n  more of one")
    lines = [line.strip() for line in preview.toPlainText().split("\n")]
    assert lines == ["Called Ana", "and Priya", "one", "more of one"]


@pytest.mark.parametrize("place", ["https://example.org/a.png", "file:///etc/hostname", "/etc/hostname", "a.png"])
def test_nothing_is_ever_fetched(preview, place):
    assert preview.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(place)).isNull()
