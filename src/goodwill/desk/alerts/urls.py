"""Addresses of the alerts."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.alerts import views

urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("<slug:alert_id>/", views.decide, name="decide_alert"),
]
