"""Accounting: what becomes of each source row, by comparing keys and content with the store.

When the file's last version of a key is what the store holds, all rows of that key are
duplicates. Else they are judged in order: the first of an unknown key is new, one with the
content of its forerunner is a duplicate, any other an update. What an update replaces goes to
the table's history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from goodwill.literals import text_sql
from goodwill.tables import FACTS

from ._known_rows import refuse_changes
from ._messages import IdsRepeat, plain_ids_sql
from ._recipe import TableMapping
from ._store import PARTITIONED, Store, rows_sql, schema_of

_STRANGE = 5
"""Updates with nothing in common with what they replace from which it is said."""


@dataclass(slots=True)
class Verdicts:
    """What an import will write, and how its source rows are counted."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    accepted: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """What looks as if ids meant something else than the mapping says."""


def number_plain(
    con: Any, store: Store, folder: Path, mappings: Mapping[int, TableMapping], source: str
) -> None:
    """Join logged threads with those stored; say which rows keep the plain id of their source.

    Leaves a table ``plain_ids`` (number, line, part, id, extended) in the connection.
    """
    con.execute(
        "CREATE OR REPLACE TABLE plain_ids (number BIGINT, line BIGINT, part BIGINT, id VARCHAR, "
        "extended VARCHAR)"
    )
    _merge_threads(con, store, folder, mappings, source)
    for number, mapping in mappings.items():
        if mapping.id_with and list(folder.glob(f"rows-{number}-*.parquet")):
            staged = f"read_parquet({text_sql(str(folder / f'rows-{number}-*.parquet'))})"
            stored = rows_sql(store.uris(mapping.table), FACTS[mapping.table].schema)
            con.execute(
                f"INSERT INTO plain_ids SELECT {number}, line, part, number, extended FROM "
                f"({plain_ids_sql(mapping, staged, stored, source)})"
            )


def judge(
    con: Any,
    store: Store,
    folder: Path,
    mappings: Mapping[int, TableMapping],
    source: str,
    at: datetime,
) -> Verdicts:
    """Compare the staged rows with the store and stage the verdicts.

    Called behind ``number_plain``. Leaves a table ``row_verdicts`` (line, verdict) in the
    connection.

    Raises:
        IdsRepeat: rows of one id are different messages, and the mapping says that ids are a
            message's own.
        KnownRowsChange: a row that was left unredacted has to be written.
    """
    out = Verdicts()
    con.execute("CREATE OR REPLACE TABLE row_verdicts (line BIGINT, verdict VARCHAR)")
    con.execute(
        "CREATE OR REPLACE TABLE group_verdicts (line BIGINT, verdict VARCHAR, head BIGINT, "
        "number BIGINT)"
    )
    for number, mapping in mappings.items():
        files = sorted(folder.glob(f"rows-{number}-*.parquet"))
        if not files:
            continue
        _judge_table(con, store, folder, number, mapping, source, at, out)
    # Where many rows make one fact, each has the fact's verdict, unless it made one of its own.
    con.execute(
        "CREATE OR REPLACE TEMP TABLE told AS SELECT line, max(verdict) FILTER ("
        "WHERE verdict <> 'duplicate') AS verdict FROM row_verdicts GROUP BY line"
    )
    con.execute(
        "INSERT INTO row_verdicts SELECT line, verdict FROM group_verdicts "
        "WHERE line NOT IN (SELECT line FROM told)"
    )
    # A fact that changed is told, also where each of its rows has brought nothing of its own.
    con.execute(
        "INSERT INTO row_verdicts SELECT head, 'updated' FROM group_verdicts g "
        "LEFT JOIN told t USING (line) GROUP BY number, head "
        "HAVING max(g.verdict) <> 'duplicate' AND count(*) = count(t.line) AND count(t.verdict) = 0"
    )
    return out


def verdict_counts(con: Any) -> dict[str, int]:
    """Return how many source rows are new, updated and duplicate.

    A row is new only when nothing of it was there: a known one whose list grew, or which brought
    a refund or a reply, is updated.
    """
    counts = con.execute(
        "SELECT CASE WHEN best = worst THEN best ELSE 2 END AS place, count(*) FROM ("
        "SELECT line, min(place) AS best, max(place) AS worst FROM (SELECT line, CASE verdict "
        "WHEN 'new' THEN 1 WHEN 'updated' THEN 2 ELSE 3 END AS place FROM row_verdicts) "
        "GROUP BY line) GROUP BY 1"
    ).fetchall()
    by_place = dict(counts)
    return {"new": by_place.get(1, 0), "updated": by_place.get(2, 0),
            "duplicate": by_place.get(3, 0)}  # fmt: skip


def _judge_table(
    con: Any,
    store: Store,
    folder: Path,
    number: int,
    mapping: TableMapping,
    source: str,
    at: datetime,
    out: Verdicts,
) -> None:
    table, row_id = mapping.table, mapping.row_id
    spec = FACTS[table]
    staged = f"read_parquet({text_sql(str(folder / f'rows-{number}-*.parquet'))})"
    stored = rows_sql(store.uris(table), spec.schema)
    dated = table in PARTITIONED
    month = "strftime(\"at\", '%Y-%m')" if dated else "''"
    stored_month = "month" if dated else "''"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE to_judge AS
        SELECT __line AS line, __part AS part, row_hash, {month} AS month,
            coalesce(p.id, "{row_id}") AS id, "{row_id}" IS NULL AS unnamed
        FROM {staged} r LEFT JOIN (FROM plain_ids WHERE number = {number}) p
            ON p.line = r.__line AND p.part = r.__part"""
    )
    con.execute(
        """UPDATE to_judge t SET id = n.id FROM (SELECT line, part, row_hash || ':' ||
            row_number() OVER (PARTITION BY row_hash ORDER BY line, part) AS id
            FROM to_judge WHERE unnamed) n
        WHERE t.id IS NULL AND t.line = n.line AND t.part = n.part"""
    )
    # Most ids come once: they are not sorted.
    con.execute(
        "CREATE OR REPLACE TEMP TABLE several AS "
        "SELECT id FROM to_judge GROUP BY id HAVING count(*) > 1"
    )
    con.execute(
        f"""CREATE OR REPLACE TABLE judged AS
        WITH ordered AS (
            SELECT *, lag(row_hash) OVER w AS before_hash,
                lead(row_hash) OVER w AS after_hash,
                first_value(month) OVER w AS first_month,
                last_value(row_hash) OVER (PARTITION BY id ORDER BY line, part
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS final_hash
            FROM to_judge SEMI JOIN several USING (id)
            WINDOW w AS (PARTITION BY id ORDER BY line, part)
            UNION ALL
            SELECT *, NULL, NULL, month, row_hash FROM to_judge ANTI JOIN several USING (id)
        ), stored AS (
            SELECT "{row_id}" AS id, row_hash AS stored_hash, {stored_month} AS stored_month
            FROM {stored} WHERE source = {text_sql(source)}
        )
        SELECT line, part, id, coalesce(stored_month, first_month) AS month, stored_hash,
            CASE WHEN final_hash = stored_hash THEN 'duplicate'
                WHEN before_hash IS NULL AND stored_hash IS NULL THEN 'new'
                WHEN row_hash = coalesce(before_hash, stored_hash) THEN 'duplicate'
                ELSE 'updated' END AS verdict,
            CASE WHEN final_hash IS NOT DISTINCT FROM stored_hash THEN NULL
                WHEN after_hash IS NULL AND stored_hash IS NULL THEN 'new'
                WHEN after_hash IS NULL THEN 'updated'
                WHEN after_hash <> row_hash THEN 'history' END AS action
        FROM ordered LEFT JOIN stored USING (id)"""
    )
    con.execute("DROP TABLE to_judge")
    if not mapping.group:
        refuse_changes(con, number, staged)
        con.execute("INSERT INTO row_verdicts SELECT line, verdict FROM judged")
    else:
        con.execute(
            f"INSERT INTO group_verdicts SELECT g.line, j.verdict, j.line, {number} FROM judged j "
            f"JOIN group_lines_{number} g ON g.head = j.line"
        )
    if not mapping.group:
        out.notes += _doubtful(con, mapping, staged, stored, source)
    verdicts = f"verdicts-{number}.parquet"
    con.execute(
        "COPY (SELECT line, part, id, month, action FROM judged WHERE action IS NOT NULL) "
        f"TO {text_sql(str(folder / verdicts))} (FORMAT parquet)"
    )
    counts = dict(con.execute("SELECT action, count(*) FROM judged GROUP BY 1").fetchall())
    accepted = con.execute("SELECT count(*) FROM judged WHERE verdict <> 'duplicate'").fetchall()[0]
    out.accepted[table] = out.accepted.get(table, 0) + accepted[0]
    if counts.get("updated") or counts.get("history"):
        out.steps.append(_history(con, folder, number, mapping, stored, staged, source, at))
    base = {"table": table, "rows": f"rows-{number}-*.parquet", "verdicts": verdicts,
            "row_id": row_id}  # fmt: skip
    if counts.get("new"):
        out.steps.append({**base, "name": f"{table}-{number}-new", "how": "append",
                          "action": "new"})  # fmt: skip
    if counts.get("updated"):
        months = con.execute(
            "SELECT DISTINCT month FROM judged WHERE action = 'updated' ORDER BY 1"
        ).fetchall()
        out.steps.append({**base, "name": f"{table}-{number}-updated", "how": "merge",
                          "action": "updated", "months": [m for (m,) in months]})  # fmt: skip


def _doubtful(con: Any, mapping: TableMapping, staged: str, stored: str, source: str) -> list[str]:
    """Return warnings of updates that replace something wholly different under the same id."""
    content = {"contacts": "text", "orders": "amount"}.get(mapping.table)
    if content is None or mapping.row_id not in mapping.fields:
        return []
    row_id = mapping.row_id
    pair = "JOIN judged j ON r.__line = j.line AND r.__part = j.part"
    within = con.execute(
        f"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM {staged} r {pair} "
        "WHERE j.id IN (FROM several) "
        f'GROUP BY j.id HAVING count(DISTINCT r."at") > 1 '
        f"AND count(DISTINCT coalesce(CAST(r.{content} AS VARCHAR), '')) > 1)"
    ).fetchall()[0][0]
    if within and mapping.own_id:
        raise IdsRepeat(within)
    updated, strange = con.execute(
        f'SELECT count(*), count(*) FILTER (WHERE r."at" <> s."at" AND r.{content} IS DISTINCT '
        f"FROM s.{content}) FROM {staged} r {pair} "
        f"JOIN (FROM {stored} WHERE source = {text_sql(source)}) s ON s.{row_id} = j.id "
        "WHERE j.verdict = 'updated'"
    ).fetchall()[0]
    notes = []
    if within:
        notes.append(
            f"warning: {within} rows share their id with a row of this file that has another time "
            f"and {content}: each was taken as an update of the one before. If it is the number "
            "of a ticket or a person, map it to thread_id or customer_ref and leave "
            f"{row_id} out"
        )
    if strange >= _STRANGE and strange * 2 > updated:
        notes.append(
            f"warning: {strange} of {updated} updated rows have another time and {content} than "
            f"what the source {source!r} had under their id: two systems may number alike. If so, "
            "add each with a name of its own: --source NAME"
        )
    return notes


def _merge_threads(
    con: Any, store: Store, folder: Path, mappings: Mapping[int, TableMapping], source: str
) -> None:
    """Join threads made from logged events with what the store knows of them.

    A log may come in parts and in any order: counts only grow, and the state is that of the
    latest event, stored or staged.
    """
    events = [n for n, m in mappings.items() if m.table == "thread_events"]
    threads = [n for n, m in mappings.items() if m.table == "threads" and m.group]
    if not events or not threads:
        return
    number = threads[0]
    files = sorted(folder.glob(f"rows-{number}-*.parquet"))
    if not files:
        return
    schema = FACTS["threads"].schema
    how = {
        "opened_at": "least(f.opened_at, s.opened_at)",
        "reopens": "greatest(f.reopens, s.reopens)",
        "transfers": "greatest(f.transfers, s.transfers)",
        "sla_met": "f.sla_met AND coalesce(s.sla_met, true)",
        "source": "f.source", "thread_id": "f.thread_id", "import_id": "f.import_id",
    }  # fmt: skip
    latest = "CASE WHEN coalesce(e.last_at >= o.last_at, true) THEN f.{0} ELSE s.{0} END"
    names = [n for n in schema.names if n != "row_hash"]
    picked = ", ".join(f"{how.get(n, latest.format(n))} AS {n}" for n in names)
    content = ", ".join(f"{text_sql(n + '=')} || CAST({n} AS VARCHAR)" for n in names
                        if n != "import_id")  # fmt: skip
    last = 'SELECT thread_id, max("at") AS last_at FROM {} GROUP BY 1'
    staged_events = f"read_parquet({text_sql(str(folder / f'rows-{events[0]}-*.parquet'))})"
    stored_events = rows_sql(store.uris("thread_events"), FACTS["thread_events"].schema)
    stored = rows_sql(store.uris("threads"), schema)
    draft = folder / "threads.draft"
    con.execute(
        f"""COPY (SELECT *, sha256(concat_ws('\x1f', {text_sql(store.hash_salt)}, {content}))[:32]
            AS row_hash FROM (
            SELECT {picked}, f.__line, f.__part
            FROM read_parquet({text_sql(str(folder / f"rows-{number}-*.parquet"))}) f
            LEFT JOIN (FROM {stored} WHERE source = {text_sql(source)}) s USING (thread_id)
            LEFT JOIN ({last.format(staged_events)}) e USING (thread_id)
            LEFT JOIN ({last.format(f"(FROM {stored_events} WHERE source = {text_sql(source)})")}) o
                USING (thread_id)))
        TO {text_sql(str(draft))} (FORMAT parquet)"""
    )
    for file in files:
        file.unlink()
    draft.rename(files[0])


def _history(
    con: Any,
    folder: Path,
    number: int,
    mapping: TableMapping,
    stored: str,
    staged: str,
    source: str,
    at: datetime,
) -> dict[str, Any]:
    """Stage what the updates replace, with the date."""
    table, row_id = mapping.table, mapping.row_id
    schema = schema_of(f"{table}_history")
    old = [n for n in schema.names if n != "replaced_at"]
    replaced = f"TIMESTAMPTZ {text_sql(at.isoformat())} AS replaced_at"
    from_store = ", ".join(f's."{n}"' for n in old)
    computed = {"month": "j.month", row_id: "j.id"}
    from_file = ", ".join(f'{computed.get(n, f"""r."{n}" """)} AS "{n}"' for n in old)
    name = f"history-{number}.parquet"
    con.execute(
        f"""COPY (
        SELECT {from_store}, {replaced} FROM {stored} s JOIN judged j ON s."{row_id}" = j.id
        WHERE s.source = {text_sql(source)} AND j.action = 'updated'
        UNION ALL
        SELECT {from_file}, {replaced} FROM {staged} r
        JOIN judged j ON r.__line = j.line AND r.__part = j.part
        WHERE j.action = 'history') TO {text_sql(str(folder / name))} (FORMAT parquet)"""
    )
    return {"name": f"{table}-{number}-history", "table": f"{table}_history", "how": "append",
            "rows": name}  # fmt: skip


def stage_identities(con: Any, store: Store, folder: Path) -> list[dict[str, Any]]:
    """Stage the identities that the store does not know yet."""
    if not list(folder.glob("identities-*.parquet")):
        return []
    files = text_sql(str(folder / "identities-*.parquet"))
    stored = rows_sql(store.uris("identities"), FACTS["identities"].schema)
    same = "source, customer_ref, kind, value, CASE WHEN customer_ref IS NULL THEN contact_id END"
    con.execute(
        f"""CREATE OR REPLACE TABLE fresh_identities AS
        SELECT source, customer_ref, any_value(account_ref) AS account_ref, kind, value,
            min(contact_id) AS contact_id, any_value(import_id) AS import_id
        FROM (SELECT i.* REPLACE (coalesce(p.id, i.contact_id) AS contact_id)
            FROM read_parquet({files}) i
            LEFT JOIN (SELECT DISTINCT id, extended FROM plain_ids) p
                ON p.extended = i.contact_id)
        GROUP BY {same}"""
    )
    con.execute(
        f"""COPY (SELECT f.* FROM fresh_identities f WHERE NOT EXISTS (
            SELECT 1 FROM {stored} s WHERE s.source = f.source AND s.kind = f.kind
                AND s.value = f.value AND s.customer_ref IS NOT DISTINCT FROM f.customer_ref
                AND (f.customer_ref IS NOT NULL OR s.contact_id IS NOT DISTINCT FROM f.contact_id)))
        TO {text_sql(str(folder / "fresh-identities.parquet"))} (FORMAT parquet)"""
    )
    return [{"name": "identities", "table": "identities", "how": "append",
             "rows": "fresh-identities.parquet"}]  # fmt: skip
