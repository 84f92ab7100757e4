"""The desk: the pages of one Book, served to signed-in people.

One folder a slice (overview, problems, customers, records, accounts), each with its own views,
urls and templates. A view asks the Book for one frozen value and hands it to a template; nothing
is computed here.
"""

from __future__ import annotations

from goodwill.desk._serve import serve
from goodwill.desk._users import add_user, change_user, ensure_user, has_users, users
from goodwill.desk.settling import hand_over, recovery, settle

__all__ = [
    "add_user",
    "change_user",
    "ensure_user",
    "hand_over",
    "has_users",
    "recovery",
    "serve",
    "settle",
    "users",
]
