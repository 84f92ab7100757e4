"""The figures: one set of objects that pages, command line and exports render alike.

This room reads a generation's page file and gives frozen values made of `Figure`s. It stands
after all rooms that make tables and before the Book, which hands its functions on.
"""

from __future__ import annotations

from goodwill.report.aggregates import LEAST, aggregates
from goodwill.report.alerts import alerts
from goodwill.report.alerts_within import alerts_within
from goodwill.report.answers import build_answers
from goodwill.report.audit import draw_sample
from goodwill.report.audit import sheet as audit_sheet
from goodwill.report.broken import BrokenKind, broken_lately
from goodwill.report.broken_costs import broken_cost, broken_costs
from goodwill.report.candidates import Candidate, CandidatePage, CandidateSide, candidates
from goodwill.report.chain import follow_chain
from goodwill.report.chain_page import chain, links_within
from goodwill.report.chain_shapes import ChainPage, PublicComplaint
from goodwill.report.coaching import CoachingPage, Talk, coaching
from goodwill.report.competitors import Competitor, competitors
from goodwill.report.current import current_ids
from goodwill.report.customer import behind_harm, customer
from goodwill.report.customer_shapes import (
    Afterwards,
    CustomerPage,
    CustomerRef,
    Entry,
    Harm,
    HarmedPage,
)
from goodwill.report.equity_parts import PARTS_SAID
from goodwill.report.fixes import fix, fixes, fixes_worked, worked_words
from goodwill.report.glossary import definitions
from goodwill.report.harmed import afterwards, harmed
from goodwill.report.journeys import JourneysPage, journeys
from goodwill.report.ledger import ledger
from goodwill.report.metric_shapes import ChannelAnswers, GaugeGroup, MetricsPage, SolvedAtOnce
from goodwill.report.metrics import metrics
from goodwill.report.overview import RANKING, overview
from goodwill.report.overview_shapes import Accounting, Overview
from goodwill.report.pages import RENEWED, build_pages, renew_pages
from goodwill.report.problem import problem, problems
from goodwill.report.problem_shapes import (
    BrokenCost,
    BrokenCosts,
    BrokenPage,
    Hit,
    Problem,
    ProblemPage,
    RuleCost,
    RulesPage,
    Slice,
    ThemeRule,
    TravelledPath,
    Week,
)
from goodwill.report.problems_within import problems_within
from goodwill.report.processes import Follows, Path, Process, Step, process, processes
from goodwill.report.promise_shapes import PromiseRow, PromisesPage
from goodwill.report.promises import open_promises, promises
from goodwill.report.records import records
from goodwill.report.rollouts import RolloutWay
from goodwill.report.rules import known_rules, rules
from goodwill.report.scope import Choices, Filters, Narrow, choices
from goodwill.report.search import search
from goodwill.report.search_index import INDEX, build_index
from goodwill.report.shapes import (
    Added,
    Gauge,
    Link,
    Part,
    RecordsPage,
    SearchPage,
    Sentence,
    Working,
)
from goodwill.report.signals import SignalShare, signals
from goodwill.report.theme_shapes import (
    Area,
    AuditItem,
    AuditSheet,
    EditPreview,
    Month,
    Theme,
    ThemePage,
    ThemesPage,
)
from goodwill.report.themes import measured, preview, theme, themes
from goodwill.report.trend import trend_word
from goodwill.report.value import value
from goodwill.report.value_checks import ValueChecks, value_checks
from goodwill.report.value_shapes import (
    EquityMonth,
    EquitySegment,
    Forecast,
    HeldBack,
    LedgerPage,
    PurchaseModel,
    ValuePage,
)
from goodwill.report.watch_shapes import Alert, AlertsPage, Done, Fix, FixWeek, Phrase
from goodwill.report.within import WithinPage, within

__all__ = [
    "Accounting",
    "Added",
    "Afterwards",
    "Alert",
    "AlertsPage",
    "Area",
    "AuditItem",
    "AuditSheet",
    "BrokenCost",
    "BrokenCosts",
    "BrokenKind",
    "BrokenPage",
    "Candidate",
    "CandidatePage",
    "CandidateSide",
    "ChainPage",
    "ChannelAnswers",
    "Choices",
    "CoachingPage",
    "Competitor",
    "CustomerPage",
    "CustomerRef",
    "Done",
    "EditPreview",
    "Entry",
    "EquityMonth",
    "EquitySegment",
    "Filters",
    "Fix",
    "FixWeek",
    "Follows",
    "Forecast",
    "Gauge",
    "GaugeGroup",
    "Harm",
    "HarmedPage",
    "HeldBack",
    "Hit",
    "INDEX",
    "JourneysPage",
    "LEAST",
    "LedgerPage",
    "Link",
    "MetricsPage",
    "Month",
    "Narrow",
    "Overview",
    "PARTS_SAID",
    "Part",
    "Path",
    "Phrase",
    "Problem",
    "ProblemPage",
    "Process",
    "PromiseRow",
    "PromisesPage",
    "PublicComplaint",
    "PurchaseModel",
    "RANKING",
    "RENEWED",
    "RecordsPage",
    "RolloutWay",
    "RuleCost",
    "RulesPage",
    "SearchPage",
    "Sentence",
    "SignalShare",
    "Slice",
    "SolvedAtOnce",
    "Step",
    "Talk",
    "Theme",
    "ThemePage",
    "ThemeRule",
    "ThemesPage",
    "TravelledPath",
    "ValueChecks",
    "ValuePage",
    "Week",
    "WithinPage",
    "Working",
    "afterwards",
    "aggregates",
    "alerts",
    "alerts_within",
    "audit_sheet",
    "behind_harm",
    "broken_cost",
    "broken_costs",
    "broken_lately",
    "build_answers",
    "build_index",
    "build_pages",
    "candidates",
    "chain",
    "choices",
    "coaching",
    "competitors",
    "current_ids",
    "customer",
    "definitions",
    "draw_sample",
    "fix",
    "fixes",
    "fixes_worked",
    "follow_chain",
    "harmed",
    "journeys",
    "known_rules",
    "ledger",
    "links_within",
    "measured",
    "metrics",
    "open_promises",
    "overview",
    "preview",
    "problem",
    "problems",
    "problems_within",
    "process",
    "processes",
    "promises",
    "records",
    "renew_pages",
    "rules",
    "search",
    "signals",
    "theme",
    "themes",
    "trend_word",
    "value",
    "value_checks",
    "within",
    "worked_words",
]
