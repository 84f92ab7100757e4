"""Who may sign in, changed so that somebody always can: roles, new passwords, leaving."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.db.models import Q

from goodwill.desk.accounts.models import User
from goodwill.desk.rights import ADMIN, ROLES, views_of
from goodwill.errors import InputError

SHORTEST_PASSWORD = 10
"""Characters of a password that someone chooses."""
LONGEST_NAME = 150


def add(username: str, role: str, password: str | None = None) -> tuple[User, str]:
    """Make someone able to sign in; return him and his password, a random one when left out.

    Raises:
        InputError: The name is empty, too long or taken, or there is no such role.
    """
    name = username.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(
            f"{username!r} cannot be a name.", hint=f"Give 1 to {LONGEST_NAME} characters."
        )
    _check(role)
    chosen = password if password is not None else secrets.token_urlsafe(9)
    taken = InputError(f"{name} can sign in already.", hint="Choose another name.")
    try:
        with transaction.atomic():
            if User.objects.filter(username__iexact=name).exists():
                raise taken
            return User.objects.create_user(name, password=chosen, role=role), chosen
    except IntegrityError:  # someone else was quicker with the same name
        raise taken from None


def renew(user: User) -> str:
    """Give someone a new random password and return it; his sessions end."""
    chosen = secrets.token_urlsafe(9)
    user.set_password(chosen)
    user.save(update_fields=["password"])
    return chosen


def change(user: User, *, role: str | None = None, active: bool | None = None) -> None:
    """Change someone's role, or whether he may sign in.

    Raises:
        InputError: There is no such role, or no admin who can sign in would be left.
    """
    if role is not None:
        _check(role)
    with transaction.atomic():
        # Read again, and locked in one order: two admins may take each other's role away at once.
        locked = User.objects.select_for_update().filter(Q(pk=user.pk) | Q(role=ADMIN))
        now = next(each for each in locked.order_by("pk") if each.pk == user.pk)
        now.role = now.role if role is None else role
        now.is_active = now.is_active if active is None else active
        others = User.objects.filter(role=ADMIN, is_active=True)
        if not (now.role == ADMIN and now.is_active) and not others.exclude(pk=now.pk).exists():
            raise InputError(
                "Nobody would be left to say who may sign in.",
                hint="Make someone else an admin first.",
            )
        now.save(update_fields=["role", "is_active"])


def see_first(user: User, view: str) -> None:
    """Keep what someone meets first: one of the views of his role; empty: as the role has it.

    Raises:
        InputError: His role has no such view.
    """
    if view and view not in views_of(user.role):
        raise InputError(
            f"There is no view {view!r} for the role {user.role}.",
            hint="One of: " + ", ".join(views_of(user.role)),
        )
    user.view = view
    user.save(update_fields=["view"])


def choose_password(user: User, old: str, new: str) -> None:
    """Let someone choose his own password; his other sessions end.

    Raises:
        InputError: The old one is wrong, or the new one is too short or his name.
    """
    if not user.check_password(old):
        raise InputError("The password of now is not right.")
    if len(new) < SHORTEST_PASSWORD or new.lower() == user.username.lower():
        raise InputError(f"A password has {SHORTEST_PASSWORD} characters or more.")
    user.set_password(new)
    user.save(update_fields=["password"])


def _check(role: str) -> None:
    if role not in ROLES:
        raise InputError(f"There is no role {role!r}.", hint="One of: " + ", ".join(ROLES))
