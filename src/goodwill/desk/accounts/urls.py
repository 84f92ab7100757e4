"""Addresses of signing in and out, of people and of the log."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.accounts import people_views, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("account/", people_views.account, name="account"),
    path("people/", people_views.people, name="people"),
    path("people/log/", people_views.log, name="audit"),
    path("people/<int:user_id>/", people_views.person, name="person"),
]
