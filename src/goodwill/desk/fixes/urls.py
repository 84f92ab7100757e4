"""Addresses of the fixes."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.fixes import views

urlpatterns = [
    path("", views.fixes, name="fixes"),
    path("declare/", views.declare, name="declare_fix"),
    path("rollouts/", views.rollouts, name="rollouts"),
    path("<slug:event_id>/", views.fix, name="fix"),
    path("<slug:event_id>/change/", views.change, name="change_fix"),
]
