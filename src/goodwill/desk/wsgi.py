"""The WSGI application, for Granian or any other server; GOODWILL_DESK_BOOK names the Book."""

from __future__ import annotations

import os
from pathlib import Path

from goodwill.desk.settings import configure
from goodwill.errors import SettingsError

_folder = os.environ.get("GOODWILL_DESK_BOOK")
if not _folder:
    raise SettingsError(
        "GOODWILL_DESK_BOOK is not set.", hint="Set it to the folder of the Book to serve."
    )
configure(Path(_folder))

from django.core.wsgi import get_wsgi_application  # noqa: E402  (needs configured settings)

from goodwill.desk.warming import warm  # noqa: E402

application = get_wsgi_application()
warm()
