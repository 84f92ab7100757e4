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


def marked_sql(story: str, quiet_days: int, columns: Sequence[str]) -> str:
    """Return the SELECT of the story's rows that are in an episode: columns and ``episode_id``.

    A gap of ``quiet_days`` or more between two rows of one customer and theme, in either
    direction, ends an episode. It opens with the first inbound row after that: what the company
    sent before is in none.
    """
    near = f"PARTITION BY customer_id, theme_id {_ORDER}"
    return f"""
    WITH gaps AS (
        SELECT *, us - lag(us) OVER ({near}) AS gap FROM {story}
    ),
    numbered AS (
        SELECT *, sum(CASE WHEN gap < {quiet_days * DAY_US} THEN 0 ELSE 1 END)
            OVER ({near} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS number
        FROM gaps
    ),
    opened AS (
        SELECT *, min(CASE WHEN direction = 'in' THEN us END)
            OVER (PARTITION BY customer_id, theme_id, number) AS opened_us
        FROM numbered
    )
    SELECT {", ".join(map(quoted, columns))},
        substr(md5(customer_id || '{NODE}' || CAST(theme_id AS VARCHAR) || '{NODE}'
            || CAST(opened_us AS VARCHAR)), 1, 20) AS episode_id
    FROM opened
    WHERE us >= opened_us
    """


def episodes_sql(marked: str, quiet_days: int, as_of_us: int) -> str:
    """Return the SELECT of `episodes` from marked rows.

    ``channels`` and ``public_at`` are of inbound rows. An episode is ``quiet`` when its last row
    is ``quiet_days`` or more before ``as_of_us``, else ``open``: its window has not run out.
    """
    return f"""
    SELECT episode_id, customer_id, theme_id, min("at") AS opened_at, max("at") AS last_at,
        count(CASE WHEN direction = 'in' THEN 1 END) AS contacts_in,
        count(CASE WHEN direction = 'out' THEN 1 END) AS contacts_out,
        count(DISTINCT CASE WHEN direction = 'in' THEN channel END) AS channels,
        min(CASE WHEN direction = 'in' AND public THEN "at" END) AS public_at,
        CASE WHEN {as_of_us} - max(us) < {quiet_days * DAY_US} THEN 'open' ELSE 'quiet' END
            AS status
    FROM {marked}
    GROUP BY episode_id, customer_id, theme_id
    """
