"""Address of today."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.today import views

urlpatterns = [path("", views.today, name="today")]
