"""Address of the records behind a figure."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.records import views

urlpatterns = [path("<slug:table>/", views.records, name="records")]
