"""Does each thing that people do at the desk, killed before each statement it writes.

``killing.py FOLDER [DEED...]`` runs in a process of its own: each try is a fork that shoots itself.
Prints one line for each thing done, with how often it was killed, and ends with a fault where what
is left is neither all of it nor nothing. Without deeds named it tries them all.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from made_book import END, MadeBook, harm

from goodwill.desk import reading
from goodwill.desk.settings import configure
from goodwill.settings import Settings, write

MOST = 60


def main() -> None:
    folder, wanted = Path(sys.argv[1]), sys.argv[2:]
    write(folder, Settings(book_id=os.urandom(8).hex(), name="Harbour & Pine"))
    configure(folder)
    made = MadeBook()
    made.chosen = {"follow_up_rules": ("silent",)}
    reading._open = lambda: made  # type: ignore[assignment]

    from django.conf import settings
    from django.db import connection, connections
    from django.utils import timezone

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    os.environ["GOODWILL_SMTP_URL"] = "smtp://127.0.0.1:9"

    from goodwill.desk.accounts import people
    from goodwill.desk.accounts.models import User
    from goodwill.desk.alerts.models import Decision
    from goodwill.desk.followups import doing, mails, rules
    from goodwill.desk.followups.models import CLOSED, FollowUp, NoMail, Settled, Step

    mails._hand_in = lambda *given: None

    def anew() -> Any:
        for model in (Decision, FollowUp, NoMail, Settled, User):
            model.objects.all().delete()
        ada = User.objects.create_user("ada", role="admin")
        User.objects.create_user("bob", role="admin")
        it = doing.open_for(harm(1), END, by=ada, owner=ada)
        return ada, it

    def kept() -> tuple[Any, ...]:
        """Everything that is kept, but for running numbers and moments."""
        follow_ups = [
            (each.customer_id, each.problem, each.state, each.owner and each.owner.username,
             each.closed_at is None, each.snoozed_until is None,
             tuple((step.kind, step.text, step.mail_state) for step in each.steps.all()))
            for each in FollowUp.objects.order_by("customer_id", "problem", "state")
        ]  # fmt: skip
        users = User.objects.order_by("username").values_list("username", "role", "is_active")
        return (
            tuple(follow_ups), tuple(users), NoMail.objects.count(), Decision.objects.count(),
            Settled.objects.count(),
        )  # fmt: skip

    later = timezone.now() + timedelta(days=3)

    def closed(it: Any, ada: Any) -> None:
        doing.close(it, ada)

    deeds: dict[str, tuple[Callable[[Any, Any], object], Callable[[Any, Any], object] | None]] = {
        "open": (lambda it, ada: doing.open_for(harm(2), END, by=ada, owner=ada), None),
        "give": (lambda it, ada: doing.give(it, ada, User.objects.get(username="bob")), None),
        "note": (lambda it, ada: doing.note(it, ada, "called"), None),
        "snooze": (lambda it, ada: doing.snooze(it, ada, later), None),
        "close": (closed, None),
        "again": (lambda it, ada: doing.open_again(it, ada), closed),
        "promise": (lambda it, ada: doing.promise(it, ada, "a call", later), None),
        "no mail": (lambda it, ada: doing.no_mail(it.customer_id, ada, False), None),
        "many": (lambda it, ada: doing.many(FollowUp.objects.order_by("pk"), ada, "close"),
                 lambda it, ada: doing.open_for(harm(2), END, by=ada, owner=ada)),
        "mail": (lambda it, ada: mails.send(FollowUp.objects.get(pk=it.pk), ada, "Sorry", "x"),
                 lambda it, ada: FollowUp.objects.update(customer_id="shop:10023")),
        "let in": (lambda it, ada: people.add("carl", "viewer", "x" * 12), None),
        "role": (lambda it, ada: people.change(ada, role="viewer"), None),
        "decide": (lambda it, ada: Decision.objects.create(
            alert_id="0", state="closed", raised_at=END.date(), by=ada), None),
        "joined": (lambda it, ada: rules._move(it.customer_id, "shop:10023"),
                   lambda it, ada: NoMail.objects.create(customer_id=it.customer_id)),
        "rules": (lambda it, ada: rules.settle(), None),
    }  # fmt: skip

    def tried(deed: Callable[[Any, Any], object], it: Any, ada: Any, last: int) -> bool:
        """Do it in a fork that dies before its statement number ``last``; say whether it died."""
        connections.close_all()
        child = os.fork()
        if child:
            _, status = os.waitpid(child, 0)
            assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL, status
            return status != 0
        written = 0

        def count() -> None:
            nonlocal written
            written += 1
            if written == last:
                os.kill(os.getpid(), signal.SIGKILL)

        def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if not sql.lstrip().upper().startswith("SELECT"):
                count()
            return execute(sql, params, many, context)

        commit = connection._commit

        def committed() -> None:
            count()
            commit()

        connection._commit = committed
        with connection.execute_wrapper(watched):
            deed(it, ada)
        os._exit(0)

    for name in wanted or deeds:
        deed, before = deeds[name]
        states: list[Any] = []
        for last in range(1, MOST):
            ada, it = anew()
            if before is not None:
                before(it, ada)
                it.refresh_from_db()
            if not states:
                states.append(kept())
            died = tried(deed, it, ada, last)
            states.append(kept())
            if not died:
                break
        else:
            sys.exit(f"{name} never ended")
        first, left, whole = states[0], states[1:-1], states[-1]
        assert first != whole, f"{name} wrote nothing"
        assert left, f"{name} was never killed"
        for state in left:
            if name == "mail":  # written down before it goes out, and after: three states
                marks = [step[2] for each in state[0] for step in each[-1] if step[0] == "mail"]
                assert marks in ([], ["sending"], ["sent"]), state
            elif name == "rules":  # one transaction for each follow-up, and for the end
                assert all(each[-1][0][0] == "opened" for each in state[0]), state
                assert state[-1] == 0 or state == whole, state
            else:
                assert state in (first, whole), f"{name}: {state}"
        for each in whole[0]:
            assert (each[2] == CLOSED) == (not each[4]), each
        assert Step.objects.filter(follow_up=None).count() == 0
        print(name, len(left), flush=True)


if __name__ == "__main__":
    main()
