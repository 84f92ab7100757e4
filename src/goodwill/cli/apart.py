"""``goodwill apart``: a person says that a reference is another customer than its keys say."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError


def apart(
    source: Annotated[str, typer.Argument(help="The source of the reference.")],
    ref: Annotated[str, typer.Argument(help="What that source calls the customer.")],
    book: BookFolder = HERE,
    back: Annotated[
        bool, typer.Option("--back", help="Take the decision back: the keys decide again.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Say that a reference is somebody else than the customer that its keys joined it to."""
    try:
        opened = goodwill.open(book)
        count = opened.put_back(source, ref) if back else opened.take_apart(source, ref)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"source": source, "customer_ref": ref, "back": back, "pairs": count})
        return
    others = f"{count} other reference{'' if count == 1 else 's'}"
    told = f"may be joined to {others} again" if back else f"is taken apart from {others}"
    output.out.print(f"{source}:{ref} {told}, from the next refresh on.", markup=False)
