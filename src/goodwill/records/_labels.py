"""What a file is called in the records: its name without mails, phones and persons in it."""

from __future__ import annotations

import re

from .privacy import redact

_ENDING = re.compile(r"\.[a-z0-9]{1,7}(?:(?<!\.com)\.(?:gz|zip))?\Z", re.IGNORECASE)
_SPACES = re.compile(r"_+|\++(?!\d)")
_PLACEHOLDER = re.compile(r"\[(\w+)\]")


def parted(name: str) -> tuple[str, str]:
    """Return the stem and the ending of a file's name.

    >>> parted("tickets.csv.gz")
    ('tickets', '.csv.gz')
    """
    ending = _ENDING.search(name)
    return (name[: ending.start()], ending[0]) if ending else (name, "")


def without_people(stem: str) -> str:
    """Return a name's stem with the kind of each find in its place; words stand apart.

    >>> without_people("export_Maria_Gonzalez")
    'export name'
    """
    text = _SPACES.sub(" ", stem).strip()
    text = redact([text])[0][0] or ""
    text = re.sub(r"\S*@\S*", "[email]", text)  # one whose ending was cut off with the file's
    return _PLACEHOLDER.sub(r"\1", text)


def safe_label(name: str) -> str:
    """Return a file's name as it may be stored: as it is, where nobody is named in it.

    >>> safe_label("export-maria-gonzalez 2024.csv"), safe_label("order_lines.csv")
    ('export name 2024.csv', 'order_lines.csv')
    """
    stem, ending = parted(name)
    spaced = _SPACES.sub(" ", stem).strip()
    if (found := without_people(stem)) != spaced:
        return found + ending
    # A dash between given name and surname hides both; dates keep theirs.
    open_stem = re.sub(r"(?<=[^\W\d])[-.](?=[^\W\d])", " ", stem)
    if (found := without_people(open_stem)) != _SPACES.sub(" ", open_stem).strip():
        return found + ending
    return name
