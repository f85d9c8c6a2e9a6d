"""From HTML to Markdown: what is said and how it is marked; colours, fonts and layout stay behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from app.core.transfer.html_tree import BLOCKS, Node, tree

BREAK: Final = "\ufdd0"
_BOXES: Final = {"\ufdd1": "[ ]", "\ufdd2": "[x]"}
"""Stand-ins, of what is no character, until the line is known on which a check box stands."""
_MARKS: Final = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "var": "*", "dfn": "*",
    "s": "~~", "strike": "~~", "del": "~~", "code": "`", "tt": "`", "kbd": "`", "samp": "`",
}  # fmt: skip
_STYLES: Final = (
    (re.compile(r"font-weight:(bold|[6-9]00)"), "**"),
    (re.compile(r"font-style:(italic|oblique)"), "*"),
    (re.compile(r"text-decoration[\w-]*:[^;]*line-through"), "~~"),
)
_DONE: Final = ("true", "checked")
_CODE_LANGUAGE: Final = re.compile(r"en-(?:codeblock|syntax)language:([\w+#-]{1,20})(?:;|$)")
_SAFE_LINK: Final = re.compile(r"(?i)^(?!\s*(?:javascript|vbscript|data|file|about|blob):)")
_AT_START: Final = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|>|[-+*](?=\s)|[-=]{3,}(?=\s*$)|~~~)")
_NUMBERED: Final = re.compile(r"^(\s*\d{1,9})([.)](?:\s|$))")

_TELLING: Final = re.compile(
    r"(?i)</(?:p|div|span|ul|ol|li|b|i|strong|em|a|h[1-6]|blockquote)>|<(?:br|p|div)\b[^<>]*>"
)

Block = tuple[str, str]
"""What kind (line, para, list, item, code …) and its Markdown."""
Pointer = Callable[[Node], str | None]


def markdown(html: str, point: Pointer = lambda _: None) -> str:
    """The Markdown of an HTML text.

    Args:
        point: Asked for each picture, attachment and other element it may know better;
            answers with Markdown, or None to have it written as usual.
    """
    return _joined(_Writer(point).blocks(tree(html))).strip("\n")


def is_html(text: str) -> bool:
    """Whether a text is HTML rather than words that happen to hold a "<"."""
    return bool(_TELLING.search(text[:20_000]))


def escaped(text: str) -> str:
    """Words that stand for themselves, with a backslash before what Markdown would take for a mark."""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", text)
    text = re.sub(r"(`|(?<![*\s])\*(?=\*)|(?<!\*)\*(?=\S)|(?<=\S)\*)", r"\\\1", text)
    text = re.sub(r"(?<!\w)_(?=\S)|(?<=\S)_(?!\w)", r"\\_", text)
    if "](" in text or "][" in text or "]:" in text:
        text = re.sub(r"\[(?=[^\[\]\n]{0,1000}\][(\[:])", r"\\[", text)
    return re.sub(r"<(?=[A-Za-z/!?])", r"\\<", text)


def at_line_start(line: str) -> str:
    """A line that does not become a heading, quote or list by how its words begin."""
    return _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\1\\\2", line))


class _Writer:
    def __init__(self, point: Pointer) -> None:
        self._point = point

    def blocks(self, node: Node) -> list[Block]:
        found: list[Block] = []
        run: list[Node | str] = []

        def end_run() -> None:
            found.extend(("line", line) for line in _lines(self._run(run, frozenset())))
            run.clear()

        for child in node.children:
            if isinstance(child, Node) and (child.tag in BLOCKS or child.holds_blocks):
                end_run()
                found += self._block(child)
            else:
                run.append(child)
        end_run()
        return found

    def _block(self, node: Node) -> list[Block]:
        known = self._point(node)
        if known is not None:
            return [("para", known)] if known else []
        if node.tag == "hr":
            return [("rule", "---")]
        if node.tag == "pre" or "en-codeblock:true" in node.style():
            return [("code", _fenced(node.words(), _CODE_LANGUAGE.search(node.style())))]
        if node.tag in ("ul", "ol"):
            return self._list(node)
        if node.tag == "table":
            return self._table(node)
        inner = self.blocks(node)
        if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            words = " ".join(text.strip() for _, text in inner if text.strip())
            words = re.sub(r"^\*\*([^*]+)\*\*$", r"\1", words)  # a heading is bold as it is
            return [("heading", f"{'#' * int(node.tag[1])} {words}")] if words else []
        if node.tag == "blockquote":
            quoted = "\n".join(f"> {line}".rstrip() for line in _joined(inner).split("\n"))
            return [("quote", quoted)] if quoted.strip("> \n") else []
        if node.tag == "p" and all(kind == "line" for kind, _ in inner):
            return [("para", text)] if (text := _joined(inner).strip("\n")) else [("line", "")]
        if node.tag == "li":
            return [("item", self._item(node, "-"))]
        if node.tag == "dt":
            return [("line", f"**{_joined(inner)}**")]
        return inner

    def _list(self, node: Node) -> list[Block]:
        lines: list[str] = []
        start = node.attributes.get("start", "1")
        number = int(start) if start.isdecimal() and len(start) < 9 else 1
        tasks = "en-todo:true" in node.style()
        for child in node.children:
            if isinstance(child, str):
                if child.strip():
                    lines.append(f"- {escaped(' '.join(child.split()))}")
            elif child.tag in ("ul", "ol"):  # a list right inside a list belongs to the item before it
                indent = "    " if lines else ""
                lines += [indent + line for _, text in self._list(child) for line in text.split("\n")]
            else:
                mark = f"{number}." if node.tag == "ol" else "-"
                if tasks or (state := _task_state(node, child)):
                    is_done = "en-checked:true" in child.style() if tasks else state in _DONE
                    mark = f"- [{'x' if is_done else ' '}]"
                item = self._item(child, mark)
                if lines and re.match(r"-(?: \[[ x]\])? (?:-|\d+\.) ", item):  # nothing but a list in it
                    item = "\n".join(
                        f"    {text}" for _, inner in self.blocks(child) for text in inner.split("\n")
                    )
                lines.append(item)
                number += 1
        return [("list", "\n".join(lines))] if lines else []

    def _item(self, node: Node, mark: str) -> str:
        inner = self.blocks(node) if node.holds_blocks or node.tag in BLOCKS else [
            ("line", line) for line in _lines(self._inline(node, frozenset()))
        ]  # fmt: skip
        indent = " " * (4 if mark.startswith("-") else max(4, len(mark) + 1))
        inner = [block for block in inner if block[1].strip()]
        if len(inner) > 1 and inner[1][0] in ("line", "para") and re.fullmatch(r"- \[[ x]\] ?", inner[0][1]):
            inner[:2] = [("line", f"{inner[0][1].rstrip()} {inner[1][1]}")]  # a box in a label of its own
        text = _joined(inner, tight=True)
        first, _, rest = text.partition("\n")
        if re.match(r"- \[[ x]\] ", first):
            mark, first = mark.partition(" ")[0], first[2:]
        more = "".join(f"\n{indent}{line}" if line.strip() else "\n" for line in rest.split("\n")) if rest else ""
        return f"{mark} {first}{more}".rstrip()

    def _table(self, node: Node) -> list[Block]:
        rows = _rows(node)
        if not rows:
            return []
        if all(len(row) == 1 for row in rows):  # a frame, not a table
            return [block for row in rows for block in self.blocks(row[0])]
        width = max(len(row) for row in rows)
        cells = [[self._cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        return [("table", "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]))]

    def _cell(self, cell: Node) -> str:
        blocks = [("line", _flat(text)) if kind == "table" else (kind, text) for kind, text in self.blocks(cell)]
        text = _joined(blocks, tight=True)
        return re.sub(r" *\n+ *", "<br>", text.strip()).replace("|", "\\|")

    def _run(self, nodes: list[Node | str], within: frozenset[str]) -> str:
        """Words one after another; two bold neighbours become one, for their marks would cancel out."""
        parts: list[str] = []
        mark = ""
        for node in nodes:
            part = self._inline(node, within)
            marks = _marks_of(node) if isinstance(node, Node) else []
            if mark and marks == [mark] and part.startswith(mark) and parts[-1].endswith(mark):
                parts[-1], part = parts[-1][: -len(mark)], part[len(mark) :]
            if part:
                parts.append(part)
                mark = marks[0] if len(marks) == 1 else ""
        return "".join(parts)

    def _inline(self, node: Node | str, within: frozenset[str]) -> str:
        if isinstance(node, str):
            text = re.sub(r"[ \t\r\n\f]+", " ", node).replace("\u00a0", " ")
            text = re.sub("[\ufdd0-\ufdd2]", "\ufffd", text)
            return text if "`" in within else escaped(text)
        known = self._point(node)
        if known is not None:
            return known
        if node.tag == "br":
            return BREAK
        if node.tag == "img":
            return _image(node)
        if node.tag in ("input", "en-todo"):
            return _box(node)
        marks = [mark for mark in _marks_of(node) if mark not in within]
        inner = self._run(node.children, within | set(marks))
        for mark in marks:
            inner = _marked(inner, mark)
        return _link(node, inner) if node.tag == "a" else inner


def _task_state(node: Node, item: Node) -> str:
    """What editors note at an item that can be checked, or at its list; "" at any other."""
    noted = item.attributes.get("data-checked") or node.attributes.get("data-checked") or ""
    listed = item.attributes.get("data-list", "")
    return (noted or (listed if listed in ("checked", "unchecked") else "")).casefold()


def _flat(table: str) -> str:
    """The rows of a table within a cell, which Markdown has not, as lines."""
    rows = [line[2:-2] for line in table.split("\n") if set(line) - set("|- ")]
    return "\n".join(" · ".join(cell.strip() for cell in row.split(" | ") if cell.strip()) for row in rows)


def _joined(blocks: list[Block], *, tight: bool = False) -> str:
    """Blocks set apart as Markdown needs it: lines of one paragraph by a hard break, all else by an empty line."""
    parts: list[str] = []
    before = ""
    for kind, text in blocks:
        if kind == "line" and not text.strip():
            before = "" if before != "start" else before
            continue
        if parts:
            if kind == "line" and before == "line":
                boxes = text.startswith("- [") + parts[-1].startswith("- [")
                parts.append(("  \n", "\n\n", "\n")[boxes])
            else:
                parts.append(
                    "\n"
                    if tight and kind in ("list", "item", "line")
                    else "\n"
                    if kind == before == "item"
                    else "\n\n"
                )
        parts.append(text)
        before = kind
    return "".join(parts)


def _lines(run: str) -> list[str]:
    """The lines of words that stand between two blocks; a break at their end adds none."""
    lines = [re.sub(r" {2,}", " ", line).strip() for line in run.split(BREAK)]
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    elif lines == [""]:
        return []
    return [_with_box(line) for line in lines]


def _with_box(line: str) -> str:
    """A line that begins with its check box, if it has one."""
    found = next((mark for mark in line if mark in _BOXES), "")
    words = " ".join(part.strip() for part in re.split("[\ufdd1\ufdd2]", line) if part.strip())
    return f"- {_BOXES[found]} {words}" if found else at_line_start(line)


def _marks_of(node: Node) -> list[str]:
    if mark := _MARKS.get(node.tag):
        return [mark]
    style = node.style() if node.tag in ("span", "font", "a") else ""
    return list(dict.fromkeys(mark for pattern, mark in _STYLES if style and pattern.search(style)))


def _marked(text: str, mark: str) -> str:
    """Marks around words, not around the spaces beside them, and on each line by itself."""
    lines = []
    for line in text.split(BREAK):
        words = line.strip(" \ufdd1\ufdd2")
        if words and mark == "`":
            fence = "``" if "`" in words else "`"
            shown = f"{fence} {words} {fence}" if fence == "``" else f"`{words}`"
        else:
            shown = f"{mark}{words}{mark}" if words else ""
        lines.append(line.replace(words, shown, 1) if words else line)
    return BREAK.join(lines)


def _link(node: Node, inner: str) -> str:
    href = node.attributes.get("href", "").strip()
    words = " ".join(inner.replace(BREAK, " ").split())
    if not href or not _SAFE_LINK.match(href) or not words:
        return inner if words or not href or not _SAFE_LINK.match(href) else href
    if words in (href, escaped(href)):
        return href
    if re.fullmatch(r"\[[^\[\]]*\]", words):  # two brackets would make a link to a note
        words = f"\\[{words[1:-1]}\\]"
    return f"[{words}]({_address(href)})"


def _image(node: Node) -> str:
    source = node.attributes.get("src", "").strip()
    alt = " ".join(node.attributes.get("alt", "").split()).replace("]", "")
    if not source or not _SAFE_LINK.match(source):
        return alt
    return f"![{alt}]({_address(source)})"


def _box(node: Node) -> str:
    if node.tag == "input" and node.attributes.get("type", "").casefold() != "checkbox":
        return ""
    checked = node.attributes.get("checked", "false" if node.tag == "en-todo" else None)
    return "\ufdd2" if checked not in (None, "false") else "\ufdd1"


def _address(href: str) -> str:
    return re.sub(r"[\s()<>\\]", lambda found: f"%{ord(found[0]):02X}", href)


def _fenced(words: str, language: re.Match[str] | None) -> str:
    words = words.replace("\u00a0", " ")
    fence = "```"
    while fence in words:
        fence += "`"
    named = language[1] if language and language[1] != "plaintext" else ""
    return f"{fence}{named}\n{words.strip(chr(10))}\n{fence}"


def _rows(table: Node) -> list[list[Node]]:
    rows: list[list[Node]] = []
    for child in table.children:
        if isinstance(child, Node) and child.tag in ("thead", "tbody", "tfoot"):
            rows += _rows(child)
        elif isinstance(child, Node) and child.tag == "tr":
            cells = [cell for cell in child.children if isinstance(cell, Node) and cell.tag in ("td", "th")]
            rows += [cells] if cells else []
    return rows
