"""Addresses of the themes."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.themes import views

urlpatterns = [
    path("", views.themes, name="themes"),
    path("undo/", views.undo, name="undo_theme_edit"),
    path("<int:theme_id>/", views.theme, name="theme"),
    path("<int:theme_id>/preview/", views.preview, name="preview_theme_edit"),
    path("<int:theme_id>/edit/", views.edit, name="edit_theme"),
    path("<int:theme_id>/audit/", views.audit, name="audit_theme"),
]
