"""Mails, links that carry personal data, handles, names of accounts, secrets.

Every function adds what it finds to a :class:`Found`; the order of calls in ``_redact`` decides
who takes a piece that two could claim.
"""

from __future__ import annotations

import re
from collections.abc import Set

from goodwill.records.privacy._spans import Found

_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|proton"
    "|protonmail|pm|zoho|mail|yandex|qq|163|126|naver|uol|bol|terra|ig|globo|orange|free|wanadoo"
    "|laposte|sfr|t-online|freenet|libero|virgilio|comcast|verizon|att|btinternet|sky|rediffmail"
)
_TOPS = (
    "com|net|org|edu|gov|io|co|info|biz|me|app|dev|eu|uk|us|ca|au|nz|ie|de|at|ch|fr|be|nl|es|pt"
    "|br|mx|ar|cl|it|pl|se|no|dk|fi|in|jp|cn|kr|za|ng|ke|ru|ua|tr|gr|cz|ro|hu|sg|hk|ph|my|id"
)
# Behind "dot" only these: "at which point in" is no mail
_SPELLED_TOPS = (
    "me|app|dev|at|us|pl|be|se|no|dk|fi|com|net|org|edu|gov|info|biz|eu|co|uk|ca|au|nz|ie|de|ch|fr"
    "|nl|es|pt|br|mx|ar|cl|io"
)
_AT = r"(?:@|＠|﹫|&\#64;|%40)"
_MAIL = re.compile(
    rf"""(?:mailto:)?
    (?: "[^"@\s]{{1,40}}" | [^\W_](?:[\w.+%&'’*/=?^~#!$-]*[\w+$~-])? | [_+~-][\w.+-]+ )
    {_AT} (?:\[\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]
      | \w(?:[\w-]*\w)?(?:\.\w(?:[\w-]*\w)?)+ | (?:{_PROVIDERS})\b(?:,(?:com|de|es|pt|br)\b)?)""",
    re.VERBOSE | re.IGNORECASE,
)
# No mail holds a space: the pieces between spaces in which a sign for an @ stands.
_PIECE = re.compile(r"(?<!\S)[^\s@＠﹫%&]*[@＠﹫%&]\S*")
_MAIL_SPACED = re.compile(
    rf"\b[\w.+-]*\w\s{{0,2}}@\s{{0,2}}[\w-]+(?:\.[\w-]+)*?"
    rf"(?:\s?\.\s?(?:com|net|org|edu|co)\b|(?:\.|\s\.\s)(?:{_TOPS})\b)",
    re.IGNORECASE,
)
_DOT = (
    r"(?:\s?[\[({]\s?(?:dot|punto|ponto|point|punkt|\.)\s?[\])}]\s?"
    r"|\s(?:dot|punto|ponto|point|punkt)\s)"
)
_MAIL_SPELLED = re.compile(
    rf"""\b[\w+-]+(?:(?:\.|{_DOT}|\s(?:underscore|dash|gui[óo]n|h[íi]fen)\s)[\w+-]+)*
    (?: \s?[\[({{<]\s?(?:at|@|arroba|chez)\s?[\])}}>]\s? | \s(?:at|arroba|chez|ät|@)\s )
    [\w-]+ (?:(?:{_DOT}|\.)[\w-]+){{0,2}}? (?:{_DOT}|\.) (?:{_SPELLED_TOPS})\b
    (?:(?:{_DOT}|\.)(?:uk|br|in|au|nz|za|mx|ar|jp)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_BRACKETED_HINT = re.compile(r"[\[({<]\s?(?:at|arroba|chez|@)\s?[\])}>]|\s(?:arroba|chez|ät|@)\s")
_AT_HINT = re.compile(rf"\sat\s[^\s@]+(?:\.|{_DOT})")
_AT_HINT_AS_WRITTEN = re.compile(_AT_HINT.pattern, re.IGNORECASE)
_SPACED_HINT = re.compile(r"[@＠]\s{0,2}[\w-]+[\w.-]*\s?\.\s?[A-Za-z]{2}")
# "look at bbc.com": a web address after a plain "at" is a mail only behind such words
_MAIL_WORD = re.compile(r"mail|contact|reach|write|correo|escrib|escrev|contato|adresse", re.I)
_DOT_WORD = re.compile(r"\b(?:dot|punto|ponto|point|punkt)\b|[\[({<]", re.IGNORECASE)

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'\]\[）)]+", re.IGNORECASE)
_URL_PERSONAL = re.compile(
    r"""//[^/\s]+:[^/\s]*@ | @ | %40
    | [?&#;](?:e?mail|user(?:name|id)?|login|token|access_token|auth|key|api_?key|sig(?:nature)?
        |session(?:id)?|sid|jwt|code|otp|pass(?:word|wd)?|pwd|secret|phone|tel|mobile|name
        |first_?name|last_?name|full_?name|customer|dob|ssn|cpf)=[^&\s]
    | (?:^|//|\.)(?:twitter|x|instagram|facebook|fb|tiktok|snapchat|pinterest|threads|mastodon)
      \.[a-z]{2,6}/(?!(?:search|hashtag|explore|help|home|share|intent|login|about|policies|legal)
        \b)[\w.@-]+
    | linkedin\.com/in/ | (?:t|wa|telegram)\.me/ | github\.com/[\w-]+/?$
    | (?:reddit\.com)?/u(?:ser)?/[\w-]+ | eyJ[\w-]{10,}\. """,
    re.VERBOSE | re.IGNORECASE,
)
# A personal link, from where the link begins.
LINK_FORMS = (
    re.compile(rf"(?:https?:|www)[^\s<>\"'\]\[]*(?:{_URL_PERSONAL.pattern})", _URL_PERSONAL.flags),
)
_HANDLE = re.compile(r"[@＠](?<![\w/＠@&].)([A-Za-z0-9_](?:[\w.]{0,60}\w)?)(?![\w@])")


def find_mails(found: Found) -> None:
    """Mails, also spelled out ("john at gmail dot com")."""
    text, low = found.text, found.low
    whole, spaced = _mail_signs(text)
    if spaced:
        for match in _MAIL_SPACED.finditer(text):
            if " " in match.group():
                found.add(match.start(), match.end(), "email")
    if whole:
        for piece in _PIECE.finditer(text):
            for match in _MAIL.finditer(text, *piece.span()):
                found.add(match.start(), match.end(), "email")
    if _spelled_signs(low):
        for match in _MAIL_SPELLED.finditer(text):
            plain = not _DOT_WORD.search(match.group())
            if plain and not _MAIL_WORD.search(text, max(0, match.start() - 40), match.end()):
                continue
            found.add(match.start(), match.end(), "email")


def _spelled_signs(low: str) -> bool:
    """Whether a mail may be spelled out in a text (in lower case)."""
    at = low.find(" at ")
    while at >= 0:
        if _AT_HINT.match(low, at):
            return True
        at = low.find(" at ", at + 3)
    return (
        "at]" in low or "at)" in low or "at}" in low or "at>" in low or "arroba" in low
        or "@ " in low or "@)" in low or "@]" in low or " chez" in low or " ät " in low
    ) and bool(_BRACKETED_HINT.search(low))  # fmt: skip


_ENDS_LOCAL = '_+-%"~$*='  # besides letters and digits, what may stand before the @ of a mail


def _mail_signs(text: str) -> tuple[bool, bool]:
    """Whether an @ stands inside a word, and whether one stands apart before a domain."""
    whole = "%40" in text or "&#64;" in text or "＠" in text or "﹫" in text
    spaced = False
    at = text.find("@")
    while at >= 0:
        if at and (text[at - 1].isalnum() or text[at - 1] in _ENDS_LOCAL):
            whole = True
        if not spaced and _SPACED_HINT.match(text, at):
            spaced = True
        at = text.find("@", at + 1)
    return whole, spaced


def find_urls(found: Found) -> None:
    """Links that carry personal data: a mail, a token, the profile of a person."""
    if "://" not in found.text and "www." not in found.low:
        return
    for match in URL.finditer(found.text):
        end = match.end()
        while found.text[end - 1] in ".,;:!?…":
            end -= 1
        if _URL_PERSONAL.search(found.text, match.start(), end):
            found.add(match.start(), end, "url")


def may_be_spaced(text: str, at: int) -> bool:
    """Whether a mail with gaps may stand around the @ at a place."""
    return bool(_SPACED_HINT.match(text, at))


def may_be_spelled(text: str, at: int) -> bool:
    """Whether an " at " at a place may stand for an @."""
    return bool(_AT_HINT_AS_WRITTEN.match(text, at))


def handle_at(text: str, at: int) -> tuple[str, int] | None:
    """The handle whose @ stands at a place, in lower case without it, and its end; else None."""
    match = _HANDLE.match(text, at)
    return (match.group(1).lower(), match.end()) if match else None


def find_handles(found: Found, keep: Set[str]) -> None:
    """Handles of persons (@jane); ``keep`` holds those of the company, lower case, without @."""
    for match in _HANDLE.finditer(found.text):
        if match.group(1).lower() not in keep:
            found.add(match.start(), match.end(), "handle")


_ACCOUNT_BEFORE = r"""\b(?:user\s?(?:name|id)|screen\s?name|gamer\s?tag|nick\s?name|psn(?:\sid)?
        |skype(?:\sid)?|insta(?:gram)?|ig|snap(?:chat)?|telegram|discord|usuario|usu[áa]rio
        |benutzername|nom\sd['’]utilisateur|login)
    \s*(?:\b(?:is|es|est|ist)\b|[ée]\s|[:=-])?\s*["'“]?"""
_ACCOUNT = re.compile(
    rf"""{_ACCOUNT_BEFORE}
    (?P<value>(?=[\w.:#-]*[\d_.#])[A-Za-z][\w.:#-]{{2,40}}\w|\d{{5,20}})(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_SECRET_BEFORE = r"""\b(?:password|passwort|passwd|pwd|passcode|contrase[ñn]a|senha|mot\sde\spasse
        |kennwort|pin|pin\s(?:code|number)|cvv2?|cvc2?|security\scode|otp
        |one\stime\s(?:code|password))
    \s*(?:\b(?:is|was|es|est|ist)\b|[ée]\s|[:=-]){0,2}\s*["'“]?"""
_SECRET = re.compile(
    rf"""{_SECRET_BEFORE}
    (?P<value>(?=[^\s]*\d)[^\s"'“”,;\[\]]{{2,40}}[^\s"'“”,;.!?)\[\]])""",
    re.VERBOSE | re.IGNORECASE,
)
# What is looked for ahead of a value, in its place.
ONLINE_FORMS = (
    re.compile(rf"{_ACCOUNT_BEFORE}(?:[A-Za-z][\w.:#-]*[\d_.#]|\d{{5}})", _ACCOUNT.flags),
    re.compile(rf"{_SECRET_BEFORE}[^\s]*\d", _SECRET.flags),
)
_ACCOUNT_WORDS = (
    "user username userid screenname screen gamer gamertag nick nickname psn skype insta instagram"
    " ig snap snapchat telegram discord usuario usuário benutzername utilisateur login"
)
_SECRET_WORDS = (
    "password passwort passwd pwd passcode contraseña contrasena senha passe kennwort pin cvv cvc"
    " security otp code"
)
ACCOUNT_TOKENS = frozenset(_ACCOUNT_WORDS.split())
SECRET_TOKENS = frozenset(_SECRET_WORDS.split())


def find_accounts_online(found: Found) -> None:
    """Names of accounts elsewhere ("username: jane_92") and secrets ("password: x1y2")."""
    if not ACCOUNT_TOKENS.isdisjoint(found.words()):
        for match in _ACCOUNT.finditer(found.text):
            found.add(match.start("value"), match.end("value"), "handle")
    if not SECRET_TOKENS.isdisjoint(found.words()):
        for match in _SECRET.finditer(found.text):
            found.add(match.start("value"), match.end("value"), "secret")
