"""The queue of follow-ups, the page of one, and what is done to them."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from goodwill.desk.accounts import audit
from goodwill.desk.accounts.models import User, people_of, reader_of
from goodwill.desk.accounts.views import next_address
from goodwill.desk.customers.views import LETTERS, PROMISED
from goodwill.desk.errors import page
from goodwill.desk.followups import doing, mails, words
from goodwill.desk.followups.finding import harm_of
from goodwill.desk.followups.models import CLOSED, HELD, OPEN, FollowUp, NoMail, Step
from goodwill.desk.followups.recovering import recovered
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.reading import book
from goodwill.desk.rights import READERS, WORKERS
from goodwill.errors import InputError, NotFound

PAGE = 50
SHOWN = {
    "mine": "Mine",
    "free": "Nobody's",
    "open": "All open",
    "late": "Overdue",
    "asleep": "Asleep",
    "closed": "Closed",
    "held": "Held back",
}
MOST_AT_ONCE = 200
PROMISED_SHOWN = 8
SNOOZE_DAYS = (1, 3, 7, 14, 30)


def queue(request: HttpRequest) -> HttpResponse:
    """Show the follow-ups that were asked for, the first due first."""
    user, offset = _user(request), offset_of(request)
    counts = FollowUp.objects.aggregate(
        **{key: Count("pk", filter=_of(key, user)) for key in SHOWN}
    )
    show = request.GET.get("show", "")
    if show not in SHOWN:
        show = next((each for each in ("mine", "free") if counts[each]), "open")
    rows = FollowUp.objects.filter(_of(show, user))
    dearest = F("value").desc(nulls_last=True)
    order = ["-closed_at", "-pk"] if show == "closed" else ["due_at", dearest, "pk"]
    shown = list(rows.select_related("owner").order_by(*order)[offset : offset + PAGE])
    own = f"{reverse('follow_ups')}?{urlencode({'show': show})}"
    people = people_of(READERS)
    load = doing.load(people)
    ctx = {
        "rows": [_row(each, user) for each in shown],
        "show": show,
        "shown": [(key, label, counts[key]) for key, label in SHOWN.items()],
        "given": _promised(user),
        "load": [each for each in load if each[1]],
        "free": [who.username for who, held, _ in load if not held],
        "people": people,
        "snooze_days": SNOOZE_DAYS,
        "recovered": recovered() if any(counts.values()) else None,
        "held_share": book().settings.hold_back_share,
        "steps": Steps(own, offset, PAGE, len(shown), counts[show]),
        "own": own,
        "said": request.session.pop("said", ""),
        "clocks": words.clocks(book().overview().as_of),
        "here": "follow_ups",
    }
    return render(request, "followups/queue.html", ctx)


def _promised(user: User) -> list[tuple[Step, bool]]:
    """Return what the reader promised in open follow-ups, the first due first, those whose day has
    passed behind; and of each whether it has.

    What was followed by a mail or by another promise is no longer waited for.
    """
    later = Step.objects.filter(
        follow_up=OuterRef("follow_up"), kind__in=("mail", "promise"), at__gt=OuterRef("at")
    )
    steps = Step.objects.filter(
        ~Exists(later), by=user, follow_up__state=OPEN, kind="promise", promised_by__isnull=False
    ).select_related("follow_up")
    now = timezone.now()
    found = [(each, each.promised_by is not None and each.promised_by < now)
             for each in steps.order_by("promised_by", "pk")]  # fmt: skip
    return sorted(found, key=itemgetter(1))[:PROMISED_SHOWN]


def one(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Show one follow-up: the customer's own words, what was done, what can be done."""
    follow_up = get_object_or_404(FollowUp.objects.select_related("owner"), pk=follow_up_id)
    audit.about(request, f"follow up {follow_up.pk}", follow_up.customer_id)
    return _page(request, follow_up, {})


def _page(
    request: HttpRequest, follow_up: FollowUp, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    user = _user(request)
    try:
        customer = book().customer(follow_up.customer_id, limit=8)
    except NotFound:  # forgotten, and not settled yet
        return page(request, 404, "Not found", "The Book does not know this customer any more.")
    first = follow_up.kinds.split()
    begun = {"public_complaint": "public", "silent": "silent", "valuable_at_risk": "ask"}
    template = next((begun[kind] for kind in first if kind in begun), "late")
    template = request.GET.get("template", template)
    subject, text = mails.TEMPLATES.get(template, ("", ""))
    thread = follow_up.steps.filter(kind="mail").exclude(mail_state="failed").first()
    ctx = {
        "each": _row(follow_up, user),
        "customer": customer,
        "behind": book().behind_harm(
            follow_up.customer_id, follow_up.problem, until=follow_up.since
        ),
        "letters": LETTERS,
        "promised": PROMISED,
        "value": customer.figures.get("lifetime_value"),
        "log": [
            (step, words.STEPS.get(step.kind, step.kind), words.MAIL_STATES.get(step.mail_state))
            for step in follow_up.steps.select_related("by")
        ],
        "people": people_of(READERS),
        "snooze_days": SNOOZE_DAYS,
        "templates": mails.TEMPLATES.items(),
        "template": template,
        "subject": f"Re: {thread.subject}" if thread else subject,
        "text": text,
        "no_mail": mails.why_not(follow_up),
        "mail_missing": bool(mails.missing()),
        "clocks": words.clocks(book().overview().as_of),
        "refused": NoMail.objects.filter(customer_id=follow_up.customer_id).exists(),
        "tomorrow": timezone.localdate() + timedelta(days=1),
        "here": "follow_ups",
        **more,
    }
    return render(request, "followups/one.html", ctx, status=status)


@require_POST
def open_(request: HttpRequest) -> HttpResponse:
    """Open follow-ups for the customers and problems that were sent."""
    user = _user(request)
    wanted = list(dict.fromkeys(request.POST.getlist("case")))[:MOST_AT_ONCE]
    if not wanted:
        raise BadRequest("Choose a customer and a problem.")
    made = []
    for case in wanted:
        problem, _, customer_id = case.partition(" ")
        harm, since = harm_of(customer_id, problem)
        opened = doing.open_for(harm, since, by=user, owner=user)
        if opened is not None:
            made.append(opened)
    if len(wanted) == 1:
        customer_id, problem = harm.customer_id, harm.problem
        audit.about(request, "opened", customer_id)
        rows = FollowUp.objects.filter(customer_id=customer_id, problem=problem)
        return redirect("follow_up", follow_up_id=rows.exclude(state=CLOSED).get().pk)
    audit.about(request, f"opened {len(made)}")
    request.session["said"] = f"{len(made)} opened; they are yours."
    return redirect(f"{reverse('follow_ups')}?show=mine")


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Do one thing to all follow-ups that were ticked."""
    user, do = _user(request), request.POST.get("do", "")
    ids = [int(each) for each in request.POST.getlist("id") if each.isdigit()][:MOST_AT_ONCE]
    rows = FollowUp.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    given = _given(request, do, user)
    done, refused = doing.many(rows, user, given.pop("do"), **given)
    said = f"Done to {done}." if ids else "None was ticked."
    request.session["said"] = said + (f" {refused} are not yours to change." if refused else "")
    audit.about(request, f"{do} {done}")
    return redirect(next_address(request))


def _given(request: HttpRequest, do: str, user: User) -> dict[str, Any]:
    """Return what is to be done, and with what."""
    if do == "take":
        return {"do": "give", "owner": user}
    if do == "give":
        if user.role not in WORKERS:
            raise InputError("Whoever leads the team gives follow-ups to others.")
        return {"do": "give", "owner": _owner(request)}
    if do == "snooze":
        days = request.POST.get("days", "")
        if not days.isdigit():
            raise InputError("Say for how many days it may sleep.")
        return {"do": "snooze", "until": timezone.now() + timedelta(days=int(days[:4]))}
    if do == "close":
        return {"do": "close"}
    raise InputError("do must be one of take, give, snooze, close")


@require_POST
def act(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Do one thing to one follow-up."""
    user, do = _user(request), request.POST.get("do", "")
    follow_up = get_object_or_404(FollowUp, pk=follow_up_id)
    audit.about(request, f"{do[:20]} follow up {follow_up.pk}", follow_up.customer_id)
    try:
        # A mail goes out between two writes of its own; all else is done to the row as it is now.
        with nullcontext() if do == "mail" else transaction.atomic():
            if do != "mail":
                follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
            if not doing.may_change(user, follow_up):
                return page(request, 403, "Not allowed",
                            "Somebody else looks after this follow-up.",
                            "Ask for it, or ask a manager to give it to you.")  # fmt: skip
            _act(request, follow_up, do, user)
    except InputError as error:
        typed = {"fault": f"{error.message} {error.hint}".strip(), "typed": request.POST}
        return _page(request, follow_up, typed, 400)
    return redirect("follow_up", follow_up_id=follow_up.pk)


def _act(request: HttpRequest, follow_up: FollowUp, do: str, user: User) -> None:
    sent = request.POST
    if do == "note":
        doing.note(follow_up, user, sent.get("text", ""))
    elif do == "promise":
        doing.promise(follow_up, user, sent.get("words", ""), _end_of(sent.get("by", "")))
    elif do == "mail":
        mails.send(follow_up, user, sent.get("subject", ""), sent.get("text", ""))
    elif do in ("no_mail", "mail_again"):
        doing.no_mail(follow_up.customer_id, user, do == "mail_again")
    elif do == "again":
        doing.open_again(follow_up, user)
    else:
        given = _given(request, do, user)
        getattr(doing, given.pop("do"))(follow_up, user, **given)


def _owner(request: HttpRequest) -> User | None:
    name = request.POST.get("owner", "")
    if not name:
        return None
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise InputError("Nobody of that name follows up.")
    return found


def _end_of(text: str) -> datetime:
    """Return the end of a day, in the Book's zone.

    Raises:
        InputError: It is no day.
    """
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise InputError("Say by which day.")
    end = datetime(day.year, day.month, day.day, 23, 59, 59)
    return timezone.make_aware(end).astimezone(UTC)


def _of(show: str, user: User) -> Q:
    """Return which follow-ups stand under a name of `SHOWN`."""
    now = timezone.now()
    if show in ("closed", "held"):
        return Q(state=CLOSED if show == "closed" else HELD)
    if show == "asleep":
        return Q(state=OPEN, snoozed_until__gt=now)
    awake = Q(state=OPEN) & (Q(snoozed_until=None) | Q(snoozed_until__lte=now))
    more = {"mine": Q(owner=user), "free": Q(owner=None), "late": Q(due_at__lt=now)}
    return awake & more.get(show, Q())


def _row(each: FollowUp, user: User) -> dict[str, Any]:
    theme = each.problem.removeprefix("theme:")
    return {
        "it": each,
        "reasons": words.reasons(each.kinds),
        "outcome": words.outcome(each),
        "theme_id": int(theme) if theme.isdigit() else None,
        "late": each.state == OPEN and each.due_at < timezone.now(),
        "mine": doing.may_change(user, each),
        "hours": (each.due_at - timezone.now()).total_seconds() / 3600,
    }


def _user(request: HttpRequest) -> User:
    user = reader_of(request)
    assert user is not None  # the middleware lets nobody else in
    return user
