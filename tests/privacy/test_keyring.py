"""Keys of a Book: made once, kept outside it, private; a wrong or absent key is told apart."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from goodwill.errors import BookExists, KeyMissing, SettingsError
from goodwill.records.privacy import Keyring


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("GOODWILL_KEY_FILE", raising=False)


def test_it_works(tmp_path: Path) -> None:
    made = Keyring.create("b-1")
    read = Keyring.load("b-1", fingerprint=made.fingerprint)
    assert made.path == tmp_path / "config" / "goodwill" / "keys" / "b-1"
    assert re.fullmatch(r"[0-9a-f]{32}", made.hash("email", "jane@example.com"))
    assert read.hash("email", "jane@example.com") == made.hash("email", "jane@example.com")
    assert read.decrypt(made.encrypt(b"row")) == b"row"


def test_only_the_owner_may_read_the_key() -> None:
    path = Keyring.create("b-1").path
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["b-1"]


def test_a_key_is_never_written_over() -> None:
    first = Keyring.create("b-1")
    with pytest.raises(BookExists):
        Keyring.create("b-1")
    assert Keyring.load("b-1").fingerprint == first.fingerprint


def test_kinds_books_and_keys_give_different_hashes(tmp_path: Path) -> None:
    one, two = Keyring.create("b-1"), Keyring.create("b-2")
    hashes = {one.hash("email", "x"), one.hash("phone", "x"), two.hash("email", "x")}
    assert len(hashes) == 3


def test_many_values_are_hashed_as_each_alone() -> None:
    ring = Keyring.create("b-1")
    assert ring.hash_many("email", ["a", None, "a", ""]) == [
        ring.hash("email", "a"),
        None,
        ring.hash("email", "a"),
        ring.hash("email", ""),
    ]


def test_a_key_file_that_is_named_serves_several_books(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOODWILL_KEY_FILE", str(tmp_path / "secret"))
    one, two = Keyring.create("b-1"), Keyring.create("b-2")
    assert one.path == two.path == tmp_path / "secret"
    assert one.hash("email", "x") != two.hash("email", "x")


def test_the_key_is_never_put_into_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book"
    monkeypatch.setenv("GOODWILL_KEY_FILE", str(book / "keys" / "k"))
    with pytest.raises(SettingsError, match="inside the Book"):
        Keyring.create("b-1", book_folder=book)
    assert not book.exists()


def test_an_absent_key_is_told_with_its_place_and_the_next_step() -> None:
    with pytest.raises(KeyMissing) as told:
        Keyring.load("b-9")
    assert "b-9" in told.value.message
    assert "GOODWILL_KEY_FILE" in told.value.hint


@pytest.mark.parametrize("content", ["", "goodwill-key-1\n!!\n", "goodwill-key-1\nAAAA\n", "é"])
def test_a_file_that_holds_no_key_is_refused(content: str) -> None:
    path = Keyring.create("b-1").path
    assert path is not None
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KeyMissing):
        Keyring.load("b-1")


def test_another_key_is_detected_by_its_fingerprint_and_by_the_vault() -> None:
    one, two = Keyring.create("b-1"), Keyring.create("b-2")
    with pytest.raises(KeyMissing, match="another key"):
        Keyring.load("b-2", fingerprint=one.fingerprint)
    for sealed in (one.encrypt(b"row"), b"", b"\x01short", two.encrypt(b"row")[:-1] + b"\x00"):
        with pytest.raises(KeyMissing):
            two.decrypt(sealed)


def test_sealing_twice_gives_different_bytes() -> None:
    ring = Keyring.create("b-1")
    assert ring.encrypt(b"row") != ring.encrypt(b"row")
    many = ring.encrypt_many([b"row", b"", b"row"])
    assert [ring.decrypt(sealed) for sealed in many] == [b"row", b"", b"row"]
    assert len({sealed[:13] for sealed in many}) == 3
    assert ring.encrypt_many([]) == []


@pytest.mark.parametrize("book_id", ["", "../b", "a/b", ".b", "b\n"])
def test_a_book_id_is_no_path(book_id: str) -> None:
    with pytest.raises(SettingsError):
        Keyring.create(book_id)


def test_the_key_does_not_show() -> None:
    ring = Keyring.create("b-1")
    assert ring.path is not None
    secret = ring.path.read_text(encoding="ascii").split()[1]
    assert secret not in repr(ring)
