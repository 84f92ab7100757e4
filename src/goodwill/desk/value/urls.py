"""Addresses of value and of the ledger."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.value import views

urlpatterns = [
    path("value/", views.value, name="value"),
    path("ledger/", views.ledger, name="ledger"),
]
