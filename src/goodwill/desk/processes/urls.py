"""Address of the processes."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.processes import views

urlpatterns = [path("", views.processes, name="processes")]
