"""What became of each file, and of each row that was not taken."""

from __future__ import annotations

from goodwill.tables._spec import BYTES, DAY, F64, I32, I64, TIME, B, S, TableSpec, columns

ACCOUNTS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "imports",
            "one file or pull, and what became of each of its rows",
            ("import_id",),
            columns(
                import_id=S, file=S, file_hash=S, source=S, recipe=S, at=TIME, tables=S,
                read=I64, new=I64, updated=I64, duplicate=I64, quarantined=I64,
                skipped=I64, notes=S,
            ),
        ),
        TableSpec(
            "quarantine",
            "a row that could not be taken; the raw row is encrypted",
            ("quarantine_id",),
            columns(
                quarantine_id=S, import_id=S, file=S, source=S, recipe=S, line=I64,
                column=S, reason=S, masked_value=S, raw=BYTES, resolved_by=S,
            ),
            ("masked_value", "raw"),
        ),
        TableSpec(
            "vault",
            "a readable mail, phone or name of a customer, sealed; for follow-up only",
            ("source", "customer_ref", "kind", "value"),
            columns(
                source=S, customer_ref=S, kind=S, value=S, sealed=BYTES, import_id=S,
            ),
            ("customer_ref", "value", "sealed"),
        ),
        TableSpec(
            "vault_looks",
            "a look into the vault: who, when, at whom, at what, and why",
            ("look_id",),
            columns(look_id=S, at=TIME, actor=S, customer_id=S, kinds=S, reason=S),
            ("actor", "customer_id", "reason"),
        ),
        TableSpec(
            "forgotten",
            "a mark of somebody who asked to be forgotten, so that no import brings him back",
            ("mark",),
            columns(mark=S, receipt_id=S),
            ("mark",),
        ),
        TableSpec(
            "receipts",
            "what was erased, and when; without a word of whom",
            ("receipt_id",),
            columns(
                receipt_id=S, what=S, erased_at=TIME, purge_after=TIME, purged_at=TIME,
                removed=S,
            ),
        ),
        TableSpec(
            "events",
            "what the company did or suffered, as it was told: declared, recounted or withdrawn; "
            "the last row of an event counts",
            ("record_id",),
            columns(
                record_id=S, event_id=S, recorded_at=TIME, by=S, action=S, kind=S, title=S,
                theme_ids=S, started_on=DAY, ended_on=DAY, channel=S,
                product=S, region=S, theme_version=S, units=S, seed=I64,
            ),
            ("by", "title"),
        ),
        TableSpec(
            "rules",
            "a rule or fee of the company, as it was told or taken back; the last row of a rule "
            "counts",
            ("record_id",),
            columns(
                record_id=S, rule_id=S, recorded_at=TIME, by=S, action=S, kind=S, name=S,
                wording=S, patterns=S, brings_year=I64, brings_each=I64, times_year=I64,
                product=S,
            ),
            ("by", "name", "wording", "patterns"),
        ),
        TableSpec(
            "forecasts",
            "a figure that can come true, as it was published, with interval and due date; "
            "stored once and never changed",
            ("forecast_id",),
            columns(
                forecast_id=S, figure=S, source=S, subject=S, made_on=DAY,
                due_on=DAY, weeks=I32, people=I64, value=F64, low=F64, high=F64,
                chance=F64,
            ),
        ),
        TableSpec(
            "outcomes",
            "what came of a forecast; stored once and never changed",
            ("forecast_id",),
            columns(forecast_id=S, known_on=DAY, outcome=F64, held=B, reason=S),
        ),
        TableSpec(
            "decisions",
            "what a person decided about two references of customers; the last one counts",
            ("decision_id",),
            columns(
                decision_id=S, at=TIME, by=S, kind=S, source=S, customer_ref=S,
                other_source=S, other_ref=S,
            ),
            ("by", "customer_ref", "other_ref"),
        ),
        TableSpec(
            "candidates",
            "two references that may be one customer, as they were proposed; joins nobody",
            ("candidate_id",),
            columns(
                candidate_id=S, found_at=TIME, source=S, customer_ref=S, other_source=S,
                other_ref=S, probability=F64, evidence=S, against=S,
            ),
            ("customer_ref", "other_ref"),
        ),
    )
}  # fmt: skip
