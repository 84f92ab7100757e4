"""Addresses of signing in and out."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
