"""Each page shows what the Book gave it, and asks the Book for nothing else."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from made_book import END, LOST, THEMES, MadeBook, contacts_only, promise
from reader import said

from goodwill.figures import Figure
from goodwill.report.customer_shapes import Entry


def test_it_works(client: Any) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "Harbour & Pine" in said(response)


def test_the_overview_has_four_groups_of_gauges_in_order(client: Any) -> None:
    text = said(client.get("/"))
    groups = ("Course where", "Correction what", "Caution what", "Context what")
    places = [text.index(group) for group in groups]
    assert places == sorted(places)
    for gauge in ("Customer equity", "Solved at first contact", "Promises overdue now", "Orders"):
        assert gauge in text


def test_the_overview_says_the_chain_in_one_sentence(client: Any, book: MadeBook) -> None:
    assert (
        "Of 18,204 customers who were promised a date, 3,120 saw it broken: 1,143 wrote, "
        "1,977 stayed silent."
    ) in said(client.get("/"))
    book.seen = contacts_only()
    assert "3,120 customers wrote; 811 of them had to write again" in said(client.get("/"))


def test_a_grey_link_says_why_once(client: Any) -> None:
    assert said(client.get("/")).count(LOST) == 1


def test_the_overview_ranks_problems_and_quotes_someone(client: Any) -> None:
    response = client.get("/")
    text = said(response)
    assert text.index(THEMES[0][0]) < text.index(THEMES[1][0])
    assert THEMES[0][6] in text
    assert b'href="/problems/1/"' in response.content


def test_the_overview_accounts_for_every_row(client: Any) -> None:
    assert (
        "94,318 read = 93,120 new + 412 updated + 700 duplicate + 86 quarantined From 5 files; "
        "3 lines that hold no data were skipped."
    ) in said(client.get("/"))


def test_a_simulated_company_is_called_so_on_every_page(client: Any, book: MadeBook) -> None:
    pages = ("/", "/problems/", "/problems/1/", "/customers/shop:10023/", "/records/messages/",
             "/nowhere/")  # fmt: skip
    for page in pages:
        assert "Simulated company." in said(client.get(page)), page
    book.simulated = False
    for page in pages:
        assert "Simulated company." not in said(client.get(page)), page


def test_a_chart_carries_its_numbers_as_a_table_and_as_data(client: Any, book: MadeBook) -> None:
    response = client.get("/")
    assert book.seen is not None
    for week in book.seen.weeks[:3]:
        assert f'"week": "{week.week.isoformat()}", "contacts": {week.events}' in (
            response.content.decode()
        )
    assert response.content.count(b'<th scope="row">') >= len(book.seen.weeks)


def test_the_overview_begins_with_the_chain_and_ends_with_open_promises_and_their_next_step(
    client: Any, book: MadeBook
) -> None:
    text = said(client.get("/"))
    order = ("The chain, from a promise", "Problems, the first to deal", "Open promises, soonest")
    assert sorted(order, key=text.index) == list(order)
    assert "All 61 open promises" in text
    assert "in 3 hours" in text
    assert "See that the refund is paid out before the date." in text
    assert book.seen is not None
    book.seen = replace(book.seen, promises=(), open_promises=0)
    assert "Open promises, soonest first" not in said(client.get("/"))


def test_the_promises_page_shows_the_open_ones_and_says_what_happened_to_others(
    client: Any, book: MadeBook
) -> None:
    text = said(client.get("/promises/"))
    assert "Open: 61 promises, soonest first" in text
    assert "1 to 50 of 61" in text and "Delivery of order 53711" in text
    assert "I'll call you <tomorrow> & sort it out" in text
    client.get("/promises/?state=broken&kind=commitment&what=refund&offset=0")
    asked = {"state": "broken", "kind": "commitment", "what": "refund"}
    assert book.asked[-1] == ("promises", asked, 0)
    ledger = said(client.get("/promises/?state=all"))
    for words in (
        "The customer wrote again", ", 2 days late.", "2 days past its date; nothing shows",
        "Kept on", "Unknown: no date was given.",
    ):  # fmt: skip
        assert words in ledger or words in said(client.get("/promises/?state=broken"))


def test_the_promises_come_as_a_file_that_no_spreadsheet_runs(
    client: Any, book: MadeBook, monkeypatch: Any
) -> None:
    response = client.get("/promises/promises.csv?state=open")
    lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert len(lines) == 61
    assert lines[0]["words"].startswith("We will refund") and lines[0]["status"] == "open"
    assert response.headers["Content-Type"].startswith("text/csv")
    evil = replace(promise(0), words="=HYPERLINK(1)")
    page = replace(book.promises(state="open", limit=1), rows=(evil,))
    monkeypatch.setattr(book, "promises", lambda **asked: page)
    body = b"".join(client.get("/promises/promises.csv").streaming_content).decode()
    assert ",'=HYPERLINK(1)," in body


def test_a_customer_shows_what_joined_him_and_can_be_taken_apart(
    client: Any, book: MadeBook
) -> None:
    text = said(client.get("/customers/shop:10023/"))
    assert "Joined from 2 references" in text and "desk:ana email 1" in text
    assert "Joined from" not in said(client.get("/customers/shop:17850/"))
    form = {"source": "desk", "ref": "ana", "customer": "shop:10023"}
    answer = client.post("/customers/apart/", form)
    assert answer.status_code == 302 and answer.headers["Location"] == "/customers/shop:10023/"
    assert book.apart == [("desk", "ana", "ada")]
    assert "Taken apart; it shows after the next refresh." in said(
        client.get("/customers/shop:10023/")
    )
    client.post("/customers/apart/", {**form, "back": "1"})
    assert book.apart == []


def test_who_may_be_one_customer_is_decided_by_a_person(client: Any, book: MadeBook) -> None:
    beside = said(client.get("/customers/shop:10023/"))
    assert "May be the same customer" in beside and "mails one slip apart" in beside
    assert "May be the same" not in said(client.get("/customers/shop:17850/"))
    queue = said(client.get("/customers/candidates/"))
    assert "posts:ana" in queue and "Against it: other phones." in queue and "0.970" in queue
    address, form = "/customers/candidates/decide/", {"candidate": "c" * 32, "decision": "accept"}
    answer = client.post(address, form)
    assert answer.headers["Location"] == "/customers/candidates/" and book.likely == "accept"
    assert "one customer from the next refresh on" in said(client.get("/customers/candidates/"))
    accepted = said(client.get("/customers/candidates/?state=accepted"))
    assert "It shows after the next refresh." in accepted and "Take that back" in accepted
    answer = client.post(address, {**form, "decision": "undo", "customer": "shop:10023"})
    assert answer.headers["Location"] == "/customers/shop:10023/" and book.likely == "undo"
    assert client.post(address, {**form, "candidate": "x"}).status_code == 404
    client.post("/customers/candidates/find/", {"reason": "clean up"})
    assert book.looked == [("ada", "", "clean up")]
    assert "1 pairs may be one customer." in said(client.get("/customers/candidates/"))


def test_the_chain_of_a_period_shows_what_came_before_each_public_complaint(
    client: Any, book: MadeBook
) -> None:
    text = said(client.get("/chain/?from=2025-01-01&to=2025-06-30&theme=2"))
    assert book.asked[-1][1]["theme_id"] == 2
    assert "44 public contacts without a good rating, newest first" in text
    assert "1 private contact before, 0 answered; 1 broken promise." in text
    assert "the customer wrote and was not answered." in text and "2.5 days" in text
    assert "People who had the same problem twice or more" in text


def test_the_metrics_stand_beside_what_other_products_would_call_solved(
    client: Any, book: MadeBook
) -> None:
    text = said(client.get("/metrics/?from=2025-01-01&to=2025-06-30&theme=2&channel=social"))
    asked = book.asked[-1][1]
    assert (asked["since"].isoformat(), asked["theme_id"], asked["channel"]) == (
        "2025-01-01", 2, "social",
    )  # fmt: skip
    assert "Contacts of a known customer" in text and "211 episodes are still open" in text
    assert "Zendesk (one-touch tickets)" in text and "92%" in text and "34%" in text
    assert "Nothing tells whether anybody answers here: a blind spot." in text
    assert "4 h 4 min" in text and "between 3 h 51 min and 4 h 20 min" in text


def test_a_process_is_a_map_and_the_same_as_a_table(client: Any) -> None:
    answer = client.get("/processes/")
    text = said(answer)
    assert "1,000 cases" in text and "ordered to delivered: 880 cases" in text
    assert "Answered Wrote (back) 60" in text and "ordered → delivered" in text
    page = answer.content.decode()
    assert page.count("<rect") == 4 and page.count('class="arc back"') == 1
    assert "style=" not in page.partition("<svg viewBox")[2].partition("</svg>")[0]


def test_a_problem_puts_sentences_of_customers_first(client: Any) -> None:
    text = said(client.get("/problems/1/"))
    main = text[text.index("Known by the words") :]
    assert main.index(THEMES[0][6]) < main.index("Contacts that repeat one")
    for title in ("With the lowest ratings", "Newest", "At the edge", "By channel", "Whom it hit"):
        assert title in text
    # One sentence alone is called the worst, with the reason; the next ones are only nearly as bad.
    assert text.count("The worst sentence") == 2 and text.count("Nearly as bad") == 1
    worst = text.index("Of the lowest rating")
    assert worst < text.index("Two stars only") < text.index("Nearly as bad") < text.index("Never")
    listed = client.get("/problems/").content.decode()
    assert listed.count(">comes first</span>") == 1 and 'aria-sort="other"' in listed
    ranked = listed[listed.index("All problems by rank") :]
    assert ranked.index("Avoidable loss a year") < ranked.index(">People</th>")


def test_a_problem_says_how_bad_it_sounds(client: Any) -> None:
    response = client.get("/problems/1/")
    text = said(response)
    place = text.index("How bad it sounds")
    assert "Complain: 70%" in text[place:] and "Are angry: 33%" in text[place:]
    assert b"/records/signals/?theme_id=1&amp;direction=in&amp;complaint%3E%3D=0.5" in (
        response.content
    )


def test_a_problem_links_to_the_customers_it_hit(client: Any) -> None:
    assert b'href="/customers/shop:10024/"' in client.get("/problems/1/").content


def test_a_customer_has_the_whole_time_line_in_the_books_zone(client: Any) -> None:
    text = said(client.get("/customers/shop:10023/"))
    # 21:40 UTC less 2.4 hours is 20:16 in Madrid in winter.
    assert (
        "December 2025 30 Dec 20:16 Wrote again complaint already contacted email Refund not "
        "received"
    ) in text
    assert "Delivery promised by this day broken" in text
    assert "Was delivered late" in text
    assert "Was refunded −€1,299.00" in text


def test_a_long_time_line_is_leafed_through_without_loss(client: Any) -> None:
    first = client.get("/customers/shop:10023/")
    assert "1 to 100 of 254" in said(first)
    assert b'href="/customers/shop:10023/?offset=100"' in first.content
    rest = client.get("/customers/shop:10023/?offset=200")
    assert "201 to 254 of 254" in said(rest)
    lines = [re.findall(rb'<li class="entry', page.content) for page in (first, rest)]
    assert [len(found) for found in lines] == [100, 54]


def test_a_customer_without_a_time_line_says_so(client: Any) -> None:
    assert "Nothing of this customer has a time." in said(client.get("/customers/shop:17850/"))


def test_a_customer_is_found_by_the_number_of_a_source(client: Any) -> None:
    response = client.get("/customers/", {"id": " 10023 "})
    assert response.status_code == 302
    assert response.headers["Location"] == "/customers/shop:10023/"


def test_an_id_may_hold_any_sign(client: Any) -> None:
    response = client.get("/customers/", {"id": "shop:a/b c?d"})
    assert response.headers["Location"] == "/customers/shop:a/b%20c%3Fd/"
    assert "shop:a/b c?d" in said(client.get(response.headers["Location"]))


def test_words_of_customers_are_never_markup(client: Any, book: MadeBook, monkeypatch: Any) -> None:
    entry = Entry(END - timedelta(days=1), "contact", "<b>hi</b>", "<script>alert(1)</script>")
    monkeypatch.setattr("made_book.timeline", lambda older: [entry])
    page = client.get("/customers/shop:10023/").content
    assert b"<script>alert" not in page and b"<b>hi" not in page
    assert b"&lt;script&gt;alert(1)" in page


def test_records_are_asked_for_with_the_filters_of_the_figure(client: Any, book: MadeBook) -> None:
    overview = client.get("/").content.decode()
    (link,) = set(re.findall(r'href="(/records/promises/\?status=[^"]*broken[^"]*)"', overview))
    assert client.get(html.unescape(link)).status_code == 200
    assert book.asked[-1] == ("promises", {"status": ["broken", "overdue"]}, 0)


def test_records_are_leafed_through(client: Any, book: MadeBook) -> None:
    response = client.get("/records/messages/?theme_id=3&offset=50")
    assert "51 to 100 of 120" in said(response)
    assert book.asked == [("messages", {"theme_id": 3}, 50)]
    assert b'href="/records/messages/?theme_id=3&amp;offset=100"' in response.content
    assert b'href="/records/messages/?theme_id=3"' in response.content


def test_columns_without_a_value_are_left_out_by_name(client: Any) -> None:
    text = said(client.get("/records/messages/"))
    assert "Without a value here, and left out: url." in text


def test_no_records_is_said(client: Any) -> None:
    assert "There are no such records." in said(client.get("/records/quarantine/"))


def test_a_search_shows_words_counts_and_ways_to_narrow_it(client: Any, book: MadeBook) -> None:
    text = said(client.get("/search/?q=parcl&month=2025-12"))
    assert "Nobody wrote “parcl”: searched for parcel." in text
    assert "45 contacts of 41 known people" in text and THEMES[0][6] in text
    assert "Web form 15 by 13 people" in text
    page = client.get("/search/?q=parcl&month=2025-12&theme=1&offset=20").content.decode()
    asked = book.asked[-1][1]
    assert (asked["theme_id"], asked["month"], asked["offset"]) == (1, "2025-12", 20)
    assert "/search/?q=parcl&amp;theme=1&amp;channel=email&amp;month=2025-12" in page
    assert "take this away" in page
    assert "Give 1 to 12 words" in said(client.get("/search/?q=-"))


def test_words_that_were_taken_beside_the_typed_ones_are_named_and_can_be_left_out(
    client: Any, book: MadeBook
) -> None:
    book.like = Figure(230, "contacts", "contacts_alike", people=190, events=230)
    response = client.get("/search/?q=parcel&channel=email&out=box")
    page, text = response.content.decode(), said(response)
    asked = book.asked[-1][1]
    assert (asked["exact"], asked["leave_out"]) == (False, ["box"])
    assert "45 contacts of 41 known people, 230 more like it" in text
    assert "q=parcel&amp;channel=email&amp;out=box&amp;out=package" in page
    assert "left out: box" in text and "q=parcel&amp;channel=email&amp;exact=1" in page
    text = said(client.get("/search/?q=parcel&exact=1"))
    assert book.asked[-1][1]["exact"] is True
    assert "Take words that mean the same as well" in text


def test_replies_stand_apart_and_can_be_searched(client: Any, book: MadeBook) -> None:
    book.answered = Figure(12, "replies", "replies_found", people=9, events=12)
    response = client.get("/search/?q=parcel&month=2025-12")
    text = said(response)
    assert "45 contacts of 41 known people" in text
    assert "12 replies of the company to 9 known people" in text
    assert "reply of the company to" not in text
    assert "q=parcel&amp;direction=out&amp;month=2025-12" in response.content.decode()
    text = said(client.get("/search/?q=parcel&direction=out"))
    assert book.asked[-1][1]["direction"] == "out" and "45 replies to 41 known people" in text
    assert "reply of the company to" in text
    assert client.get("/search/?q=parcel&direction=sideways").status_code == 400


def test_what_was_searched_for_is_not_kept(client: Any) -> None:
    client.get("/search/?q=maria")
    log = client.get("/people/log/").content.decode()
    assert "search" in log and "maria" not in log


def test_what_broken_promises_cost_stands_above_the_themes_and_has_a_page(client: Any) -> None:
    text = said(client.get("/problems/"))
    assert text.index("Delivery date of an order") < text.index(THEMES[0][0])
    assert "not to be added up" in text and "63%" in text
    page = client.get("/problems/promises/delivery/")
    for words in ("Broken promises: Delivery date of an order", "It was so.", THEMES[0][0]):
        assert words.lower() in said(page).lower()
    assert b'href="/promises/?state=broken&amp;kind=delivery"' in page.content
    # Of a period or a part nobody knows what they cost.
    assert "Delivery date of an order" not in said(client.get("/problems/?channel=email"))


def test_what_looks_ahead_says_over_how_many_weeks(client: Any, book: MadeBook) -> None:
    book.chosen = {"horizon_weeks": 52}
    assert "Lifetime value, 52 weeks" in said(client.get("/customers/shop:10023/"))
    text = said(client.get("/problems/1/"))
    assert "Value of these people, 52 weeks" in text and "Lifetime value, 52 weeks" in text
    assert "At risk, 52 weeks" in said(client.get("/promises/"))
