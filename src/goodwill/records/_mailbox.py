"""A mailbox (mbox) or one mail (.eml) becomes rows, one a mail.

Read twice: once the headers alone, to learn which addresses are the company's and which mails
belong together; then the mails. A mail belongs to the thread of the first that it refers to, or,
where programs left that out, to an earlier one of the same subject and customer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

import pyarrow as pa

from goodwill.errors import FileRefused

from . import _mails as mails
from ._files import Member
from ._rows import LINE, Chunk, Fault

CHUNK_MAILS = 2_000
COLUMNS = [
    "Message-ID", "In-Reply-To", "Thread", "Date", "Direction", "Automatic", "Subject", "Body",
    "From", "From name", "Customer", "Customer name", "Agent", "Attachments",
]  # fmt: skip
_SEPARATOR = re.compile(rb"^From \S+ .*\d{4}")
_QUOTED_FROM = re.compile(rb"^>+From ")
_DESK = re.compile(
    r"^(?:support|help|helpdesk|service|customer|care|info|contact|hello|kontakt|hilfe|kunden|"
    r"soporte|ayuda|atencion|contacto|suporte|ajuda|contato|aide|sav|clients?|sales|orders?|"
    r"returns?|billing|no-?reply|do-?not-?reply|team|office|shop)(?:[-_.+\d].*|service|care|)@"
)
_OPEN_TO_ALL = re.compile(
    r"@(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud|me|aol|gmx|web|t-online|orange|"
    r"free|proton|protonmail|mail|uol|bol|qq|163)\.[a-z.]{2,6}$"
)
_ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")


class Mailbox:
    """A member with mails."""

    def __init__(self, member: Member, own: Collection[str] = ()) -> None:
        self.member = member
        self.columns = list(COLUMNS)
        self.notes: list[str] = []
        self._roots: dict[str, str] = {}
        heads = self._heads()
        if not heads:
            raise FileRefused(f"{member.label}: there is no mail in it that can be read")
        self._own = {one.lower() for one in own} or _company(heads)
        self._link(heads)
        shown = "those given" if own else "those that most mails go to or come from"
        self.notes.append(
            f"{len(heads)} mails; the company's addresses are {shown}; a mapping with "
            '[layout] own = ["example.com"] says others'
        )

    def _raw(self) -> Iterator[tuple[int, bytes]]:
        """Yield the first line's number and the bytes of each mail."""
        single = self.member.facts.kind == "mail"
        lines: list[bytes] = []
        first, blank, begun = 1, True, False
        size = 0
        with self.member.open() as stream:
            for number, line in enumerate(stream, start=1):
                if not single and blank and _SEPARATOR.match(line):
                    if size or begun:
                        yield first, b"".join(lines)
                    lines, size, first = [], 0, number
                    blank, begun = False, True
                    continue
                blank = not line.strip()
                if not single and _QUOTED_FROM.match(line):
                    line = line[1:]
                size += len(line)
                # What is too large is cut, and found too large when it is parsed.
                if size <= mails.MAX_MAIL + (1 << 16):
                    lines.append(line)
        if begun or any(line.strip() for line in lines):
            yield first, b"".join(lines)

    def _heads(self) -> list[_Head]:
        heads = []
        for _, raw in self._raw():
            if not raw.strip():
                continue
            try:
                heads.append(_Head(raw))
            except (mails.BadMail, ValueError, LookupError, RecursionError):
                continue
        return heads

    def _ours(self, address: str) -> bool:
        return address in self._own or address.rpartition("@")[2] in self._own

    def _link(self, heads: list[_Head]) -> None:
        known: dict[tuple[str, str], str] = {}
        for head in heads:
            about = (head.subject, self._customer(head))
            root = next((self._roots[r] for r in head.refers if r in self._roots), None)
            if root is None and head.refers:
                root = head.refers[0]
            if root is None and head.replies and head.subject:
                root = known.get(about)
            self._roots[head.id] = root or head.id
            known.setdefault(about, self._roots[head.id])

    def _customer(self, head: _Head) -> str:
        if not self._ours(head.sender):
            return head.sender
        return next((one for one in head.addressed if not self._ours(one)), "")

    def chunks(
        self, rows: int = CHUNK_MAILS, only: Collection[str] | None = None
    ) -> Iterator[Chunk]:
        """Yield the mails in order; the line is that on which a mail begins."""
        cells: list[dict[str, str]] = []
        lines: list[int] = []
        faults: list[Fault] = []
        held = 0
        for line, raw in self._raw():
            try:
                row = self._cells(raw)
            except (mails.BadMail, ValueError, LookupError, RecursionError, AssertionError) as bad:
                why = str(bad) if isinstance(bad, mails.BadMail) else "its parts cannot be told"
                text = raw[:4096].decode("utf-8", "replace")
                faults.append(Fault(line, "", f"no mail: {why}", "", {"text": text}))
                continue
            cells.append(row)
            lines.append(line)
            held += len(row["Body"])
            if len(cells) + len(faults) >= min(rows, CHUNK_MAILS) or held > 16 * 1024**2:
                yield _chunk(cells, lines, faults, only)
                cells, lines, faults, held = [], [], [], 0
        yield _chunk(cells, lines, faults, only)

    def _cells(self, raw: bytes) -> dict[str, str]:
        if not raw.strip():
            raise mails.BadMail("nothing stands below its first line")
        if len(raw) > mails.MAX_MAIL:
            raise mails.BadMail(f"it has more than {mails.MAX_MAIL:,} bytes")
        message = mails.headers_of(raw)
        head = _Head(raw)
        body, attached = mails.body_of(raw)
        subject = mails.text_of_header(message, "Subject")
        [(name, sender)] = mails.addresses(message, "From")[:1] or [("", "")]
        people = {address: shown for shown, address in mails.addresses(message, "To", "Cc")}
        ours, customer = self._ours(sender), self._customer(head)
        inner = ours and not customer
        return {
            "Message-ID": head.id,
            "In-Reply-To": (mails.ids_of(message, "In-Reply-To") or [""])[0],
            "Thread": self._roots.get(head.id, head.id),
            "Date": mails.time_of(message),
            "Direction": "internal" if inner else "out" if ours else "in",
            "Automatic": "true" if mails.is_automatic(message, subject) else "false",
            "Subject": subject,
            "Body": body,
            "From": sender,
            "From name": name,
            "Customer": customer,
            "Customer name": people.get(customer, "") if ours else name,
            "Agent": sender if ours else "",
            "Attachments": str(attached),
        }


class _Head:
    """What of a mail's headers is needed to sort the mails."""

    __slots__ = ("addressed", "delivered", "id", "refers", "replies", "sender", "subject")

    def __init__(self, raw: bytes) -> None:
        message = mails.headers_of(raw)
        subject = mails.text_of_header(message, "Subject")
        self.id = mails.own_id(message, raw)
        self.refers = [
            one for name in ("References", "In-Reply-To") for one in mails.ids_of(message, name)
        ]
        self.subject = mails.plain_subject(subject)
        self.replies = mails.is_reply(subject)
        self.sender = next((a for _, a in mails.addresses(message, "From")), "")
        self.addressed = [a for _, a in mails.addresses(message, "To", "Cc")]
        self.delivered = [a for _, a in mails.addresses(message, *_ADDRESSED[2:])]


def _company(heads: list[_Head]) -> set[str]:
    """Return the company's domain, or its address where the domain is open to all.

    The address in most mails, received at or like a help desk's, is the company's.
    """
    score: Counter[str] = Counter()
    for head in heads:
        for address in {head.sender, *head.addressed, *head.delivered} - {""}:
            score[address] += 2
            score[address] += address in head.addressed
            score[address] += 4 * (address in head.delivered)
            score[address] += 6 * bool(_DESK.match(address))
    if not score:
        return set()
    best = min(score, key=lambda address: (-score[address], address))
    return {best} if _OPEN_TO_ALL.search(best) else {best.rpartition("@")[2]}


def _chunk(
    cells: list[dict[str, str]],
    lines: list[int],
    faults: list[Fault],
    only: Collection[str] | None,
) -> Chunk:
    names = [name for name in COLUMNS if only is None or name in only]
    arrays = [pa.array([row[name] for row in cells], pa.string()) for name in names]
    rows = pa.table([*arrays, pa.array(lines, pa.int64())], names=[*names, LINE])
    return Chunk(rows, faults, whole=lambda place: dict(cells[place]))
