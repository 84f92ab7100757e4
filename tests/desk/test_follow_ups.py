"""Follow-ups: one a customer and problem, whose they are, what is done, what comes of it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from made_book import END, HASHED, MadeBook, harm
from reader import said

from goodwill.report.customer_shapes import Afterwards

CASE = "theme:2 shop:17850"


@pytest.fixture(autouse=True)
def none_yet(desk_folder: object) -> Iterator[None]:
    from goodwill.desk.followups.models import FollowUp, NoMail, Settled

    for model in (FollowUp, NoMail, Settled):
        model.objects.all().delete()
    yield


def someone(name: str, role: str) -> tuple[Client, Any]:
    from goodwill.desk.accounts.models import User

    user = User.objects.create_user(name, role=role)
    browser = Client()
    browser.force_login(user)
    return browser, user


def opened(client: Client, case: str = CASE) -> Any:
    from goodwill.desk.followups.models import FollowUp

    client.post("/follow-ups/open/", {"case": case})
    return FollowUp.objects.latest("pk")


def act(client: Client, it: Any, do: str, **more: Any) -> Any:
    return client.post(f"/follow-ups/{it.pk}/act/", {"do": do, **more})


def test_it_works_from_today_to_what_the_customer_then_did(
    client: Client, book: MadeBook, desk_folder: Any
) -> None:
    from goodwill.desk import settle

    today = said(client.get("/today/"))
    for words in ("61 open promises", "12 harmed without follow-up", "Harmed and silent",
                  "law or safety", "Promises that can still be kept, soonest first",
                  "Fixes whose verdict has come"):  # fmt: skip
        assert words in today, words
    assert "The data ends on 30 December 2025, and today is" in today
    it = opened(client)
    assert (it.customer_id, it.problem, it.owner.username) == ("shop:17850", "theme:2", "ada")
    # What it is about stands first: the complaints of that theme, and not whatever came last.
    page = client.get(f"/follow-ups/{it.pk}/").content.decode()
    about = page[page.index("What it is about") : page.index("All that happened")]
    assert about.count('class="entry') == 3 and "where is my money?" in about
    assert "Was answered" not in about
    assert "11 harmed without follow-up" in said(client.get("/today/"))
    assert "1 follow-up of yours" in said(client.get("/today/"))
    act(client, it, "note", text="Called maria@example.com, no answer.")
    act(client, it, "close")
    book.after["shop:17850"] = Afterwards(END + timedelta(days=3), None, None, 20.0)
    settle(desk_folder)
    text = said(client.get(f"/follow-ups/{it.pk}/"))
    assert "Called [email], no answer." in text and "Bought again on 2 January 2026." in text
    assert "Bought again" in said(client.get("/follow-ups/?show=closed"))


def test_there_is_one_a_customer_and_problem_until_it_is_closed(client: Client) -> None:
    from goodwill.desk.followups.models import FollowUp

    first = opened(client)
    assert opened(client) == first and FollowUp.objects.count() == 1
    act(client, first, "close")
    second = opened(client)
    assert second != first
    assert act(client, first, "again").status_code == 400
    act(client, second, "close")
    assert act(client, first, "again").status_code == 302


def test_the_customers_page_follows_up_the_worst_of_his_problems_first(
    client: Client, book: MadeBook
) -> None:
    one = replace(harm(1), customer_id="shop:10023", problem="theme:4", kinds=("detractor",))
    two = replace(one, problem="promise:delivery", label="delivery promised", theme_id=None,
                  kinds=("broken_promise", "silent"), at=END - timedelta(days=20))  # fmt: skip
    book.hurt = [one, two]
    page = client.get("/customers/shop:10023/").content.decode()
    cases = re.findall(r'<option value="([^ "]+) shop:10023">([^<]+)</option>', page)
    assert cases[0] == ("promise:delivery", "Delivery promised: broken promise, harmed and silent")
    assert cases[1][0] == "theme:4" and cases[-1] == ("contact", "Nothing in particular")
    assert len({problem for problem, _ in cases}) == len(cases) > 3
    it = opened(client, f"{cases[0][0]} shop:10023")
    assert (it.problem, it.kinds) == ("promise:delivery", "broken_promise silent")
    assert opened(client, f"{cases[2][0]} shop:10023").problem == cases[2][0]


def test_many_are_opened_and_done_to_at_once(client: Client) -> None:
    from goodwill.desk.followups.models import FollowUp

    cases = [f"{harm(n).problem} {harm(n).customer_id}" for n in (1, 2)]
    answer = client.post("/follow-ups/open/", {"case": cases}, follow=True)
    assert "2 opened; they are yours." in said(answer)
    ids = list(FollowUp.objects.values_list("pk", flat=True))
    later = {"id": ids, "do": "snooze", "days": "7", "next": "/follow-ups/?show=mine"}
    assert "Done to 2." in said(client.post("/follow-ups/many/", later, follow=True))
    assert "Asleep 2" in said(client.get("/follow-ups/"))
    client.post("/follow-ups/many/", {"id": ids, "do": "close"})
    assert "Closed 2" in said(client.get("/follow-ups/?show=closed"))
    for wrong in ({"do": "vanish"}, {"do": "snooze", "days": "x"}, {"do": "snooze", "days": "999"},
                  {"do": "give", "owner": "nobody-known"}):  # fmt: skip
        assert client.post("/follow-ups/many/", {"id": ids, **wrong}).status_code in (400, 302)
    assert client.post("/follow-ups/open/", {}).status_code == 400


def test_frontline_acts_on_their_own_and_on_nobodys_alone(client: Client) -> None:
    alice, her = someone("alice", "frontline")
    bob, _ = someone("bob", "frontline")
    it = opened(alice)
    assert it.owner == her
    assert act(bob, it, "close").status_code == 403
    assert bob.get(f"/follow-ups/{it.pk}/").status_code == 200
    bob.post("/follow-ups/many/", {"id": [it.pk], "do": "close"})
    it.refresh_from_db()
    assert it.state == "open"
    assert act(alice, it, "give", owner="bob").status_code == 400  # who leads gives
    assert act(client, it, "give", owner="bob").status_code == 302
    assert act(alice, it, "close").status_code == 403
    assert act(bob, it, "close").status_code == 302
    seen = said(client.get(f"/follow-ups/{it.pk}/"))
    assert "ada Given to bob" in seen and "bob Closed" in seen


def test_nothing_is_given_to_viewers_or_to_those_who_left(client: Client) -> None:
    _, viewer = someone("victor", "viewer")
    it = opened(client)
    assert act(client, it, "give", owner="victor").status_code == 400
    assert act(client, it, "give", owner="").status_code == 302
    it.refresh_from_db()
    assert it.owner is None and "Nobody's 1" in said(client.get("/follow-ups/"))
    assert "nobody" in said(client.get("/follow-ups/?show=free"))


def test_a_promise_made_is_due_with_its_day(client: Client) -> None:
    it = opened(client)
    before = it.due_at
    assert act(client, it, "promise", words="a call", by="2020-01-01").status_code == 400
    assert act(client, it, "promise", words="", by="2099-01-01").status_code == 400
    assert act(client, it, "promise", words="a call", by="x").status_code == 400
    assert act(client, it, "promise", words="a call", by="2099-01-01").status_code == 302
    it.refresh_from_db()
    assert it.due_at == before  # never later than it was due anyway
    assert "Promised by 1 Jan 2099 a call" in said(client.get(f"/follow-ups/{it.pk}/"))
    given = said(client.get("/follow-ups/")).split("You promised")[1]
    assert "a call by 1 Jan 2099" in given
    # Another promise takes its place, and who looks after it then promised nothing himself.
    assert act(client, it, "promise", words="a parcel", by="2099-02-01").status_code == 302
    given = said(client.get("/follow-ups/")).split("You promised")[1]
    assert "a parcel by 1 Feb 2099" in given and "a call" not in given.split("Open")[0]
    it.steps.filter(kind="promise").update(by=None)
    assert "You promised" not in said(client.get("/follow-ups/"))


def test_who_has_how_many_is_told(client: Client) -> None:
    from django.utils import timezone

    it = opened(client)
    it.due_at = timezone.now() - timedelta(hours=1)
    it.save()
    text = said(client.get("/follow-ups/?show=late"))
    assert "ada 1 1" in text and "Overdue 1" in text


def test_rules_open_what_they_name_once_and_leave_in_peace(
    client: Client, book: MadeBook, desk_folder: Any
) -> None:
    from goodwill.desk import settle
    from goodwill.desk.followups.models import FollowUp, NoMail, Settled

    settle(desk_folder)
    assert FollowUp.objects.count() == 0
    book.chosen = {"follow_up_rules": ("silent", "public_complaint")}
    NoMail.objects.create(customer_id="shop:20008")
    Settled.objects.all().delete()
    settle(desk_folder)
    rows = {each.customer_id for each in FollowUp.objects.all()}
    wanted = {h.customer_id for h in book.hurt if set(h.kinds) & {"silent", "public_complaint"}}
    assert rows == wanted - {"shop:20008"} and "shop:20008" in wanted
    assert "by rule" in said(client.get(f"/follow-ups/{FollowUp.objects.first().pk}/"))
    # The same generation again, and one that was closed lately: nothing more.
    FollowUp.objects.all().update(state="closed", closed_at=END.now(END.tzinfo))
    settle(desk_folder)
    Settled.objects.all().delete()
    settle(desk_folder)
    assert FollowUp.objects.count() == len(rows)


def test_chance_holds_back_its_share_and_never_what_must_be_seen_to() -> None:
    from goodwill.desk.followups.rules import is_held

    plain = replace(harm(0), kinds=("silent",), careful=False)
    many = [replace(plain, customer_id=f"shop:{n}") for n in range(4000)]
    held = [is_held(each, 0.1, "book") for each in many]
    assert 340 <= sum(held) <= 460  # 400 expected, standard deviation 19
    assert held == [is_held(each, 0.1, "book") for each in many]
    assert held != [is_held(each, 0.1, "another") for each in many]
    assert not any(is_held(each, 0.0, "book") for each in many)
    for case in (replace(plain, careful=True), replace(plain, kinds=("public_complaint",))):
        assert not any(is_held(replace(case, customer_id=f"{n}"), 0.5, "b") for n in range(200))


def test_held_back_and_followed_up_are_compared_after_ninety_days(
    client: Client, book: MadeBook, desk_folder: Any
) -> None:
    from goodwill.desk import settle
    from goodwill.desk.followups.models import FollowUp
    from goodwill.desk.followups.recovering import recovered

    book.hurt = [replace(harm(0), customer_id=f"shop:{n}", kinds=("silent",)) for n in range(60)]
    book.chosen = {"follow_up_rules": ("silent",), "hold_back_share": 0.5}
    settle(desk_folder)
    held = FollowUp.objects.filter(state="held").count()
    assert 15 <= held <= 45
    assert "Too early to tell: 60 of 60" in said(client.get("/follow-ups/"))
    FollowUp.objects.update(watched_days=91.0)
    followed = FollowUp.objects.filter(state="open")
    followed.filter(pk__in=list(followed.values_list("pk", flat=True))[:5]).update(
        bought_at=END + timedelta(days=10)
    )
    text = said(client.get("/follow-ups/?show=held"))
    assert (
        "Does following up bring them back?" in text and "of those held back by chance 0%" in text
    )
    found = recovered()
    assert found.figure is not None and found.figure.randomised and found.figure.grade == "B"
    assert found.figure.value == pytest.approx(5 / (60 - held)) and found.figure.people == 60
    # One that chance could never have held back is compared with nobody.
    FollowUp.objects.filter(state="open").update(kinds="silent law_or_safety")
    assert "0 customers followed up" in recovered().reason


def test_without_chance_those_nobody_came_to_are_compared_and_it_is_an_association(
    client: Client, book: MadeBook, desk_folder: Any
) -> None:
    from goodwill.desk import settle
    from goodwill.desk.followups.models import FollowUp, Step
    from goodwill.desk.followups.recovering import recovered

    assert recovered().reason == "There is no follow-up yet."
    book.hurt = [replace(harm(0), customer_id=f"shop:{n}", kinds=("silent",)) for n in range(40)]
    book.chosen = {"follow_up_rules": ("silent",)}
    settle(desk_folder)
    FollowUp.objects.update(watched_days=91.0)
    for each in FollowUp.objects.order_by("pk")[:20]:
        Step.objects.create(follow_up=each, kind="note", text="called")
    found = recovered()
    assert found.figure is not None and found.figure.grade == "C"
    assert (found.figure.events, found.figure.people) == (20, 40)
    assert "nobody came to" in found.sentence and "cannot be told from chance" in found.sentence
    assert found.as_dict()["figure"]["grade"] == "C"


def test_forgotten_customers_go_and_joined_ones_are_found_again(
    client: Client, book: MadeBook, desk_folder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodwill.desk import settle
    from goodwill.desk.followups.models import FollowUp, NoMail, Step

    kept, moved, twin = (opened(client, f"theme:{n} shop:10023") for n in (1, 2, 3))
    FollowUp.objects.filter(pk=moved.pk).update(customer_id="shop:old")
    FollowUp.objects.filter(pk=twin.pk).update(customer_id="shop:old", problem="theme:1")
    gone = opened(client)
    act(client, gone, "note", text="He said he will leave.")
    NoMail.objects.create(customer_id="shop:old")
    now = {"shop:10023": "shop:10023", "shop:old": "shop:10023"}
    monkeypatch.setattr(book, "current_ids", lambda ids: {i: now[i] for i in ids if i in now})
    assert settle(desk_folder) >= 1
    assert {each.pk for each in FollowUp.objects.all()} == {kept.pk, moved.pk, twin.pk}
    assert set(FollowUp.objects.values_list("customer_id", flat=True)) == {"shop:10023"}
    twin.refresh_from_db()
    assert twin.state == "closed" and NoMail.objects.get().customer_id == "shop:10023"
    assert not Step.objects.filter(text__contains="leave").exists()


def test_what_cannot_be_followed_up_is_refused(client: Client) -> None:
    wrong = {"theme:99 shop:10023": 404, "theme:1 shop:none": 404, "theme:1": 404,
             "everything shop:10023": 400}  # fmt: skip
    for case, status in wrong.items():
        assert client.post("/follow-ups/open/", {"case": case}).status_code == status, case
    assert opened(client, f"contact {HASHED}").customer_id == HASHED


class _Inbox:
    """Keeps what a mail server is handed."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.mails: list[Any] = []
        self.answer = answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        from email import message_from_bytes, policy

        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Inbox]:
    """A real mail server on this machine, to which the desk hands its mails."""
    from aiosmtpd.controller import Controller

    kept = _Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("GOODWILL_SMTP_URL", f"smtp://127.0.0.1:{port}")
    yield kept
    server.stop()


MAIL = {"subject": "Your delivery", "text": "I am sorry. Write to maria@example.com."}


def test_a_reply_goes_out_in_its_thread_and_is_kept_redacted(
    client: Client, book: MadeBook, inbox: _Inbox
) -> None:
    it = opened(client, "theme:1 shop:10023")
    assert act(client, it, "mail", **MAIL).status_code == 302
    assert act(client, it, "mail", subject="Re: Your delivery", text="Any news?").status_code == 302
    first, second = inbox.mails
    assert first["To"] == "ana@mail.example" and first["Subject"] == "Your delivery"
    assert first["From"] == "Harbour & Pine <service@harbour.example>"
    assert first["Message-ID"].endswith("@harbour.example>") and first["In-Reply-To"] is None
    assert second["In-Reply-To"] == first["Message-ID"] == second["References"]
    assert book.looked[0] == ("ada", "shop:10023", f"mail of follow-up {it.pk}")
    text = client.get(f"/follow-ups/{it.pk}/").content.decode()
    assert "Write to [email]." in text and "maria@" not in text and "ana@" not in text


def test_a_mail_that_was_refused_says_so_and_one_in_doubt_is_not_sent_again(
    client: Client, inbox: _Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.answer = "554 no"
    it = opened(client, "theme:1 shop:10023")
    act(client, it, "mail", **MAIL)
    assert "it did not go out" in said(client.get(f"/follow-ups/{it.pk}/"))

    def cut(*given: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr("goodwill.desk.followups.mails._hand_in", cut)
    act(client, it, "mail", **MAIL)
    assert it.steps.latest("pk").mail_state == "sending"
    assert "nobody knows whether it went out" in said(client.get(f"/follow-ups/{it.pk}/"))


def test_nobody_is_pestered(client: Client, book: MadeBook, inbox: _Inbox) -> None:
    first, second = (opened(client, f"theme:{n} shop:10023") for n in (1, 2))
    act(client, first, "mail", **MAIL)
    assert "in peace until" in said(act(client, second, "mail", **MAIL))
    book.chosen = {"cool_down_days": 0}
    act(client, second, "no_mail")
    assert "wants no mail" in said(act(client, second, "mail", **MAIL))
    act(client, second, "mail_again")
    assert act(client, second, "mail", **MAIL).status_code == 302
    assert len(inbox.mails) == 2
    nameless = opened(client, "theme:2 shop:17850")
    assert "No mail address" in said(act(client, nameless, "mail", **MAIL))
    for empty in ({"subject": "", "text": "x"}, {"subject": "x", "text": " "}):
        assert act(client, first, "mail", **empty).status_code == 400
    injected = act(client, first, "mail", subject="x\r\nBcc: all@example.org", text="x")
    assert injected.status_code == 302 and inbox.mails[-1]["Bcc"] is None


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "smtp://h:port"])
def test_without_a_server_it_is_said_and_a_wrong_one_is_a_fault(
    client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodwill.desk.followups.mails import server
    from goodwill.errors import SettingsError

    monkeypatch.setenv("GOODWILL_SMTP_URL", url)
    if url:
        with pytest.raises(SettingsError, match="GOODWILL_SMTP_URL"):
            server()
        return
    it = opened(client, "theme:1 shop:10023")
    page = client.get(f"/follow-ups/{it.pk}/")
    text = said(page)
    assert "No mail can be sent from here yet" in text and "told of your mail server" in text
    assert "GOODWILL_" not in text and b'/help/desk/#sending-mail"' in page.content


def test_two_who_open_the_same_at_once_open_one(client: Client, book: MadeBook) -> None:
    from django.db import connections

    from goodwill.desk.followups import doing
    from goodwill.desk.followups.models import FollowUp

    made: list[Any] = []

    def run() -> None:
        made.append(doing.open_for(harm(3), END, by=None))
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert FollowUp.objects.count() == 1 and sum(each is not None for each in made) == 1


def test_killed_between_a_change_and_its_step_neither_is_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodwill.desk.followups.models import Step

    it = opened(client)
    whole = Step.objects.create

    def killed(**given: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(Step.objects, "create", killed)
    with pytest.raises(KeyboardInterrupt):
        act(client, it, "close")
    monkeypatch.setattr(Step.objects, "create", whole)
    it.refresh_from_db()
    assert it.state == "open" and [step.kind for step in it.steps.all()] == ["opened"]


def test_mails_and_promises_are_handed_to_the_book_once_and_failed_mails_never(
    client: Client, book: MadeBook, inbox: _Inbox
) -> None:
    from goodwill.desk.followups.handing import hand_over
    from goodwill.desk.followups.models import Step

    class Taking:
        def __init__(self) -> None:
            self.came: list[tuple[str, str, str]] = []

        def add(self, file: Any, *, mapping: Any, source: str) -> None:
            self.came.append((source, mapping.read_text(), file.read_text()))

    it = opened(client, "theme:1 shop:10023")
    act(client, it, "mail", **MAIL)
    inbox.answer = "554 no"
    act(client, it, "mail", subject="Lost", text="never went out")
    act(client, it, "promise", words="a new parcel.", by="2099-01-12")
    taking = Taking()
    assert hand_over(taking) == 2 and hand_over(taking) == 0
    [(source, mapping, rows)] = taking.came
    ref = book.customer("shop:10023").refs[0]
    assert source == ref.source and f'source = "{source}"' in mapping
    assert "We will get back to you with a new parcel by 12 January 2099." in rows
    assert "Write to [email]." in rows and "never went out" not in rows
    assert rows.count(f",{ref.customer_ref},") == 2
    assert Step.objects.filter(handed=True).count() == 2
