"""Masks for messages, and references that may be stored."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodwill.records.privacy import Keyring, is_opaque, mask, safe_ref, safe_refs


@pytest.fixture(scope="module")
def ring() -> Keyring:
    return Keyring("b-1", b"k" * 32)


def test_a_mask_shows_the_shape_only() -> None:
    assert mask("jane@example.com 2015-02-24") == "xxxx@xxxxxxx.x…999-99-99"
    assert mask("Ab-12") == "Xx-99"
    assert mask(None) == "Xxxx"
    assert mask("\n\t") == "··"


@given(st.text())
def test_a_mask_is_short_and_holds_no_letter_or_digit_of_the_value(text: str) -> None:
    masked = mask(text)
    assert len(masked) <= 24
    assert all(c in "xX9" for c in masked if c.isalnum())


@pytest.mark.parametrize(
    "ref",
    [
        "17850", "C-10023", "cus_9s6XKzkNRiz8i3", "order:1001", "AB12", "115887",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "00000000deadbeef12", "h:" + "0" * 32,
    ],
)  # fmt: skip
def test_an_opaque_id_stays(ref: str, ring: Keyring) -> None:
    assert is_opaque(ref)
    assert safe_ref(ref, ring) == ref


@pytest.mark.parametrize(
    "ref",
    [
        "jane@example.com", "Jane Smith", "jane", "@jane92", "+34612345678", "612 34 56 78",
        "52998224725", "4111111111111111", "jane.smith", "janesmith92", "deadbeef", "é1",
    ],
)  # fmt: skip
def test_whatever_may_tell_a_person_is_hashed(ref: str, ring: Keyring) -> None:
    safe = safe_ref(ref, ring)
    assert safe.startswith("h:")
    assert len(safe) == 34
    assert safe_ref(safe, ring) == safe


def test_a_mail_has_the_hash_of_the_identity(ring: Keyring) -> None:
    assert safe_ref(" Jane@Example.com ", ring) == "h:" + ring.hash("email", "jane@example.com")
    assert safe_ref("@Jane", ring) == "h:" + ring.hash("handle", "jane")


def test_columns_are_done_as_each_value_alone(ring: Keyring) -> None:
    refs = ["17850", "jane@example.com", None, " ", "jane@example.com"]
    hashed = safe_ref("jane@example.com", ring)
    assert safe_refs(refs, ring) == ["17850", hashed, None, None, hashed]
    assert safe_refs(pa.array(refs), ring) == safe_refs(refs, ring)
