"""The addresses of the desk: each slice brings its own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; reads neither the Book nor a session."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("", include("goodwill.desk.overview.urls")),
    path("", include("goodwill.desk.own.urls")),
    path("today/", include("goodwill.desk.today.urls")),
    path("follow-ups/", include("goodwill.desk.followups.urls")),
    path("search/", include("goodwill.desk.search.urls")),
    path("problems/", include("goodwill.desk.problems.urls")),
    path("themes/", include("goodwill.desk.themes.urls")),
    path("chain/", include("goodwill.desk.chain.urls")),
    path("metrics/", include("goodwill.desk.metrics.urls")),
    path("processes/", include("goodwill.desk.processes.urls")),
    path("promises/", include("goodwill.desk.promises.urls")),
    path("alerts/", include("goodwill.desk.alerts.urls")),
    path("fixes/", include("goodwill.desk.fixes.urls")),
    path("rules/", include("goodwill.desk.rules.urls")),
    path("customers/", include("goodwill.desk.customers.urls")),
    path("vault/", include("goodwill.desk.vault.urls")),
    path("records/", include("goodwill.desk.records.urls")),
    path("", include("goodwill.desk.value.urls")),
    path("import/", include("goodwill.desk.imports.urls")),
    path("settings/", include("goodwill.desk.company.urls")),
    path("help/", include("goodwill.desk.help.urls")),
    path("look/", include("goodwill.desk.look.urls")),
    path("", include("goodwill.desk.accounts.urls")),
    path("healthz", healthz, name="healthz"),
]

handler400 = "goodwill.desk.errors.bad_request"
handler403 = "goodwill.desk.errors.forbidden"
handler404 = "goodwill.desk.errors.not_found"
handler500 = "goodwill.desk.errors.server_error"
