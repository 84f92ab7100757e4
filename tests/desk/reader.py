"""Ada, who reads the pages of the tests, and what she reads."""

from __future__ import annotations

import html
import re
from typing import Any

NAME, PASSWORD = "ada", "a long enough password"


def said(response: Any) -> str:
    """Return the words of a page, without its tags."""
    text = response.content.decode()
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"</?(a|b|span)\b[^>]*>", "", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
