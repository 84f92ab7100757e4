"""Addresses of the views of a process owner and of a coach."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.own import views

urlpatterns = [path("owned/", views.owned, name="owned"), path("team/", views.team, name="team")]
