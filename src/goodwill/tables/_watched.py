"""The chain, its weeks, and what is watched."""

from __future__ import annotations

from goodwill.tables._spec import DAY, F64, I32, I64, IDS, TIME, B, S, TableSpec, columns

WATCHED = (
    TableSpec(
        "chain",
        "a promise to a known customer, broken or of unknown outcome, and what he then did",
        ("promise_id",),
        columns(
            promise_id=S, customer_id=S, theme_id=I32, status=S, due_at=TIME,
            wrote_at=TIME, wrote_again_at=TIME, public_at=TIME, again_least_at=TIME,
            again_most_at=TIME,
        ),
    ),
    TableSpec(
        "weekly",
        "contacts and people of a theme in a week of the Book's time zone",
        ("theme_id", "week"),
        columns(theme_id=I32, week=DAY, events=I64, people=I64),
    ),
    TableSpec(
        "alerts",
        "a rise of contacts in one segment, as it would have been raised on its day",
        ("alert_id",),
        columns(
            alert_id=S, case_id=S, lead=B, level=S, area_id=I32, theme_id=I32,
            channel=S, product=S, region=S, since=DAY, raised_at=DAY,
            arm=S, count=I64, expected=F64, ratio=F64, e_value=F64, people=I64,
            from_at=TIME, until_at=TIME, there=F64,
        ),
    ),
    TableSpec(
        "phrases",
        "a phrase that came up among recent contacts, on the day on which it did",
        ("day", "phrase", "copied"),
        columns(
            phrase=S, day=DAY, count=I64, expected=F64, e_value=F64, copied=B,
            people=I64, theme_id=I32, new_theme=B,
        ),
    ),
    TableSpec(
        "fixes",
        "a fix, incident, change or campaign, and what became of its problem after it",
        ("event_id",),
        columns(
            event_id=S, kind=S, title=S, theme_ids=IDS, started_on=DAY,
            ended_on=DAY, channel=S, product=S, region=S, history=S, verdict=S,
            reason=S, ratio=F64, low=F64, high=F64, e_value=F64, count=I64,
            expected=F64, people=I64, coverage=F64, days=I64, weeks_to_proof=F64,
            proven_on=DAY, returned_on=DAY, baseline_from=DAY,
            baseline_to=DAY, hac_sd=F64, placebo_sd=F64, compared_with=S,
            control_themes=IDS, control_contacts=I64, exposure=S, also=S,
            units_by=S, units=S, draws=I64, p_value=F64, smallest_fall=F64,
            judged_on=DAY, moved_to=I32,
        ),
    ),
    TableSpec(
        "fix_weeks",
        "a week before or after an event: what came, and what its controls expect",
        ("event_id", "week"),
        columns(
            event_id=S, week=DAY, phase=S, days=I32, count=I64, expected=F64,
            low=F64, high=F64,
        ),
    ),
)  # fmt: skip
