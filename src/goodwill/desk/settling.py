"""Bringing what the desk keeps of customers in line with the Book: after a refresh, after a forget.

The Book is what counts. A customer whom it no longer knows was forgotten or is too old: what the
desk kept of him goes. One who stands under another id since his references were joined is found
under that id from then on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from goodwill.desk.database import SQLITE, is_elsewhere
from goodwill.desk.settings import configure
from goodwill.errors import NotEnoughData

if TYPE_CHECKING:
    from goodwill.desk.followups.recovering import Recovered

_DUE = "rewrite.due"
"""Says that what was deleted is not overwritten yet."""


def hand_over(book: Any) -> int:
    """Bring mails and promises made at the desk into a Book before it is refreshed.

    A desk that was never opened holds nothing, and is not made by this.

    Args:
        book: The Book, open.

    Returns:
        How many contacts came in.

    Raises:
        GoodwillError: This process already serves another Book, or another writes to this one.
    """
    folder = Path(book.folder)
    if not is_elsewhere() and not (folder / "desk" / SQLITE).exists():
        return 0
    configure(folder)
    from goodwill.desk.followups import handing

    try:
        return handing.hand_over(book)
    except NotEnoughData:  # nothing was refreshed: nothing is known of anyone yet
        return 0


def settle(book_folder: Path) -> int:
    """Take what is left of forgotten customers out of the desk's tables; return how many rows.

    A desk that was never opened holds nothing, and is not made by this.

    Raises:
        GoodwillError: This process already serves another Book, or the Book cannot be read.
    """
    if not is_elsewhere() and not (Path(book_folder) / "desk" / SQLITE).exists():
        return 0
    configure(Path(book_folder))
    from goodwill.desk.accounts import audit
    from goodwill.desk.followups import rules

    try:
        gone = audit.settle() + rules.settle()
    except NotEnoughData:  # nothing was refreshed: nothing is known of anyone yet
        return 0
    due = Path(book_folder) / "desk" / _DUE
    if gone:
        due.parent.mkdir(exist_ok=True)  # with its tables elsewhere, the desk may have no folder
        due.touch()
    if due.exists() and _rewritten():
        due.unlink()
    return gone


def recovery(book_folder: Path) -> Recovered:
    """Return whether following up hurt customers brought them back.

    Raises:
        GoodwillError: This process already serves another Book.
    """
    configure(Path(book_folder))
    from goodwill.desk.followups.recovering import recovered

    return recovered()


def _rewritten() -> bool:
    """Rewrite the desk's database, so that no byte of what was deleted is left in it or its log.

    Returns False where somebody reads it meanwhile: it is tried again when it is settled next.
    """
    from django.db import OperationalError, connection

    from goodwill.desk.accounts.models import AuditEntry
    from goodwill.desk.followups.models import FollowUp, NoMail, Step

    try:
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                for model in (AuditEntry, FollowUp, NoMail, Step):
                    name = connection.ops.quote_name(model._meta.db_table)
                    cursor.execute(f"VACUUM FULL {name}")
                return True
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()
    except OperationalError:
        return False
    return busy is None or not busy[0]
