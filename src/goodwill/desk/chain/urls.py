"""Address of the chain."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.chain import views

urlpatterns = [path("", views.chain, name="chain")]
