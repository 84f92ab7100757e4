"""Candidates: customers who may be one, scored by Splink (Linacre et al. 2022).

Nothing here joins anybody. Pairs that share a trait are compared; how alike two records of one
customer are is stated, how alike two strangers are is counted in the Book, and the probability is
that of Fellegi and Sunter (1969), with common names counting less than rare ones.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import duckdb
import pyarrow as pa

from goodwill.errors import NotEnoughData
from goodwill.journeys import _candidates_sql as sql
from goodwill.literals import text_sql

CANDIDATES = pa.schema(
    [("a", pa.string()), ("b", pa.string()), ("probability", pa.float64()),
     ("evidence", pa.string()), ("against", pa.string())]
)  # fmt: skip
LEAST_PROBABILITY = 0.5
"""Below it, a pair is not proposed."""
_FOUND = 0.7
"""Of the pairs that are one customer, so many are taken to be alike in two ways and more."""
_MADE = ("_numbers", "_traits", "_blocks", "_pairs", "_people", "_blocked", "_names")


def find_candidates(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the pairs of customers who may be one, the likeliest first.

    Args:
        con: Holds ``traits`` (source, customer_ref, kind, value: keyed hashes), ``refs`` (source,
            customer_ref, customer_id: of joined references), ``customers`` (customer_id),
            ``places`` (customer_id, place) and ``closed`` (a, b: customers, a before b, not to be
            proposed).

    Returns:
        a and b (customer ids, a before b), probability, evidence and against, in words.

    Raises:
        NotEnoughData: Splink is not installed.
    """
    splink = scorer()
    for name, text in (
        ("_numbers", "SELECT customer_id, row_number() OVER (ORDER BY customer_id) AS number "
         "FROM customers"),
        ("_traits", sql.traits_sql()),
        ("_blocks", sql.blocks_sql()),
        ("_pairs", sql.pairs_sql()),
    ):  # fmt: skip
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {text}")
    try:
        if not _count(con, "SELECT count(*) FROM _pairs"):
            return CANDIDATES.empty_table()
        con.execute(f"CREATE OR REPLACE TEMP TABLE _people AS {sql.people_sql()}")
        return _scored(con, splink)
    finally:
        for name in _MADE:
            con.execute(f"DROP TABLE IF EXISTS {name}")


def scorer() -> Any:
    """Return Splink.

    Raises:
        NotEnoughData: It is not installed.
    """
    try:
        import splink
    except ImportError:
        raise NotEnoughData(
            "Candidates are scored by Splink, which is not installed.",
            hint="pip install 'goodwill[candidates]'",
        ) from None
    return splink


def _scored(con: duckdb.DuckDBPyConnection, splink: Any) -> pa.Table:
    people = _count(con, "SELECT count(*) FROM _numbers")
    alike = _count(con, "SELECT count(*) FROM _pairs WHERE alike > 1")
    settings = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match":
            min((alike + 1) / _FOUND / (people * (people - 1) / 2), 0.5),
        "comparisons": _comparisons(con),
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
    }  # fmt: skip
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = splink.DuckDBAPI(connection=con)
    linker = splink.Linker(api.register("_people"), settings, log_level=logging.ERROR,
                           validate_settings=False)  # fmt: skip
    con.execute(
        """CREATE OR REPLACE TEMP TABLE _names AS
        SELECT value AS name, count(*) / (SELECT count(DISTINCT number) FROM _traits
            WHERE kind = 'name') AS tf_name
        FROM _traits WHERE kind = 'name' GROUP BY value"""
    )
    tables = linker.table_management
    tables.register_term_frequency_lookup(api.register("_names"), "name")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _blocked AS SELECT '0' AS match_key, l AS join_key_l, "
        "r AS join_key_r FROM _pairs"
    )
    tables.register_blocked_pairs_for_predict(api.register("_blocked"))
    found = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY,
                                     warning_mode="never")  # fmt: skip
    told = con.sql(
        f"""SELECT x.customer_id AS a, y.customer_id AS b,
            round(least(s.match_probability, 0.999), 3) AS probability,
            {_words_sql(True)} AS evidence, {_words_sql(False)} AS against
        FROM {found.physical_name} AS s
        JOIN _people AS l ON l.unique_id = least(s.unique_id_l, s.unique_id_r)
        JOIN _people AS r ON r.unique_id = greatest(s.unique_id_l, s.unique_id_r)
        JOIN _numbers AS x ON x.number = l.unique_id
        JOIN _numbers AS y ON y.number = r.unique_id
        ORDER BY s.match_probability DESC, x.customer_id, y.customer_id"""
    ).to_arrow_table()
    tables.delete_tables_created_by_splink_from_db()
    return told.cast(CANDIDATES)


def _comparisons(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the comparisons as Splink's settings, with how often each level is chance."""
    chance = {
        (row[0], row[1]): (row[2] + 1) / max(row[3], 2)
        for row in con.execute(sql.chances_sql()).fetchall()
    }
    made = []
    for each in sql.COMPARISONS:
        near: dict[str, int] = {}
        if not all(level.name for level in each.levels):
            near = dict(con.execute(sql.neighbours_sql(each)).fetchall())
        drawn = sum(near.values())
        levels: list[dict[str, Any]] = [
            {"sql_condition": f"NOT ({_sides(each.known_sql)})",
             "is_null_level": True, "label_for_charts": "unknown"}
        ]  # fmt: skip
        rest_m = rest_u = 1.0
        for level in each.levels:
            u = chance.get((each.name, level.words))
            if u is None:
                u = (near.get(level.words, 0) + 1) / (drawn + 2)
                # A word shared by chance is common among kin: it never speaks for one customer.
                u = max(u, level.m) if level.words == "names share a word" else u
            u = min(u, 0.9 * rest_u)
            rest_m, rest_u = rest_m - level.m, rest_u - u
            made_level = {"sql_condition": _sides(level.sql), "label_for_charts": level.words,
                          "m_probability": level.m, "u_probability": u}  # fmt: skip
            if level.name == "name":
                made_level |= {"tf_adjustment_column": "name", "tf_adjustment_weight": 1.0}
            levels.append(made_level)
        levels.append({"sql_condition": "ELSE", "label_for_charts": each.against,
                       "m_probability": rest_m, "u_probability": rest_u})  # fmt: skip
        made.append({"output_column_name": each.name, "comparison_levels": levels})
    return made


def _sides(text: str) -> str:
    """Return a condition on ``l`` and ``r`` as Splink names their columns."""
    return re.sub(r"\b([lr])\.(\w+)", r'"\2_\1"', text)


def _words_sql(for_it: bool) -> str:
    """Return the SQL of the evidence for a pair, or against it, in words."""
    cases = []
    for each in sql.COMPARISONS:
        whens = " ".join(
            f"WHEN {level.sql} THEN {text_sql(level.words) if for_it else 'NULL'}"
            for level in each.levels
        )
        rest = "NULL" if for_it else text_sql(each.against)
        cases.append(f"CASE WHEN NOT ({each.known_sql}) THEN NULL {whens} ELSE {rest} END")
    return f"concat_ws(', ', {', '.join(cases)})"


def _count(con: duckdb.DuckDBPyConnection, text: str) -> int:
    return int(con.execute(text).fetchall()[0][0])
