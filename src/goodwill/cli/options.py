"""Options that many commands share."""

from __future__ import annotations

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
HERE = Path(".")
