"""Searching: words, phrases and filters against a scan of all texts; slips; viewers."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodwill.errors import InputError, NotEnoughData
from goodwill.generations import Reader
from goodwill.report import aggregates, build_index, search
from goodwill.report.search_index import slips, without_one
from goodwill.report.search_words import understood

TEXTS = (
    "Where is my refund? The money is not back.",
    "The parcel arrived damaged, I want a refund",
    "Reembolso: ¿dónde está mi dinero?",
    "My money back, refund now",
    "the delivery is late and nobody answers",
    "DAMAGED box again; parcel crushed",
)


@dataclass
class Found:
    reader: Reader
    folder: Path
    rows: list[dict[str, Any]]

    def __call__(self, query: str, **more: Any) -> Any:
        return search(self.reader, self.folder, query, **more)

    def scanned(self, *patterns: str, direction: str = "in", **where: Any) -> list[str]:
        return [
            row["contact_id"] for row in reversed(self.rows)
            if row["direction"] == direction and all(row[k] == v for k, v in where.items())
            and all(re.search(p, f"{row['subject'] or ''} {row['text']}", re.I) for p in patterns)
        ]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("generation")
    start = datetime(2025, 1, 1, tzinfo=UTC)
    rows = [
        {
            "source": "s", "contact_id": f"m{n:03}", "at": start + timedelta(days=n),
            "subject": "Order" if n % 4 else None,
            "text": TEXTS[n % 6] if n else "The invoice is unreadable",
            "theme_id": n % 3 if n % 5 else None, "channel": ("email", "chat")[n % 2],
            "customer_id": f"c{n % 7}" if n % 6 else None,
            "direction": "in" if n % 11 != 10 else "out", "conversation_id": f"v{n // 3}",
        }
        for n in range(120)
    ]  # fmt: skip
    connection: Any = duckdb.connect(str(folder / "pages.duckdb"))
    connection.execute(
        'CREATE TABLE messages (source TEXT, contact_id TEXT, "at" TIMESTAMPTZ, subject TEXT, '
        "text TEXT, theme_id INT, channel TEXT, customer_id TEXT, direction TEXT, "
        "conversation_id TEXT);"
        "CREATE TABLE customers (customer_id TEXT);"
        "CREATE TABLE themes (theme_id INT, label TEXT);"
        "INSERT INTO themes VALUES (0, 'refunds'), (1, 'parcels'), (2, 'answers');"
        "INSERT INTO customers SELECT 'c' || range FROM range(7)"
    )
    shuffled = sorted(rows, key=lambda row: (row["theme_id"] or -1, -row["at"].timestamp()))
    connection.executemany(
        "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [list(row.values()) for row in shuffled],
    )
    connection.close()
    build_index(folder)
    opened = duckdb.connect(str(folder / "pages.duckdb"), read_only=True)
    return Found(Reader("g1", {}, opened), folder, rows)


def ids(page: Any) -> list[str]:
    return [row.contact_id for row in page.rows]


@pytest.mark.parametrize(
    ("query", "patterns"),
    [
        ("refund", [r"\brefund\b"]),
        ("REFUND money", [r"\brefund\b", r"\bmoney\b"]),
        ('"my refund"', [r"\bmy refund\b"]),
        ("dam*", [r"\bdam"]),
        ("refund -damaged", [r"^(?!.*damaged).*\brefund\b"]),
        ("dinero donde", ["dinero"]),
        ("delivery/money", [r"\b(delivery|money)\b"]),
        ("refund parcel/money", [r"\brefund\b", r"\b(parcel|money)\b"]),
        ("refund -damaged/now", [r"^(?!.*(damaged|now)).*\brefund\b"]),
        ("order", ["order"]),
    ],
)
def test_it_finds_what_a_scan_finds_the_newest_first(
    found: Found, query: str, patterns: list[str]
) -> None:
    page = found(query, limit=200, exact=True)
    assert ids(page) == found.scanned(*patterns) != [] and page.alike.events == 0
    first = found(query, limit=200)
    assert [row.contact_id for row in first.rows if row.kind == "found"] == ids(page)
    assert first.contacts == page.contacts and first.total == len(first.rows)
    assert page.contacts.value == page.total == len(page.rows) == page.contacts.events


def test_filters_narrow_and_counts_say_where_it_lies(found: Found) -> None:
    for where, asked in (
        ({"theme_id": 1}, {"theme_id": 1}),
        ({"channel": "chat"}, {"channel": "chat"}),
    ):
        assert (
            ids(found("refund", limit=200, **asked)) == found.scanned(r"\brefund\b", **where) != []
        )
    page = found("refund", limit=200)
    march = [m for m in found.scanned("refund") if 59 <= int(m[1:]) < 90]
    assert ids(found("refund", month="2025-03", limit=200)) == march != []
    assert {p.key: p.events for p in page.months}["2025-03"] == len(march)
    assert sum(p.events for p in page.channels) == sum(p.events for p in page.months) == page.total
    for part in page.themes:
        with_it = found.scanned(r"\brefund\b", theme_id=int(part.key))
        people = {found.rows[int(m[1:])]["customer_id"] for m in with_it} - {None}
        assert (part.events, part.people) == (len(with_it), len(people))
    assert ids(found("refund", offset=3, limit=2)) == ids(page)[3:5]


def test_replies_of_the_company_are_counted_beside_contacts(found: Found) -> None:
    page = found("refund", limit=200)
    replies = found.scanned(r"\brefund\b", direction="out")
    assert page.replies.value == len(replies) > 3 and page.replies.unit == "replies"
    assert not set(replies) & set(ids(page))
    people = {found.rows[int(m[1:])]["customer_id"] for m in replies} - {None}
    assert page.replies.people == len(people)
    alone = found("refund", limit=200, direction="in")
    assert alone.replies is None
    assert (ids(alone), alone.contacts, alone.themes) == (ids(page), page.contacts, page.themes)
    few = aggregates(found("refund", month="2025-01"))
    assert few.replies.value is None


def test_a_search_within_replies_is_as_one_within_contacts(found: Found) -> None:
    replies = found.scanned(r"\brefund\b", direction="out")
    page = found("refund", limit=200, direction="out")
    assert [row.contact_id for row in page.rows if row.kind == "reply"] == replies
    assert page.contacts.value == len(replies) and page.contacts.definition == "replies_found"
    assert page.replies is None and page.total == len(page.rows)
    assert ids(found("refund", limit=2, offset=1, direction="out")) == ids(page)[1:3]
    like = found("reimbursement", limit=200, direction="out")
    assert like.contacts.value == 0 and set(replies) <= set(ids(like))
    assert {row.kind for row in like.rows} == {"alike"} and like.alike.unit == "replies"
    unanswered = found("unreadable", direction="out")
    assert unanswered.mended == () and unanswered.total == 0
    assert found("unreadable").contacts.value == 1
    with pytest.raises(InputError, match="no direction"):
        found("refund", direction="sideways")


def test_a_reply_stands_under_the_theme_of_what_it_answers(found: Found) -> None:
    answered: dict[int | None, set[str]] = {}
    for row in found.rows:
        if row["direction"] == "out":
            before = [
                each["theme_id"] for each in found.rows
                if each["direction"] == "in" and each["at"] <= row["at"]
                and each["conversation_id"] == row["conversation_id"]
            ]  # fmt: skip
            answered.setdefault(before[-1] if before else None, set()).add(row["contact_id"])
    for theme in (0, 1, 2):
        page = found("o*", limit=200, direction="out", theme_id=theme)
        said = set(found.scanned(r"\bo", direction="out"))
        assert set(ids(page)) == answered.get(theme, set()) & said


def test_an_index_without_replies_finds_contacts_alone(found: Found, tmp_path: Path) -> None:
    (tmp_path / "search.sqlite").write_bytes((found.folder / "search.sqlite").read_bytes())
    index = sqlite3.connect(tmp_path / "search.sqlite")
    index.executescript("DROP TABLE replies; DROP TABLE reply_words;")
    index.close()
    page = search(found.reader, tmp_path, "refund")
    assert page.replies is None and page.contacts == found("refund").contacts
    with pytest.raises(NotEnoughData, match="replies"):
        search(found.reader, tmp_path, "refund", direction="out")


def test_a_theme_or_channel_that_is_not_there_is_refused(found: Found) -> None:
    with pytest.raises(InputError, match=r"No theme has the id 99"):
        found("refund", theme_id=99)
    with pytest.raises(InputError, match=r"channel 'pigeon'.\s+Hint: There are: chat, email"):
        found("refund", channel="pigeon")


def test_other_forms_of_a_word_and_words_like_it_are_found_behind_it(found: Found) -> None:
    page = found("deliveries", limit=200)
    assert page.contacts.value == 0 and page.mended == ()
    assert [each.word for each in page.added] == ["delivery"]
    assert ids(page) == found.scanned("delivery") != []
    page = found("damaged", limit=200)
    crushed = [m for m in found.scanned("crushed") if m not in found.scanned("damaged")]
    assert ids(page)[: page.contacts.events] == found.scanned("damaged")
    assert {row.kind for row in page.rows[page.contacts.events :]} <= {"alike"}
    assert crushed == []  # every crushed parcel is damaged here, and none is counted twice
    assert len(set(ids(page))) == len(ids(page)) == page.total


def test_a_word_that_nobody_wrote_finds_what_means_the_same(found: Found) -> None:
    page = found("reimbursement", limit=200)
    assert page.contacts.value == 0 and page.mended == ()
    assert "refund" in {each.word for each in page.added}
    assert set(ids(page)) == set(found.scanned(r"refund|money")) & set(ids(page))
    assert set(found.scanned(r"\brefund\b")) <= set(ids(page))
    by_word = {each.word: each for each in page.added}
    assert by_word["refund"].events == len(found.scanned(r"\brefund\b"))
    assert by_word["refund"].typed == "reimbursement"


def test_each_word_can_be_left_out_and_all_of_them(found: Found) -> None:
    wide = found("reimbursement", limit=200)
    words = [each.word for each in wide.added]
    less = found("reimbursement", limit=200, leave_out=["refund"])
    assert "refund" not in [each.word for each in less.added] and less.total < wide.total
    assert found("reimbursement", limit=200, leave_out=words).total == 0
    for query, asked in (("reimbursement", {"exact": True}), ('"reimbursement"', {}),
                         ("reimbursement*", {})):  # fmt: skip
        page = found(query, limit=200, **asked)
        assert page.total == 0 and page.added == ()


def test_each_of_two_alternatives_is_widened_and_mended(found: Found) -> None:
    page = found("reimbursement/deliveries", limit=200)
    assert page.contacts.value == 0
    assert {"refund", "delivery"} <= {each.word for each in page.added}
    assert set(found.scanned(r"\b(refund|delivery)\b")) <= set(ids(page))
    page = found("delivry/parcle", limit=200)
    assert ids(page) == found.scanned("delivery|parcel")
    assert page.mended == (("delivry", "delivery"), ("parcle", "parcel"))
    exact = found("parcel/deliveries", limit=200, exact=True)
    assert ids(exact) == found.scanned("parcel") and exact.added == ()
    with pytest.raises(InputError):
        found("/".join(["refund"] * 13))
    with closing(sqlite3.connect(found.folder / "search.sqlite")) as index:
        asked = understood(index, "12/2024 n/a a/17/box", exact=True)
        assert asked.words == '"12 2024" AND "n a" AND "a 17 box"'
        asked = understood(index, "renter's/homeowner's", exact=True)
        assert asked.words == '("renter s" OR "homeowner s")'


def test_small_words_need_not_be_there_and_of_three_notions_one_may_lack(found: Found) -> None:
    page = found("where are the damaged parcel", limit=200)
    assert page.contacts.value == 0
    assert set(found.scanned("damaged", "parcel")) <= set(ids(page))
    page = found("refund parcel kettle", limit=200)
    assert page.contacts.value == 0
    both = found.scanned(r"\brefund\b", "parcel")
    assert both and set(both) <= set(ids(page))
    # One notion of three is too little, and so is one of two.
    assert not set(found.scanned("reembolso")) & set(ids(page))
    assert found("refund kettle").total == 0


def test_a_word_said_twice_asks_for_nothing_more(found: Found) -> None:
    assert found("refund refund kettle").total == found("refund kettle").total == 0
    page = found("deliveries delivery", limit=200)
    assert len({each.word for each in page.added}) == len(page.added)
    assert not {"deliveries", "delivery"} & {each.word for each in page.added}


def test_what_must_not_be_there_is_not_found_by_meaning_either(found: Found) -> None:
    page = found("reimbursement -parcel", limit=200)
    assert page.total and not set(found.scanned("parcel")) & set(ids(page))
    narrowed = found("reimbursement", limit=200, channel="chat", theme_id=1)
    assert narrowed.total and set(ids(narrowed)) <= set(
        found.scanned(r".", channel="chat", theme_id=1)
    )


def test_the_same_is_found_from_an_index_made_anew(found: Found, tmp_path: Path) -> None:
    (tmp_path / "pages.duckdb").write_bytes((found.folder / "pages.duckdb").read_bytes())
    build_index(tmp_path)
    for query in ("reimbursement", "damaged parcel late", "refund"):
        assert search(found.reader, tmp_path, query, limit=200) == found(query, limit=200)


SLIPS = [
    ("refudn", "refund"),
    ("dammaged", "damaged"),
    ("parcl", "parcel"),
    ("delvery", "delivery"),
]


@pytest.mark.parametrize(("slip", "meant"), SLIPS)
def test_a_mistyped_word_is_taken_for_the_nearest_and_said(
    found: Found, slip: str, meant: str
) -> None:
    page = found(slip, limit=200)
    assert page.mended == ((slip, meant),)
    assert ids(page) == ids(found(meant, limit=200)) != []


def test_what_is_no_word_is_refused_and_no_sign_is_an_operator(found: Found) -> None:
    for query in ("", "  ", '""', "-refund", "* - *", " ".join(["refund"] * 13)):
        with pytest.raises(InputError):
            found(query)
    with pytest.raises(InputError):
        found("refund", month="2025-13")
    for query in (
        'refund" OR "late',
        "refund) OR (late",
        "text:refund",
        "NEAR(refund late)",
        "a'; --",
    ):
        found(query)
    assert found("zzzzzzz").total == 0 and found("zzzzzzz").contacts.coverage is None


def test_viewers_get_counts_of_five_people_and_more_alone(found: Found) -> None:
    page = aggregates(found("refund", limit=200))
    assert page.rows == () and page.contacts.value is not None
    assert all(part.people >= 5 or part.people == 0 for part in page.themes)
    rare = aggregates(found("reembolso", month="2025-03", theme_id=2))
    assert rare.contacts.value is None and rare.months == ()


def test_the_index_holds_no_text_and_no_word_of_what_is_not_in_the_pages(found: Found) -> None:
    content = (found.folder / "search.sqlite").read_bytes()
    assert b"refund" in content and b"my refund" not in content  # words, and no text
    index = sqlite3.connect(found.folder / "search.sqlite")
    terms = {term for (term,) in index.execute("SELECT term FROM known")}
    index.close()
    said = " ".join(f"{row['subject'] or ''} {row['text']}" for row in found.rows).lower()
    assert {term for term in terms if term not in said.replace("ó", "o").replace("á", "a")} == set()


def test_without_an_index_it_says_what_to_do(found: Found, tmp_path: Path) -> None:
    with pytest.raises(NotEnoughData) as error:
        search(found.reader, tmp_path, "refund")
    assert error.value.hint == "goodwill refresh"


WORDS = st.text("abc", min_size=1, max_size=6)


@given(WORDS, WORDS)
def test_slips_are_counted_alike_both_ways_and_one_slip_shares_a_form(a: str, b: str) -> None:
    assert slips(a, b) == slips(b, a) and (slips(a, b) == 0) == (a == b)
    if slips(a, b) == 1:
        assert without_one(a) & without_one(b)


@pytest.mark.parametrize(
    ("query", "tiers"),
    [
        ("kettle", 0),  # one word, and none is like it
        ('kettle "my refund"', 0),
        ("kettle kettle", 0),
        ("kettle/mug", 0),
        ("deliveries", 1),
        ("deliveries/mug", 1),
        ("where is the kettle", 1),  # small words need not be there
        ("kettle mug spoon", 1),  # one of three may lack
    ],
)
def test_nothing_is_looked_for_that_can_find_nothing(found: Found, query: str, tiers: int) -> None:
    with closing(sqlite3.connect(found.folder / "search.sqlite")) as index:
        asked = understood(index, query)
        assert len(asked.alike) == tiers
        # Whatever the tiers are, what they find is none of what the words find.
        said = {row for (row,) in index.execute(_ROWS, (asked.words,))}
        for tier in asked.alike:
            assert not said & {row for (row,) in index.execute(_ROWS, (tier,))}


_ROWS = "SELECT rowid FROM words WHERE words MATCH ?"
