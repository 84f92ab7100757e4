"""The keys of a Book: for hashing identities and for the vault, kept outside its folder.

The key file holds one random secret of 32 bytes. By HKDF (RFC 5869), salted with the id of the
Book, it gives one subkey for hashing and one for the vault, so that neither tells the other and
one key file may serve several Books.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from goodwill.durable import create_once
from goodwill.errors import BookExists, KeyMissing, SettingsError

_HEADER = "goodwill-key-1"
_BOOK_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}\Z")
_VAULT_VERSION = b"\x01"
_NONCE_BYTES = 12


class Keyring:
    """The keys of one Book. Made by :meth:`create`, read by :meth:`load`."""

    __slots__ = ("_hash_key", "_vault", "book_id", "fingerprint", "path")

    def __init__(self, book_id: str, secret: bytes, path: Path | None = None) -> None:
        if len(secret) != 32:
            raise KeyMissing("the key does not have 32 bytes", hint="restore the key file")
        self.book_id = book_id
        self.path = path
        # The key is mixed in once; each hash begins with a copy of this state.
        self._hash_key = hashlib.blake2b(digest_size=16, key=_subkey(secret, book_id, "hash"))
        self._vault = AESGCM(_subkey(secret, book_id, "vault"))
        self.fingerprint = _subkey(secret, book_id, "fingerprint")[:8].hex()

    def __repr__(self) -> str:
        return f"Keyring(book_id={self.book_id!r}, fingerprint={self.fingerprint!r})"

    @staticmethod
    def path_of(book_id: str) -> Path:
        """Where the key of a Book lies: GOODWILL_KEY_FILE, else below the user's config folder."""
        if not _BOOK_ID.match(book_id):
            raise SettingsError(
                f"book_id {book_id!r} is not usable as a file name",
                hint="use letters, digits, dot, dash and underscore",
            )
        if named := os.environ.get("GOODWILL_KEY_FILE"):
            return Path(named).expanduser()
        config = os.environ.get("XDG_CONFIG_HOME")
        base = Path(config) if config else Path.home() / ".config"
        return base / "goodwill" / "keys" / book_id

    @classmethod
    def create(cls, book_id: str, *, book_folder: Path | None = None) -> Keyring:
        """Make the key file (mode 0600) of a new Book and return its keys.

        A file that GOODWILL_KEY_FILE names and that holds a key already is used as it is.

        Raises:
            SettingsError: the key file would lie inside ``book_folder``.
            BookExists: the Book has a key in the default place already.
        """
        path = cls.path_of(book_id)
        if book_folder is not None and lies_inside(path, book_folder):
            raise SettingsError(
                f"the key file {path} would lie inside the Book",
                hint="set GOODWILL_KEY_FILE to a path outside the Book's folder",
            )
        if path.exists():
            if os.environ.get("GOODWILL_KEY_FILE"):
                return cls.load(book_id)
            raise BookExists(
                f"there is a key already: {path}",
                hint="a new Book needs a new book_id; keep the old key with its Book",
            )
        secret = secrets.token_bytes(32)
        text = f"{_HEADER}\n{base64.b64encode(secret).decode()}\n"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not create_once(path, text.encode()):
            raise BookExists(f"there is a key already: {path}")
        return cls(book_id, secret, path)

    @classmethod
    def load(cls, book_id: str, *, fingerprint: str = "") -> Keyring:
        """Read the keys of a Book; ``fingerprint``, where given, must be that of its key.

        Raises:
            KeyMissing: the file is absent, unreadable, or holds another key.
        """
        path = cls.path_of(book_id)
        hint = (
            f"put the key back at {path}, or name its place in GOODWILL_KEY_FILE; "
            "without it the Book's identities and quarantine cannot be read"
        )
        try:
            text = path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not a key file"
            raise KeyMissing(f"no key for Book {book_id} at {path}: {reason}", hint=hint) from None
        lines = text.split()
        try:
            if len(lines) != 2 or lines[0] != _HEADER:
                raise ValueError
            secret = base64.b64decode(lines[1], validate=True)
        except (ValueError, binascii.Error):
            raise KeyMissing(f"{path} is not a goodwill key file", hint=hint) from None
        keyring = cls(book_id, secret, path)
        if fingerprint and fingerprint != keyring.fingerprint:
            raise KeyMissing(
                f"{path} holds another key than Book {book_id} was made with "
                f"(fingerprint {keyring.fingerprint}, wanted {fingerprint})",
                hint=hint,
            )
        return keyring

    def hash(self, kind: str, value: str) -> str:
        """The keyed hash of an identity: 32 hex digits (BLAKE2b, 128 bits)."""
        data = f"{kind}\x1f{value}".encode("utf-8", "surrogatepass")
        state = self._hash_key.copy()
        state.update(data)
        return state.hexdigest()

    def hash_many(self, kind: str, values: Iterable[str | None]) -> list[str | None]:
        """The keyed hashes of many identities of one kind, as :meth:`hash`; None stays None."""
        begun = self._hash_key.copy()
        begun.update(f"{kind}\x1f".encode("utf-8", "surrogatepass"))
        begin = begun.copy
        seen: dict[str | None, str | None] = {None: None}
        hashes: list[str | None] = []
        for value in values:
            known = seen.get(value)
            if known is None and value is not None:
                state = begin()
                state.update(value.encode("utf-8", "surrogatepass"))
                known = seen[value] = state.hexdigest()
            hashes.append(known)
        return hashes

    def encrypt(self, data: bytes) -> bytes:
        """The data sealed for the vault (AES-256-GCM, bound to the id of the Book)."""
        return self.encrypt_many([data])[0]

    def encrypt_many(self, data: Sequence[bytes]) -> list[bytes]:
        """Many pieces of data sealed, each with a nonce of its own."""
        nonces, own = secrets.token_bytes(_NONCE_BYTES * len(data)), self.book_id.encode()
        seal = self._vault.encrypt
        return [
            _VAULT_VERSION + nonce + seal(nonce, piece, own)
            for piece, at in zip(data, range(0, len(nonces), _NONCE_BYTES), strict=True)
            for nonce in (nonces[at : at + _NONCE_BYTES],)
        ]

    def decrypt(self, sealed: bytes) -> bytes:
        """The data that :meth:`encrypt` sealed.

        Raises:
            KeyMissing: it was sealed with another key or for another Book, or was changed.
        """
        body = 1 + _NONCE_BYTES
        try:
            if sealed[:1] != _VAULT_VERSION or len(sealed) < body:
                raise InvalidTag
            return self._vault.decrypt(sealed[1:body], sealed[body:], self.book_id.encode())
        except InvalidTag:
            raise KeyMissing(
                f"the vault of Book {self.book_id} does not open with this key",
                hint=f"put back the key that the Book was made with ({self.path})",
            ) from None


def lies_inside(path: Path, folder: Path) -> bool:
    """Whether ``path`` lies in ``folder``, links resolved."""
    return path.expanduser().resolve().is_relative_to(folder.expanduser().resolve())


def _subkey(secret: bytes, book_id: str, use: str) -> bytes:
    derive = HKDF(SHA256(), 32, salt=book_id.encode(), info=f"goodwill/{use}/1".encode())
    return derive.derive(secret)
