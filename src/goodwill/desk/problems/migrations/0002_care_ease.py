"""How easily a problem can be fixed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("problems", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="care",
            name="ease",
            field=models.CharField(blank=True, default="", max_length=8),
            preserve_default=False,
        ),
    ]
