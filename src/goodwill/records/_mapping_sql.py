"""SQL text that turns a chunk of cells into rows of the fact tables, and finds the faults.

Three steps, each a temporary table that can be looked at: ``typed`` (one row per source row, our
columns parsed, beside each its cell), ``mapped_<n>`` (rows of the nth table), faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from goodwill.currencies import unusual_exponents
from goodwill.errors import MappingError
from goodwill.literals import quoted, text_sql
from goodwill.tables import (
    AUTHOR_ROLES,
    CHANNELS,
    CONTRACT_PERIODS,
    DIRECTIONS,
    FACTS,
    ORDER_KINDS,
    RATING_SCALES,
)

from ._cells_sql import SHORTENED, TimeRule, parse_sql, plain_time_sql
from ._messages import with_content_sql
from ._numbers_sql import NumberRule, currency_sql
from ._plan import Plan, cell
from ._recipe import Recipe, TableMapping, fields_of
from ._rows import LINE, PART
from ._vault import OWN_NAME, own_name_sql
from ._vocabulary import CHANNEL_WORDS, DIRECTION_WORDS, KIND_WORDS, PERIOD_WORDS, ROLE_WORDS

SQL_KINDS = {
    "text": "VARCHAR", "body": "VARCHAR", "id": "VARCHAR", "time": "TIMESTAMPTZ",
    "number": "DECIMAL(24, 6)", "whole": "INTEGER", "flag": "BOOLEAN", "duration": "INTERVAL",
}  # fmt: skip


def typed_sql(plan: Plan, plain: Collection[str] = ()) -> str:
    """Return the SELECT that parses every column of a cleaned chunk; ``plain`` as `plain_times`."""
    parts = [quoted(LINE), quoted(PART)]
    for ours, column in plan.recipe.columns.items():
        raw = quoted(f"{ours}:cell")
        time = plan.times.get(ours, TimeRule(zone=column.zone or plan.settings.time_zone))
        number = plan.numbers.get(ours, NumberRule(column.decimal or "."))
        if column.kind != "text":
            parts.append(raw)
        parsed = f"CAST(NULL AS {SQL_KINDS[column.kind]})"
        if ours in plan.found:
            parsed = (
                plain_time_sql(raw, time) if ours in plain
                else parse_sql(raw, column.kind, time, number)
            )  # fmt: skip
        parts.append(f"{parsed} AS {quoted(ours)}")
    return f"SELECT {', '.join(parts)} FROM chunk"


def leave_out(con: Any, recipe: Recipe) -> Counter[str]:
    """Take the rows that no customer wrote out of ``typed``; return how many, by reason."""
    out: Counter[str] = Counter()
    for reason, condition in recipe.leave_out.items():
        where = f"FROM typed WHERE coalesce({condition}, false)"
        found = con.execute(f"SELECT count(DISTINCT {quoted(LINE)}) {where}").fetchall()[0][0]
        if found:
            con.execute(f"DELETE {where}")
            out[reason] = found
    return out


def mapped_sql(plan: Plan, mapping: TableMapping, rows: str = "typed") -> str:
    """Return the SELECT of one table's rows, with line, row hash and the private extras."""
    finish = _finished(plan, mapping)
    fields = [finish.get(f, quoted(f)) + f" AS {quoted(f)}" for f in fields_of(mapping.table)]
    passed = [quoted(name) for name in extras_of(plan, mapping)]
    own = f"{quoted(LINE)}, {quoted(PART)}"
    raw = _raw_sql(plan, mapping, rows)
    if worded := _worded(mapping):
        # A step of its own, so that each word is looked up once.
        words = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in worded.items())
        raw = f"SELECT * REPLACE ({words}) FROM ({raw})"
    middle = f"SELECT {own}, {', '.join([*fields, *passed])} FROM ({raw})"
    return f"SELECT *, {_hash_sql(plan, mapping)} AS row_hash FROM ({middle})"


def rounded_sql(plan: Plan, mapping: TableMapping, rows: str = "typed") -> str:
    """Return the SELECT that counts amounts with parts below the minor unit."""
    minor = f"amount * {_minor_sql(_finished(plan, mapping)['currency'])}"
    return (
        f"SELECT count(*) FROM ({_raw_sql(plan, mapping, rows)}) "
        f"WHERE {minor} <> round_even({minor}, 0)"
    )


def _raw_sql(plan: Plan, mapping: TableMapping, rows: str) -> str:
    """Return the SELECT of one table's fields as the mapping gives them, before any default."""
    spec = FACTS[mapping.table]
    expressions = _expressions(plan, mapping)
    picked = [f"CAST({expressions[f]} AS {sql_type(spec.schema.field(f).type)}) AS {quoted(f)}"
              for f in fields_of(mapping.table)]  # fmt: skip
    extras = [f"{sql} AS {quoted(name)}" for name, sql in extras_of(plan, mapping).items()]
    for name, sql in mapping.beside.items():
        rows = f"(SELECT *, {sql} AS {quoted(name)} FROM {rows})"
    line, part = quoted(LINE), quoted(PART)
    conditions = [mapping.when] if mapping.when else []
    if mapping.group:
        line, part = f"min({line})", f"arg_min({part}, ({line}, {part}))"
        conditions.append(f"({mapping.group}) IS NOT NULL")
    where = f" WHERE ({') AND ('.join(conditions)})" if conditions else ""
    tail = f" GROUP BY {mapping.group}" if mapping.group else ""
    return (
        f"SELECT {line} AS {quoted(LINE)}, {part} AS {quoted(PART)}, "
        f"{', '.join([*picked, *extras])} FROM {rows}{where}{tail}"
    )


def extras_of(plan: Plan, mapping: TableMapping) -> dict[str, str]:
    """Return the private columns that travel with a row until its text is redacted."""
    if mapping.table not in ("contacts", "orders", "threads", "subscriptions"):
        return {f"__key_{i}": sql for i, sql in enumerate(mapping.key)}
    pick = "any_value({})" if mapping.group else "{}"
    out = {}
    for kind, columns in plan.recipe.identities.items():
        # Of a number that a spreadsheet has shortened many customers have the same.
        present = [
            f"CASE WHEN NOT regexp_matches({c}, '{SHORTENED}') THEN {c} END"
            for c in (cell(plan.recipe, ours) for ours in columns if ours in plan.found)
        ]
        if present:
            out[f"__{kind}"] = pick.format(f"coalesce({', '.join(present)})")
    for kind, sql in plan.recipe.identities_sql.items():
        out[f"__{kind}"] = pick.format(sql)
    names = [cell(plan.recipe, ours) for ours in plan.recipe.names if ours in plan.found]
    if names:
        out["__names"] = pick.format(f"nullif(concat_ws('\x1f', {', '.join(names)}), '')")
    if name := own_name_sql({plan.found[o]: cell(plan.recipe, o) for o in plan.recipe.names
                             if o in plan.found}):  # fmt: skip
        out[OWN_NAME] = pick.format(name)
    out.update({f"__key_{i}": sql for i, sql in enumerate(mapping.key)})
    return out


def computed(con: Any, sql: str, mapping: TableMapping, name: str) -> Any:
    """Run a mapping's SQL; what is wrong with it is told without a row's content.

    Raises:
        MappingError: an expression of the mapping cannot be computed.
    """
    try:
        return con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")
    except duckdb.Error as error:
        raise MappingError(
            f"the mapping of {mapping.table} cannot be computed ({type(error).__name__})",
            hint="Look at its sql expressions; try_cast(... AS ...) gives NULL where CAST fails.",
        ) from None


def _expressions(plan: Plan, mapping: TableMapping) -> dict[str, str]:
    out = dict.fromkeys(fields_of(mapping.table), "NULL")
    out.update(mapping.fields)
    unknown = [f for f in mapping.fields if f not in fields_of(mapping.table)]
    if unknown:
        raise MappingError(f"{mapping.table}.{unknown[0]}: no such field")
    if mapping.id_with:
        out |= with_content_sql(out, mapping, plan.settings.hash_salt)
    amount = mapping.fields.get("amount", "").strip().removesuffix(" / 100")
    if "currency" in out and not mapping.group and amount in plan.found:
        named = currency_sql(cell(plan.recipe, amount), plan.settings.currency)
        out["currency"] = f"coalesce({out['currency']}, {named})"
    return out


def _worded(mapping: TableMapping) -> dict[str, str]:
    """Return the fields that get the house's words, NULL where it knows none."""
    if mapping.table == "contacts":
        return {
            "channel": f"coalesce({_word_sql('channel', CHANNELS, CHANNEL_WORDS)}, 'other')",
            "author_role": _word_sql("author_role", AUTHOR_ROLES, ROLE_WORDS),
            "direction": _word_sql("direction", DIRECTIONS, DIRECTION_WORDS),
        }
    if mapping.table == "subscriptions":
        # A word that is not known stays: the contract is then left out of value, and said.
        word = _word_sql("period", tuple(CONTRACT_PERIODS), PERIOD_WORDS)
        return {"period": f"coalesce({word}, period)"}
    return {}


def _finished(plan: Plan, mapping: TableMapping) -> dict[str, str]:
    """Return the fields that get a default or the house's words."""
    settings = plan.settings
    out: dict[str, str] = {}
    if "customer_ref" in fields_of(mapping.table):
        given = [f'"__{kind}"' for kind in ("account", "external", "email", "phone", "handle")
                 if f"__{kind}" in extras_of(plan, mapping)]  # fmt: skip
        out["customer_ref"] = f"coalesce({', '.join(['customer_ref', *given])})"
    if mapping.table == "contacts":
        # Who wrote tells which way a message went, where nothing else does.
        direction = (
            "coalesce(direction, CASE WHEN author_role <> 'customer' THEN 'out' ELSE 'in' END)"
        )
        public = ", ".join(text_sql(name) for name in settings.public_channels) or "''"
        scale = f"CASE WHEN rating_scale IN ({_list(RATING_SCALES)}) THEN rating_scale END"
        out |= {
            "direction": direction,
            "author_role": f"coalesce(author_role, CASE WHEN {direction} = 'in' THEN 'customer' "
            "ELSE 'agent' END)",
            "public": f"coalesce(public, channel IN ({public}))",
            "rating_scale": f"CASE WHEN rating IS NOT NULL THEN {scale} END",
            "language": "lower(regexp_replace(language, '[_-].*$', ''))",
        }
    if mapping.table == "threads":
        out["channel"] = _word_sql("channel", CHANNELS, CHANNEL_WORDS)
    if "currency" in fields_of(mapping.table):
        currency = f"coalesce(upper(currency), {text_sql(settings.currency)})"
        out["currency"] = currency
    if mapping.table == "orders":
        out["kind"] = (
            f"coalesce({_word_sql('kind', ORDER_KINDS, KIND_WORDS)}, "
            "CASE WHEN amount < 0 THEN 'refund' ELSE 'order' END)"
        )
    for name in ("amount", "margin"):
        if name in fields_of(mapping.table):
            # Half to even, so that many roundings do not add up.
            out[name] = f"CAST(round_even({name} * {_minor_sql(out['currency'])}, 0) AS BIGINT)"
    return out


def _minor_sql(currency: str) -> str:
    """Return how many of its minor units make one of a currency."""
    whens = " ".join(
        f"WHEN {currency} IN ({', '.join(map(text_sql, codes))}) THEN {10**digits}"
        for digits, codes in unusual_exponents().items()
    )
    return f"CASE {whens} ELSE 100 END"


def _hash_sql(plan: Plan, mapping: TableMapping) -> str:
    """Return the salted hash of a row's mapped content; absent fields leave no trace in it."""
    spec = FACTS[mapping.table]
    parts = []
    for name in [*fields_of(mapping.table), *sorted(extras_of(plan, mapping))]:
        # Names serve the redaction only; a flag may hang on the file's other rows.
        if name in ("__names", OWN_NAME, "rating_flag"):
            continue
        of_table = name in spec.schema.names
        is_time = of_table and pa.types.is_timestamp(spec.schema.field(name).type)
        value = f"epoch_us({quoted(name)})" if is_time else quoted(name)
        parts.append(f"{text_sql(name + '=')} || CAST({value} AS VARCHAR)")
    salt = text_sql(plan.settings.hash_salt)
    return f"sha256(concat_ws('\x1f', {salt}, {', '.join(parts)}))[:32]"


def _word_sql(name: str, allowed: tuple[str, ...], words: Mapping[str, str]) -> str:
    """Return the house's word for what the source wrote, NULL when it knows none."""
    said = rf"trim(regexp_replace(strip_accents(lower({name})), '[^a-z0-9]+', ' ', 'g'))"
    ours: dict[str, str] = {}
    for word, text in words.items():
        for theirs in text.split("|"):
            ours.setdefault(theirs, word)
    found = f"list_position([{_list(tuple(ours))}], {said})"
    known = f"[{_list(tuple(ours.values()))}]"
    return f"CASE WHEN {name} IN ({_list(allowed)}) THEN {name} ELSE {known}[{found}] END"


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(text_sql(word) for word in words)


def sql_type(kind: pa.DataType) -> str:
    """Return the SQL type in which a field is mapped; money stays decimal until rounded."""
    if pa.types.is_timestamp(kind):
        return "TIMESTAMPTZ"
    if pa.types.is_boolean(kind):
        return "BOOLEAN"
    if pa.types.is_int32(kind):
        return "INTEGER"
    if pa.types.is_int64(kind):
        return "DECIMAL(30, 8)"
    if pa.types.is_floating(kind):
        return "DOUBLE"
    return "VARCHAR"
