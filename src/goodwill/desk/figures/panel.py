"""A figure as it stands on a page: the number, and a panel with all that judges it.

Written out here and not as a template: a list of problems has some hundred figures, and this takes
a tenth of the time.
"""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString, mark_safe

from goodwill.desk.figures import words
from goodwill.figures import Figure


def drawn(figure: Figure, label: str, size: str, definition: str, records: str) -> SafeString:
    """Return the markup of one figure.

    Args:
        figure: What is shown.
        label: What it is called, for those who do not see where it stands.
        size: ``big``, ``row`` or ``small``.
        definition: Its definition; empty where there is none.
        records: The address of the records behind it; empty for who may not see them.
    """
    name, value = escape(label), figure.value
    interval = ends = exact = ""
    if value is not None:
        exact = escape(words.exact(value, figure.unit))
        if figure.low is not None and figure.high is not None:
            interval = escape(words.between(figure.low, figure.high, figure.unit))
            ends = (
                f"{words.exact(figure.low, figure.unit)} to {words.exact(figure.high, figure.unit)}"
            )
    grade = figure.grade if figure.grade != "none" else ""
    rows = [
        ("Exactly", exact),
        ("95% interval", escape(ends)),
        ("Grade", f"{grade}: {words.GRADES[grade]}" if grade else ""),
        ("People", "" if figure.people is None else words.count(figure.people)),
        ("Events", "" if figure.events is None else words.count(figure.events)),
        ("Rests on", _rests_on(figure.coverage)),
    ]
    listed = "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in rows if text)
    below = ""
    if value is None:
        below = f'<p class="reason">{escape(figure.reason or "There is no value.")}</p>'
    elif interval and size != "small":
        below = f'<p class="interval">{interval}</p>'
    link = ""
    if records:
        hidden = f'<span class="vh"> behind {name}</span>'
        link = f'<a href="{escape(records)}">See the records{hidden}</a>'
    said = f"<p>{escape(definition)}</p>" if definition else ""
    return mark_safe(
        f'<div class="fig {escape(size)}{" none" if value is None else ""}">'
        f'<details name="figure"><summary><span class="vh">{name}: </span>'
        f"{_number(figure, grade)}</summary></details>{below}"
        f'<div class="panel">{said}<dl>{listed}</dl>{link}</div></div>'
    )


def _number(figure: Figure, grade: str) -> str:
    if figure.value is None:
        return '<span class="num">no value</span>'
    spoken = words.number(figure.value, figure.unit)
    text = f'<span class="num">{escape(spoken.number)}</span>'
    if spoken.unit:
        text += f' <span class="unit">{escape(spoken.unit)}</span>'
    if grade:
        hidden = '<span class="vh">grade </span>'
        means = f"Grade {grade}: {words.GRADES[grade]}"
        text += f' <span class="grade" title="{means}">{hidden}{grade}</span>'
    return text


def _rests_on(coverage: float | None) -> str:
    if coverage is None:
        return "no records"
    share = "all" if coverage >= 1 else words.share(coverage)
    return f"{share} of the records in question"
