"""Themes of a Book: ids stay, what is new is found, edits are followed, audits measure."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

import goodwill
from goodwill.book import Book
from goodwill.errors import InputError, NotEnoughData, NotFound
from goodwill.figures import wilson
from goodwill.language import Draw, precision, recall

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
_MATTERS = {
    "parcel": ("my parcel|the package|the delivery|our shipment",
               "has not arrived|never came|is late|is still missing"),
    "refund": ("my refund|the money back|the repayment|our refund",
               "is still pending|was not paid|never came to my bank|is too low"),
    "login": ("the login|my password|the sign in|the account",
              "does not work|is locked|was rejected|asks for a code"),
    "size": ("the shoes|this jacket|the trousers|the shirt",
             "are too small|is too tight|does not fit me|is a wrong size"),
}  # fmt: skip
_ENDS = [
    "", " again", " since Monday", " today", " and nobody answers", " as before", " I am sad",
    " for a week", " since the weekend", " once more", " please help", " as I wrote",
]  # fmt: skip


def rows(first: int, count: int, matters: tuple[str, ...], seed: int) -> list[dict[str, str]]:
    random = Random(seed)
    out = []
    for number in range(first, first + count):
        what, wrong = _MATTERS[random.choice(matters)]
        parts = random.choice(what.split("|")), random.choice(wrong.split("|"))
        said = " ".join(parts) + random.choice(_ENDS)
        if random.random() < 0.1:
            said = random.choice(["thanks a lot, bye", "ok thank you Ann", "perfect, thanks"])
        at = START + timedelta(minutes=30 * number)
        out.append({"ticket id": str(number), "customer id": f"C-{number % 90}",
                    "created at": at.isoformat(), "channel": "email", "message": said})  # fmt: skip
    return out


def add(book: Book, name: str, some: list[dict[str, str]]) -> None:
    path = book.folder.parent / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(some[0]))
        writer.writeheader()
        writer.writerows(some)
    book.add(path, source="desk")


def filed(book: Book) -> dict[str, int | None]:
    table = book.table("contact_themes")
    return dict(zip(table["contact_id"].to_pylist(), table["theme_id"].to_pylist(), strict=True))


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Any, Any]:
    """A Book that grew by a tenth, in which a matter of one in a hundred and more is new."""
    folder = tmp_path_factory.mktemp("grown")
    known = ("parcel", "refund", "login")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GOODWILL_KEY_FILE", str(folder / "key"))
        return _grow(goodwill.create(folder / "book", name="Acme"), known)


def _grow(book: Book, known: tuple[str, ...]) -> tuple[Book, Any, Any]:
    add(book, "one.csv", rows(0, 800, known, 1))
    book.refresh()
    before = filed(book), {t.theme_id: t.label for t in book.themes.page().themes}
    new = rows(800, 50, known, 2) + rows(850, 30, ("size",), 3)
    Random(4).shuffle(new)
    add(book, "two.csv", new)
    book.refresh(refit=True)
    after = filed(book), {t.theme_id: t.label for t in book.themes.page().themes}
    return book, before, after


def test_a_tenth_more_keeps_ids_and_a_planted_theme_is_found_and_named(
    grown: tuple[Book, Any, Any],
) -> None:
    _, (old, labels), (new, now) = grown
    kept = [old[contact] == new[contact] for contact in old if old[contact] is not None]
    assert sum(kept) >= 0.97 * len(kept) > 600
    assert {number: now[number] for number in labels} == labels
    planted = [new.get(str(number)) for number in range(850, 880)]
    said = [theme for theme in planted if theme is not None]
    added = set(now) - set(labels)
    assert sum(theme in added for theme in said) >= 0.8 * len(said) > 15
    words = " ".join(now[number] for number in added)
    assert any(word in words for word in ("size", "small", "fit", "tight", "jacket", "shoes"))


def test_the_map_accounts_for_every_message(grown: tuple[Book, Any, Any]) -> None:
    book, _, _ = grown
    page = book.themes.page()
    figures = {gauge.key: gauge.figure for gauge in page.gauges}
    say = figures["saying_share"]
    assert say.events == 880 and 0.8 < say.value < 0.95
    shares = [figures[f"{state}_share"].value for state in ("filed", "muted", "unfiled")]
    assert sum(shares) == pytest.approx(1)
    assert sum(theme.contacts for theme in page.themes) == round(
        (shares[0] + shares[1]) * figures["filed_share"].events
    )
    assert sum(month.messages for month in page.months) == figures["filed_share"].events
    assert not any(word in t.label for t in page.themes for word in ("thank", "bye", "perfect"))


def test_edits_wait_for_the_refresh_show_what_they_move_and_are_kept(
    grown: tuple[Book, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _, _ = grown
    monkeypatch.setenv("GOODWILL_KEY_FILE", str(book.folder.parent / "key"))
    work = book.themes
    first, second = sorted(work.page().themes, key=lambda t: -t.contacts)[:2]
    word = first.terms[0].split()[0]
    preview = work.preview("split", first.theme_id, label="Part of it", words=[word])
    assert 0 < preview.contacts.value <= first.contacts and preview.sentences
    assert work.preview("mute", second.theme_id).contacts.value == second.contacts
    assert work.page().waiting == 0
    split = work.split(first.theme_id, "Part of it", [word], by="ada")
    work.rename(second.theme_id, "Called anew", by="ada")
    work.mute(second.theme_id, by="bob")
    assert work.page().waiting == 3
    book.refresh(refit=True)
    page = work.page()
    themes = {theme.theme_id: theme for theme in page.themes}
    assert page.waiting == 0
    assert themes[split.made_id].contacts == preview.contacts.value
    assert themes[second.theme_id].label == "Called anew" and themes[second.theme_id].muted
    assert second.theme_id not in {problem.theme_id for problem in book.problems()}
    assert work.theme(second.theme_id).sentences["central"]
    assert not work.theme(second.theme_id).problem
    assert [edit.by for edit in page.edits] == ["bob", "ada", "ada"]
    for edit in page.edits:
        work.undo(edit.edit_id, by="eve")
    assert page.edits and work.page().waiting == 3
    with pytest.raises(NotFound):
        work.rename(10_000, "no such theme")
    for history in ("restated", "frozen"):
        with pytest.raises(InputError, match="holds 'zzz qqqqq'"):
            work.split(first.theme_id, "Nothing at all", ["zzz qqqqq"], history=history)
    assert work.page().waiting == 3


def test_an_audit_is_drawn_judged_and_stands_beside_the_theme(
    grown: tuple[Book, Any, Any], tmp_path: Path
) -> None:
    book, _, _ = grown
    work = book.themes
    theme = max(work.page().themes, key=lambda t: t.contacts)
    sheet = work.audit(theme.theme_id, by="ada", seed=7)
    again = work.audit(theme.theme_id, by="bob", seed=9)
    assert again == sheet and 20 <= len(sheet.items) <= 50 and sheet.next == sheet.items[0]
    assert work.write_sheets(tmp_path / "audit.csv", [sheet]) == len(sheet.items)
    with (tmp_path / "audit.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert "stratum" not in told[0]
    for number, row in enumerate(told):
        row["belongs"] = "y" if number % 4 else "n"
    with (tmp_path / "audit.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(told[0]))
        writer.writeheader()
        writer.writerows(told)
    assert work.read_sheet(tmp_path / "audit.csv", by="ada") == len(told)
    now = next(t for t in work.page().themes if t.theme_id == theme.theme_id)
    share = now.figures["precision"]
    assert share.value is not None and share.low < share.value < share.high
    right = round(share.value * share.events)
    assert (share.low, share.high) == pytest.approx(wilson(right, share.events))
    assert now.audited_at is not None and not now.outdated
    assert sheet.next is not None and work.audit(theme.theme_id).draw_id != sheet.draw_id
    with pytest.raises(InputError):
        work.answer(sheet.draw_id, {"no such message": True})
    with pytest.raises(NotFound):
        work.answer(99, {})
    (tmp_path / "audit.csv").write_text("audit,key,belongs\n1,x,perhaps\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        work.read_sheet(tmp_path / "audit.csv")
    (tmp_path / "audit.csv").write_bytes(b"\xff\xfe\x00audit")
    for path in ("audit.csv", "nofile.csv", "."):
        with pytest.raises(InputError, match="cannot be read"):
            work.read_sheet(tmp_path / path)
    with pytest.raises(InputError, match="x.csv cannot be written: No such file"):
        work.write_sheets(tmp_path / "nowhere" / "x.csv", [sheet])
    assert (book.folder / "models" / "themes" / "audits.jsonl").read_text().count("desk") == 0
    with pytest.raises((NotFound, NotEnoughData)):
        work.audit(10_000)


def test_recall_counts_what_was_missed_by_the_size_of_each_kind() -> None:
    def draw(**said: tuple[int, int, int]) -> Draw:
        items, answers = [], {}
        for stratum, (_, right, judged) in said.items():
            for number in range(judged):
                items.append((f"{stratum}{number}", stratum))
                answers[f"{stratum}{number}"] = number < right
        sizes = {stratum: size for stratum, (size, _, _) in said.items()}
        return Draw(1, START, "ada", 0, 1, "v", sizes, items, answers)

    one = draw(assigned=(100, 9, 10), unfiled=(40, 1, 10), close=(60, 2, 10), far=(200, 0, 10))
    found = recall(one)
    assert found.value == pytest.approx(90 / (90 + 4 + 12 + 0))
    assert found.low < found.value < found.high <= 1
    assert precision(one).value == 0.9
    whole = draw(assigned=(10, 8, 10), close=(4, 2, 4))  # everything was judged: nothing is unsure
    assert recall(whole).value == recall(whole).low == recall(whole).high == 0.8
    assert recall(draw(assigned=(10, 5, 5), close=(9, 0, 0))).value is None
    assert recall(draw(assigned=(10, 0, 5), close=(9, 0, 5))).value is None


def test_the_interval_of_recall_holds_the_truth_as_often_as_it_says() -> None:
    random = Random(1)
    truth = {
        "assigned": (400, 0.85),
        "unfiled": (150, 0.2),
        "close": (300, 0.1),
        "far": (900, 0.01),
    }
    held = 0
    for _ in range(300):
        sizes, items, answers = {}, [], {}
        belongs = {}
        for stratum, (size, share) in truth.items():
            sizes[stratum] = size
            belongs[stratum] = [random.random() < share for _ in range(size)]
            for number, right in enumerate(random.sample(belongs[stratum], 15)):
                items.append((f"{stratum}{number}", stratum))
                answers[f"{stratum}{number}"] = right
        own = sum(belongs["assigned"])
        real = own / (own + sum(sum(v) for k, v in belongs.items() if k != "assigned"))
        found = recall(Draw(1, START, "ada", 0, 1, "v", sizes, items, answers))
        held += found.low <= real <= found.high
    assert held >= 0.95 * 300
