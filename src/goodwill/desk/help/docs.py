"""The docs as pages: Markdown of this package turned into HTML, with no HTML let through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

import goodwill

_NAME = re.compile(r"^[a-z0-9_-]{1,60}$")
_LINK = re.compile(r"^([a-z0-9_-]+)\.md(#[\w-]+)?$")


@dataclass(frozen=True, slots=True)
class Doc:
    """One file of the docs."""

    name: str
    title: str
    html: str
    headings: tuple[tuple[str, str], ...]
    """Address and text of each heading of the second level."""


def folder() -> Path:
    """Return where the docs lie: inside the package, or beside its sources."""
    inside = Path(goodwill.__file__).parent / "docs"
    return inside if inside.is_dir() else Path(goodwill.__file__).parents[2] / "docs"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all docs."""
    return tuple(sorted(path.stem for path in folder().glob("*.md")))


@cache
def read(name: str) -> Doc | None:
    """Return one doc; None where there is none of that name."""
    if not _NAME.match(name) or name not in names():
        return None
    text = (folder() / f"{name}.md").read_text(encoding="utf-8")
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    title, headings, taken = name, [], set[str]()
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            said = _plain(tokens[place + 1])
            address = _anchor(said, taken)
            token.attrSet("id", address)
            if token.tag == "h1":
                title = said
            elif token.tag == "h2":
                headings.append((address, said))
        for child in token.children or ():
            _turn(child)
        if token.type == "table_open":
            # A wide table scrolls by itself, so that the page never does.
            token.attrSet("class", "doc-table")
    html = parser.renderer.render(tokens, parser.options, {})
    parts = html.split('<table class="doc-table">')
    opened = [
        f'<div class="scroll" role="region" aria-label="Table {n}" tabindex="0"><table>{part}'
        for n, part in enumerate(parts[1:], 1)
    ]
    html = (parts[0] + "".join(opened)).replace("</table>", "</table></div>")
    return Doc(name, title, html, tuple(headings))


def _turn(token: Token) -> None:
    """Let links between docs lead to pages; a picture is named and not loaded."""
    if token.type != "link_open":
        return
    target = str(token.attrGet("href") or "")
    if found := _LINK.match(target):
        token.attrSet("href", f"/help/{found[1]}/{found[2] or ''}")


def _plain(inline: Token) -> str:
    return "".join(
        child.content for child in inline.children or () if child.type in ("text", "code_inline")
    )


def _anchor(said: str, taken: set[str]) -> str:
    """Return the address of a heading, as forges make them: ``What it is`` is ``what-it-is``."""
    base = re.sub(r"[^\w\- ]", "", said.lower()).strip().replace(" ", "-") or "part"
    found, n = base, 1
    while found in taken:
        found, n = f"{base}-{n}", n + 1
    taken.add(found)
    return found
