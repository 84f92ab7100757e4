"""Secrets of the environment, which stand in no file of a Book."""

from __future__ import annotations

import os
from pathlib import Path

from goodwill.errors import SettingsError

_HINT = "Name a file that holds the secret in one line."


def secret_of(name: str) -> str:
    """Return a secret of the environment, from the variable or the file that ``NAME_FILE`` names.

    Raises:
        SettingsError: The file cannot be read, or is empty.
    """
    value, file = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE")
    if value or not file:
        return value
    try:
        value = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{name}_FILE: {file} cannot be read ({type(error).__name__}).",
            hint=_HINT,
        ) from error
    if not value:
        raise SettingsError(f"{name}_FILE: {file} is empty.", hint=_HINT)
    return value
