"""Addresses of the imports."""

from __future__ import annotations

from django.urls import path

from goodwill.desk.imports import mapping_views, quarantine_views, views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("upload/", views.upload, name="import_upload"),
    path("refresh/", views.refresh, name="import_refresh"),
    path("quarantine/", quarantine_views.quarantine, name="quarantine"),
    path("quarantine.csv", quarantine_views.download, name="quarantine_csv"),
    path("quarantine/again/", quarantine_views.again, name="quarantine_again"),
    path("quarantine/mapping/", mapping_views.of_quarantine, name="quarantine_mapping"),
    path("quarantine/<slug:quarantine_id>/", quarantine_views.row, name="quarantine_row"),
    path("<slug:job_id>/", views.job, name="import_job"),
    path("<slug:job_id>/take/", views.take, name="import_take"),
    path("<slug:job_id>/throw-away/", views.throw_away, name="import_throw_away"),
    path("<slug:job_id>/<int:number>/mapping/", mapping_views.of_file, name="import_mapping"),
]
