"""The bodies of messages: HTML to text, then only what its author wrote now.

A reply carries the whole thread below it. Counted as it stands, each message would speak as often
as it was answered, and the company's words would pass for the customer's. So quoted history and
signatures are left out; a body that is nothing but a quotation is kept whole, and that is told.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ._html_text import HTML, is_html, text_of

_WROTE = (
    r"On\b.*\bwrote|Am\b.*\bschrieb\b.*|El\b.*\bescribi[óo]|Em\b.*\bescreveu|"
    r"Le\b.*\ba [ée]crit|Il\b.*\bha scritto|Op\b.*\bschreef\b.*|Den\b.*\bskrev\b.*|"
    r"W dniu\b.*\b(?:napisał|pisze)\S*.*|Dnia\b.*\bnapisał\S*.*|Em\b.*\bescribiu|"
    r"\d{4}[-/]\d\d?[-/]\d\d? .*<\S+@\S+>|Le\b.*\bécrivait|"
    r"\S.{0,60} (?:schrieb am|wrote on|escribió el|a écrit le) .*\d.*"
)
_ATTRIBUTION = re.compile(rf"^\s*(?=[^\n]*\d)(?:{_WROTE})\s*:\s*$", re.IGNORECASE)
_STARTS = re.compile(r"^\s*(?:On|Am|El|Em|Le|Il|Op|Den|W dniu|Dnia) ", re.IGNORECASE)
_DIVIDER = re.compile(
    r"^\s*[-_*=]{2,}\s*(?:original message|original appointment|reply message|"
    r"urspr[üu]ngliche nachricht|mensaje original|mensagem original|message d.origine|"
    r"messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|"
    r"wiadomo[śs][ćc] oryginalna)\s*[-_*=]{2,}\s*$",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"^\W*(?:(?:please )?(?:type|write|enter|add)? ?(?:your )?(?:reply|response|respond)s? above "
    r"this line|bitte antworten sie oberhalb dieser (?:zeile|linie)|"
    r"(?:por favor,? )?(?:escriba|responda|escribe) (?:su respuesta )?(?:por )?encima de esta "
    r"l[íi]nea|responda acima desta linha)\b.*$",
    re.IGNORECASE,
)
_SENDER = re.compile(r"^\s*\*?(?:From|Von|De|Da|Van|Från|Fra|Od|Remitente)\*?\s?:\*?\s*\S", re.I)
_HEADER = re.compile(
    r"^\s*\*?(?:Sent|Date|To|Cc|Subject|Gesendet|Datum|An|Betreff|Enviado(?: el| em)?|Fecha|Data|"
    r"Para|Asunto|Assunto|Envoyé|À|Objet|Inviato|A|Oggetto|Verzonden|Aan|Onderwerp|Skickat|Till|"
    r"Ämne|Sendt|Til|Emne|Wysłano|Do|Temat|Reply-To)\*?\s?:",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^--\s*$")
_DEVICE = re.compile(
    r"^\s*(?:sent from (?:my|mail for|outlook|yahoo|samsung|proton|the )|sent with |sent via |"
    r"get outlook for |von meinem .{1,40} gesendet|gesendet (?:mit|von) |enviado (?:desde|do|de) |"
    r"envoyé (?:de|depuis) |inviato da |verstuurd vanaf |verzonden vanaf |skickat från |"
    r"sendt fra |wysłano z )[^\n]{0,70}$",
    re.IGNORECASE,
)
_MAY_QUOTE = (
    r"(?im)^\s*>|^--\s*$|wrote|schrieb|escribi|escreveu|crit\b|crivait|scritto|schreef|"
    r"skrev|napisa|pisze|original|urspr|d.origine|oorspronkelijk|oprindelig|above this line|"
    r"oberhalb dieser|encima de esta|acima desta|^\s*\*?(from|von|de|da|van|från|fra|od|remitente)"
    r"\*?\s?:|sent (from|with|via)|get outlook|gesendet|enviado|envoyé|inviato|verstuurd|verzonden|"
    r"skickat|sendt|wysłano|<\S+@\S+>\s*:\s*$"
)
"""A text without any of these is kept as it stands."""
_MAY_QUOTE_IN = re.compile(_MAY_QUOTE)
_HEADER_LINES = 6
_WRAPPED_LINES = 4


def cleaned_bodies(column: Any) -> tuple[Any, int]:
    """Return a column of bodies as what each author wrote, and how many only quote.

    Args:
        column: An Arrow column of texts.
    """
    coded = pc.dictionary_encode(column)
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    distinct = coded.dictionary
    suspect = pc.or_(
        pc.match_substring_regex(distinct, HTML), pc.match_substring_regex(distinct, _MAY_QUOTE)
    )
    places = pc.indices_nonzero(pc.fill_null(suspect, False))
    if not len(places):
        return column, 0
    texts = distinct.to_pylist()
    only_quoted = 0
    for place in places.to_pylist():
        texts[place], quotes = own_words(texts[place])
        only_quoted += quotes
    return pa.array(texts, pa.string()).take(coded.indices), only_quoted


def own_words(body: str) -> tuple[str | None, bool]:
    """Return what the author of a body wrote, and whether it is nothing but a quotation.

    >>> own_words("It broke.\\n\\nOn Mon, 5 Jan 2024 Ann wrote:\\n> How is it?")
    ('It broke.', False)
    """
    if is_html(body):
        text = text_of(body)
        kept = without_history(text)
        if kept:
            return kept, False
        whole = text_of(body, quoted=True)
        return (whole or None), bool(whole)
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = unescape(text)
    kept = without_history(text)
    if kept:
        return kept, False
    whole = re.sub(r"(?m)^[ \t]*(?:>[ \t]?)+", "", text).strip()
    return (whole or None), bool(whole)


def without_history(text: str) -> str:
    """Return a plain text without quoted history, signature and the device's line."""
    if not _MAY_QUOTE_IN.search(text):
        return text.strip()
    lines = text.split("\n")
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.lstrip().startswith(">"):
            place += 1
            continue
        if _DIVIDER.match(line) or _is_header_block(lines, place):
            break
        if _ABOVE.match(line):
            if _says(kept):
                break
            place += 1
            continue
        after = _attribution_end(lines, place)
        if after:
            if _quote_follows(lines, after):
                place = after
                continue
            break
        if _SIGNATURE.match(line) and _says(kept):
            place = _after_signature(lines, place)
            continue
        if not _DEVICE.match(line):
            kept.append(line.rstrip())
        place += 1
    while kept and re.fullmatch(r"\s*[_\-=*]{5,}\s*", kept[-1] or "-----"):
        kept.pop()
    out = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return out if re.search(r"\w", out) else ""


def _says(lines: list[str]) -> bool:
    return any(re.search(r"\w", line) for line in lines)


def _attribution_end(lines: list[str], place: int) -> int:
    """Return the line after "On ... wrote:", which programs wrap; 0 where there is none."""
    if not _STARTS.match(lines[place]):
        ends = lines[place].rstrip().endswith(":")
        return place + 1 if ends and _ATTRIBUTION.match(lines[place]) else 0
    joined = ""
    for end in range(place, min(place + _WRAPPED_LINES, len(lines))):
        joined = f"{joined} {lines[end].strip()}".strip()
        if lines[end].rstrip().endswith(":"):
            return end + 1 if len(joined) < 400 and _ATTRIBUTION.match(joined) else 0
        if not lines[end].strip():
            return 0
    return 0


def _quote_follows(lines: list[str], place: int) -> bool:
    for line in lines[place:]:
        if line.strip():
            return line.lstrip().startswith(">")
    return False


def _is_header_block(lines: list[str], place: int) -> bool:
    """Return whether here begin the headers that Outlook puts above what it quotes."""
    if not _SENDER.match(lines[place]):
        return False
    near = lines[place + 1 : place + _HEADER_LINES]
    return sum(bool(_HEADER.match(line)) for line in near) >= 2


def _after_signature(lines: list[str], place: int) -> int:
    """Return where a signature ends: at what is quoted below it, else at the end."""
    for end in range(place + 1, len(lines)):
        quotes = lines[end].lstrip().startswith(">")
        if quotes or _DIVIDER.match(lines[end]) or _attribution_end(lines, end):
            return end
    return len(lines)
