"""Whether a mail or a promise lies in the Book already."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="step",
            name="handed",
            field=models.BooleanField(default=False),
        ),
    ]
