"""Help in place: every page says what it is for, its doc is there, the demo has a tour."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import resolve
from made_book import MadeBook
from reader import NAME, PASSWORD, said
from test_who_may import ADDRESSES

from goodwill.desk.help import docs
from goodwill.desk.help.pages import HELP


def test_every_page_says_in_two_sentences_what_it_is_for_and_leads_to_its_doc(
    client: Client, book: MadeBook
) -> None:
    tried = set()
    for method, address, _, answer, _ in ADDRESSES:
        if method != "GET" or answer != 200 or address.startswith(("/static", "/import")):
            continue
        name = str(resolve(address.split("?")[0]).url_name)
        response = client.get(address)
        if name in tried or not response.headers["Content-Type"].startswith("text/html"):
            continue
        tried.add(name)
        page = response.content.decode()
        assert page.count('<details class="about">') == 1, address
        assert f'href="/help/{HELP[name].address}"' in page, address
    assert len(tried) >= 27


def test_the_help_of_each_page_is_two_sentences_and_its_heading_is_in_the_docs() -> None:
    for name, told in HELP.items():
        sentences = re.findall(r"[.?](?= [A-Z]|$)", told.text)
        assert len(sentences) == 2, f"{name}: {told.text}"
        file, _, heading = told.doc.partition("#")
        doc = docs.read(file)
        assert doc is not None, told.doc
        assert not heading or heading in dict(doc.headings), told.doc


def test_the_docs_are_pages_of_the_desk_whose_links_lead_on(client: Client) -> None:
    for name in docs.names():
        page = client.get(f"/help/{name}/").content.decode()
        body = page.split('<article class="doc">')[1].split("</article>")[0]
        assert body.count("<h1") == 1
        assert "](" not in re.sub(r"<code.*?</code>", "", body, flags=re.S)
        assert "<script" not in body and 'src="http' not in body
        for target, _, heading in re.findall(r'href="/help/([a-z0-9_-]+)/(#([\w-]+))?"', body):
            other = docs.read(target)
            assert other is not None, f"{name} leads to {target}"
            assert not heading or f'id="{heading}"' in other.html, f"{name}: {target}#{heading}"
    assert client.get("/help/..%2f..%2fREADME/").status_code == 404


def test_the_demo_has_a_tour_that_leads_from_page_to_page_until_it_is_left(
    client: Client, book: MadeBook, user: Any
) -> None:
    book.simulated = False
    assert 'class="tour"' not in client.get("/").content.decode()
    book.simulated = True
    here, seen = "/", []
    while here:
        page = client.get(here).content.decode()
        seen.append(here)
        step = re.search(r'aria-current="step"><a href="([^"]+)"><b>(\d)</b>', page)
        assert step is not None and step[1] == here and int(step[2]) == len(seen)
        after = re.search(r'<a class="second" href="([^"]+)">Next: ', page)
        here = after[1] if after else ""
    assert len(seen) == 6 and len(set(seen)) == 6
    # Elsewhere it says where it begins; who signs in begins there, not where a day of work does.
    aside = client.get("/metrics/").content.decode()
    assert "page by page" in aside and '<a class="second" href="/">Begin</a>' in aside
    door, name = Client(), {"username": NAME, "password": PASSWORD}
    assert door.post("/sign-in/", name).headers["Location"] == "/"
    door.logout()
    door.cookies["tour"] = "left"
    assert door.post("/sign-in/", name).headers["Location"] == "/today/"
    client.post("/help/tour/", {"do": "fold"})
    folded = client.get("/today/").content.decode()
    assert 'class="tour folded"' in folded and "Tick one of" not in folded
    assert "Open it" not in said(client.get("/follow-ups/1/"))  # it is open already
    left = client.post("/help/tour/", {"do": "leave", "next": "/metrics/"})
    assert left.headers["Location"] == "/metrics/"
    assert 'class="tour"' not in client.get("/").content.decode()
    assert "Take the tour" in said(client.get("/help/"))
    client.post("/help/tour/", {"do": "again"})
    assert 'class="tour"' in client.get("/").content.decode()
    user.role = "viewer"
    user.save()
    page = client.get("/problems/").content.decode()
    assert page.count("<li><a") + page.count('<li aria-current="step"') >= 4
    assert 'href="/today/"' not in page
