"""Address of the choice of light or dark."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.look import views

urlpatterns = [path("", views.choose, name="look")]
