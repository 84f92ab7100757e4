"""Options that many commands share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

BookFolder = Annotated[
    Path,
    typer.Option(
        "--book", "-b", envvar="GOODWILL_BOOK", help="The Book's folder.", show_default="."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Since = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
Until = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")]
OfTheme = Annotated[int | None, typer.Option(help="The id that goodwill problems prints.")]
HERE = Path(".")
