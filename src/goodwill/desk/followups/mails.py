"""Writing to a customer: templates, threads kept by Message-ID, sent once or said to be unsure."""

from __future__ import annotations

import secrets
import smtplib
import socket
import ssl
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

from django.db import transaction
from django.utils import timezone

from goodwill.desk.accounts.models import User
from goodwill.desk.followups.models import FollowUp, NoMail, Step
from goodwill.desk.reading import whole_book
from goodwill.errors import InputError
from goodwill.smtp import hand_in as _hand_in
from goodwill.smtp import server

LONGEST = 10_000

TEMPLATES = {
    "late": ("About your delivery", "We promised you a delivery and did not keep it. I am sorry."
             "\n\nI have asked where it is, and will write to you again by "),
    "refund": ("Your refund", "You are still waiting for your money, and that is our fault.\n\n"
               "It will be back on your account by "),
    "silent": ("Something went wrong, and we know it", "You did not complain, but you could have: "
               "what we promised you did not come in time. I am sorry.\n\nIf it is not put right "
               "yet, answer this mail; it comes to me."),
    "public": ("What you wrote about us", "I have read what you wrote, and you are right to be "
               "angry.\n\nThis is what I can do: "),
    "ask": ("How is it now?", "You had trouble with us lately. Is it put right? Answer this mail; "
            "it comes to me."),
}  # fmt: skip
"""Subjects and texts to begin with, by what happened; whoever writes changes them as he likes."""


def missing() -> str:
    """Return what has to be set up before any mail can go out, in words; empty when all is."""
    sender, post = bool(whole_book().settings.mail_from), server() is not None
    if sender and post:
        return ""
    if post:
        return "the address that mails come from has to be given in the settings."
    if sender:
        return "the machine that serves these pages has to be told of your mail server."
    return (
        "the machine that serves these pages has to be told of your mail server, and the address "
        "that mails come from has to be given in the settings."
    )


def why_not(follow_up: FollowUp) -> str:
    """Return why no mail can go to this customer now; empty when one can."""
    chosen = whole_book().settings
    if lacks := missing():
        return (
            f"No mail can be sent from here yet: {lacks} An administrator does that once; you can "
            "write from your own mail program meanwhile, and note it here."
        )
    if NoMail.objects.filter(customer_id=follow_up.customer_id).exists():
        return "This customer wants no mail."
    peace = timezone.now() - timedelta(days=chosen.cool_down_days)
    last = (
        Step.objects.filter(
            follow_up__customer_id=follow_up.customer_id, kind="mail", at__gte=peace
        )
        .exclude(mail_state="failed")
        .exclude(follow_up=follow_up)
        .last()
    )
    if last is not None:
        until = timezone.localtime(last.at + timedelta(days=chosen.cool_down_days))
        return f"Somebody wrote to this customer lately: in peace until {until:%-d %B %Y}."
    return ""


def send(follow_up: FollowUp, by: User, subject: str, text: str) -> Step:
    """Send one mail to the customer of a follow-up, in the thread of those before it.

    The address comes from the vault, and that look is recorded there; it is shown to nobody. What
    is kept is the redacted text. The step is written before the mail goes out: killed in between,
    it says that nobody knows whether it went, and nothing sends it a second time.

    Raises:
        InputError: It is empty or too long, no mail can go to him, or none of his addresses is
            known.
    """
    subject, text = " ".join(subject.split()), text.strip()
    if not subject or len(subject) > 200 or not text or len(text) > LONGEST:
        raise InputError("A mail needs a subject and a text.")
    if reason := why_not(follow_up):
        raise InputError(reason)
    found, chosen = server(), whole_book().settings
    assert found is not None  # why_not has said so
    details = whole_book().contact_details(
        follow_up.customer_id, actor=by.username, reason=f"mail of follow-up {follow_up.pk}"
    )
    if not details.emails:
        raise InputError("No mail address of this customer is known.")
    message = EmailMessage()
    domain = chosen.mail_from.rpartition("@")[2]
    message["From"] = Address(chosen.name, addr_spec=chosen.mail_from)
    message["To"] = details.emails[0]
    message["Subject"] = subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{follow_up.pk}.{secrets.token_hex(8)}@{domain}>"
    before = [
        step.message_id for step in follow_up.steps.filter(kind="mail").exclude(mail_state="failed")
    ]
    if before:
        message["In-Reply-To"] = before[-1]
        message["References"] = " ".join(before)
    message.set_content(text)
    book = whole_book()
    with transaction.atomic():
        step = Step.objects.create(
            follow_up=follow_up,
            by=by,
            kind="mail",
            text=book.redacted(text),
            subject=book.redacted(subject)[:200],
            message_id=message["Message-ID"],
            mail_state="sending",
        )
    try:
        _hand_in(found, message)
        step.mail_state = "sent"
    except _REFUSED:
        step.mail_state = "failed"
    except (OSError, smtplib.SMTPException):
        return step  # the line broke: it may have gone out, and it stays said so
    step.save(update_fields=["mail_state"])
    return step


_REFUSED = (
    smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError,
    ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError,
)  # fmt: skip
"""Errors after which it is known that the mail did not go out."""
