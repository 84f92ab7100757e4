"""HTML bodies become plain text: paragraphs stay, quoted mail and signatures go.

Mail programs mark what they quote (``blockquote``, ``gmail_quote``); all of it was a message of
its own before, so it is left out here.
"""

from __future__ import annotations

import re
from html import unescape

_TAG = (
    r"(?:p|div|br|html|body|head|span|a|table|tr|td|th|tbody|blockquote|ul|ol|li|b|i|u|strong|em|"
    r"h[1-6]|img|font|style|script|meta|pre|code|hr|center|small|title)"
)
HTML = rf"(?i)</?{_TAG}(?:\s[^<>]*)?/?>|<!doctype html|&(?:nbsp|amp|lt|gt|quot|#x?[0-9a-f]+);"
"""What a text has that is HTML, or was cut out of it."""
_IS_MARKUP = re.compile(rf"</?{_TAG}(?:\s[^<>]*)?/?>|<!doctype html", re.IGNORECASE)
_SIMPLE = re.compile(r"</?(?:p|br|div|b|i|u|strong|em|span)\s*/?>", re.IGNORECASE)
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"</?(?:p|div)\s*>", re.IGNORECASE)
_PIECES = re.compile(
    r"""<!--.*?(?:-->|\Z)|<!\w[^>]*+>|<\?[^>]*+>|"""
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*+)"""
    r"""(?P<rest>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>|(?P<words>[^<]++|<)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[a-zA-Z][\w:-]*+)\s*=\s*(?P<value>"[^"]*+"|'[^']*+'|[^\s"'>]++)"""
)
_BLANKS = re.compile(r"\s+")
_APART = frozenset({"ol", "p", "table", "ul"})
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_UNSEEN = frozenset({"head", "noscript", "script", "style", "template", "title"})
_BLOCKS = frozenset(
    {"address", "article", "div", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
     "ol", "p", "pre", "section", "table", "tr", "ul"}
)  # fmt: skip
_QUOTED = re.compile(
    r"\b(?:x_)?(?:gmail_quote|gmail_attr|gmail_extra_quote|yahoo_quoted|moz-cite-prefix|"
    r"protonmail_quote|zmail_extra|wordsection-quote|freshdesk_quote|quotedtext|"
    r"gmail_signature|moz-signature|protonmail_signature_block|outlookmessageheader)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"^(?:x_)*(?:divrplyfwdmsg|appendonsend|mail-editor-reference-message-container|"
    r"olk_src_body_section|replysplit)$",
    re.IGNORECASE,
)
_SIGNATURE_ID = re.compile(r"^(?:x_)*(?:signature|ms-outlook-mobile-signature)$", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Return whether a text is markup; ``a < b`` and ``<ann@example.com>`` are not."""
    return bool(_IS_MARKUP.search(text))


def text_of(html: str, *, quoted: bool = False) -> str:
    """Return HTML as plain text.

    Args:
        html: A body, or a piece of one.
        quoted: Keep what it quotes.

    >>> text_of("<p>Hello &amp; bye</p><p>Ann</p><blockquote>Old</blockquote>")
    'Hello & bye\\n\\nAnn'
    """
    if "<" not in _SIMPLE.sub("", html):
        # Most chat bodies hold nothing but paragraphs and breaks.
        flat = _BREAKS.sub("\n", _PARAGRAPHS.sub("\n\n", " ".join(html.split())))
        return _tidy(unescape(_SIMPLE.sub("", flat)))
    parser = _Text(quoted)
    parser.feed(html)
    return _tidy(unescape("".join(parser.parts)))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\u200b", "").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Text:
    """One pass over the pieces of HTML: a tag, or the words between two."""

    def __init__(self, quoted: bool) -> None:
        self.parts: list[str] = []
        self._quoted = quoted
        self._link = ""
        self._link_from = 0

    def feed(self, html: str) -> None:
        """Take a whole text; what begins like a tag and ends nowhere is words."""
        dropped, depth, pre = "", 0, 0
        parts = self.parts
        for piece in _PIECES.finditer(html):
            name = piece["name"]
            if name is None:
                if not dropped and (words := piece["words"]):
                    parts.append(words if pre > 0 else _BLANKS.sub(" ", words))
                continue
            tag, ends = name.lower(), bool(piece["end"])
            if dropped:
                if tag == dropped:
                    depth += -1 if ends else 1
                    dropped = dropped if depth else ""
            elif ends:
                pre -= tag == "pre"
                self._end(tag)
            else:
                given = _attributes(piece["rest"]) if piece["rest"] else {}
                if _HISTORY.match(given.get("id", "")) and not self._quoted:
                    # Outlook puts the history beside this mark, not into it.
                    return
                if tag not in _VOID and self._drops(tag, given):
                    dropped, depth = tag, 1
                    continue
                pre += tag == "pre"
                self._start(tag, given)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _APART else "\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "a":
            self._link = given.get("href", "")
            self._link_from = len(self.parts)

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _APART else "\n")
        elif tag == "a" and self._link:
            self._end_link()

    def _drops(self, tag: str, given: dict[str, str]) -> bool:
        if tag in _UNSEEN:
            return True
        if self._quoted:
            return False
        if tag == "blockquote":
            return True
        if not given:
            return False
        name = given.get("id", "")
        hidden = "display:none" in given.get("style", "").replace(" ", "").lower()
        marked = _QUOTED.search(given.get("class", "")) or _QUOTED.search(name)
        return hidden or bool(marked) or bool(_SIGNATURE_ID.match(name))

    def _end_link(self) -> None:
        """Keep where a link leads when its words do not say it; what it is asked for goes."""
        shown = "".join(self.parts[self._link_from :]).strip()
        bare = self._link.split("?")[0].split("#")[0].rstrip("/")
        if bare.startswith(("http://", "https://")) and shown and "://" not in shown:
            host = bare.split("://", 1)[1]
            if host.removeprefix("www.") != shown.removeprefix("www.").rstrip("/"):
                self.parts.append(f" ({bare})")
        self._link = ""


def _attributes(rest: str) -> dict[str, str]:
    return {
        found["name"].lower(): unescape(found["value"].strip("\"'"))
        for found in _ATTRIBUTE.finditer(rest)
    }
