"""``goodwill language``: fit the encoder to the Book's own texts, and take that back."""

from __future__ import annotations

from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError

language = typer.Typer(
    help="What reads the messages: fit it to the Book's own texts, and take that back.",
    no_args_is_help=True,
)


@language.command("fit")
def fit(
    book: BookFolder = HERE,
    texts: Annotated[int, typer.Option(min=500, help="How many messages to learn from.")] = 8_000,
    seed: Annotated[int, typer.Option(help="The same gives the same again.")] = 0,
    json: AsJson = False,
) -> None:
    """Fit the table of words to messages of customers, with MiniLM as the teacher."""
    try:
        with output.progress(not json) as progress:
            made = goodwill.open(book).fit_language(texts=texts, seed=seed, progress=progress)
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(made.as_dict())
        return
    output.out.print(
        f"Fitted to {made.texts:,} messages, {made.new_words:,} new words. Of the ten nearest to"
        f" each of {made.held_out:,} others it finds {made.after:.1%}; it was {made.before:.1%}."
    )
    if made.taken:
        output.out.print("Next: goodwill refresh. To take it back: goodwill language reset")
    else:
        output.out.print("That is not surely better: what was there stays.")


@language.command("reset")
def reset(book: BookFolder = HERE, json: AsJson = False) -> None:
    """Read with the encoder that comes with goodwill again."""
    try:
        changed = goodwill.open(book).reset_language()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json({"changed": changed})
    elif changed:
        output.out.print("Next: goodwill refresh")
    else:
        output.out.print("The Book is read with the encoder that comes with goodwill already.")


@language.command("fits")
def fits(book: BookFolder = HERE, json: AsJson = False) -> None:
    """List the fits that were tried, the oldest first."""
    try:
        found = goodwill.open(book).language_fits()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json([each.as_dict() for each in found])
        return
    output.table(
        "Fits of the encoder",
        ["when", "encoder", "messages", "new words", "before", "after", "taken"],
        [
            [
                f"{each.at:%Y-%m-%d %H:%M}",
                each.encoder,
                f"{each.texts:,}",
                f"{each.new_words:,}",
                f"{each.before:.1%}",
                f"{each.after:.1%}",
                "yes" if each.taken else "no",
            ]
            for each in found
        ],
        right={2, 3, 4, 5},
    )
