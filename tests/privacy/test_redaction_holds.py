"""What holds for every text: idempotence, spans in order, no error on any characters."""

from __future__ import annotations

import planted
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goodwill.records.privacy import KINDS, Span, find_keys, redact
from goodwill.records.privacy._spans import replace

PIECES = st.sampled_from(
    [
        *(text for _, text, _ in planted.named_texts()),
        *(text for text, _ in planted.mail_texts()),
        *(text for text, _ in planted.number_texts()),
        *(text for text, _ in list(planted.phone_texts())[::9]),
        *("[email]", "[name]", "[phone", "@", "@jane", "+", "00", "\n", "- ", "Jane", "Smith"),
        *(" at ", " dot com", "https://x.io/?token=", "ß", "İ", "e\u0301", "𝒥", "１２３", "٠١٢"),
        *("Hi ", "Thanks,\n", "my name is ", "12 ", "Street", "١٢٣٤٥٦٧٨٩", "²", "'s", "O'", "—"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(PIECES, max_size=6).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=8).map(" ".join),
    st.text(alphabet="aJ@.+0123456789 -()[]\n", max_size=60),
)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("NOMBRE:EO@0")
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact([text])[0][0]
    assert redact([once])[0] == (once, [])


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_lie_in_the_text_in_order_and_give_the_result(text: str) -> None:
    clean, spans = redact([text])[0]
    end = 0
    for span in spans:
        assert isinstance(span, Span)
        assert end <= span.start < span.end <= len(text)
        assert span.kind in KINDS
        end = span.end
    assert clean == replace(text, spans)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(st.text(max_size=12), max_size=3).map(tuple))
def test_known_names_and_keys_never_raise(text: str, names: tuple[str, ...]) -> None:
    once = redact([text], names=[names])[0][0]
    assert redact([once], names=[names])[0][0] == once
    find_keys([text], region="GB")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.none(), TEXTS), max_size=5))
def test_each_text_is_redacted_by_itself(texts: list[str | None]) -> None:
    assert redact(texts) == [redact([text])[0] for text in texts]


def test_a_long_text_of_one_sort_takes_no_time_out_of_proportion() -> None:
    """Patterns that backtrack would not end here; a run of it takes seconds at most."""
    for piece in ("a", "1", "A ", "1 ", "a.", "@", "a@", "Jane ", "+1 ", "[", "name: ", "\n", "1-"):
        redact([piece * 4000])
