"""Addresses of the customers."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.customers import views

urlpatterns = [
    path("", views.find, name="find_customer"),
    path("apart/", views.apart, name="apart"),
    path("two-events/", views.undo_same, name="undo_same"),
    path("<path:customer_id>/", views.customer, name="customer"),
]
