"""Roles, and the log of who saw and did what.

Whoever could sign in before was made on the command line and could import: he becomes an admin;
others read as analysts did. The group of those who may import goes.
"""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLES = ("viewer", "frontline", "analyst", "manager", "admin")


def give_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    users = apps.get_model("accounts", "User").objects
    importing = models.Q(groups__name="import") | models.Q(is_superuser=True)
    admins = list(users.filter(importing).values_list("pk", flat=True))
    users.exclude(pk__in=admins).update(role="analyst")
    users.filter(pk__in=admins).update(role="admin")
    apps.get_model("auth", "Group").objects.filter(name="import").delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_import_group")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="role",
            field=models.CharField(
                choices=[(role, role) for role in ROLES], default="viewer", max_length=16
            ),
        ),
        migrations.RunPython(give_roles, migrations.RunPython.noop),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("username", models.CharField(max_length=150)),
                ("role", models.CharField(max_length=16)),
                ("deed", models.CharField(max_length=12)),
                ("page", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("customer_id", models.CharField(blank=True, db_index=True, max_length=300)),
                ("address", models.CharField(max_length=45)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["username", "-at"], name="audit_by_username"),
                ],
            },
        ),
    ]
