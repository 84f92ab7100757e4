"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from goodwill.desk.accounts import audit, limits
from goodwill.desk.accounts.models import User
from goodwill.desk.help.context import begins_at
from goodwill.desk.rights import first_page


def next_address(request: HttpRequest) -> str:
    """Return where to go next: an address of this desk, or the overview."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else "/"


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form, or try what it brought."""
    after = next_address(request)
    if request.user.is_authenticated:
        return redirect(after)
    if request.method != "POST":
        return render(request, "accounts/sign_in.html", {"next": after})
    username = request.POST.get("username", "").strip()
    fault, status = "", 200
    if limits.shut(request, username):
        minutes = int(limits.WINDOW.total_seconds() // 60)
        fault = f"Too many sign-ins failed. Try again in {minutes} minutes."
        status = 429
    else:
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if user is not None:
            limits.forget(request, username)
            login(request, user)
            if isinstance(user, User):
                audit.write(request, "signed in", user)
            role, view = (user.role, user.view) if isinstance(user, User) else ("", "")
            first = begins_at(request, role) or first_page(role, view)
            return redirect(first if after == "/" else after)
        limits.failed(request, username)
        fault, status = "The name or the password is not right.", 401
    ctx = {"next": after, "fault": fault, "username": username}
    return render(request, "accounts/sign_in.html", ctx, status=status)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, User):
        audit.write(request, "signed out", request.user)
    logout(request)
    return redirect("sign_in")
