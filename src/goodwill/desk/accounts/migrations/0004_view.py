"""What a person meets first: a view, beside the role that says what he may."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_roles_and_audit")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="view",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
    ]
