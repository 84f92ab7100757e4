"""Addresses of the follow-ups."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.followups import views

urlpatterns = [
    path("", views.queue, name="follow_ups"),
    path("open/", views.open_, name="follow_up_open"),
    path("many/", views.many, name="follow_ups_many"),
    path("<int:follow_up_id>/", views.one, name="follow_up"),
    path("<int:follow_up_id>/act/", views.act, name="follow_up_act"),
]
