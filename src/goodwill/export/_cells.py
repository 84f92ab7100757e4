"""Cells of a CSV file that no spreadsheet takes for a formula (OWASP, CSV Injection)."""

from __future__ import annotations

_NUMBER = "[+-]?[0-9]+([.,][0-9]+)?"
_STARTS = "=+@＝＋＠－-"
"""What a formula begins with, also in the wide forms of Chinese and Japanese keyboards."""
_HIDDEN = r"""[\s\p{Z}\p{C}"''`´‘’“”]*"""
"""White space, quotes and invisible characters before the sign do not hide it."""


def safe_sql(text: str) -> str:
    """Return the SQL of a text cell with an apostrophe before all that could begin a formula.

    Line breaks and tabs become spaces: a spreadsheet that parts cells otherwise than at commas
    would begin a cell there, as it does after a semicolon. A number stays as it is.
    """
    flat = rf"regexp_replace({text}, '[\t\r\n\v\f\x{{0}}]+', ' ', 'g')"
    return (
        f"CASE WHEN regexp_full_match({text}, '{_NUMBER}') THEN {text} "
        f"ELSE regexp_replace({flat}, '(^|;)({_HIDDEN}[{_STARTS}])', '\\1''\\2', 'g') END"
    )
