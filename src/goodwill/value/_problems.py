"""The step of a refresh that ranks themes as problems: by the loss a year that could be avoided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.figures import Z95
from goodwill.tables import DERIVED, LOW_RATINGS, low_rating_sql

_YEAR_US = 52 * 7 * 86_400_000_000


def rank_problems(
    engine: Engine,
    *,
    low_ratings: Mapping[str, float] = LOW_RATINGS,
    parameter_error: float = 0.0,
    contact_cost: float | None = None,
) -> None:
    """Make ``problem_costs``: a row for each theme, from what the steps before have left.

    ``place`` orders the themes by the loss a year that could be avoided: cost to serve (contacts
    at ``contact_cost``, refunds beyond what is usual) and value lost, as `placed` says. A value
    that may be a gain adds nothing, so that cost to serve stands as a floor. Where neither money
    is known, themes come after those, by the mean of three places: by people, by repeats and by
    the lifetime value of the people (the first two alone where nobody has one). Ties go to more
    people, then to more events, then to the lower id.

    The interval of a sum of lifetime values takes the customers as independent, each with a
    standard deviation read off the width of his own interval, and adds the parameters' part. One
    customer's interval is lopsided; that of a sum of many is not.

    Args:
        engine: Holds messages, episodes, customer_value, problem_effects, contract_effects,
            promises.
        low_ratings: The highest rating that counts as low, by scale.
        parameter_error: Relative standard error of a sum of lifetime values that comes from the
            models' parameters; `value_customers` returns it under that name.
        contact_cost: Of the work that one contact takes, in the currency's minor unit; None where
            the company has not told.
    """
    sql = problem_costs_sql(low_ratings, parameter_error, contact_cost)
    schema = DERIVED["problem_costs"].schema
    found = engine.arrow(sql, schema)
    order = placed(*(found[f"avoidable{end}"].to_pylist() for end in ("", "_low", "_high")))
    place = schema.get_field_index("place")
    numbers = pa.array(np.argsort(order) + 1, schema.field(place).type)
    engine.load("problem_costs", found.set_column(place, schema.field(place), numbers))


def placed(
    estimates: Sequence[int | None], lows: Sequence[int | None], highs: Sequence[int | None]
) -> list[int]:
    """Return in which order problems stand, given their losses in order and with intervals.

    The costliest first, ties by the lower end: a problem whose interval reaches up to the estimate
    of the costliest that has no place yet cannot be told from it, and of those that cannot be told
    from it the one that surely loses most comes next. Else some small problems would stand ahead
    of large ones each time by chance alone: of many uncertain losses the largest found are mostly
    found too large. Those without an estimate come last, as they were.

    Args:
        estimates: Of each problem, the larger first; those without one at the end.
        lows: Lower ends of their intervals.
        highs: Upper ends, never below the estimates.
    """
    known = [row for row, value in enumerate(estimates) if value is not None]
    reaching = sorted(known, key=lambda row: -(highs[row] or 0))
    tied: list[tuple[int, int]] = []
    out: list[int] = []
    done: set[int] = set()
    entered = 0
    for costliest in known:
        while entered < len(known) and (highs[reaching[entered]] or 0) >= (
            estimates[costliest] or 0
        ):
            heappush(tied, (-(lows[reaching[entered]] or 0), reaching[entered]))
            entered += 1
        while costliest not in done:
            _, row = heappop(tied)
            out.append(row)
            done.add(row)
    return out + [row for row, value in enumerate(estimates) if value is None]


def problem_costs_sql(
    low_ratings: Mapping[str, float], parameter_error: float, contact_cost: float | None = None
) -> str:
    """Return the query to ``problem_costs``, the largest estimate first, ties by the lower end."""
    parameters = float(Z95 * parameter_error)
    work = (
        "CAST(NULL AS BIGINT)"
        if contact_cost is None
        else f"CAST(round(c.contacts_year * {float(contact_cost)!r}) AS BIGINT)"
    )
    low = low_rating_sql(low_ratings)
    return f"""
    WITH ends AS (SELECT max(epoch_us("at")) AS last_us FROM messages),
    inbound AS (
        SELECT m.theme_id, m.customer_id, m.episode_id, coalesce(m.repeat, FALSE) AS again,
            coalesce(epoch_us(m.at) > z.last_us - {_YEAR_US}, FALSE) AS late,
            coalesce(m.public, FALSE) AS seen, m.rating IS NOT NULL AS rated,
            coalesce({low}, FALSE) AS low
        FROM messages AS m CROSS JOIN ends AS z
        WHERE m.direction = 'in' AND m.theme_id IS NOT NULL
    ),
    counted AS (
        SELECT theme_id, count(*) AS events, count(customer_id) AS known,
            count(DISTINCT customer_id) AS people,
            CAST(sum(CASE WHEN again THEN 1 ELSE 0 END) AS BIGINT) AS repeats,
            count(DISTINCT CASE WHEN again THEN customer_id END) AS repeat_people,
            count(DISTINCT CASE WHEN seen THEN customer_id END) AS public_people,
            CAST(sum(CASE WHEN rated THEN 1 ELSE 0 END) AS BIGINT) AS ratings,
            CAST(sum(CASE WHEN rated AND low THEN 1 ELSE 0 END) AS BIGINT) AS low_ratings,
            CAST(sum(CASE WHEN late THEN 1 ELSE 0 END) AS BIGINT) AS contacts_year
        FROM inbound
        GROUP BY theme_id
    ),
    again AS (
        SELECT episode_id, max(CASE WHEN repeat THEN 1 ELSE 0 END) AS again
        FROM messages WHERE direction = 'in' AND episode_id IS NOT NULL GROUP BY episode_id
    ),
    closed AS (
        SELECT e.theme_id, count(*) AS episodes_closed,
            CAST(sum(CASE WHEN coalesce(a.again, 0) = 0 THEN 1 ELSE 0 END) AS BIGINT)
                AS episodes_first_contact
        FROM episodes AS e LEFT JOIN again AS a ON a.episode_id = e.episode_id
        WHERE e.status = 'quiet'
        GROUP BY e.theme_id
    ),
    pairs AS (
        SELECT DISTINCT theme_id, customer_id FROM inbound WHERE customer_id IS NOT NULL
    ),
    money AS (
        SELECT p.theme_id, count(v.lifetime_value) AS valued_people,
            CAST(sum(v.revenue) AS BIGINT) AS revenue,
            CAST(sum(v.lifetime_value) AS BIGINT) AS lifetime_value,
            CAST(sum(CAST(v.lifetime_value_high - v.lifetime_value_low AS DECIMAL(19, 0))
                * CAST(v.lifetime_value_high - v.lifetime_value_low AS DECIMAL(19, 0))) AS DOUBLE)
                AS widths
        FROM pairs AS p JOIN customer_value AS v ON v.customer_id = p.customer_id
        GROUP BY p.theme_id
    ),
    spent AS (
        SELECT c.theme_id, x.refunds_year, x.gestures_year, x.gestures, x.gesture_people,
            {lost_sql("")} AS value_lost, {lost_sql("_low")} AS value_lost_low,
            {lost_sql("_high")} AS value_lost_high,
            CASE WHEN {work} IS NOT NULL OR x.refunds_year IS NOT NULL
                THEN coalesce({work}, 0) + coalesce(x.refunds_year, 0)
                    + coalesce(x.gestures_year, 0) END AS serve_cost
        FROM counted AS c
        LEFT JOIN problem_effects AS x ON x.theme_id = c.theme_id
        LEFT JOIN contract_effects AS y ON y.theme_id = c.theme_id
    ),
    joined AS (
        SELECT c.*, s.refunds_year, s.gestures_year, s.gestures, s.gesture_people, s.serve_cost,
            s.value_lost, s.value_lost_low, s.value_lost_high,
            coalesce(s.serve_cost, 0) + greatest(coalesce(s.value_lost, 0), 0) AS avoidable,
            coalesce(s.serve_cost, 0) + greatest(coalesce(s.value_lost_low, 0), 0)
                AS avoidable_low,
            coalesce(s.serve_cost, 0) + greatest(coalesce(s.value_lost_high, 0), 0)
                AS avoidable_high,
            s.serve_cost IS NOT NULL OR s.value_lost IS NOT NULL AS costed,
            coalesce(e.episodes_closed, 0) AS episodes_closed,
            coalesce(e.episodes_first_contact, 0) AS episodes_first_contact,
            coalesce(m.valued_people, 0) AS valued_people, m.revenue, m.lifetime_value,
            sqrt(m.widths / 4 + power({parameters!r} * m.lifetime_value, 2)) AS half
        FROM counted AS c
        LEFT JOIN closed AS e ON e.theme_id = c.theme_id
        LEFT JOIN money AS m ON m.theme_id = c.theme_id
        LEFT JOIN spent AS s ON s.theme_id = c.theme_id
    ),
    placed AS (
        SELECT *, rank() OVER (ORDER BY people DESC) + rank() OVER (ORDER BY repeats DESC)
            + rank() OVER (ORDER BY coalesce(lifetime_value, 0) DESC) AS places
        FROM joined
    )
    SELECT theme_id,
        row_number() OVER (ORDER BY CASE WHEN costed THEN 0 ELSE 1 END,
            CASE WHEN costed THEN -avoidable END, CASE WHEN costed THEN -avoidable_low END, places,
            people DESC, events DESC, theme_id) AS place,
        people, events, known, repeat_people, repeats, episodes_closed, episodes_first_contact,
        public_people, valued_people, revenue, lifetime_value,
        CASE WHEN lifetime_value > half THEN CAST(round(lifetime_value - half) AS BIGINT)
            WHEN lifetime_value IS NOT NULL THEN 0 END AS lifetime_value_low,
        CAST(round(lifetime_value + half) AS BIGINT) AS lifetime_value_high,
        ratings, low_ratings, contacts_year,
        refunds_year, gestures_year, gestures, gesture_people, serve_cost, value_lost,
        value_lost_low, value_lost_high,
        CASE WHEN costed THEN avoidable END AS avoidable,
        CASE WHEN costed THEN avoidable_low END AS avoidable_low,
        CASE WHEN costed THEN avoidable_high END AS avoidable_high
    FROM placed
    ORDER BY place
    """


def lost_sql(end: str) -> str:
    """Return what a problem lost in orders (x) and contracts (y), or an end of the interval.

    The errors of the two are taken as independent.
    """
    whole = "coalesce(x.value_lost, 0) + coalesce(y.value_lost, 0)"
    if not end:
        return f"CASE WHEN x.value_lost IS NOT NULL OR y.value_lost IS NOT NULL THEN {whole} END"
    sign = "-" if end == "_low" else "+"
    reach = " + ".join(
        f"coalesce(power(CAST({one}.value_lost{end} - {one}.value_lost AS DOUBLE), 2), 0)"
        for one in ("x", "y")
    )
    return (
        f"CASE WHEN y.value_lost IS NULL THEN x.value_lost{end} "
        f"WHEN x.value_lost IS NULL THEN y.value_lost{end} "
        f"ELSE CAST(round({whole} {sign} sqrt({reach})) AS BIGINT) END"
    )
