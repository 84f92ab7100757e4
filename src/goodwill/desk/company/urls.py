"""Address of the settings."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.company import views

urlpatterns = [path("", views.settings, name="settings")]
