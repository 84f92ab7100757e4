"""Addresses of the rules."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.rules import views

urlpatterns = [
    path("", views.rules, name="rules"),
    path("tell/", views.tell, name="tell_rule"),
    path("<slug:rule_id>/withdraw/", views.withdraw, name="withdraw_rule"),
]
