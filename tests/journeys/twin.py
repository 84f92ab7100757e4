"""The brute-force twin: the same definitions in plain Python, by loops over every row."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from facts import Row, World

HALF_HOUR = timedelta(minutes=30)
Key = tuple[str, str]


def _key(row: Row) -> Key:
    return row["source"], row["contact_id"]


def _ids(row: Row) -> list[str]:
    given = (row.get("answer_ids") or "").split(",")
    return [one.strip() for one in [row.get("reply_to_id") or "", *given] if one.strip()]


class Twin:
    """Everything that `link` and `follow` say of a world."""

    def __init__(self, world: World, quiet_days: int = 14, zone: str = "UTC") -> None:
        self.world = world
        self.quiet = timedelta(days=quiet_days)
        self.zone = ZoneInfo(zone)
        self.rows = {_key(row): row for row in world.contacts}
        moments = [row["at"] for row in world.contacts] + [row["at"] for row in world.orders]
        moments += [row.get("delivered_at") for row in world.orders]
        moments += [row.get("opened_at") for row in world.threads]
        self.as_of: datetime = max(moment for moment in moments if moment)
        self.conversation = self._conversations()
        self.inside: dict[str, list[Key]] = defaultdict(list)
        for key in self._sorted(list(self.rows)):
            self.inside[self.conversation[key]].append(key)
        self.customer = self._customers()
        self.turn = {key: self._turn(key) for key in self.rows}
        self.stretch = self._runs(self.quiet)
        self.sitting = self._runs(HALF_HOUR + timedelta(microseconds=1))
        self.problem = {key: one for key in self.rows if (one := self._problem(key)) is not None}
        self.episodes, self.episode = self._episodes()
        self.repeat = self._repeats()

    def _conversations(self) -> dict[Key, str]:
        near: dict[Key, set[Key]] = defaultdict(set)
        for key, row in self.rows.items():
            for other in _ids(row):
                near[key].add((key[0], other))
                near[(key[0], other)].add(key)
        found = {}
        for key, row in self.rows.items():
            seen, todo = {key}, [key]
            while todo:
                for node in near[todo.pop()] - seen:
                    seen.add(node)
                    todo.append(node)
            held = [node for node in seen if node in self.rows]
            threads = {t for node in held if (t := self.rows[node].get("thread_id"))}
            if row.get("thread_id"):
                found[key] = f"{key[0]}:thread:{row['thread_id']}"
            elif len(threads) == 1:
                found[key] = f"{key[0]}:thread:{threads.pop()}"
            else:
                found[key] = f"{key[0]}:contact:{min(node[1] for node in held)}"
        return found

    def _customers(self) -> dict[Key, str]:
        found = {}
        for key, row in self.rows.items():
            ref = row.get("customer_ref")
            if not ref and row.get("order_id"):
                buyers = {
                    one["customer_ref"]
                    for one in self.world.orders
                    if one["source"] == key[0]
                    and one["customer_ref"]
                    and row["order_id"] in (one["order_number"], one["order_id"])
                }
                ref = buyers.pop() if len(buyers) == 1 else None
            if ref:
                found[key] = f"{key[0]}:{ref}"
        for key, row in self.rows.items():
            if key not in found and row["direction"] != "in":
                near = [
                    found.get(other)
                    for other in self.inside[self.conversation[key]]
                    if self.rows[other]["direction"] == "in"
                ]
                if near and None not in near and len(set(near)) == 1:
                    found[key] = f"{near[0]}"
        return found

    def answers(self, row: Row) -> bool:
        return row["direction"] == "out" and row["author_role"] != "system"

    def _sorted(self, keys: list[Key]) -> list[Key]:
        late = self.as_of + timedelta(days=9999)

        def place(key: Key) -> tuple[datetime, str, str]:
            row = self.rows[key]
            return row["at"] or late, row["direction"], row["contact_id"]

        return sorted(keys, key=place)

    def _line(self, key: Key) -> list[Key]:
        """The conversation of a contact up to and with it."""
        whole = self.inside[self.conversation[key]]
        return whole[: whole.index(key) + 1]

    def _turn(self, key: Key) -> int:
        count, met = 0, set()
        for one in self._line(key):
            row = self.rows[one]
            target = (row.get("reply_to_id") or "").strip()
            unseen = row["direction"] == "in" and target and (one[0], target) not in self.rows
            if self.answers(row) or (unseen and target not in met):
                count += 1
            if unseen:
                met.add(target)
        return count

    def _runs(self, silence: timedelta) -> dict[Key, int]:
        """Number the runs of each conversation between which nobody spoke for so long."""
        found = {}
        for keys in self.inside.values():
            number, last = 0, None
            for key in keys:
                row = self.rows[key]
                speaks = row["direction"] == "in" or self.answers(row)
                if row["at"] and speaks:
                    number += last is not None and row["at"] - last >= silence
                    last = row["at"]
                found[key] = number
        return found

    def _own(self, key: Key) -> list[Key]:
        """What the same customer wrote in the same stretch of the conversation, in order."""
        return [
            one for one in self.inside[self.conversation[key]]
            if self.rows[one]["direction"] == "in" and self.rows[one]["at"]
            and self.customer.get(one) == self.customer.get(key)
            and self.stretch[one] == self.stretch[key]
        ]  # fmt: skip

    def _problem(self, key: Key) -> int | None:
        """The theme of the first of these that has one."""
        row = self.rows[key]
        if row["direction"] != "in" or row["at"] is None or key not in self.customer:
            return None
        themes = [self.world.themes[one] for one in self._own(key) if one in self.world.themes]
        return themes[0] if themes else None

    def heard(self, key: Key) -> tuple[str, int] | None:
        """Customer and problem that a contact belongs to in an episode."""
        row = self.rows[key]
        if row["at"] is None:
            return None
        if row["direction"] == "in":
            return (self.customer[key], self.problem[key]) if key in self.problem else None
        if not self.answers(row):
            return None
        for one in reversed(self._line(key)):
            if one in self.problem:
                about = self.customer[one]
                same = self.customer.get(key, about) == about
                return (about, self.problem[one]) if same else None
        return None

    def _episodes(self) -> tuple[list[Row], dict[Key, int]]:
        stories: dict[tuple[str, int], list[Key]] = defaultdict(list)
        for key in self.rows:
            about = self.heard(key)
            if about:
                stories[about].append(key)
        made: list[list[Key]] = []
        out: list[Row] = []
        of: dict[Key, int] = {}
        for (customer, theme), keys in stories.items():
            current: list[Key] | None = None
            for key in self._sorted(keys):
                row = self.rows[key]
                if current and row["at"] - self.rows[current[-1]]["at"] < self.quiet:
                    current.append(key)
                elif row["direction"] == "in":
                    current = [key]
                    made.append(current)
                    out.append({"customer_id": customer, "theme_id": theme})
                else:
                    current = None
        for number, keys in enumerate(made):
            there = [self.rows[key] for key in keys]
            asked = [row for row in there if row["direction"] == "in"]
            public = [row["at"] for row in asked if row["public"]]
            last = there[-1]["at"]
            out[number] |= {
                "opened_at": there[0]["at"], "last_at": last, "contacts_in": len(asked),
                "contacts_out": len(there) - len(asked),
                "channels": len({row["channel"] for row in asked}),
                "public_at": min(public) if public else None,
                "status": "open" if self.as_of - last < self.quiet else "quiet",
            }  # fmt: skip
            of |= dict.fromkeys(keys, number)
        return out, of

    def _part(self, key: Key) -> bool:
        """Does it go on with what its customer wrote before it in the conversation?"""
        own = self._own(key)
        if not own.index(key):
            return False
        last, row = own[own.index(key) - 1], self.rows[key]
        near = row["at"] - self.rows[last]["at"] <= HALF_HOUR
        sitting = row["channel"] == "chat" and self.sitting[last] == self.sitting[key]
        return (near and self.turn[last] == self.turn[key]) or sitting

    def _repeats(self) -> dict[Key, bool]:
        found = {}
        for key, number in self.episode.items():
            if self.rows[key]["direction"] == "in":
                inside = self._sorted(
                    [k for k, n in self.episode.items()
                     if n == number and self.rows[k]["direction"] == "in"]
                )  # fmt: skip
                before = inside[: inside.index(key)]
                found[key] = bool(before) and not self._part(key)
        return found

    def answered(self, key: Key) -> bool | None:
        row = self.rows[key]
        if row["direction"] != "in":
            return None
        if (row.get("answer_ids") or "").strip():
            return True
        later = [
            one for k in self.inside[self.conversation[key]] if self.answers(one := self.rows[k])
        ]
        if row["at"] and any(one["at"] and one["at"] >= row["at"] for one in later):
            return True
        knows = any(
            self.answers(one) or (one.get("answer_ids") or "").strip()
            for k, one in self.rows.items()
            if k[0] == key[0]
        )
        return False if knows else None

    def repeat_rate(self, days: int, same_theme: bool) -> dict[str, int]:
        everyone = [key for key, row in self.rows.items() if row["direction"] == "in"]
        known = [
            key
            for key in everyone
            if key in self.customer
            and self.rows[key]["at"]
            and (not same_theme or key in self.problem)
        ]
        heads, again = [], []
        for key in known:
            alike = self._sorted(
                [
                    k
                    for k in known
                    if self.customer[k] == self.customer[key]
                    and (not same_theme or self.problem[k] == self.problem[key])
                ]
            )
            before = alike[: alike.index(key)]
            if self._part(key):
                continue
            heads.append(key)
            if any(
                self.rows[key]["at"] - self.rows[k]["at"] <= timedelta(days=days) for k in before
            ):
                again.append(key)
        return {
            "repeats": len(again), "contacts": len(heads),
            "repeat_people": len({self.customer[key] for key in again}),
            "people": len({self.customer[key] for key in heads}),
            "known": len(known), "total": len(everyone),
        }  # fmt: skip

    def first_contact(self) -> dict[str, int]:
        loud = {self.episode[key] for key, again in self.repeat.items() if again}
        quiet = [n for n, e in enumerate(self.episodes) if e["status"] == "quiet"]
        return {
            "first_contact": len([n for n in quiet if n not in loud]),
            "closed": len(quiet),
            "people": len({self.episodes[n]["customer_id"] for n in quiet}),
            "open": len(self.episodes) - len(quiet),
            "known": len(self.repeat),
            "total": len([row for row in self.rows.values() if row["direction"] == "in"]),
        }

    def weekly(self) -> dict[tuple[int, Any], tuple[int, int]]:
        found: dict[tuple[int, Any], list[str | None]] = defaultdict(list)
        for key, theme in self.world.themes.items():
            if self.rows[key]["at"]:
                day = self.rows[key]["at"].astimezone(self.zone).date()
                found[theme, day - timedelta(days=day.weekday())].append(self.customer.get(key))
        return {
            key: (len(people), len({one for one in people if one})) for key, people in found.items()
        }

    def promises(self) -> dict[tuple[str, str, str | None], Row]:
        groups: dict[tuple[str, str, str | None], list[Row]] = defaultdict(list)
        for row in self.world.orders:
            if row["kind"] == "order" and row.get("promised_at"):
                ref = row["customer_ref"]
                customer = f"{row['source']}:{ref}" if ref else None
                groups[row["source"], row["order_number"] or row["order_id"], customer].append(row)
        return {key: self._promise(key[0], lines) for key, lines in groups.items()}

    def _promise(self, source: str, lines: list[Row]) -> Row:
        waited = [row for row in lines if not self._gone(row)]
        promised = max(row["promised_at"] for row in waited or lines).astimezone(self.zone)
        midnight = datetime(promised.year, promised.month, promised.day) + timedelta(days=1)
        end = midnight.replace(tzinfo=self.zone)
        row: Row = {"reason": None, "days_late": None, "kept_at": None}
        if not waited:
            return row | {"status": "unknown", "reason": "the order was cancelled", "end": end}
        if all(one.get("delivered_at") for one in waited):
            row["kept_at"] = max(one["delivered_at"] for one in waited)
        if not any(one.get("delivered_at") for one in self.world.orders if one["source"] == source):
            reason = "the source holds no delivery dates"
            return row | {"status": "unknown", "reason": reason, "end": end}
        moment = row["kept_at"] or self.as_of
        days = (moment.astimezone(self.zone).date() - promised.date()).days
        if row["kept_at"]:
            status = "kept" if moment < end else "broken"
        else:
            status = "overdue" if end <= self.as_of else "open"
        late = None if status == "open" else float(days)
        return row | {"status": status, "days_late": late, "end": end}

    def _gone(self, row: Row) -> bool:
        if (row.get("status") or "").strip().lower() in ("cancelled", "canceled", "unavailable"):
            return True
        named = [n for n in (row["order_number"], row["order_id"]) if n]
        hits = [
            one["at"]
            for one in self.world.orders
            if one["kind"] == "cancellation"
            and one["source"] == row["source"]
            and (one.get("related_order_id") or one["order_number"]) in named
        ]
        came = row.get("delivered_at")
        return bool(hits) and (came is None or min(hits) < came)
