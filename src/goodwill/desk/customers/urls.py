"""Addresses of the customers."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.customers import candidates, views

urlpatterns = [
    path("", views.find, name="find_customer"),
    path("candidates/", candidates.listed, name="candidates"),
    path("candidates/decide/", candidates.decide, name="decide_candidate"),
    path("candidates/find/", candidates.find, name="find_candidates"),
    path("apart/", views.apart, name="apart"),
    path("two-events/", views.undo_same, name="undo_same"),
    path("<path:customer_id>/", views.customer, name="customer"),
]
