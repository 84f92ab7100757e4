"""SQL of episodes: the same for a Book and for a table that a caller hands in.

Its input is a *story*: rows (row_id, customer_id, theme_id, at, us, direction, channel, public),
where ``us`` is ``at`` in microseconds, direction is ``in`` or ``out``, customer and theme are
known, and ``row_id`` orders rows of one moment.
"""

from __future__ import annotations

from collections.abc import Sequence

from goodwill.journeys._words import DAY_US, NODE
from goodwill.literals import quoted

_ORDER = "ORDER BY us, direction, row_id"
CUSTOMER_AND_PROBLEM = ("customer_id", "theme_id")


def marked_sql(
    story: str,
    quiet_days: int,
    columns: Sequence[str],
    key: tuple[str, str] = CUSTOMER_AND_PROBLEM,
    more: str = "",
    carried: str = "*",
) -> str:
    """Return the SELECT of the story's rows in an episode: columns, ``number``, ``opened_us``.

    A gap of ``quiet_days`` or more between two rows of one customer and theme, in either
    direction, ends an episode. It opens with the first inbound row after that: what the company
    sent before is in none. ``number`` tells the episodes of one key apart.

    Args:
        story: The table.
        quiet_days: Days without a row that end an episode.
        columns: Columns of the story, and of ``more``.
        key: The columns that stand for the customer and the theme.
        more: More columns, which may be windows over `within_sql`, each with a comma before it.
        carried: The columns of the story that all this needs; each goes through every sort.
    """
    by = ", ".join(key)
    return f"""
    WITH gaps AS (
        SELECT {carried}, row_number() OVER (PARTITION BY {by} {_ORDER}) AS nth,
            us - lag(us) OVER (PARTITION BY {by} {_ORDER}) AS gap
        FROM {story}
    ),
    numbered AS (
        SELECT *, CAST(sum(CASE WHEN gap < {quiet_days * DAY_US} THEN 0 ELSE 1 END)
            OVER (PARTITION BY {by} ORDER BY nth
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS number
        FROM gaps
    ),
    opened AS (
        SELECT *, min(CASE WHEN direction = 'in' THEN us END) OVER ({within_sql(key)}
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS opened_us{more}
        FROM numbered
    )
    SELECT {", ".join(map(quoted, columns))}, number, opened_us
    FROM opened
    WHERE us >= opened_us
    """


def within_sql(key: tuple[str, str]) -> str:
    """Return the window of an episode, in its order; before its first contact it may hold more.

    >>> within_sql(("customer_id", "theme_id"))
    'PARTITION BY customer_id, theme_id, number ORDER BY nth'
    """
    return f"PARTITION BY {', '.join(key)}, number ORDER BY nth"


def episode_id_sql(customer: str, theme: str, opened_us: str) -> str:
    """Return the id of an episode: who, what about, since when."""
    return (
        f"substr(md5({customer} || '{NODE}' || CAST({theme} AS VARCHAR) || '{NODE}' || "
        f"CAST({opened_us} AS VARCHAR)), 1, 20)"
    )


def told_sql(quiet_days: int, as_of_us: int) -> str:
    """Return the columns of `episodes` that are counted of its rows.

    ``channels`` and ``public_at`` are of inbound rows. An episode is ``quiet`` when its last row
    is ``quiet_days`` or more before ``as_of_us``, else ``open``: its window has not run out.
    """
    return f"""min("at") AS opened_at, max("at") AS last_at,
        count(CASE WHEN direction = 'in' THEN 1 END) AS contacts_in,
        count(CASE WHEN direction = 'out' THEN 1 END) AS contacts_out,
        count(DISTINCT CASE WHEN direction = 'in' THEN channel END) AS channels,
        min(CASE WHEN direction = 'in' AND public THEN "at" END) AS public_at,
        CASE WHEN {as_of_us} - max(us) < {quiet_days * DAY_US} THEN 'open' ELSE 'quiet' END
            AS status"""


def episodes_sql(marked: str, quiet_days: int, as_of_us: int) -> str:
    """Return the SELECT of `episodes` from marked rows of customers and themes by name."""
    return f"""
    SELECT {episode_id_sql("customer_id", "theme_id", "opened_us")} AS episode_id, customer_id,
        theme_id, {told_sql(quiet_days, as_of_us)}
    FROM {marked}
    GROUP BY customer_id, theme_id, number, opened_us
    """
