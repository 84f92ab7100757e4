"""Addresses of the vault."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.vault import views

urlpatterns = [
    path("contact/", views.see_contact, name="see_contact"),
    path("looks/", views.looks, name="vault_looks"),
]
