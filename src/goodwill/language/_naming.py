"""Names for new themes from a language model that the user runs; off unless it is configured.

The model gets the phrases of a theme and five of its central messages, redacted as they are
stored, and nothing else: no key, no customer, no date. It is asked once, when a theme is found.
When it does not answer, or answers with something that is no name, the theme keeps its own.
"""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np

from goodwill.environment import secret_of
from goodwill.language._sample import Sample
from goodwill.language._space import nearest
from goodwill.language._themes import Themes
from goodwill.records import redact

SECONDS = 60
EXAMPLES = 5
_LONGEST_EXAMPLE = 300
_LONGEST_NAME = 48
_MOST_WORDS = 6
_MOST_BYTES = 1_000_000
_MOST_SILENT = 3
_ASKED = (
    "You name groups of messages to a company's customer service, for its head. "
    "Answer with one short noun phrase of two to four words in lower case and in the language of "
    "the messages, such as: card not arrived, refund pending. Answer with the phrase alone."
)


class NoAnswer(Exception):
    """The model could not be asked."""


@dataclass(frozen=True, slots=True)
class Namer:
    """Where to ask for names: chat completions as OpenAI's API has them.

    Attributes:
        url: The whole address, such as ``http://127.0.0.1:11434/v1/chat/completions``.
        model: The model's name there.
        key: Sent as a bearer token when there is one.
    """

    url: str
    model: str
    key: str = ""

    def name(self, phrases: Sequence[str], examples: Sequence[str]) -> str | None:
        """Return a name for a theme; None when the model's answer is none.

        Raises:
            NoAnswer: The model could not be asked.
        """
        # Stored texts are redacted; a text of another version of the redactor is read once more.
        told = redact(list(examples[:EXAMPLES]))
        said = [" ".join((text or "").split())[:_LONGEST_EXAMPLE] for text, _ in told]
        asked = "Phrases: " + ", ".join(phrases) + "\n" + "\n".join(f"- {text}" for text in said)
        body = {
            "model": self.model,
            "temperature": 0,
            "max_tokens": 30,
            "messages": [
                {"role": "system", "content": _ASKED},
                {"role": "user", "content": asked},
            ],
        }
        answer = self._post(json.dumps(body).encode())
        if answer is None:
            raise NoAnswer
        return _clean(answer)

    def _post(self, body: bytes) -> str | None:
        """Return what the model said; None when it could not be asked."""
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        headers = {"Content-Type": "application/json", "User-Agent": "goodwill"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            # Redirects are not followed: messages go where they were meant to go, or nowhere.
            connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
            try:
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                if answer.status != 200:
                    return None
                found = json.loads(answer.read(_MOST_BYTES))
            finally:
                connection.close()
            said = found["choices"][0]["message"]["content"]
        except (http.client.HTTPException, OSError, ValueError, KeyError, IndexError, TypeError):
            return None
        return said if isinstance(said, str) else None


def namer(url: str, model: str) -> Namer | None:
    """Return where to ask for names; None when nothing is configured.

    The key comes from ``GOODWILL_NAMING_KEY``, or the file that ``GOODWILL_NAMING_KEY_FILE`` names.

    Raises:
        SettingsError: That file cannot be read.
    """
    if not url:
        return None
    return Namer(url, model, secret_of("GOODWILL_NAMING_KEY"))


def rename(themes: Themes, sample: Sample, first: int, asked: Namer) -> int:
    """Give the themes from the id ``first`` on the model's names; return how many got one.

    A name that another theme has is not taken. What the theme was called stays among its terms.
    After three questions in a row without an answer no more is asked.
    """
    if first >= len(themes):
        return 0
    found, alike = nearest(themes.space.points(sample.vectors), themes.centres)
    named = silent = 0
    for number in range(first, len(themes)):
        members = np.flatnonzero(found[:, 0] == number)
        central = members[np.argsort(-alike[members, 0], kind="stable")][:EXAMPLES]
        try:
            name = asked.name(themes.terms[number], [sample.texts[row] for row in central])
        except NoAnswer:
            silent += 1
            if silent == _MOST_SILENT:
                break
            continue
        silent = 0
        if name and name.casefold() not in {label.casefold() for label in themes.labels}:
            themes.terms[number] = list(dict.fromkeys([name, *themes.terms[number]]))
            themes.labels[number] = name
            named += 1
    return named


def _clean(answer: str) -> str | None:
    """Return the phrase of an answer, None when it is none.

    >>> _clean('"Card not arrived."'), _clean("I am sorry, but I cannot help you with that")
    ('card not arrived', None)
    """
    line = answer.strip().splitlines()[0] if answer.strip() else ""
    name = " ".join(re.sub(r"[^\w\s'’/-]+", " ", line).split())
    fits = 1 <= len(name.split()) <= _MOST_WORDS and 2 <= len(name) <= _LONGEST_NAME
    # A number or a placeholder in a name may be a customer's.
    if not fits or any(map(str.isdigit, name)) or redact([name])[0][1]:
        return None
    return name[0].lower() + name[1:] if name[1:2].islower() else name
