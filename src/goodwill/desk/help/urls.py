"""Addresses of the help."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.help import views

urlpatterns = [
    path("", views.index, name="help"),
    path("tour/", views.tour, name="tour"),
    path("<slug:name>/", views.doc, name="help_page"),
]
