"""Addresses of the promises."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.promises import views

urlpatterns = [
    path("", views.promises, name="promises"),
    path("promises.csv", views.as_csv, name="promises_csv"),
]
