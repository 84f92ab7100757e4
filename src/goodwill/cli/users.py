"""`goodwill user`: who may sign in to the desk, and as what."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError

user = typer.Typer(name="user", help="Who may sign in to the desk.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The name they sign in with.")]
ROLE_HELP = "viewer, frontline, analyst, manager or admin."


@user.command("add")
def add(
    name: Name,
    role: Annotated[str, typer.Option(help=ROLE_HELP)] = "analyst",
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Let someone sign in; prints the password, this once."""
    from goodwill import desk

    try:
        password = desk.add_user(goodwill.open(book).folder, name, role)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"name": name, "role": role, "password": password})
        return
    output.out.print(f"{name} signs in as {role} with the password {password}", markup=False)


@user.command("list")
def list_(book: BookFolder = HERE, json: AsJson = False) -> None:
    """List who may sign in, and who could once."""
    from goodwill import desk

    try:
        found = desk.users(goodwill.open(book).folder)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([each.as_dict() for each in found])
        return
    rows = [
        [
            each.name,
            each.role,
            "may sign in" if each.active else "left",
            f"{each.last_signed_in:%Y-%m-%d %H:%M}" if each.last_signed_in else "never",
        ]
        for each in found
    ]
    output.table("", ["name", "role", "state", "last signed in (UTC)"], rows, right=set())


@user.command("change")
def change(
    name: Name,
    role: Annotated[str | None, typer.Option(help=ROLE_HELP)] = None,
    leave: Annotated[bool, typer.Option("--leave", help="They may not sign in any more.")] = False,
    back: Annotated[bool, typer.Option("--back", help="They may sign in again.")] = False,
    book: BookFolder = HERE,
    json: AsJson = False,
) -> None:
    """Give someone another role, or let them sign in no more."""
    from goodwill import desk

    active = False if leave else True if back else None
    try:
        folder = goodwill.open(book).folder
        desk.change_user(folder, name, role=role, active=active)
        found = next(each for each in desk.users(folder) if each.name == name)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(found.as_dict())
        return
    state = "" if found.active else ", and may not sign in"
    output.out.print(f"{name} is {found.role}{state}.", markup=False)
