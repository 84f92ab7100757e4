"""Address of the overview."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.overview import views

urlpatterns = [path("", views.overview, name="overview")]
