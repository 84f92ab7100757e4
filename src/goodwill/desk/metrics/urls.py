"""Address of the metrics."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.metrics import views

urlpatterns = [path("", views.metrics, name="metrics")]
