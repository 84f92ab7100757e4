"""Addresses of the problems."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.problems import care, views

urlpatterns = [
    path("", views.problems, name="problems"),
    path("<int:theme_id>/", views.problem, name="problem"),
    path("promises/<slug:kind>/", views.broken, name="broken"),
    path("<int:theme_id>/care/", care.keep, name="care_for_problem"),
]
