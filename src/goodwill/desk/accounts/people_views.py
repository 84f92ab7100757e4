"""The pages of people: who may sign in, one's own account, and the log."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from goodwill.desk.accounts import audit
from goodwill.desk.accounts import people as changes
from goodwill.desk.accounts.models import AuditEntry, User
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.rights import ROLES, first_page, views_of
from goodwill.errors import InputError

PAGE = 100
DEEDS = ("saw", "did", "refused", "signed in", "signed out")


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Show who may sign in, or make someone able to."""
    ctx: dict[str, Any] = {"typed": "", "role": "analyst"}
    status = 200
    if request.method == "POST":
        typed, role = request.POST.get("username", ""), request.POST.get("role", "")
        try:
            made, password = changes.add(typed, role)
            audit.about(request, f"made {made.username} {role}")
            ctx |= {"made": made, "password": password}
        except InputError as error:
            ctx |= {"fault": error.message, "typed": typed[:150], "role": role}
            status = 400
    ctx |= {
        "people": User.objects.order_by("-is_active", "username"),
        "roles": ROLES.items(),
        "here": "people",
    }
    return render(request, "accounts/people.html", ctx, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show one person's rights, or change them."""
    user = get_object_or_404(User, pk=user_id)
    ctx: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        try:
            said = _change(user, request.POST)
        except InputError as error:
            ctx["fault"] = f"{error.message} {error.hint}".strip()
            status = 400
        else:
            what, ctx["password"] = said
            audit.about(request, f"{user.username}: {what}")
            if not ctx["password"]:
                return redirect("people")
        user.refresh_from_db()
    ctx |= {"person": user, "roles": ROLES.items(), **_views(user), "here": "people"}
    return render(request, "accounts/person.html", ctx, status=status)


def _views(user: User) -> dict[str, Any]:
    """Return what the form of views shows: those of the person's role, and where he begins now."""
    return {
        "views": views_of(user.role).items(),
        "chosen_view": user.view if user.view in views_of(user.role) else "",
        "by_role": first_page(user.role),
    }


def _change(user: User, form: QueryDict) -> tuple[str, str]:
    """Do what the form asks; return what was done, and a new password where there is one."""
    do, role = form.get("do", ""), form.get("role", "")
    if do == "role":
        changes.change(user, role=role)
        return f"is {role}", ""
    if do == "view":
        changes.see_first(user, form.get("view", ""))
        return f"sees {user.view or 'what the role has'} first", ""
    if do == "password":
        return "new password", changes.renew(user)
    if do in ("out", "in"):
        changes.change(user, active=do == "in")
        return "may sign in" if do == "in" else "may not sign in", ""
    raise InputError(f"Nothing is called {do!r}.")


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own role, and let one choose a password."""
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else in
    ctx: dict[str, Any] = {"about": ROLES[user.role], "shortest": changes.SHORTEST_PASSWORD}
    status = 200
    if request.method == "POST":
        old, new = request.POST.get("old", ""), request.POST.get("new", "")
        try:
            if request.POST.get("do") == "view":
                changes.see_first(user, request.POST.get("view", ""))
                audit.about(request, "chose what comes first")
                ctx["seen_first"] = True
            else:
                changes.choose_password(user, old, new)
                update_session_auth_hash(request, user)
                audit.about(request, "chose a password")
                ctx["done"] = True
        except InputError as error:
            ctx["fault"], status = error.message, 400
    ctx |= _views(user)
    return render(request, "accounts/account.html", ctx, status=status)


def log(request: HttpRequest) -> HttpResponse:
    """Show who saw and did what, newest first."""
    offset = offset_of(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("who", "deed", "customer", "day")}
    rows = AuditEntry.objects.all()
    if asked["who"]:
        rows = rows.filter(username=asked["who"])
    if asked["deed"]:
        rows = rows.filter(deed=asked["deed"])
    if asked["customer"]:
        rows = rows.filter(customer_id=asked["customer"])
    try:
        day = parse_date(asked["day"])
    except ValueError:
        day = None
    if day:
        rows = rows.filter(at__date=day)
    query = urlencode({key: value for key, value in asked.items() if value})
    own = reverse("audit") + (f"?{query}" if query else "")
    shown, total = list(rows[offset : offset + PAGE]), rows.count()
    ctx = {
        "rows": shown,
        "asked": asked,
        "deeds": DEEDS,
        "names": User.objects.order_by("username").values_list("username", flat=True),
        "kept_days": audit.KEPT.days,
        "steps": Steps(own, offset, PAGE, len(shown), total),
        "here": "people",
    }
    return render(request, "accounts/log.html", ctx)
