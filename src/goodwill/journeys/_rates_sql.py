"""SQL of the rates that a report shows, over the tables that `follow` left."""

from __future__ import annotations

from goodwill.journeys._words import DAY_US


def repeat_rate_sql(days: int, same_theme: bool = True) -> str:
    """Return the SELECT of one row: the repeat contact rate within ``days``.

    Share of contacts with an earlier contact of the same customer (and the same problem, when
    ``same_theme``) in the ``days`` before, ends included. A message in parts is one contact; what
    says nothing but thanks is none.

    Columns: ``repeats`` of ``contacts``, of ``repeat_people`` and ``people``; ``known`` of
    ``total`` inbound contacts have what the rate needs (a customer, and a problem).
    """
    kind = "same" if same_theme else "any"
    needed = ("episode_id",) if same_theme else ("customer_id", '"at"')
    known = " AND ".join(f"{column} IS NOT NULL" for column in needed)
    return f"""
    WITH judged AS (
        SELECT customer_id, coalesce({kind}_us <= {days * DAY_US}, FALSE) AS again
        FROM contact_gaps
        WHERE NOT part_{kind}
    ),
    counted AS (
        SELECT count(CASE WHEN again THEN 1 END) AS repeats, count(*) AS contacts,
            count(DISTINCT CASE WHEN again THEN customer_id END) AS repeat_people,
            count(DISTINCT customer_id) AS people
        FROM judged
    ),
    covered AS (
        SELECT count(CASE WHEN {known} THEN 1 END) AS known, count(*) AS total
        FROM messages
        WHERE direction = 'in'
    )
    SELECT repeats, contacts, repeat_people, people, known, total FROM counted CROSS JOIN covered
    """


def first_contact_sql() -> str:
    """Return the SELECT of one row: first-contact resolution.

    Share of quiet episodes without a repeat contact: the customer wrote once (in one part or
    several) and not again. Open episodes count neither way.

    Columns: ``first_contact`` of ``closed`` episodes, ``people`` who have one, ``open`` episodes
    left out; ``known`` of ``total`` inbound contacts are in an episode.
    """
    return """
    WITH again AS (
        SELECT episode_id, max(CASE WHEN repeat THEN 1 ELSE 0 END) AS repeats
        FROM messages
        WHERE episode_id IS NOT NULL AND direction = 'in'
        GROUP BY episode_id
    ),
    counted AS (
        SELECT count(CASE WHEN e.status = 'quiet' AND a.repeats = 0 THEN 1 END) AS first_contact,
            count(CASE WHEN e.status = 'quiet' THEN 1 END) AS closed,
            count(DISTINCT CASE WHEN e.status = 'quiet' THEN e.customer_id END) AS people,
            count(CASE WHEN e.status = 'open' THEN 1 END) AS open
        FROM episodes AS e
        JOIN again AS a ON a.episode_id = e.episode_id
    ),
    covered AS (
        SELECT count(episode_id) AS known, count(*) AS total FROM messages WHERE direction = 'in'
    )
    SELECT first_contact, closed, people, open, known, total FROM counted CROSS JOIN covered
    """
